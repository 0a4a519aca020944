//! A lab's talk with the host of its frame: orders are taken in at once and carried out a turn at a time; results, states and failures are told.
//! It must never answer an order twice, nor leave one without an answer.

use super::{
    frame::{preset_of, start_of},
    host::{self, FrameMessage, Host},
    message::{HostMessage, Id},
    orders::{Begins, Going, Orders, Question, Refusal, Refused},
    query::{EmbedQuery, Start},
};
use crate::{
    app::manifest,
    engine::Stage,
    labs::port::{LabHandle, LabPort},
    state::{address, permalink::Permalink, settings::show_theme},
};
use leptos::prelude::*;
use protocol::{LabId, ResultJson};
use std::time::Duration;

/// From one turn to the next: a frame of the screen.
const TURN: Duration = Duration::from_millis(16);

/// What the talk needs to know, and keeps.
#[derive(Clone, Copy)]
struct Talk {
    lab: LabId,
    handle: Memo<Option<LabHandle>>,
    orders: StoredValue<Orders>,
    /// Whether the next turn is on its way.
    turn: StoredValue<Turn>,
    query: StoredValue<EmbedQuery>,
    start: StoredValue<Permalink>,
    build: StoredValue<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Turn {
    #[default]
    None,
    Coming,
}

/// Listens to the host and tells it what happens; `ignored` counts what was no order.
pub(super) fn talk(lab: LabId, port: LabPort, ignored: RwSignal<u32>, query: &EmbedQuery, start: &Permalink) {
    let handle = Memo::new_with_compare(
        move |_| port.labs().with(|labs| labs.first().copied()),
        |before, now| before.map(Option::is_some) != Some(now.is_some()),
    );
    let talk = Talk {
        lab,
        handle,
        orders: StoredValue::new(Orders::default()),
        turn: StoredValue::new(Turn::None),
        query: StoredValue::new(query.clone()),
        start: StoredValue::new(start.clone()),
        build: StoredValue::new(manifest().map(|manifest| manifest.build_text().to_owned()).unwrap_or_default()),
    };
    Effect::new(move |_| {
        let host = Host::listen(move |message| match message.ok().filter(|message| makes_sense(lab, message)) {
            Some(message) => talk.take_in(message),
            None => ignored.update(|count| *count = count.saturating_add(1)),
        });
        on_cleanup(move || drop(host));
    });
    let starts = query.start;
    Effect::new(move |_| {
        let Some(handle) = handle.get() else { return };
        host::post(&FrameMessage::Ready { lab: lab.slug(), build: &talk.build.get_value() });
        if starts == Start::Auto {
            untrack(|| handle.run());
        }
    });
    talk.tell();
}

/// Whether what a message names exists.
fn makes_sense(lab: LabId, message: &HostMessage) -> bool {
    match message {
        HostMessage::Set { preset: Some(slug), .. } => preset_of(lab, slug).is_some(),
        _ => true,
    }
}

/// Answers orders that have no result.
pub(super) fn refuse(refused: impl IntoIterator<Item = Refused>) {
    for (why, id) in refused {
        host::post(&FrameMessage::Error { code: why.code(), message: why.words(), id });
    }
}

impl Talk {
    /// Takes an order in. What can be answered without the lab is answered at once.
    fn take_in(self, message: HostMessage) {
        let is_ready = self.handle.get_untracked().is_some();
        let is_off = self.query.with_value(|query| query.start == Start::Off);
        let mut refused = Vec::new();
        let _ = self.orders.try_update_value(|orders| match message {
            HostMessage::Run(id) if is_off => refused.push((Refusal::RunOff, id)),
            HostMessage::Run(id) | HostMessage::GetState(id) | HostMessage::GetResult(id) if !is_ready => {
                refused.push((Refusal::NotReady, id));
            }
            HostMessage::Run(id) => refused.extend(orders.run(id)),
            HostMessage::GetState(id) => refused.extend(orders.ask(Question::State, id)),
            HostMessage::GetResult(id) => refused.extend(orders.ask(Question::Result, id)),
            HostMessage::Set { theme, scale, preset } => {
                if preset.is_some() && !is_ready {
                    refused.push((Refusal::NotReady, None));
                }
                orders.set(theme, scale, preset.filter(|_| is_ready));
            }
            HostMessage::Cancel => {
                refused.extend(orders.cancel());
                if let Some(handle) = self.handle.get_untracked() {
                    handle.runner.cancel();
                }
            }
            HostMessage::Reset => refused.extend(orders.reset()),
        });
        refuse(refused);
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
        let Some(handle) = self.handle.get_untracked() else { return };
        if changes.reset.is_some() {
            handle.reset(self.start.get_value());
        }
        if let Some(slug) = changes.preset {
            handle.open.run(self.preset(slug));
        }
        self.begin(handle);
        for (question, id) in self.orders.try_update_value(Orders::questions).unwrap_or_default() {
            self.answer(handle, question, id);
        }
    }

