//! The byte lens: a record in a form, its bytes in five formats, how each reader gets at a field, and what a broken byte does.

mod draw;
mod form;
mod state;

use super::super::{
    LabContext,
    results::Results,
    times_lab::{Counted, Parts, TimesLab},
};
use crate::{
    app::manifest,
    components::controls::Choice,
    embed::picture::PictureData,
    engine::{AskStage, Asker, Run, Runner},
    labs::shared::alternative,
    markup::{Html, dynamic, escaped},
    state::permalink::Permalink,
};
use form::RecordForm;
use leptos::{ev, prelude::*};
use protocol::{
    Answer, FactKind, LabId, LabInput, Question, Recording,
    lens::{Field, Format, LensAnswer, LensInput},
};
use state::{Breaking, Looking, input_of, link_of};
use units::Nanos;
use wasm_bindgen::JsCast;
use web_sys::Element;

const LAB: TimesLab = TimesLab {
    lab: LabId::ByteLens,
    contenders: LabId::ByteLens.contenders(),
    takes_part: |_| LabId::ByteLens.contenders().to_vec(),
    axis: "",
    facts: &[
        (FactKind::WireBytes, "bytes"),
        (FactKind::TouchedBytes, "bytes looked at"),
        (FactKind::CopiedBytes, "bytes copied"),
        (FactKind::Allocations, "allocations"),
    ],
    per: |_| 1.0,
    words: |input| format!("one record, read for its {}", lens(input).field.slug()),
    finding,
    remark: |_| None,
    small_print: "Counted, not timed: the figures follow from the record and are the same on every device.",
    illustration: |_| String::new(),
    link: |input| link_of(lens(input)),
};

/// Its beats on a stage: a reader's way through the bytes, then another's whole way, then what readers say of damage.
const ON_STAGE: &str = "part read | how a reader gets at a field; \
    walk [data-action=step] back [data-action=step-back] | the reader’s next step; \
    choose flatbuffers [name=lens-format] | all that FlatBuffers’ reader does; choose json [name=lens-format] | all that JSON’s reader does; \
    part break | break it; choose flip [name=damage] | one bit turned over; move 33 [name=at] | a bit of the price; \
    choose rkyv [name=lens-format] | the same byte of rkyv; move 53 [name=at] | a bit of a length; ";

