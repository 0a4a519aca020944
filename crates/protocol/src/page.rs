//! The pages that are no lesson, lab or pillar: one list for the router, the menus, the prerendering and the registry.

use serde::{Deserialize, Serialize};

/// A page at the top of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Page {
    /// The learning path, drawn.
    Path,
    /// The questions that find out where to begin.
    Start,
    /// The ledger of the roadmap's claims.
    Audit,
    /// What the reader has done.
    Progress,
    /// The field's words.
    Glossary,
    /// What a class needs: an assignment, a sheet to hand in, results side by side.
    Class,
}

impl Page {
    /// Every page, in the order of the menus.
    pub const ALL: [Self; 6] = [Self::Path, Self::Start, Self::Audit, Self::Progress, Self::Glossary, Self::Class];

    /// The page's name in addresses: `/<slug>/`. It never changes once released.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Start => "start",
            Self::Audit => "audit",
            Self::Progress => "progress",
            Self::Glossary => "glossary",
            Self::Class => "class",
        }
    }

    /// The page whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Path => "Learning path",
            Self::Start => "Where do I start?",
            Self::Audit => "The roadmap, audited",
            Self::Progress => "Your progress",
            Self::Glossary => "Glossary",
            Self::Class => "For a class",
        }
    }

    /// One sentence on what the page is for.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Path => {
                "From the first line of Rust to three specializations: what each station takes, and which lessons serve it."
            }
            Self::Start => "A few short programs: say what each does, and learn which station of the path is yours.",
            Self::Audit => "Every checkable claim of the roadmap with its verdict, its evidence, and a way to run it again.",
            Self::Progress => "What you have read, predicted, run and answered; kept on this device alone.",
            Self::Glossary => "The words of the seven pillars, each in a sentence or two.",
            Self::Class => "Set an assignment, hand in what you measured, and lay several results side by side.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_slug() {
        for page in Page::ALL {
            assert_eq!(Page::from_slug(page.slug()), Some(page));
        }
        assert_eq!(Page::from_slug("budget"), None);
    }
}
