//! `tree`: a nested document, heavy in strings, as a content store or a configuration service sends it: every node has strings, numbers,
//! a flag, a list, a map and further nodes.

use super::{Dataset, Readable, Text, Update, each_sealed, generator, pick};
use crate::checksum::{Checksum, text};
use protocol::{Read, Seed};
use rand::Rng;
use rand_pcg::Lcg64Xsh32;
use rkyv::munge::munge;
use rkyv::seal::Seal;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// A node of the document, with everything under it. `S` is `String`, or [`Text`] where the nodes borrow.
///
/// The type holds itself, so rkyv is told the bounds that it would otherwise look for without end.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
#[serde(bound(deserialize = "S: serde::Deserialize<'de> + Ord"))]
#[rkyv(serialize_bounds(__S: rkyv::ser::Writer + rkyv::ser::Allocator, __S::Error: rkyv::rancor::Source))]
#[rkyv(deserialize_bounds(__D::Error: rkyv::rancor::Source))]
#[rkyv(bytecheck(bounds(__C: rkyv::validation::ArchiveContext, __C::Error: rkyv::rancor::Source)))]
pub struct Node<S> {
    /// What it is.
    pub kind: Kind,
    /// A heading; some hold quotation marks, which JSON escapes.
    pub title: S,
    /// A paragraph; some hold line breaks, which JSON escapes.
    pub body: S,
    /// Whether readers see it.
    pub published: bool,
    /// How well it ranks, from 0 to 1.
    pub score: f64,
    /// How often it was read.
    pub views: u32,
    /// Keywords: none to four.
    pub tags: Vec<S>,
    /// Name and value: none to four.
    pub attributes: BTreeMap<S, S>,
    /// What it holds, in the document's order.
    #[rkyv(omit_bounds)]
    pub children: Vec<Node<S>>,
}

/// What a node is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize,
)]
#[rkyv(derive(Clone, Copy))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Holds others.
    Section,
    /// Running text.
    Paragraph,
    /// A picture and its caption.
    Figure,
    /// Something beside the text.
    Note,
}

/// A node's fields, whichever form they are in.
pub(crate) trait Branch: Sized {
    fn title(&self) -> &str;
    fn body(&self) -> &str;
    /// Kind, whether published, score, views.
    fn numbers(&self) -> [u64; 4];
    fn each_tag(&self, visit: impl FnMut(&str));
    /// In the order of their names.
    fn each_attribute(&self, visit: impl FnMut(&str, &str));
    fn children(&self) -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator;
}

impl<S: AsRef<str>> Branch for &Node<S> {
    fn title(&self) -> &str {
        self.title.as_ref()
    }
    fn body(&self) -> &str {
        self.body.as_ref()
    }
    fn numbers(&self) -> [u64; 4] {
        [self.kind as u64, self.published.into(), self.score.to_bits(), self.views.into()]
    }
    fn each_tag(&self, mut visit: impl FnMut(&str)) {
        self.tags.iter().for_each(|tag| visit(tag.as_ref()));
    }
    fn each_attribute(&self, mut visit: impl FnMut(&str, &str)) {
        self.attributes.iter().for_each(|(name, value)| visit(name.as_ref(), value.as_ref()));
    }
    fn children(&self) -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator {
        self.children.iter()
    }
}

impl Branch for &ArchivedNode<String> {
    fn title(&self) -> &str {
        &self.title
    }
    fn body(&self) -> &str {
        &self.body
    }
    fn numbers(&self) -> [u64; 4] {
        [self.kind as u64, self.published.into(), self.score.to_native().to_bits(), self.views.to_native().into()]
    }
    fn each_tag(&self, mut visit: impl FnMut(&str)) {
        self.tags.iter().for_each(|tag| visit(tag));
    }
    fn each_attribute(&self, mut visit: impl FnMut(&str, &str)) {
        // Not `iter`, which allocates: reading in place should not.
        let _: Option<()> = self.attributes.visit(|name, value| {
            visit(name, value);
            ControlFlow::Continue(())
        });
    }
    fn children(&self) -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator {
        self.children.iter()
    }
}

/// One field is the title of the document's last node, one column every node's title.
pub(crate) fn read_document<B: Branch>(root: B, read: Read) -> u64 {
    let mut sum = Checksum::default();
    match read {
        Read::Field => {
            let mut last = root;
            loop {
                let child = last.children().next_back();
                let Some(child) = child else { break };
                last = child;
            }
            sum.entry([text(last.title())]);
        }
        Read::Column => read_titles(&root, &mut sum),
        Read::Every => read_nodes(&root, &mut sum),
    }
    sum.total()
}

fn read_titles<B: Branch>(node: &B, sum: &mut Checksum) {
    sum.entry([text(node.title())]);
    node.children().for_each(|child| read_titles(&child, sum));
}

fn read_nodes<B: Branch>(node: &B, sum: &mut Checksum) {
    let [kind, published, score, views] = node.numbers();
    sum.entry([kind, text(node.title()), text(node.body()), published, score, views]);
    node.each_tag(|tag| sum.entry([text(tag)]));
    node.each_attribute(|name, value| sum.entry([text(name), text(value)]));
    // The number of children tells one shape from another.
    sum.entry([node.children().len() as u64]);
    node.children().for_each(|child| read_nodes(&child, sum));
}

impl<S: AsRef<str>> Readable for Node<S> {
    fn read(&self, read: Read) -> u64 {
        read_document(self, read)
    }
}

impl Readable for ArchivedNode<String> {
    fn read(&self, read: Read) -> u64 {
        read_document(self, read)
    }
}

