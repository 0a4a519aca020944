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

/// The keys of a state whose values the lab did not take: `asked` is what the address says, `taken` what the lab made of it.
#[must_use]
pub fn not_taken(lab: LabId, asked: &Permalink, taken: &Permalink) -> Vec<String> {
    let defaults = LabInput::default_of(lab).pairs();
    let is_taken = |key: &str, value: &str| {
        let is_default = defaults.get(key).is_some_and(|default| same(default, value));
        let is_start = match key {
            // The one word that asks for the question; whatever else stands there is no word of ours.
            "show" => value == "question",
            "seed" => value.parse() == Ok(Seed::default().0),
            "preset" => lab == LabId::LatencyBudget && Preset::from_slug(value) == Some(Preset::default()),
            _ => false,
        };
        // A choice that links leave out as long as it is the first one.
        let is_unsaid = taken.get(key).is_none() && LabInput::of_pairs(lab, [(key, value)]) == Ok(LabInput::default_of(lab));
        is_default || is_start || is_unsaid || taken.get(key).is_some_and(|taken| same(taken, value))
    };
    let is_wrong = |(key, value): &(&str, &str)| if is_of_result(key) { !is_figure(key, value) } else { !is_taken(key, value) };
    asked.pairs().filter(is_wrong).map(|(key, _)| key.to_owned()).collect()
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

/// The same text, or the same number written otherwise.
fn same(one: &str, other: &str) -> bool {
    one == other || matches!((one.parse::<f64>(), other.parse::<f64>()), (Ok(one), Ok(other)) if one.to_bits() == other.to_bits())
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
        "<p role=\"status\">The address asks for what this lab does not have ({}); there it is as it starts.</p>",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn the_note_names_them_as_text() {
        assert_eq!(note(&[], &[]), "");
        let note = note(&["theme"], &["<b>".to_owned()]);
        assert!(note.contains("(theme, &lt;b&gt;)"), "{note}");
    }
}
