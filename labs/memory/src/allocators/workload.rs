//! What the allocators are driven with: calls in an order, drawn from a seed or recorded. It must never know who serves them.

use fastrand::Rng;
use protocol::{AllocatorsInput, Seed, Workload};

/// The calls of the arena lab's `Rc` graph, recorded natively: two bytes a call, little end first; 0 gives a block back, which the next two bytes
/// name, anything else asks for so many bytes. `tests/traces.rs` holds it against the program, but for one block of 49 bytes: a table of
/// those whom the walk had met, which only the program that was recorded kept. It stays, since recorded runs mean it too, and the page says so.
const RECORDED: &[u8] = include_bytes!("recorded.bin");

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Ask for memory. Blocks are numbered in the order of these calls.
    Alloc {
        /// Bytes.
        size: u32,
        /// A power of two.
        align: u32,
    },
    /// Give a block back.
    Free {
        /// Its number.
        block: u32,
    },
}

/// The calls of `input`, clamped to what it states; every block that is asked for is given back.
#[must_use]
pub fn operations(input: AllocatorsInput, seed: Seed) -> Vec<Operation> {
    let blocks = input.operations.clamp(2, AllocatorsInput::MAX_OPERATIONS) / 2;
    let mut random = Rng::with_seed(seed.0);
    let all = |random: &mut Rng| (0..blocks).map(|_| draw(random)).collect::<Vec<_>>();
    let back = |block| Operation::Free { block };
    match input.workload {
        Workload::Lifo => [all(&mut random), (0..blocks).rev().map(back).collect()].concat(),
        Workload::Fifo => [all(&mut random), (0..blocks).map(back).collect()].concat(),
        Workload::Random => shuffled(blocks, &mut random),
        Workload::Recorded => repeated(&recorded(), blocks),
    }
}

/// A request as programs make them: most are small, few are not.
fn draw(random: &mut Rng) -> Operation {
    let size = match random.u32(..10) {
        0..6 => random.u32(8..=64),
        6..9 => random.u32(65..=256),
        _ => random.u32(257..=1_024),
    };
    let align = if random.u32(..16) == 0 { 32 } else { 8 };
    Operation::Alloc { size, align }
}

/// A place in a list of `many`. Drawn as `u32`, since `usize` draws differ between 32-bit Wasm and a 64-bit machine: what is tested there must be
/// what readers are shown.
pub(super) fn place(many: usize, random: &mut Rng) -> usize {
    u32::try_from(many).map_or(0, |many| random.u32(..many) as usize)
}

/// Asks and gives back in turn, any block that is out; a tenth of all blocks, at most 1,000, are out most of the time.
fn shuffled(blocks: u32, random: &mut Rng) -> Vec<Operation> {
    let (mut operations, mut out) = (Vec::with_capacity(2 * blocks as usize), Vec::new());
    let most = (blocks / 10).clamp(1, 1_000) as usize;
    for block in 0..blocks {
        operations.push(draw(random));
        out.push(block);
        while out.len() > most || (out.len() == most && random.bool()) {
            operations.push(Operation::Free { block: out.swap_remove(place(out.len(), random)) });
        }
    }
    // `Rng::shuffle` draws `usize`.
    for last in 1..out.len() {
        out.swap(last, place(last + 1, random));
    }
    operations.extend(out.into_iter().map(|block| Operation::Free { block }));
    operations
}

/// The recorded calls.
pub(super) fn recorded() -> Vec<Operation> {
    let mut words = RECORDED.as_chunks::<2>().0.iter().map(|word| u32::from(u16::from_le_bytes(*word)));
    let mut operations = Vec::new();
    while let Some(word) = words.next() {
        operations.push(match word {
            0 => Operation::Free { block: words.next().unwrap_or_default() },
            size => Operation::Alloc { size, align: 8 },
        });
    }
    operations
}

/// A recording again and again, until so many blocks were asked for; of the last time only the first blocks.
fn repeated(recording: &[Operation], blocks: u32) -> Vec<Operation> {
    let mut operations = Vec::with_capacity(2 * blocks as usize);
    let mut begun = 0;
    while begun < blocks && !recording.is_empty() {
        let (first, mut own) = (begun, 0);
        for operation in recording {
            match *operation {
                Operation::Alloc { .. } if begun < blocks => {
                    operations.push(*operation);
                    (begun, own) = (begun + 1, own + 1);
                }
                Operation::Free { block } if block < own => operations.push(Operation::Free { block: first + block }),
                Operation::Alloc { .. } | Operation::Free { .. } => {}
            }
        }
    }
    operations
}
