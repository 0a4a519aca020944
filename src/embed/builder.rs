//! The embed builder's state: an author's choices, and what follows from them. It lives in the page's own address, so that it can be shared:
//! the choices in the query, the lab's state in `#s=` exactly as the lab itself writes it.

use super::{
    choice::{Choice, First, NoSite, SiteAddress, carries_result, preset_from_slug, presets_of},
    query::{Motion, Scale, Start, Ui},
    snippet::{HostScript, PictureLink, Place, Snippet, snippets},
};
use crate::state::{
    permalink::{Permalink, PermalinkError},
    settings::Theme,
};
use protocol::{LabId, Seed};
use std::ops::RangeInclusive;

/// What the author has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuilderState {
    /// The embed.
    pub choice: Choice,
    /// Where the author writes.
    pub place: Place,
    /// Whether the host's page gets the script that adjusts heights.
    pub script: HostScript,
    /// The site's public address as typed; empty for the address the page has now.
    pub site: String,
    /// Where the author has put the picture; empty for a file beside the article.
    pub picture: String,
}

/// A frame to look at before it is pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What it shows.
    pub title: &'static str,
    /// Its name in tests.
    pub name: &'static str,
    /// Its address on this very site, whatever the public one is.
    pub src: String,
    /// Its width in CSS pixels, at most.
    pub width: u16,
}

/// The widths and heights that make sense, in CSS pixels.
pub const WIDTHS: RangeInclusive<u16> = 240..=1600;
/// See [`WIDTHS`].
pub const HEIGHTS: RangeInclusive<u16> = 200..=2400;

impl Default for BuilderState {
    fn default() -> Self {
        Self::of(LabId::LatencyBudget)
    }
}

impl BuilderState {
    /// The builder as it starts with a lab.
    #[must_use]
    pub fn of(lab: LabId) -> Self {
        Self {
            choice: Choice::of(lab),
            place: Place::default(),
            script: HostScript::default(),
            site: String::new(),
            picture: String::new(),
        }
    }

    /// Reads the page's own address: `search` with or without `?`, `fragment` with or without `#`. What it leaves out or says wrongly is as the
    /// builder starts.
    ///
    /// # Errors
    /// The state, without the lab's own, and why that could not be read.
    pub fn of_address(search: &str, fragment: &str) -> Result<Self, (Box<Self>, PermalinkError)> {
        let mut all = Self::default();
        let pairs: Vec<_> = form_urlencoded::parse(search.trim_start_matches('?').as_bytes()).into_owned().collect();
        let get = |key: &str| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        if let Some(lab) = get("lab").and_then(LabId::from_slug).filter(|lab| lab.is_listed()) {
            all.choice = Choice::of(lab);
        }
        let choice = &mut all.choice;
        choice.theme = get("theme").and_then(Theme::from_slug).unwrap_or_default();
        choice.ui = get("ui").and_then(Ui::from_slug).unwrap_or_default();
        choice.run = get("run").and_then(Start::from_slug).unwrap_or_default();
        choice.motion = get("motion").and_then(Motion::from_slug).unwrap_or_default();
        choice.scale = get("scale").and_then(Scale::from_slug).unwrap_or_default();
        choice.seed = get("seed").and_then(|seed| seed.parse().ok()).map(Seed);
        choice.width = get("width").and_then(|width| within(width, WIDTHS)).unwrap_or(choice.width);
        choice.height = get("height").and_then(|height| within(height, HEIGHTS)).unwrap_or_else(|| choice.ui.height(choice.lab));
        all.place = get("where").and_then(Place::from_slug).unwrap_or_default();
        all.script = if get("script") == Some("off") { HostScript::Without } else { HostScript::With };
        get("site").unwrap_or_default().clone_into(&mut all.site);
        get("picture").unwrap_or_default().clone_into(&mut all.picture);
        let first = get("first").and_then(First::from_slug);
        let (state, damage) = match Permalink::of_fragment(fragment) {
            Ok(state) => (state, None),
            Err(damage) => (Permalink::default(), Some(damage)),
        };
        // The budget's state names its preset; the stages that were moved stay, unless the query asks for another.
        let lab = all.choice.lab;
        all.choice.preset = state.get("preset").and_then(|slug| preset_from_slug(lab, slug));
        all.choice.state = state;
        if let Some(preset) = get("preset").filter(|preset| all.choice.preset != Some(*preset)) {
            all.choice.choose_preset(Some(preset));
        }
        // Who comes from a lab with a result wants it seen, unless the address says otherwise.
        let brought = carries_result(&all.choice.state);
        all.choice.first = match first {
            Some(First::MyRun) if !brought => First::default(),
            Some(first) => first,
            None if brought => First::MyRun,
            None => First::default(),
        };
        damage.map_or(Ok(all.clone()), |damage| Err((Box::new(all), damage)))
    }

