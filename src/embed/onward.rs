//! What a frame's link to the full lab carries, and which of its own address' values it could not take. It must never touch the browser, nor
//! carry a result to another input than the one that it was measured on.

use super::choice::{carries_result, is_of_result};
use crate::{markup::escaped, state::permalink::Permalink};
use budget::Preset;
use protocol::{LabId, LabInput, Seed};

/// What a frame shows.
pub struct Shown<'a> {
    /// Its state.
    pub link: &'a Permalink,
    /// The input of the run that is finished, if one is.
    pub ran: Option<LabInput>,
    /// What the frame started with.
    pub start: &'a Permalink,
}

/// The state behind the link to the full lab: with the reader's own result while that is of the present input, else with the one that a link has
/// brought while its input is the present one. `with_result` gives the state with what the lab shows.
#[must_use]
pub fn onward(lab: LabId, shown: &Shown<'_>, with_result: impl FnOnce() -> Permalink) -> Permalink {
    let Shown { link, ran, start } = shown;
    let input = input_of(lab, link);
    if *ran == Some(input) {
        return with_result();
    }
    let mut onward = (*link).clone();
    if ran.is_none() && input == input_of(lab, start) && carries_result(start) {
        for (key, value) in start.pairs().filter(|(key, _)| is_of_result(key)) {
            onward.set(key, value);
        }
    }
    onward
}

/// The input that a link stands for, as far as it names one.
fn input_of(lab: LabId, link: &Permalink) -> LabInput {
    let pairs = link.pairs().filter(|pair| LabInput::of_pairs(lab, [*pair]).is_ok());
    LabInput::of_pairs(lab, pairs).unwrap_or_else(|_| LabInput::default_of(lab))
}

/// The keys of a state whose values the lab did not take: `asked` is what the address says, `taken` what the lab made of it. Links leave out what
/// is as the lab starts, so that a value which is not in `taken` may be the usual one, said: where that cannot be told, nothing is named.
#[must_use]
pub fn not_taken(lab: LabId, asked: &Permalink, taken: &Permalink) -> Vec<String> {
    let is_taken =
        |key: &str, value: &str| taken.get(key).is_some() || is_start(lab, asked, key, value) || beside_input(lab).contains(&key);
    let is_wrong = |(key, value): &(&str, &str)| if is_of_result(key) { !is_figure(key, value) } else { !is_taken(key, value) };
    asked.pairs().filter(is_wrong).map(|(key, _)| key.to_owned()).collect()
}

/// Whether a value is what the lab starts with, as far as that is known outside its view.
fn is_start(lab: LabId, asked: &Permalink, key: &str, value: &str) -> bool {
    let is_own = match key {
        // The one word that asks for the question; whatever else stands there is no word of ours.
        "show" => value == "question",
        "seed" => value.parse() == Ok(Seed::default().0),
        _ => LabInput::of_pairs(lab, [(key, value)]) == Ok(LabInput::default_of(lab)),
    };
    is_own || (lab == LabId::LatencyBudget && is_start_of_budget(asked, key, value))
}

/// Of the budget's request, its preset and stages.
fn is_start_of_budget(asked: &Permalink, key: &str, value: &str) -> bool {
    if key == "preset" {
        return Preset::from_slug(value) == Some(Preset::default());
    }
    let preset = asked.get("preset").and_then(Preset::from_slug).unwrap_or_default();
    let stage = preset.stages().into_iter().find(|stage| stage.id.slug() == key);
    stage.is_some_and(|stage| value.parse().is_ok_and(|time: f64| time.to_bits() == stage.time.to_bits()))
}

/// The choices beside a lab's input that its links leave out while they are as the lab starts. What their values may be its view alone knows.
const fn beside_input(lab: LabId) -> &'static [&'static str] {
    match lab {
        LabId::LatencyBudget => &["panel", "cores", "arrivals"],
        LabId::Allocators => &["allocator", "policy", "own-allocator", "calls", "riddle"],
        LabId::Arena => &["program", "traced"],
        LabId::Clones => &["needless"],
        LabId::InteriorMutability | LabId::Pin => &["program"],
        LabId::Layout => &["machine", "fields"],
        LabId::Lifetimes => &["signature", "variance", "direction"],
        LabId::Serialization | LabId::Columns | LabId::Packets | LabId::ByteLens | LabId::Evolution | LabId::SelfTest => &[],
    }
}

