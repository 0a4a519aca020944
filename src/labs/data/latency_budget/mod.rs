//! The latency budget: how long will the new request be, if today's is 100?
//!
//! [`state`] holds the choices, [`figure`] turns them and a run into a picture, the rest draws. A slider must never start a run.

mod compared;
mod details;
mod figure;
mod guess;
mod load;
mod panels;
mod picture;
mod questions;
mod state;
mod talk;

pub use compared::{figures_of_link, figures_of_result};

use super::super::{
    LabContext,
    backstage::Backstage,
    port::{LabHandle, LabPort},
    shared::{DataChoices, LinkRoot, alternative, on_new_address, show_in_address},
};
use crate::{
    components::{
        controls::{Choice, Tabs},
        later::later,
        provenance::{Badge, Provenance},
        run_panel::{RunPanel, data_state},
    },
    engine::{NothingRuns, RunRequest, Runner},
    markup::{Html, dynamic, html},
    state::{address::IN_BROWSER, permalink::Permalink},
};
use budget::Preset;
use figure::{Finding, Origin, Picture, Readings};
use leptos::prelude::*;
use load::Asks;
pub(in crate::labs) use picture::picture_of;
use protocol::{LabId, LabInput, Recording, RecordingHost};
pub(super) use state::input_of;
use state::{BudgetState, Guess, Panel};

/// What the parts of the view share.
#[derive(Clone, Copy)]
struct Shared {
    state: RwSignal<BudgetState>,
    runner: Runner,
    readings: Memo<Option<Readings>>,
    picture: Memo<Picture>,
    native: Signal<Option<Recording>>,
    show_native: RwSignal<bool>,
    /// When the panel “Under load” asks its worker.
    asks: RwSignal<Asks>,
    /// Where the lab's own page is, for links.
    root: StoredValue<LinkRoot>,
    instance: u32,
}

/// The lab.
#[component]
pub fn LatencyBudget(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    // In a lesson, it starts as the lesson says.
    let home = if matches!(context, LabContext::Lesson(_)) { link.clone() } else { Permalink::default() };
    let asks = Asks::of(&context, use_context::<NothingRuns>());
    let shared = Shared::new(BudgetState::of_link(&link), asks, home);
    let steps = talk::Talk::of(&context, shared.state.with_untracked(|state| state.panel)).steps();
    let Shared { state, runner, readings, picture, .. } = shared;
    LabPort::attach(LabHandle {
        lab: LabId::LatencyBudget,
        runner,
        request: Callback::new(move |()| {
            state.update(BudgetState::settle_guess);
            shared.request()
        }),
        link: Signal::derive(move || state.with(BudgetState::to_link)),
        link_with_result: Callback::new(move |()| shared.permalink(WithResult::Yes)),
        open: Callback::new(move |link| state.set(BudgetState::of_link(&link))),
        finding: Signal::derive(move || picture.with(|picture| picture.finding.sentence.clone())),
    });
    if context == LabContext::Page {
        Effect::new(move |_| state.with(|state| show_in_address(&state.to_link())));
        on_new_address(move |link| state.set(BudgetState::of_link(&link)));
    }
    let is_stale = Signal::derive(move || {
        readings.with(|readings| readings.as_ref().is_some_and(|readings| readings.origin == Origin::Stale))
    });
    let provenance =
        Signal::derive(move || readings.with(|readings| provenance_of(readings.as_ref(), state.with(|state| state.guess))));
    let finding = Signal::derive(move || picture.with(|picture| picture.finding.sentence.clone()));
    let figure = Memo::new(move |_| picture.with(|picture| picture.figure.draw()));
    let run_state = dynamic(move || runner.run().with(|run| data_state(run.as_ref(), is_stale.get())));
    let link_note = link_error.map(|error| html("link-note", format!("<p role=\"status\">{error}</p>")));
    let words = Signal::derive(move || picture.with(|picture| finding_words(&picture.finding)));
    let small_print = Signal::derive(move || state.with(|state| small_print(state.choices.preset)).to_owned());
    let guess = later(move || {
        dynamic(move || (!state.with(|state| state.guess.is_settled())).then(|| view! { <guess::GuessForm state/> }.into_any()))
            .into_any()
    });
    view! {
        <section class="lab budget" data-lab=LabId::LatencyBudget.slug() data-state=run_state data-instance=shared.instance data-steps=steps aria-label="Latency budget">
            {link_note}
            <div class="toolbar">{later(move || toolbar(state))}</div>
            {later(move || {
                view! { <div class="finding"><Html class="finding-words" html=words/><Badge provenance/></div> }.into_any()
            })}
            {later(move || view! { <div class="budget-figure" aria-hidden="true" inner_html=figure></div> }.into_any())}
            {guess}
            {still(shared)}
            <p class="small-print">{small_print}</p>
            <div class="run-dock">
                {later(move || run_panel(shared, finding, is_stale))}
            </div>
            {later(move || panels(shared).into_any())}
        </section>
    }
}

