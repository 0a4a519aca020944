//! “Break it”: the example's bytes to change, and what the lab's reader says of them. The bytes are asked about, never measured.

use crate::{
    components::controls::Choice,
    engine::{AskStage, Asker},
    labs::shared::alternative,
    markup::{Html, escaped},
};
use leptos::prelude::*;
use protocol::{
    Answer, Question,
    packets::{EXAMPLE, PacketAnswer, PacketQuestion, PacketSays},
};
use units::Nanos;

/// Its beats on a stage: whom a wrong byte deceives, and what every reader refuses.
const ON_STAGE: &str = "choose price [name=damage] | a bit of the price turned over; \
    choose side [name=damage] | a side that there is not; choose udp [name=damage] | UDP claims 500 bytes; \
    choose length [name=damage] | the frame claims 65,535 bytes";

/// How long an answer may take.
const DEADLINE: Nanos = Nanos(10e9);

/// The most bytes that are asked about: a frame and some more.
const MOST: usize = 2_048;

/// A text that is no bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum NoBytes {
    #[error("“{0}” is no byte: write two hexadecimal digits for each, with spaces between")]
    Word(String),
    #[error("at most {MOST} bytes")]
    TooMany,
}

/// A damage: name, words, and the bytes that are overwritten.
type Damage = (&'static str, &'static str, &'static [(usize, u8)]);

/// Damages to begin with.
const DAMAGES: [Damage; 8] = [
    ("none", "none", &[]),
    ("price", "a bit of the price", &[(59, 0x31)]),
    ("kind", "a kind that there is not", &[(44, 0x58)]),
    ("side", "a side that there is not", &[(64, 0x3f)]),
    ("udp", "UDP claims 500 bytes", &[(40, 0x01), (41, 0xf4)]),
    ("total", "IPv4 claims 200 bytes", &[(19, 200)]),
    ("version", "IP version 6", &[(16, 0x65)]),
    ("length", "the frame claims 65,535 bytes", &[(0, 0xff), (1, 0xff)]),
];

/// The example with a damage, as text.
fn damaged(slug: &str) -> String {
    let mut bytes = EXAMPLE;
    let changes = DAMAGES.iter().find(|one| one.0 == slug).map(|one| one.2).unwrap_or_default();
    for &(at, value) in changes {
        if let Some(byte) = bytes.get_mut(at) {
            *byte = value;
        }
    }
    super::hex(&bytes)
}

/// The bytes that a text stands for.
fn bytes_of(text: &str) -> Result<Vec<u8>, NoBytes> {
    let words = text.split_whitespace();
    let byte = |word: &str| {
        let is_byte = word.len() == 2 && word.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_byte.then(|| u8::from_str_radix(word, 16).ok()).flatten().ok_or_else(|| NoBytes::Word(word.chars().take(12).collect()))
    };
    let bytes: Vec<u8> = words.take(MOST + 1).map(byte).collect::<Result<_, _>>()?;
    if bytes.len() > MOST { Err(NoBytes::TooMany) } else { Ok(bytes) }
}

/// What both readers say, as HTML.
fn draw(answer: &PacketAnswer) -> String {
    let says = |who: &str, said: &Result<PacketSays, String>| match said {
        Ok(PacketSays { text }) => format!("<dt>{who}</dt><dd>reads {}</dd>", escaped(text)),
        Err(error) => format!("<dt>{who}</dt><dd><b>refuses:</b> {}</dd>", escaped(error)),
    };
    format!(
        "<dl class=\"packet-says\">{}{}</dl>",
        says("with all checks", &answer.checked),
        says("checksums left out", &answer.trusted)
    )
}

/// The bytes, and what is said of them.
pub(super) fn view() -> impl IntoView {
    let text = RwSignal::new(damaged("none"));
    let chosen = RwSignal::new("none".to_owned());
    let reader = Asker::new(crate::app::manifest(), DEADLINE);
    let ask = move |bytes: String| {
        text.set(bytes);
        if let Ok(framed) = text.with_untracked(|text| bytes_of(text)) {
            reader.ask(Question::Packet(PacketQuestion { framed }));
        }
    };
    let choose = move |slug: String| {
        ask(damaged(&slug));
        chosen.set(slug);
    };
    let said = Signal::derive(move || {
        if let Err(fault) = text.with(|text| bytes_of(text)) {
            return format!("<p class=\"fault\">{}</p>", escaped(&fault.to_string()));
        }
        reader.asking().with(|asking| match (&asking.stage, asking.current()) {
            (_, Some(Answer::Packet(answer))) => draw(answer),
            (AskStage::Failed(failure), _) => format!("<p>{}</p>", escaped(&failure.to_string())),
            (AskStage::Idle, _) => "<p>Choose a damage, or change a byte.</p>".to_owned(),
            _ => "<p>Reading.</p>".to_owned(),
        })
    });
    let damages = DAMAGES.map(|(slug, label, _)| alternative(slug, label)).to_vec();
    view! {
        <form class="packet-break needs-scripts" data-panel="" data-steps=ON_STAGE on:submit=move |event| event.prevent_default()>
            <h2 class="lab-part">"Break it"</h2>
            <div class="toolbar">
                <Choice label="Damage" name="damage" options=Signal::stored(damages) value=chosen.into() on_choose=choose/>
            </div>
            <label class="copy-field">
                <span>"The bytes, the frame’s length first"</span>
                <textarea class="copy-text" name="bytes" rows="4" spellcheck="false" autocomplete="off" prop:value=text
                    on:input=move |event| ask(event_target_value(&event))></textarea>
            </label>
            <div role="status"><Html class="packet-said" html=said/></div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_damage_changes_the_example_and_leaves_its_length() {
        assert_eq!(bytes_of(&damaged("none")).as_deref(), Ok(&EXAMPLE[..]));
        for (slug, _, changes) in DAMAGES.into_iter().skip(1) {
            let bytes = bytes_of(&damaged(slug)).unwrap();
            assert_eq!(bytes.len(), EXAMPLE.len());
            assert!(
                !changes.is_empty() && changes.iter().all(|&(at, value)| EXAMPLE[at] != value && bytes[at] == value),
                "{slug}"
            );
        }
    }

    #[test]
    fn what_is_no_byte_is_named() {
        assert_eq!(bytes_of("00 ff\n1A"), Ok(vec![0, 255, 26]));
        assert_eq!(bytes_of("00 +f"), Err(NoBytes::Word("+f".to_owned())));
        assert_eq!(bytes_of(&"00 ".repeat(MOST + 1)), Err(NoBytes::TooMany));
    }

    #[test]
    fn what_is_said_is_text() {
        let said = PacketAnswer { checked: Err("a < b".to_owned()), trusted: Ok(PacketSays { text: "“<b>”".to_owned() }) };
        assert!(draw(&said).contains("a &lt; b") && draw(&said).contains("&lt;b&gt;"));
    }

    proptest! {
        #[test]
        fn any_text_is_bytes_or_a_fault(text in ".{0,80}", bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = bytes_of(&text);
            prop_assert_eq!(bytes_of(&super::super::hex(&bytes)), Ok(bytes));
        }
    }
}