/// Whether a value can be of a result: a time, or a median with its interval; or words, where it says where and when that was measured.
fn is_figure(key: &str, value: &str) -> bool {
    let parts: Option<Vec<f64>> =
        value.split(' ').map(|part| part.parse().ok().filter(|part: &f64| part.is_finite() && *part >= 0.0)).collect();
    match parts.as_deref() {
        Some([_]) => key == "r.json",
        Some([median, low, high]) => low <= median && median <= high,
        _ => ["r.on", "r.date"].contains(&key),
    }
}

/// The note of what an address asks for in vain; empty where there is nothing.
#[must_use]
pub fn note(of_query: &[&str], of_state: &[String]) -> String {
    // What stands there is of the address' maker: it is shown as text, and no novel of it.
    const MOST: usize = 12;
    let names: Vec<String> = of_query
        .iter()
        .copied()
        .chain(of_state.iter().map(String::as_str))
        .take(MOST)
        .map(|name| escaped(&name.chars().take(24).collect::<String>()).into_owned())
        .collect();
    if names.is_empty() {
        return String::new();
    }
    format!(
        "<p role=\"status\">These parts of the address mean nothing here and were left out: {}. The usual values hold instead.</p>",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::{LabContext, LabView, port::LabPort};
    use leptos::prelude::*;
    use protocol::load::Arriving;
    use std::path::Path;

    fn link(pairs: &[(&str, &str)]) -> Permalink {
        let mut link = Permalink::default();
        for (key, value) in pairs {
            link.set(*key, *value);
        }
        link
    }

    const SENT: (&str, &str) = ("r.t.serde-json.whole", "1e6 9e5 2e6");

    #[test]
    fn the_reader_s_own_result_goes_on_and_a_sent_one_while_its_input_stands() {
        let lab = LabId::Serialization;
        let (start, other) = (link(&[("payload", "mesh"), SENT]), link(&[("payload", "tree")]));
        let now = link(&[("payload", "mesh")]);
        let own = || link(&[("payload", "mesh"), ("r.t.serde-json.whole", "5 4 6")]);
        let shown = |link, ran| Shown { link, ran, start: &start };
        assert_eq!(onward(lab, &shown(&now, None), own), start);
        assert_eq!(onward(lab, &shown(&other, None), own), other);
        assert_eq!(onward(lab, &shown(&now, Some(input_of(lab, &now))), own), own());
        // What was run before the choice was changed is of another input.
        assert_eq!(onward(lab, &shown(&other, Some(input_of(lab, &now))), own), other);
    }

    #[test]
    fn a_value_that_no_lab_took_is_named_and_every_other_is_not() {
        let lab = LabId::Serialization;
        let taken = link(&[("payload", "mesh")]);
        let fine = link(&[("payload", "mesh"), ("size", "medium"), ("show", "question"), SENT, ("r.on", "Firefox 153, Linux")]);
        assert_eq!(not_taken(lab, &fine, &taken), Vec::<String>::new());
        let wrong =
            link(&[("payload", "mesh"), ("size", "huge"), ("show", "x"), ("later", "1"), ("r.t.serde-json.whole", "2 3 1")]);
        assert_eq!(not_taken(lab, &wrong, &taken), ["later", "r.t.serde-json.whole", "show", "size"]);
        let budget = link(&[("network", "200.0"), ("guess", "61")]);
        assert_eq!(not_taken(LabId::LatencyBudget, &budget, &link(&[("network", "200"), ("guess", "61")])), Vec::<String>::new());
        assert_eq!(not_taken(LabId::LatencyBudget, &budget, &link(&[("guess", "61")])), ["network"]);
    }

    /// What a lab makes of a state, in its own words.
    fn taken_by(lab: LabId, asked: &Permalink) -> Permalink {
        Owner::new().with(|| {
            let port = LabPort::default();
            provide_context(port);
            let context = LabContext::Embed(asked.clone(), None);
            let _drawn = view! { <LabView lab context/> };
            port.labs().with_untracked(|labs| labs[0].link.get_untracked())
        })
    }

    fn named(lab: LabId, pairs: &[(&str, &str)]) -> Vec<String> {
        let asked = link(pairs);
        not_taken(lab, &asked, &taken_by(lab, &asked))
    }

    #[test]
    fn no_value_that_a_lab_starts_with_is_named_though_its_links_leave_it_out() {
        let none = Vec::<String>::new();
        for lab in LabId::ALL.into_iter().filter(|lab| lab.is_listed()) {
            let pairs = LabInput::default_of(lab).pairs();
            let seed = Seed::default().0.to_string();
            let said: Vec<_> = pairs.iter().map(|(key, value)| (&**key, &**value)).chain([("seed", &*seed)]).collect();
            assert_eq!(named(lab, &said), none, "{lab:?}");
        }
        let budget = [
            ("preset", "roadmap"),
            ("network", "40"),
            ("logic", "30.0"),
            ("panel", "why"),
            ("cores", "4"),
            ("arrivals", Arriving::default().slug()),
        ];
        assert_eq!(named(LabId::LatencyBudget, &budget), none);
        assert_eq!(named(LabId::LatencyBudget, &[("preset", "web-api"), ("network", "500000"), ("database", "150000")]), none);
        assert_eq!(named(LabId::Arena, &[("order", "breadth"), ("traced", "100"), ("program", "bump-std-vec")]), none);
        assert_eq!(named(LabId::Lifetimes, &[("variance", ""), ("direction", "0")]), none);
    }

    #[test]
    fn what_a_lab_cannot_understand_is_named_and_what_it_bounds_is_not() {
        let budget = [
            ("network", "much"),
            ("logic", "1e9"),
            ("database", "3"),
            ("guess", "500"),
            ("rate", "-1"),
            ("panel", "table"),
            ("later", "1"),
        ];
        assert_eq!(named(LabId::LatencyBudget, &budget), ["database", "later", "network", "rate"]);
        assert_eq!(
            named(LabId::Arena, &[("nodes", "7"), ("degree", "99"), ("program", "arena"), ("later", "1")]),
            ["degree", "later", "nodes"]
        );
        assert_eq!(named(LabId::Layout, &[("type", "u8"), ("machine", "moon"), ("typo", "u8")]), ["typo"]);
        assert_eq!(named(LabId::Pin, &[("program", "x"), ("traced", "100")]), ["traced"]);
    }

    /// The labs' views know more than this module: of a choice that one of them gets, it must know the name.
    #[test]
    fn every_choice_that_a_memory_lab_s_links_may_leave_out_is_known() {
        fn sources(folder: &Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    sources(&path, found);
                } else {
                    found.push(std::fs::read_to_string(path).unwrap());
                }
            }
        }
        let mut all = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/labs/memory"), &mut all);
        let names: Vec<&str> = all
            .iter()
            .flat_map(|source| source.split("Key {").skip(1))
            .filter_map(|key| key.trim_start().strip_prefix("name: \"")?.split('"').next())
            .collect();
        assert!(names.len() > 10, "they are written otherwise now: {names:?}");
        let known: Vec<&str> = LabId::ALL.into_iter().flat_map(beside_input).copied().collect();
        let unknown: Vec<&&str> = names.iter().filter(|name| !known.contains(*name)).collect();
        assert!(unknown.is_empty(), "`beside_input` lacks {unknown:?}");
    }

    #[test]
    fn the_note_names_them_as_text() {
        assert_eq!(note(&[], &[]), "");
        let note = note(&["theme"], &["<b>".to_owned()]);
        assert!(note.contains(": theme, &lt;b&gt;."), "{note}");
    }
}