impl Update for Node<String> {
    fn update(&mut self) -> u64 {
        fn update(node: &mut Node<String>, sum: &mut Checksum) {
            node.views ^= 1;
            sum.entry([node.views.into()]);
            node.children.iter_mut().for_each(|child| update(child, sum));
        }
        let mut sum = Checksum::default();
        update(self, &mut sum);
        sum.total()
    }
}

fn update_archived(node: Seal<'_, ArchivedNode<String>>, sum: &mut Checksum) {
    munge!(let ArchivedNode { views, children, .. } = node);
    let views = views.unseal();
    *views = (views.to_native() ^ 1).into();
    sum.entry([views.to_native().into()]);
    each_sealed(children, |child| update_archived(child, sum));
}

impl Dataset for Node<String> {
    type Borrowed<'a> = Node<Text<'a>>;
    type Message = crate::contender::prost::Node;
    type Root<'a> = crate::contender::flatbuffers::Node<'a>;
    type Row = crate::contender::zerocopy::NoRow;

    /// Nodes are drawn in the document's order, each with its depth: at most one deeper than the one before. The first `n` drawn are
    /// therefore a document too. There is always a root.
    fn generate(seed: Seed, entries: u32) -> Self {
        let mut rng = generator(seed);
        let mut document = Growing { root: draw_node(&mut rng), open: Vec::new() };
        for _ in 1..entries {
            let deepest = (document.open.len() + 1).min(DEEPEST);
            let depth = pick(&mut rng, &DEPTHS[..deepest]);
            document.close_to(depth - 1);
            document.open.push(draw_node(&mut rng));
        }
        document.close_to(0);
        document.root
    }

    fn update_archive(archive: Seal<'_, ArchivedNode<String>>) -> u64 {
        let mut sum = Checksum::default();
        update_archived(archive, &mut sum);
        sum.total()
    }
}

/// How deep below the root a node can lie.
const DEEPEST: usize = 7;
const DEPTHS: [usize; DEEPEST] = [1, 2, 3, 4, 5, 6, 7];

/// A document being drawn: its root, and the nodes that may still get children, outermost first.
struct Growing {
    root: Node<String>,
    open: Vec<Node<String>>,
}

impl Growing {
    /// Hands nodes to their parents until only `depth` are open.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(done) = self.open.pop()
        {
            self.open.last_mut().unwrap_or(&mut self.root).children.push(done);
        }
    }
}

const KINDS: [Kind; 6] = [Kind::Section, Kind::Paragraph, Kind::Paragraph, Kind::Paragraph, Kind::Figure, Kind::Note];
const WORDS: [&str; 48] = [
    "a", "the", "of", "and", "to", "in", "for", "with", "from", "under", "request", "latency", "archive", "pointer", "buffer",
    "column", "field", "reader", "writer", "server", "schema", "version", "market", "harbour", "measure", "café", "naïve",
    "Zürich", "copy", "page", "cache", "byte", "text", "number", "answer", "question", "sample", "median", "interval", "clock",
    "worker", "thread", "budget", "price", "river", "window", "garden", "morning",
];
const TAGS: [&str; 10] = ["draft", "news", "rust", "wasm", "zero-copy", "performance", "data", "opinion", "how-to", "archive"];
const ATTRIBUTES: [(&str, &[&str]); 8] = [
    ("align", &["left", "right", "centre"]),
    ("author", &["a.byron", "g.hopper", "b.liskov", "f.allen", "k.johnson"]),
    ("class", &["wide", "narrow", "full-bleed", "aside"]),
    ("colour", &["#0b3954", "#087e8b", "#bfd7ea"]),
    ("href", &["https://example.org/a/17", "https://example.org/notes?page=2", "/pillars/data/"]),
    ("lang", &["en-GB", "de-CH", "fr-CA", "cy"]),
    ("licence", &["CC-BY-4.0", "MIT", "all rights reserved"]),
    ("revision", &["3f9c2a1", "77b01de", "c0ffee5"]),
];

fn draw_node(rng: &mut Lcg64Xsh32) -> Node<String> {
    let kind = pick(rng, &KINDS);
    let title = match rng.gen_range(0..8_u32) {
        0 => format!("“{}”: \"{}\"", pick(rng, &WORDS), draw_words(rng, 3)),
        _ => draw_words(rng, 4),
    };
    let body = match rng.gen_range(0..8_u32) {
        0 => format!("{}\n{}", draw_words(rng, 8), draw_words(rng, 8)),
        _ => draw_words(rng, 14),
    };
    Node {
        kind,
        title,
        body,
        published: rng.gen_range(0..4_u32) > 0,
        score: f64::from(rng.gen_range(0..10_000_u32)) / 10_000.0,
        views: rng.gen_range(0..200_000),
        tags: (0..rng.gen_range(0..=4_u32)).map(|_| pick(rng, &TAGS).to_owned()).collect(),
        attributes: (0..rng.gen_range(0..=4_u32)).map(|_| draw_attribute(rng)).collect(),
        children: Vec::new(),
    }
}

/// From one word to `most`, with spaces between.
pub(super) fn draw_words(rng: &mut Lcg64Xsh32, most: u32) -> String {
    let mut words = pick(rng, &WORDS).to_owned();
    for _ in 0..rng.gen_range(0..most) {
        words.push(' ');
        words.push_str(pick(rng, &WORDS));
    }
    words
}

fn draw_attribute(rng: &mut Lcg64Xsh32) -> (String, String) {
    let (name, values) = pick(rng, &ATTRIBUTES);
    (name.to_owned(), pick(rng, values).to_owned())
}
