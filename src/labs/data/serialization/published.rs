//! The public benchmark's native figures beside ours.
//!
//! Transcribed by hand from the README of `rust_serialization_benchmark` as last updated on 2026-08-21 (commit 695b804), which says: rustc
//! 1.100.0-nightly of 2026-08-20, AMD EPYC 7763, a virtual machine of 4 threads. What is compared is the order and the ratios: a time
//! there was taken natively, of other sources, without reading every field.

use crate::{components::table::TableData, instruments::bars::time_text, labs::results::Results};
use protocol::{Contender, Operation, Payload, Phase, Read};
use units::{Nanos, significant};

/// Where the table stands, and when it was read.
pub const SOURCE: &str = "https://github.com/djkoloski/rust_serialization_benchmark";

/// A data set of the public table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataSet {
    /// `log`
    Log,
    /// `mesh`
    Mesh,
    /// `minecraft_savedata`
    Savedata,
    /// `mk48`, which has no payload here: kept so that the transcription is whole.
    Mk48,
}

impl DataSet {
    /// Which of them a payload is.
    #[must_use]
    pub const fn of(payload: Payload) -> Option<Self> {
        match payload {
            Payload::Log => Some(Self::Log),
            Payload::Mesh => Some(Self::Mesh),
            Payload::Savedata => Some(Self::Savedata),
            Payload::Order | Payload::Tree => None,
        }
    }
}

/// One row of the public table: nanoseconds to write, nanoseconds to read, bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Which data set.
    pub set: DataSet,
    /// Which of our contenders it is.
    pub contender: Contender,
    /// “Serialize”; for prost “encode”.
    pub write: Option<f64>,
    /// “Deserialize”; for prost “decode”, for rkyv to owned the validated one. In place: “Read”, validated upfront or not at all.
    pub read: f64,
    /// “Size”.
    pub bytes: u32,
}

const fn row(set: DataSet, contender: Contender, write: Option<f64>, read: f64, bytes: u32) -> Row {
    Row { set, contender, write, read, bytes }
}

