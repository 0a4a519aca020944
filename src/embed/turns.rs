//! The turns of a frame: a host's orders are taken in at once and carried out a turn at a time, whatever is embedded; runs that end are told.
//! It must never answer an order twice, nor leave one without an answer.

use super::{
    host::{self, FrameMessage, Host},
    message::{HostMessage, Id},
    orders::{Begins, Going, Hindrance, Orders, Question, Refused, Stands, Tell},
};
use crate::state::{address, settings::show_theme};
use leptos::prelude::*;
use std::{cell::LazyCell, time::Duration};

/// From one turn to the next: a frame of the screen.
const TURN: Duration = Duration::from_millis(16);

/// What is embedded, as far as a host's orders reach it: a lab, or a claim of the audit.
pub(super) trait Embedded: Copy + Send + Sync + 'static {
    /// Whether what an order names exists.
    fn makes_sense(self, order: &HostMessage) -> bool;
    /// What stands in the way of orders now.
    fn hindrance(self) -> Hindrance;
    /// Goes back to what the frame started with; what is run is stopped.
    fn reset(self);
    /// Takes a preset, by its slug.
    fn choose(self, preset: String);
    /// What goes on, for an order to run.
    fn going(self) -> Going;
    /// Starts what an order to run asks for.
    fn start(self);
    /// Stops the run that goes on, if any. Where none does, nobody may hear of it.
    fn stop(self);
    /// Its state, as hosts get it.
    fn state(self) -> String;
    /// Its result as JSON, if there is one.
    fn result(self) -> Option<String>;
    /// How what was run last stands; tracked.
    fn stands(self) -> Stands;
}

/// The turns of one frame.
#[derive(Clone, Copy)]
pub(super) struct Turns<E> {
    embedded: E,
    orders: StoredValue<Orders>,
    /// Whether the next turn is on its way.
    turn: StoredValue<Turn>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Turn {
    #[default]
    None,
    Coming,
}

/// Listens to the host, carries out what it orders, and tells it of every run that ends; `ignored` counts what was no order.
pub(super) fn take_turns(embedded: impl Embedded, ignored: RwSignal<u32>) {
    let turns = Turns { embedded, orders: StoredValue::new(Orders::default()), turn: StoredValue::new(Turn::None) };
    Effect::new(move |_| {
        let host = Host::listen(move |message| match message.ok().filter(|order| embedded.makes_sense(order)) {
            Some(order) => turns.take_in(order),
            None => ignored.update(|count| *count = count.saturating_add(1)),
        });
        on_cleanup(move || drop(host));
    });
    let stands = Memo::new(move |_| embedded.stands());
    Effect::new(move |_| turns.ended(stands.get()));
}

/// Answers orders that have no result.
fn refuse(refused: impl IntoIterator<Item = Refused>) {
    for (why, id) in refused {
        host::post(&FrameMessage::Error { code: why.code(), message: why.words(), id });
    }
}

fn tell_result(json: Option<&str>, id: Id) {
    host::post(&match json {
        Some(json) => FrameMessage::Result { json, id },
        None => FrameMessage::Error { code: "no-result", message: "nothing has been run here yet", id },
    });
}

impl<E: Embedded> Turns<E> {
    /// Takes an order in. What can be answered at once is.
    fn take_in(self, order: HostMessage) {
        let (stops, hindrance) = (order == HostMessage::Cancel, self.embedded.hindrance());
        refuse(self.orders.try_update_value(|orders| orders.take_in(order, hindrance)).unwrap_or_default());
        if stops {
            self.embedded.stop();
        }
        self.call();
    }

    /// Has the next turn come, unless it is on its way.
    fn call(self) {
        if self.turn.try_update_value(|turn| std::mem::replace(turn, Turn::Coming)) == Some(Turn::None) {
            set_timeout(move || self.take_turn(), TURN);
        }
    }

    /// Carries out what has come since the last turn: changes, then a run, then answers.
    fn take_turn(self) {
        // The frame may have gone meanwhile.
        let Some(changes) = self.orders.try_update_value(Orders::changes) else { return };
        self.turn.set_value(Turn::None);
        if let Some(theme) = changes.theme {
            show_theme(theme);
        }
        if let Some(scale) = changes.scale {
            host::set_scale(scale);
        }
        if self.embedded.hindrance().all.is_some() {
            return;
        }
        if changes.reset.is_some() {
            self.embedded.reset();
        }
        if let Some(slug) = changes.preset {
            self.embedded.choose(slug);
        }
        self.begin();
        self.answer();
    }

    fn begin(self) {
        if !self.orders.with_value(Orders::waits) {
            return;
        }
        let going = self.embedded.going();
        let Some((begins, refused)) = self.orders.try_update_value(|orders| orders.begin(going, address::now_ms())) else {
            return;
        };
        refuse(refused);
        match begins {
            Begins::Nothing => {}
            Begins::Run => self.embedded.start(),
            Begins::Later => self.call(),
        }
    }

    fn answer(self) {
        // A result may hold thousands of samples: it is written once a turn, however many ask for it.
        let (state, result) = (LazyCell::new(|| self.embedded.state()), LazyCell::new(|| self.embedded.result()));
        for (question, id) in self.orders.try_update_value(Orders::questions).unwrap_or_default() {
            match question {
                Question::State => host::post(&FrameMessage::State { hash: &state, id }),
                Question::Result => tell_result(result.as_deref(), id),
            }
        }
    }

    /// Tells the host of a run that has ended, or that the reader has reset.
    fn ended(self, stands: Stands) {
        match self.orders.try_update_value(|orders| orders.ended(stands)).flatten() {
            None => {}
            Some(Tell::Result(order)) => {
                let json = self.embedded.result();
                // Nobody needs to hear that there is no result who has not asked for one.
                if json.is_some() || order.is_some() {
                    tell_result(json.as_deref(), order.flatten());
                }
            }
            Some(Tell::Failure(code, words, id)) => host::post(&FrameMessage::Error { code, message: &words, id }),
            Some(Tell::Refused(refused)) => refuse([refused]),
        }
    }
}
