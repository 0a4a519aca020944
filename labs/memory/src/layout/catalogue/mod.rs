//! The catalogue: types chosen to teach, each as it is written and as the compiler laid it out.
//!
//! This module is compiled twice: into the lab, and into its build script, which runs on the machine that builds and so tells what that one's
//! compiler made of the same source. It must never hold a size or an offset: `size_of`, `align_of`, `offset_of!` and addresses tell them.

#[macro_use]
mod describe;
mod enums;
mod orders;
mod pointers;
mod structs;

use protocol::layout::{FieldLayout, Survey, TagLayout, TypeGroup, TypeLayout, TypeText, VariantLayout};

/// A type of the catalogue.
pub struct Entry {
    /// As it is written.
    #[allow(dead_code, reason = "the build script needs the layouts alone")]
    pub text: TypeText,
    /// As it was laid out.
    pub layout: Result<TypeLayout, Lost>,
}

/// A word of a value was looked for by what is in it, and not found: the catalogue knows less of the type than it says.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("no word of the value is its {0}")]
pub struct Lost(pub &'static str);

/// Every type, those of a group together.
#[must_use]
pub fn entries() -> Vec<Entry> {
    [structs::scalars, structs::structs, structs::promised, enums::niches, enums::enums, pointers::pointers, structs::others]
        .into_iter()
        .flat_map(|group: fn() -> Vec<Entry>| group())
        .collect()
}

/// Every type as this compilation laid it out.
///
/// # Errors
/// A part of a value was not found where it must be.
pub fn survey() -> Result<Survey, Lost> {
    Ok(Survey {
        architecture: std::env::consts::ARCH.to_owned(),
        pointer_bits: usize::BITS,
        types: entries().into_iter().map(|entry| entry.layout).collect::<Result<_, _>>()?,
        orders: orders::orders(),
        free: orders::free(),
    })
}

/// A type's layout around what is known of its parts.
fn layout_of<T>(variants: Vec<VariantLayout>) -> TypeLayout {
    TypeLayout { size: small(size_of::<T>()), align: small(align_of::<T>()), variants, none: None }
}

/// What lies together under a name.
fn together(name: &str, fields: Vec<FieldLayout>) -> VariantLayout {
    VariantLayout { name: name.to_owned(), fields, tag: None }
}

/// A tag at a value's first byte.
fn tag_at(size: usize, value: u64) -> TagLayout {
    TagLayout { offset: 0, size: small(size), value }
}

fn field(name: &str, offset: usize, size: usize) -> FieldLayout {
    FieldLayout { name: name.to_owned(), offset: small(offset), size: small(size) }
}

/// Where `part` lies in `whole`, which holds it: the difference of two addresses.
fn place_in<T, P: ?Sized>(whole: &T, part: &P) -> usize {
    std::ptr::from_ref(part).addr() - std::ptr::from_ref(whole).addr()
}

/// The size of what was found within a value, be it a reference itself.
const fn size_of_part<P>(_: &P) -> usize {
    size_of::<P>()
}

/// No type of the catalogue is larger than a page.
fn small(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// The text of a type that is written as one expression.
fn text(name: &str, group: TypeGroup, why: &str) -> TypeText {
    TypeText { name: name.to_owned(), group, source: name.to_owned(), why: why.to_owned() }
}

/// The word among `words` that holds `value`: the field's place, as it was seen.
fn word(words: &[usize], name: &'static str, value: usize) -> Result<FieldLayout, Lost> {
    let at = words.iter().position(|word| *word == value).ok_or(Lost(name))?;
    Ok(field(name, at * size_of::<usize>(), size_of::<usize>()))
}
