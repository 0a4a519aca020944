//! Schema evolution: a matrix of outcomes, each of which opens to what was written, the bytes, and what was read.

use super::super::{
    LabContext,
    results::Results,
    times_lab::{Counted, Parts, TimesLab},
};
use crate::{
    app::manifest,
    components::controls::Choice,
    embed::picture::PictureData,
    engine::{Asker, Run, Runner},
    labs::shared::alternative,
    markup::{Html, all, dynamic, escaped},
    state::permalink::Permalink,
};
use leptos::{ev, prelude::*};
use protocol::{
    Answer, FactKind, LabId, LabInput, Question, Recording,
    evolution::{Cell, Change, Direction, EvolutionAnswer, EvolutionInput, Outcome},
    lens::Format,
};
use units::Nanos;
use wasm_bindgen::JsCast;
use web_sys::Element;

const LAB: TimesLab = TimesLab {
    lab: LabId::Evolution,
    contenders: LabId::Evolution.contenders(),
    takes_part: |_| LabId::Evolution.contenders().to_vec(),
    axis: "",
    facts: &[
        (FactKind::Works, "works"),
        (FactKind::Defaults, "default"),
        (FactKind::Refusals, "error"),
        (FactKind::SilentlyWrong, "silently wrong"),
    ],
    per: |_| 1.0,
    words: |_| "six changes of a schema, each read both ways".to_owned(),
    finding,
    remark: |_| None,
    small_print: "Counted, not timed: every outcome is run, and is the same on every device. No type is prepared for the change: serde’s and rkyv’s have \
                  no attributes, Protocol Buffers’ and FlatBuffers’ fields keep their numbers as their guides ask.",
    illustration: |_| String::new(),
    link: |input| {
        let mut link = Permalink::default();
        link.set_unless("change", change(input), Change::default(), |change| change.slug().to_owned());
        link
    },
};

/// Its beats on a stage: the matrix, then readings that tell the formats apart.
const ON_STAGE: &str = "part matrix | every reading; part cell | one of them, opened; \
    press [data-cell='json removed old-reads-new'] back [data-cell='json added old-reads-new'] | a field is gone: JSON; \
    press [data-cell='protobuf removed old-reads-new'] back [data-cell='json removed old-reads-new'] | the same: Protocol Buffers; \
    press [data-cell='postcard reordered old-reads-new'] back [data-cell='protobuf removed old-reads-new'] | fields change places: postcard; \
    press [data-cell='protobuf widened old-reads-new'] back [data-cell='postcard reordered old-reads-new'] | a number gets more bits: Protocol Buffers; \
    press [data-cell='rkyv variant old-reads-new'] back [data-cell='protobuf widened old-reads-new'] | a variant comes: rkyv; ";

/// How long an answer may take: it takes a millisecond or two.
const DEADLINE: Nanos = Nanos(10e9);

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Evolution(EvolutionInput { change: change_of(link) }), recorded)
}

/// The lab.
#[component]
pub fn Evolution(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(change_of(&link));
    let options = Change::ALL.map(|change| alternative(change.slug(), change.label())).to_vec();
    let choose = move |slug: String| {
        if let Some(change) = Change::ALL.into_iter().find(|change| change.slug() == slug) {
            input.set(change);
        }
    };
    let value = Signal::derive(move || input.get().slug().to_owned());
    let choices =
        view! { <Choice label="What changes" name="change" options=Signal::stored(options) value on_choose=choose/> }.into_any();
    let parts = Parts { counted: Box::new(move |runner| counted(runner, input)), beats: ON_STAGE, ..Parts::plain(LAB, choices) };
    LAB.view(
        &context,
        (&link, link_error),
        Signal::derive(move || LabInput::Evolution(EvolutionInput { change: input.get() })),
        parts,
        move |link| input.set(change_of(&link)),
    )
}

const fn change(input: LabInput) -> Change {
    match input {
        LabInput::Evolution(input) => input.change,
        // This lab makes no other input.
        _ => Change::Added,
    }
}

fn change_of(link: &Permalink) -> Change {
    let slug = link.get("change");
    Change::ALL.into_iter().find(|change| Some(change.slug()) == slug).unwrap_or_default()
}

fn finding(results: Option<&Results>) -> String {
    let wrong = Format::ALL.iter().filter_map(|format| {
        let count = results?.fact(format.contender(), FactKind::SilentlyWrong)?;
        Some((format.label(), count))
    });
    let wrong: Vec<(&str, u64)> = wrong.collect();
    if wrong.is_empty() {
        return "Press Run: six changes of a schema are read by old and new readers, in five formats.".to_owned();
    }
    let words: Vec<String> = wrong.iter().map(|(format, count)| format!("{format} {count}")).collect();
    format!("Silently wrong, of 12 readings each: {}.", words.join(", "))
}

