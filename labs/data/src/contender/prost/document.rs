//! Any JSON as a message, much like the well-known `google.protobuf.Value`.

use crate::checksum::{Checksum, signed};
use crate::payload::{self, Leaf, Member, Readable, Update, Value, read_document_value};
use protocol::Read;

/// [`payload::Document`]; without a kind it is `null`.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Document {
    /// What it is.
    #[prost(oneof = "Kind", tags = "1, 2, 3, 4, 5, 6, 7")]
    pub kind: Option<Kind>,
}

/// What a value is.
#[derive(Clone, PartialEq, ::prost::Oneof)]
pub enum Kind {
    /// `true` or `false`
    #[prost(bool, tag = "1")]
    Bool(bool),
    /// A whole number.
    #[prost(sint64, tag = "2")]
    Int(i64),
    /// A large whole number.
    #[prost(uint64, tag = "3")]
    UInt(u64),
    /// Any other number.
    #[prost(double, tag = "4")]
    Float(f64),
    /// A string.
    #[prost(string, tag = "5")]
    Text(String),
    /// An array.
    #[prost(message, tag = "6")]
    List(List),
    /// An object.
    #[prost(message, tag = "7")]
    Map(Map),
}

/// An array.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct List {
    /// In order.
    #[prost(message, repeated, tag = "1")]
    pub items: Vec<Document>,
}

/// An object.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Map {
    /// In order.
    #[prost(message, repeated, tag = "1")]
    pub members: Vec<Named>,
}

/// A member of an object.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Named {
    /// Its name.
    #[prost(string, tag = "1")]
    pub name: String,
    /// What it is.
    #[prost(message, required, tag = "2")]
    pub value: Document,
}

impl From<&payload::Document<String>> for Document {
    fn from(document: &payload::Document<String>) -> Self {
        let named = |Member { name, value }: &Member<String>| Named { name: name.clone(), value: value.into() };
        let kind = match document {
            payload::Document::Null => None,
            payload::Document::Bool(it) => Some(Kind::Bool(*it)),
            payload::Document::Int(it) => Some(Kind::Int(*it)),
            payload::Document::UInt(it) => Some(Kind::UInt(*it)),
            payload::Document::Float(it) => Some(Kind::Float(*it)),
            payload::Document::Text(it) => Some(Kind::Text(it.clone())),
            payload::Document::List(items) => Some(Kind::List(List { items: items.iter().map(Self::from).collect() })),
            payload::Document::Map(members) => Some(Kind::Map(Map { members: members.iter().map(named).collect() })),
        };
        Self { kind }
    }
}

impl<'a> Value<'a> for &'a Document {
    fn leaf(self) -> Leaf<'a> {
        match &self.kind {
            None => Leaf::Null,
            Some(Kind::Bool(it)) => Leaf::Bool(*it),
            Some(Kind::Int(it)) => Leaf::Int(*it),
            Some(Kind::UInt(it)) => Leaf::UInt(*it),
            Some(Kind::Float(it)) => Leaf::Float(*it),
            Some(Kind::Text(it)) => Leaf::Text(it),
            Some(Kind::List(list)) => Leaf::List(list.items.len()),
            Some(Kind::Map(map)) => Leaf::Map(map.members.len()),
        }
    }
    fn child(self, place: usize) -> Option<(&'a str, Self)> {
        match &self.kind {
            Some(Kind::List(list)) => list.items.get(place).map(|item| ("", item)),
            Some(Kind::Map(map)) => map.members.get(place).map(|member| (member.name.as_str(), &member.value)),
            _ => None,
        }
    }
}

impl Readable for Document {
    fn read(&self, read: Read) -> u64 {
        read_document_value(self, read)
    }
}

impl Update for Document {
    fn update(&mut self) -> u64 {
        fn update(value: &mut Document, sum: &mut Checksum) {
            match &mut value.kind {
                Some(Kind::Int(it)) => {
                    *it ^= 1;
                    sum.entry([2, signed(*it)]);
                }
                Some(Kind::UInt(it)) => {
                    *it ^= 1;
                    sum.entry([3, *it]);
                }
                Some(Kind::Float(it)) => {
                    *it = -*it;
                    sum.entry([4, it.to_bits()]);
                }
                Some(Kind::List(list)) => list.items.iter_mut().for_each(|item| update(item, sum)),
                Some(Kind::Map(map)) => map.members.iter_mut().for_each(|member| update(&mut member.value, sum)),
                Some(Kind::Bool(_) | Kind::Text(_)) | None => {}
            }
        }
        let mut sum = Checksum::default();
        update(self, &mut sum);
        sum.total()
    }
}
