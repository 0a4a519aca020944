//! The latency budget's bars: designs under each other on one axis, with the floor that no format can go below, and marks.
//!
//! Modelled stages are hatched, the measured slice is solid, and neither ever looks like the other.

use super::scale::{Scale, line, whisker};
use crate::markup::{all, escaped};
use budget::StageId;
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
    /// The state's CSS class, less `is-`.
    pub(super) const fn slug(self) -> &'static str {
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

impl BudgetFigure {
    /// The figure as HTML. Screen readers pass over it: the finding above it and the table beside it say the same.
    #[must_use]
    pub fn draw(&self) -> String {
        let scale = Scale::to(self.max);
        let rows = all(self.bars.iter().enumerate(), |(index, bar)| {
            let marks = all(self.marks.iter().filter(|mark| mark.bar.is_none_or(|at| at == index)), |mark| {
                line(&format!("mark {}", mark.kind.slug()), scale.percent(mark.at), "0", "40")
            });
            self.draw_bar(scale, bar, &marks)
        });
        format!("<div class=\"budget-legend\">{}</div>{rows}{}", self.legend(), self.draw_axis(scale))
    }

    fn legend(&self) -> String {
        let segments =
            self.bars.iter().find(|bar| !bar.segments.is_empty()).map(|bar| bar.segments.as_slice()).unwrap_or_default();
        let stages = all(
            segments.iter().filter_map(|segment| segment.stage.map(|stage| (stage.slug(), segment.label))),
            |(slug, label)| format!("<span class=\"key\"><i class=\"swatch stage-{slug}\"></i>{label}</span>"),
        );
        format!("{stages}<span class=\"key\"><i class=\"swatch measured\"></i>reading the payload</span>")
    }

    fn draw_bar(&self, scale: Scale, bar: &Bar, marks: &str) -> String {
        let segments = all(&bar.segments, |segment| {
            let place = format!(
                "x=\"{:.3}%\" width=\"{:.3}%\" y=\"9\" height=\"22\"",
                scale.percent(segment.start),
                scale.width(segment.start, segment.width)
            );
            match segment.stage.map(StageId::slug) {
                Some(stage) => format!(
                    "<rect {place} class=\"modelled-ground\"/><rect {place} class=\"segment\" fill=\"url(#stage-{stage})\"/>"
                ),
                // A slice under two pixels is still to be seen: its stroke is a tick.
                None => format!("<rect {place} class=\"segment slice\"/>"),
            }
        });
        let whisker = bar.length.map(|length| whisker(scale, length, "20")).unwrap_or_default();
        let floor = self
            .floor
            .filter(|_| !bar.segments.is_empty())
            .map(|at| line("floor", scale.percent(at), "0", "40"))
            .unwrap_or_default();
        let value = bar.length.map(|length| length_text(length.median)).unwrap_or_default();
        let slug = bar.contender.slug();
        format!(
            "<div class=\"budget-row tone-{slug} is-{}\" data-reveal=\"{slug}\"><span class=\"bar-label\">{}</span>\
             <svg class=\"bar-plot\" width=\"100%\" height=\"40\" focusable=\"false\">{segments}{floor}{marks}{whisker}</svg>\
             <span class=\"bar-value\">{value}</span><span class=\"bar-note\">{}</span></div>",
            bar.state.slug(),
            escaped(bar.label),
            escaped(&bar.note),
        )
    }

    fn draw_axis(&self, scale: Scale) -> String {
        let ticks = all(scale.ticks(), |tick| {
            let at = scale.percent(tick);
            format!(
                "{}<text x=\"{at:.3}%\" y=\"18\" text-anchor=\"middle\">{}</text>",
                line("tick", at, "0", "5"),
                length_text(tick)
            )
        });
        let floor = self
            .floor
            .map(|at| format!("<li class=\"floor\">no format can go below {}</li>", length_text(at)))
            .unwrap_or_default();
        // A mark of one bar explains its kind, once.
        let mut explained: Vec<MarkKind> = Vec::new();
        let marks = all(&self.marks, |mark| {
            if explained.contains(&mark.kind) {
                return String::new();
            }
            explained.push(mark.kind);
            let label = if mark.kind == MarkKind::Native { "recorded native run" } else { &mark.label };
            format!("<li class=\"{}\">{}</li>", mark.kind.slug(), escaped(label))
        });
        format!(
            "<div class=\"budget-axis\"><span class=\"axis-title\">today = 100</span>\
             <svg width=\"100%\" height=\"22\" focusable=\"false\">{ticks}</svg><ul class=\"mark-list\">{floor}{marks}</ul></div>"
        )
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
