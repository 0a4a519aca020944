//! What an author chooses of an embed, and the address it makes: `/embed/<lab>/`, `/embed/<lab>/<preset>/`, with the contract's query and `#s=`.
//!
//! Defaults are left out of the address, so that it stays short and a later default can be better. It must never hold a character that could
//! end an attribute or open an element: [`SiteAddress`] sees to that for the site's part, the encodings for the rest.

use super::query::{Motion, Scale, Start, Ui};
use crate::state::{permalink::Permalink, settings::Theme};
use budget::Preset;
use form_urlencoded::Serializer;
use protocol::{LabId, LabInput, Seed};
use std::fmt::Write as _;

/// Everything an author chooses of one embed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which lab.
    pub lab: LabId,
    /// Which preset it starts with, by its name in addresses; none for the lab as it starts.
    pub preset: Option<&'static str>,
    /// Its colours.
    pub theme: Theme,
    /// How much of the lab is shown.
    pub ui: Ui,
    /// What stands there before the reader does anything.
    pub first: First,
    /// When the lab runs.
    pub run: Start,
    /// The frame's width in CSS pixels, at most: it shrinks with its surroundings.
    pub width: u16,
    /// The frame's height in CSS pixels, before the host's script knows better.
    pub height: u16,
    /// How large everything in it is.
    pub scale: Scale,
    /// Whether bars may move.
    pub motion: Motion,
    /// What fixes data and order, where the author wants another than the lab's own.
    pub seed: Option<Seed>,
    /// The lab's state, with the author's own result if it was brought along.
    pub state: Permalink,
}

/// What a frame shows before its reader does anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// The question; what was recorded waits.
    Question,
    /// The recorded run.
    #[default]
    RecordedRun,
    /// The author's own run, marked SENT.
    MyRun,
}

/// Gives an enum of the query its names: one list for the address, the controls and the way back.
macro_rules! words {
    ($type:ident: $($value:ident $slug:literal $label:literal),+) => {
        impl $type {
            /// Every value, in the order controls show them.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The value's name in addresses.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$value => $slug),+ }
            }

            /// The name a reader sees.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$value => $label),+ }
            }

            /// The value whose name this is.
            #[must_use]
            pub fn from_slug(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.slug() == slug)
            }
        }
    };
}
pub(crate) use words;

words!(First: Question "question" "The question", RecordedRun "recorded" "The recorded run", MyRun "mine" "My own run");

/// The presets a lab can start with, by name in addresses and as a reader sees them. Each has a page of its own.
#[must_use]
pub fn presets_of(lab: LabId) -> Vec<(&'static str, &'static str)> {
    match lab {
        LabId::LatencyBudget => Preset::ALL.iter().map(|preset| (preset.slug(), preset.label())).collect(),
        other => other.presets().iter().map(|preset| (preset.slug, preset.title)).collect(),
    }
}

/// The preset of a lab that has this name.
#[must_use]
pub fn preset_from_slug(lab: LabId, slug: &str) -> Option<&'static str> {
    presets_of(lab).into_iter().map(|(known, _)| known).find(|known| *known == slug)
}

/// Whether a lab's state brings a result along: its keys begin with `r.`.
#[must_use]
pub fn carries_result(state: &Permalink) -> bool {
    state.keys().any(is_of_result)
}

/// Whether a key of a lab's state is of a result that it brings along.
pub(super) fn is_of_result(key: &str) -> bool {
    key.starts_with("r.")
}

impl Choice {
    /// A lab as it starts.
    #[must_use]
    pub fn of(lab: LabId) -> Self {
        Self {
            lab,
            preset: None,
            theme: Theme::Auto,
            ui: Ui::Full,
            first: First::default(),
            run: Start::Click,
            width: 720,
            height: Ui::Full.height(lab),
            scale: Scale::default(),
            motion: Motion::Auto,
            seed: None,
            state: Permalink::default(),
        }
    }

