//! The exercise: three choices that a free list leaves open, judged by tests that run in the worker. The tests' code is not on the page.

use super::super::{
    carried::{Carried, Key},
    watch::Watcher,
};
use crate::{
    components::controls::Choice,
    labs::shared::alternative,
    markup::{Html, all, escaped},
};
use leptos::prelude::*;
use protocol::memory::{Fit, Judgement, MemoryQuestion, Merge, Policy, Split};

/// What is decided, as links write it: three names with a point between.
pub(super) const POLICY: Key<Policy> = Key {
    name: "policy",
    start: Policy::default,
    write: |policy| [policy.fit.slug(), policy.split.slug(), policy.merge.slug()].join("."),
    read: |text| {
        let mut names = text.split('.');
        Some(Policy {
            fit: Fit::from_slug(names.next()?)?,
            split: Split::from_slug(names.next()?)?,
            merge: Merge::from_slug(names.next()?)?,
        })
    },
};

/// Its beats on a stage: as it stands, then a choice at a time.
const ON_STAGE: &str = "press [data-action=judge] | test it as it stands; choose always [name=split] | the rest stays free; \
     choose both [name=merge] | neighbours join; choose first [name=fit] | the first that fits; press [data-action=judge] | test it again";

/// What is said in place of a verdict on other choices.
const CHANGED: &str = "You have decided otherwise since: test it again.";

/// What the tests said, as HTML.
fn draw(judgement: &Judgement) -> String {
    let items = all(&judgement.verdicts, |verdict| {
        let (class, word, why) = match &verdict.fault {
            None => ("is-right", "passed", String::new()),
            Some(fault) => ("is-wrong", "failed", format!("<br>{}", escaped(fault))),
        };
        format!("<li class=\"{class}\"><b>{word}:</b> {}{why}</li>", escaped(&verdict.test))
    });
    let passed = judgement.verdicts.iter().filter(|verdict| verdict.fault.is_none()).count();
    let sum = if judgement.is_passed() {
        "All tests pass. Another choice passes them, too: which, and what would you measure to decide between the two?".to_owned()
    } else {
        format!("{passed} of {} tests pass.", judgement.verdicts.len())
    };
    format!("<p>{sum}</p><ul class=\"judged\">{items}</ul>")
}

/// The choices, and what comes of them.
pub(super) fn view(decided: Carried<Policy>) -> AnyView {
    let (watcher, policy) = (Watcher::new(), decided.value());
    let choose_fit = move |slug: String| policy.update(|policy| policy.fit = Fit::from_slug(&slug).unwrap_or(policy.fit));
    let choose_split = move |slug: String| policy.update(|policy| policy.split = Split::from_slug(&slug).unwrap_or(policy.split));
    let choose_merge = move |slug: String| policy.update(|policy| policy.merge = Merge::from_slug(&slug).unwrap_or(policy.merge));
    let fits = Fit::ALL.map(|fit| alternative(fit.slug(), fit.label())).to_vec();
    let splits = Split::ALL.map(|split| alternative(split.slug(), split.label())).to_vec();
    let merges = Merge::ALL.map(|merge| alternative(merge.slug(), merge.label())).to_vec();
    let tested = RwSignal::new(None::<Policy>);
    let test = move |_| {
        let now = policy.get_untracked();
        tested.set(Some(now));
        watcher.ask(MemoryQuestion::Judge(now));
    };
    let said = Signal::derive(move || {
        // What was said holds for what was tested, and for nothing else.
        match tested.get() {
            None => return String::new(),
            Some(tested) if tested != policy.get() => return format!("<p>{CHANGED}</p>"),
            Some(_) => {}
        }
        let judged = watcher.judgement().with(|judgement| judgement.as_ref().map(draw));
        judged.unwrap_or_else(|| format!("<p>{}</p>", escaped(&watcher.status().get())))
    });
    view! {
        <form class="memory-watch exercise-policy needs-scripts" data-panel="" data-steps=ON_STAGE on:submit=move |event| event.prevent_default()>
            <h2 class="lab-part">"Exercise: decide"</h2>
            <p>"A free list leaves three things open. Decide them, then have your allocator tested. As it stands, it is correct and of little use."</p>
            <div class="toolbar">
                <Choice label="A request is served from" name="fit" options=Signal::stored(fits)
                    value=Signal::derive(move || policy.get().fit.slug().to_owned()) on_choose=choose_fit/>
                <Choice label="What is too much of a block" name="split" options=Signal::stored(splits)
                    value=Signal::derive(move || policy.get().split.slug().to_owned()) on_choose=choose_split/>
                <Choice label="A block that comes back" name="merge" options=Signal::stored(merges)
                    value=Signal::derive(move || policy.get().merge.slug().to_owned()) on_choose=choose_merge/>
            </div>
            <div class="row"><button type="button" data-action="judge" on:click=test>"Test it"</button></div>
            <div role="status"><Html class="judgement" html=said/></div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{super::super::carried::is_brought_back, *};
    use protocol::memory::Verdict;

    #[test]
    fn a_link_brings_the_decision_back() {
        let all = Fit::ALL.into_iter().flat_map(|fit| {
            let merged = move |split| Merge::ALL.map(|merge| Policy { fit, split, merge });
            Split::ALL.into_iter().flat_map(merged)
        });
        assert!(is_brought_back(&POLICY, all));
        assert_eq!((POLICY.read)("first.always"), None);
    }

    #[test]
    fn a_failed_test_says_why_and_what_it_says_is_text() {
        let verdict = |fault: Option<&str>| Verdict { test: "a < b".to_owned(), fault: fault.map(str::to_owned) };
        let drawn = draw(&Judgement { verdicts: vec![verdict(None), verdict(Some("<b>"))] });
        assert!(drawn.contains("1 of 2 tests pass") && drawn.contains("&lt;b&gt;") && drawn.contains("a &lt; b"));
        assert!(draw(&Judgement { verdicts: vec![verdict(None)] }).contains("All tests pass"));
    }
}
