//! The inputs that a lab offers by name: what embeds, their builder and a stage's digits pick from.

use crate::{
    Access, AllocatorsInput, ArenaInput, Changed, ClonesInput, ColumnsInput, Cut, Hold, InteriorInput, LabId, LabInput,
    LayoutInput, PacketsInput, Payload, Query, SerializationInput, Workload,
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
            Self::Serialization => Payload::ALL
                .map(|payload| LabPreset {
                    slug: payload.slug(),
                    title: payload.label(),
                    input: LabInput::Serialization(SerializationInput { payload, ..SerializationInput::default() }),
                })
                .into(),
            Self::Columns => Query::ALL
                .map(|query| LabPreset {
                    slug: query.slug(),
                    title: query.label(),
                    input: LabInput::Columns(ColumnsInput { query, ..ColumnsInput::default() }),
                })
                .into(),
            Self::Packets => Cut::ALL
                .map(|cut| LabPreset {
                    slug: cut.slug(),
                    title: cut.label(),
                    input: LabInput::Packets(PacketsInput { cut, ..PacketsInput::default() }),
                })
                .into(),
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
            Self::Evolution => Change::ALL
                .map(|change| LabPreset {
                    slug: change.slug(),
                    title: change.label(),
                    input: LabInput::Evolution(EvolutionInput { change }),
                })
                .into(),
            Self::Allocators => Workload::ALL
                .map(|workload| LabPreset {
                    slug: workload.slug(),
                    title: workload.label(),
                    input: LabInput::Allocators(AllocatorsInput { workload, ..AllocatorsInput::default() }),
                })
                .into(),
            Self::Clones => Changed::ALL
                .map(|changed| LabPreset {
                    slug: changed.slug(),
                    title: changed.label(),
                    input: LabInput::Clones(ClonesInput { changed, ..ClonesInput::default() }),
                })
                .into(),
            Self::InteriorMutability => Hold::ALL
                .map(|hold| LabPreset {
                    slug: hold.slug(),
                    title: hold.label(),
                    input: LabInput::InteriorMutability(InteriorInput { hold, ..InteriorInput::default() }),
                })
                .into(),
            Self::Layout => Access::ALL
                .map(|access| LabPreset {
                    slug: access.slug(),
                    title: access.label(),
                    input: LabInput::Layout(LayoutInput { access, ..LayoutInput::default() }),
                })
                .into(),
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
            ],
        }
    }
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