    /// The name a screen reader says of the frame.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}: {}", self.lab.title(), self.lab.summary())
    }

    /// The frame's address.
    #[must_use]
    pub fn address(&self, site: &SiteAddress) -> String {
        let mut address = format!("{}{}", site.0, self.path());
        let mut query = Serializer::new(String::new());
        query.append_pair("v", "1");
        let words = [
            ("theme", self.theme.slug(), Theme::Auto.slug()),
            ("run", self.run.slug(), Start::Click.slug()),
            ("ui", self.ui.slug(), Ui::Full.slug()),
            ("motion", self.motion.slug(), Motion::Auto.slug()),
        ];
        for (key, value, _) in words.into_iter().filter(|(_, value, default)| value != default) {
            query.append_pair(key, value);
        }
        if self.scale != Scale::default() {
            query.append_pair("scale", &self.scale.slug());
        }
        if let Some(seed) = self.seed {
            query.append_pair("seed", &seed.0.to_string());
        }
        let fragment = self.shown_state().to_fragment();
        // Writing to a string cannot fail.
        let _ = write!(address, "?{}", query.finish());
        if !fragment.is_empty() {
            let _ = write!(address, "#{fragment}");
        }
        address
    }

    /// The page of the whole lab, in the same state: where a picture leads to.
    #[must_use]
    pub fn lab_address(&self, site: &SiteAddress) -> String {
        let path = crate::app::Route::Lab(self.lab).path();
        let fragment = self.shown_state().to_fragment();
        let mark = if fragment.is_empty() { "" } else { "#" };
        format!("{}{}{mark}{fragment}", site.0, path.trim_start_matches('/'))
    }

    /// The frame's path, without a slash before it: there is a static folder for each lab and each preset of a lab.
    #[must_use]
    pub fn path(&self) -> String {
        let lab = self.lab.slug();
        self.preset.map_or_else(|| format!("embed/{lab}/"), |preset| format!("embed/{lab}/{preset}/"))
    }

    /// The state the frame starts with: what the author brought, with what is to be seen first.
    #[must_use]
    pub fn shown_state(&self) -> Permalink {
        let mut state = self.state.clone();
        let first = self.shown_first();
        state.retain(|key| key != "guess" && (first == First::MyRun || !is_of_result(key)));
        match (self.lab, first) {
            // The budget asks before it shows anything; whoever sees a result first was not asked.
            (LabId::LatencyBudget, First::MyRun) => state.set("guess", "skipped"),
            (_, First::RecordedRun | First::MyRun) => {}
            // A frame shows what was recorded unless it is told to wait.
            (_, First::Question) => state.set("show", "question"),
        }
        state
    }

    /// What is seen first: a question needs somebody who can answer it, and a picture has neither Run nor a guess.
    #[must_use]
    pub fn shown_first(&self) -> First {
        if self.first == First::Question && !self.may_ask() { First::default() } else { self.first }
    }

    /// Whether the frame can ask before it shows.
    #[must_use]
    pub fn may_ask(&self) -> bool {
        self.ui != Ui::Chart && self.run != Start::Off
    }

    /// Starts with another preset. What was changed of the last one goes, and so does a result that was measured on another input.
    pub fn choose_preset(&mut self, slug: Option<&str>) {
        self.preset = slug.and_then(|slug| preset_from_slug(self.lab, slug));
        if self.lab == LabId::LatencyBudget {
            // A whole request: its stages are modelled, so that a result holds for all of them.
            let preset = self.preset.and_then(Preset::from_slug).unwrap_or_default();
            let stages: Vec<_> = Preset::ALL.iter().flat_map(|preset| preset.stages()).map(|stage| stage.id.slug()).collect();
            self.state.retain(|key| key != "preset" && !stages.contains(&key));
            self.state.set_unless("preset", preset, Preset::default(), |preset| preset.slug().to_owned());
            return;
        }
        let start = LabInput::default_of(self.lab);
        let found = self.lab.presets().into_iter().find(|preset| Some(preset.slug) == self.preset);
        let (start, wanted) = (start.pairs(), found.map_or(start, |preset| preset.input).pairs());
        let now = |state: &Permalink, key: &str| state.get(key).or_else(|| start.get(key).map(String::as_str)).map(str::to_owned);
        let is_same = wanted.iter().all(|(key, value)| now(&self.state, key).as_ref() == Some(value));
        self.state.retain(|key| !start.contains_key(key) && (is_same || !is_of_result(key)));
        for (key, value) in wanted {
            let default = start.get(&key).cloned().unwrap_or_default();
            self.state.set_unless(&key, value, default, String::clone);
        }
    }
}

impl Ui {
    /// The height in CSS pixels that a lab's frame 720 wide has at first.
    #[must_use]
    pub const fn height(self, lab: LabId) -> u16 {
        let heights = lab.frame_heights();
        match self {
            Self::Full => heights.full,
            Self::Min => heights.min,
            Self::Chart => heights.chart,
        }
    }
}

/// Where the site stands, ending in a slash: `https://example.org/a/b/`. Holds only characters that mean nothing in HTML, Markdown or a shortcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteAddress(String);

impl Default for SiteAddress {
    /// The top of the host that the page itself has: a relative address.
    fn default() -> Self {
        Self("/".to_owned())
    }
}

/// Why a text is no address of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSite {
    /// Neither `http://` nor `https://`.
    #[error("an address begins with https:// (or http://)")]
    Scheme,
    /// Nothing stands behind the scheme.
    #[error("an address names a host, as in https://example.org/")]
    Host,
}

impl SiteAddress {
    /// Reads an address as an author types it. Query and fragment are dropped; what may not stand in an address is percent-encoded.
    ///
    /// # Errors
    /// [`NoSite`] for another scheme, or no host.
    pub fn parse(text: &str) -> Result<Self, NoSite> {
        let text = text.trim();
        let text = text.split(['?', '#']).next().unwrap_or_default();
        let scheme = ["https://", "http://"]
            .into_iter()
            .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
            .ok_or(NoSite::Scheme)?;
        let rest = text.get(scheme.len()..).unwrap_or_default().trim_end_matches('/');
        let host = rest.split('/').next().unwrap_or_default();
        if host.is_empty() || !host.chars().all(|c| c.is_alphanumeric() || ".-:[]@".contains(c)) {
            return Err(NoSite::Host);
        }
        let mut address = scheme.to_owned();
        for (at, byte) in rest.bytes().enumerate() {
            // Square brackets hold a host of version 6; further on they mean nothing.
            let is_of_host = at < host.len() && b"[]".contains(&byte);
            if byte.is_ascii_alphanumeric() || is_of_host || b"-._~/:@%+,;=".contains(&byte) {
                address.push(char::from(byte));
            } else {
                let _ = write!(address, "%{byte:02X}");
            }
        }
        address.push('/');
        Ok(Self(address))
    }

    /// The address, with its closing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as one would print it: without scheme and closing slash.
    #[must_use]
    pub fn printed(&self) -> &str {
        self.0.split_once("://").map_or(&*self.0, |(_, rest)| rest).trim_end_matches('/')
    }
}

#[cfg(test)]
#[path = "choice_tests.rs"]
mod tests;