fn toolbar(state: RwSignal<BudgetState>) -> AnyView {
    let choose_preset = move |slug: String| {
        if let Some(preset) = Preset::from_slug(&slug) {
            state.update(|state| state.choose_preset(preset));
        }
    };
    let presets: Vec<_> = Preset::ALL.iter().map(|preset| alternative(preset.slug(), preset.label())).collect();
    let preset = Signal::derive(move || state.with(|state| state.choices.preset.slug().to_owned()));
    let input = Signal::derive(move || state.with(|state| state.choices.input));
    let choose = move |input| state.update(|state| state.choose(|choices| choices.input = input));
    view! {
        <Choice label="Request" name="preset" options=Signal::stored(presets) value=preset on_choose=choose_preset/>
        <DataChoices input on_choose=choose/>
    }
    .into_any()
}

fn run_panel(shared: Shared, finding: Signal<String>, is_stale: Signal<bool>) -> AnyView {
    let Shared { state, runner, .. } = shared;
    let before_run = move |()| state.update(BudgetState::settle_guess);
    view! { <RunPanel runner request=move || shared.request() before_run finding is_stale/> }.into_any()
}

/// In a prerendered page, for readers without scripts, from the recorded run: the data table, and what a guess would hide.
fn still(shared: Shared) -> Option<AnyView> {
    let mut state = shared.state.get_untracked();
    if IN_BROWSER {
        return None;
    }
    let is_hidden = !state.guess.is_settled();
    state.guess = Guess::Skipped;
    let recorded = crate::labs::recordings::at_hand(LabId::LatencyBudget).unwrap_or_default();
    let readings = Readings::choose(&state, None, &recorded)?;
    let picture = Picture::of(&state, Some(&readings), None);
    let words = finding_words(&picture.finding);
    let badge = provenance_of(Some(&readings), state.guess).words();
    let (figure, table) = (picture.figure.draw(), panels::table_of(&picture, &state.choices).draw());
    if !is_hidden {
        // Not in a `noscript`: a frame that may not load scripts shows nothing of that.
        return Some(html("without-scripts", format!("<div class=\"table-box\">{table}</div>")));
    }
    let html = format!(
        "<div class=\"finding\"><div class=\"finding-words\">{words}</div><span class=\"badge is-recorded\">{badge}</span></div>\
         <div class=\"budget-figure\" aria-hidden=\"true\">{figure}</div><div class=\"table-box\">{table}</div>"
    );
    Some(view! { <noscript inner_html=html></noscript> }.into_any())
}

/// The number, its interval and its meaning.
fn finding_words(finding: &Finding) -> String {
    // On a stage the number waits for its step; what is said before there is one does not.
    let held = if finding.number.is_some() { " data-reveal=\"finding\"" } else { "" };
    format!(
        "<p class=\"number\"{held}>{}<span class=\"interval\">{}</span></p><p class=\"meaning\"{held}>{} <b>{}</b></p>",
        finding.number.as_deref().unwrap_or("?"),
        finding.interval.as_deref().unwrap_or_default(),
        finding.sentence,
        finding.guess.as_deref().unwrap_or_default(),
    )
}

/// What is not in the figure, always under it.
const fn small_print(preset: Preset) -> &'static str {
    match preset {
        Preset::Roadmap2026 => {
            "Measured in your browser’s Wasm, not on a server. Not counted: writing, socket copies, bytes sent. Only the ratio is yours; network \
             and logic are the roadmap’s."
        }
        Preset::WebApi | Preset::GameServer | Preset::LogPipeline => {
            "Measured in your browser’s Wasm, not on a server. Not counted: writing, socket copies, bytes sent."
        }
    }
}

