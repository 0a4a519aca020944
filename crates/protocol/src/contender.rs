//! What a lab sets against each other. A contender keeps its name, its order and its colour on every page.

use serde::{Deserialize, Serialize};

/// One way to do a lab's job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Contender {
    /// JSON text into owned structs.
    SerdeJson,
    /// JSON text into structs that borrow their strings from it.
    SerdeJsonBorrowed,
    /// JSON text by simd-json into owned structs.
    SimdJson,
    /// A compact binary form into owned structs.
    Postcard,
    /// Fields of all entries together, bit-packed, into owned structs.
    Bitcode,
    /// Protocol Buffers into owned messages.
    Prost,
    /// A `FlatBuffer`, verified and read in place.
    Flatbuffers,
    /// Rows of fixed size, cast and read in place.
    Zerocopy,
    /// An rkyv archive, validated and deserialized into owned structs.
    RkyvOwned,
    /// An rkyv archive, validated and read in place.
    RkyvValidated,
    /// An rkyv archive, trusted and read in place.
    RkyvUnvalidated,
    /// A graph of `Rc<RefCell<Node>>`.
    RcRefCell,
    /// A tree of nodes, each of which owns its children.
    BoxTree,
    /// A graph in one `Vec`, its edges indices.
    IndexGraph,
    /// A graph in a slot map, its edges keys.
    SlotMap,
    /// A graph in an arena of one type, which drops what it holds.
    TypedArena,
    /// A graph in a bumpalo arena, each node's edges a std `Vec`.
    BumpStdVec,
    /// A graph in a bumpalo arena, each node's edges an arena `Vec`.
    BumpArenaVec,
    /// JSON rows, parsed into a list of structs.
    JsonRows,
    /// rkyv rows, checked and read in place.
    RkyvRows,
    /// Arrow columns out of an IPC stream's bytes, in place.
    ArrowIpc,
    /// Arrow columns in memory.
    ArrowColumns,
    /// Packets parsed into owned structs.
    PacketsOwned,
    /// Packets read in place, every check made.
    PacketsChecked,
    /// Packets read in place, lengths checked, checksums trusted.
    PacketsTrusted,
    /// The allocator that the standard library brings: dlmalloc in Wasm, the C library's natively.
    AllocDefault,
    /// talc.
    AllocTalc,
    /// Ours: a place that moves on.
    AllocBump,
    /// Ours: a free list, first fit.
    AllocFirstFit,
    /// Ours: a free list, best fit.
    AllocBestFit,
    /// Ours: blocks of a few sizes.
    AllocSlab,
    /// Pieces of text as `String`s.
    TextOwned,
    /// Pieces of text as `&str`s.
    TextBorrowed,
    /// Pieces of text as `Cow`s.
    TextCow,
    /// Pieces of text behind an `Rc`.
    TextRc,
    /// Pieces of text behind an `Arc`.
    TextArc,
    /// Structs in a row, their fields as written.
    RowsAsWritten,
    /// Structs in a row, their fields as Rust sorts them.
    RowsAsSorted,
    /// One list a field.
    StructOfArrays,
    /// A counter behind an exclusive reference.
    CounterMut,
    /// A counter in a `Cell`.
    CounterCell,
    /// A counter in a `RefCell`.
    CounterRefCell,
    /// An atomic counter.
    CounterAtomic,
    /// A counter behind a lock.
    CounterMutex,
    /// A future pinned on the stack.
    FutureStack,
    /// A future written by hand, pinned on the stack.
    FutureByHand,
    /// A future in a pinned place that is used again.
    FutureReused,
    /// A future in a box of its own.
    FutureBoxed,
    /// A future in a box, its type hidden.
    FutureDyn,
    /// The self-test's harmless operation.
    Nothing,
}

