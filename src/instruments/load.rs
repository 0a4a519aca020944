//! Latency under load, drawn: one request beside the spread of many, and the p99 against the rate. Everything in it is modelled, and looks
//! it: hatched bars, dashed lines, each with its name.

use super::scale::{Scale, line};
use crate::markup::{all, escaped};
use protocol::Contender;
use units::{Nanos, significant};

/// Both drawings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadFigure {
    /// The rate that the reader asks about: requests a second.
    pub rate: f64,
    /// What 99 of 100 requests must keep: nanoseconds.
    pub deadline: f64,
    /// One a design, from top to bottom.
    pub designs: Vec<LoadedDesign>,
}

/// A design under load.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedDesign {
    /// Who, for its colour and name.
    pub contender: Contender,
    /// One request alone: nanoseconds.
    pub alone: f64,
    /// At the reader's rate: the p50, p99 and p99.9 in nanoseconds; none where the queue grows without end.
    pub at_rate: Option<[f64; 3]>,
    /// The p99 (nanoseconds) at each rate (requests a second), ascending.
    pub curve: Vec<(f64, f64)>,
    /// Its knee, one of the curve's points.
    pub knee: Option<(f64, f64)>,
    /// A few words beside the row.
    pub note: String,
}

/// How high the curves' plot is, in pixels.
const HEIGHT: f64 = 240.0;

impl LoadFigure {
    /// Where both time axes end: the deadline is always well within, and a tail that is far beyond it is cut.
    #[must_use]
    pub fn longest(&self) -> f64 {
        let alone = self.designs.iter().map(|design| design.alone).fold(0.0, f64::max);
        (self.deadline * 1.6).max(alone * 2.0)
    }

    /// Where the rate's axis ends.
    #[must_use]
    pub fn fastest(&self) -> f64 {
        let ends = self.designs.iter().filter_map(|design| design.curve.last()).map(|(rate, _)| *rate);
        ends.fold(self.rate, f64::max) * 1.05
    }

    /// The figure as HTML. Screen readers pass over it: the finding and the tables say the same.
    #[must_use]
    pub fn draw(&self) -> String {
        let scale = Scale::to(self.longest());
        let rows = all(&self.designs, |design| self.draw_row(scale, design));
        // Two drawings: on a stage, one at a time.
        format!(
            "<div data-part=\"spread\"><p class=\"group-title\">One request, and many: latency at {} requests a second</p>{LEGEND}{rows}{}</div>\
             <div data-part=\"curve\"><p class=\"group-title\">The p99 against the rate</p>{}</div>",
            rate_text(self.rate),
            axis(scale),
            self.draw_curves(scale),
        )
    }

    fn draw_row(&self, scale: Scale, design: &LoadedDesign) -> String {
        let alone = format!(
            "<rect class=\"load-alone\" x=\"0\" y=\"9\" height=\"10\" width=\"{:.3}%\" fill=\"url(#load)\"/>",
            scale.percent(design.alone)
        );
        let spread = design.at_rate.map(|[p50, p99, p999]| {
            let (from, to, end) = (scale.percent(p50), scale.percent(p99), scale.percent(p999));
            format!(
                "<rect class=\"load-spread\" x=\"{from:.3}%\" y=\"5\" height=\"18\" width=\"{:.3}%\" fill=\"url(#load)\"/>{}\
                 <line class=\"load-end\" x1=\"{to:.3}%\" x2=\"{end:.3}%\" y1=\"14\" y2=\"14\"/>{}",
                (to - from).max(0.0),
                line("load-p99", to, "1", "27"),
                line("load-end", end, "9", "19"),
            )
        });
        let (slug, value) =
            (design.contender.slug(), design.at_rate.map_or_else(|| "∞".to_owned(), |at| Nanos(at[1]).to_string()));
        format!(
            "<div class=\"time-row tone-{slug} is-modelled\"><span class=\"bar-label\">{}</span>\
             <svg class=\"bar-plot\" width=\"100%\" height=\"28\" focusable=\"false\">{alone}{}{}</svg>\
             <span class=\"bar-value\">{value}</span><span class=\"bar-note\">{}</span></div>",
            escaped(design.contender.label()),
            spread.unwrap_or_default(),
            line("load-deadline", scale.percent(self.deadline), "0", "28"),
            escaped(&design.note),
        )
    }