/// Every row that one of our contenders has. There is no zerocopy in the public table, and none that borrows from JSON.
pub const ROWS: [Row; 36] = [
    row(DataSet::Log, Contender::SerdeJson, Some(3_710_400.0), 6_176_900.0, 1_827_461),
    row(DataSet::Log, Contender::SimdJson, Some(2_082_700.0), 4_810_800.0, 1_827_461),
    row(DataSet::Log, Contender::Postcard, Some(423_060.0), 2_268_300.0, 724_953),
    row(DataSet::Log, Contender::Bitcode, Some(140_960.0), 1_466_200.0, 703_710),
    row(DataSet::Log, Contender::Prost, Some(949_650.0), 3_418_300.0, 884_628),
    row(DataSet::Log, Contender::Flatbuffers, Some(1_040_100.0), 2_199_500.0, 1_276_368),
    row(DataSet::Log, Contender::RkyvOwned, None, 1_910_200.0, 1_011_488),
    row(DataSet::Log, Contender::RkyvValidated, Some(248_790.0), 353_480.0, 1_011_488),
    row(DataSet::Log, Contender::RkyvUnvalidated, None, 10_494.0, 1_011_488),
    row(DataSet::Mesh, Contender::SerdeJson, Some(86_382_000.0), 103_590_000.0, 26_192_883),
    row(DataSet::Mesh, Contender::SimdJson, Some(53_187_000.0), 67_970_000.0, 26_192_883),
    row(DataSet::Mesh, Contender::Postcard, Some(482_300.0), 6_699_300.0, 6_000_003),
    row(DataSet::Mesh, Contender::Bitcode, Some(1_294_700.0), 689_620.0, 6_000_006),
    row(DataSet::Mesh, Contender::Prost, Some(7_830_600.0), 11_039_000.0, 8_750_000),
    row(DataSet::Mesh, Contender::Flatbuffers, Some(521_830.0), 48_705.0, 6_000_024),
    row(DataSet::Mesh, Contender::RkyvOwned, None, 199_830.0, 6_000_008),
    row(DataSet::Mesh, Contender::RkyvValidated, Some(149_000.0), 38_922.0, 6_000_008),
    row(DataSet::Mesh, Contender::RkyvUnvalidated, None, 38_910.0, 6_000_008),
    row(DataSet::Savedata, Contender::SerdeJson, Some(3_544_400.0), 7_415_600.0, 1_623_191),
    row(DataSet::Savedata, Contender::SimdJson, Some(2_229_700.0), 4_794_300.0, 1_623_191),
    row(DataSet::Savedata, Contender::Postcard, Some(449_500.0), 2_048_500.0, 367_489),
    row(DataSet::Savedata, Contender::Bitcode, Some(123_490.0), 1_275_800.0, 327_688),
    row(DataSet::Savedata, Contender::Prost, Some(1_304_100.0), 3_574_900.0, 596_811),
    row(DataSet::Savedata, Contender::Flatbuffers, Some(3_301_700.0), 2_152_100.0, 849_472),
    row(DataSet::Savedata, Contender::RkyvOwned, None, 1_856_700.0, 603_776),
    row(DataSet::Savedata, Contender::RkyvValidated, Some(327_320.0), 329_090.0, 603_776),
    row(DataSet::Savedata, Contender::RkyvUnvalidated, None, 156.31, 603_776),
    row(DataSet::Mk48, Contender::SerdeJson, Some(18_940_000.0), 33_896_000.0, 9_390_461),
    row(DataSet::Mk48, Contender::SimdJson, Some(11_917_000.0), 27_086_000.0, 9_390_461),
    row(DataSet::Mk48, Contender::Postcard, Some(1_735_800.0), 4_482_900.0, 1_311_281),
    row(DataSet::Mk48, Contender::Bitcode, Some(699_440.0), 2_362_300.0, 971_318),
    row(DataSet::Mk48, Contender::Prost, Some(5_439_500.0), 9_071_700.0, 1_859_886),
    row(DataSet::Mk48, Contender::Flatbuffers, Some(5_137_400.0), 5_574_700.0, 2_325_620),
    row(DataSet::Mk48, Contender::RkyvOwned, None, 2_641_800.0, 2_075_936),
    row(DataSet::Mk48, Contender::RkyvValidated, Some(968_980.0), 441_590.0, 2_075_936),
    row(DataSet::Mk48, Contender::RkyvUnvalidated, None, 385.57, 2_075_936),
];

/// The published time of a contender for an operation; none where the table has no such figure.
#[must_use]
pub fn time(set: DataSet, contender: Contender, operation: Operation) -> Option<f64> {
    let row = ROWS.iter().find(|row| row.set == set && row.contender == contender)?;
    match operation {
        Operation::Write => row.write,
        Operation::Read(Read::Every) => Some(row.read),
        Operation::Read(Read::Field | Read::Column) | Operation::Update => None,
    }
}

/// Ours beside theirs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Contender, our time, the published time; in the lab's order, `serde_json` first.
    pub pairs: Vec<(Contender, f64, f64)>,
}

impl Comparison {
    /// Of the figures at hand; none where the public table has no such data set or operation.
    #[must_use]
    pub fn of(payload: Payload, operation: Operation, results: &Results) -> Option<Self> {
        let set = DataSet::of(payload)?;
        let pair = |contender: &Contender| {
            let ours = results.time(*contender, Phase::Whole)?.median;
            Some((*contender, ours, time(set, *contender, operation)?))
        };
        let pairs: Vec<_> = Contender::ALL.iter().filter_map(pair).collect();
        (pairs.len() > 2).then_some(Self { pairs })
    }

    /// How far the two orders agree: Kendall's τ, pairs in the same order less pairs in the opposite one, as a part of all pairs (Kendall
    /// 1938). Pairs whose published times lie within 5 % of each other are left out: there the table itself names no order.
    #[must_use]
    pub fn tau(&self) -> Option<f64> {
        let (mut agree, mut all) = (0.0, 0.0);
        for (index, (_, ours, theirs)) in self.pairs.iter().enumerate() {
            for (_, our_other, their_other) in &self.pairs[..index] {
                let ratio = theirs / their_other;
                if (1.0 / 1.05..=1.05).contains(&ratio) {
                    continue;
                }
                all += 1.0;
                agree += if (ours < our_other) == (ratio < 1.0) { 1.0 } else { -1.0 };
            }
        }
        (all > 0.0).then(|| agree / all)
    }

