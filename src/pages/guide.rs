//! What the guide's piece of the Wasm draws, and what must be at hand for it: the one list of both.

use super::{audit::Audit, class::Class, glossary::Glossary, path::Path, pillar::PillarGuide, progress::Progress, start::Start};
use crate::{
    embed::claim::ClaimFrame,
    engine::Manifest,
    labs::recordings,
    state::{documents, files},
};
use course::AuditArchive;
use leptos::prelude::*;
use protocol::{LabId, Page, Pillar};

/// A part of the site that leads through the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guide {
    /// A page of [`Page::ALL`].
    Page(Page),
    /// A pillar's page.
    Pillar(Pillar),
    /// A claim of the audit, by its id, in somebody else's page.
    Claim(String),
}

impl Guide {
    /// Its view. All of them lie in the guide's piece: only `pieces` may call this.
    pub fn draw(self) -> AnyView {
        match self {
            Self::Page(Page::Path) => Path().into_any(),
            Self::Page(Page::Start) => Start().into_any(),
            Self::Page(Page::Audit) => Audit().into_any(),
            Self::Page(Page::Progress) => Progress().into_any(),
            Self::Page(Page::Glossary) => Glossary().into_any(),
            Self::Page(Page::Class) => Class().into_any(),
            Self::Pillar(pillar) => view! { <PillarGuide pillar/> }.into_any(),
            Self::Claim(id) => view! { <ClaimFrame id/> }.into_any(),
        }
    }

    /// The files that it is drawn from, as paths from the site's root.
    pub fn files<'a>(&self, manifest: &'a Manifest) -> Vec<&'a str> {
        let course = &manifest.course;
        match self {
            Self::Page(Page::Path | Page::Progress) => vec![&course.index, &course.path],
            Self::Page(Page::Start) => vec![&course.index, &course.path, &course.placement],
            Self::Page(Page::Audit) | Self::Claim(_) => vec![&course.audit],
            Self::Page(Page::Glossary) => vec![&course.glossary],
            Self::Page(Page::Class) => Vec::new(),
            Self::Pillar(_) => vec![&course.index, &course.pillars],
        }
    }

    /// Has at hand what it is drawn from. What does not arrive is missing where it is drawn, and said there.
    pub async fn fetch(&self, manifest: &Manifest) {
        for path in self.files(manifest) {
            let _ = files::get(manifest, path).await;
        }
        if let Self::Page(Page::Audit) | Self::Claim(_) = self
            && let Some(ledger) = documents::at_hand::<AuditArchive>(manifest)
        {
            // Its rules are told with what was recorded.
            let is_told =
                |lab: LabId| ledger.claims.iter().any(|claim| claim.rule().is_some_and(|rule| rule.lab.as_str() == lab.slug()));
            for lab in LabId::ALL.into_iter().filter(|lab| is_told(*lab)) {
                recordings::fetch(manifest, lab).await;
            }
        }
    }
}
