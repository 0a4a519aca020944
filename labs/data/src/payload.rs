//! The data sets, one file each: what they are made of, how they are drawn from a seed, and how a handler reads them.
//!
//! `log`, `mesh` and `savedata` are those of the public `rust_serialization_benchmark` (its README of 2026-08-21): same shapes, counts and values, so
//! that figures can be set beside its table; the code is our own. Every data set draws from a fresh generator, entry by entry, so that
//! `n` entries are the first `n` of the full set. Nothing is drawn as `usize`, which would be 32 bits wide in Wasm and yield other data.

mod document;
mod log;
mod mesh;
mod order;
mod savedata;
mod tree;

pub use document::{DEEPEST, Document, DocumentError, Member, parse, shape};
pub(crate) use document::{Leaf, Value, read_document_value};
pub use log::{Address, LogLine, Logs};
pub(crate) use log::{Line, read_lines};
pub(crate) use mesh::{Facet, read_triangles};
pub use mesh::{Mesh, Triangle, Vector3};
pub use order::{Order, Orders, Side, TimeInForce};
pub(crate) use order::{OrderFields, read_orders};
pub use savedata::{Abilities, Entity, GameType, Item, Player, RecipeBook, Saves};
pub(crate) use savedata::{SavedEntity, SavedItem, SavedPlayer, read_players};
pub(crate) use tree::{Branch, read_document};
pub use tree::{Kind, Node};

use crate::contender::bitcode::Bitcode;
use crate::contender::flatbuffers::Root;
use crate::contender::zerocopy::Row;
use protocol::{Read, Seed};
use rand::Rng;
use rand_pcg::Lcg64Xsh32;
use rkyv::api::high::{HighDeserializer, HighSerializer, HighValidator};
use rkyv::bytecheck::CheckBytes;
use rkyv::rancor::Failure;
use rkyv::seal::Seal;
use rkyv::ser::allocator::ArenaHandle;
use rkyv::util::AlignedVec;
use rkyv::vec::ArchivedVec;
use std::borrow::Cow;

/// A data set in its owned form, and with it everything the contenders need.
pub trait Dataset:
    serde::Serialize
    + serde::de::DeserializeOwned
    + for<'a> rkyv::Serialize<HighSerializer<AlignedVec, ArenaHandle<'a>, Failure>>
    + rkyv::Archive<
        Archived: Readable + for<'a> CheckBytes<HighValidator<'a, Failure>> + rkyv::Deserialize<Self, HighDeserializer<Failure>>,
    > + Readable
    + Update
    + Bitcode
    + 'static
{
    /// The same with each string a [`Text`] that borrows where it can; `Self` if there are no strings.
    type Borrowed<'a>: serde::Deserialize<'a> + Readable;

    /// The same as a Protocol Buffers message.
    type Message: ::prost::Message + Default + Readable + Update + for<'a> From<&'a Self>;

    /// The same as the root of a `FlatBuffer`.
    type Root<'a>: Root<'a, Self>;

    /// One entry in a fixed number of bytes; [`crate::contender::zerocopy::NoRow`] where entries are of no fixed size.
    type Row: Row<Self>;

    /// The first `entries` entries of the data set that `seed` stands for.
    fn generate(seed: Seed, entries: u32) -> Self;

    /// What [`Update::update`] does, in the archive's own bytes.
    fn update_archive(archive: Seal<'_, Self::Archived>) -> u64;
}

/// What a handler can change.
pub trait Update {
    /// Changes one number of every entry, to one of the same width, and back when called again; a checksum of what now stands there.
    fn update(&mut self) -> u64;
}

/// What a handler can read from, in whichever form it is.
///
/// Each data set states its fields once, as a trait that the owned, borrowed and archived forms implement, and reads through that: the
/// reading is the same code for every contender.
pub trait Readable {
    /// Reads as much as `read` says; a checksum of what was read, the same for every form of the same value.
    fn read(&self, read: Read) -> u64;
}

/// A string that borrows from the text it was parsed from, unless it was written with an escape (`\"`, `\n`, `\u…`) and had to be
/// decoded into a buffer of its own. A plain `&str` would be a word smaller, and refuse such text: any JSON writer may escape any character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
pub struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The public benchmark's stream; its state is the seed.
const STREAM: u64 = 5_897_932_384;

/// A fresh generator.
fn generator(seed: Seed) -> Lcg64Xsh32 {
    Lcg64Xsh32::new(seed.0, STREAM)
}

/// Makes the draw by which the public benchmark chooses how many entries to make, from a range that holds only `full`.
fn draw_length(rng: &mut Lcg64Xsh32, full: u64) {
    let _: u64 = rng.gen_range(full..full + 1);
}

/// One of `choices`, by a 64-bit draw. Never call it with none.
#[allow(clippy::cast_possible_truncation, reason = "below the slice's length, which is a usize")]
fn pick<T: Copy>(rng: &mut Lcg64Xsh32, choices: &[T]) -> T {
    choices[rng.gen_range(0..choices.len() as u64) as usize]
}

/// The entry that is read when one is: in the middle, so that a parser cannot stop at the first.
fn middle<T>(mut entries: impl ExactSizeIterator<Item = T>) -> Option<T> {
    let place = entries.len() / 2;
    entries.nth(place)
}

/// Hands over each entry of an archived list, to be changed in place.
fn each_sealed<T>(list: Seal<'_, ArchivedVec<T>>, mut visit: impl FnMut(Seal<'_, T>)) {
    let mut entries = ArchivedVec::as_slice_seal(list);
    for place in 0..entries.len() {
        visit(entries.as_mut().index(place));
    }
}
