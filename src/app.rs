//! Routes, and nothing else. Every link comes from [`href`], which adds the base the site is served under.

use crate::{
    components::chrome::{FocusOnNavigation, Footer, Header, SkipLink},
    engine::Manifest,
    pages,
};
use leptos::prelude::*;
use leptos_router::{
    components::{Route as RouteTo, Router, Routes},
    path,
};
use protocol::{LabId, Pillar};
use std::sync::Arc;

/// The whole app.
#[component]
pub fn App(
    /// What this build consists of; without it the page reads, but no lab runs.
    manifest: Option<Arc<Manifest>>,
) -> impl IntoView {
    let base = manifest.as_ref().map(|manifest| manifest.base_path()).unwrap_or_default();
    provide_context(Site { manifest, base: base.clone().into() });
    view! {
        <Router base=base>
            <SkipLink/>
            <FocusOnNavigation/>
            <Header/>
            <main id="content" tabindex="-1">
                <Routes fallback=pages::not_found::NotFound>
                    <RouteTo path=path!("/") view=pages::home::Home/>
                    <RouteTo path=path!("/pillars/:pillar") view=pages::pillar::PillarPage/>
                    <RouteTo path=path!("/lessons/:pillar/:lesson") view=pages::lesson::LessonPage/>
                    <RouteTo path=path!("/labs/:lab") view=pages::lab::LabPage/>
                    <RouteTo path=path!("/budget") view=pages::lab::BudgetPage/>
                </Routes>
            </main>
            <Footer/>
        </Router>
    }
}

/// What every view may ask for: the build's manifest and the path the site is served under.
#[derive(Clone)]
pub struct Site {
    /// The build's manifest.
    pub manifest: Option<Arc<Manifest>>,
    base: Arc<str>,
}

/// A place of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Home,
    /// `/pillars/<pillar>/`
    Pillar(Pillar),
    /// `/lessons/<pillar>/<lesson>/`
    Lesson {
        /// The pillar's slug.
        pillar: String,
        /// The lesson's slug, with hyphens.
        lesson: String,
    },
    /// `/labs/<lab>/`, or `/budget/`
    Lab(LabId),
}

impl Route {
    /// The path below the site's root, with a slash at both ends.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Pillar(pillar) => format!("/pillars/{}/", pillar.slug()),
            Self::Lesson { pillar, lesson } => format!("/lessons/{pillar}/{lesson}/"),
            Self::Lab(LabId::LatencyBudget) => "/budget/".to_owned(),
            Self::Lab(lab) => format!("/labs/{}/", lab.slug()),
        }
    }
}

/// The address of a place, whatever path the site is served under.
#[must_use]
pub fn href(route: &Route) -> String {
    let base = use_context::<Site>().map(|site| site.base);
    format!("{}{}", base.as_deref().unwrap_or_default(), route.path())
}

/// The build's manifest, where there is one.
#[must_use]
pub fn manifest() -> Option<Arc<Manifest>> {
    use_context::<Site>().and_then(|site| site.manifest)
}