impl Contender {
    /// Every contender.
    pub const ALL: [Self; 50] = [
        Self::SerdeJson,
        Self::SerdeJsonBorrowed,
        Self::SimdJson,
        Self::Postcard,
        Self::Bitcode,
        Self::Prost,
        Self::Flatbuffers,
        Self::Zerocopy,
        Self::RkyvOwned,
        Self::RkyvValidated,
        Self::RkyvUnvalidated,
        Self::RcRefCell,
        Self::BoxTree,
        Self::IndexGraph,
        Self::SlotMap,
        Self::TypedArena,
        Self::BumpStdVec,
        Self::BumpArenaVec,
        Self::JsonRows,
        Self::RkyvRows,
        Self::ArrowIpc,
        Self::ArrowColumns,
        Self::PacketsOwned,
        Self::PacketsChecked,
        Self::PacketsTrusted,
        Self::AllocDefault,
        Self::AllocTalc,
        Self::AllocBump,
        Self::AllocFirstFit,
        Self::AllocBestFit,
        Self::AllocSlab,
        Self::TextOwned,
        Self::TextBorrowed,
        Self::TextCow,
        Self::TextRc,
        Self::TextArc,
        Self::RowsAsWritten,
        Self::RowsAsSorted,
        Self::StructOfArrays,
        Self::CounterMut,
        Self::CounterCell,
        Self::CounterRefCell,
        Self::CounterAtomic,
        Self::CounterMutex,
        Self::FutureStack,
        Self::FutureByHand,
        Self::FutureReused,
        Self::FutureBoxed,
        Self::FutureDyn,
        Self::Nothing,
    ];

