//! What the site says it consists of: `registry.json`. The tests go by it and never by a list of their own.

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
}

/// A lesson of the registry.
#[derive(Clone, Debug, Deserialize)]
pub struct LessonEntry {
    /// Its page.
    pub route: String,
}

impl Registry {
    /// The routes that home must lead to: every lesson and every listed lab.
    pub fn listed(&self) -> impl Iterator<Item = &str> {
        let labs = self.labs.iter().filter(|lab| lab.listed).map(|lab| lab.route.as_str());
        self.lessons.iter().map(|lesson| lesson.route.as_str()).chain(labs)
    }
}
