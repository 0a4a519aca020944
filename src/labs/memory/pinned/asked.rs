//! Programs of addresses, run by the worker when the reader asks.

use super::{
    super::carried::{Carried, Key},
    draw,
};
use crate::{
    components::controls::Choice,
    labs::{
        memory::stepper::{Seen, Stepper, none_of_ours, panel},
        shared::alternative,
    },
};
use leptos::prelude::*;
use protocol::{
    Answer, Question,
    pinned::{PinProgram, PinQuestion},
};

const STEPPER: Stepper = Stepper {
    actions: ["run-pin", "pin-back", "pin-next"],
    run: "Run the program",
    class: "pin-step",
    summary: "All lines with their addresses",
    seen: Seen::All,
    read: |answer| match answer {
        Answer::Pin(answer) => Ok(draw::program(&answer.steps)),
        _ => none_of_ours(),
    },
};

/// Which program is shown.
pub(super) const PROGRAM: Key<PinProgram> =
    Key { name: "program", start: PinProgram::default, write: |program| program.slug().to_owned(), read: PinProgram::from_slug };

/// The panel under the figures.
pub(super) fn view(shown: Carried<PinProgram>) -> AnyView {
    let program = shown.value();
    let choose = move |slug: String| program.set(PinProgram::from_slug(&slug).unwrap_or_default());
    let all = PinProgram::ALL.map(|program| alternative(program.slug(), program.label())).to_vec();
    let question = Signal::derive(move || Question::Pin(PinQuestion { program: program.get() }));
    let content = view! {
        <div class="toolbar">
            <Choice label="Program" name="pin-program" options=Signal::stored(all)
                value=Signal::derive(move || program.get().slug().to_owned()) on_choose=choose/>
        </div>
        {STEPPER.view(question)}
    };
    panel(
        "Addresses, line by line",
        "Each line is run by the worker, and the addresses are those of its own memory. Say whether the value will still be where it believes to be before you go on.",
        STEPPER.steps(&["choose pinned [name=pin-program] | pinned in its box"]),
        content.into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::{super::super::carried::is_brought_back, *};

    #[test]
    fn a_link_brings_the_program_back() {
        assert!(is_brought_back(&PROGRAM, PinProgram::ALL));
    }
}
