//! Results beside each other: bars with intervals for each figure that several of them have, the same as a table, and the question they raise.

use super::pasted::{Pasted, PastedError};
use crate::{
    components::table::TableData,
    instruments::{
        bars::{interval_text, time_text},
        scale::{Scale, whisker},
    },
    labs::compared::{Compared, What},
    markup::{all, escaped},
};
use protocol::{Contender, LabId};
use units::{Interval, significant};

/// Everything that is shown of a pasted text, as HTML.
#[must_use]
pub fn draw(pasted: &Pasted) -> String {
    let faults = all(&pasted.faults, |(number, error)| fault(*number, *error));
    let faults = if faults.is_empty() { String::new() } else { format!("<ul class=\"failure\">{faults}</ul>") };
    // Labs in the order in which they were pasted.
    let mut labs: Vec<LabId> = Vec::new();
    for (_, result) in &pasted.results {
        if !labs.contains(&result.lab) {
            labs.push(result.lab);
        }
    }
    let drawn = all(labs, |lab| {
        let results: Vec<(usize, &Compared)> =
            pasted.results.iter().filter(|(_, result)| result.lab == lab).map(|(number, result)| (*number, result)).collect();
        draw_lab(lab, &results)
    });
    format!("{faults}{drawn}")
}

/// What is said of a pasted text, once.
#[must_use]
pub fn summary(pasted: &Pasted) -> String {
    let count = |count: usize, one: &str, many: &str| match count {
        0 => String::new(),
        1 => format!("1 {one}. "),
        count => format!("{count} {many}. "),
    };
    let read = count(pasted.results.len(), "result", "results beside each other");
    let failed = count(pasted.faults.len(), "could not be read", "could not be read");
    format!("{read}{failed}").trim_end().to_owned()
}

fn fault(number: usize, error: PastedError) -> String {
    format!("<li><b>No. {number}:</b> {}.</li>", escaped(&error.to_string()))
}

fn draw_lab(lab: LabId, results: &[(usize, &Compared)]) -> String {
    let mut whats: Vec<What> = Vec::new();
    for (what, ..) in results.iter().flat_map(|(_, result)| &result.figures) {
        if !whats.contains(what) {
            whats.push(*what);
        }
    }
    let places = all(results, |(number, result)| {
        let place = if result.place.is_empty() { "a device that the link does not name" } else { &result.place };
        format!("<li value=\"{number}\">{}{}</li>", escaped(place), choices(result))
    });
    let is_mixed = results.iter().any(|(_, result)| result.choices != results[0].1.choices);
    let warning = if is_mixed {
        "<p class=\"link-note\">These results are of different choices: what differs below may come from that, and not from the device.</p>"
    } else {
        ""
    };
    let figures = all(&whats, |what| draw_what(*what, lab, results));
    format!(
        "<section class=\"side\" data-side=\"{}\"><h3>{}</h3>{warning}<ol class=\"side-places\">{places}</ol>{figures}{}{}</section>",
        lab.slug(),
        lab.title(),
        table(lab, results, &whats).draw(),
        question(lab, results),
    )
}

fn choices(result: &Compared) -> String {
    let words: Vec<String> = result.choices.iter().map(|(key, value)| format!("{key} {value}")).collect();
    if words.is_empty() { String::new() } else { format!(" <span class=\"faint\">({})</span>", escaped(&words.join(", "))) }
}

fn draw_what(what: What, lab: LabId, results: &[(usize, &Compared)]) -> String {
    let groups = all(lab.contenders(), |contender| {
        let found: Vec<(usize, Interval)> =
            results.iter().filter_map(|(number, result)| Some((*number, result.figure(what, *contender)?))).collect();
        draw_contender(what, *contender, &found)
    });
    format!("<div class=\"side-group\" aria-hidden=\"true\"><p class=\"group-title\">{}</p>{groups}</div>", title(what))
}

