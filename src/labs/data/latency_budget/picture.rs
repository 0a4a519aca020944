//! The budget as a picture that travels: the figure as it is drawn, less the reader's guess, with its finding.

use super::{
    figure::{Origin, Picture, Readings},
    provenance_of, small_print,
    state::{BudgetState, Guess},
};
use crate::{
    components::provenance::Provenance,
    embed::picture::{Drawing, PictureData, Place},
    instruments::budget::MarkKind,
    labs::data::serialization::input_words,
    state::permalink::Permalink,
};
use protocol::{LabId, Recording};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    let state = BudgetState::of_link(link);
    let mut readings = Readings::choose(&state, None, recorded)?;
    let is_sent = readings.origin == Origin::Sent;
    if is_sent {
        // Who makes a picture of a link's result speaks of that result, not of “theirs” and “yours”; that it came by a link is said all the same.
        readings.origin = Origin::Live;
    }
    let picture = picture(&state, &readings, None)?;
    Some(if is_sent { PictureData { provenance: Provenance::Sent, ..picture } } else { picture })
}

/// The picture of a state and its readings; none before there is a finding.
pub(super) fn picture(state: &BudgetState, readings: &Readings, native: Option<&Recording>) -> Option<PictureData> {
    // A guess is its maker's own affair, and so is not having made one.
    let mut state = state.clone();
    state.guess = Guess::Skipped;
    let Picture { finding, mut figure, .. } = Picture::of(&state, Some(readings), native);
    figure.marks.retain(|mark| mark.kind != MarkKind::Guess);
    Some(PictureData {
        lab: LabId::LatencyBudget,
        subject: format!("{}: {}", state.choices.preset.label(), input_words(readings.input)),
        number: Some(finding.number?),
        interval: finding.interval,
        sentence: finding.sentence,
        drawing: Drawing::Budget(figure),
        small_print: small_print(state.choices.preset).to_owned(),
        provenance: provenance_of(Some(readings), state.guess),
        place: Place::default(),
        site: String::new(),
    })
}
