//! A nested document as messages within messages.

use crate::checksum::Checksum;
use crate::payload::{self, Branch, Readable, Update, read_document};
use protocol::Read;
use std::collections::BTreeMap;

/// [`payload::Node`]
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Node {
    /// What it is.
    #[prost(uint32, tag = "1")]
    pub kind: u32,
    /// A heading.
    #[prost(string, tag = "2")]
    pub title: String,
    /// A paragraph.
    #[prost(string, tag = "3")]
    pub body: String,
    /// Whether readers see it.
    #[prost(bool, tag = "4")]
    pub published: bool,
    /// How well it ranks.
    #[prost(double, tag = "5")]
    pub score: f64,
    /// How often it was read.
    #[prost(uint32, tag = "6")]
    pub views: u32,
    /// Keywords.
    #[prost(string, repeated, tag = "7")]
    pub tags: Vec<String>,
    /// Name and value: a message for each pair.
    #[prost(btree_map = "string, string", tag = "8")]
    pub attributes: BTreeMap<String, String>,
    /// What it holds.
    #[prost(message, repeated, tag = "9")]
    pub children: Vec<Node>,
}

impl From<&payload::Node<String>> for Node {
    fn from(node: &payload::Node<String>) -> Self {
        Self {
            kind: node.kind as u32,
            title: node.title.clone(),
            body: node.body.clone(),
            published: node.published,
            score: node.score,
            views: node.views,
            tags: node.tags.clone(),
            attributes: node.attributes.clone(),
            children: node.children.iter().map(Self::from).collect(),
        }
    }
}

impl Branch for &Node {
    fn title(&self) -> &str {
        &self.title
    }
    fn body(&self) -> &str {
        &self.body
    }
    fn numbers(&self) -> [u64; 4] {
        [self.kind.into(), self.published.into(), self.score.to_bits(), self.views.into()]
    }
    fn each_tag(&self, mut visit: impl FnMut(&str)) {
        self.tags.iter().for_each(|tag| visit(tag));
    }
    fn each_attribute(&self, mut visit: impl FnMut(&str, &str)) {
        self.attributes.iter().for_each(|(name, value)| visit(name, value));
    }
    fn children(&self) -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator {
        self.children.iter()
    }
}

impl Readable for Node {
    fn read(&self, read: Read) -> u64 {
        read_document(self, read)
    }
}

impl Update for Node {
    fn update(&mut self) -> u64 {
        fn update(node: &mut Node, sum: &mut Checksum) {
            node.views ^= 1;
            sum.entry([node.views.into()]);
            node.children.iter_mut().for_each(|child| update(child, sum));
        }
        let mut sum = Checksum::default();
        update(self, &mut sum);
        sum.total()
    }
}
