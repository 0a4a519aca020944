//! What the site says it consists of: `registry.json`. The tests go by it and never by a list of their own.

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// The site's registry, as far as tests need it.
#[derive(Clone, Debug, Deserialize)]
pub struct Registry {
    /// The build, 16 hexadecimal digits.
    pub build: String,
    /// Every route, with a slash at both ends.
    pub routes: Vec<String>,
    /// Every lab.
    pub labs: Vec<LabEntry>,
    /// Every lesson.
    pub lessons: Vec<LessonEntry>,
    /// Every worker bundle.
    pub bundles: Vec<BundleEntry>,
    /// Every embed.
    #[serde(default)]
    embeds: Vec<EmbedEntry>,
}

/// A lab of the registry.
#[derive(Clone, Debug, Deserialize)]
pub struct LabEntry {
    /// Its name in `data-lab`.
    pub slug: String,
    /// Its page.
    pub route: String,
    /// Whether menus lead to it.
    pub listed: bool,
    /// Whether its runs time anything: the picture of one that does not is a table.
    pub timed: bool,
}

/// A lesson of the registry.
#[derive(Clone, Debug, Deserialize)]
pub struct LessonEntry {
    /// Its page.
    pub route: String,
}

/// A worker bundle of the registry: its files, from the site's root.
#[derive(Clone, Debug, Deserialize)]
pub struct BundleEntry {
    /// Its glue.
    pub js: String,
    /// Its Wasm.
    pub wasm: String,
}

/// A page made to stand in another site's frame.
#[derive(Clone, Debug, Deserialize)]
pub struct EmbedEntry {
    /// The lab's slug.
    pub lab: String,
    /// The preset it opens with; none for the lab as it starts.
    pub preset: Option<String>,
    path: String,
}

impl EmbedEntry {
    /// Its route, with a slash at both ends, however the registry spells it.
    #[must_use]
    pub fn route(&self) -> String {
        format!("/{}/", self.path.trim_matches('/'))
    }
}

impl Registry {
    /// The routes that home must lead to: every lesson and every listed lab.
    pub fn listed(&self) -> impl Iterator<Item = &str> {
        let labs = self.labs.iter().filter(|lab| lab.listed).map(|lab| lab.route.as_str());
        self.lessons.iter().map(|lesson| lesson.route.as_str()).chain(labs)
    }

    /// Every embed.
    ///
    /// # Errors
    /// There is none, or a listed lab has none: a test that finds nothing to test has not passed.
    pub fn embeds(&self) -> Result<&[EmbedEntry]> {
        for lab in self.labs.iter().filter(|lab| lab.listed) {
            self.embed(&lab.slug)?;
        }
        Ok(&self.embeds)
    }

    /// The embed of a lab as it starts.
    ///
    /// # Errors
    /// There is none.
    pub fn embed(&self, lab: &str) -> Result<&EmbedEntry> {
        let found = self.embeds.iter().find(|embed| embed.lab == lab && embed.preset.as_deref().unwrap_or_default().is_empty());
        found.with_context(|| format!("registry.json lists no embed of {lab} among its {}", self.embeds.len()))
    }

    /// The page of a lab.
    ///
    /// # Errors
    /// There is none.
    pub fn lab(&self, slug: &str) -> Result<&LabEntry> {
        self.labs.iter().find(|lab| lab.slug == slug).with_context(|| format!("registry.json lists no lab {slug}"))
    }
}
