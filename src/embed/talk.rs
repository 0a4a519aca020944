//! A lab's talk with the host of its frame: what the host's orders do to the lab, and what the host hears of it. It must never do anything to a lab
//! that neither an order nor the frame's address asks for.

use super::{
    frame::{preset_of, start_of},
    host::{self, FrameMessage},
    message::HostMessage,
    orders::{End, Going, Hindrance, Refusal, Stands},
    query::{EmbedQuery, Start},
    turns::{Embedded, take_turns},
};
use crate::{
    app::manifest,
    engine::{Run, Stage},
    labs::port::{LabHandle, LabPort},
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::{LabId, ResultJson};

/// A lab in a frame, which stands once there is a handle.
#[derive(Clone, Copy)]
struct FramedLab {
    lab: LabId,
    handle: Memo<Option<LabHandle>>,
    query: StoredValue<EmbedQuery>,
    start: StoredValue<Permalink>,
    build: StoredValue<String>,
}

/// Listens to the host and tells it what happens; `ignored` counts what was no order.
pub(super) fn talk(lab: LabId, port: LabPort, ignored: RwSignal<u32>, query: &EmbedQuery, start: &Permalink) {
    let handle = Memo::new_with_compare(
        move |_| port.labs().with(|labs| labs.first().copied()),
        |before, now| before.map(Option::is_some) != now.map(Option::is_some),
    );
    let framed = FramedLab {
        lab,
        handle,
        query: StoredValue::new(query.clone()),
        start: StoredValue::new(start.clone()),
        build: StoredValue::new(manifest().map(|manifest| manifest.build_text().to_owned()).unwrap_or_default()),
    };
    take_turns(framed, ignored);
    let starts = query.start;
    Effect::new(move |_| {
        let Some(handle) = handle.get() else { return };
        host::post(&FrameMessage::Ready { lab: lab.slug(), build: &framed.build.get_value() });
        if starts == Start::Auto {
            untrack(|| handle.run());
        }
    });
    let hash = Memo::new(move |_| handle.get().map(|handle| state_text(&handle.link.get())));
    Effect::new(move |_| {
        if let Some(hash) = hash.get() {
            host::post(&FrameMessage::State { hash: &hash, id: None });
        }
    });
    Effect::new(|_| host::report_height());
}

/// Whether what a message names exists.
fn makes_sense(lab: LabId, message: &HostMessage) -> bool {
    match message {
        HostMessage::Set { preset: Some(slug), .. } => preset_of(lab, slug).is_some(),
        _ => true,
    }
}

impl Embedded for FramedLab {
    fn makes_sense(self, order: &HostMessage) -> bool {
        makes_sense(self.lab, order)
    }

    fn hindrance(self) -> Hindrance {
        let is_off = self.query.with_value(|query| query.start == Start::Off);
        let is_ready = self.handle.with_untracked(Option::is_some);
        Hindrance { runs: is_off.then_some(Refusal::RunOff), all: (!is_ready).then_some(Refusal::NotReady) }
    }

    fn reset(self) {
        if let Some(handle) = self.handle.get_untracked() {
            handle.reset(self.start.get_value());
        }
    }

    /// A preset with the seed of the frame's address.
    fn choose(self, preset: String) {
        let query = EmbedQuery { preset: Some(preset), ..self.query.get_value() };
        let mut link = start_of(self.lab, None, &query, Ok(Permalink::default())).0;
        if let Some(seed) = self.start.with_value(|start| start.get("seed").map(str::to_owned)) {
            link.set("seed", seed);
        }
        if let Some(handle) = self.handle.get_untracked() {
            handle.open.run(link);
        }
    }

    fn going(self) -> Going {
        let Some(handle) = self.handle.get_untracked() else { return Going::Nothing };
        let wanted = handle.request.run(());
        handle.runner.run().with_untracked(|run| match run.as_ref().filter(|run| run.stage.is_running()) {
            None => Going::Nothing,
            Some(run) if run.request.input == wanted.input && run.request.seed == wanted.seed => Going::Same,
            Some(_) => Going::Other,
        })
    }

    fn start(self) {
        if let Some(handle) = self.handle.get_untracked() {
            handle.run();
        }
    }

    fn stop(self) {
        let Some(handle) = self.handle.get_untracked() else { return };
        if handle.runner.run().with_untracked(|run| run.as_ref().is_some_and(|run| run.stage.is_running())) {
            handle.runner.cancel();
        }
    }

    fn state(self) -> String {
        self.handle.get_untracked().map(|handle| state_text(&handle.link.get_untracked())).unwrap_or_default()
    }

    fn result(self) -> Option<String> {
        let build = self.build.get_value();
        let runner = self.handle.get_untracked()?.runner;
        runner.run().with_untracked(|run| Some(ResultJson::of(run.as_ref()?.report()?, &build).to_json()))
    }

    fn stands(self) -> Stands {
        self.handle.get().map_or(Stands::Nothing, |handle| handle.runner.run().with(|run| stands(run.as_ref())))
    }
}

/// How a lab's run stands.
fn stands(run: Option<&Run>) -> Stands {
    let Some(run) = run else { return Stands::Nothing };
    let end = match &run.stage {
        Stage::Done(_) => End::Done,
        Stage::Failed(failure) => End::Failed(failure.code(), failure.to_string()),
        Stage::Cancelled => End::Cancelled,
        _ => return Stands::Going,
    };
    Stands::Ended(Some(run.id()), end)
}

/// A state as hosts get it: what stands behind the address of the frame or of the full lab, with its `#`.
fn state_text(link: &Permalink) -> String {
    format!("#{}", link.to_state())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        engine::{Incoming, RunRequest},
        state::settings::Theme,
    };
    use protocol::{BuildId, LabInput, RunId, Seed};

    #[test]
    fn an_unknown_preset_is_no_order() {
        let order = |slug: &str| HostMessage::Set { theme: Some(Theme::Dark), scale: None, preset: Some(slug.to_owned()) };
        assert!(makes_sense(LabId::LatencyBudget, &order("web-api")) && makes_sense(LabId::Serialization, &order("mesh")));
        assert!(!makes_sense(LabId::LatencyBudget, &order("mesh")) && !makes_sense(LabId::Arena, &order("https://a/x.js")));
    }

    #[test]
    fn a_run_stands_as_its_stage_says_and_one_that_is_forgotten_not_at_all() {
        assert_eq!(stands(None), Stands::Nothing);
        let input = LabInput::default_of(LabId::Arena);
        let (mut run, _) = Run::start(RunRequest::quick(input, Seed::default()), RunId(3), BuildId(0));
        assert_eq!(stands(Some(&run)), Stands::Going);
        run.take(Incoming::Cancel);
        assert_eq!(stands(Some(&run)), Stands::Ended(Some(RunId(3)), End::Cancelled));
    }
}
