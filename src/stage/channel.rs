//! What the stage and the speaker's window say to each other, over a `BroadcastChannel`. Whoever comes late asks for the whole state; nothing is
//! sent in parts, so nothing can be missed. A message that is damaged or of another version is ignored.

use super::keys::Intent;
use miniserde::{Deserialize, Serialize, json};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// Raised whenever a message changes its meaning.
const VERSION: u32 = 2;

/// What is said.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// The speaker's window has come: say everything.
    Ask,
    /// Everything the speaker is to see.
    State(Box<StageState>),
    /// The speaker pressed something.
    Press(Intent),
}

/// What the speaker is to see.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StageState {
    /// Which beat it is, from 0.
    pub beat: u32,
    /// Of how many.
    pub beats: u32,
    /// The present screen.
    pub screen: String,
    /// The lesson's section whose notes apply; empty for none.
    pub section: String,
    /// The present step in words; empty at a screen's beginning.
    pub now: String,
    /// What the next press does.
    pub next: String,
    /// When the talk began, in milliseconds since 1970.
    pub began: f64,
    /// What lies over the page: `black`, `keys`, `qr`, `address`; empty for nothing.
    pub over: String,
    /// The lab on the screen, if there is one.
    pub lab: Option<LabSeen>,
    /// How far the rehearsal has come; empty before it.
    pub rehearsal: String,
    /// What the stage has to tell the speaker.
    pub note: String,
}

/// The lab, as the hall sees it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabSeen {
    /// Its slug.
    pub lab: String,
    /// `data-state`
    pub state: String,
    /// How far its run has come; empty where none goes on.
    pub progress: String,
    /// The leading number with its interval; empty where there is none.
    pub number: String,
    /// The finding.
    pub finding: String,
    /// The badge.
    pub provenance: String,
    /// The seed of the present choice.
    pub seed: String,
    /// Whether a result is frozen.
    pub frozen: bool,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Kind {
    Ask,
    State,
    Press,
}

/// A message as it is sent.
#[derive(Serialize, Deserialize)]
struct Wire {
    ferroscope_stage: u32,
    kind: Kind,
    state: Option<StageState>,
    press: Option<Intent>,
}

impl Message {
    /// As text.
    #[must_use]
    pub fn to_json(&self) -> String {
        let (kind, state, press) = match self {
            Self::Ask => (Kind::Ask, None, None),
            Self::State(state) => (Kind::State, Some(StageState::clone(state)), None),
            Self::Press(intent) => (Kind::Press, None, Some(*intent)),
        };
        json::to_string(&Wire { ferroscope_stage: VERSION, kind, state, press })
    }

    /// The message that a text is, if it is one.
    #[must_use]
    pub fn of_json(text: &str) -> Option<Self> {
        let Wire { ferroscope_stage, kind, state, press } = json::from_str(text).ok()?;
        if ferroscope_stage != VERSION {
            return None;
        }
        match kind {
            Kind::Ask => Some(Self::Ask),
            Kind::State => state.map(|state| Self::State(Box::new(state))),
            Kind::Press => press.map(Self::Press),
        }
    }
}

/// One end of the channel. It closes when it is dropped.
pub struct Channel {
    channel: BroadcastChannel,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens the channel of the page at `path`; none where the browser has or grants none.
    #[must_use]
    pub fn open(path: &str, heard: impl Fn(Message) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&format!("ferroscope-stage:{path}")).ok()?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string().as_deref().and_then(Message::of_json) {
                heard(message);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(Self { channel, _listener: listener })
    }

    /// Says something to whoever listens.
    pub fn say(&self, message: &Message) {
        // A closed channel has no listeners.
        let _ = self.channel.post_message(&JsValue::from_str(&message.to_json()));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn state() -> StageState {
        let lab = LabSeen { lab: "arena".into(), frozen: true, ..Default::default() };
        StageState { beat: 3, screen: "“a” \\ b".into(), lab: Some(lab), began: 1.5, ..Default::default() }
    }

    #[test]
    fn what_is_said_is_heard() {
        for message in [Message::Ask, Message::State(Box::new(state())), Message::Press(Intent::Freeze)] {
            assert_eq!(Message::of_json(&message.to_json()), Some(message));
        }
    }

    #[test]
    fn another_version_and_a_message_without_its_part_are_ignored() {
        let text = Message::Press(Intent::Next).to_json();
        assert_eq!(Message::of_json(&text.replace(":2", ":3")), None);
        assert_eq!(Message::of_json("{\"ferroscope_stage\":2,\"kind\":\"Press\",\"state\":null,\"press\":null}"), None);
    }

    proptest! {
        #[test]
        fn damage_is_ignored(text in ".{0,80}", at in any::<prop::sample::Index>(), letter in any::<char>()) {
            let _ = Message::of_json(&text);
            let mut letters: Vec<char> = Message::State(Box::new(state())).to_json().chars().collect();
            let at = at.index(letters.len());
            letters[at] = letter;
            let _ = Message::of_json(&letters.into_iter().collect::<String>());
        }
    }
}
