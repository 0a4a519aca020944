//! What is counted of each contender once timing is over: its bytes compressed, and what one operation asks of the allocator.
//!
//! It comes last because compressing takes longer than the first figures may, and because a call counted is a call that is not cold.

use miniz_oxide::deflate::compress_to_vec;
use protocol::{Contender, Fact, FactKind};
use ruzstd::encoding::{CompressionLevel, compress_to_vec as compress_zstd};
use std::rc::Rc;
use units::Nanos;

/// Above this many bytes on the wire (4 MiB) nothing is compressed: it would take seconds in a browser, and a figure
/// extrapolated from a part would not be a counted one. Only `mesh` at full size is above it.
pub const COMPRESS_AT_MOST: usize = 4 << 20;

/// The bytes that a contender works on.
pub(crate) type Wire = (Contender, Rc<dyn AsRef<[u8]>>);

/// Counts it, contender by contender; compresses each format's bytes once, though several contenders share them.
pub(crate) fn afterwards(wires: Vec<Wire>) -> measure::Afterwards<Contender, Vec<Fact>> {
    Box::new(move |contenders| {
        let mut facts = Vec::new();
        // Those that share their bytes stand side by side.
        for shared in wires.chunk_by(|(_, one), (_, next)| Rc::ptr_eq(one, next)) {
            let Some((_, wire)) = shared.first() else { continue };
            let compressed = Compressed::of((**wire).as_ref());
            facts.extend(shared.iter().flat_map(|(contender, _)| compressed.facts(*contender)));
        }
        for contender in contenders {
            facts.extend(allocator_facts(contender));
        }
        facts
    })
}

/// How long some bytes are when compressed; none where they are too many.
#[derive(Clone, Copy, Default)]
struct Compressed {
    deflated: Option<usize>,
    zstd: Option<usize>,
}

impl Compressed {
    fn of(wire: &[u8]) -> Self {
        if wire.len() > COMPRESS_AT_MOST {
            return Self::default();
        }
        let deflated = compress_to_vec(wire, 6).len();
        let zstd = compress_zstd(wire, CompressionLevel::Fastest).len();
        Self { deflated: Some(deflated), zstd: Some(zstd) }
    }

    fn facts(self, contender: Contender) -> impl Iterator<Item = Fact> {
        let counted = [(FactKind::DeflatedBytes, self.deflated), (FactKind::ZstdBytes, self.zstd)];
        counted.into_iter().filter_map(move |(kind, value)| Some(Fact { contender, kind, value: value? as u64 }))
    }
}

/// What one operation asks of the allocator, buffers being warm; nothing where the program does not count.
fn allocator_facts(contender: &mut measure::Contender<Contender>) -> Vec<Fact> {
    let (id, clock) = (contender.id, Stopped);
    // The stop-watch allocates its list of one time; what an empty one asks for is taken off again.
    let mut nothing = measure::Contender::new((), || 0);
    let watch = counting::usage(|| drop(nothing.time(1, &clock)));
    let usage = counting::usage(|| drop(contender.time(1, &clock)));
    let Some((usage, watch)) = usage.zip(watch) else { return Vec::new() };
    vec![
        Fact { contender: id, kind: FactKind::Allocations, value: usage.allocations.saturating_sub(watch.allocations) },
        Fact { contender: id, kind: FactKind::PeakBytes, value: usage.peak.saturating_sub(watch.peak) },
    ]
}

/// A clock for calls that are not timed.
struct Stopped;

impl measure::Clock for Stopped {
    fn now(&self) -> Nanos {
        Nanos(0.0)
    }
}
