//! Bars with intervals: times of contenders under each other on one axis, each with its 95 % whisker, its value and its words.

use super::{
    budget::BarState,
    scale::{Scale, whisker},
};
use crate::markup::{all, escaped};
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
    pub fn end(&self) -> f64 {
        let bars = self.groups.iter().flat_map(|group| &group.bars);
        bars.filter_map(|bar| bar.time).map(|time| time.high).fold(0.0, f64::max) * 1.05
    }
}

impl BarsFigure {
    /// The figure as HTML; `state` says how sure it is. Screen readers pass over it: the
    /// finding and the table say the same.
    #[must_use]
    pub fn draw(&self, state: BarState) -> String {
        let state = state.slug();
        let scale = Scale::to(self.end());
        let groups = all(&self.groups, |group| {
            let title = if group.title.is_empty() {
                String::new()
            } else {
                format!("<p class=\"group-title\">{}</p>", escaped(&group.title))
            };
            format!(
                "<div class=\"bar-group is-{state}\" data-part=\"{}\">{title}{}</div>",
                escaped(&group.title),
                all(&group.bars, |bar| draw_bar(scale, bar))
            )
        });
        format!("{groups}<p class=\"axis-title\">{}</p>", escaped(&self.axis))
    }
}

fn draw_bar(scale: Scale, bar: &TimeBar) -> String {
    let drawn = bar.time.map(|time| {
        let width = scale.percent(time.median);
        format!(
            "<rect class=\"segment slice\" x=\"0\" y=\"5\" height=\"18\" width=\"{width:.3}%\"/>{}",
            whisker(scale, time, "14")
        )
    });
    let (value, slug) = (bar.time.map_or_else(|| "–".to_owned(), time_text), bar.contender.slug());
    format!(
        "<div class=\"time-row tone-{slug}\" data-reveal=\"{slug}\"><span class=\"bar-label\">{}</span>\
         <svg class=\"bar-plot\" width=\"100%\" height=\"28\" focusable=\"false\">{}</svg>\
         <span class=\"bar-value\">{value}</span><span class=\"bar-note\">{}</span></div>",
        escaped(bar.contender.label()),
        drawn.unwrap_or_default(),
        escaped(&bar.note),
    )
}

/// A time as text; where its interval reaches 0 the clock can only say what it is below.
#[must_use]
pub fn time_text(time: Interval) -> String {
    if time.low > 0.0 { Nanos(time.median).to_string() } else { format!("< {}", Nanos(time.high)) }
}

/// A time's interval in words.
#[must_use]
pub fn interval_text(time: Interval) -> String {
    format!("{} to {}", Nanos(time.low), Nanos(time.high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_clock_cannot_tell_is_an_upper_bound() {
        assert_eq!(time_text(Interval { median: 1.0, low: 0.0, high: 2.5 }), "< 2.50 ns");
        assert_eq!(time_text(Interval { median: 1.0, low: 0.5, high: 2.5 }), "1.00 ns");
    }

    #[test]
    fn the_axis_holds_the_longest_interval_and_bears_an_empty_figure() {
        assert!(BarsFigure::default().end().abs() < 1e-12);
        let time = Interval { median: 10.0, low: 9.0, high: 20.0 };
        let bar = TimeBar { contender: Contender::SerdeJson, time: Some(time), note: String::new() };
        let figure = BarsFigure { axis: String::new(), groups: vec![Group { title: String::new(), bars: vec![bar] }] };
        assert!(figure.end() >= 20.0);
    }
}
