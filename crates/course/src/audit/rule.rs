//! From measurement to verdict: a pure function of figures with intervals.
//!
//! A rule cuts the numbers into bands, each with its verdict. A figure has a verdict only where its whole interval lies in one band: else this
//! machine cannot tell.

use super::{ArchivedVerdict, Verdict};
use rkyv::{Archive, Deserialize, Serialize};
use units::Interval;

/// How a lab's measurement becomes a verdict.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Rule {
    /// The lab's slug, with hyphens.
    pub lab: String,
    /// The inputs to run, by the names that links use; at least one.
    pub inputs: Vec<Vec<(String, String)>>,
    /// What is looked at in each run.
    pub measure: Measure,
    /// The bands, lowest first; at least one.
    pub bands: Vec<Band>,
    /// The verdict where runs come out differently; never absent where there are several inputs.
    pub mixed: Option<Verdict>,
    /// The rule in words: plain text.
    pub words: String,
}

/// What a rule looks at in a run.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Measure {
    /// The time of one contender over that of another.
    Ratio {
        /// The one above the fraction's line, by slug.
        of: String,
        /// The one below it.
        to: String,
        /// The phase's label.
        phase: String,
    },
    /// Something counted.
    Fact {
        /// The contender, by slug.
        of: String,
        /// What was counted, by slug.
        kind: String,
    },
}

/// A stretch of the number line and its verdict.
#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Where it ends, itself left out; none for the last one, which has no end. It begins where the band before it ends.
    pub below: Option<f64>,
    /// What a figure in it says of the claim.
    pub verdict: Verdict,
}

/// What one run of a rule's inputs gave; none where the run failed or measured something else.
pub type Figure = Option<Interval>;

/// What a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The figures decide.
    Verdict(Verdict),
    /// An interval reaches over the end of a band, or a figure is missing: this machine cannot tell.
    CannotTell,
}

impl Rule {
    /// The verdict of these figures, one for each of the rule's inputs, in their order.
    #[must_use]
    pub fn judge(&self, figures: &[Figure]) -> Outcome {
        judge(self.inputs.len(), &self.bands, self.mixed, figures)
    }
}

impl ArchivedRule {
    /// As [`Rule::judge`].
    #[must_use]
    pub fn judge(&self, figures: &[Figure]) -> Outcome {
        judge(self.inputs.len(), &self.bands(), self.mixed.as_ref().map(|mixed: &ArchivedVerdict| (*mixed).into()), figures)
    }

    /// What one run's figure says by itself.
    #[must_use]
    pub fn judge_one(&self, figure: Figure) -> Outcome {
        figure.and_then(|figure| of_one(&self.bands(), figure)).map_or(Outcome::CannotTell, Outcome::Verdict)
    }

    /// The bands, lowest first.
    #[must_use]
    pub fn bands(&self) -> Vec<Band> {
        let band = |band: &ArchivedBand| Band {
            below: band.below.as_ref().map(|below| below.to_native()),
            verdict: band.verdict.into(),
        };
        self.bands.iter().map(band).collect()
    }
}

fn judge(inputs: usize, bands: &[Band], mixed: Option<Verdict>, figures: &[Figure]) -> Outcome {
    if figures.len() != inputs || figures.is_empty() {
        return Outcome::CannotTell;
    }
    let verdicts: Vec<Option<Verdict>> = figures.iter().map(|figure| figure.and_then(|figure| of_one(bands, figure))).collect();
    let mut decided = verdicts.iter().copied().flatten();
    let Some(first) = decided.next() else { return Outcome::CannotTell };
    // Two runs that surely differ are mixed, whatever the others would say.
    if decided.any(|other| other != first) {
        return mixed.map_or(Outcome::CannotTell, Outcome::Verdict);
    }
    if verdicts.iter().all(Option::is_some) { Outcome::Verdict(first) } else { Outcome::CannotTell }
}

