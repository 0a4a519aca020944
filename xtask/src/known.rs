//! What a lesson may refer to: the labs with their permalinks' keys, the pages, the audited claims.
//!
//! It only translates: labs and their choices come from `protocol` and `budget`, claims from the audit, where they are defined.

use crate::workspace;
use budget::Preset;
use course::parse::{Known, KnownLab, Setting, Values, claim_ids};
use protocol::{
    Access, AllocatorsInput, ArenaInput, Changed, Changes, ClonesInput, ColumnsInput, Cut, Hold, InteriorInput, Keeps, LabId,
    LayoutInput, LifetimesInput, NodeData, Operation, Order, PacketsInput, Page, Payload, PayloadSize, Phase, Pillar, PinInput,
    Query, Read, Reads, Workload,
    evolution::Change,
    interior::CellProgram,
    lens::{Field, Side},
    load::Arriving,
    pinned::PinProgram,
};

/// The pages that `page:` links may name beside [`Page::ALL`].
const PAGES: [&str; 2] = ["home", "budget"];

/// All of it.
pub fn known() -> Known {
    let labs = LabId::ALL.into_iter().filter(|lab| lab.is_listed());
    Known {
        pillars: Pillar::ALL.iter().map(|pillar| pillar.slug().to_owned()).collect(),
        labs: labs.map(lab).collect(),
        pages: PAGES.into_iter().chain(Page::ALL.map(Page::slug)).map(str::to_owned).collect(),
        claims: claim_ids(&workspace::root()),
    }
}

fn lab(lab: LabId) -> KnownLab {
    let slugs = |slugs: &mut dyn Iterator<Item = &'static str>| slugs.map(str::to_owned).collect();
    KnownLab {
        slug: lab.slug().to_owned(),
        settings: settings(lab),
        contenders: slugs(&mut lab.contenders().iter().map(|one| one.slug())),
        phases: slugs(&mut lab.compared().map(Phase::label)),
        facts: slugs(&mut lab.facts().iter().map(|fact| fact.slug())),
    }
}

/// The keys of a lab's permalink that a lesson may set.
fn settings(lab: LabId) -> Vec<Setting> {
    let data = || {
        vec![
            one_of("payload", Payload::ALL.map(Payload::slug)),
            one_of("size", PayloadSize::ALL.map(PayloadSize::slug)),
            one_of("read", Read::ALL.map(Read::slug)),
        ]
    };
    match lab {
        LabId::LatencyBudget => {
            let own = vec![
                one_of("preset", Preset::ALL.map(Preset::slug)),
                one_of("panel", ["why", "change", "load", "table", "code", "details"]),
                one_of("arrivals", Arriving::ALL.map(Arriving::slug)),
                whole("cores", 64),
            ];
            [own, data()].concat()
        }
        LabId::Serialization => {
            [data(), vec![one_of("operation", [Operation::Write, Operation::Update].map(Operation::slug))]].concat()
        }
        LabId::Columns => vec![whole("rows", ColumnsInput::MAX_ROWS), one_of("query", Query::ALL.map(Query::slug))],
        LabId::Packets => vec![whole("packets", PacketsInput::MAX_PACKETS), one_of("cut", Cut::ALL.map(Cut::slug))],
        LabId::ByteLens => vec![one_of("field", Field::ALL.map(Field::slug)), one_of("side", Side::ALL.map(Side::slug))],
        LabId::Evolution => vec![one_of("change", Change::ALL.map(Change::slug))],
        LabId::Arena => vec![
            whole("nodes", ArenaInput::MAX_NODES),
            whole("degree", ArenaInput::MAX_DEGREE),
            one_of("order", Order::ALL.map(Order::slug)),
            one_of("data", NodeData::ALL.map(NodeData::slug)),
            one_of("changes", Changes::ALL.map(Changes::slug)),
        ],
        LabId::Allocators => {
            vec![one_of("workload", Workload::ALL.map(Workload::slug)), whole("operations", AllocatorsInput::MAX_OPERATIONS)]
        }
        LabId::Clones => vec![whole("lines", ClonesInput::MAX_LINES), one_of("changed", Changed::ALL.map(Changed::slug))],
        LabId::InteriorMutability => {
            vec![
                whole("additions", InteriorInput::MAX_ADDITIONS),
                one_of("hold", Hold::ALL.map(Hold::slug)),
                one_of("program", CellProgram::ALL.map(CellProgram::slug)),
            ]
        }
        LabId::Lifetimes => vec![
            whole("words", LifetimesInput::MAX_WORDS),
            one_of("reads", Reads::ALL.map(Reads::slug)),
            // The panel in place of elision's.
            one_of("panel", ["variance"]),
        ],
        LabId::Pin => vec![
            whole("futures", PinInput::MAX_FUTURES),
            one_of("keeps", Keeps::ALL.map(Keeps::slug)),
            one_of("program", PinProgram::ALL.map(PinProgram::slug)),
        ],
        LabId::Layout => vec![whole("items", LayoutInput::MAX_ITEMS), one_of("access", Access::ALL.map(Access::slug))],
        LabId::SelfTest => Vec::new(),
    }
}

fn one_of<const N: usize>(key: &str, slugs: [&str; N]) -> Setting {
    Setting { key: key.to_owned(), values: Values::OneOf(slugs.map(str::to_owned).into()) }
}

fn whole(key: &str, high: u32) -> Setting {
    Setting { key: key.to_owned(), values: Values::Whole { low: 1, high: high.into() } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_lab_takes_something() {
        let known = known();
        assert_eq!(known.labs.len(), LabId::ALL.iter().filter(|lab| lab.is_listed()).count());
        assert!(known.labs.iter().all(|lab| !lab.settings.is_empty()));
    }
}
