//! What the drawings of [`Drawing`] have in common: rows of bars under each other on one axis. Plain data, no pixels.

use super::{CountsFigure, Drawing};
use crate::instruments::{
    bars::{BarsFigure, time_text},
    budget::{BarState, BudgetFigure, MarkKind, Segment, length_text},
    scale::Scale,
};
use protocol::Contender;
use units::Interval;

/// Rows on one axis.
pub(super) struct Plot<'a> {
    pub(super) scale: Scale,
    pub(super) blocks: Vec<Block<'a>>,
    /// What no format can go below.
    pub(super) floor: Option<f64>,
    /// Places on the axis, with their words; none where the drawing has no ticks.
    pub(super) ticks: Vec<(f64, String)>,
    /// What the axis measures.
    pub(super) axis: &'a str,
    pub(super) legend: Vec<Key>,
}

/// Rows that belong together.
pub(super) struct Block<'a> {
    pub(super) title: &'a str,
    pub(super) rows: Vec<Row<'a>>,
}

/// One bar with its words.
pub(super) struct Row<'a> {
    pub(super) contender: Contender,
    pub(super) label: &'a str,
    pub(super) segments: Vec<Segment>,
    pub(super) interval: Option<Interval>,
    pub(super) state: BarState,
    pub(super) value: String,
    pub(super) note: &'a str,
    pub(super) marks: Vec<(f64, MarkKind)>,
}

/// An entry of the legend.
pub(super) enum Key {
    /// A modelled stage: its hatching's name and its own.
    Stage(&'static str, &'static str),
    /// What was measured.
    Measured(&'static str),
    /// The floor.
    Floor(String),
    /// A kind of mark.
    Mark(MarkKind, String),
}

impl<'a> Plot<'a> {
    pub(super) fn of(drawing: &'a Drawing) -> Self {
        match drawing {
            Drawing::Budget(figure) => Self::of_budget(figure),
            Drawing::Times(figure, state) => Self::of_times(figure, *state),
            Drawing::Counts(figure, state) => Self::of_counts(figure, *state),
        }
    }

    fn of_counts(figure: &'a CountsFigure, state: BarState) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "what a lab counts stays far below 2^52")]
        let width = |count: u64| count as f64;
        let rows = figure.bars.iter().map(|bar| Row {
            contender: bar.contender,
            label: bar.contender.label(),
            segments: bar
                .count
                .map(|count| Segment { label: "", start: 0.0, width: width(count), stage: None })
                .into_iter()
                .collect(),
            interval: None,
            state,
            value: bar.count.map_or_else(|| "–".to_owned(), |count| count.to_string()),
            note: &bar.note,
            marks: Vec::new(),
        });
        let most = figure.bars.iter().filter_map(|bar| bar.count).max().unwrap_or_default();
        Self {
            scale: Scale::to(width(most.max(1))),
            blocks: vec![Block { title: "", rows: rows.collect() }],
            floor: None,
            ticks: Vec::new(),
            axis: &figure.axis,
            legend: Vec::new(),
        }
    }

    fn of_budget(figure: &'a BudgetFigure) -> Self {
        let rows = figure.bars.iter().enumerate().map(|(index, bar)| Row {
            contender: bar.contender,
            label: bar.label,
            segments: bar.segments.clone(),
            interval: bar.length,
            state: bar.state,
            value: bar.length.map(|length| length_text(length.median)).unwrap_or_default(),
            note: &bar.note,
            marks: figure
                .marks
                .iter()
                .filter(|mark| mark.bar.is_none_or(|at| at == index))
                .map(|mark| (mark.at, mark.kind))
                .collect(),
        });
        let segments =
            figure.bars.iter().find(|bar| !bar.segments.is_empty()).map(|bar| bar.segments.as_slice()).unwrap_or_default();
        let mut legend: Vec<Key> =
            segments.iter().filter_map(|segment| Some(Key::Stage(segment.stage?.slug(), segment.label))).collect();
        legend.push(Key::Measured("reading the payload"));
        legend.extend(figure.floor.map(|at| Key::Floor(format!("no format can go below {}", length_text(at)))));
        let mut explained: Vec<MarkKind> = Vec::new();
        for mark in &figure.marks {
            if !explained.contains(&mark.kind) {
                explained.push(mark.kind);
                let label = if mark.kind == MarkKind::Native { "recorded native run" } else { &mark.label };
                legend.push(Key::Mark(mark.kind, label.to_owned()));
            }
        }
        let scale = Scale::to(figure.max);
        Self {
            blocks: vec![Block { title: "", rows: rows.collect() }],
            floor: figure.floor,
            ticks: scale.ticks().into_iter().map(|tick| (tick, length_text(tick))).collect(),
            axis: "today = 100",
            legend,
            scale,
        }
    }

    fn of_times(figure: &'a BarsFigure, state: BarState) -> Self {
        let blocks = figure.groups.iter().map(|group| Block {
            title: &group.title,
            rows: group
                .bars
                .iter()
                .map(|bar| Row {
                    contender: bar.contender,
                    label: bar.contender.label(),
                    segments: bar
                        .time
                        .map(|time| Segment { label: "", start: 0.0, width: time.median, stage: None })
                        .into_iter()
                        .collect(),
                    interval: bar.time,
                    state,
                    value: bar.time.map_or_else(|| "–".to_owned(), time_text),
                    note: &bar.note,
                    marks: Vec::new(),
                })
                .collect(),
        });
        Self {
            scale: Scale::to(figure.end()),
            blocks: blocks.collect(),
            floor: None,
            ticks: Vec::new(),
            axis: &figure.axis,
            legend: Vec::new(),
        }
    }

    /// How many rows there are; a block's title takes a row's place.
    pub(super) fn lines(&self) -> usize {
        self.blocks.iter().map(|block| block.rows.len() + usize::from(!block.title.is_empty())).sum()
    }
}
