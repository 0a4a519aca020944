//! A block that a `Box`, an `Rc` or an `Arc` owns, as it lies there: which of its words counts what, and what stands in them. It must never read
//! what is not initialised, nor a block that is gone: each read is through a handle that keeps the block.

use super::owners::Node;
use protocol::clones::{BlockPart, CountedBlock, PartName};
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// A handle to a block; as long as it is there, so is the block.
#[derive(Clone, Copy)]
pub(super) enum Handle<'a> {
    Box(&'a Node),
    Rc(&'a Rc<Node>),
    Weak(&'a Weak<Node>),
    Arc(&'a Arc<u64>),
}

/// How a block is laid out, in bytes from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// All of it, as the allocator was asked.
    size: usize,
    /// The value, which comes last.
    value: usize,
    /// The words that count, where there are any.
    counts: Option<Words>,
}

/// Which words of a block count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Words {
    strong: usize,
    weak: usize,
}

const WORD: usize = size_of::<usize>();

impl Handle<'_> {
    /// Owners and weak handles, as the handle itself says; none where nothing is counted.
    pub(super) fn owners(self) -> Option<(usize, usize)> {
        match self {
            Self::Box(_) => None,
            Self::Rc(rc) => Some((Rc::strong_count(rc), Rc::weak_count(rc))),
            Self::Weak(weak) => Some((weak.strong_count(), weak.weak_count())),
            Self::Arc(arc) => Some((Arc::strong_count(arc), Arc::weak_count(arc))),
        }
    }

    /// Where the value is.
    fn value(self) -> *const u8 {
        match self {
            Self::Box(node) => std::ptr::from_ref(node).cast(),
            Self::Rc(rc) => Rc::as_ptr(rc).cast(),
            Self::Weak(weak) => weak.as_ptr().cast(),
            Self::Arc(arc) => Arc::as_ptr(arc).cast(),
        }
    }

    /// The number in the value, while there is a value.
    fn number(self) -> Option<u64> {
        match self {
            Self::Box(node) => Some(node.value),
            Self::Rc(rc) => Some(rc.value),
            Self::Weak(weak) => weak.upgrade().map(|node| node.value),
            Self::Arc(arc) => Some(**arc),
        }
    }

    fn value_size(self) -> usize {
        match self {
            Self::Arc(_) => size_of::<u64>(),
            Self::Box(_) | Self::Rc(_) | Self::Weak(_) => size_of::<Node>(),
        }
    }

    fn is_counted(self) -> bool {
        !matches!(self, Self::Box(_))
    }

    /// The words before the value, of which a counted block has two.
    #[allow(clippy::cast_ptr_alignment, reason = "a block that begins with two words is aligned to words")]
    fn words(self) -> [usize; 2] {
        // SAFETY: `Rc` and `Arc` keep their two counts before the value, in one block with it: their `into_raw` and `from_raw` reckon so, and
        // `Place::of` has found the block to be that much larger than the value. Their `as_ptr` may be used for all of the block. Both words
        // are initialised, the handle keeps the block, and nobody writes meanwhile: this is one thread.
        unsafe { self.value().sub(self.value_offset()).cast::<[usize; 2]>().read() }
    }

    /// How far from its block's beginning the value of a counted block lies: behind the counts, at its own alignment.
    fn value_offset(self) -> usize {
        let align = match self {
            Self::Arc(_) => align_of::<u64>(),
            Self::Box(_) | Self::Rc(_) | Self::Weak(_) => align_of::<Node>(),
        };
        (2 * WORD).next_multiple_of(align)
    }

    /// Which of the words goes up with another owner, and which with another weak handle.
    fn find(self) -> Option<Words> {
        let before = self.words();
        let (owned, watched) = match self {
            Self::Rc(rc) => {
                let owned = {
                    let _other = Rc::clone(rc);
                    self.words()
                };
                let _watcher = Rc::downgrade(rc);
                (owned, self.words())
            }
            Self::Arc(arc) => {
                let owned = {
                    let _other = Arc::clone(arc);
                    self.words()
                };
                let _watcher = Arc::downgrade(arc);
                (owned, self.words())
            }
            Self::Box(_) | Self::Weak(_) => return None,
        };
        let changed = |after: [usize; 2]| (0..2).find(|at| after[*at] == before[*at] + 1);
        Some(Words { strong: changed(owned)?, weak: changed(watched)? })
    }
}

impl Place {
    /// How the block is laid out to which `handle` leads and which is `size` bytes large; none where that is not what its kind is known to be.
    pub(super) fn of(handle: Handle<'_>, size: usize) -> Option<Self> {
        let value = if handle.is_counted() { handle.value_offset() } else { 0 };
        if size != value + handle.value_size() {
            return None;
        }
        let counts = if handle.is_counted() { Some(handle.find()?) } else { None };
        Some(Self { size, value, counts })
    }

    /// The block, as it stands.
    pub(super) fn read(self, handle: Handle<'_>) -> CountedBlock {
        let small = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let part = |name, offset: usize, size: usize, value| BlockPart { name, offset: small(offset), size: small(size), value };
        let mut parts = Vec::with_capacity(3);
        if let Some(Words { strong, weak }) = self.counts {
            let words = handle.words();
            let count = |name, at: usize| part(name, at * WORD, WORD, Some(words[at] as u64));
            parts.extend([count(PartName::Strong, strong), count(PartName::Weak, weak)]);
        }
        parts.push(part(PartName::Value, self.value, handle.value_size(), handle.number()));
        CountedBlock { size: small(self.size), parts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_that_change_and_a_block_of_another_size_is_not_read() {
        let shared = Arc::new(7);
        let handle = Handle::Arc(&shared);
        let size = handle.value_offset() + handle.value_size();
        assert_eq!(Place::of(handle, size + WORD), None);
        assert_eq!(Place::of(handle, 0), None);
        let place = Place::of(handle, size).unwrap();
        let _other = Arc::clone(&shared);
        let part = |name| place.read(handle).parts.into_iter().find(|part| part.name == name).and_then(|part| part.value);
        assert_eq!((part(PartName::Strong), part(PartName::Weak), part(PartName::Value)), (Some(2), Some(1), Some(7)));
    }
}
