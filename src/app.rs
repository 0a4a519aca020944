//! Routes, and nothing else. Every link comes from [`href`], which adds the base the site is served under.

use crate::{
    components::{
        assignment::AssignmentDoor,
        chrome::{FocusOnNavigation, Footer, Header, SkipLink},
        later::{later, once_in_place},
        lazy::lazy,
    },
    engine::Manifest,
    pages::{self, guide::Guide},
    pieces,
    stage::{self, Entry},
    state::address::{self, IN_BROWSER},
};
use leptos::{ev, prelude::*};
use leptos_router::{
    components::{Route as RouteTo, Router, Routes},
    path,
};
use protocol::{LabId, Page, Pillar};
use std::sync::Arc;

/// The whole app.
#[component]
pub fn App(
    /// What this build consists of; without it the page reads, but no lab runs.
    manifest: Option<Arc<Manifest>>,
    /// What stands before every link's path: the path the site is served under, or the way back from a prerendered page.
    base: String,
    /// The place that the page's address leads to, if it is one.
    at: Option<Route>,
) -> AnyView {
    // A prerendered page is drawn as if the site stood at the top of a host.
    let routed = if IN_BROWSER { base.clone() } else { String::new() };
    provide_context(Site { manifest, base: base.into() });
    match at {
        Some(Route::Embed { lab, preset }) => return lazy(move || pieces::embed(lab, preset.clone())),
        Some(Route::EmbedClaim(id)) => return lazy(move || pieces::guide(Guide::Claim(id.clone()))),
        _ => {}
    }
    view! {
        <Router base=routed>
            <SkipLink/>
            <FocusOnNavigation/>
            <StageDoor/>
            <AssignmentDoor/>
            {later(|| view! { <Header/> }.into_any())}
            <main id="content" tabindex="-1">
                <Routes fallback=pages::not_found::NotFound>
                    <RouteTo path=path!("/") view=pages::home::Home/>
                    <RouteTo path=path!("/pillars/:pillar") view=pages::pillar::PillarPage/>
                    <RouteTo path=path!("/lessons/:pillar/:lesson") view=pages::lesson::LessonPage/>
                    <RouteTo path=path!("/labs/:lab") view=pages::lab::LabPage/>
                    <RouteTo path=path!("/embed") view=pages::embed_builder::EmbedBuilderPage/>
                    <RouteTo path=path!("/budget") view=pages::lab::BudgetPage/>
                    <RouteTo path=path!("/:page") view=pages::top::TopPage/>
                </Routes>
            </main>
            {later(|| view! { <Footer/> }.into_any())}
        </Router>
    }
    .into_any()
}

/// Enters the stage where the address asks for it, and by Alt+S: a letter alone would be in the way of those who speak their commands.
#[component]
fn StageDoor() -> impl IntoView {
    let site = use_context::<Site>();
    let enter = move |entry| {
        let Some(site) = site.clone() else { return };
        leptos::task::spawn_local(async move {
            // A stage that does not arrive leaves the page as it is.
            let _ = pieces::stage(entry, site).await;
            if let Some(root) = document().document_element() {
                let _ = root.remove_attribute("data-waiting");
            }
        });
    };
    Effect::new(move |_| {
        // Who leaves the stage by a clicker's one key comes back by its other, which loads the page anew.
        let left = stage::was_left().then_some(Entry::Stage);
        if let Some(entry) = Entry::of_query(&address::query()).or(left) {
            let enter = enter.clone();
            once_in_place(move || enter(entry));
        }
        let enter = enter.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.alt_key() && !event.ctrl_key() && event.code() == "KeyS" {
                event.prevent_default();
                enter(Entry::Stage);
            }
        });
        on_cleanup(move || listener.remove());
    });
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
    /// `/embed/<lab>/` or `/embed/<lab>/<preset>/`
    Embed {
        /// Which lab.
        lab: LabId,
        /// The preset's slug.
        preset: Option<String>,
    },
    /// `/embed/claim-<id>/`
    EmbedClaim(String),
    /// `/embed/`
    EmbedBuilder,
    /// `/<page>/`
    Page(Page),
}

/// What stands before a claim's id in the address of its frame; no lab's slug begins with it.
const CLAIM: &str = "claim-";

impl Route {
    /// The place that a path below the site's root leads to, if it is one.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != "index.html").collect();
        Some(match *parts.as_slice() {
            [] => Self::Home,
            ["budget"] => Self::Lab(LabId::LatencyBudget),
            ["pillars", pillar] => Self::Pillar(Pillar::from_slug(pillar)?),
            ["lessons", pillar, lesson] => Self::Lesson { pillar: pillar.to_owned(), lesson: lesson.to_owned() },
            ["embed"] => Self::EmbedBuilder,
            [page] => Self::Page(Page::from_slug(page)?),
            ["labs", lab] => Self::Lab(LabId::from_slug(lab)?),
            ["embed", claim] if claim.starts_with(CLAIM) => Self::EmbedClaim(claim[CLAIM.len()..].to_owned()),
            ["embed", lab] => Self::Embed { lab: LabId::from_slug(lab)?, preset: None },
            ["embed", lab, preset] => Self::Embed { lab: LabId::from_slug(lab)?, preset: Some(preset.to_owned()) },
            _ => return None,
        })
    }

    /// The part of the guide that is shown there, if one is.
    #[must_use]
    pub fn guide(&self) -> Option<Guide> {
        match self {
            Self::Page(page) => Some(Guide::Page(*page)),
            Self::Pillar(pillar) => Some(Guide::Pillar(*pillar)),
            Self::EmbedClaim(id) => Some(Guide::Claim(id.clone())),
            _ => None,
        }
    }

    /// The path below the site's root, with a slash at both ends.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Pillar(pillar) => format!("/pillars/{}/", pillar.slug()),
            Self::Lesson { pillar, lesson } => format!("/lessons/{pillar}/{lesson}/"),
            Self::Lab(LabId::LatencyBudget) => "/budget/".to_owned(),
            Self::EmbedClaim(id) => format!("/embed/{CLAIM}{id}/"),
            Self::EmbedBuilder => "/embed/".to_owned(),
            Self::Page(page) => format!("/{}/", page.slug()),
            Self::Lab(lab) => format!("/labs/{}/", lab.slug()),
            Self::Embed { lab, preset: None } => format!("/embed/{}/", lab.slug()),
            Self::Embed { lab, preset: Some(preset) } => format!("/embed/{}/{preset}/", lab.slug()),
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
