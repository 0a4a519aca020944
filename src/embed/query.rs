//! What an embed's address asks for. Whatever is unknown or damaged is as if it were not there, and its name is kept, to be said.

use super::choice::{preset_from_slug, words};
use crate::state::settings::Theme;
use protocol::{LabId, Seed};
use std::ops::RangeInclusive;

/// The query of `/embed/<lab>/`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmbedQuery {
    /// `theme`
    pub theme: Theme,
    /// `run`
    pub start: Start,
    /// `ui`
    pub ui: Ui,
    /// `seed`, where it is a number.
    pub seed: Option<Seed>,
    /// `preset`
    pub preset: Option<String>,
    /// `scale`
    pub scale: Scale,
    /// `motion`
    pub motion: Motion,
    /// The names of those whose values mean nothing here.
    pub wrong: Vec<&'static str>,
}

/// The one version of the query that there is.
const VERSION: &str = "1";

/// When a run starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// When the reader presses Run.
    #[default]
    Click,
    /// At once.
    Auto,
    /// Never: the frame is a picture.
    Off,
}

/// How much of the lab is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ui {
    /// Everything.
    #[default]
    Full,
    /// The picture, its finding, and Run.
    Min,
    /// The picture and its finding.
    Chart,
}

/// Whether things move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// As the system says.
    #[default]
    Auto,
    /// They do not.
    Reduce,
}

/// How large everything is, 1 to 2 times its usual size, in whole percents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale(u16);

impl Default for Scale {
    fn default() -> Self {
        Self(100)
    }
}

impl Scale {
    /// The bounds, in percent.
    pub const PERCENTS: RangeInclusive<u16> = 100..=200;

    /// A scale, if it lies within its bounds.
    #[must_use]
    pub fn new(scale: f64) -> Option<Self> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 100 and 200")]
        (1.0..=2.0).contains(&scale).then(|| Self((scale * 100.0).round() as u16))
    }

    /// A scale in percent, if it lies within its bounds.
    #[must_use]
    pub fn of_percent(percent: u16) -> Option<Self> {
        Self::PERCENTS.contains(&percent).then_some(Self(percent))
    }

    /// The scale that an address names.
    #[must_use]
    pub fn from_slug(text: &str) -> Option<Self> {
        text.parse().ok().and_then(Self::new)
    }

    /// The scale as an address names it: `1.5`.
    #[must_use]
    pub fn slug(self) -> String {
        (f64::from(self.0) / 100.0).to_string()
    }

    /// The root's type size in percent.
    #[must_use]
    pub const fn percent(self) -> u16 {
        self.0
    }
}

words!(Ui: Full "full" "The whole lab", Min "min" "The picture and Run", Chart "chart" "The picture alone");
words!(Start: Click "click" "On a press of Run", Auto "auto" "By itself", Off "off" "Never");
words!(Motion: Auto "auto" "The system’s", Reduce "reduce" "None");

impl EmbedQuery {
    /// Reads what stands behind `?`, the last of several values of a name. Names that are not ours are their host's: they are left alone.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let pairs: Vec<_> = form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).collect();
        let mut wrong = Vec::new();
        let last = |name: &str| pairs.iter().rev().find(|(one, _)| one == name).map(|(_, value)| &**value);
        let mut read = Reader { last: &last, wrong: &mut wrong };
        read.word("v", |version| (version == VERSION).then_some(()));
        let found = Self {
            theme: read.word("theme", Theme::from_slug).unwrap_or_default(),
            start: read.word("run", Start::from_slug).unwrap_or_default(),
            ui: read.word("ui", Ui::from_slug).unwrap_or_default(),
            seed: read.word("seed", |text| text.parse().ok().map(Seed)),
            preset: last("preset").map(str::to_owned),
            scale: read.word("scale", Scale::from_slug).unwrap_or_default(),
            motion: read.word("motion", Motion::from_slug).unwrap_or_default(),
            wrong: Vec::new(),
        };
        Self { wrong, ..found }
    }
}

