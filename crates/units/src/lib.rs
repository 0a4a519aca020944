//! Newtypes for the units that figures come in: nanoseconds, bytes, and a median with its interval.
//!
//! Every other crate may use this one. It must never know where a figure came from, read a clock, or draw anything.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A duration or a point in time, in nanoseconds. Fractions are kept: a batch's time divided by its iterations.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Nanos(pub f64);

impl Nanos {
    /// `ms` milliseconds, which is the unit of the browser's clock.
    #[must_use]
    pub const fn from_millis(ms: f64) -> Self {
        Self(ms * 1e6)
    }

    /// This duration in milliseconds.
    #[must_use]
    pub const fn as_millis(self) -> f64 {
        self.0 / 1e6
    }
}

impl std::ops::Add for Nanos {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Nanos {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::Mul<f64> for Nanos {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

/// Three significant digits in the unit that suits: `1.25 ns`, `6.18 ms`.
impl fmt::Display for Nanos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = match self.0.abs() {
            t if t < 1e3 => (self.0, "ns"),
            t if t < 1e6 => (self.0 / 1e3, "µs"),
            t if t < 1e9 => (self.0 / 1e6, "ms"),
            _ => (self.0 / 1e9, "s"),
        };
        write!(f, "{} {unit}", significant(value))
    }
}

/// A count of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bytes(pub u64);

/// Three significant digits with decimal prefixes: `812 B`, `1.83 MB`.
impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = match self.0 {
            n if n < 1_000 => return write!(f, "{n} B"),
            n if n < 1_000_000 => (n as f64 / 1e3, "kB"),
            n if n < 1_000_000_000 => (n as f64 / 1e6, "MB"),
            n => (n as f64 / 1e9, "GB"),
        };
        write!(f, "{} {unit}", significant(value))
    }
}

/// A median and the interval that holds the true value with the stated confidence (95 % everywhere here).
///
/// Its unit is that of what it estimates: nanoseconds for a time, none for a ratio.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The estimate.
    pub median: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

impl Interval {
    /// A figure known exactly: an interval of no width.
    #[must_use]
    pub const fn exact(value: f64) -> Self {
        Self { median: value, low: value, high: value }
    }

    /// Whether `value` lies in the interval, ends included.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Each of the three figures put through `f`; a falling `f` exchanges the ends.
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let (a, b) = (f(self.low), f(self.high));
        Self { median: f(self.median), low: a.min(b), high: a.max(b) }
    }
}

/// `value` to three significant digits, without an exponent: `0.0125`, `6.18`, `74.1`, `812`.
#[must_use]
pub fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".to_owned() } else { "–".to_owned() };
    }
    let magnitude = value.abs().log10().floor();
    let decimals = (2.0 - magnitude).clamp(0.0, 12.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=12 on the line above")]
    let text = format!("{value:.*}", decimals as usize);
    // 9.996 rounds up to "10.00": one digit too many, so round once more at the new magnitude.
    if text.trim_start_matches('-').chars().filter(char::is_ascii_digit).count() > 3 && text.contains('.') && value.abs() >= 1.0 {
        let shorter = text.trim_end_matches('0');
        if shorter.len() < text.len() {
            return text[..text.len() - 1].trim_end_matches('.').to_owned();
        }
    }
    text
}

/// A ratio of times in words; a winner is named only where the interval excludes 1.
#[must_use]
pub fn times_as_fast(ratio: Interval) -> String {
    if ratio.contains(1.0) {
        "no difference this run can tell".to_owned()
    } else if ratio.median < 1.0 {
        let faster = ratio.map(|ratio| 1.0 / ratio);
        if !faster.high.is_finite() {
            // The clock cannot tell how short it is, only that it is not longer.
            return format!("at least {} × as fast", significant(faster.low));
        }
        format!("{} × as fast ({}–{})", significant(faster.median), significant(faster.low), significant(faster.high))
    } else {
        format!("{} × as slow ({}–{})", significant(ratio.median), significant(ratio.low), significant(ratio.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_winner_is_named_only_where_the_interval_excludes_one() {
        assert_eq!(times_as_fast(Interval { median: 0.5, low: 0.4, high: 0.625 }), "2.00 × as fast (1.60–2.50)");
        assert_eq!(times_as_fast(Interval { median: 0.001, low: 0.0, high: 0.002 }), "at least 500 × as fast");
        assert_eq!(times_as_fast(Interval { median: 2.0, low: 1.9, high: 2.1 }), "2.00 × as slow (1.90–2.10)");
        assert_eq!(times_as_fast(Interval { median: 0.9, low: 0.8, high: 1.1 }), "no difference this run can tell");
    }

    #[test]
    fn three_significant_digits_in_the_unit_that_suits() {
        for (ns, text) in [(0.0, "0 ns"), (1.25, "1.25 ns"), (999.6, "1000 ns"), (6_177_000.0, "6.18 ms"), (2e9, "2.00 s")] {
            assert_eq!(Nanos(ns).to_string(), text);
        }
        assert_eq!(Bytes(812).to_string(), "812 B");
        assert_eq!(Bytes(1_827_461).to_string(), "1.83 MB");
        assert_eq!(significant(9.996), "10.0");
        assert_eq!(significant(74.12), "74.1");
    }

    #[test]
    fn a_falling_map_exchanges_the_ends() {
        let interval = Interval { median: 2.0, low: 1.0, high: 4.0 }.map(|x| 1.0 / x);
        assert_eq!(interval, Interval { median: 0.5, low: 0.25, high: 1.0 });
        assert!(interval.contains(0.25) && !interval.contains(1.1));
    }
}
