//! The panels under the figure: why, change the request, table, the code that ran.

use super::{
    Shared,
    figure::{LADDER, Picture},
    questions,
    state::{BudgetState, Choices},
};
use crate::{
    app::manifest,
    components::{
        controls::{Amount, Travel},
        lesson_blocks::draw_blocks,
        table::TableData,
    },
    instruments::budget::length_text,
    markup::{Html, all, dynamic, html},
    state::lessons,
};
use budget::{Axis, Step};
use course::ArchivedBlock;
use leptos::prelude::*;
use units::Nanos;

/// What each rung bought, and a question to check oneself.
pub(super) fn why(shared: Shared) -> impl IntoView {
    let steps = Signal::derive(move || {
        shared.picture.with(|picture| {
            let ladder = picture.ladder.as_ref().filter(|ladder| ladder.rungs.len() == LADDER.len());
            let Some(ladder) = ladder else {
                return "<p>Each rung changes one thing. What each change alone buys stands here once it is measured.</p>"
                    .to_owned();
            };
            let steps = all(ladder.rungs.iter().enumerate().skip(1), |(index, rung)| {
                let from = length_text(ladder.rungs[index - 1].length.median);
                let to = length_text(rung.length.median);
                format!("<li><b>{}</b>: {}</li>", LADDER[index].label(), step_words(index, rung.step, &from, &to))
            });
            format!("<ol class=\"steps\">{steps}</ol>")
        })
    });
    view! {
        <Html class="steps-box" html=steps/>
        {questions::floor()}
        {questions::network()}
    }
}

fn step_words(index: usize, step: Option<Step>, from: &str, to: &str) -> String {
    let what = match index {
        1 => "leaves text: no digits to convert, no field names to compare; strings are still copied into your own structs.",
        2 => "leaves copying: the bytes that came are checked once, then read where they lie.",
        _ => "leaves checking: the bytes are trusted. Right only for bytes you wrote yourself.",
    };
    let bought = match step {
        Some(Step::Shorter(by)) => format!("That alone shortened the request by {}.", length_text(by)),
        Some(Step::Longer(by)) => format!("That made the request longer by {}.", length_text(by)),
        Some(Step::Undecided) | None => "This run can tell no difference: the intervals overlap.".to_owned(),
    };
    format!("{from} → {to}. It {what} {bought}")
}

/// Sliders for the stages, undo and reset.
pub(super) fn change(shared: Shared) -> impl IntoView {
    let state = shared.state;
    let preset = Memo::new(move |_| state.with(|state| state.choices.preset));
    let sliders = dynamic(move || {
        let preset = preset.get();
        preset.stages().into_iter().enumerate().map(|(index, stage)| {
            let value = Signal::derive(move || state.with(|state| state.choices.stages.get(index).copied().unwrap_or_default()));
            let unit = Unit::of(preset.axis());
            let shown = Signal::derive(move || unit.shown(value.get()));
            let words = Signal::derive(move || unit.words(value.get()));
            let free = Signal::derive(move || {
                let json_time = shared.readings.with(|readings| readings.as_ref().and_then(|readings| readings.json_time));
                let share = state.with(|state| state.choices.budget(json_time).share_of_today(value.get()));
                let free = share.map(|share| format!("If this were free: −{} %. ", length_text(share))).unwrap_or_default();
                format!("{free}Source: {}, {}.", stage.source.text, stage.source.date)
            });
            let on_move = move |shown: f64| state.update(|state| state.move_stage(index, unit.stored(shown)));
            view! {
                <div class="stage-slider">
                    <Amount label=format!("{}, {} ({})", stage.id.label(), stage.work.label(), unit.name()) name=stage.id.slug() max=unit.shown(stage.time * 100.0)
                        step=unit.step() value=shown words travel=Travel::Cubic on_move/>
                    <p class="faint">{free}</p>
                </div>
            }
        }.into_any()).collect::<Vec<_>>()
    });
    let slice = move || {
        shared.readings.with(|readings| {
            let json_time = readings.as_ref().and_then(|readings| readings.json_time);
            let budget = state.with(|state| state.choices.budget(json_time));
            budget.json_slice.and_then(|slice| budget.share_of_today(slice)).map(|share| {
                format!("Reading JSON is {} of today’s 100. If it were free: −{} %.", length_text(share), length_text(share))
            })
        })
    };
    view! {
        <p>"Move a stage and the bars follow; nothing is measured again. Stretch the network a hundredfold and watch the gain vanish."</p>
        {sliders}
        <p>{slice}</p>
        <p class="row">
            <button type="button" data-action="undo" disabled=dynamic(move || !state.with(BudgetState::can_undo)) on:click=move |_| state.update(BudgetState::undo)>"Undo"</button>
            <button type="button" class="quiet" data-action="reset-stages" on:click=move |_| state.update(|state| state.choose_preset(state.choices.preset))>"The preset’s stages again"</button>
        </p>
    }
}