/// How long an answer may take: it takes a millisecond or two.
const DEADLINE: Nanos = Nanos(10e9);

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::ByteLens(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn ByteLens(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let choices = view! { <RecordForm input/> }.into_any();
    let parts = Parts { counted: Box::new(move |runner| counted(runner, input)), beats: ON_STAGE, ..Parts::plain(LAB, choices) };
    LAB.view(&context, (&link, link_error), Signal::derive(move || LabInput::ByteLens(input.get())), parts, move |link| {
        input.set(input_of(&link));
    })
}

fn lens(input: LabInput) -> LensInput {
    match input {
        LabInput::ByteLens(input) => input,
        // This lab makes no other input.
        _ => LensInput::default(),
    }
}

fn finding(results: Option<&Results>) -> String {
    let sizes = Format::ALL.iter().filter_map(|format| {
        let bytes = results?.fact(format.contender(), FactKind::WireBytes)?;
        Some(format!("{} {bytes}", format.label()))
    });
    let sizes: Vec<String> = sizes.collect();
    if sizes.is_empty() {
        "Press Run: the record is encoded by five libraries, and every byte is explained.".to_owned()
    } else {
        format!("The same record in bytes: {}.", sizes.join(", "))
    }
}

/// Asks from the first run on, whenever something changes, and draws the answer.
fn counted(runner: Runner, input: RwSignal<LensInput>) -> Counted {
    let asker = Asker::new(manifest(), DEADLINE);
    let looking = RwSignal::new(Looking::default());
    let lit = RwSignal::new(None::<String>);
    let question = Memo::new(move |_| looking.get().question(input.get()));
    // A run goes through many stages; only that there is one matters here, and whether it is a new one.
    let run = Memo::new(move |_| runner.run().with(|run| run.as_ref().map(Run::id)));
    Effect::new(move |_| {
        let has_run = run.get().is_some();
        let question = question.get();
        if has_run {
            asker.ask(Question::ByteLens(question));
        }
    });
    let answer = Memo::new(move |_| {
        run.get()?;
        asker.asking().with(|asking| match asking.answer.as_deref() {
            Some(Answer::ByteLens(answer)) => Some(answer.clone()),
            _ => None,
        })
    });
    let is_current = Memo::new(move |_| asker.asking().with(|asking| asking.current().is_some()));
    let facts = Signal::derive(move || answer.with(|answer| answer.as_ref().filter(|_| is_current.get()).map(LensAnswer::facts)));
    Counted { facts, details: details(asker, answer, looking, lit) }
}

fn details(asker: Asker, answer: Memo<Option<LensAnswer>>, looking: RwSignal<Looking>, lit: RwSignal<Option<String>>) -> AnyView {
    let views = Signal::derive(move || {
        let looking = looking.get();
        answer.with(|answer| answer.as_ref().map(|answer| all_views(answer, looking)).unwrap_or_default())
    });
    let of_answer = move |draw: fn(&LensAnswer, Looking) -> String| {
        Signal::derive(move || {
            answer.with(|answer| answer.as_ref().map(|answer| draw(answer, looking.get())).unwrap_or_default())
        })
    };
    let failed = Signal::derive(move || {
        asker.asking().with(|asking| match &asking.stage {
            AskStage::Failed(failure) => {
                format!("<p role=\"status\"><b>No answer: </b>{}. {}</p>", escaped(&failure.to_string()), failure.what_next())
            }
            _ => String::new(),
        })
    });
    let over = move |event: ev::MouseEvent| {
        if let Some(field) = field_at(&event) {
            lit.set(Some(field));
        }
    };
    let pressed = move |event: ev::MouseEvent| {
        let at = element(&event).and_then(|one| one.closest("[data-at]").ok().flatten()?.get_attribute("data-at")?.parse().ok());
        if let Some(at) = at {
            looking.update(|looking| looking.at = at);
        }
    };
    let keys = Field::ALL.map(|field| {
        let slug = field.slug();
        view! {
            <button type="button" class=format!("lens-key f-{slug}") data-field=slug aria-pressed=dynamic(move || lit.with(|lit| lit.as_deref() == Some(slug)).to_string())
                on:click=move |_| lit.set(Some(slug.to_owned()))
                on:focus=move |_| lit.set(Some(slug.to_owned()))>{slug}</button>
        }
    });
    view! {
        <div class="lens" hidden=dynamic(move || answer.with(Option::is_none)) data-lit=dynamic(move || lit.get().unwrap_or_default()) on:mouseover=over on:click=pressed>
            <div class="lens-keys" role="group" aria-label="Show a field in every format">{keys.into_iter().collect::<Vec<_>>()}</div>
            <Html class="lens-formats" html=views/>
            <div data-part="read" data-screen="">
                <h3>"Read it: how a reader gets at the field"</h3>
                <div class="toolbar">{format_choice(answer, looking)}</div>
                {stepping(answer, looking)}
                <Html class="lens-reading" html=of_answer(steps)/>
            </div>
            <div data-part="break" data-screen="">
                <h3>"Break it: what readers say of damaged bytes"</h3>
                {breaking(looking)}
                <Html class="lens-broken" html=of_answer(|answer, _| answer.damaged.as_ref().map(draw::damaged).unwrap_or_default())/>
                <p class="small-print">
                    "Unvalidated access is not run on damaged bytes: what it would look at is computed with every bound checked. Where it would look outside of the archive, or take bytes for a value that its type does not have, Rust promises nothing about what happens next."
                </p>
            </div>
            <h3>"The same archive at sixteen places"</h3>
            <Html class="lens-places" html=of_answer(|answer, _| draw::places(&answer.places))/>
        </div>
        <Html class="failures" html=failed/>
    }
    .into_any()
}

fn all_views(answer: &LensAnswer, looking: Looking) -> String {
    let step = looking.step_in(answer);
    crate::markup::all(&answer.views, |view| {
        let is_read = view.format == looking.format;
        let now = view.steps.get(step).filter(|_| is_read);
        // The one that is read is marked: on a stage it is the only one that is shown.
        let mark = if is_read { " data-read" } else { "" };
        format!("<section data-format=\"{}\"{mark}>{}</section>", view.format.slug(), draw::format(view, now))
    })
}

fn steps(answer: &LensAnswer, looking: Looking) -> String {
    let view = answer.views.iter().find(|view| view.format == looking.format);
    view.map(|view| draw::steps(view, looking.step_in(answer))).unwrap_or_default()
}

/// Forth and back through the steps, and the counter.
fn stepping(answer: Memo<Option<LensAnswer>>, looking: RwSignal<Looking>) -> AnyView {
    let go = move |by: isize| {
        let at = answer.with_untracked(|answer| answer.as_ref().map_or(0, |answer| looking.get_untracked().step_in(answer)));
        looking.update(|looking| looking.step = at.saturating_add_signed(by));
    };
    let place = Memo::new(move |_| {
        let looking = looking.get();
        answer.with(|answer| answer.as_ref().map(|answer| looking.place_in(answer)).unwrap_or_default())
    });
    let counter = dynamic(move || {
        let looking = looking.get();
        answer.with(|answer| {
            let answer = answer.as_ref()?;
            let view = answer.views.iter().find(|view| view.format == looking.format)?;
            Some(draw::counter(view, looking.step_in(answer)))
        })
    });
    view! {
        <div class="row">
            <button type="button" class="quiet" data-action="step-back" disabled=dynamic(move || place.get().is_first()) on:click=move |_| go(-1)>"Step back"</button>
            <button type="button" class="quiet" data-action="step" disabled=dynamic(move || place.get().is_last()) on:click=move |_| go(1)>"Next step"</button>
        </div>
        <p class="lens-counter" role="status">{counter}</p>
    }
    .into_any()
}

fn format_choice(answer: Memo<Option<LensAnswer>>, looking: RwSignal<Looking>) -> AnyView {
    let options = Format::ALL.map(|format| alternative(format.slug(), format.label())).to_vec();
    let choose = move |slug: String| {
        if let Some(format) = Format::ALL.into_iter().find(|format| format.slug() == slug) {
            answer.with_untracked(|answer| looking.update(|looking| looking.read(format, answer.as_ref())));
        }
    };
    let value = Signal::derive(move || looking.get().format.slug().to_owned());
    view! { <Choice label="Format to read and to break" name="lens-format" options=Signal::stored(options) value on_choose=choose/> }.into_any()
}

fn breaking(looking: RwSignal<Looking>) -> AnyView {
    let options = Breaking::ALL.map(|one| alternative(one.slug(), one.label())).to_vec();
    let choose = move |slug: String| {
        if let Some(breaking) = Breaking::ALL.into_iter().find(|one| one.slug() == slug) {
            looking.update(|looking| looking.breaking = breaking);
        }
    };
    let value = Signal::derive(move || looking.get().breaking.slug().to_owned());
    let at = form::number("At byte", "at", Signal::derive(move || u64::from(looking.get().at)), move |at| {
        looking.update(|looking| looking.at = u32::try_from(at).unwrap_or(looking.at));
    });
    let byte = form::number("Value, 0 to 255", "value", Signal::derive(move || u64::from(looking.get().value)), move |value| {
        looking.update(|looking| looking.value = u8::try_from(value).unwrap_or(looking.value));
    });
    view! {
        <div class="toolbar">
            <Choice label="Damage" name="damage" options=Signal::stored(options) value on_choose=choose/>
            {at}{byte}
        </div>
    }
    .into_any()
}

fn element(event: &ev::MouseEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The field whose bytes the pointer is over.
fn field_at(event: &ev::MouseEvent) -> Option<String> {
    element(event)?.closest("[data-field]").ok()??.get_attribute("data-field").filter(|field| !field.is_empty())
}