    /// The page's own address for this state: query and fragment, without `?` and `#`, each empty where all is as the builder starts.
    #[must_use]
    pub fn to_address(&self) -> (String, String) {
        let start = Self::of(self.choice.lab);
        let choice = &self.choice;
        let first_by_itself = if carries_result(&choice.state) { First::MyRun } else { First::default() };
        let words = [
            ("lab", choice.lab.slug(), LabId::LatencyBudget.slug()),
            ("preset", choice.preset.unwrap_or_default(), ""),
            ("theme", choice.theme.slug(), start.choice.theme.slug()),
            ("ui", choice.ui.slug(), start.choice.ui.slug()),
            ("first", choice.first.slug(), first_by_itself.slug()),
            ("run", choice.run.slug(), start.choice.run.slug()),
            ("motion", choice.motion.slug(), start.choice.motion.slug()),
            ("where", self.place.slug(), start.place.slug()),
            ("script", if self.script == HostScript::With { "on" } else { "off" }, "on"),
            ("site", &self.site, ""),
            ("picture", &self.picture, ""),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (key, value, default) in words {
            if value != default {
                query.append_pair(key, value);
            }
        }
        let numbers = [
            ("width", u64::from(choice.width), u64::from(start.choice.width)),
            ("height", u64::from(choice.height), u64::from(choice.ui.height(choice.lab))),
        ];
        for (key, value, default) in numbers {
            if value != default {
                query.append_pair(key, &value.to_string());
            }
        }
        if choice.scale != start.choice.scale {
            query.append_pair("scale", &choice.scale.slug());
        }
        if let Some(seed) = choice.seed {
            query.append_pair("seed", &seed.0.to_string());
        }
        (query.finish(), choice.state.to_fragment())
    }

    /// Takes another lab; what belonged to the last one goes.
    pub fn choose_lab(&mut self, lab: LabId) {
        if lab != self.choice.lab {
            let Choice { theme, ui, run, width, height, scale, motion, .. } = self.choice;
            let first = if self.choice.first == First::MyRun { First::default() } else { self.choice.first };
            // A height that the author has chosen stays.
            let height = if height == ui.height(self.choice.lab) { ui.height(lab) } else { height };
            self.choice = Choice { theme, ui, first, run, width, height, scale, motion, ..Choice::of(lab) };
        }
    }

    /// Shows more or less of the lab, with the height that suits.
    pub const fn choose_ui(&mut self, ui: Ui) {
        self.choice.ui = ui;
        self.choice.height = ui.height(self.choice.lab);
    }

    /// What may be shown first: one's own run only where it was brought along, the question only where it can be answered.
    #[must_use]
    pub fn firsts(&self) -> Vec<First> {
        let is_offered = |first: &First| match first {
            First::Question => self.choice.may_ask(),
            First::RecordedRun => true,
            First::MyRun => carries_result(&self.choice.state),
        };
        First::ALL.iter().copied().filter(is_offered).collect()
    }

    /// The presets that the lab offers.
    #[must_use]
    pub fn presets(&self) -> Vec<(&'static str, &'static str)> {
        presets_of(self.choice.lab)
    }

    /// The address that snippets lead to: what was typed, else `here`.
    ///
    /// # Errors
    /// What was typed is no address.
    pub fn public_site(&self, here: &SiteAddress) -> Result<SiteAddress, NoSite> {
        if self.site.trim().is_empty() { Ok(here.clone()) } else { SiteAddress::parse(&self.site) }
    }

    /// What to paste; `alternative` is the picture's content in words, `file` its file's name.
    ///
    /// # Errors
    /// The site's address as typed is none.
    pub fn snippets(&self, here: &SiteAddress, alternative: &str, file: &str) -> Result<Vec<Snippet>, NoSite> {
        let typed = self.picture.trim();
        let src = if typed.is_empty() { file } else { typed };
        let picture = PictureLink { src: src.to_owned(), alt: alternative.to_owned() };
        Ok(snippets(self.place, &self.choice, &self.public_site(here)?, self.script, &picture))
    }

    /// The three frames to look at.
    #[must_use]
    pub fn previews(&self, here: &SiteAddress) -> [Preview; 3] {
        let preview = |title, name, theme, width| {
            let choice = Choice { theme, ..self.choice.clone() };
            Preview { title, name, src: choice.address(here), width }
        };
        let Choice { theme, width, .. } = self.choice;
        [
            preview("On a light page", "light", Theme::Light, width),
            preview("On a dark page", "dark", Theme::Dark, width),
            preview("On a phone, 320 pixels wide", "narrow", theme, 320),
        ]
    }
}

/// A whole number within a range, as typed.
#[must_use]
pub fn within(text: &str, range: RangeInclusive<u16>) -> Option<u16> {
    text.trim().parse().ok().filter(|number| range.contains(number))
}

#[cfg(test)]
#[path = "builder_tests.rs"]
mod tests;
