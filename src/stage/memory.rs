//! What the stage remembers beyond a reload, in `sessionStorage` where that is allowed: runs with the time they were taken, what is frozen, when the
//! talk began, how it looks. A remembered run comes back as RECORDED, never as LIVE. Without storage it lives in memory.

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
}

/// Why a run is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was the last one.
    Last,
    /// It was the rehearsal's.
    Rehearsed,
    /// It is frozen.
    Frozen,
}

impl Kept {
    const fn slug(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Rehearsed => "rehearsed",
            Self::Frozen => "frozen",
        }
    }
}

/// The stage's memory.
#[derive(Default)]
pub struct Memory {
    without_storage: RefCell<HashMap<String, String>>,
}

impl Memory {
    /// Keeps a run, for its lab and input (a frozen one for its lab alone).
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
        let recording: Recording = json::from_str(&self.read(&key(kept, input))?).ok()?;
        let lab = LabId::from_slug(&recording.result.lab)?;
        let pairs = recording.result.input.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let taken_on = LabInput::of_pairs(lab, pairs).ok()?;
        let hold = if kept == Kept::Frozen { Hold::Frozen } else { Hold::Replayed };
        Some(Pin { recording, input: taken_on, hold, place: Place::Here })
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

    /// Keeps at which value the guess of a page's `host`-th element with steps was settled.
    pub fn keep_guess(&self, page: &str, host: usize, value: &str) {
        self.write(&format!("guess.{page}.{host}"), Some(value.to_owned()));
    }

    /// The value that was kept so.
    #[must_use]
    pub fn guess(&self, page: &str, host: usize) -> Option<String> {
        self.read(&format!("guess.{page}.{host}"))
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
    let lab = input.lab().slug();
    if kept == Kept::Frozen {
        return format!("{}.{lab}", kept.slug());
    }
    let pairs: Vec<String> = input.pairs().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}.{lab}.{}", kept.slug(), pairs.join("&"))
}

fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().session_storage().ok().flatten()
}