    /// A preset with the seed of the frame's address.
    fn preset(self, slug: String) -> Permalink {
        let query = EmbedQuery { preset: Some(slug), ..self.query.get_value() };
        let mut link = start_of(self.lab, None, &query, Ok(Permalink::default())).0;
        if let Some(seed) = self.start.with_value(|start| start.get("seed").map(str::to_owned)) {
            link.set("seed", seed);
        }
        link
    }

    fn begin(self, handle: LabHandle) {
        if !self.orders.with_value(Orders::waits) {
            return;
        }
        let wanted = handle.request.run(());
        let going = handle.runner.run().with_untracked(|run| match run.as_ref().filter(|run| run.stage.is_running()) {
            None => Going::Nothing,
            Some(run) if run.request.input == wanted.input && run.request.seed == wanted.seed => Going::Same,
            Some(_) => Going::Other,
        });
        let Some((begins, refused)) = self.orders.try_update_value(|orders| orders.begin(going, address::now_ms())) else {
            return;
        };
        refuse(refused);
        match begins {
            Begins::Nothing => {}
            Begins::Run => handle.runner.start(wanted),
            Begins::Later => self.call(),
        }
    }

    fn answer(self, handle: LabHandle, question: Question, id: Id) {
        match question {
            Question::State => {
                host::post(&FrameMessage::State { hash: &state_text(&handle.link.get_untracked()), id });
            }
            Question::Result => match self.result(handle) {
                Some(json) => host::post(&FrameMessage::Result { json: &json, id }),
                None => host::post(&FrameMessage::Error { code: "no-result", message: "nothing has been run here yet", id }),
            },
        }
    }

    fn result(self, handle: LabHandle) -> Option<String> {
        let build = self.build.get_value();
        handle.runner.run().with_untracked(|run| Some(ResultJson::of(run.as_ref()?.report()?, &build).to_json()))
    }

    /// Tells the host of every state, result and failure.
    fn tell(self) {
        let hash = Memo::new(move |_| self.handle.get().map(|handle| state_text(&handle.link.get())));
        Effect::new(move |_| {
            if let Some(hash) = hash.get() {
                host::post(&FrameMessage::State { hash: &hash, id: None });
            }
        });
        let ended = Memo::new(move |_| {
            self.handle.get()?.runner.run().with(|run| {
                let run = run.as_ref()?;
                let end = match &run.stage {
                    Stage::Done(_) => End::Done,
                    Stage::Failed(failure) => End::Failed(failure.code(), failure.to_string()),
                    Stage::Cancelled => End::Cancelled,
                    _ => return None,
                };
                Some((run.id(), end))
            })
        });
        Effect::new(move |_| {
            let Some((_, end)) = ended.get() else { return };
            let order = self.orders.try_update_value(Orders::ended).flatten();
            match (end, order) {
                (End::Done, order) => {
                    if let Some(json) = self.handle.get_untracked().and_then(|handle| self.result(handle)) {
                        host::post(&FrameMessage::Result { json: &json, id: order.flatten() });
                    }
                }
                (End::Failed(code, message), order) => {
                    host::post(&FrameMessage::Error { code, message: &message, id: order.flatten() });
                }
                // The reader's Stop. Who has ordered nothing is told by the state.
                (End::Cancelled, Some(id)) => refuse([(Refusal::Cancelled, id)]),
                (End::Cancelled, None) => {}
            }
        });
        Effect::new(|_| host::report_height());
    }
}

/// How a run ended.
#[derive(Clone, PartialEq)]
enum End {
    Done,
    Failed(&'static str, String),
    Cancelled,
}

/// A state as hosts get it: what stands behind the address of the frame or of the full lab, with its `#`.
fn state_text(link: &Permalink) -> String {
    format!("#{}", link.to_state())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::settings::Theme;

    #[test]
    fn an_unknown_preset_is_no_order() {
        let order = |slug: &str| HostMessage::Set { theme: Some(Theme::Dark), scale: None, preset: Some(slug.to_owned()) };
        assert!(makes_sense(LabId::LatencyBudget, &order("web-api")) && makes_sense(LabId::Serialization, &order("mesh")));
        assert!(!makes_sense(LabId::LatencyBudget, &order("mesh")) && !makes_sense(LabId::Arena, &order("https://a/x.js")));
    }
}
