//! A document of the reader's own: any JSON, as a value whose shape is known only once it is there.
//!
//! Every format holds the same dynamic value. JSON writes it as JSON; a format that is no text writes an enumeration, each value with its
//! kind before it, for a schema made for this very document is what no program has that meets it for the first time.

mod parse;
mod serde_forms;
mod shape;

pub use parse::{DEEPEST, DocumentError, parse};
pub use shape::shape;

use super::{Dataset, Readable, Text, Update, each_sealed, generator, tree::draw_words};
use crate::checksum::{Checksum, signed, text};
use protocol::{Read, Seed};
use rand::Rng;
use rand_pcg::Lcg64Xsh32;
use rkyv::munge::munge;
use rkyv::seal::Seal;

/// Any JSON value. `S` is `String`, or [`Text`] where it borrows.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
#[serde(remote = "Self")]
#[serde(bound(serialize = "S: serde::Serialize", deserialize = "S: serde::Deserialize<'de> + From<&'de str> + From<String>"))]
#[rkyv(serialize_bounds(__S: rkyv::ser::Writer + rkyv::ser::Allocator, __S::Error: rkyv::rancor::Source))]
#[rkyv(deserialize_bounds(__D::Error: rkyv::rancor::Source))]
#[rkyv(bytecheck(bounds(__C: rkyv::validation::ArchiveContext, __C::Error: rkyv::rancor::Source)))]
pub enum Document<S> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number that fits.
    Int(i64),
    /// A whole number too large for the former.
    UInt(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(S),
    /// An array.
    List(#[rkyv(omit_bounds)] Vec<Document<S>>),
    /// An object, its members in the text's order; a name may come twice.
    Map(#[rkyv(omit_bounds)] Vec<Member<S>>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
#[serde(bound(serialize = "S: serde::Serialize", deserialize = "S: serde::Deserialize<'de> + From<&'de str> + From<String>"))]
#[rkyv(serialize_bounds(__S: rkyv::ser::Writer + rkyv::ser::Allocator, __S::Error: rkyv::rancor::Source))]
#[rkyv(deserialize_bounds(__D::Error: rkyv::rancor::Source))]
#[rkyv(bytecheck(bounds(__C: rkyv::validation::ArchiveContext, __C::Error: rkyv::rancor::Source)))]
pub struct Member<S> {
    /// Its name.
    pub name: S,
    /// What it is.
    #[rkyv(omit_bounds)]
    pub value: Document<S>,
}

/// What a value is by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Leaf<'a> {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Text(&'a str),
    /// An array or an object, and how many values it holds.
    List(usize),
    Map(usize),
}

impl Leaf<'_> {
    /// Kind and content.
    fn words(self) -> [u64; 2] {
        match self {
            Self::Null => [0, 0],
            Self::Bool(it) => [1, it.into()],
            Self::Int(it) => [2, signed(it)],
            Self::UInt(it) => [3, it],
            Self::Float(it) => [4, it.to_bits()],
            Self::Text(it) => [5, text(it)],
            Self::List(count) => [6, count as u64],
            Self::Map(count) => [7, count as u64],
        }
    }

    const fn is_branch(self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_))
    }
}

/// A value, whichever form it is in.
pub(crate) trait Value<'a>: Copy {
    fn leaf(self) -> Leaf<'a>;
    /// The value at a place of an array or object, with its name there; the name in an array is empty.
    fn child(self, place: usize) -> Option<(&'a str, Self)>;
}

impl<'a, S: AsRef<str>> Value<'a> for &'a Document<S> {
    fn leaf(self) -> Leaf<'a> {
        match self {
            Document::Null => Leaf::Null,
            Document::Bool(it) => Leaf::Bool(*it),
            Document::Int(it) => Leaf::Int(*it),
            Document::UInt(it) => Leaf::UInt(*it),
            Document::Float(it) => Leaf::Float(*it),
            Document::Text(it) => Leaf::Text(it.as_ref()),
            Document::List(items) => Leaf::List(items.len()),
            Document::Map(members) => Leaf::Map(members.len()),
        }
    }
    fn child(self, place: usize) -> Option<(&'a str, Self)> {
        match self {
            Document::List(items) => items.get(place).map(|item| ("", item)),
            Document::Map(members) => members.get(place).map(|member| (member.name.as_ref(), &member.value)),
            _ => None,
        }
    }
}

impl<'a> Value<'a> for &'a ArchivedDocument<String> {
    fn leaf(self) -> Leaf<'a> {
        match self {
            ArchivedDocument::Null => Leaf::Null,
            ArchivedDocument::Bool(it) => Leaf::Bool(*it),
            ArchivedDocument::Int(it) => Leaf::Int(it.to_native()),
            ArchivedDocument::UInt(it) => Leaf::UInt(it.to_native()),
            ArchivedDocument::Float(it) => Leaf::Float(it.to_native()),
            ArchivedDocument::Text(it) => Leaf::Text(it),
            ArchivedDocument::List(items) => Leaf::List(items.len()),
            ArchivedDocument::Map(members) => Leaf::Map(members.len()),
        }
    }
    fn child(self, place: usize) -> Option<(&'a str, Self)> {
        match self {
            ArchivedDocument::List(items) => items.get(place).map(|item| ("", item)),
            ArchivedDocument::Map(members) => members.get(place).map(|member| (&*member.name, &member.value)),
            _ => None,
        }
    }
}

