//! Any JSON as tables: a kind, and one of a number, a text, items or members.

use super::Root;
use crate::payload::{self, Leaf, Readable, Value, read_document_value};
use flatbuffers::{FlatBufferBuilder, ForwardsUOffset, Vector, WIPOffset};
use protocol::Read;
use std::marker::PhantomData;

table! {
    /// [`payload::Document`]; of an unknown kind it is `null`.
    Document, NewDocument {
        numbers { bits: u64 = 4, kind: u8 = 6 }
        required {}
        optional {
            text: ForwardsUOffset<&'a str> = 8, items: ForwardsUOffset<Vector<'a, ForwardsUOffset<Document<'a>>>> = 10,
            members: ForwardsUOffset<Vector<'a, ForwardsUOffset<Named<'a>>>> = 12
        }
    }
}

table! {
    /// A member of an object.
    Named, NewNamed {
        numbers {}
        required { name: &'a str = 4, value: Document<'a> = 6 }
        optional {}
    }
}

impl<'a> Root<'a, payload::Document<String>> for Document<'a> {
    fn build(of: &payload::Document<String>, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Self> {
        let mut new = NewDocument { bits: 0, kind: 0, text: None, items: None, members: None, of: PhantomData };
        match of {
            payload::Document::Null => {}
            payload::Document::Bool(it) => (new.kind, new.bits) = (1, (*it).into()),
            payload::Document::Int(it) => (new.kind, new.bits) = (2, it.cast_unsigned()),
            payload::Document::UInt(it) => (new.kind, new.bits) = (3, *it),
            payload::Document::Float(it) => (new.kind, new.bits) = (4, it.to_bits()),
            payload::Document::Text(it) => (new.kind, new.text) = (5, Some(builder.create_string(it))),
            payload::Document::List(items) => {
                let items: Vec<_> = items.iter().map(|item| Self::build(item, builder)).collect();
                (new.kind, new.items) = (6, Some(builder.create_vector(&items)));
            }
            payload::Document::Map(members) => {
                let mut member = |member: &payload::Member<String>| {
                    let value = Self::build(&member.value, builder);
                    let name = builder.create_string(&member.name);
                    NewNamed { name, value, of: PhantomData }.finish(builder)
                };
                let members: Vec<_> = members.iter().map(&mut member).collect();
                (new.kind, new.members) = (7, Some(builder.create_vector(&members)));
            }
        }
        new.finish(builder)
    }
}

impl<'a> Value<'a> for Document<'a> {
    fn leaf(self) -> Leaf<'a> {
        match self.kind() {
            1 => Leaf::Bool(self.bits() == 1),
            2 => Leaf::Int(self.bits().cast_signed()),
            3 => Leaf::UInt(self.bits()),
            4 => Leaf::Float(f64::from_bits(self.bits())),
            5 => Leaf::Text(self.text().unwrap_or_default()),
            6 => Leaf::List(self.items().map_or(0, |items| items.len())),
            7 => Leaf::Map(self.members().map_or(0, |members| members.len())),
            _ => Leaf::Null,
        }
    }
    fn child(self, place: usize) -> Option<(&'a str, Self)> {
        match self.kind() {
            6 => self.items().filter(|items| place < items.len()).map(|items| ("", items.get(place))),
            7 => self.members().filter(|members| place < members.len()).map(|members| {
                let member = members.get(place);
                (member.name(), member.value())
            }),
            _ => None,
        }
    }
}

impl Readable for Document<'_> {
    fn read(&self, read: Read) -> u64 {
        read_document_value(*self, read)
    }
}