/// Asks once the reader has pressed Run; the answer is the same for every choice.
fn counted(runner: Runner, input: RwSignal<Change>) -> Counted {
    let asker = Asker::new(manifest(), DEADLINE);
    let chosen = RwSignal::new((Format::Json, Direction::OldReadsNew));
    let has_run = Memo::new(move |_| runner.run().with(|run| run.as_ref().map(Run::id)).is_some());
    Effect::new(move |_| {
        if has_run.get() {
            asker.ask(Question::Evolution);
        }
    });
    let answer = Memo::new(move |_| {
        has_run.get().then_some(())?;
        asker.asking().with(|asking| match asking.answer.as_deref() {
            Some(Answer::Evolution(answer)) => Some(answer.clone()),
            _ => None,
        })
    });
    let table = Signal::derive(move || {
        answer.with(|answer| answer.as_ref().map(|answer| matrix(answer, input.get(), chosen.get())).unwrap_or_default())
    });
    let opened = Signal::derive(move || {
        answer.with(|answer| answer.as_ref().and_then(|answer| opened(answer, input.get(), chosen.get())).unwrap_or_default())
    });
    let pressed = move |event: ev::MouseEvent| {
        let cell = event.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest("[data-cell]").ok()?);
        let Some(name) = cell.and_then(|cell| cell.get_attribute("data-cell")) else { return };
        if let Some((format, change, direction)) = cell_of(&name) {
            chosen.set((format, direction));
            input.set(change);
        }
    };
    let details = view! {
        <div class="evolution" hidden=dynamic(move || answer.with(Option::is_none)) on:click=pressed>
            <div data-part="matrix" data-screen=""><Html class="evolution-matrix" html=table/></div>
            <div data-part="cell" data-screen="" role="status"><Html class="evolution-cell" html=opened/></div>
        </div>
    };
    // What a run counts holds for every choice, so a change of it makes nothing stale.
    let facts = Signal::derive(move || answer.with(|answer| answer.as_ref().map(EvolutionAnswer::facts)));
    Counted { facts, details: details.into_any() }
}

fn name_of(format: Format, change: Change, direction: Direction) -> String {
    format!("{} {} {}", format.slug(), change.slug(), direction.slug())
}

fn cell_of(name: &str) -> Option<(Format, Change, Direction)> {
    let mut parts = name.split(' ');
    let (format, change, direction) = (parts.next()?, parts.next()?, parts.next()?);
    Some((
        Format::ALL.into_iter().find(|one| one.slug() == format)?,
        Change::ALL.into_iter().find(|one| one.slug() == change)?,
        Direction::ALL.into_iter().find(|one| one.slug() == direction)?,
    ))
}

/// The matrix: a row a change and direction, a column a format; every cell is a button.
fn matrix(answer: &EvolutionAnswer, change: Change, (format, direction): (Format, Direction)) -> String {
    let head = all(Format::ALL, |format| format!("<th scope=\"col\">{}</th>", format.label()));
    let rows = all(Change::ALL, |of| {
        all(Direction::ALL, |way| {
            let cells = all(Format::ALL, |by| {
                let cell = answer.cells.iter().find(|cell| (cell.format, cell.change, cell.direction) == (by, of, way));
                let outcome = cell.map_or(Outcome::Refused, |cell| cell.outcome);
                let is_open = (by, of, way) == (format, change, direction);
                format!(
                    "<td><button type=\"button\" data-cell=\"{}\" data-outcome=\"{}\" aria-pressed=\"{is_open}\">{}</button></td>",
                    name_of(by, of, way),
                    outcome.slug(),
                    outcome.label()
                )
            });
            format!("<tr><th scope=\"row\">{}: {}</th>{cells}</tr>", of.label(), way.label())
        })
    });
    format!(
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Outcomes\"><table><caption>What came of each reading; press one to open it</caption>\
         <thead><tr><th scope=\"col\">change</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

/// One reading, opened.
fn opened(answer: &EvolutionAnswer, change: Change, (format, direction): (Format, Direction)) -> Option<String> {
    let Cell { outcome, says, bytes, written, read, .. } =
        answer.cells.iter().find(|cell| (cell.format, cell.change, cell.direction) == (format, change, direction))?;
    let hex = bytes.0.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    let text: String =
        bytes.0.iter().map(|&byte| if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '·' }).collect();
    let read = read.as_ref().map_or_else(|| "nothing".to_owned(), |read| escaped(read).into_owned());
    Some(format!(
        "<h3>{}, {}, {}: {}</h3><p>{}.</p><dl><div><dt>written</dt><dd>{}</dd></div><div><dt>the {} bytes</dt><dd><code>{hex}</code><br><code>{}</code></dd></div>\
         <div><dt>read</dt><dd>{read}</dd></div></dl>",
        format.label(),
        change.label(),
        direction.label(),
        outcome.label(),
        escaped(says),
        escaped(written),
        bytes.0.len(),
        escaped(&text),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> EvolutionAnswer {
        let cell = |format, change, direction| Cell {
            format,
            change,
            direction,
            outcome: Outcome::Wrong,
            says: "<id>".to_owned(),
            bytes: vec![b'<', 7].into(),
            written: "id: 7".to_owned(),
            read: None,
        };
        let cells = Format::ALL.into_iter().flat_map(|format| {
            Change::ALL.into_iter().flat_map(move |change| Direction::ALL.map(|direction| cell(format, change, direction)))
        });
        EvolutionAnswer { cells: cells.collect() }
    }

    #[test]
    fn every_cell_is_a_button_that_is_found_again_and_one_is_open() {
        let html = matrix(&answer(), Change::Removed, (Format::Rkyv, Direction::NewReadsOld));
        assert_eq!(html.matches("<button").count(), 60);
        assert_eq!(html.matches("aria-pressed=\"true\"").count(), 1);
        for format in Format::ALL {
            for change in Change::ALL {
                for direction in Direction::ALL {
                    let name = name_of(format, change, direction);
                    assert!(html.contains(&format!("data-cell=\"{name}\"")));
                    assert_eq!(cell_of(&name), Some((format, change, direction)));
                }
            }
        }
        assert_eq!(cell_of("json"), None);
    }

    #[test]
    fn an_opened_cell_says_all_and_escapes_it() {
        let html = opened(&answer(), Change::Added, (Format::Json, Direction::OldReadsNew)).unwrap();
        for words in ["3c 07", "&lt;id&gt;", "silently wrong", "<dd>nothing</dd>"] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
}
