//! The layout lab: what is timed, and what the page asks of the compiler. It must never hold a size, an alignment or an offset of a type:
//! those come from whoever compiled the type.

use serde::{Deserialize, Serialize};

/// How many sensor readings, and what is read of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LayoutInput {
    /// How many readings; the lab clamps it to 1..=[`LayoutInput::MAX_ITEMS`].
    pub items: u32,
    /// What is read of them.
    pub access: Access,
}

impl LayoutInput {
    /// The most readings the lab makes.
    pub const MAX_ITEMS: u32 = 1_000_000;
    /// The numbers of readings that readers can choose, and recordings may hold.
    pub const ITEMS: [u32; 4] = [1_000, 10_000, 100_000, Self::MAX_ITEMS];
}

impl Default for LayoutInput {
    fn default() -> Self {
        Self { items: 100_000, access: Access::OneField }
    }
}

crate::slugged! {
    /// What is read.
    #[derive(Default)]
    pub enum Access {
        /// One field of every item.
        #[default]
        OneField => ("one-field", "one field of each"),
        /// Every field of every item.
        EveryField => ("every-field", "every field of each"),
        /// Every field of items at random places.
        Scattered => ("scattered", "1,000 whole ones, at random"),
    }
}

impl Access {
    /// How many items are read where they are read at random places.
    pub const PLACES: u32 = 1_000;
}

/// Asks for the whole catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutQuestion;

/// The catalogue, as two compilations of the same source laid it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutAnswer {
    /// The types, in the order of both surveys.
    pub types: Vec<TypeText>,
    /// As laid out in the program that answers.
    pub here: Survey,
    /// As laid out on the machine that built it.
    pub built_on: Survey,
}

/// A type as it is written, and why it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeText {
    /// Its name, unique in the catalogue.
    pub name: String,
    /// What it teaches.
    pub group: TypeGroup,
    /// Its source, as it was compiled.
    pub source: String,
    /// What to look at.
    pub why: String,
}

/// What a type teaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TypeGroup {
    /// Numbers and what else has no parts.
    Scalar,
    /// Fields and the gaps between them.
    Struct,
    /// `repr`: promises about order, gaps and alignment.
    Repr,
    /// Where an `Option` hides.
    Niche,
    /// Enums and their tags.
    Enum,
    /// Thin pointers, fat pointers, and what owns a heap block.
    Pointer,
    /// Arrays, types without bytes, unions.
    Other,
}

impl TypeGroup {
    /// Every group, in the order menus show them.
    pub const ALL: [Self; 7] = [Self::Scalar, Self::Struct, Self::Repr, Self::Niche, Self::Enum, Self::Pointer, Self::Other];

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Scalar => "Scalars",
            Self::Struct => "Structs and padding",
            Self::Repr => "Promised layouts",
            Self::Niche => "Options and niches",
            Self::Enum => "Enums and tags",
            Self::Pointer => "Pointers and owners",
            Self::Other => "Arrays, no bytes, unions",
        }
    }
}

/// Every type of the catalogue as one compilation laid it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// The processor that was compiled for, as Rust names it.
    pub architecture: String,
    /// How many bits an address has.
    pub pointer_bits: u32,
    /// The catalogue's types, in its order.
    pub types: Vec<TypeLayout>,
    /// One list of fields in each order that it can have, under `repr(C)`: the fields stand as written.
    pub orders: Vec<TypeLayout>,
    /// The same fields as Rust orders them.
    pub free: TypeLayout,
}

/// A type as the compiler laid it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeLayout {
    /// Bytes of a value.
    pub size: u32,
    /// Its addresses are multiples of this.
    pub align: u32,
    /// What lies in it: one for a struct, one a variant for an enum, one a field for a union, none for what has no parts.
    pub variants: Vec<VariantLayout>,
    /// The bytes of `None`, where they were looked at: only where every byte of it is known to be set.
    pub none: Option<Vec<u8>>,
}

impl TypeLayout {
    /// Bytes that belong to no field of any variant and to no tag whose place is known: padding, and in other enums the tag.
    #[must_use]
    pub fn uncovered(&self) -> u32 {
        if self.variants.is_empty() {
            return 0;
        }
        let parts: Vec<FieldLayout> = self.variants.iter().flat_map(VariantLayout::parts).collect();
        let is_covered = |at: u32| parts.iter().any(|part| part.covers(at));
        u32::try_from((0..self.size).filter(|at| !is_covered(*at)).count()).unwrap_or(u32::MAX)
    }
}

/// What lies in a value together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantLayout {
    /// The variant's name; empty for a struct.
    pub name: String,
    /// Its fields, as written.
    pub fields: Vec<FieldLayout>,
    /// The enum's tag in this variant, where its place is promised and could be read.
    pub tag: Option<TagLayout>,
}

impl VariantLayout {
    /// Fields, and the tag with what is in it: all of whose bytes something is known.
    #[must_use]
    pub fn parts(&self) -> Vec<FieldLayout> {
        let tag = |tag: &TagLayout| FieldLayout { name: format!("tag = {}", tag.value), offset: tag.offset, size: tag.size };
        self.fields.iter().cloned().chain(self.tag.as_ref().map(tag)).collect()
    }
}

/// Which variant a value is, written in the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagLayout {
    /// Where it begins.
    pub offset: u32,
    /// How many bytes it has.
    pub size: u32,
    /// What was found there.
    pub value: u64,
}

/// A field's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLayout {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub offset: u32,
    /// How many bytes it has.
    pub size: u32,
}

impl FieldLayout {
    /// Whether this byte of the value is the field's.
    #[must_use]
    pub const fn covers(&self, at: u32) -> bool {
        self.offset <= at && at - self.offset < self.size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_variant_uses_is_uncovered() {
        let field = |offset, size| FieldLayout { name: String::new(), offset, size };
        let variant = |fields| VariantLayout { name: String::new(), fields, tag: None };
        let layout = |variants| TypeLayout { size: 8, align: 4, variants, none: None };
        assert_eq!(layout(vec![variant(vec![field(4, 4), field(0, 1)])]).uncovered(), 3);
        assert_eq!(layout(vec![variant(vec![field(4, 4)]), variant(vec![field(1, 1)])]).uncovered(), 3);
        assert_eq!(layout(Vec::new()).uncovered(), 0);
        let tag = TagLayout { offset: 0, size: 4, value: 7 };
        let tagged = VariantLayout { tag: Some(tag), ..variant(vec![field(4, 2)]) };
        assert_eq!(tagged.parts()[1].name, "tag = 7");
        assert_eq!(layout(vec![tagged]).uncovered(), 2, "a tag whose place is known is no gap");
    }
}
