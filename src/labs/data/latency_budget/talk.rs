//! What a talk shows of the latency budget, beat by beat. It must never depend on what a reader did: a reload has to find the same beats.

use super::state::Panel;
use crate::labs::LabContext;

/// A rung at a time, then the finding.
const LADDER: &str = "offer 20..80 by 20 input[name=guess] | of today’s 100; predict | settle the guess; run | press Run; reveal postcard | rung: leave text; \
    reveal rkyv-validated | rung: leave copying; reveal rkyv-unvalidated | rung: leave checking; reveal finding | the finding";

/// What a longer network does to it; and behind the QR code, as panels are, the request beside many of its kind.
const CHANGE: &str = "move 464 .stage-slider input[type=range] via input[value=change] | stretch the first stage tenfold; qr | the QR code; \
    press input[value=load] back input[value=change] | under load";

/// What shows the panel that is open from the start.
const OPEN: &str = "reveal move | under load";

/// More requests, and where their p99 bends; then a deadline and cores.
const LOAD: &str = "move 700 [name=rate] | more requests a second; part curve | the p99 against the rate; \
    move 300 [name=deadline] | a tighter deadline; choose 8 [name=cores] | twice the cores";

/// Which of its talks a place asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Talk {
    /// The whole of it.
    Whole,
    /// A lesson has opened “Under load” and speaks of that.
    Load,
}

impl Talk {
    /// In a lesson, what the lesson opens; anywhere else all of it, whatever panel a link or a reload brings.
    pub(super) fn of(context: &LabContext, open: Panel) -> Self {
        if matches!(context, LabContext::Lesson(_)) && open == Panel::Load { Self::Load } else { Self::Whole }
    }

    /// Its beats, as `data-steps` says them.
    pub(super) fn steps(self) -> String {
        match self {
            Self::Whole => format!("{LADDER}; {CHANGE}; {LOAD}"),
            Self::Load => format!("{LADDER}; {OPEN}; {LOAD}; qr | the QR code"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::permalink::Permalink;

    #[test]
    fn only_a_lesson_that_opens_it_begins_under_load() {
        let lesson = LabContext::Lesson(Permalink::default());
        assert_eq!(Talk::of(&lesson, Panel::Load), Talk::Load);
        assert_eq!(Talk::of(&lesson, Panel::Change), Talk::Whole);
        // A reload on the lab's page finds the panel open that the talk itself has opened.
        assert_eq!(Talk::of(&LabContext::Page, Panel::Load), Talk::Whole);
    }

    #[test]
    fn the_room_has_seen_the_finding_before_the_load_and_takes_the_code_home() {
        for talk in [Talk::Whole, Talk::Load] {
            let steps = talk.steps();
            let place = |beat: &str| steps.split("; ").position(|step| step.trim().starts_with(beat));
            assert!(place("reveal finding").is_some() && place("reveal finding") < place("part curve"), "{talk:?}");
            assert!(place("qr").is_some(), "{talk:?}");
        }
    }
}