/// How a stage's time is shown: parts as they are, nanoseconds as microseconds.
#[derive(Clone, Copy)]
enum Unit {
    Parts,
    Micros,
}

impl Unit {
    const fn of(axis: Axis) -> Self {
        match axis {
            Axis::Parts => Self::Parts,
            Axis::Time => Self::Micros,
        }
    }
    const fn name(self) -> &'static str {
        match self {
            Self::Parts => "parts of 100",
            Self::Micros => "µs",
        }
    }
    const fn step(self) -> f64 {
        match self {
            Self::Parts => 1.0,
            Self::Micros => 10.0,
        }
    }
    fn shown(self, stored: f64) -> f64 {
        match self {
            Self::Parts => stored,
            Self::Micros => stored / 1e3,
        }
    }
    fn stored(self, shown: f64) -> f64 {
        match self {
            Self::Parts => shown,
            Self::Micros => shown * 1e3,
        }
    }
    fn words(self, shown_from: f64) -> String {
        match self {
            Self::Parts => format!("{} parts", length_text(shown_from)),
            Self::Micros => Nanos(shown_from).to_string(),
        }
    }
}

/// The figure as a table.
pub(super) fn table(shared: Shared) -> impl IntoView {
    let html = Signal::derive(move || {
        shared.picture.with(|picture| shared.state.with(|state| table_of(picture, &state.choices).draw()))
    });
    view! { <Html class="table-box" html/> }
}

pub(super) fn table_of(picture: &Picture, choices: &Choices) -> TableData {
    let stages = choices.preset.stages();
    let mut head: Vec<String> = vec!["design".to_owned()];
    head.extend(stages.iter().map(|stage| format!("{} (modelled, {})", stage.id.label(), stage.work.label())));
    head.extend(["reading (measured, CPU)", "whole", "95 % interval", "reading’s share"].map(str::to_owned));
    let rows = picture.figure.bars.iter().map(|bar| {
        let mut cells = vec![bar.label.to_owned()];
        match bar.length {
            None => cells.extend(std::iter::repeat_n("–".to_owned(), head.len() - 1)),
            Some(length) => {
                cells.extend(bar.segments.iter().map(|segment| length_text(segment.width)));
                cells.push(length_text(length.median));
                cells.push(format!("{}–{}", length_text(length.low), length_text(length.high)));
                let slice = bar.segments.last().map_or(0.0, |segment| segment.width);
                cells.push(format!("{} %", length_text(100.0 * slice / length.median)));
            }
        }
        cells
    });
    let rows = rows.collect();
    TableData { caption: "The request’s stages, today’s whole request being 100".to_owned(), head, rows }
}

/// The code that ran: what the zero-copy lesson shows of this lab's own crate.
pub(super) fn code() -> impl IntoView {
    let (found, set_found) = signal_local(None);
    if let Some(manifest) = manifest() {
        leptos::task::spawn_local(async move {
            let _ = set_found.try_set(Some(lessons::lesson(&manifest, "data", "zero_copy").await));
        });
    }
    move || match &*found.read() {
        None => vec![html("loading", "<p>Fetching the code.</p>".to_owned())],
        Some(Err(error)) => vec![html("failure", format!("<p>{error}</p>"))],
        Some(Ok(lesson)) => {
            let blocks = lesson.sections.iter().flat_map(|section| section.blocks.iter());
            draw_blocks(blocks.filter(|block| matches!(block, ArchivedBlock::Code(code) if code.path.starts_with("labs/data/"))))
        }
    }
}
