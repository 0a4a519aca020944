//! One event of memory in 16 bytes, and a list of them as it crosses. Reading a list must never panic, whatever its bytes.

use crate::Attachment;
use serde::{Deserialize, Serialize};

/// What happened to memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryEvent {
    /// What.
    pub kind: EventKind,
    /// Who asked.
    pub owner: Owner,
    /// The alignment asked for, as a power of two.
    pub align: u8,
    /// Where: an address in the worker's linear memory, or in an allocator's region. A mark has none.
    pub address: u32,
    /// Bytes asked for; of a mark, which one.
    pub size: u32,
    /// Bytes that the allocator takes for it by its rule, with what it notes and what it rounds up; never less than `size`.
    pub taken: u32,
}

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A block was handed out.
    Alloc,
    /// A block was given back.
    Free,
    /// A block was left for a larger or smaller one, by `realloc`.
    Leave,
    /// What `realloc` handed out in its place, perhaps at the same address.
    Arrive,
    /// Bytes were read by the program's walk.
    Touch,
    /// A part of the program begins: 0 building, 1 walking, 2 tearing down, 3 all is done, 4 changing.
    Mark,
    /// A piece of a chunk was put to use, by whoever asked the arena for it. The allocator hears nothing of it.
    Carve,
    /// What was carved from these bytes is of use to nobody any more, though the chunk still holds it.
    Lose,
}

impl EventKind {
    const ALL: [Self; 8] = [Self::Alloc, Self::Free, Self::Leave, Self::Arrive, Self::Touch, Self::Mark, Self::Carve, Self::Lose];

    /// Whether a block begins here.
    #[must_use]
    pub const fn is_birth(self) -> bool {
        matches!(self, Self::Alloc | Self::Arrive)
    }

    /// Whether a block ends here.
    #[must_use]
    pub const fn is_death(self) -> bool {
        matches!(self, Self::Free | Self::Leave)
    }

    /// What the event does, in a word.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Alloc => "allocates",
            Self::Free => "frees",
            Self::Leave => "moves from",
            Self::Arrive => "moves to",
            Self::Touch => "reads",
            Self::Mark => "begins",
            Self::Carve => "carves from a chunk",
            Self::Lose => "loses in a chunk",
        }
    }
}

/// What a block is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Owner {
    /// Nothing was said.
    #[default]
    Other,
    /// A node of a graph.
    Node,
    /// A node's list of edges.
    EdgeList,
    /// A table of all nodes.
    Table,
    /// The queue of a walk.
    Queue,
    /// A chunk of an arena.
    Chunk,
    /// A request of up to 64 bytes.
    Small,
    /// Of up to 256.
    Middle,
    /// Of more.
    Large,
}

impl Owner {
    /// Every owner, in the order of legends.
    pub const ALL: [Self; 9] =
        [Self::Node, Self::EdgeList, Self::Table, Self::Queue, Self::Chunk, Self::Small, Self::Middle, Self::Large, Self::Other];

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Node => "node",
            Self::EdgeList => "list of edges",
            Self::Table => "table of nodes",
            Self::Queue => "queue of the walk",
            Self::Chunk => "arena chunk",
            Self::Small => "up to 64 bytes",
            Self::Middle => "65 to 256 bytes",
            Self::Large => "more than 256 bytes",
        }
    }

    fn of(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|owner| *owner as u8 == byte)
    }
}

/// Bytes that are no list of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {0} of the trace is damaged")]
pub struct DamagedEvents(pub usize);

impl MemoryEvent {
    /// Bytes of one event.
    pub const BYTES: usize = 16;

    /// The event as it crosses: address, size, taken, each in four bytes, little end first; kind, owner, alignment; a zero.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        for (place, word) in bytes.chunks_exact_mut(4).zip([self.address, self.size, self.taken]) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        bytes[12..15].copy_from_slice(&[self.kind as u8, self.owner as u8, self.align]);
        bytes
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, rest) = bytes.as_chunks::<4>();
        let [[kind, owner, align, 0]] = words.get(3..)? else { return None };
        let word = |at: usize| words.get(at).map(|word| u32::from_le_bytes(*word));
        let event = Self {
            kind: EventKind::ALL.into_iter().find(|one| *one as u8 == *kind)?,
            owner: Owner::of(*owner)?,
            align: *align,
            address: word(0)?,
            size: word(1)?,
            taken: word(2)?,
        };
        let is_sound =
            rest.is_empty() && event.align < 32 && event.taken >= event.size && event.address.checked_add(event.taken).is_some();
        (is_sound || event.kind == EventKind::Mark).then_some(event)
    }

    /// A list of events, packed.
    #[must_use]
    pub fn pack(events: &[Self]) -> Attachment {
        Attachment(events.iter().flat_map(|event| event.to_bytes()).collect())
    }

    /// The events in an attachment.
    ///
    /// # Errors
    /// [`DamagedEvents`] with the place of the first that is none.
    pub fn unpack(packed: &Attachment) -> Result<Vec<Self>, DamagedEvents> {
        Self::unpack_some(packed, 0, usize::MAX)
    }

    /// Up to `most` of the events in an attachment, from number `first` on: a long list is read in pieces.
    ///
    /// # Errors
    /// As [`MemoryEvent::unpack`].
    pub fn unpack_some(packed: &Attachment, first: usize, most: usize) -> Result<Vec<Self>, DamagedEvents> {
        let events = packed.0.chunks(Self::BYTES).enumerate().skip(first).take(most);
        events.map(|(at, bytes)| Self::of_bytes(bytes).ok_or(DamagedEvents(at))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events() -> impl Strategy<Value = MemoryEvent> {
        (0..EventKind::ALL.len(), 0..9_usize, 0..32_u8, 0..1_u32 << 30, 0..1_u32 << 20, 0..64_u32).prop_map(
            |(kind, owner, align, address, size, more)| MemoryEvent {
                kind: EventKind::ALL[kind],
                owner: Owner::ALL[owner],
                align,
                address,
                size,
                taken: size + more,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_packed_is_read_again(events in proptest::collection::vec(events(), 0..50)) {
            let packed = MemoryEvent::pack(&events);
            prop_assert_eq!(packed.0.len(), events.len() * MemoryEvent::BYTES);
            prop_assert_eq!(MemoryEvent::unpack(&packed), Ok(events));
        }

        #[test]
        fn damage_is_an_error_or_other_events_but_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let packed = Attachment(bytes);
            if let Ok(events) = MemoryEvent::unpack(&packed) {
                prop_assert_eq!(MemoryEvent::pack(&events), packed);
            }
        }
    }

    #[test]
    fn a_block_beyond_all_addresses_is_damage() {
        let event =
            MemoryEvent { kind: EventKind::Alloc, owner: Owner::Node, align: 3, address: u32::MAX - 7, size: 8, taken: 8 };
        assert_eq!(MemoryEvent::unpack(&MemoryEvent::pack(&[event])), Err(DamagedEvents(0)));
    }
}