fn draw_contender(what: What, contender: Contender, found: &[(usize, Interval)]) -> String {
    if found.is_empty() {
        return String::new();
    }
    // Each contender has an axis of its own: what is compared is one figure across devices.
    let scale = Scale::to(match what {
        What::Length => 100.0,
        What::Ratio(_) | What::Time(_) => found.iter().map(|(_, one)| one.high).fold(0.0, f64::max) * 1.05,
    });
    let bars = all(found, |(number, figure)| {
        format!(
            "<div class=\"side-row\"><span>{number}</span><svg class=\"bar-plot\" width=\"100%\" height=\"20\" focusable=\"false\">\
             <rect class=\"segment slice\" x=\"0\" y=\"3\" height=\"14\" width=\"{:.3}%\"/>{}</svg><span class=\"bar-value\">{}</span></div>",
            scale.percent(figure.median),
            whisker(scale, *figure, "10"),
            value_text(what, *figure),
        )
    });
    format!(
        "<div class=\"bar-group is-recorded tone-{}\"><p class=\"bar-label\">{}</p>{bars}</div>",
        contender.slug(),
        escaped(contender.label())
    )
}

fn table(lab: LabId, results: &[(usize, &Compared)], whats: &[What]) -> TableData {
    let head = std::iter::once("Figure".to_owned()).chain(results.iter().map(|(number, _)| format!("No. {number}"))).collect();
    let mut rows = Vec::new();
    for what in whats {
        for contender in lab.contenders() {
            let cells: Vec<Option<Interval>> = results.iter().map(|(_, result)| result.figure(*what, *contender)).collect();
            if cells.iter().any(Option::is_some) {
                let name = format!("{}, {}", contender.label(), title(*what));
                let cell = |cell: &Option<Interval>| {
                    cell.map_or_else(
                        || "–".to_owned(),
                        |figure| format!("{} ({})", value_text(*what, figure), range_text(*what, figure)),
                    )
                };
                rows.push(std::iter::once(name).chain(cells.iter().map(cell)).collect());
            }
        }
    }
    TableData { caption: format!("{}: medians with 95 % intervals", lab.title()), head, rows }
}

/// What a group of figures is called.
fn title(what: What) -> String {
    match what {
        What::Length => "length of the request, today’s being 100".to_owned(),
        What::Ratio(phase) => format!("{}: time over the first contender’s", phase.label()),
        What::Time(phase) => format!("{}: time", phase.label()),
    }
}

fn value_text(what: What, figure: Interval) -> String {
    match what {
        What::Time(_) => time_text(figure),
        What::Ratio(_) | What::Length => significant(figure.median),
    }
}

fn range_text(what: What, figure: Interval) -> String {
    match what {
        What::Time(_) => interval_text(figure),
        What::Ratio(_) | What::Length => format!("{} to {}", significant(figure.low), significant(figure.high)),
    }
}

/// The question for the class, asked only of what it is true of.
fn question(lab: LabId, results: &[(usize, &Compared)]) -> String {
    if results.len() < 2 {
        return "<p class=\"faint\">Paste a second result of this lab to compare it with.</p>".to_owned();
    }
    let (ask, answer) = match lab {
        LabId::LatencyBudget => (
            "Why do the ratios differ, and the lengths agree?",
            "The ratio of two formats is a property of a processor, a browser and a payload, so each device has its own. The request’s length \
             is the stages that no format touches plus a slice that shrinks with the ratio: whether a slice of 30 becomes 2 or 1, the request \
             is 72 or 71. The smaller the slice already is, the less its ratio matters.",
        ),
        _ => (
            "Why do the times differ more than the ratios?",
            "A faster device does everything faster, so times of different devices say little. A ratio sets two designs on one device against \
             each other and cancels what they share; what is left differs where caches, allocators or browsers treat the designs differently.",
        ),
    };
    format!("<details class=\"side-question\"><summary>{ask}</summary><p>{answer}</p></details>")
}

#[cfg(test)]
#[path = "side_tests.rs"]
mod tests;