/// The verdict of the band that holds the whole interval.
fn of_one(bands: &[Band], figure: Interval) -> Option<Verdict> {
    if !(figure.low <= figure.high && figure.low.is_finite() && figure.high.is_finite()) {
        return None;
    }
    let of = |value: f64| bands.iter().position(|band| band.below.is_none_or(|end| value < end));
    let (low, high) = (of(figure.low)?, of(figure.high)?);
    // Neighbouring bands may share a verdict: then an interval over their border still decides.
    let verdict = bands.get(low)?.verdict;
    bands.get(low..=high)?.iter().all(|band| band.verdict == verdict).then_some(verdict)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(inputs: usize) -> Rule {
        let band = |below, verdict| Band { below, verdict };
        Rule {
            lab: "latency-budget".to_owned(),
            inputs: vec![Vec::new(); inputs],
            measure: Measure::Ratio { of: "a".to_owned(), to: "b".to_owned(), phase: "whole".to_owned() },
            bands: vec![band(Some(0.05), Verdict::Holds), band(Some(0.07), Verdict::HoldsWithALimit), band(None, Verdict::Wrong)],
            mixed: Some(Verdict::HoldsWithALimit),
            words: String::new(),
        }
    }

    #[allow(clippy::unnecessary_wraps, reason = "a figure, which may be missing elsewhere")]
    fn between(low: f64, high: f64) -> Figure {
        Some(Interval { median: f64::midpoint(low, high), low, high })
    }

    #[test]
    fn a_figure_decides_only_with_its_whole_interval() {
        for (figure, outcome) in [
            (between(0.01, 0.049), Outcome::Verdict(Verdict::Holds)),
            (between(0.05, 0.06), Outcome::Verdict(Verdict::HoldsWithALimit)),
            (between(0.07, 5.0), Outcome::Verdict(Verdict::Wrong)),
            (between(0.04, 0.05), Outcome::CannotTell),
            (between(0.01, 9.0), Outcome::CannotTell),
            (between(f64::NAN, 1.0), Outcome::CannotTell),
            (between(1.0, f64::INFINITY), Outcome::CannotTell),
            (None, Outcome::CannotTell),
        ] {
            assert_eq!(rule(1).judge(&[figure]), outcome, "{figure:?}");
        }
    }

    #[test]
    fn runs_that_surely_differ_are_mixed_even_where_another_cannot_tell() {
        let (holds, wrong, unclear) = (between(0.01, 0.02), between(1.0, 2.0), between(0.01, 2.0));
        assert_eq!(rule(2).judge(&[holds, holds]), Outcome::Verdict(Verdict::Holds));
        assert_eq!(rule(2).judge(&[holds, wrong]), Outcome::Verdict(Verdict::HoldsWithALimit));
        assert_eq!(rule(3).judge(&[holds, unclear, wrong]), Outcome::Verdict(Verdict::HoldsWithALimit));
        assert_eq!(rule(2).judge(&[holds, unclear]), Outcome::CannotTell);
        assert_eq!(rule(2).judge(&[holds]), Outcome::CannotTell, "a run is missing");
        assert_eq!(rule(0).judge(&[]), Outcome::CannotTell);
    }

    proptest! {
        #[test]
        fn a_narrower_interval_never_changes_a_verdict(low in 0.0..1.0_f64, width in 0.0..1.0_f64, part in 0.0..1.0_f64) {
            let whole = rule(1).judge(&[between(low, low + width)]);
            let inside = low + width * part;
            let narrow = rule(1).judge(&[between(inside, inside)]);
            prop_assert!(whole == Outcome::CannotTell || whole == narrow, "{:?} and {:?}", whole, narrow);
        }

        #[test]
        fn judging_never_panics(figures in proptest::collection::vec(proptest::option::of((any::<f64>(), any::<f64>())), 0..6), inputs in 0_usize..6) {
            let figures: Vec<Figure> = figures.into_iter().map(|ends| ends.and_then(|(low, high)| between(low, high))).collect();
            let _ = rule(inputs).judge(&figures);
        }
    }
}
