//! A result that a link carries, for labs whose result is a list of times: keys begin with `r.`, values are a median and its interval.
//!
//! A damaged value drops the whole result, never the lab's state; nothing here trusts a number's sign or order.

use super::results::Results;
use crate::{components::provenance::Provenance, state::permalink::Permalink};
use protocol::{Contender, LabId, Phase};
use units::Interval;

impl Results {
    /// Adds the figures to a link. Counted figures follow from the input, so they stay behind.
    pub fn put(&self, link: &mut Permalink) {
        for (what, figures) in [("t", &self.times), ("q", &self.ratios)] {
            for (contender, phase, figure) in figures {
                link.set(key(what, *contender, *phase), text(*figure));
            }
        }
    }

    /// The figures that a link carries for `lab`, marked as sent; none where it carries none, or one of them is no figure.
    #[must_use]
    pub fn of_link(lab: LabId, link: &Permalink) -> Option<Self> {
        let mut sent = Self { provenance: Provenance::Sent, times: Vec::new(), ratios: Vec::new(), facts: Vec::new() };
        for contender in Contender::ALL {
            for phase in lab.compared() {
                if let Some(text) = link.get(&key("t", contender, phase)) {
                    sent.times.push((contender, phase, figure(text)?));
                }
                if let Some(text) = link.get(&key("q", contender, phase)) {
                    sent.ratios.push((contender, phase, figure(text)?));
                }
            }
        }
        (!sent.times.is_empty()).then_some(sent)
    }
}

fn key(what: &str, contender: Contender, phase: Phase) -> String {
    format!("r.{what}.{}.{}", contender.slug(), phase.label().replace(' ', "-"))
}

/// Six digits: one more than is ever shown of an interval. What the clock could hardly tell may reach below 0, where no time is.
fn text(figure: Interval) -> String {
    let Interval { median, low, high } = figure.map(|part| part.max(0.0));
    format!("{median:.5e} {low:.5e} {high:.5e}")
}

fn figure(text: &str) -> Option<Interval> {
    let mut parts = text.split(' ').map(|part| part.parse::<f64>().ok().filter(|part| part.is_finite() && *part >= 0.0));
    let (median, low, high) = (parts.next()??, parts.next()??, parts.next()??);
    (low <= median && median <= high && parts.next().is_none()).then_some(Interval { median, low, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_link_carries_a_result_and_marks_it_as_sent() {
        let time = Interval { median: 6_177.25, low: 6_100.5, high: 6_300.0 };
        let results = Results {
            provenance: Provenance::Live,
            times: vec![(Contender::RcRefCell, Phase::TearDown, time)],
            ratios: vec![(Contender::BumpArenaVec, Phase::Build, Interval { median: 0.0125, low: 0.012, high: 0.0131 })],
            facts: Vec::new(),
        };
        let mut link = Permalink::default();
        results.put(&mut link);
        let link = Permalink::of_fragment(&link.to_fragment()).unwrap();
        let sent = Results::of_link(LabId::Arena, &link).unwrap();
        assert_eq!(sent.provenance, Provenance::Sent);
        let found = sent.time(Contender::RcRefCell, Phase::TearDown).unwrap();
        assert!((found.median - time.median).abs() < 0.1 && (found.high - time.high).abs() < 0.1);
        assert!((sent.ratio(Contender::BumpArenaVec, Phase::Build).unwrap().median - 0.0125).abs() < 1e-9);
        // Another lab has other phases.
        assert_eq!(Results::of_link(LabId::Serialization, &link), None);
    }

    #[test]
    fn a_time_that_the_clock_could_hardly_tell_travels_as_reaching_0() {
        let hardly = Interval { median: 208.6, low: -556.4, high: 459.0 };
        let sent = figure(&text(hardly)).unwrap();
        assert!(sent.low.abs() < 1e-12 && (sent.median - 208.6).abs() < 0.1, "{sent:?}");
    }

    proptest! {
        #[test]
        fn no_text_makes_an_interval_that_is_none(text in "[0-9eE+.inaN -]{0,30}") {
            if let Some(Interval { median, low, high }) = figure(&text) {
                prop_assert!(0.0 <= low && low <= median && median <= high && high.is_finite());
            }
        }
    }
}