    /// The contender's name in exports, in CSS classes and in links. It never changes once released.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::SerdeJson => "serde-json",
            Self::SerdeJsonBorrowed => "serde-json-borrowed",
            Self::SimdJson => "simd-json",
            Self::Postcard => "postcard",
            Self::Bitcode => "bitcode",
            Self::Prost => "prost",
            Self::Flatbuffers => "flatbuffers",
            Self::Zerocopy => "zerocopy",
            Self::RkyvOwned => "rkyv-owned",
            Self::RkyvValidated => "rkyv-validated",
            Self::RkyvUnvalidated => "rkyv-unvalidated",
            Self::RcRefCell => "rc-refcell",
            Self::BoxTree => "box-tree",
            Self::IndexGraph => "index-graph",
            Self::SlotMap => "slotmap",
            Self::TypedArena => "typed-arena",
            Self::BumpStdVec => "bump-std-vec",
            Self::BumpArenaVec => "bump-arena-vec",
            Self::JsonRows => "json-rows",
            Self::RkyvRows => "rkyv-rows",
            Self::ArrowIpc => "arrow-ipc",
            Self::ArrowColumns => "arrow-columns",
            Self::PacketsOwned => "packets-owned",
            Self::PacketsChecked => "packets-checked",
            Self::PacketsTrusted => "packets-trusted",
            Self::AllocDefault => "alloc-default",
            Self::AllocTalc => "alloc-talc",
            Self::AllocBump => "alloc-bump",
            Self::AllocFirstFit => "alloc-first-fit",
            Self::AllocBestFit => "alloc-best-fit",
            Self::AllocSlab => "alloc-slab",
            Self::TextOwned => "text-string",
            Self::TextBorrowed => "text-str",
            Self::TextCow => "text-cow",
            Self::TextRc => "text-rc",
            Self::TextArc => "text-arc",
            Self::RowsAsWritten => "rows-as-written",
            Self::RowsAsSorted => "rows-as-sorted",
            Self::StructOfArrays => "struct-of-arrays",
            Self::CounterMut => "counter-mut",
            Self::CounterCell => "counter-cell",
            Self::CounterRefCell => "counter-refcell",
            Self::CounterAtomic => "counter-atomic",
            Self::CounterMutex => "counter-mutex",
            Self::FutureStack => "future-stack",
            Self::FutureByHand => "future-by-hand",
            Self::FutureReused => "future-reused",
            Self::FutureBoxed => "future-boxed",
            Self::FutureDyn => "future-dyn",
            Self::Nothing => "nothing",
        }
    }

    /// The contender whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|contender| contender.slug() == slug)
    }

    /// The name a reader sees, short enough to label a bar.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::SerdeJson => "serde_json",
            Self::SerdeJsonBorrowed => "serde_json, borrowed",
            Self::SimdJson => "simd-json",
            Self::Postcard => "postcard",
            Self::Bitcode => "bitcode",
            Self::Prost => "prost (protobuf)",
            Self::Flatbuffers => "flatbuffers",
            Self::Zerocopy => "zerocopy",
            Self::RkyvOwned => "rkyv, to owned",
            Self::RkyvValidated => "rkyv, validated",
            Self::RkyvUnvalidated => "rkyv, unvalidated",
            Self::RcRefCell => "Rc<RefCell>",
            Self::BoxTree => "Box tree",
            Self::IndexGraph => "index graph",
            Self::SlotMap => "slotmap",
            Self::TypedArena => "typed-arena",
            Self::BumpStdVec => "arena + std Vec",
            Self::BumpArenaVec => "arena + arena Vec",
            Self::JsonRows => "JSON rows",
            Self::RkyvRows => "rkyv rows",
            Self::ArrowIpc => "Arrow, from IPC",
            Self::ArrowColumns => "Arrow, in memory",
            Self::PacketsOwned => "owned structs",
            Self::PacketsChecked => "in place, all checks",
            Self::PacketsTrusted => "in place, no checksums",
            Self::AllocDefault => "std’s (dlmalloc)",
            Self::AllocTalc => "talc",
            Self::AllocBump => "ours: bump",
            Self::AllocFirstFit => "ours: first fit",
            Self::AllocBestFit => "ours: best fit",
            Self::AllocSlab => "ours: slab",
            Self::TextOwned => "String",
            Self::TextBorrowed => "&str",
            Self::TextCow => "Cow<str>",
            Self::TextRc => "Rc<str>",
            Self::TextArc => "Arc<str>",
            Self::RowsAsWritten => "rows, repr(C)",
            Self::RowsAsSorted => "rows, sorted by Rust",
            Self::StructOfArrays => "struct of arrays",
            Self::CounterMut => "&mut u64",
            Self::CounterCell => "Cell<u64>",
            Self::CounterRefCell => "RefCell<u64>",
            Self::CounterAtomic => "AtomicU64",
            Self::CounterMutex => "Mutex<u64>",
            Self::FutureStack => "pin! on the stack",
            Self::FutureByHand => "by hand, pin-project-lite",
            Self::FutureReused => "one Pin<Box>, used again",
            Self::FutureBoxed => "Pin<Box<F>> each",
            Self::FutureDyn => "Pin<Box<dyn Future>>",
            Self::Nothing => "nothing",
        }
    }

    /// One sentence on what the contender gives up.
    #[must_use]
    pub const fn gives_up(self) -> &'static str {
        match self {
            Self::SerdeJson => "Reads every character of text and allocates every string; any language can write it.",
            Self::SerdeJsonBorrowed => {
                "Saves the strings’ copies, and ties the structs to the text; an escaped string cannot be borrowed."
            }
            Self::SimdJson => {
                "Needs the text in a buffer it may overwrite, and some hundred kilobytes of scratch; its copy of the text is timed too."
            }
            Self::Postcard => {
                "No text and no field names: writer and reader must share the exact types. Strings are still copied."
            }
            Self::Bitcode => {
                "Packs each field of all entries together: small, but all of it is decoded to read one field, and types must match exactly."
            }
            Self::Prost => {
                "Any language reads it and fields may come and go; every message, number and text is still decoded and copied."
            }
            Self::Flatbuffers => {
                "Reads in place and fields may come and go; bytes go to offsets and padding, and writing is a call for each field."
            }
            Self::Zerocopy => "Only entries of one fixed size: no lists within, no options, and a text must fit its field.",
            Self::RkyvOwned => "Checks the archive, then copies it all out: you own it, and pay for owning.",
            Self::RkyvValidated => {
                "Checks every pointer and length once, then reads in place; the data stays as it arrived, read-only."
            }
            Self::RkyvUnvalidated => {
                "Checks nothing: a damaged or hostile archive is undefined behaviour. For bytes you wrote yourself."
            }
            Self::RcRefCell => "One allocation a node and a count at every handle: flexible, and paid at every step.",
            Self::BoxTree => "One owner a node, so only a tree of the graph is left: edges that lead back cannot be said.",
            Self::SlotMap => {
                "A stale key finds nothing, and each look-up pays for a comparison; every list is a block of its own."
            }
            Self::TypedArena => "Holds one type, and drops each value of it: no leak, and no tear-down for nothing.",
            Self::IndexGraph => "Two allocations for the whole graph; an index can go stale and the compiler will not tell.",
            Self::BumpStdVec => "The arena never runs destructors, so every node’s Vec leaks its buffer.",
            Self::BumpArenaVec => "Everything dies together: no node can be freed before the arena.",
            Self::JsonRows => "Text must be parsed whole before the first row can be asked; anybody can read and write it.",
            Self::RkyvRows => {
                "No parsing, and one line holds a row or two; a question about one field still fetches all the others."
            }
            Self::ArrowIpc => {
                "Only the columns asked for are read, where they arrived; a whole row lies in as many places as it has fields."
            }
            Self::ArrowColumns => "The same without looking at the stream’s headers: somebody else has paid for that.",
            Self::PacketsOwned => "Every header becomes a struct and the symbol a String: yours to keep, and to pay for.",
            Self::PacketsChecked => {
                "The bytes are the structs: nothing is copied, and nothing can outlive the buffer they came in."
            }
            Self::PacketsTrusted => "Leaves checksums to the network card: right only where one has looked.",
            Self::AllocDefault => {
                "Serves any size in any order, and merges what is free; each block carries four bytes of notes. Natively it is the C library’s."
            }
            Self::AllocTalc => {
                "Sorts free blocks by size and so searches less; it must be brought along, and told what memory it has."
            }
            Self::AllocBump => "Nothing comes back before everything does: right for what dies together, and for nothing else.",
            Self::AllocFirstFit => "Walks the list of free blocks at every call, longer the more of them there are.",
            Self::AllocBestFit => {
                "Always walks all of the list, and leaves the smallest rests, of which some are too small to be of use."
            }
            Self::AllocSlab => "Never searches, but rounds up to a power of two, and a page once given to a size stays with it.",
            Self::TextOwned => "Each stage has its own copy: free to change it, and each copy is an allocation.",
            Self::TextBorrowed => "Nothing is copied and nothing can be changed: who reads must do the changing, each time anew.",
            Self::TextCow => "Copies what changes and borrows the rest; it lives no longer than its source, and owns alone.",
            Self::TextRc => "Copied once to get behind the counts, then shared for an addition; on one thread only.",
            Self::TextArc => {
                "As Rc, for several threads. In Wasm without threads an atomic addition is a plain one: natively it costs more."
            }
            Self::RowsAsWritten => "The order is promised, and every gap that it leaves is stored and fetched.",
            Self::RowsAsSorted => {
                "Fewer gaps; the order is the compiler’s business and may change, so nobody else can read the bytes."
            }
            Self::StructOfArrays => {
                "No gaps, and only what is asked for is fetched; one item is as many lists, whose lengths must agree."
            }
            Self::CounterMut => "One writer and nobody else meanwhile, known before it runs.",
            Self::CounterCell => "No reference to what is inside: values go in and come out whole. One thread.",
            Self::CounterRefCell => {
                "A flag beside the value: what the compiler would have refused is found when it runs, as a panic. One thread."
            }
            Self::CounterAtomic => {
                "Only what one instruction can do. In Wasm without threads these are plain ones; natively they cost more."
            }
            Self::CounterMutex => {
                "Who comes second waits. In Wasm without threads the lock is a flag, and who waits would wait for ever."
            }
            Self::FutureStack => "The place ends with the block: the future cannot be returned, nor put into a list.",
            Self::FutureByHand => {
                "Its states are written out by hand. It borrows nothing of itself, so only what it waits for is pinned."
            }
            Self::FutureReused => "One future at a time, all of one type: the place is asked for once.",
            Self::FutureBoxed => "A place on the heap for each; the box may be returned, kept and moved.",
            Self::FutureDyn => "Futures of all types may stand in one list, and each poll is a call through a table.",
            Self::Nothing => "Does nothing.",
        }
    }
}
