//! The panel “Under load”: the request beside many of its kind. It must never start a run: it asks the worker's simulation, whose answer
//! is computed, not measured; and it must say which part of a figure is which.

mod ask;
mod state;
mod words;

pub use state::{Asks, LoadChoices};

use super::{Shared, provenance_of};
use crate::{
    components::controls::{Amount, Choice, Travel},
    engine::{AskStage, Asker},
    labs::{grouped, shared::alternative},
    markup::{Html, dynamic},
};
use ask::{Asked, Service, asked};
use leptos::prelude::*;
use protocol::{Answer, Question, load::Arriving};
use units::Nanos;

/// How long an answer may take on a slow phone.
const DEADLINE: Nanos = Nanos(30e9);

/// What is drawn of one answer.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawn {
    finding: String,
    figure: String,
    table: String,
    curves: String,
    method: String,
}

impl Drawn {
    fn of(asked: &Asked, answer: &protocol::load::LoadAnswer) -> Self {
        Self {
            finding: words::finding(asked, answer),
            figure: words::figure(asked, answer).draw(),
            table: words::table(asked, answer).draw(),
            curves: words::curve_table(answer).draw(),
            method: words::method(asked),
        }
    }
}

/// The panel.
pub(super) fn panel(shared: Shared) -> impl IntoView {
    let Shared { state, runner, readings, asks, .. } = shared;
    let service = Memo::new(move |_| {
        readings.with(|readings| runner.run().with(|run| readings.as_ref().and_then(|found| Service::of(found, run.as_ref()))))
    });
    let asked = Memo::new(move |_| state.with(|state| service.with(|service| asked(state, service.as_ref()))));
    let simulation = Asker::new(crate::app::manifest(), DEADLINE);
    let has_run = Memo::new(move |_| runner.run().with(Option::is_some));
    let waits = Memo::new(move |_| asks.get() == Asks::OnPress && !has_run.get());
    // A slider moves, the newest question is asked, and only its answer counts.
    Effect::new(move |_| {
        if let Some(asked) = asked.get().filter(|_| !waits.get()) {
            simulation.ask(Question::Load(asked.question));
        }
    });
    let drawn = Memo::new(move |before: Option<&Drawn>| {
        let now = simulation.asking().with(|asking| match asking.current() {
            Some(Answer::Load(answer)) => asked.with_untracked(|asked| Some(Drawn::of(asked.as_ref()?, answer))),
            _ => None,
        });
        // What was asked before stays until there is something newer.
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let is_asked = Memo::new(move |_| asked.with(Option::is_some));
    let part = move |part: fn(&Drawn) -> &String| {
        Signal::derive(move || if is_asked.get() { drawn.with(|drawn| part(drawn).clone()) } else { String::new() })
    };
    let finding = part(|drawn| &drawn.finding);
    let status = Signal::derive(move || {
        if !is_asked.get() {
            let is_settled = state.with(|state| state.guess.is_settled());
            return if is_settled { "It needs reading times: press Run." } else { "Hidden until you have guessed." }.to_owned();
        }
        if asks.get() == Asks::Never {
            return "Nothing runs in this frame: its address says so.".to_owned();
        }
        if waits.get() {
            return "Nothing is fetched before you ask: press Simulate, or move a control.".to_owned();
        }
        simulation.asking().with(|asking| match &asking.stage {
            AskStage::Idle | AskStage::Answered => String::new(),
            AskStage::Loading { .. } => "Fetching the simulation.".to_owned(),
            AskStage::Answering { .. } => "Simulating.".to_owned(),
            AskStage::Failed(failure) => format!("The simulation failed: {failure}. Move a slider to ask again."),
        })
    });
    let is_old = move || simulation.asking().with(|asking| asking.is_open() && asking.answer.is_some());
    let badge = Signal::derive(move || {
        let of = readings.with(|readings| provenance_of(readings.as_ref(), state.with(|state| state.guess))).words();
        format!(
            "<span class=\"badge is-modelled\"><b>MODELLED</b> <span>arrivals, queue, other stages</span></span> \
                 <span class=\"badge\"><span>reading times:</span> {of}</span>"
        )
    });
    view! {
        <div class="under-load" data-screen="">
            <p>
                "One request is half of the story. When many arrive, they wait for each other: for a core, which a CPU stage holds and a waiting stage \
                 does not. Choose a rate and a deadline; nothing is measured again."
            </p>
            {controls(shared, asked)}
            <p class="load-finding" role="status">{finding}</p>
            <Html class="row" html=badge/>
            <p class="load-status">{status}</p>
            <button type="button" class="quiet" data-action="simulate" hidden=dynamic(move || !(waits.get() && is_asked.get()))
                on:click=move |_| asks.update(Asks::press)>"Simulate"</button>
            <div class="load-figure" class:is-old=is_old aria-hidden="true" inner_html=part(|drawn| &drawn.figure)></div>
            <Html class="table-box" html=part(|drawn| &drawn.table)/>
            <p class="small-print">{part(|drawn| &drawn.method)}</p>
            <details class="load-more"><summary>"The curves’ points"</summary><Html class="table-box" html=part(|drawn| &drawn.curves)/></details>
        </div>
    }
}

/// Cores, arrivals, rate and deadline.
fn controls(shared: Shared, asked: Memo<Option<Asked>>) -> impl IntoView {
    let Shared { state, asks, .. } = shared;
    let change = move |change: &dyn Fn(&mut LoadChoices)| {
        asks.update(Asks::press);
        state.update(|state| change(&mut state.load));
    };
    let cores = LoadChoices::CORES.map(|cores| alternative(&cores.to_string(), &grouped(cores.into()))).to_vec();
    let arrivals = Arriving::ALL.map(|arriving| alternative(arriving.slug(), arriving.label())).to_vec();
    let choose_cores = move |text: String| {
        if let Some(cores) = text.parse().ok().filter(|cores| LoadChoices::CORES.contains(cores)) {
            change(&|load| load.cores = cores);
        }
    };
    let choose_arrivals = move |slug: String| {
        if let Some(arriving) = Arriving::from_slug(&slug) {
            change(&|load| load.arriving = arriving);
        }
    };
    let chosen_cores = Signal::derive(move || state.with(|state| state.load.cores.to_string()));
    let chosen_arrivals = Signal::derive(move || state.with(|state| state.load.arriving.slug().to_owned()));
    // Where the sliders end follows from reading times and cores, not from the sliders: one that is held stays.
    let ends = Memo::new(move |_| asked.with(|asked| asked.as_ref().map(|asked| (asked.most_rate, asked.most_deadline))));
    let of_question = move |figure: fn(&Asked) -> f64| {
        Signal::derive(move || asked.with(|asked| asked.as_ref().map(figure).unwrap_or_default()))
    };
    let sliders = dynamic(move || {
        let (most_rate, most_deadline) = ends.get()?;
        let rate = of_question(|asked| asked.question.rate);
        let deadline = of_question(|asked| asked.question.deadline / 1e3);
        let rate_words = Signal::derive(move || format!("{} requests a second", crate::instruments::load::rate_text(rate.get())));
        let deadline_words = Signal::derive(move || Nanos(deadline.get() * 1e3).to_string());
        let move_rate = move |rate: f64| change(&|load| load.move_rate(rate));
        let move_deadline = move |micros: f64| change(&|load| load.move_deadline(micros * 1e3));
        Some(
            view! {
                <Amount label="Requests a second".to_owned() name="rate" max=most_rate step=1.0 value=rate words=rate_words travel=Travel::Linear
                    on_move=move_rate/>
                <Amount label="99 of 100 requests must take at most (µs)".to_owned() name="deadline" max=most_deadline / 1e3 step=10.0 value=deadline
                    words=deadline_words travel=Travel::Cubic on_move=move_deadline/>
            }
            .into_any(),
        )
    });
    view! {
        <div class="load-controls">
            <div class="toolbar">
                <Choice label="Cores" name="cores" options=Signal::stored(cores) value=chosen_cores on_choose=choose_cores/>
                <Choice label="Requests come" name="arrivals" options=Signal::stored(arrivals) value=chosen_arrivals on_choose=choose_arrivals/>
            </div>
            {sliders}
        </div>
    }
}
