//! Every address of the site, with what its static page says before any Wasm runs.
//!
//! [`Route::root`] is the one place that turns an address into the way back to the site's root.

use crate::claims::ClaimEntry;
use crate::embeds::{self, Embed};
use protocol::{LabId, Page, Pillar};

/// One address of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Without a leading slash, with a closing one: `labs/arena/`; empty for home.
    pub path: String,
    /// The page's title.
    pub title: String,
    /// What a search engine or a shared link shows under it.
    pub description: String,
    /// What the page shows.
    pub subject: Subject,
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Words: what is read, or leads on.
    Text,
    /// A lab, with everything around it.
    Lab(LabId),
    /// A lab in somebody else's page.
    Embed(Embed),
    /// A claim of the audit in somebody else's page.
    Claim(ClaimEntry),
}

impl Route {
    /// A route to `path`, which shows words.
    pub fn new(path: impl Into<String>, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { path: path.into(), title: title.into(), description: description.into(), subject: Subject::Text }
    }

    /// The route of a lab on its own.
    pub fn of_lab(lab: LabId) -> Self {
        Self { subject: Subject::Lab(lab), ..Self::new(of_lab(lab), lab.title(), lab.summary()) }
    }

    /// The route of an embed.
    pub fn of_embed(embed: &Embed) -> Self {
        Self { subject: Subject::Embed(*embed), ..Self::new(embed.path(), embed.title(), embed.lab.summary()) }
    }

    /// The route of a claim's frame.
    pub fn of_claim(claim: &ClaimEntry) -> Self {
        Self { subject: Subject::Claim(claim.clone()), ..Self::new(claim.path(), claim.title(), claim.summary()) }
    }

    /// The page's title with the site's.
    pub fn full_title(&self) -> String {
        if self.path.is_empty() { self.title.clone() } else { format!("{} · Ferroscope", self.title) }
    }

    /// The site's root, as seen from this route: `./`, `../../`.
    pub fn root(&self) -> String {
        match self.path.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The address below the site's root, with a leading slash, as the registry gives it.
    pub fn address(&self) -> String {
        format!("/{}", self.path)
    }
}

/// The route of a lab on its own.
pub fn of_lab(lab: LabId) -> String {
    match lab {
        LabId::LatencyBudget => "budget/".to_owned(),
        LabId::Serialization
        | LabId::ByteLens
        | LabId::Evolution
        | LabId::Columns
        | LabId::Packets
        | LabId::Arena
        | LabId::Allocators
        | LabId::Clones
        | LabId::InteriorMutability
        | LabId::Layout
        | LabId::Lifetimes
        | LabId::Pin
        | LabId::SelfTest => {
            format!("labs/{}/", lab.slug())
        }
    }
}

/// A lesson, as far as addresses are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonEntry {
    /// The pillar's slug.
    pub pillar: String,
    /// The lesson's slug, with hyphens.
    pub slug: String,
    /// The lesson's title.
    pub title: String,
    /// One sentence on it.
    pub summary: String,
    /// Its archive, from the site's root.
    pub file: String,
    /// Slugs of the labs that it embeds.
    pub labs: Vec<String>,
}

impl LessonEntry {
    /// The lesson's route.
    pub fn path(&self) -> String {
        format!("lessons/{}/{}/", self.pillar, self.slug)
    }
}

/// Every route of a site with these lessons and claims, home first.
pub fn all(lessons: &[LessonEntry], claims: &[ClaimEntry]) -> Vec<Route> {
    let home = Route::new(
        "",
        "Ferroscope",
        "A Rust roadmap that runs and measures itself in your browser: lessons whose labs are real Rust, timed on your own machine.",
    );
    let pillars = Pillar::ALL.map(|pillar| Route::new(format!("pillars/{}/", pillar.slug()), pillar.title(), pillar.summary()));
    let lessons = lessons.iter().map(|lesson| Route::new(lesson.path(), &*lesson.title, &*lesson.summary));
    let embeds = embeds::all();
    let embeds = embeds.iter().map(Route::of_embed);
    let builder = Route::new(
        "embed/",
        "Embed a lab",
        "Put a Ferroscope lab into a blog post: a frame where frames are allowed, your own result as a picture where they are not.",
    );
    let labs = LabId::ALL.map(Route::of_lab);
    let pages = Page::ALL.map(|page| Route::new(format!("{}/", page.slug()), page.title(), page.summary()));
    let claims = claims.iter().map(Route::of_claim);
    let listed = std::iter::once(home).chain(pages).chain(pillars).chain(lessons).chain(labs);
    listed.chain([builder]).chain(embeds).chain(claims).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_as_many_steps_up_as_the_route_is_deep() {
        let root = |path| Route::new(path, "", "").root();
        assert_eq!(root(""), "./");
        assert_eq!(root("budget/"), "../");
        assert_eq!(root("labs/arena/"), "../../");
        assert_eq!(root("lessons/data/zero-copy/"), "../../../");
    }

    #[test]
    fn every_lab_and_pillar_has_a_route_of_its_own() {
        let lesson = LessonEntry {
            pillar: "data".to_owned(),
            slug: "zero-copy".to_owned(),
            title: "Zero-copy reads".to_owned(),
            summary: String::new(),
            file: String::new(),
            labs: Vec::new(),
        };
        let routes = all(&[lesson], &[]);
        let mut paths: Vec<_> = routes.iter().map(|route| route.path.as_str()).collect();
        for wanted in [
            "",
            "budget/",
            "labs/arena/",
            "labs/self-test/",
            "pillars/memory/",
            "lessons/data/zero-copy/",
            "embed/arena/",
            "audit/",
        ] {
            assert!(paths.contains(&wanted), "{wanted}");
        }
        assert!(!paths.contains(&"labs/latency-budget/"));
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), routes.len(), "two routes share an address");
        assert!(paths.iter().all(|path| path.is_empty() || (path.ends_with('/') && !path.starts_with('/'))));
    }
}
