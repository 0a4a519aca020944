//! What the site tells about itself: `registry.json` for tools and tests, and the manifest that every page carries.
//!
//! The manifest is part of the page and not a file of its own, so that it can never be older or newer than the page.

use crate::bundles::Module;
use crate::public::PublicUrl;
use crate::record::RecordingFiles;
use crate::routes::{LessonEntry, Route, of_lab};
use crate::split::Page;
use protocol::{Bundle, LabId, Pillar};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What every page carries in its element `#ferroscope-manifest`.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// The build, 16 hexadecimal digits.
    pub build: String,
    /// The site's root from this page; `boot.js` makes it absolute before the page starts.
    pub root: String,
    /// The page's own module and its pieces.
    pub page: Page,
    /// By bundle name.
    pub bundles: BTreeMap<&'static str, Module>,
    /// The lessons' files.
    pub course: CourseFiles,
    /// The recorded runs.
    pub recordings: RecordingFiles,
    /// Where the site will stand, as far as it is known.
    pub public: PublicUrl,
    /// How many bytes the browser keeps for offline use; none if the site is never kept.
    pub offline: Option<u64>,
}

/// Where the page finds the course: its files, from the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CourseFiles {
    /// The index. The lessons' archives lie beside it, under the names it gives.
    pub index: String,
    /// The learning path.
    pub path: String,
    /// The audit.
    pub audit: String,
    /// The glossary.
    pub glossary: String,
    /// The search index.
    pub search: String,
    /// The placement.
    pub placement: String,
    /// The pillars' goals.
    pub pillars: String,
}

impl Manifest {
    /// The manifest as the page of this root holds it.
    pub fn to_json(&self, root: &str) -> serde_json::Result<String> {
        serde_json::to_string(&Self { root: root.to_owned(), ..self.clone() })
    }
}

/// What is made to stand in frames, as the registry lists it.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// The labs with their presets.
    pub embeds: Vec<Value>,
    /// The audit's claims.
    pub claims: Vec<Value>,
}

/// The text of `registry.json`.
pub fn registry(manifest: &Manifest, routes: &[Route], lessons: &[LessonEntry], presets: &[Value], frames: &Frames) -> Value {
    let pillars = Pillar::ALL
        .map(|pillar| json!({ "slug": pillar.slug(), "title": pillar.title(), "route": format!("/pillars/{}/", pillar.slug()) }));
    let lessons = lessons.iter().map(|lesson| {
        json!({ "pillar": lesson.pillar, "slug": lesson.slug, "title": lesson.title, "route": format!("/{}", lesson.path()), "file": lesson.file, "labs": lesson.labs })
    });
    let labs = LabId::ALL.map(|lab| {
        json!({
            "slug": lab.slug(), "title": lab.title(), "listed": lab.is_listed(), "timed": lab.is_timed(), "bundle": lab.bundle().name(),
            "pillar": lab.pillar().map(Pillar::slug), "route": format!("/{}", of_lab(lab)),
            "recordings": manifest.recordings.get(lab.slug()),
        })
    });
    let bundles = Bundle::ALL.into_iter().filter_map(|bundle| {
        let module = manifest.bundles.get(bundle.name())?;
        Some(json!({ "name": bundle.name(), "js": module.js, "wasm": module.wasm, "bytes": module.bytes }))
    });
    json!({
        "build": manifest.build,
        "public": manifest.public,
        "routes": routes.iter().map(Route::address).collect::<Vec<_>>(),
        "pillars": pillars,
        "lessons": lessons.collect::<Vec<_>>(),
        "labs": labs,
        "presets": presets,
        "embeds": frames.embeds,
        "claims": frames.claims,
        "bundles": bundles.collect::<Vec<_>>(),
        "views": manifest.page.views,
        "course": manifest.course.index,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::routes;

    /// A build without meaning.
    pub(crate) fn manifest() -> Manifest {
        let module = |name: &str| Module {
            js: format!("workers/{name}-1.js"),
            wasm: format!("workers/{name}-1.wasm"),
            bytes: 7,
            js_integrity: String::new(),
            wasm_integrity: String::new(),
        };
        Manifest {
            build: "00000000000000ff".to_owned(),
            root: String::new(),
            page: Page { main: module("page"), links: String::new(), links_integrity: String::new(), views: BTreeMap::new() },
            bundles: Bundle::ALL.map(|bundle| (bundle.name(), module(bundle.name()))).into(),
            course: CourseFiles { index: "course/course-1.index".to_owned(), ..CourseFiles::default() },
            recordings: [("arena", "recordings/arena-1.json".to_owned())].into(),
            public: PublicUrl::default(),
            offline: None,
        }
    }

    #[test]
    fn the_manifest_holds_the_route_s_root_and_every_bundle() {
        let json: Value = serde_json::from_str(&manifest().to_json("../../").unwrap()).unwrap();
        assert_eq!(json["root"], "../../");
        assert_eq!(json["bundles"]["data"]["wasm"], "workers/data-1.wasm");
        assert_eq!(json["bundles"]["data"]["jsIntegrity"], "");
        assert_eq!(json["bundles"].as_object().unwrap().len(), Bundle::ALL.len());
    }

    #[test]
    fn the_registry_lists_every_lab_with_its_route() {
        let routes = routes::all(&[], &[]);
        let registry = registry(&manifest(), &routes, &[], &[], &Frames::default());
        assert_eq!(registry["labs"].as_array().unwrap().len(), LabId::ALL.len());
        for entry in registry["labs"].as_array().unwrap().iter().chain(registry["pillars"].as_array().unwrap()) {
            assert!(registry["routes"].as_array().unwrap().contains(&entry["route"]), "{entry}");
        }
        let hidden: Vec<_> = registry["labs"].as_array().unwrap().iter().filter(|lab| lab["listed"] == false).collect();
        assert_eq!(hidden.len(), 1);
        assert_eq!(hidden[0]["slug"], "self-test");
        assert_eq!(hidden[0]["recordings"], Value::Null);
        let arena = registry["labs"].as_array().unwrap().iter().find(|lab| lab["slug"] == "arena").unwrap();
        assert_eq!(arena["recordings"], "recordings/arena-1.json");
    }
}
