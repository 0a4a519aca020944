//! The latency budget's bars: designs under each other on one axis, with the floor that no format can go below, and marks.
//!
//! Modelled stages are hatched, the measured slice is solid, and neither ever looks like the other.

use super::scale::Scale;
use budget::StageId;
use leptos::{either::Either, prelude::*};
use protocol::Contender;
use units::{Interval, significant};

/// The whole drawing. Lengths are hundredths of today's request.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetFigure {
    /// Where the axis ends.
    pub max: f64,
    /// What no format can go below, once it is known.
    pub floor: Option<f64>,
    /// One a design.
    pub bars: Vec<Bar>,
    /// What else stands on the axis.
    pub marks: Vec<Mark>,
}

/// One design.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Which, for its colour.
    pub contender: Contender,
    /// Its name.
    pub label: &'static str,
    /// From left to right.
    pub segments: Vec<Segment>,
    /// The whole, if it is known.
    pub length: Option<Interval>,
    /// How sure it is.
    pub state: BarState,
    /// A few words under the bar.
    pub note: String,
}

impl Bar {
    /// A design of which nothing is known yet.
    #[must_use]
    pub const fn missing(contender: Contender, label: &'static str, note: String) -> Self {
        Self { contender, label, segments: Vec::new(), length: None, state: BarState::Modelled, note }
    }
}

/// How sure a bar's measured slice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarState {
    /// Nothing of it was measured.
    Modelled,
    /// Measured here.
    Measured,
    /// Being measured here.
    Provisional,
    /// Measured here, for another input.
    Stale,
    /// Measured elsewhere.
    Recorded,
}

impl BarState {
    const fn slug(self) -> &'static str {
        match self {
            Self::Modelled => "modelled",
            Self::Measured => "measured",
            Self::Provisional => "provisional",
            Self::Stale => "stale",
            Self::Recorded => "recorded",
        }
    }
}

/// A part of a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Its name.
    pub label: &'static str,
    /// Where it begins.
    pub start: f64,
    /// How long it is.
    pub width: f64,
    /// The modelled stage, or none for the measured slice.
    pub stage: Option<StageId>,
}

/// A labelled place on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub at: f64,
    /// What it says.
    pub label: String,
    /// What it is.
    pub kind: MarkKind,
    /// The bar it belongs to; none for all of them.
    pub bar: Option<usize>,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// The reader's prediction.
    Guess,
    /// The roadmap's own figure.
    Roadmap,
    /// Somebody else's result.
    Theirs,
    /// A recorded native run.
    Native,
}

impl MarkKind {
    const fn slug(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Roadmap => "roadmap",
            Self::Theirs => "theirs",
            Self::Native => "native",
        }
    }
}

/// Draws the figure. The drawing is hidden from screen readers: the finding above it and the table beside it say the same.
#[component]
pub fn BudgetBars(
    /// What to draw.
    figure: Memo<BudgetFigure>,
) -> impl IntoView {
    view! {
        <div class="budget-figure" aria-hidden="true">
            {move || figure.with(|figure| {
                let scale = Scale::to(figure.max);
                let common: Vec<Mark> = figure.marks.iter().filter(|mark| mark.bar.is_none()).cloned().collect();
                let rows = figure.bars.iter().enumerate().map(|(index, bar)| {
                    let marks = figure.marks.iter().filter(|mark| mark.bar.is_none_or(|at| at == index)).cloned().collect();
                    draw_bar(scale, bar, figure.floor, marks)
                });
                view! {
                    <div class="budget-legend">{legend(figure)}</div>
                    <div class="budget-rows">{rows.collect_view()}</div>
                    {draw_axis(scale, figure.floor, &common)}
                }
            })}
        </div>
    }
}

fn legend(figure: &BudgetFigure) -> impl IntoView + use<> {
    let stages: Vec<(&'static str, &'static str)> =
        figure.bars.iter().find(|bar| !bar.segments.is_empty()).map_or_else(Vec::new, |bar| {
            bar.segments.iter().filter_map(|segment| segment.stage.map(|stage| (stage.slug(), segment.label))).collect()
        });
    let items = stages
        .into_iter()
        .map(|(slug, label)| view! { <span class="key"><i class=format!("swatch stage-{slug}")></i>{label}</span> });
    view! {
        {items.collect_view()}
        <span class="key"><i class="swatch measured"></i>"reading the payload"</span>
    }
}

