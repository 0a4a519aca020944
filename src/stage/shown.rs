//! What the hall and the speaker are shown of the stage's state: words and addresses, no effects.

use super::{
    channel::StageState,
    deck::{Curtain, Deck, LabStatus, Replay, Sheet, Sight, Situation},
    director::Director,
    place::seen,
    plan::StepKind,
    qr,
    steps::Found,
    view::Overlay,
};
use crate::{app::Route, state::public_address};
use leptos::prelude::*;

impl Director {
    /// What the speaker is to see.
    pub(super) fn state(&self) -> StageState {
        let (deck, found) = (self.deck.borrow(), self.found.borrow());
        let lab = found.lab_at_hand(&deck);
        let status = found.lab(&deck).map(|lab| self.status_of(&lab)).unwrap_or_default();
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
            next: Self::next_words(&deck, &found, status),
            began: self.talk.borrow().began,
            over: over.to_owned(),
            lab: lab.map(|lab| seen(&lab)),
            rehearsal: self.rehearsal.borrow().clone(),
            note: self.note.borrow().clone(),
        }
    }

    /// What the next press does, in words.
    fn next_words(deck: &Deck, found: &Found, status: LabStatus) -> String {
        let sight = found.sight(deck);
        let line = deck.step().and_then(|(host, step)| match &step.kind {
            StepKind::Walk(walk) if sight == Sight::Whole && found.can_press(*host, &walk.next) => Some(step.words.clone()),
            _ => None,
        });
        line.unwrap_or_else(|| deck.next_words(status, sight))
    }

    /// What lies over the page.
    pub(super) fn draw(&self, state: &StageState) -> Overlay {
        let status = self.status();
        let (link, qr) = match state.over.as_str() {
            "qr" => self.code(),
            "address" => (self.link(Carried::Result), None),
            _ => Default::default(),
        };
        // What is in doubt stands in the speaker's window on a panel's screen, too; the hall sees its mark only where it sees the figures.
        let is_seen = self.found.borrow().lab(&self.deck.borrow()).is_some();
        let recorded = state.lab.as_ref().filter(|lab| is_seen && lab.provenance.starts_with("RECORDED"));
        let watermark =
            recorded.map(|lab| if lab.frozen { format!("FROZEN. {}", lab.provenance) } else { lab.provenance.clone() });
        Overlay {
            situation: Situation::of(status).slug(),
            beat: state.beat,
            beats: state.beats,
            over: state.over.clone(),
            next: state.next.clone(),
            pending: self.pending.borrow().len(),
            down: self.deck.borrow().down(),
            seed: self.seed().unwrap_or_default(),
            watermark: watermark.unwrap_or_default(),
            note: match (&state.note, &state.rehearsal) {
                (note, rehearsal) if note.is_empty() => rehearsal.clone(),
                (note, _) => note.clone(),
            },
            offer: if status.replay == Replay::Kept && Situation::of(status).wants_replay() {
                format!("Next: {}", state.next)
            } else {
                String::new()
            },
            qr: qr.unwrap_or_default(),
            is_short: (state.over == "qr" && link != self.link(Carried::Result)),
            link,
            public: public_address::chosen().map(|address| address.to_string()).unwrap_or_default(),
            rehearsal: state.rehearsal.clone(),
        }
    }

    /// What the QR code says, and the code: the state with its result, else without, else the page alone, whichever a code can hold first.
    fn code(&self) -> (String, Option<String>) {
        let links = [Carried::Result, Carried::Choices, Carried::Nothing].map(|carried| self.link(carried));
        let drawn = links.iter().find_map(|link| Some((link.clone(), Some(qr::draw(link)?))));
        drawn.unwrap_or_else(|| (links[0].clone(), None))
    }

    /// The address of the present state as the audience reaches it.
    fn link(&self, carried: Carried) -> String {
        let lab = self.found.borrow().lab_at_hand(&self.deck.borrow()).and_then(|lab| lab.backstage());
        let location = window().location();
        let path = location.pathname().unwrap_or_default();
        let Some(manifest) = &self.site.manifest else { return location.href().unwrap_or_default() };
        let Some(lab) = lab else {
            let route = path.strip_prefix(&manifest.base_path()).and_then(Route::of_path);
            return manifest.public_address(&route.unwrap_or(Route::Home));
        };
        let root = manifest.public_address(&Route::Lab(lab.lab));
        let state = match carried {
            Carried::Result => (lab.link)().split_once('#').map(|(_, state)| state.to_owned()).unwrap_or_default(),
            Carried::Choices => (lab.state)().to_fragment(),
            Carried::Nothing => String::new(),
        };
        if state.is_empty() { root } else { format!("{root}#{state}") }
    }
}

/// What the audience's link carries of a lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carried {
    /// Its choices and its result.
    Result,
    /// Its choices.
    Choices,
    /// Which lab it is.
    Nothing,
}
