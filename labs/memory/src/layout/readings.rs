//! Readings of a sensor, as rows in the order that is written, as rows in the order that Rust chooses, and as columns.
//!
//! All three hold the same values and read the same ones of them. Sums wrap, so that the order in which they are made is free, for each
//! alike. Nothing here may help one layout: what differs is where the fields lie.

use measure::Experiment;
use protocol::{Access, Contender, Fact, FactKind, LayoutInput, Seed};
use std::rc::Rc;

/// Bytes in a cache line of today's x86 and most ARM cores (Apple's have twice as many).
const LINE: usize = 64;

// anchor: rows
/// A reading with its fields as they are written: every gap is stored.
#[derive(Clone, Copy)]
#[repr(C)]
struct AsWritten {
    valid: bool,
    time: u64,
    channel: u8,
    value: u32,
    unit: u16,
    serial: u64,
    quality: u8,
}

/// The same fields, and Rust may sort them.
#[derive(Clone, Copy)]
struct AsSorted {
    valid: bool,
    time: u64,
    channel: u8,
    value: u32,
    unit: u16,
    serial: u64,
    quality: u8,
}
// end: rows

// anchor: columns
/// One list a field: nothing lies between two values, and the lists' lengths must agree.
struct Columns {
    valid: Vec<bool>,
    time: Vec<u64>,
    channel: Vec<u8>,
    value: Vec<u32>,
    unit: Vec<u16>,
    serial: Vec<u64>,
    quality: Vec<u8>,
}
// end: columns

/// What can be asked of readings, however they lie.
trait Readings: Sized {
    fn of(drawn: &[AsSorted]) -> Self;
    fn one_field(&self) -> u64;
    fn every_field(&self) -> u64;
    fn at(&self, place: usize) -> u64;
    /// Each field's address and width of a reading, the one that is read alone first.
    fn addresses(&self, place: usize) -> [(usize, usize); 7];
}

/// A row as one number that depends on each of its fields.
macro_rules! folded {
    ($row:expr) => {{
        let row = $row;
        fold(row.valid, row.time, row.channel, row.value, row.unit, row.serial, row.quality)
    }};
}

#[inline]
const fn fold(valid: bool, time: u64, channel: u8, value: u32, unit: u16, serial: u64, quality: u8) -> u64 {
    let small = (valid as u64) | (channel as u64) << 8 | (quality as u64) << 16 | (unit as u64) << 24;
    time.wrapping_add(serial.rotate_left(7)).wrapping_add(value as u64) ^ small
}

fn place<T>(field: &T) -> (usize, usize) {
    (std::ptr::from_ref(field).addr(), size_of::<T>())
}

macro_rules! rows {
    ($row:ident) => {
        impl Readings for Vec<$row> {
            fn of(drawn: &[AsSorted]) -> Self {
                let row = |&AsSorted { valid, time, channel, value, unit, serial, quality }: &AsSorted| $row {
                    valid,
                    time,
                    channel,
                    value,
                    unit,
                    serial,
                    quality,
                };
                drawn.iter().map(row).collect()
            }

            fn one_field(&self) -> u64 {
                self.iter().fold(0, |sum, row| sum.wrapping_add(u64::from(row.value)))
            }

            fn every_field(&self) -> u64 {
                self.iter().fold(0, |sum, row| sum.wrapping_add(folded!(row)))
            }

            fn at(&self, at: usize) -> u64 {
                folded!(&self[at])
            }

            fn addresses(&self, at: usize) -> [(usize, usize); 7] {
                let row = &self[at];
                [
                    place(&row.value),
                    place(&row.valid),
                    place(&row.time),
                    place(&row.channel),
                    place(&row.unit),
                    place(&row.serial),
                    place(&row.quality),
                ]
            }
        }
    };
}

rows!(AsWritten);
rows!(AsSorted);

impl Readings for Columns {
    fn of(drawn: &[AsSorted]) -> Self {
        Self {
            valid: drawn.iter().map(|one| one.valid).collect(),
            time: drawn.iter().map(|one| one.time).collect(),
            channel: drawn.iter().map(|one| one.channel).collect(),
            value: drawn.iter().map(|one| one.value).collect(),
            unit: drawn.iter().map(|one| one.unit).collect(),
            serial: drawn.iter().map(|one| one.serial).collect(),
            quality: drawn.iter().map(|one| one.quality).collect(),
        }
    }