impl EmbedQuery {
    /// Whether the frame is a picture: nothing in it runs, or there is no Run to be seen.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.ui == Ui::Chart || self.start == Start::Off
    }

    /// The names of the values that mean nothing in a frame of this lab.
    #[must_use]
    pub fn wrong(&self, lab: LabId) -> Vec<&'static str> {
        let preset = self.preset.as_ref().filter(|slug| preset_from_slug(lab, slug).is_none()).map(|_| "preset");
        self.wrong.iter().copied().chain(preset).collect()
    }

    /// The names of the values that mean nothing in a frame of a claim, which has neither presets nor a seed.
    #[must_use]
    pub fn wrong_of_claim(&self) -> Vec<&'static str> {
        let (preset, seed) = (self.preset.as_ref().map(|_| "preset"), self.seed.map(|_| "seed"));
        self.wrong.iter().copied().chain(seed).chain(preset).collect()
    }
}

/// Reads words of a query, and keeps the names of those that it does not know.
struct Reader<'a> {
    last: &'a dyn Fn(&str) -> Option<&'a str>,
    wrong: &'a mut Vec<&'static str>,
}

impl Reader<'_> {
    fn word<T>(&mut self, name: &'static str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = (self.last)(name)?;
        let value = known(text);
        if value.is_none() {
            self.wrong.push(name);
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_says_what_it_wants() {
        let query = EmbedQuery::of("?v=1&theme=dark&run=auto&ui=chart&seed=7&preset=web-api&scale=1.5&motion=reduce");
        let wanted = EmbedQuery {
            theme: Theme::Dark,
            start: Start::Auto,
            ui: Ui::Chart,
            seed: Some(Seed(7)),
            preset: Some("web-api".to_owned()),
            scale: Scale(150),
            motion: Motion::Reduce,
            wrong: Vec::new(),
        };
        assert_eq!(query, wanted);
    }

    #[test]
    fn what_is_wrong_is_left_out_and_named() {
        let query = EmbedQuery::of("?v=2&theme=red&run=now&ui=all&seed=x&scale=9&motion=no");
        let wrong = ["v", "theme", "run", "ui", "seed", "scale", "motion"].to_vec();
        assert_eq!(query, EmbedQuery { wrong, ..EmbedQuery::default() });
        let preset = EmbedQuery::of("?preset=nope");
        assert_eq!(
            (preset.wrong(LabId::Arena), EmbedQuery::of("?preset=mesh").wrong(LabId::Serialization)),
            (vec!["preset"], Vec::new())
        );
        assert_eq!(EmbedQuery::of("?utm_source=x&secret=abc"), EmbedQuery::default());
    }

    #[test]
    fn a_claim_has_neither_presets_nor_a_seed() {
        let wrong = |query| EmbedQuery::of(query).wrong_of_claim();
        assert_eq!(wrong("?v=1&theme=dark&ui=min&run=off&scale=1.5&motion=reduce&secret=x"), Vec::<&str>::new());
        assert_eq!(wrong("?theme=red&seed=7&preset=mesh"), ["theme", "seed", "preset"]);
        assert_eq!(wrong("?seed=x"), ["seed"]);
    }

    #[test]
    fn the_last_of_several_counts() {
        assert_eq!(
            EmbedQuery::of("?ui=min&ui=chart&theme=no&theme=dark"),
            EmbedQuery { ui: Ui::Chart, theme: Theme::Dark, ..EmbedQuery::default() }
        );
        assert_eq!(EmbedQuery::of("?ui=chart&ui=x"), EmbedQuery { wrong: vec!["ui"], ..EmbedQuery::default() });
    }

    proptest! {
        #[test]
        fn any_query_gives_a_scale_within_bounds(query in ".{0,200}", scale in any::<f64>()) {
            for query in [query, format!("scale={scale}")] {
                prop_assert!(Scale::PERCENTS.contains(&EmbedQuery::of(&query).scale.percent()));
            }
        }

        #[test]
        fn a_scale_reads_back(percent in Scale::PERCENTS) {
            let scale = Scale::of_percent(percent);
            prop_assert!(scale.is_some());
            prop_assert_eq!(scale.map(Scale::slug).as_deref().and_then(Scale::from_slug), scale);
        }
    }
}
