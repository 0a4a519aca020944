//! The one component that starts a run, shows where it stands, and says once how it ended.

use crate::{
    engine::{Run, RunRequest, Runner, Stage},
    markup::{Html, dynamic, escaped},
};
use leptos::prelude::*;
use protocol::Note;

/// Run, measure more, cancel, and the state of the run.
#[component]
pub fn RunPanel(
    /// Runs the lab.
    runner: Runner,
    /// What a press of Run asks for, as a quick run.
    #[prop(into)]
    request: Callback<(), RunRequest>,
    /// Told before a run starts.
    #[prop(into)]
    before_run: Callback<()>,
    /// One sentence on the result, announced when the run is done.
    #[prop(into)]
    finding: Signal<String>,
    /// Whether the input was changed since the run.
    is_stale: Signal<bool>,
) -> impl IntoView {
    let run = runner.run();
    let is_running = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| run.stage.is_running())));
    let start = Callback::new(move |workers: u16| {
        before_run.run(());
        runner.start(RunRequest { workers, ..request.run(()) });
    });
    // One button throughout, so that the focus stays where the reader put it.
    let press = move |_| if is_running.get_untracked() { runner.cancel() } else { start.run(1) };
    let action = dynamic(move || if is_running.get() { "cancel" } else { "run" });
    let label = dynamic(move || match (is_running.get(), is_stale.get()) {
        (true, _) => "Stop",
        (false, true) => "Run again",
        (false, false) => "Run",
    });
    let is_timed = request.run(()).input.lab().is_timed();
    let idle = if is_timed { IDLE } else { COUNTS };
    let status = Signal::derive(move || run.with(|run| run.as_ref().map_or_else(|| idle.to_owned(), describe)));
    // Below 0 there is none to show.
    let progress = Signal::derive(move || run.with(|run| run.as_ref().and_then(fraction)).unwrap_or(-1.0));
    let failed = Signal::derive(move || run.with(|run| run.as_ref().and_then(failure)).unwrap_or_default());
    // Only what kind of stage it is: figures that tick would be read out again and again.
    let announced = Memo::new(move |_| run.with(|run| run.as_ref().map_or("", |run| announcement(&run.stage))));
    view! {
        <div class="run-panel">
            <div class="run-buttons">
                <button type="button" class="primary" data-action=action on:click=press>{label}</button>
                <button type="button" class="quiet" data-action="measure-more" hidden=!is_timed disabled=is_running on:click=move |_| start.run(RunRequest::FULL)
                    title="Five fresh workers, one after another: the interval then holds the differences between instances">
                    "Measure more"
                </button>
            </div>
            <div class="run-status">
                <span>{status}</span>
                <progress max="1" prop:value=progress hidden=dynamic(move || progress.get() < 0.0) aria-label="Progress of the run"></progress>
            </div>
            <p class="visually-hidden" role="status">
                {announced} " " {dynamic(move || if announced.get() == DONE { finding.get_untracked() } else { String::new() })}
            </p>
            <Html class="failures" html=failed/>
        </div>
    }
}

const IDLE: &str = "Takes about five seconds.";
const COUNTS: &str = "Nothing is timed: the answer comes at once, and follows every change.";

/// The lab element's `data-state`: a hook for tests and hosts that never changes.
#[must_use]
pub fn data_state(run: Option<&Run>, is_stale: bool) -> &'static str {
    match run.map(|run| &run.stage) {
        None => "idle",
        Some(Stage::Starting | Stage::Loading { .. } | Stage::Preparing) => "loading",
        Some(Stage::Warming { .. }) => "warming",
        Some(Stage::Sampling { .. } | Stage::Analysing) => "sampling",
        Some(Stage::Done(_)) if is_stale => "stale",
        Some(Stage::Done(_)) => "done",
        Some(Stage::Cancelled) => "cancelled",
        Some(Stage::Failed(_)) => "failed",
    }
}

const DONE: &str = "The run is done.";

const fn announcement(stage: &Stage) -> &'static str {
    match stage {
        Stage::Starting
        | Stage::Loading { .. }
        | Stage::Preparing
        | Stage::Warming { .. }
        | Stage::Sampling { .. }
        | Stage::Analysing => "The run goes on.",
        Stage::Done(_) => DONE,
        Stage::Cancelled => "The run was stopped.",
        Stage::Failed(_) => "The run failed.",
    }
}

/// Where a run stands, in words.
#[must_use]
pub fn describe(run: &Run) -> String {
    let which = if run.request.workers > 1 && run.stage.is_running() {
        format!("Worker {} of {}. ", (run.instance + 1).min(run.request.workers), run.request.workers)
    } else {
        String::new()
    };
    let what = match &run.stage {
        Stage::Starting => "Starting a worker.".to_owned(),
        Stage::Loading { received, total } => format!("Loading the lab: {received} of {total}."),
        Stage::Preparing => "Preparing the data.".to_owned(),
        Stage::Warming { steady, of } => format!("Warming up: {steady} of {of} are steady."),
        Stage::Sampling { .. } => "Sampling.".to_owned(),
        Stage::Analysing => "Working out the intervals.".to_owned(),
        Stage::Done(report) if report.rows.is_empty() => "Done: counted, nothing timed.".to_owned(),
        Stage::Done(report) => {
            let samples = report.rows.iter().map(|row| row.samples).min().unwrap_or(0);
            let workers = match report.mode {
                protocol::Mode::Quick => "one worker".to_owned(),
                protocol::Mode::Full { workers } => format!("{workers} fresh workers"),
            };
            let doubt = report.notes.iter().copied().find_map(doubt).unwrap_or_default();
            let clock = report.environment.clock_step;
            let isolation = if report.environment.isolated { "isolated page" } else { "page not isolated" };
            format!("{doubt}Done: {samples} samples each, {workers}, clock {clock} ({isolation}).")
        }
        Stage::Cancelled => "Stopped.".to_owned(),
        Stage::Failed(_) => String::new(),
    };
    format!("{which}{what}")
}

/// What must be said beside the figures themselves; the notes say it of each contender.
const fn doubt(note: Note) -> Option<&'static str> {
    match note {
        Note::Hidden => Some("The tab was hidden: run again. "),
        Note::Noisy(_) | Note::NotSteady(_) => Some("A noisy run: close what else is busy and run again. "),
        Note::FewRounds => Some("Few rounds fitted into the time. "),
        Note::BelowClock(..) => None,
    }
}

/// How far the whole run has come, 0 to 1, where that can be told.
fn fraction(run: &Run) -> Option<f64> {
    match run.stage {
        Stage::Sampling { fraction } => Some(fraction),
        Stage::Analysing => Some(1.0),
        _ => None,
    }
}

fn failure(run: &Run) -> Option<String> {
    let Stage::Failed(failure) = &run.stage else { return None };
    Some(format!(
        "<div class=\"failure\" data-failure=\"{}\"><p><b>No result: </b>{}.</p><p>{}</p></div>",
        failure.code(),
        escaped(&failure.to_string()),
        failure.what_next(),
    ))
}
