//! What a lab sets against each other. A contender keeps its name, its order and its colour on every page.

/// The list of contenders: `Variant => ("slug", "label", "what it gives up")`. A slug is also the contender's name in CSS classes; a label is
/// short enough for a bar.
macro_rules! contenders {
    ($($(#[$of_variant:meta])* $Variant:ident => ($slug:literal, $label:literal, $gives_up:literal),)*) => {
        crate::slugged! {
            /// One way to do a lab's job.
            pub enum Contender {
                $($(#[$of_variant])* $Variant => ($slug, $label),)*
            }
        }

        impl Contender {
            /// One sentence on what the contender gives up.
            #[must_use]
            pub const fn gives_up(self) -> &'static str {
                match self {
                    $(Self::$Variant => $gives_up,)*
                }
            }
        }
    };
}

contenders! {
    /// JSON text into owned structs.
    SerdeJson => ("serde-json", "serde_json", "Reads every character of text and allocates every string; any language can write it."),
    /// JSON text into structs that borrow their strings from it.
    SerdeJsonBorrowed => ("serde-json-borrowed", "serde_json, borrowed", "Saves the strings’ copies, and ties the structs to the text; an escaped string cannot be borrowed."),
    /// JSON text by simd-json into owned structs.
    SimdJson => ("simd-json", "simd-json", "Needs the text in a buffer it may overwrite, and some hundred kilobytes of scratch; its copy of the text is timed too."),
    /// A compact binary form into owned structs.
    Postcard => ("postcard", "postcard", "No text and no field names: writer and reader must share the exact types. Strings are still copied."),
    /// Fields of all entries together, bit-packed, into owned structs.
    Bitcode => ("bitcode", "bitcode", "Packs each field of all entries together: small, but all of it is decoded to read one field, and types must match exactly."),
    /// Protocol Buffers into owned messages.
    Prost => ("prost", "prost (protobuf)", "Any language reads it and fields may come and go; every message, number and text is still decoded and copied."),
    /// A `FlatBuffer`, verified and read in place.
    Flatbuffers => ("flatbuffers", "flatbuffers", "Reads in place and fields may come and go; bytes go to offsets and padding, and writing is a call for each field."),
    /// Rows of fixed size, cast and read in place.
    Zerocopy => ("zerocopy", "zerocopy", "Only entries of one fixed size: no lists within, no options, and a text must fit its field."),
    /// An rkyv archive, validated and deserialized into owned structs.
    RkyvOwned => ("rkyv-owned", "rkyv, to owned", "Checks the archive, then copies it all out: you own it, and pay for owning."),
    /// An rkyv archive, validated and read in place.
    RkyvValidated => ("rkyv-validated", "rkyv, validated", "Checks every pointer and length once, then reads in place; the data stays as it arrived, read-only."),
    /// An rkyv archive, trusted and read in place.
    RkyvUnvalidated => ("rkyv-unvalidated", "rkyv, unvalidated", "Checks nothing: a damaged or hostile archive is undefined behaviour. For bytes you wrote yourself."),
    /// A graph of `Rc<RefCell<Node>>`.
    RcRefCell => ("rc-refcell", "Rc<RefCell>", "One allocation a node and a count at every handle: flexible, and paid at every step."),
    /// A tree of nodes, each of which owns its children.
    BoxTree => ("box-tree", "Box tree", "One owner a node, so only a tree of the graph is left: edges that lead back cannot be said."),
    /// A graph in one `Vec`, its edges indices.
    IndexGraph => ("index-graph", "index graph", "Two allocations for the whole graph; an index can go stale and the compiler will not tell."),
    /// A graph in a slot map, its edges keys.
    SlotMap => ("slotmap", "slotmap", "A stale key finds nothing, and each look-up pays for a comparison; every list is a block of its own."),
    /// A graph in an arena of one type, which drops what it holds.
    TypedArena => ("typed-arena", "typed-arena", "Holds one type, and drops each value of it: no leak, and no tear-down for nothing."),
    /// A graph in a bumpalo arena, each node's edges a std `Vec`.
    BumpStdVec => ("bump-std-vec", "arena + std Vec", "The arena never runs destructors, so every node’s Vec leaks its buffer."),
    /// A graph in a bumpalo arena, each node's edges an arena `Vec`.
    BumpArenaVec => ("bump-arena-vec", "arena + arena Vec", "Everything dies together: no node can be freed before the arena."),
    /// JSON rows, parsed into a list of structs.
    JsonRows => ("json-rows", "JSON rows", "Text must be parsed whole before the first row can be asked; anybody can read and write it."),
    /// rkyv rows, checked and read in place.
    RkyvRows => ("rkyv-rows", "rkyv rows", "No parsing, and one line holds a row or two; a question about one field still fetches all the others."),
    /// Arrow columns out of an IPC stream's bytes, in place.
    ArrowIpc => ("arrow-ipc", "Arrow, from IPC", "Only the columns asked for are read, where they arrived; a whole row lies in as many places as it has fields."),
    /// Arrow columns in memory.
    ArrowColumns => ("arrow-columns", "Arrow, in memory", "The same without looking at the stream’s headers: somebody else has paid for that."),
    /// Packets parsed into owned structs.
    PacketsOwned => ("packets-owned", "owned structs", "Every header becomes a struct and the symbol a String: yours to keep, and to pay for."),
    /// Packets read in place, every check made.
    PacketsChecked => ("packets-checked", "in place, all checks", "The bytes are the structs: nothing is copied, and nothing can outlive the buffer they came in."),
    /// Packets read in place, lengths checked, checksums trusted.
    PacketsTrusted => ("packets-trusted", "in place, no checksums", "Leaves checksums to the network card: right only where one has looked."),
    /// The allocator that the standard library brings: dlmalloc in Wasm, the C library's natively.
    AllocDefault => ("alloc-default", "std’s (dlmalloc)", "Serves any size in any order, and merges what is free; each block carries four bytes of notes. Natively it is the C library’s."),
    /// talc.
    AllocTalc => ("alloc-talc", "talc", "Sorts free blocks by size and so searches less; it must be brought along, and told what memory it has."),
    /// Ours: a place that moves on.
    AllocBump => ("alloc-bump", "ours: bump", "Nothing comes back before everything does: right for what dies together, and for nothing else."),
    /// Ours: a free list, first fit.
    AllocFirstFit => ("alloc-first-fit", "ours: first fit", "Walks the list of free blocks at every call, longer the more of them there are."),
    /// Ours: a free list, best fit.
    AllocBestFit => ("alloc-best-fit", "ours: best fit", "Always walks all of the list, and leaves the smallest rests, of which some are too small to be of use."),
    /// Ours: blocks of a few sizes.
    AllocSlab => ("alloc-slab", "ours: slab", "Never searches, but rounds up to a power of two, and a page once given to a size stays with it."),
    /// Pieces of text as `String`s.
    TextOwned => ("text-string", "String", "Each stage has its own copy: free to change it, and each copy is an allocation."),
    /// Pieces of text as `&str`s.
    TextBorrowed => ("text-str", "&str", "Nothing is copied and nothing can be changed: who reads must do the changing, each time anew."),
    /// Pieces of text as `Cow`s.
    TextCow => ("text-cow", "Cow<str>", "Copies what changes and borrows the rest; it lives no longer than its source, and owns alone."),
    /// Pieces of text behind an `Rc`.
    TextRc => ("text-rc", "Rc<str>", "Copied once to get behind the counts, then shared for an addition; on one thread only."),
    /// Pieces of text behind an `Arc`.
    TextArc => ("text-arc", "Arc<str>", "As Rc, for several threads. In Wasm without threads an atomic addition is a plain one: natively it costs more."),
    /// Structs in a row, their fields as written.
    RowsAsWritten => ("rows-as-written", "rows, repr(C)", "The order is promised, and every gap that it leaves is stored and fetched."),
    /// Structs in a row, their fields as Rust sorts them.
    RowsAsSorted => ("rows-as-sorted", "rows, sorted by Rust", "Fewer gaps; the order is the compiler’s business and may change, so nobody else can read the bytes."),
    /// One list a field.
    StructOfArrays => ("struct-of-arrays", "struct of arrays", "No gaps, and only what is asked for is fetched; one item is as many lists, whose lengths must agree."),
    /// A counter behind an exclusive reference.
    CounterMut => ("counter-mut", "&mut u64", "One writer and nobody else meanwhile, known before it runs."),
    /// A counter in a `Cell`.
    CounterCell => ("counter-cell", "Cell<u64>", "No reference to what is inside: values go in and come out whole. One thread."),
    /// A counter in a `RefCell`.
    CounterRefCell => ("counter-refcell", "RefCell<u64>", "A flag beside the value: what the compiler would have refused is found when it runs, as a panic. One thread."),
    /// An atomic counter.
    CounterAtomic => ("counter-atomic", "AtomicU64", "Only what one instruction can do. In Wasm without threads these are plain ones; natively they cost more."),
    /// A counter behind a lock.
    CounterMutex => ("counter-mutex", "Mutex<u64>", "Who comes second waits. In Wasm without threads the lock is a flag, and who waits would wait for ever."),
    /// A future pinned on the stack.
    FutureStack => ("future-stack", "pin! on the stack", "The place ends with the block: the future cannot be returned, nor put into a list."),
    /// A future written by hand, pinned on the stack.
    FutureByHand => ("future-by-hand", "by hand, pin-project-lite", "Its states are written out by hand. It borrows nothing of itself, so only what it waits for is pinned."),
    /// A future in a pinned place that is used again.
    FutureReused => ("future-reused", "one Pin<Box>, used again", "One future at a time, all of one type: the place is asked for once."),
    /// A future in a box of its own.
    FutureBoxed => ("future-boxed", "Pin<Box<F>> each", "A place on the heap for each; the box may be returned, kept and moved."),
    /// A future in a box, its type hidden.
    FutureDyn => ("future-dyn", "Pin<Box<dyn Future>>", "Futures of all types may stand in one list, and each poll is a call through a table."),
    /// Words that borrow from their text.
    WordsBorrowed => ("words-borrowed", "&str, with a lifetime", "No copy, no block; and nobody may keep the words for longer than the text."),
    /// Words as places in their text.
    WordsPlaces => ("words-places", "places in the text", "No lifetime, and no link either: with another text the same places are other words, and each read is checked."),
    /// Words that share their text.
    WordsShared => ("words-shared", "Rc of the text, and a place", "The text stays as long as one word does: a count at each word’s making and end. On one thread only."),
    /// Words with a text of their own each.
    WordsOwned => ("words-owned", "String each", "A copy and a block for each word: they may go anywhere, and stay."),
    /// The self-test's harmless operation.
    Nothing => ("nothing", "nothing", "Does nothing."),
}
