//! What the hall and the speaker are shown of the stage's state: words and addresses, no effects.

use super::{
    channel::StageState,
    deck::{Curtain, Sheet, Situation},
    director::Director,
    place::seen,
    qr,
    view::Overlay,
};
use crate::{app::Route, state::public_address};
use leptos::prelude::*;

impl Director {
    /// What the speaker is to see.
    pub(super) fn state(&self) -> StageState {
        let (deck, found) = (self.deck.borrow(), self.found.borrow());
        let lab = found.lab(&deck);
        let status = lab.as_ref().map(|lab| self.status_of(lab)).unwrap_or_default();
        let screen = deck.screen().cloned().unwrap_or_default();
        let over = match (deck.curtain, deck.sheet) {
            (Curtain::Black, _) => "black",
            (_, Sheet::Keys) => "keys",
            (_, Sheet::Address) => "address",
            _ if deck.shows_qr() => "qr",
            _ => "",
        };
        StageState {
            beat: u32::try_from(deck.at()).unwrap_or_default(),
            beats: u32::try_from(deck.count()).unwrap_or_default(),
            screen: screen.title,
            section: screen.section.unwrap_or_default(),
            now: deck.step().map(|(_, step)| step.words.clone()).unwrap_or_default(),
            next: deck.next_words(status),
            began: self.talk.borrow().began,
            over: over.to_owned(),
            lab: lab.map(|lab| seen(&lab)),
            rehearsal: self.rehearsal.borrow().clone(),
            note: self.note.borrow().clone(),
        }
    }

    /// What lies over the page.
    pub(super) fn draw(&self, state: &StageState) -> Overlay {
        let status = self.status();
        let link = (state.over == "qr" || state.over == "address").then(|| self.link());
        let recorded = state.lab.as_ref().filter(|lab| lab.provenance.starts_with("RECORDED"));
        let watermark =
            recorded.map(|lab| if lab.frozen { format!("FROZEN. {}", lab.provenance) } else { lab.provenance.clone() });
        Overlay {
            situation: Situation::of(status).slug(),
            beat: state.beat,
            beats: state.beats,
            over: state.over.clone(),
            seed: state.lab.as_ref().map(|lab| lab.seed.clone()).unwrap_or_default(),
            watermark: watermark.unwrap_or_default(),
            note: match (&state.note, &state.rehearsal) {
                (note, rehearsal) if note.is_empty() => rehearsal.clone(),
                (note, _) => note.clone(),
            },
            offer: matches!(Situation::of(status), Situation::Slow | Situation::Noisy | Situation::Failed)
                .then(|| format!("Next: {}", state.next))
                .unwrap_or_default(),
            qr: link.as_deref().filter(|_| state.over == "qr").and_then(qr::draw).unwrap_or_default(),
            link: link.unwrap_or_default(),
            public: public_address::chosen().map(|address| address.to_string()).unwrap_or_default(),
            rehearsal: state.rehearsal.clone(),
        }
    }

    /// The address of the present state as the audience reaches it.
    fn link(&self) -> String {
        let lab = self.found.borrow().lab(&self.deck.borrow()).and_then(|lab| lab.backstage());
        let location = window().location();
        let path = location.pathname().unwrap_or_default();
        let Some(manifest) = &self.site.manifest else { return location.href().unwrap_or_default() };
        let Some(lab) = lab else {
            let route = path.strip_prefix(&manifest.base_path()).and_then(Route::of_path);
            return manifest.public_address(&route.unwrap_or(Route::Home));
        };
        let root = manifest.public_address(&Route::Lab(lab.lab));
        (lab.link)().split_once('#').map_or_else(|| root.clone(), |(_, state)| format!("{root}#{state}"))
    }
}
