//! What the lens says of allocations, held to an allocator that counts. A binary of its own: the allocator is the whole program's.

use data::lens::{
    encode,
    record::{Order, OrderMessage},
};
use prost::Message as _;
use protocol::lens::{Format, LensInput, LensQuestion, Record, Word};
use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

thread_local! {
    static ALLOCATIONS: Cell<u32> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations<T>(work: impl FnOnce() -> T) -> u32 {
    let before = ALLOCATIONS.get();
    std::hint::black_box(work());
    ALLOCATIONS.get() - before
}

/// No text here needs an escape in JSON: those go through a buffer of the parser's own, which the lens does not count.
#[test]
fn decoders_allocate_as_often_as_the_lens_says() {
    let records = [
        Record::default(),
        Record { note: Word::default(), ..Record::default() },
        Record { symbol: Word::new("FERROSCOPE"), fills: [None; 3], ..Record::default() },
    ];
    for record in records {
        let (order, input) = (Order::from(&record), LensInput { record, ..LensInput::default() });
        let answer = data::lens::answer(&LensQuestion { input, damage: None }).unwrap();
        for view in &answer.views {
            let said: u32 = view.steps.iter().map(|step| step.allocations).sum();
            let (bytes, _) = encode(view.format, &order).unwrap();
            let counted = match view.format {
                Format::Json => allocations(|| serde_json::from_slice::<Order>(&bytes)),
                Format::Postcard => allocations(|| postcard::from_bytes::<Order>(&bytes)),
                Format::Protobuf => allocations(|| OrderMessage::decode(bytes.as_slice())),
                // These read in place; that they copy nothing is in the types.
                Format::Flatbuffers | Format::Rkyv => 0,
            };
            assert_eq!(said, counted, "{:?}: {record:?}", view.format);
        }
    }
}