    fn draw_curves(&self, times: Scale) -> String {
        let rates = Scale::to(self.fastest());
        let height = |time: f64| 100.0 - times.percent(time);
        // Lines are drawn in a square of their own that is stretched to the plot; text and marks are not stretched.
        let curves = all(&self.designs, |design| {
            let points: Vec<String> = design
                .curve
                .iter()
                .map(|(rate, p99)| format!("{:.2},{:.2}", rates.percent(*rate), unclamped(times, *p99)))
                .collect();
            let slug = design.contender.slug();
            format!("<polyline class=\"load-curve tone-{slug} dash-{slug}\" points=\"{}\"/>", points.join(" "))
        });
        let knees = all(&self.designs, |design| {
            let Some((rate, p99)) = design.knee.filter(|(_, p99)| *p99 <= self.longest()) else { return String::new() };
            format!(
                "<circle class=\"load-knee tone-{}\" cx=\"{:.3}%\" cy=\"{:.3}%\" r=\"5\"/>",
                design.contender.slug(),
                rates.percent(rate),
                height(p99)
            )
        });
        let across = |class: &str, time: f64| {
            let at = height(time);
            format!("<line class=\"{class}\" x1=\"0\" x2=\"100%\" y1=\"{at:.3}%\" y2=\"{at:.3}%\"/>")
        };
        let grid = all(times.ticks(), |tick| {
            let label = format!("<text class=\"load-tick\" x=\"4\" y=\"{:.3}%\" dy=\"-3\">{}</text>", height(tick), Nanos(tick));
            format!("{}{}", across("load-grid", tick), if tick > 0.0 { label } else { String::new() })
        });
        let ticks = all(rates.ticks(), |tick| {
            let at = rates.percent(tick);
            let anchor = if at < 3.0 {
                "start"
            } else if at > 92.0 {
                "end"
            } else {
                "middle"
            };
            format!(
                "{}<text x=\"{at:.3}%\" y=\"18\" text-anchor=\"{anchor}\">{}</text>",
                line("tick", at, "0", "5"),
                rate_text(tick)
            )
        });
        let keys = all(&self.designs, |design| {
            let slug = design.contender.slug();
            format!(
                "<span class=\"key tone-{slug}\"><svg width=\"36\" height=\"10\" focusable=\"false\"><line class=\"load-curve dash-{slug}\" \
                 x1=\"0\" x2=\"36\" y1=\"5\" y2=\"5\"/></svg>{}</span>",
                escaped(design.contender.label())
            )
        });
        format!(
            "<div class=\"budget-legend\">{keys}<span class=\"key\"><svg width=\"12\" height=\"12\" focusable=\"false\"><circle class=\"load-knee\" \
             cx=\"6\" cy=\"6\" r=\"5\"/></svg>knee</span><span class=\"key\"><svg width=\"36\" height=\"10\" focusable=\"false\"><line \
             class=\"load-deadline\" x1=\"0\" x2=\"36\" y1=\"5\" y2=\"5\"/></svg>your deadline, and your rate</span></div>\
             <svg class=\"load-plot\" width=\"100%\" height=\"{HEIGHT}\" focusable=\"false\">{grid}<svg width=\"100%\" height=\"100%\" \
             viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\">{curves}</svg>{}{}{knees}</svg>\
             <svg class=\"load-axis\" width=\"100%\" height=\"22\" focusable=\"false\">{ticks}</svg>\
             <p class=\"axis-title\">requests a second</p>",
            across("load-deadline", self.deadline),
            line("load-deadline", rates.percent(self.rate), "0", "100%"),
        )
    }
}

/// The place of a time in the stretched square; what is above the plot is cut there, not bent.
fn unclamped(times: Scale, time: f64) -> f64 {
    let end = times.end();
    (100.0 - 100.0 * time / end).max(-1_000.0)
}

const LEGEND: &str = "<div class=\"budget-legend\"><span class=\"key\"><i class=\"swatch load-alone\"></i>one request alone</span>\
    <span class=\"key\"><i class=\"swatch load-spread\"></i>under load: from the median to the p99</span>\
    <span class=\"key\">thin line: to the p99.9</span></div>";

fn axis(scale: Scale) -> String {
    let ticks = all(scale.ticks(), |tick| {
        let at = scale.percent(tick);
        let anchor = if at < 3.0 {
            "start"
        } else if at > 92.0 {
            "end"
        } else {
            "middle"
        };
        format!(
            "{}<text x=\"{at:.3}%\" y=\"18\" text-anchor=\"{anchor}\">{}</text>",
            line("tick", at, "0", "5"),
            if tick > 0.0 { Nanos(tick).to_string() } else { "0".to_owned() }
        )
    });
    format!(
        "<div class=\"time-row load-times\"><span></span><svg class=\"bar-plot\" width=\"100%\" height=\"22\" focusable=\"false\">{ticks}</svg></div>"
    )
}

/// A rate to three significant digits, thousands apart.
#[must_use]
pub fn rate_text(rate: f64) -> String {
    if (1_000.0..1e9).contains(&rate) {
        let unit = 10_f64.powf(rate.log10().floor() - 2.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between a thousand and a billion")]
        let whole = ((rate / unit).round() * unit) as u32;
        return crate::labs::grouped(whole);
    }
    significant(rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn design(contender: Contender, alone: f64, at_rate: Option<[f64; 3]>) -> LoadedDesign {
        let curve = vec![(10.0, alone), (50.0, alone * 2.0), (90.0, alone * 9.0)];
        LoadedDesign { contender, alone, at_rate, knee: curve.get(1).copied(), curve, note: "a <note>".to_owned() }
    }

    #[test]
    fn a_queue_without_end_is_drawn_as_none() {
        let designs =
            vec![design(Contender::SerdeJson, 1e6, None), design(Contender::RkyvValidated, 5e5, Some([5e5, 9e5, 1.2e6]))];
        let drawn = LoadFigure { rate: 70.0, deadline: 2e6, designs }.draw();
        assert!(drawn.contains("∞") && drawn.contains("900 µs") && drawn.contains("a &lt;note&gt;"), "{drawn}");
        assert_eq!(drawn.matches("class=\"load-spread\"").count(), 1, "{drawn}");
        assert_eq!(drawn.matches("<circle class=\"load-knee tone-").count(), 2, "{drawn}");
    }

    #[test]
    fn rates_are_read_at_a_glance() {
        assert_eq!(rate_text(12_345.0), "12\u{2009}300");
        assert_eq!((rate_text(999.0), rate_text(0.5), rate_text(0.0)), ("999".to_owned(), "0.500".to_owned(), "0".to_owned()));
    }

    proptest! {
        #[test]
        fn whatever_the_answer_the_drawing_is_finite(
            rate in 0.0..1e12_f64, deadline in 1e-3..1e12_f64, alone in 0.0..1e12_f64, tail in 0.0..1e15_f64,
        ) {
            let designs = vec![design(Contender::Postcard, alone, Some([alone, tail, tail * 2.0]))];
            let drawn = LoadFigure { rate, deadline, designs }.draw();
            prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{}", drawn);
        }
    }
}
