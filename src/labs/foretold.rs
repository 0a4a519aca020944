//! What the reader believes before a run: which contender will be fastest. It never holds a run up, and what comes of it is decided by intervals
//! alone.

use super::{LabContext, results::Results, shared::alternative};
use crate::components::{controls::Choice, provenance::Provenance};
use leptos::prelude::*;
use protocol::{Contender, LabInput, Phase};

/// A guess, and the one that the last run was started with: what is chosen afterwards foretells nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Foretold {
    chosen: Option<Contender>,
    of_run: Option<Contender>,
}

impl Foretold {
    /// Chooses by name; anything else is no guess.
    pub(super) fn choose(&mut self, slug: &str) {
        self.chosen = Contender::from_slug(slug);
    }

    /// A run begins.
    pub(super) const fn begin(&mut self) {
        self.of_run = self.chosen;
    }

    /// What the results of the reader's own run say of the guess, in one phase of it; none where there was none, or no such run.
    pub(super) fn judged(self, results: &Results, phase: Phase) -> Option<String> {
        let guess = self.of_run.filter(|_| results.provenance == Provenance::Live)?;
        results.time(guess, phase)?;
        let others: Vec<Contender> =
            results.times.iter().filter(|time| time.1 == phase && time.0 != guess).map(|time| time.0).collect();
        let median = |one: &Contender| results.time(*one, phase).map_or(f64::INFINITY, |time| time.median);
        let faster = others.iter().filter(|other| is_faster(results, **other, guess, phase));
        let what = if phase == Phase::Whole { String::new() } else { format!(" ({})", phase.label()) };
        let said = format!("You expected {} to be fastest{what}", guess.label());
        if let Some(fastest) = faster.min_by(|one, other| median(one).total_cmp(&median(other))) {
            return Some(format!("{said}: {} is faster, and its interval leaves no doubt.", fastest.label()));
        }
        let open: Vec<&str> =
            others.iter().filter(|other| !is_faster(results, guess, **other, phase)).map(|other| other.label()).collect();
        Some(if open.is_empty() {
            format!("{said}: it is, and every interval says so.")
        } else {
            format!("{said}: perhaps. The intervals do not tell it from {}.", open.join(", "))
        })
    }
}

/// Whether the interval of the ratio of two times excludes that `one` takes as long as `other`, or longer.
fn is_faster(results: &Results, one: Contender, other: Contender, phase: Phase) -> bool {
    results.against(one, other, phase).is_some_and(|ratio| ratio.high < 1.0)
        || results.against(other, one, phase).is_some_and(|ratio| ratio.low > 1.0)
}

/// Whether a lab asks: on its own page, and in a frame that shows the question first. A lesson has its own questions.
pub(super) fn is_asked(context: &LabContext, asks_first: bool) -> bool {
    match context {
        LabContext::Page => true,
        LabContext::Embed(..) => asks_first,
        LabContext::Lesson(_) => false,
    }
}

/// The select, among the contenders of the present input. A guess at one that takes no part any more is none.
pub(super) fn view(foretold: RwSignal<Foretold>, input: Signal<LabInput>, takes_part: fn(LabInput) -> Vec<Contender>) -> AnyView {
    let options = Signal::derive(move || {
        let contenders = takes_part(input.get()).into_iter().map(|one| alternative(one.slug(), one.label()));
        let none = match input.get().phases().first() {
            Some(phase) if *phase != Phase::Whole => format!("no guess ({})", phase.label()),
            _ => "no guess".to_owned(),
        };
        std::iter::once(alternative("", &none)).chain(contenders).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let chosen = foretold.get().chosen.filter(|chosen| takes_part(input.get()).contains(chosen));
        chosen.map(Contender::slug).unwrap_or_default().to_owned()
    });
    view! {
        <div class="foretold needs-scripts" data-step="predict">
            <Choice label="Which will be fastest?" name="foretold" options value
                on_choose=move |slug: String| foretold.update(|foretold| foretold.choose(&slug))/>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use units::Interval;

    const CLEAR: [(f64, f64); 3] = [(100.0, 1.0), (50.0, 1.0), (20.0, 1.0)];
    const BLURRED: [(f64, f64); 3] = [(100.0, 1.0), (21.0, 5.0), (20.0, 5.0)];
    const ALL: [Contender; 3] = [Contender::AllocDefault, Contender::AllocTalc, Contender::AllocBump];

    fn results(times: [(f64, f64); 3], provenance: Provenance) -> Results {
        let interval = |(median, half): (f64, f64)| Interval { median, low: median - half, high: median + half };
        let times: Vec<_> = ALL.into_iter().zip(times).map(|(one, time)| (one, Phase::Whole, interval(time))).collect();
        let ratio = |(median, half): (f64, f64)| interval((median / 100.0, half / 100.0));
        let ratios = times.iter().map(|(one, phase, time)| (*one, *phase, ratio((time.median, time.high - time.median))));
        Results { provenance, ratios: ratios.collect(), times, facts: Vec::new() }
    }

    fn judged(guess: &str, results: &Results) -> Option<String> {
        let mut foretold = Foretold::default();
        foretold.choose(guess);
        foretold.begin();
        foretold.judged(results, Phase::Whole)
    }

    #[test]
    fn a_winner_is_named_only_where_the_intervals_leave_no_doubt() {
        let clear = results(CLEAR, Provenance::Live);
        assert!(judged("alloc-bump", &clear).unwrap().ends_with("it is, and every interval says so."));
        assert!(judged("alloc-talc", &clear).unwrap().contains("ours: bump is faster"));
        assert!(judged("alloc-default", &clear).unwrap().contains("ours: bump is faster"));
        let blurred = results(BLURRED, Provenance::Live);
        assert!(judged("alloc-bump", &blurred).unwrap().ends_with("perhaps. The intervals do not tell it from talc."));
        assert!(judged("alloc-talc", &blurred).unwrap().contains("perhaps"));
    }

    #[test]
    fn nothing_is_said_without_a_guess_before_an_own_run() {
        let clear = results(CLEAR, Provenance::Live);
        assert_eq!(judged("", &clear), None);
        assert_eq!(judged("rc-refcell", &clear), None, "who takes no part");
        assert_eq!(judged("alloc-bump", &results(CLEAR, Provenance::Sent)), None);
        let mut late = Foretold::default();
        late.begin();
        late.choose("alloc-bump");
        assert_eq!(late.judged(&clear, Phase::Whole), None, "chosen after the run began");
    }

    #[test]
    fn a_lesson_has_questions_of_its_own() {
        let link = crate::state::permalink::Permalink::default;
        assert!(is_asked(&LabContext::Page, false));
        assert!(!is_asked(&LabContext::Lesson(link()), true));
        assert!(!is_asked(&LabContext::Embed(link(), None), false) && is_asked(&LabContext::Embed(link(), None), true));
    }
}
