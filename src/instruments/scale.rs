//! From a figure to a place on the axis, and what every axis draws alike.

use units::Interval;

/// A linear axis from 0 to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value at the axis' end; above 0.
    end: f64,
}

impl Scale {
    /// How many ticks an axis shows at most.
    const MAX_TICKS: f64 = 6.0;

    /// An axis that holds values up to `max`.
    #[must_use]
    pub fn to(max: f64) -> Self {
        Self { end: if max.is_finite() && max > 0.0 { max } else { 1.0 } }
    }

    /// Where the axis ends.
    #[must_use]
    pub const fn end(self) -> f64 {
        self.end
    }

    /// The place of a value, in per cent of the axis; what lies beyond an end is put at it.
    #[must_use]
    pub fn percent(self, value: f64) -> f64 {
        if value.is_nan() { 0.0 } else { (100.0 * value / self.end).clamp(0.0, 100.0) }
    }

    /// A width in per cent of the axis, of a stretch that begins at `start` and is cut at the axis' end.
    #[must_use]
    pub fn width(self, start: f64, width: f64) -> f64 {
        (self.percent(start + width.max(0.0)) - self.percent(start)).max(0.0)
    }

    /// Round values along the axis, 0 first.
    #[must_use]
    pub fn ticks(self) -> Vec<f64> {
        let raw = self.end / Self::MAX_TICKS;
        let magnitude = 10_f64.powf(raw.log10().floor());
        let step =
            [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * magnitude).find(|step| *step >= raw).unwrap_or(10.0 * magnitude);
        let mut ticks = Vec::new();
        let mut index = 0_u32;
        // A hair beyond the end still counts: 0.1 * 3 is more than 0.3.
        while f64::from(index) * step <= self.end * (1.0 + 1e-9) {
            ticks.push(f64::from(index) * step);
            index += 1;
        }
        ticks
    }
}

/// An upright line at `at` per cent of the axis, from `top` to `bottom`.
#[must_use]
pub fn line(class: &str, at: f64, top: &str, bottom: &str) -> String {
    format!("<line class=\"{class}\" x1=\"{at:.3}%\" x2=\"{at:.3}%\" y1=\"{top}\" y2=\"{bottom}\"/>")
}

/// A 95 % interval, around the height `y`; nothing for a figure that is known exactly.
#[must_use]
pub fn whisker(scale: Scale, interval: Interval, y: &str) -> String {
    if interval.high <= interval.low {
        return String::new();
    }
    let (low, high) = (scale.percent(interval.low), scale.percent(interval.high));
    let ends = [low, high].map(|at| format!("<line x1=\"{at:.3}%\" x2=\"{at:.3}%\" y1=\"-5\" y2=\"5\"/>")).concat();
    format!("<g class=\"whisker\" transform=\"translate(0 {y})\"><line x1=\"{low:.3}%\" x2=\"{high:.3}%\"/>{ends}</g>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(Scale::to(120.0).ticks(), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 120.0]);
        let ticks: Vec<String> = Scale::to(1.0).ticks().iter().map(|tick| format!("{tick:.3}")).collect();
        assert_eq!(ticks, ["0.000", "0.200", "0.400", "0.600", "0.800", "1.000"]);
    }

    proptest! {
        #[test]
        fn nothing_is_drawn_outside(max in proptest::num::f64::ANY, value in proptest::num::f64::ANY, width in proptest::num::f64::ANY) {
            let scale = Scale::to(max);
            prop_assert!((0.0..=100.0).contains(&scale.percent(value)));
            prop_assert!(scale.percent(value) + scale.width(value, width) <= 100.0 + 1e-9);
        }

        #[test]
        fn ticks_never_run_away(max in 1e-9..1e12_f64) {
            let ticks = Scale::to(max).ticks();
            prop_assert!((3..=8).contains(&ticks.len()), "{} ticks", ticks.len());
        }
    }
}
