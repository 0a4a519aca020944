//! The budget as a picture that travels: the figure as it is drawn, less the reader's guess, with its finding.

use super::{
    figure::{Origin, Picture, Readings},
    provenance_of, small_print,
    state::{BudgetState, Guess},
};
use crate::{
    embed::picture::{Drawing, PictureData, Place},
    instruments::budget::MarkKind,
    labs::data::serialization::input_words,
    state::permalink::Permalink,
};
use protocol::{LabId, Recording};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    let state = BudgetState::of_link(link);
    picture(&state, &Readings::choose(&state, None, recorded)?, None)
}

/// The picture of a state and its readings; none before there is a finding.
pub(super) fn picture(state: &BudgetState, readings: &Readings, native: Option<&Recording>) -> Option<PictureData> {
    // A guess is its maker's own affair, and so is not having made one.
    let mut state = state.clone();
    state.guess = Guess::Skipped;
    let Picture { finding, mut figure, .. } = Picture::of(&state, Some(readings), native);
    figure.marks.retain(|mark| mark.kind != MarkKind::Guess);
    // A picture speaks of its own figures, not of “theirs” and “yours”; where they come from is said all the same, and seen in the bars.
    let own = Readings { origin: Origin::Live, ..readings.clone() };
    let sentence = Picture::of(&state, Some(&own), native).finding.sentence;
    Some(PictureData {
        lab: LabId::LatencyBudget,
        subject: format!("{}: {}", state.choices.preset.label(), input_words(readings.input)),
        number: Some(finding.number?),
        interval: finding.interval,
        sentence,
        drawing: Drawing::Budget(figure),
        small_print: small_print(state.choices.preset).to_owned(),
        provenance: provenance_of(Some(readings), state.guess),
        place: Place::default(),
        site: String::new(),
    })
}
