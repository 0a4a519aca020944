//! The Pin lab: one future kept in five places, timed; below, programs of addresses to step through.

mod asked;
mod draw;

use super::super::{
    LabContext,
    results::{Results, times_as_fast},
    shared::{alternative, grouped},
    times_lab::{Parts, TimesLab},
};
use super::carried::Carried;
use crate::{components::controls::Choice, embed::picture::PictureData, state::permalink::Permalink};
use leptos::prelude::*;
use protocol::{Contender, FactKind, Keeps, LabId, LabInput, Phase, PinInput, Recording};
use units::Bytes;

const LAB: TimesLab = TimesLab {
    lab: LabId::Pin,
    contenders: LabId::Pin.contenders(),
    takes_part: |_| LabId::Pin.contenders().to_vec(),
    axis: "time for one future, from 0",
    facts: &[(FactKind::TouchedBytes, "bytes of one future"), (FactKind::Allocations, "allocations for all")],
    per: |input| f64::from(kept(input).futures),
    words: |input| {
        let PinInput { futures, keeps } = kept(input);
        format!("{} futures, each keeping {}: time for one", grouped(futures), keeps.label())
    },
    finding,
    remark,
    small_print: "Measured in your browser’s Wasm, not on a server. One future after the other is made, polled twice and dropped; all are polled by the same \
                  function, compiled by itself. The pin itself is no instruction: what differs is where the future lies, and who calls it.",
    illustration: |_| String::new(),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), PinInput::default(), kept(input));
        link.set_unless("futures", now.futures, start.futures, u32::to_string);
        link.set_unless("keeps", now.keeps, start.keeps, |keeps| keeps.slug().to_owned());
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Pin(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Pin(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let counts = PinInput::FUTURES.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let sizes = Keeps::ALL.map(|keeps| alternative(keeps.slug(), keeps.label())).to_vec();
    let choose_count = move |text: String| input.update(|input| input.futures = text.parse().unwrap_or(input.futures));
    let choose_size = move |slug: String| {
        if let Some(keeps) = Keeps::from_slug(&slug) {
            input.update(|input| input.keeps = keeps);
        }
    };
    let choices = view! {
        <Choice label="Futures" name="futures" options=Signal::stored(counts) value=Signal::derive(move || input.get().futures.to_string())
            on_choose=choose_count/>
        <Choice label="Each keeps" name="keeps" options=Signal::stored(sizes)
            value=Signal::derive(move || input.get().keeps.slug().to_owned()) on_choose=choose_size/>
    };
    let now = Signal::derive(move || LabInput::Pin(input.get()));
    let program = Carried::of_link(&asked::PROGRAM, &link);
    let parts = Parts { beside: program.link(), ..Parts::plain(LAB, choices.into_any()) };
    let lab = LAB.view(&context, (&link, link_error), now, parts, move |link| {
        input.set(input_of(&link));
        program.open(&link);
    });
    view! {
        {lab}
        {asked::view(program)}
    }
}

fn kept(input: LabInput) -> PinInput {
    match input {
        LabInput::Pin(input) => input,
        // This lab makes no other input.
        _ => PinInput::default(),
    }
}

/// The input that a link stands for: one of the offered numbers, else the default.
fn input_of(link: &Permalink) -> PinInput {
    let start = PinInput::default();
    let futures = link.get("futures").and_then(|text| text.parse().ok()).filter(|count| PinInput::FUTURES.contains(count));
    PinInput {
        futures: futures.unwrap_or(start.futures),
        keeps: link.get("keeps").and_then(Keeps::from_slug).unwrap_or(start.keeps),
    }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: one future, pinned on the stack, in a box of its own, and in a box that is used again.".to_owned();
    };
    let of = |contender| results.ratio(contender, Phase::Whole);
    let (Some(by_hand), Some(reused), Some(boxed), Some(hidden)) =
        (of(Contender::FutureByHand), of(Contender::FutureReused), of(Contender::FutureBoxed), of(Contender::FutureDyn))
    else {
        return "Measuring.".to_owned();
    };
    format!(
        "Against pin! on the stack: by hand {}; a place used again {}; a box each {}; a box behind dyn {}.",
        times_as_fast(by_hand),
        times_as_fast(reused),
        times_as_fast(boxed),
        times_as_fast(hidden)
    )
}

/// How large both kinds of future are, and what makes the difference.
fn remark(results: &Results) -> Option<String> {
    let size = |contender| results.fact(contender, FactKind::TouchedBytes).map(Bytes);
    Some(format!(
        "One future takes {} as the compiler writes it and {} by hand: the second keeps no borrow of itself, nor the value that its numbers were made \
         of. Where a future keeps little, that is much of what has to be written for each.",
        size(Contender::FutureStack)?,
        size(Contender::FutureByHand)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::provenance::Provenance;
    use units::Interval;

    #[test]
    fn the_one_by_hand_is_in_the_finding_and_the_remark_says_why() {
        let contenders = LabId::Pin.contenders();
        let ratios = contenders.iter().map(|id| (*id, Phase::Whole, Interval { median: 0.5, low: 0.4, high: 0.625 })).collect();
        let facts = [(Contender::FutureStack, 56), (Contender::FutureByHand, 40)];
        let facts = facts.map(|(id, bytes)| (id, FactKind::TouchedBytes, bytes)).to_vec();
        let mut results = Results { provenance: Provenance::Live, times: Vec::new(), ratios, facts };
        assert!(finding(Some(&results)).contains("by hand 2.00 × as fast (1.60–2.50); a place used again"));
        assert!(
            remark(&results).unwrap().contains("takes 56 B as the compiler writes it and 40 B by hand"),
            "{:?}",
            remark(&results)
        );
        results.facts.clear();
        assert_eq!(remark(&results), None);
    }

    #[test]
    fn a_link_to_what_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("futures", "12345");
        link.set("keeps", "much");
        assert_eq!(input_of(&link), PinInput { futures: 1_000, keeps: Keeps::Much });
        let input = LabInput::Pin(PinInput { futures: 100, keeps: Keeps::Much });
        assert_eq!(LabInput::Pin(input_of(&(LAB.link)(input))), input);
    }
}