fn draw_bar(scale: Scale, bar: &Bar, floor: Option<f64>, marks: Vec<Mark>) -> impl IntoView + use<> {
    let percent = move |value: f64| format!("{:.3}%", scale.percent(value));
    let segments = bar.segments.iter().map(|segment| {
        let (x, width) = (percent(segment.start), format!("{:.3}%", scale.width(segment.start, segment.width)));
        match segment.stage {
            Some(stage) => Either::Left(view! {
                <rect x=x.clone() width=width.clone() y="9" height="22" class="modelled-ground"/>
                <rect x=x width=width y="9" height="22" class=format!("segment stage-{}", stage.slug()) fill=format!("url(#stage-{})", stage.slug())/>
            }),
            // A slice under two pixels is still to be seen: its stroke is a tick.
            None => Either::Right(view! { <rect x=x width=width y="9" height="22" class="segment slice"/> }),
        }
    });
    let whisker = bar.length.filter(|length| length.high > length.low).map(|length| {
        let (low, high) = (percent(length.low), percent(length.high));
        view! {
            <g class="whisker">
                <line x1=low.clone() x2=high.clone() y1="20" y2="20"/>
                <line x1=low.clone() x2=low y1="15" y2="25"/>
                <line x1=high.clone() x2=high y1="15" y2="25"/>
            </g>
        }
    });
    let floor = floor
        .filter(|_| !bar.segments.is_empty())
        .map(|at| view! { <line class="floor" x1=percent(at) x2=percent(at) y1="0" y2="40"/> });
    let marks = marks.into_iter().map(|mark| view! { <line class=format!("mark {}", mark.kind.slug()) x1=percent(mark.at) x2=percent(mark.at) y1="0" y2="40"/> });
    let value = bar.length.map(|length| length_text(length.median)).unwrap_or_default();
    view! {
        <div class=format!("budget-row tone-{} is-{}", bar.contender.slug(), bar.state.slug())>
            <span class="bar-label">{bar.label}</span>
            <svg class="bar-plot" width="100%" height="40" focusable="false">
                {segments.collect_view()} {floor} {marks.collect_view()} {whisker}
            </svg>
            <span class="bar-value">{value}</span>
            <span class="bar-note">{bar.note.clone()}</span>
        </div>
    }
}

fn draw_axis(scale: Scale, floor: Option<f64>, marks: &[Mark]) -> impl IntoView + use<> {
    let percent = move |value: f64| format!("{:.3}%", scale.percent(value));
    let ticks = scale.ticks().into_iter().map(|tick| {
        view! {
            <line class="tick" x1=percent(tick) x2=percent(tick) y1="0" y2="5"/>
            <text class="tick-label" x=percent(tick) y="18" text-anchor="middle">{tick}</text>
        }
    });
    let floor = floor.map(|at| view! { <li class="floor">{format!("no format can go below {}", length_text(at))}</li> });
    let marks: Vec<_> = marks.iter().map(|mark| view! { <li class=mark.kind.slug()>{mark.label.clone()}</li> }).collect();
    view! {
        <div class="budget-axis">
            <span class="axis-title">"today = 100"</span>
            <svg class="axis-plot" width="100%" height="22" focusable="false">{ticks.collect_view()}</svg>
            <ul class="mark-list">{floor}{marks}</ul>
        </div>
    }
}

/// A length in hundredths of today's request: one decimal below 1000, none for a whole number.
#[must_use]
pub fn length_text(length: f64) -> String {
    let rounded = (length * 10.0).round() / 10.0;
    if rounded.abs() >= 1000.0 {
        significant(rounded)
    } else if rounded.fract() == 0.0 {
        format!("{rounded:.0}")
    } else {
        format!("{rounded:.1}")
    }
}
