//! The interior mutability lab: one counter behind five kinds of access, timed; below, programs of cells to step through, and a panic to provoke.

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
use protocol::{Contender, FactKind, Hold, InteriorInput, LabId, LabInput, Phase, Recording};

const LAB: TimesLab = TimesLab {
    lab: LabId::InteriorMutability,
    contenders: LabId::InteriorMutability.contenders(),
    takes_part: |_| LabId::InteriorMutability.contenders().to_vec(),
    axis: "time for one addition, from 0",
    facts: &[(FactKind::TouchedBytes, "bytes of the counter")],
    per: |input| f64::from(counter(input).additions),
    words: |input| {
        let InteriorInput { additions, hold } = counter(input);
        format!("{} additions, {}: time for one", grouped(additions), hold.label())
    },
    finding,
    remark: |_| None,
    small_print: "Measured in your browser’s Wasm, not on a server: one thread, so atomic additions are plain ones and no lock is waited for. All add the same \
                  numbers; how far the compiler sees, and what it may keep in a register meanwhile, is a part of what differs.",
    illustration: |_| String::new(),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), InteriorInput::default(), counter(input));
        link.set_unless("additions", now.additions, start.additions, u32::to_string);
        link.set_unless("hold", now.hold, start.hold, |hold| hold.slug().to_owned());
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::InteriorMutability(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn InteriorMutability(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let counts = InteriorInput::ADDITIONS.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let holds = Hold::ALL.map(|hold| alternative(hold.slug(), hold.label())).to_vec();
    let choose_count = move |text: String| input.update(|input| input.additions = text.parse().unwrap_or(input.additions));
    let choose_hold = move |slug: String| {
        if let Some(hold) = Hold::from_slug(&slug) {
            input.update(|input| input.hold = hold);
        }
    };
    let choices = view! {
        <Choice label="Additions" name="additions" options=Signal::stored(counts) value=Signal::derive(move || input.get().additions.to_string())
            on_choose=choose_count/>
        <Choice label="The counter is" name="hold" options=Signal::stored(holds)
            value=Signal::derive(move || input.get().hold.slug().to_owned()) on_choose=choose_hold/>
    };
    let now = Signal::derive(move || LabInput::InteriorMutability(input.get()));
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

fn counter(input: LabInput) -> InteriorInput {
    match input {
        LabInput::InteriorMutability(input) => input,
        // This lab makes no other input.
        _ => InteriorInput::default(),
    }
}

/// The input that a link stands for: one of the offered numbers, else the default.
fn input_of(link: &Permalink) -> InteriorInput {
    let start = InteriorInput::default();
    let additions =
        link.get("additions").and_then(|text| text.parse().ok()).filter(|count| InteriorInput::ADDITIONS.contains(count));
    InteriorInput {
        additions: additions.unwrap_or(start.additions),
        hold: link.get("hold").and_then(Hold::from_slug).unwrap_or(start.hold),
    }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: one counter, added to through &mut, Cell, RefCell, an atomic and a lock.".to_owned();
    };
    let of = |contender| results.ratio(contender, Phase::Whole);
    let (Some(cell), Some(flagged), Some(locked)) =
        (of(Contender::CounterCell), of(Contender::CounterRefCell), of(Contender::CounterMutex))
    else {
        return "Measuring.".to_owned();
    };
    format!("Against &mut: Cell {}; RefCell {}; Mutex {}.", times_as_fast(cell), times_as_fast(flagged), times_as_fast(locked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_what_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("additions", "12345");
        link.set("hold", "once");
        assert_eq!(input_of(&link), InteriorInput { additions: 10_000, hold: Hold::Once });
        let input = LabInput::InteriorMutability(InteriorInput { additions: 1_000, hold: Hold::Once });
        assert_eq!(LabInput::InteriorMutability(input_of(&(LAB.link)(input))), input);
    }
}