    /// Both as a table: times, and each as a multiple of its own `serde_json`.
    #[must_use]
    pub fn table(&self, results: &Results) -> TableData {
        let first = self.pairs.first().map_or((1.0, 1.0), |(_, ours, theirs)| (*ours, *theirs));
        let rows = self.pairs.iter().map(|(contender, ours, theirs)| {
            let shown = results.time(*contender, Phase::Whole).map_or_else(String::new, time_text);
            vec![
                contender.label().to_owned(),
                shown,
                significant(first.0 / ours),
                Nanos(*theirs).to_string(),
                significant(first.1 / theirs),
            ]
        });
        TableData {
            caption: "Here, in Wasm, and in the public table, native: times, and how many times as fast as serde_json".to_owned(),
            head: ["contender", "here", "times serde_json, here", "published", "times serde_json, published"]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.collect(),
        }
    }

    /// The agreement as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let count = self.pairs.len();
        self.tau().map_or_else(String::new, |tau| {
            format!("The {count} formats stand in the same order here as there to a Kendall’s τ of {tau:.2} (1: the very same order, 0: no likeness).")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::provenance::Provenance;
    use units::Interval;

    fn results(scale: impl Fn(f64) -> f64) -> Results {
        let times = ROWS
            .iter()
            .filter(|row| row.set == DataSet::Log)
            .map(|row| (row.contender, Phase::Whole, Interval::exact(scale(row.read))))
            .collect();
        Results { provenance: Provenance::Live, times, ratios: Vec::new(), facts: Vec::new() }
    }

    #[test]
    fn tau_is_one_for_the_same_order_and_minus_one_for_the_opposite() {
        let every = Operation::Read(Read::Every);
        let tau = |results: &Results| Comparison::of(Payload::Log, every, results).unwrap().tau().unwrap();
        assert!((tau(&results(|time| 2.0 * time)) - 1.0).abs() < 1e-12);
        assert!((tau(&results(|time| 1.0 / time)) + 1.0).abs() < 1e-12);
    }

    #[test]
    fn tau_by_hand() {
        let pair = |ours, theirs| (Contender::SerdeJson, ours, theirs);
        // Five pairs agree, one (the last two) does not: (5 - 1) / 6.
        let comparison = Comparison { pairs: vec![pair(1.0, 1.0), pair(2.0, 2.0), pair(4.0, 3.0), pair(3.0, 4.0)] };
        assert!((comparison.tau().unwrap() - 4.0 / 6.0).abs() < 1e-12);
        // A published tie says nothing.
        let comparison = Comparison { pairs: vec![pair(1.0, 1.0), pair(2.0, 1.01)] };
        assert_eq!(comparison.tau(), None);
    }

    #[test]
    fn what_the_public_table_lacks_is_not_compared() {
        let results = results(|time| time);
        for (payload, operation) in [
            (Payload::Order, Operation::Read(Read::Every)),
            (Payload::Log, Operation::Read(Read::Field)),
            (Payload::Log, Operation::Update),
        ] {
            assert_eq!(Comparison::of(payload, operation, &results), None);
        }
        let comparison = Comparison::of(Payload::Log, Operation::Read(Read::Every), &results).unwrap();
        assert_eq!(comparison.table(&results).rows.len(), 9);
    }

    #[test]
    fn each_set_is_whole_and_its_figures_are_in_the_table_s_units() {
        for set in [DataSet::Log, DataSet::Mesh, DataSet::Savedata, DataSet::Mk48] {
            let rows: Vec<&Row> = ROWS.iter().filter(|row| row.set == set).collect();
            assert_eq!(rows.len(), 9);
            let json = rows.iter().find(|row| row.contender == Contender::SerdeJson).unwrap();
            assert!(rows.iter().all(|row| row.read <= json.read && row.bytes <= json.bytes), "{set:?}");
        }
    }
}
