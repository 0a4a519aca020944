//! The latency-budget arithmetic: stages, designs, presets and thresholds.
//!
//! It answers one question: how long will the new request be, if today's is 100? It must never know which library reads the
//! payload or where a reading came from: it is handed ratios with intervals and returns lengths with intervals.

mod preset;
mod threshold;

pub use preset::{Axis, Preset, Slice, Source, Stage, StageId, Work};
pub use threshold::{needed_for_length, needed_for_share};
use units::Interval;

/// The length that today's request, the one with JSON, always has.
pub const TODAY: f64 = 100.0;

/// A request: the stages that no format can touch, and the slice that JSON's reading takes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// What the numbers are measured in.
    pub axis: Axis,
    /// The stages that no format can touch, in the order a request goes through them.
    pub stages: Vec<Stage>,
    /// JSON's slice in the axis' unit; `None` while it is an outcome and nothing was measured yet.
    pub json_slice: Option<f64>,
}

impl Budget {
    /// A preset's stages. `json_time` is JSON's measured time in nanoseconds: needed where JSON's share is an outcome, unused where it is calibrated.
    #[must_use]
    pub fn of(preset: Preset, json_time: Option<f64>) -> Self {
        let json_slice = match preset.json_slice() {
            Slice::Calibrated(parts) => Some(parts),
            Slice::Measured => json_time,
        };
        Self { axis: preset.axis(), stages: preset.stages(), json_slice }
    }

    /// What all stages take together, in the axis' unit: what would be left if reading the payload were free.
    #[must_use]
    pub fn fixed(&self) -> f64 {
        self.stages.iter().map(|stage| stage.time).sum()
    }

    /// Today's whole request in the axis' unit, if JSON's slice is known.
    #[must_use]
    pub fn today(&self) -> Option<f64> {
        self.json_slice.map(|slice| self.fixed() + slice).filter(|total| *total > 0.0)
    }

    /// How many hundredths of today's request `amount` (in the axis' unit) is.
    #[must_use]
    pub fn share_of_today(&self, amount: f64) -> Option<f64> {
        self.today().map(|today| TODAY * amount / today)
    }

    /// The ladder: one rung a reading, each reading being the rung's time over JSON's (JSON itself is exactly 1).
    /// `None` while JSON's slice is not known.
    #[must_use]
    pub fn ladder(&self, readings: &[Interval]) -> Option<Ladder> {
        let scale = TODAY / self.today()?;
        let slice_today = self.json_slice? * scale;
        let floor = self.fixed() * scale;
        let mut rungs: Vec<Rung> = Vec::with_capacity(readings.len());
        for reading in readings {
            let slice = reading.map(|ratio| ratio * slice_today);
            let length = slice.map(|part| floor + part);
            let step = rungs.last().map(|before| Step::between(before.length, length));
            rungs.push(Rung { slice, length, step });
        }
        Some(Ladder { floor, rungs })
    }
}

/// The designs beside each other, every length a hundredth of today's request.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// What no format can go below.
    pub floor: f64,
    /// In the order of the readings; each changes one thing.
    pub rungs: Vec<Rung>,
}

impl Ladder {
    /// The rung whose step shortened the request most, if any step surely did.
    #[must_use]
    pub fn biggest_step(&self) -> Option<usize> {
        let gain = |rung: &Rung| match rung.step {
            Some(Step::Shorter(by)) => Some(by),
            _ => None,
        };
        let gains = self.rungs.iter().enumerate().filter_map(|(index, rung)| gain(rung).map(|by| (index, by)));
        gains.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
    }
}

/// One design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// The slice that reading the payload takes.
    pub slice: Interval,
    /// The whole request.
    pub length: Interval,
    /// What changed against the rung before; `None` for the first.
    pub step: Option<Step>,
}

impl Rung {
    /// The slice's share of this very request, in per cent.
    #[must_use]
    pub fn share(&self) -> f64 {
        100.0 * self.slice.median / self.length.median
    }
}

/// What one rung did to the request. A direction is named only where the intervals keep apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Shorter by so many hundredths of today's request.
    Shorter(f64),
    /// Longer by so many.
    Longer(f64),
    /// The intervals overlap.
    Undecided,
}

impl Step {
    fn between(before: Interval, after: Interval) -> Self {
        if after.high < before.low {
            Self::Shorter(before.median - after.median)
        } else if after.low > before.high {
            Self::Longer(after.median - before.median)
        } else {
            Self::Undecided
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(median: f64) -> Interval {
        Interval { median, low: median * 0.95, high: median * 1.05 }
    }

    #[test]
    fn the_roadmaps_request_ends_at_72_where_rkyv_is_15_times_faster() {
        let budget = Budget::of(Preset::Roadmap2026, None);
        let ladder = budget.ladder(&[Interval::exact(1.0), ratio(0.3), ratio(1.0 / 15.0), ratio(1e-6)]).unwrap();
        assert!((ladder.floor - 70.0).abs() < 1e-9);
        assert!((ladder.rungs[0].length.median - TODAY).abs() < 1e-9);
        assert!((ladder.rungs[2].length.median - 72.0).abs() < 1e-9);
        assert!((ladder.rungs[2].share() - 100.0 * 2.0 / 72.0).abs() < 1e-9);
        assert_eq!(ladder.biggest_step(), Some(1));
        assert!(matches!(ladder.rungs[1].step, Some(Step::Shorter(by)) if (by - 21.0).abs() < 1e-9));
    }

    #[test]
    fn a_network_a_hundred_times_slower_makes_the_gain_vanish() {
        let mut budget = Budget::of(Preset::Roadmap2026, None);
        budget.stages[0].time *= 100.0;
        let ladder = budget.ladder(&[Interval::exact(1.0), ratio(0.05)]).unwrap();
        assert!(ladder.rungs[1].length.median > 99.0);
    }

    #[test]
    fn jsons_share_is_an_outcome_where_times_are_real() {
        assert_eq!(Budget::of(Preset::WebApi, None).ladder(&[Interval::exact(1.0)]), None);
        let budget = Budget::of(Preset::WebApi, Some(2e6));
        assert!((budget.today().unwrap() - budget.fixed() - 2e6).abs() < 1e-6);
    }

    #[test]
    fn overlapping_intervals_name_no_direction() {
        let budget = Budget::of(Preset::Roadmap2026, None);
        let ladder = budget.ladder(&[Interval::exact(1.0), ratio(1.02)]).unwrap();
        assert_eq!(ladder.rungs[1].step, Some(Step::Undecided));
        assert_eq!(ladder.biggest_step(), None);
    }
}
