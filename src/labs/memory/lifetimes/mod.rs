//! The Lifetimes lab: what a borrow saves, timed; below, elision rule by rule, variance as a table that answers, and code to judge.

mod elision;
mod fetched;
mod judge;
mod variance;

use super::super::{
    LabContext,
    results::{Results, times_as_fast},
    shared::{alternative, grouped},
    times_lab::{Parts, TimesLab},
};
use super::carried::{Carried, Pair, together};
use crate::{
    components::{controls::Choice, later::later},
    embed::picture::PictureData,
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::{Contender, FactKind, LabId, LabInput, LifetimesInput, Phase, Reads, Recording};

const LAB: TimesLab = TimesLab {
    lab: LabId::Lifetimes,
    contenders: LabId::Lifetimes.contenders(),
    takes_part: |_| LabId::Lifetimes.contenders().to_vec(),
    axis: "time for one word, from 0",
    facts: &[(FactKind::TouchedBytes, "bytes of one entry"), (FactKind::Allocations, "allocations for all")],
    per: |input| f64::from(kept(input).words),
    words: |input| {
        let LifetimesInput { words, reads } = kept(input);
        format!("{} words of a text kept, read {} and dropped: time for one", grouped(words), reads.label())
    },
    finding,
    remark: |_| None,
    small_print: "Measured in your browser’s Wasm, not on a server. All cut the same text, keep its words in a vector and read each through the same \
                  function. A lifetime is no instruction: what differs is what has to be kept, copied or counted without one. An entry’s bytes do not \
                  count a text of its own.",
    illustration: |_| String::new(),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), LifetimesInput::default(), kept(input));
        link.set_unless("words", now.words, start.words, u32::to_string);
        link.set_unless("reads", now.reads, start.reads, |reads| reads.slug().to_owned());
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Lifetimes(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Lifetimes(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let counts = LifetimesInput::WORDS.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let times = Reads::ALL.map(|reads| alternative(reads.slug(), reads.label())).to_vec();
    let choose_count = move |text: String| input.update(|input| input.words = text.parse().unwrap_or(input.words));
    let choose_reads = move |slug: String| {
        if let Some(reads) = Reads::from_slug(&slug) {
            input.update(|input| input.reads = reads);
        }
    };
    let choices = view! {
        <Choice label="Words" name="words" options=Signal::stored(counts) value=Signal::derive(move || input.get().words.to_string())
            on_choose=choose_count/>
        <Choice label="Each is read" name="reads" options=Signal::stored(times)
            value=Signal::derive(move || input.get().reads.slug().to_owned()) on_choose=choose_reads/>
    };
    let now = Signal::derive(move || LabInput::Lifetimes(input.get()));
    let (signature, asked) = (Carried::of_link(&elision::SIGNATURE, &link), Pair::of_link(variance::ASKED, &link));
    let parts = Parts { beside: together([signature.link(), asked.link()]), ..Parts::plain(LAB, choices.into_any()) };
    let lab = LAB.view(&context, (&link, link_error), now, parts, move |link| {
        input.set(input_of(&link));
        signature.open(&link);
        asked.open(&link);
    });
    let (elision, variance) = (move || later(move || elision::view(signature)), move || later(move || variance::view(asked)));
    let panels = match context {
        // A lesson asks its questions itself, and has the panel that it is about.
        LabContext::Lesson(link) if link.get("panel") == Some("variance") => vec![variance()],
        LabContext::Lesson(_) => vec![elision()],
        LabContext::Page | LabContext::Embed(..) => vec![elision(), variance(), later(judge::view)],
    };
    view! {
        {lab}
        {panels}
    }
}

fn kept(input: LabInput) -> LifetimesInput {
    match input {
        LabInput::Lifetimes(input) => input,
        // This lab makes no other input.
        _ => LifetimesInput::default(),
    }
}

/// The input that a link stands for: one of the offered numbers, else the default.
fn input_of(link: &Permalink) -> LifetimesInput {
    let start = LifetimesInput::default();
    let words = link.get("words").and_then(|text| text.parse().ok()).filter(|count| LifetimesInput::WORDS.contains(count));
    LifetimesInput {
        words: words.unwrap_or(start.words),
        reads: link.get("reads").and_then(Reads::from_slug).unwrap_or(start.reads),
    }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: a text’s words, borrowed from it, and kept in three ways that need no lifetime.".to_owned();
    };
    let of = |contender| results.ratio(contender, Phase::Whole);
    let (Some(places), Some(shared), Some(owned)) =
        (of(Contender::WordsPlaces), of(Contender::WordsShared), of(Contender::WordsOwned))
    else {
        return "Measuring.".to_owned();
    };
    format!(
        "Against words that borrow: places in the text {}; an Rc of it beside each place {}; a String each {}.",
        times_as_fast(places),
        times_as_fast(shared),
        times_as_fast(owned)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_what_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("words", "12345");
        link.set("reads", "often");
        assert_eq!(input_of(&link), LifetimesInput { words: 10_000, reads: Reads::Often });
        let input = LabInput::Lifetimes(LifetimesInput { words: 1_000, reads: Reads::Often });
        assert_eq!(LabInput::Lifetimes(input_of(&(LAB.link)(input))), input);
    }
}