impl Shared {
    fn new(start: BudgetState, asks: Asks, home: Permalink) -> Self {
        let (state, asks) = (RwSignal::new(start), RwSignal::new(asks));
        let runner = Runner::new(crate::app::manifest());
        let root = StoredValue::new(LinkRoot::of(crate::app::Route::Lab(LabId::LatencyBudget)));
        // It is asked for a link only once everything stands.
        let shared_later = StoredValue::new(None::<Self>);
        let link = move || shared_later.get_value().map(|shared| shared.link(WithResult::Yes)).unwrap_or_default();
        let reset = move || {
            runner.clear();
            state.update(|state| state.reset_to(&home));
        };
        let doors =
            (move || state.with_untracked(BudgetState::to_link), move |link: Permalink| state.set(BudgetState::of_link(&link)));
        let backstage = Backstage::new(LabId::LatencyBudget, runner, move || request(state), link, reset, doors);
        let (recorded, pin) = (backstage.recorded, backstage.pin);
        let show_native = RwSignal::new(false);
        let native = Signal::derive(move || {
            let input = LabInput::LatencyBudget(state.with(|state| state.choices.input));
            recorded.with(|all| all.iter().find(|one| one.host == RecordingHost::Native && one.result.is_of(&input)).cloned())
        });
        let readings = Memo::new(move |_| {
            if let Some(pinned) = pin.with(|pin| state.with(|state| Readings::of_pin(pin.as_ref()?, state.choices.input))) {
                return Some(pinned);
            }
            state.with(|state| runner.run().with(|run| recorded.with(|recorded| Readings::choose(state, run.as_ref(), recorded))))
        });
        let picture = Memo::new(move |_| {
            let native = native.with(|native| native.clone().filter(|_| show_native.get()));
            state.with(|state| readings.with(|readings| Picture::of(state, readings.as_ref(), native.as_ref())))
        });
        let shared = Self { state, runner, readings, picture, native, show_native, asks, root, instance: backstage.register() };
        shared_later.set_value(Some(shared));
        shared
    }

    /// What a press of Run asks for.
    fn request(self) -> RunRequest {
        request(self.state)
    }

    /// The address of this state, with or without the result.
    fn link(self, with_result: WithResult) -> String {
        self.root.with_value(|root| root.link(&self.permalink(with_result)))
    }

    /// This state as a link, with or without the result.
    fn permalink(self, with_result: WithResult) -> Permalink {
        let own = || self.readings.with_untracked(|readings| readings.as_ref().and_then(Readings::to_sent));
        let sent = (with_result == WithResult::Yes).then(own).flatten();
        let mut state = self.state.get_untracked();
        // The guess stays with who made it: whoever opens the link makes their own, or sees the result it carries.
        state.guess = if sent.is_some() { Guess::Skipped } else { Guess::START };
        if let Some(sent) = sent {
            state.choices.input = sent.input;
        }
        let mut link = state.to_link();
        if let Some(sent) = sent {
            sent.put(&mut link);
        }
        link
    }
}

fn request(state: RwSignal<BudgetState>) -> RunRequest {
    state.with_untracked(|state| RunRequest::quick(LabInput::LatencyBudget(state.choices.input), state.choices.seed))
}

/// Whether a link carries the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WithResult {
    Yes,
    No,
}

fn panels(shared: Shared) -> impl IntoView {
    let state = shared.state;
    let open = Signal::derive(move || state.with(|state| state.panel.slug()));
    let tabs = Panel::ALL.iter().map(|panel| (panel.slug(), panel.label())).collect();
    let on_open = move |slug: &'static str| {
        shared.asks.update(Asks::press);
        if let Some(panel) = Panel::ALL.into_iter().find(|panel| panel.slug() == slug) {
            state.update(|state| state.panel = panel);
        }
    };
    let current = Memo::new(move |_| state.with(|state| state.panel));
    view! {
        <Tabs legend="More about this figure" name="budget-panel" tabs open on_open/>
        <div class="panel" data-reveal="move">
            {dynamic(move || match current.get() {
                Panel::Why => panels::why(shared).into_any(),
                Panel::Change => panels::change(shared).into_any(),
                Panel::Load => load::panel(shared).into_any(),
                Panel::Table => panels::table(shared).into_any(),
                Panel::Code => panels::code().into_any(),
                Panel::Details => details::details(shared).into_any(),
            })}
        </div>
    }
}

fn provenance_of(readings: Option<&Readings>, guess: Guess) -> Provenance {
    let Some(readings) = readings.filter(|_| guess.is_settled()) else { return Provenance::Modelled };
    match &readings.origin {
        Origin::Live => Provenance::Live,
        Origin::Provisional => Provenance::Provisional,
        Origin::Stale => Provenance::Stale(format!(
            "measured for {}; press Run for the present choice",
            super::serialization::input_words(readings.input)
        )),
        Origin::Recorded { machine, date } | Origin::Kept { machine, date } => Provenance::Recorded(format!("{machine}, {date}")),
        Origin::Sent => Provenance::Sent,
    }
}
