//! The clones lab: one text kept five ways, timed; below, what each stage copied, and a program of owners to step through.

mod asked;
mod draw;
mod pick;

use super::super::{
    LabContext,
    results::{Results, times_as_fast},
    shared::{alternative, grouped, seed_of},
    times_lab::{Parts, TimesLab},
};
use super::carried::Carried;
use crate::{components::controls::Choice, embed::picture::PictureData, state::permalink::Permalink};
use leptos::prelude::*;
use protocol::{Changed, ClonesInput, Contender, FactKind, LabId, LabInput, Phase, Recording, clones::ClonesQuestion};
use units::Bytes;

const LAB: TimesLab = TimesLab {
    lab: LabId::Clones,
    contenders: LabId::Clones.contenders(),
    takes_part: |_| LabId::Clones.contenders().to_vec(),
    axis: "time for the whole text, from 0",
    facts: &[
        (FactKind::Allocations, "allocations"),
        (FactKind::CopiedBytes, "bytes of text copied"),
        (FactKind::PeakBytes, "peak bytes"),
    ],
    per: |_| 1.0,
    words: |input| {
        let ClonesInput { lines, changed } = clones_input(input);
        format!("{} lines, {}", grouped(lines), changed.label())
    },
    finding,
    remark,
    small_print: "Measured in your browser’s Wasm, not on a server. A counting allocator takes part, alike for all. Without threads, Wasm’s atomic \
                  additions are plain ones: natively, Arc costs more than Rc.",
    illustration: |_| String::new(),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), ClonesInput::default(), clones_input(input));
        link.set_unless("lines", now.lines, start.lines, u32::to_string);
        link.set_unless("changed", now.changed, start.changed, |changed| changed.slug().to_owned());
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Clones(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Clones(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let seed = RwSignal::new(seed_of(&link));
    let lengths = ClonesInput::LINES.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let changes = Changed::ALL.map(|changed| alternative(changed.slug(), changed.label())).to_vec();
    let choose_length = move |text: String| input.update(|input| input.lines = text.parse().unwrap_or(input.lines));
    let choose_changed = move |slug: String| {
        if let Some(changed) = Changed::from_slug(&slug) {
            input.update(|input| input.changed = changed);
        }
    };
    let choices = view! {
        <Choice label="Lines" name="lines" options=Signal::stored(lengths) value=Signal::derive(move || input.get().lines.to_string())
            on_choose=choose_length/>
        <Choice label="Put into lower case" name="changed" options=Signal::stored(changes)
            value=Signal::derive(move || input.get().changed.slug().to_owned()) on_choose=choose_changed/>
    };
    let now = Signal::derive(move || LabInput::Clones(input.get()));
    let question = Signal::derive(move || ClonesQuestion { input: input.get(), seed: seed.get() });
    let picked = Carried::of_link(&pick::PICK, &link);
    let parts = Parts { beside: picked.link(), ..Parts::plain(LAB, choices.into_any()) };
    let lab = LAB.view(&context, (&link, link_error), now, parts, move |link| {
        input.set(input_of(&link));
        seed.set(seed_of(&link));
        picked.open(&link);
    });
    view! {
        {lab}
        {asked::view(question, picked)}
    }
}

fn clones_input(input: LabInput) -> ClonesInput {
    match input {
        LabInput::Clones(input) => input,
        // This lab makes no other input.
        _ => ClonesInput::default(),
    }
}

/// The input that a link stands for: one of the offered lengths, else the default.
fn input_of(link: &Permalink) -> ClonesInput {
    let start = ClonesInput::default();
    let lines = link.get("lines").and_then(|text| text.parse().ok()).filter(|count| ClonesInput::LINES.contains(count));
    ClonesInput {
        lines: lines.unwrap_or(start.lines),
        changed: link.get("changed").and_then(Changed::from_slug).unwrap_or(start.changed),
    }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: the same text goes its way as String, &str, Cow, Rc and Arc.".to_owned();
    };
    let of = |contender| results.ratio(contender, Phase::Whole);
    let (Some(borrowed), Some(cow), Some(rc)) = (of(Contender::TextBorrowed), of(Contender::TextCow), of(Contender::TextRc))
    else {
        return "Measuring.".to_owned();
    };
    format!("Against String: &str {}; Cow {}; Rc {}.", times_as_fast(borrowed), times_as_fast(cow), times_as_fast(rc))
}

/// What was counted.
fn remark(results: &Results) -> Option<String> {
    let copied = |contender| results.fact(contender, FactKind::CopiedBytes).map(Bytes);
    Some(format!(
        "Text copied on the way: {} as String, {} as Cow, {} behind Rc.",
        copied(Contender::TextOwned)?,
        copied(Contender::TextCow)?,
        copied(Contender::TextRc)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_what_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("lines", "12345");
        link.set("changed", "all");
        assert_eq!(input_of(&link), ClonesInput { lines: 10_000, changed: Changed::All });
        let input = LabInput::Clones(ClonesInput { lines: 1_000, changed: Changed::None });
        assert_eq!(LabInput::Clones(input_of(&(LAB.link)(input))), input);
    }
}
