//! The budget's figures, to stand beside another device's: each design's ratio to JSON, and the length of the request that follows from it.

use super::{figure::LADDER, state::BudgetState};
use crate::{labs::compared::What, state::permalink::Permalink};
use budget::Budget;
use protocol::{Contender, Phase, ResultJson};
use units::Interval;

type Figures = Vec<(What, Contender, Interval)>;

/// Of a link that carries a result; the lengths are those of the request that the link describes.
#[must_use]
pub fn figures_of_link(link: &Permalink) -> Option<Figures> {
    let state = BudgetState::of_link(link);
    let sent = state.sent?;
    figures(&state.choices.budget(Some(sent.json_time)), sent.relative)
}

/// Of an export, which knows no request: the lengths are those of the roadmap's.
#[must_use]
pub fn figures_of_result(result: &ResultJson) -> Option<Figures> {
    let json_time = result.time(Contender::SerdeJson, Phase::Whole).map(|time| time.median).filter(|time| *time > 0.0)?;
    let [Some(json), Some(postcard), Some(validated), Some(unvalidated)] =
        LADDER.map(|contender| result.relative(contender, Phase::Whole))
    else {
        return None;
    };
    let state = BudgetState::default();
    figures(&state.choices.budget(Some(json_time)), [json, postcard, validated, unvalidated])
}

fn figures(budget: &Budget, relative: [Interval; LADDER.len()]) -> Option<Figures> {
    let ladder = budget.ladder(&relative)?;
    let lengths = LADDER.into_iter().zip(&ladder.rungs).skip(1).map(|(who, rung)| (What::Length, who, rung.length));
    let ratios = LADDER.into_iter().zip(relative).skip(1).map(|(who, ratio)| (What::Ratio(Phase::Whole), who, ratio));
    Some(lengths.chain(ratios).collect())
}