    // anchor: one_field
    fn one_field(&self) -> u64 {
        self.value.iter().fold(0, |sum, value| sum.wrapping_add(u64::from(*value)))
    }
    // end: one_field

    fn every_field(&self) -> u64 {
        let first = self.valid.iter().zip(&self.time).zip(&self.channel).zip(&self.value);
        let all = first.zip(&self.unit).zip(&self.serial).zip(&self.quality);
        all.fold(0, |sum, ((((((valid, time), channel), value), unit), serial), quality)| {
            sum.wrapping_add(fold(*valid, *time, *channel, *value, *unit, *serial, *quality))
        })
    }

    fn at(&self, at: usize) -> u64 {
        fold(self.valid[at], self.time[at], self.channel[at], self.value[at], self.unit[at], self.serial[at], self.quality[at])
    }

    fn addresses(&self, at: usize) -> [(usize, usize); 7] {
        [
            place(&self.value[at]),
            place(&self.valid[at]),
            place(&self.time[at]),
            place(&self.channel[at]),
            place(&self.unit[at]),
            place(&self.serial[at]),
            place(&self.quality[at]),
        ]
    }
}

/// The readings, laid out three ways and ready to be timed, rows as written first. The facts are counted here: bytes of memory where a
/// counting allocator is installed, and the cache lines of the very addresses that one operation reads.
pub(super) fn prepare(input: LayoutInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let items = input.items.clamp(1, LayoutInput::MAX_ITEMS);
    let mut random = fastrand::Rng::with_seed(seed.0);
    let drawn: Vec<AsSorted> = (0..items)
        .map(|_| AsSorted {
            valid: random.bool(),
            time: random.u64(..),
            channel: random.u8(..),
            value: random.u32(..),
            unit: random.u16(..),
            serial: random.u64(..),
            quality: random.u8(..),
        })
        .collect();
    let places: Rc<[usize]> = (0..Access::PLACES).map(|_| random.u32(0..items) as usize).collect();
    let mut experiment = Experiment { contenders: Vec::new(), facts: Vec::new(), afterwards: None };
    add::<Vec<AsWritten>>(&mut experiment, Contender::RowsAsWritten, &drawn, input.access, &places);
    add::<Vec<AsSorted>>(&mut experiment, Contender::RowsAsSorted, &drawn, input.access, &places);
    add::<Columns>(&mut experiment, Contender::StructOfArrays, &drawn, input.access, &places);
    experiment
}

fn add<R: Readings + 'static>(
    experiment: &mut Experiment<Contender, Vec<Fact>>,
    id: Contender,
    drawn: &[AsSorted],
    access: Access,
    places: &Rc<[usize]>,
) {
    let mut made = None;
    let usage = counting::usage(|| made = Some(R::of(drawn)));
    let readings = made.unwrap_or_else(|| R::of(drawn));
    if let Some(usage) = usage {
        experiment.facts.push(Fact { contender: id, kind: FactKind::PeakBytes, value: usage.peak });
    }
    experiment.facts.push(Fact {
        contender: id,
        kind: FactKind::TouchedBytes,
        value: touched(&readings, drawn.len(), access, places),
    });
    let contender = match access {
        Access::OneField => measure::Contender::new(id, move || readings.one_field()),
        Access::EveryField => measure::Contender::new(id, move || readings.every_field()),
        Access::Scattered => {
            let places = Rc::clone(places);
            measure::Contender::new(id, move || places.iter().fold(0, |sum: u64, at| sum.wrapping_add(readings.at(*at))))
        }
    };
    experiment.contenders.push(contender);
}

/// Bytes of the lines that hold what one operation reads.
fn touched(readings: &impl Readings, items: usize, access: Access, places: &[usize]) -> u64 {
    let lines_of = |at: usize, fields: usize| {
        let fields = readings.addresses(at).into_iter().take(fields);
        fields.flat_map(|(address, width)| address / LINE..=(address + width - 1) / LINE)
    };
    let mut lines: Vec<usize> = match access {
        Access::OneField => (0..items).flat_map(|at| lines_of(at, 1)).collect(),
        Access::EveryField => (0..items).flat_map(|at| lines_of(at, 7)).collect(),
        Access::Scattered => places.iter().flat_map(|at| lines_of(*at, 7)).collect(),
    };
    lines.sort_unstable();
    lines.dedup();
    (lines.len() * LINE) as u64
}
