//! A nested document as tables within tables.

use super::Root;
use crate::payload::{self, Branch, Readable, read_document};
use flatbuffers::{FlatBufferBuilder, ForwardsUOffset, Vector, WIPOffset};
use protocol::Read;
use std::marker::PhantomData;

table! {
    /// [`payload::Node`]
    Node, NewNode {
        numbers { score: f64 = 4, views: u32 = 6, kind: u8 = 8, published: bool = 10 }
        required {
            heading: &'a str = 12, text: &'a str = 14, tags: Vector<'a, ForwardsUOffset<&'a str>> = 16,
            attributes: Vector<'a, ForwardsUOffset<Attribute<'a>>> = 18, nodes: Vector<'a, ForwardsUOffset<Node<'a>>> = 20
        }
        optional {}
    }
}

table! {
    /// A name and its value; `FlatBuffers` has no maps.
    Attribute, NewAttribute {
        numbers {}
        required { name: &'a str = 4, value: &'a str = 6 }
        optional {}
    }
}

impl<'a> Root<'a, payload::Node<String>> for Node<'a> {
    fn build(of: &payload::Node<String>, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Self> {
        let nodes: Vec<_> = of.children.iter().map(|child| Self::build(child, builder)).collect();
        let nodes = builder.create_vector(&nodes);
        let attribute = |(name, value): (&String, &String)| {
            let [name, value] = [name, value].map(|text| builder.create_string(text));
            NewAttribute { name, value, of: PhantomData }.finish(builder)
        };
        let attributes: Vec<_> = of.attributes.iter().map(attribute).collect();
        let attributes = builder.create_vector(&attributes);
        let tags: Vec<_> = of.tags.iter().map(|tag| builder.create_string(tag)).collect();
        let tags = builder.create_vector(&tags);
        let [heading, text] = [&of.title, &of.body].map(|text| builder.create_string(text));
        let new = NewNode {
            score: of.score,
            views: of.views,
            kind: of.kind as u8,
            published: of.published,
            heading,
            text,
            tags,
            attributes,
            nodes,
            of: PhantomData,
        };
        new.finish(builder)
    }
}

impl Branch for Node<'_> {
    fn title(&self) -> &str {
        self.heading()
    }
    fn body(&self) -> &str {
        self.text()
    }
    fn numbers(&self) -> [u64; 4] {
        [self.kind().into(), self.published().into(), self.score().to_bits(), self.views().into()]
    }
    fn each_tag(&self, visit: impl FnMut(&str)) {
        self.tags().iter().for_each(visit);
    }
    fn each_attribute(&self, mut visit: impl FnMut(&str, &str)) {
        self.attributes().iter().for_each(|attribute| visit(attribute.name(), attribute.value()));
    }
    fn children(&self) -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator {
        self.nodes().iter()
    }
}

impl Readable for Node<'_> {
    fn read(&self, read: Read) -> u64 {
        read_document(*self, read)
    }
}