/// One field is the value that one reaches by going to the middle of every array and object; one column is every value that has the name
/// of that one, or of the last named one on the way.
pub(crate) fn read_document_value<'a, V: Value<'a>>(root: V, read: Read) -> u64 {
    let mut sum = Checksum::default();
    match read {
        Read::Field => sum.entry(middle_of(root).1.leaf().words()),
        Read::Column => read_named(root, middle_of(root).0, &mut sum),
        Read::Every => read_values(root, &mut sum),
    }
    sum.total()
}

fn length<'a>(value: impl Value<'a>) -> usize {
    match value.leaf() {
        Leaf::List(count) | Leaf::Map(count) => count,
        _ => 0,
    }
}

fn middle_of<'a, V: Value<'a>>(root: V) -> (&'a str, V) {
    let (mut name, mut value) = ("", root);
    while let Some((its, child)) = value.child(length(value) / 2) {
        name = if its.is_empty() { name } else { its };
        value = child;
    }
    (name, value)
}

fn read_named<'a>(value: impl Value<'a>, wanted: &str, sum: &mut Checksum) {
    for (name, child) in children(value) {
        if name == wanted && !child.leaf().is_branch() {
            sum.entry(child.leaf().words());
        }
        read_named(child, wanted, sum);
    }
}

fn read_values<'a>(value: impl Value<'a>, sum: &mut Checksum) {
    sum.entry(value.leaf().words());
    for (name, child) in children(value) {
        sum.entry([text(name)]);
        read_values(child, sum);
    }
}

fn children<'a, V: Value<'a>>(value: V) -> impl Iterator<Item = (&'a str, V)> {
    (0..length(value)).map_while(move |place| value.child(place))
}

impl<S: AsRef<str>> Readable for Document<S> {
    fn read(&self, read: Read) -> u64 {
        read_document_value(self, read)
    }
}

impl Readable for ArchivedDocument<String> {
    fn read(&self, read: Read) -> u64 {
        read_document_value(self, read)
    }
}

impl Update for Document<String> {
    fn update(&mut self) -> u64 {
        fn update(value: &mut Document<String>, sum: &mut Checksum) {
            match value {
                Document::Int(it) => *it ^= 1,
                Document::UInt(it) => *it ^= 1,
                Document::Float(it) => *it = -*it,
                Document::List(items) => items.iter_mut().for_each(|item| update(item, sum)),
                Document::Map(members) => members.iter_mut().for_each(|member| update(&mut member.value, sum)),
                Document::Null | Document::Bool(_) | Document::Text(_) => {}
            }
            let value: &Document<String> = value;
            if matches!(value.leaf(), Leaf::Int(_) | Leaf::UInt(_) | Leaf::Float(_)) {
                sum.entry(value.leaf().words());
            }
        }
        let mut sum = Checksum::default();
        update(self, &mut sum);
        sum.total()
    }
}

fn update_archived(value: Seal<'_, ArchivedDocument<String>>, sum: &mut Checksum) {
    // SAFETY: nothing is moved out, and nothing but numbers is written, each in a number's place.
    match unsafe { value.unseal_unchecked() } {
        ArchivedDocument::Int(it) => {
            *it = (it.to_native() ^ 1).into();
            sum.entry(Leaf::Int(it.to_native()).words());
        }
        ArchivedDocument::UInt(it) => {
            *it = (it.to_native() ^ 1).into();
            sum.entry(Leaf::UInt(it.to_native()).words());
        }
        ArchivedDocument::Float(it) => {
            *it = (-it.to_native()).into();
            sum.entry(Leaf::Float(it.to_native()).words());
        }
        ArchivedDocument::List(items) => each_sealed(Seal::new(items), |item| update_archived(item, sum)),
        ArchivedDocument::Map(members) => each_sealed(Seal::new(members), |member| {
            munge!(let ArchivedMember { value, .. } = member);
            update_archived(value, sum);
        }),
        ArchivedDocument::Null | ArchivedDocument::Bool(_) | ArchivedDocument::Text(_) => {}
    }
}

impl Dataset for Document<String> {
    type Borrowed<'a> = Document<Text<'a>>;
    type Message = crate::contender::prost::Document;
    type Root<'a> = crate::contender::flatbuffers::Document<'a>;
    type Row = crate::contender::zerocopy::NoRow;

    /// A list of small drawn values: what tests read; a reader's document comes from [`parse`].
    fn generate(seed: Seed, entries: u32) -> Self {
        let mut rng = generator(seed);
        Self::List((0..entries).map(|_| draw(&mut rng, 3)).collect())
    }

    fn update_archive(archive: Seal<'_, ArchivedDocument<String>>) -> u64 {
        let mut sum = Checksum::default();
        update_archived(archive, &mut sum);
        sum.total()
    }
}

fn draw(rng: &mut Lcg64Xsh32, depth: u32) -> Document<String> {
    let below = if depth == 0 { 6_u32 } else { 8 };
    match rng.gen_range(0..below) {
        0 => Document::Null,
        1 => Document::Bool(rng.r#gen()),
        2 => Document::Int(rng.r#gen()),
        3 => Document::UInt(rng.gen_range(1_u64 << 63..=u64::MAX)),
        4 => Document::Float(f64::from(rng.r#gen::<f32>()) - 0.5),
        5 => Document::Text(draw_words(rng, 5)),
        6 => Document::List((0..rng.gen_range(0..4_u32)).map(|_| draw(rng, depth - 1)).collect()),
        _ => {
            let member = |rng: &mut Lcg64Xsh32| Member { name: draw_words(rng, 1), value: draw(rng, depth - 1) };
            Document::Map((0..rng.gen_range(0..4_u32)).map(|_| member(rng)).collect())
        }
    }
}
