//! What the stage remembers beyond a reload, in `sessionStorage` where that is allowed: runs with the time they were taken, what is frozen, when the
//! talk began, how it looks. A remembered run comes back as RECORDED, never as LIVE. Without storage it lives in memory.

use super::plan::Move;
use crate::labs::backstage::{Hold, Pin, Place};
use miniserde::{Deserialize, Serialize, json};
use protocol::{LabId, LabInput, Recording};
use std::{cell::RefCell, collections::HashMap};

/// What is kept of the talk itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Talk {
    /// When it began, in milliseconds since 1970.
    pub began: f64,
    /// Whether type is larger.
    pub large: bool,
    /// Whether contrast is higher.
    pub contrast: bool,
    /// Whether it fills the screen.
    pub full: bool,
}

/// What is kept of a lab of the page, so that a reload finds it as it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabKept {
    /// Its choices, as what stands behind `#` in its links; empty where the address holds them.
    pub state: String,
    /// What was shown of it.
    pub shown: Shown,
}

/// What a lab showed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// No result that was taken here.
    #[default]
    Nothing,
    /// Its own run.
    Own,
    /// A recorded run in its place.
    Replayed,
}

/// Why a run is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was the last one.
    Last,
    /// It was the last one, and is in doubt: it comes back after a reload, but in nobody's place.
    Doubtful,
    /// It was the rehearsal's.
    Rehearsed,
}

impl Kept {
    const fn slug(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Doubtful => "doubtful",
            Self::Rehearsed => "rehearsed",
        }
    }
}

/// The stage's memory.
#[derive(Default)]
pub struct Memory {
    without_storage: RefCell<HashMap<String, String>>,
}

impl Memory {
    /// Keeps a run, for its lab and input.
    pub fn keep(&self, kept: Kept, pin: &Pin) {
        self.write(&key(kept, &pin.input), Some(json::to_string(&pin.recording)));
    }

    /// Lets a run go.
    pub fn forget(&self, kept: Kept, input: &LabInput) {
        self.write(&key(kept, input), None);
    }

    /// The run that is kept for a lab and input.
    #[must_use]
    pub fn kept(&self, kept: Kept, input: &LabInput) -> Option<Pin> {
        pin_of(&self.read(&key(kept, input))?, Hold::Replayed)
    }

    /// Keeps what is frozen in a page's `nth` lab, or that nothing is.
    pub fn keep_frozen(&self, page: &str, nth: usize, pin: Option<&Pin>) {
        self.write(&format!("frozen.{page}.{nth}"), pin.map(|pin| json::to_string(&pin.recording)));
    }

    /// What was kept so.
    #[must_use]
    pub fn frozen(&self, page: &str, nth: usize) -> Option<Pin> {
        pin_of(&self.read(&format!("frozen.{page}.{nth}"))?, Hold::Frozen)
    }

    /// Keeps how a page's `nth` lab stands.
    pub fn keep_lab(&self, page: &str, nth: usize, lab: &LabKept) {
        self.write(&format!("lab.{page}.{nth}"), Some(json::to_string(lab)));
    }

    /// How it stood.
    #[must_use]
    pub fn lab(&self, page: &str, nth: usize) -> Option<LabKept> {
        json::from_str(&self.read(&format!("lab.{page}.{nth}"))?).ok()
    }

    /// Keeps where a control stood before its step moved it, or lets that go.
    pub fn keep_before(&self, page: &str, host: usize, to: &Move, before: Option<String>) {
        self.write(&before_key(page, host, to), before);
    }

    /// Where it stood.
    #[must_use]
    pub fn before(&self, page: &str, host: usize, to: &Move) -> Option<String> {
        self.read(&before_key(page, host, to))
    }

    /// What is kept of the talk.
    #[must_use]
    pub fn talk(&self) -> Talk {
        self.read("talk").and_then(|text| json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn keep_talk(&self, talk: &Talk) {
        self.write("talk", Some(json::to_string(talk)));
    }

    /// Keeps at which value the `nth` step of a page's `host`-th element with steps settled a guess.
    pub fn keep_guess(&self, page: &str, host: usize, nth: usize, value: &str) {
        self.write(&format!("guess.{page}.{host}.{nth}"), Some(value.to_owned()));
    }

    /// The value that was kept so.
    #[must_use]
    pub fn guess(&self, page: &str, host: usize, nth: usize) -> Option<String> {
        self.read(&format!("guess.{page}.{host}.{nth}"))
    }

    /// Keeps how many lines of its program a page's `host`-th element with steps has gone.
    pub fn keep_walked(&self, page: &str, host: usize, lines: u32) {
        self.write(&format!("walk.{page}.{host}"), Some(lines.to_string()));
    }

    /// How many lines were kept so.
    #[must_use]
    pub fn walked(&self, page: &str, host: usize) -> u32 {
        self.read(&format!("walk.{page}.{host}")).and_then(|lines| lines.parse().ok()).unwrap_or_default()
    }

    fn read(&self, key: &str) -> Option<String> {
        let kept = self.without_storage.borrow().get(key).cloned();
        kept.or_else(|| storage()?.get_item(&format!("ferroscope.stage.{key}")).ok().flatten())
    }

    fn write(&self, key: &str, value: Option<String>) {
        let name = format!("ferroscope.stage.{key}");
        let storage = storage();
        if let Some(value) = value {
            if storage.is_none_or(|storage| storage.set_item(&name, &value).is_err()) {
                self.without_storage.borrow_mut().insert(key.to_owned(), value);
            } else {
                // What could not be stored before, and is out of date now.
                self.without_storage.borrow_mut().remove(key);
            }
            return;
        }
        self.without_storage.borrow_mut().remove(key);
        if let Some(storage) = storage {
            // What cannot be removed is not there.
            let _ = storage.remove_item(&name);
        }
    }
}

fn key(kept: Kept, input: &LabInput) -> String {
    let pairs: Vec<String> = input.pairs().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}.{}.{}", kept.slug(), input.lab().slug(), pairs.join("&"))
}

fn before_key(page: &str, host: usize, to: &Move) -> String {
    format!("before.{page}.{host}.{}.{}", to.control, to.to)
}

/// A kept run; none if it is damaged, or of a lab that is no more.
fn pin_of(text: &str, hold: Hold) -> Option<Pin> {
    let recording: Recording = json::from_str(text).ok()?;
    let lab = LabId::from_slug(&recording.result.lab)?;
    let pairs = recording.result.input.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let input = LabInput::of_pairs(lab, pairs).ok()?;
    Some(Pin { recording, input, hold, place: Place::Here })
}

fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().session_storage().ok().flatten()
}
