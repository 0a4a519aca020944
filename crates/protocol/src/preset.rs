//! The inputs that a lab offers by name: what embeds, their builder and a stage's digits pick from.

use crate::{
    Access, AllocatorsInput, ArenaInput, Changed, Changes, ClonesInput, ColumnsInput, Cut, Hold, InteriorInput, Keeps, LabId,
    LabInput, LayoutInput, LifetimesInput, NodeData, PacketsInput, Payload, PinInput, Query, Reads, SerializationInput, Workload,
    evolution::{Change, EvolutionInput},
    lens::{LensInput, Record, Word},
};

/// A named input of a lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabPreset {
    /// Its name in addresses: lower case, with hyphens. It never changes once released.
    pub slug: &'static str,
    /// The name a reader sees.
    pub title: &'static str,
    /// What the lab starts with.
    pub input: LabInput,
}

impl LabId {
    /// The lab's presets, in the order menus show them; the self-test has none.
    ///
    /// The latency budget's are whole requests, which this crate does not know: `budget::Preset::ALL` lists them.
    #[must_use]
    pub fn presets(self) -> Vec<LabPreset> {
        match self {
            Self::LatencyBudget | Self::SelfTest => Vec::new(),
            Self::Serialization => each(Payload::ALL, Payload::slug, Payload::label, |payload| {
                LabInput::Serialization(SerializationInput { payload, ..SerializationInput::default() })
            }),
            Self::Columns => each(Query::ALL, Query::slug, Query::label, |query| {
                LabInput::Columns(ColumnsInput { query, ..ColumnsInput::default() })
            }),
            Self::Packets => {
                each(Cut::ALL, Cut::slug, Cut::label, |cut| LabInput::Packets(PacketsInput { cut, ..PacketsInput::default() }))
            }
            Self::ByteLens => vec![
                LabPreset {
                    slug: "long-symbol",
                    title: "A symbol too long for its place",
                    input: LabInput::ByteLens(LensInput {
                        record: Record { symbol: Word::new("FERROSCOPE"), ..Record::default() },
                        ..LensInput::default()
                    }),
                },
                LabPreset {
                    slug: "all-defaults",
                    title: "A record of defaults",
                    input: LabInput::ByteLens(LensInput {
                        record: Record {
                            id: 0,
                            side: crate::lens::Side::Buy,
                            price: 0,
                            symbol: Word::default(),
                            note: Word::default(),
                            fills: [None; 3],
                        },
                        ..LensInput::default()
                    }),
                },
            ],
            Self::Evolution => {
                each(Change::ALL, Change::slug, Change::label, |change| LabInput::Evolution(EvolutionInput { change }))
            }
            Self::Allocators => each(Workload::ALL, Workload::slug, Workload::label, |workload| {
                LabInput::Allocators(AllocatorsInput { workload, ..AllocatorsInput::default() })
            }),
            Self::Clones => each(Changed::ALL, Changed::slug, Changed::label, |changed| {
                LabInput::Clones(ClonesInput { changed, ..ClonesInput::default() })
            }),
            Self::InteriorMutability => each(Hold::ALL, Hold::slug, Hold::label, |hold| {
                LabInput::InteriorMutability(InteriorInput { hold, ..InteriorInput::default() })
            }),
            Self::Lifetimes => each(Reads::ALL, Reads::slug, Reads::label, |reads| {
                LabInput::Lifetimes(LifetimesInput { reads, ..LifetimesInput::default() })
            }),
            Self::Pin => {
                each(Keeps::ALL, Keeps::slug, Keeps::label, |keeps| LabInput::Pin(PinInput { keeps, ..PinInput::default() }))
            }
            Self::Layout => each(Access::ALL, Access::slug, Access::label, |access| {
                LabInput::Layout(LayoutInput { access, ..LayoutInput::default() })
            }),
            Self::Arena => vec![
                LabPreset {
                    slug: "nodes-10000",
                    title: "10,000 nodes",
                    input: LabInput::Arena(ArenaInput { nodes: 10_000, ..ArenaInput::default() }),
                },
                LabPreset {
                    slug: "nodes-100000",
                    title: "100,000 nodes",
                    input: LabInput::Arena(ArenaInput { nodes: 100_000, ..ArenaInput::default() }),
                },
                LabPreset {
                    slug: "churn",
                    title: "leaves come and go",
                    input: LabInput::Arena(ArenaInput { changes: Changes::Churn, ..ArenaInput::default() }),
                },
                LabPreset {
                    slug: "data-128",
                    title: "128 bytes a node",
                    input: LabInput::Arena(ArenaInput { data: NodeData::Lines, ..ArenaInput::default() }),
                },
            ],
        }
    }
}

/// One preset for each of a choice's values, named as the choice names them.
fn each<Of: Copy, const N: usize>(
    all: [Of; N],
    slug: fn(Of) -> &'static str,
    title: fn(Of) -> &'static str,
    input: impl Fn(Of) -> LabInput,
) -> Vec<LabPreset> {
    all.map(|one| LabPreset { slug: slug(one), title: title(one), input: input(one) }).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_inputs_of_their_lab_under_slugs_of_their_own() {
        for lab in LabId::ALL {
            let presets = lab.presets();
            let mut slugs: Vec<&str> = presets.iter().map(|preset| preset.slug).collect();
            slugs.sort_unstable();
            slugs.dedup();
            assert_eq!(slugs.len(), presets.len(), "{lab:?}");
            for preset in presets {
                assert_eq!(preset.input.lab(), lab);
                assert!(preset.slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
            }
        }
    }

    #[test]
    fn an_arena_s_presets_are_of_sizes_that_readers_can_choose() {
        for preset in LabId::Arena.presets() {
            let LabInput::Arena(graph) = preset.input else { panic!("{preset:?}") };
            assert!(ArenaInput::NODES.contains(&graph.nodes) && ArenaInput::DEGREES.contains(&graph.degree));
        }
    }
}
