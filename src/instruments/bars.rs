//! Bars with intervals: times of contenders under each other on one axis, each with its 95 % whisker, its value and its words.

use super::scale::Scale;
use leptos::prelude::*;
use protocol::Contender;
use units::{Interval, Nanos};

/// The whole drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarsFigure {
    /// What the axis measures.
    pub axis: String,
    /// Groups under each other, all on the same axis.
    pub groups: Vec<Group>,
}

/// Bars that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// What they have in common; empty for a single group.
    pub title: String,
    /// From top to bottom.
    pub bars: Vec<TimeBar>,
}

/// One contender's time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeBar {
    /// Who, for its colour and name.
    pub contender: Contender,
    /// Nanoseconds, once they are known.
    pub time: Option<Interval>,
    /// A few words beside the value: its ratio, a warning.
    pub note: String,
}

impl BarsFigure {
    /// Where the axis ends: a little beyond the longest bar's interval.
    #[must_use]
    fn end(&self) -> f64 {
        let bars = self.groups.iter().flat_map(|group| &group.bars);
        bars.filter_map(|bar| bar.time).map(|time| time.high).fold(0.0, f64::max) * 1.05
    }
}

/// Draws the figure; `class` says how sure it is (`is-measured`, `is-recorded`, `is-stale`, `is-provisional`). Hidden from screen readers:
/// the finding and the table say the same.
#[component]
pub fn TimeBars(
    /// What to draw.
    figure: Memo<BarsFigure>,
    /// How sure it is.
    #[prop(into)]
    certainty: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <div class=move || format!("time-bars is-{}", certainty.get()) aria-hidden="true">
            {move || figure.with(|figure| {
                let scale = Scale::to(figure.end());
                let groups = figure.groups.iter().map(|group| {
                    let bars: Vec<_> = group.bars.iter().map(|bar| draw_bar(scale, bar)).collect();
                    let title = (!group.title.is_empty()).then(|| view! { <p class="group-title">{group.title.clone()}</p> });
                    view! { <div class="bar-group">{title}{bars}</div> }
                });
                let groups = groups.collect_view();
                view! { {groups} <p class="axis-title">{figure.axis.clone()}</p> }
            })}
        </div>
    }
}

fn draw_bar(scale: Scale, bar: &TimeBar) -> impl IntoView + use<> {
    let percent = move |value: f64| format!("{:.3}%", scale.percent(value));
    let drawn = bar.time.map(|time| {
        let (low, high) = (percent(time.low), percent(time.high));
        view! {
            <rect class="segment slice" x="0" y="5" height="18" width=percent(time.median)/>
            <g class="whisker">
                <line x1=low.clone() x2=high.clone() y1="14" y2="14"/>
                <line x1=low.clone() x2=low y1="10" y2="18"/>
                <line x1=high.clone() x2=high y1="10" y2="18"/>
            </g>
        }
    });
    let value = bar.time.map_or_else(|| "–".to_owned(), |time| Nanos(time.median).to_string());
    view! {
        <div class=format!("time-row tone-{}", bar.contender.slug())>
            <span class="bar-label">{bar.contender.label()}</span>
            <svg class="bar-plot" width="100%" height="28" focusable="false">{drawn}</svg>
            <span class="bar-value">{value}</span>
            <span class="bar-note">{bar.note.clone()}</span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_holds_the_longest_interval_and_bears_an_empty_figure() {
        assert!(BarsFigure::default().end().abs() < 1e-12);
        let time = Interval { median: 10.0, low: 9.0, high: 20.0 };
        let bar = TimeBar { contender: Contender::SerdeJson, time: Some(time), note: String::new() };
        let figure = BarsFigure { axis: String::new(), groups: vec![Group { title: String::new(), bars: vec![bar] }] };
        assert!(figure.end() >= 20.0);
    }
}
