//! What this build of the site consists of, read from the data block that every `index.html` carries. It is part of the page itself, so it can
//! never be of another build than the page.

use crate::{
    app::Route,
    state::public_address::{self, PublicAddress},
};
use miniserde::Deserialize;
use protocol::{BuildId, Bundle, LabId};
use std::collections::HashMap;
use units::Bytes;
use wasm_bindgen::JsValue;

/// The page's data block, `<script type="application/json" id="ferroscope-manifest">`.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    /// The build, as 16 hexadecimal digits.
    build: String,
    /// From this route's folder to the site's root: `./`, `../../`.
    root: String,
    /// The worker bundles, by name.
    bundles: HashMap<String, BundleFiles>,
    /// The lessons' files.
    pub course: CourseFiles,
    /// The labs' recorded runs: each lab's file, by its slug.
    recordings: HashMap<String, String>,
    /// The address under which the site is known; none if the build was not told.
    public: Option<String>,
    /// How many bytes the browser keeps for offline use; none if the site is never kept.
    offline: Option<u64>,
}

/// The files of a worker bundle, relative to the site's root.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct BundleFiles {
    /// The glue script.
    pub(super) js: String,
    /// The Wasm module.
    pub(super) wasm: String,
    /// The module's size on disk, in bytes.
    pub(super) bytes: u64,
    /// What the glue script has to be, as an `integrity` attribute says it.
    #[serde(rename = "jsIntegrity")]
    pub(super) js_integrity: String,
    /// The same of the module.
    #[serde(rename = "wasmIntegrity")]
    pub(super) wasm_integrity: String,
}

/// The files of the course, relative to the site's root.
#[derive(Clone, Debug, Deserialize)]
pub struct CourseFiles {
    /// The index archive.
    pub index: String,
    /// The learning path's archive.
    pub path: String,
    /// The audit's archive.
    pub audit: String,
    /// The glossary's archive.
    pub glossary: String,
    /// The search index.
    pub search: String,
    /// The placement's archive.
    pub placement: String,
    /// The archive of the pillars' goals.
    pub pillars: String,
}

impl Manifest {
    /// The manifest of the page that runs, with its root made absolute.
    ///
    /// # Errors
    /// A sentence, if the page has no such block or it is damaged: the site was not built by `cargo xtask`.
    pub fn of_page() -> Result<Self, String> {
        let document = leptos::prelude::document();
        let block = document.get_element_by_id("ferroscope-manifest").and_then(|element| element.text_content());
        let mut manifest = Self::of_text(&block.ok_or("this page carries no manifest")?)?;
        let base = document.base_uri().ok().flatten().unwrap_or_default();
        let root = web_sys::Url::new_with_base(&manifest.root, &base).map_err(|error: JsValue| format!("{error:?}"))?;
        root.set_search("");
        root.set_hash("");
        manifest.root = root.href();
        Ok(manifest)
    }

    /// The manifest in this text, its root as it stands there.
    ///
    /// # Errors
    /// A sentence, if it is damaged.
    pub fn of_text(text: &str) -> Result<Self, String> {
        miniserde::json::from_str(text).map_err(|_| "this page’s manifest is damaged".to_owned())
    }

    /// The site's root, as [`Manifest::of_text`] or [`Manifest::of_page`] found it, without the slash at its end.
    #[must_use]
    pub fn root(&self) -> &str {
        self.root.trim_end_matches('/')
    }

    /// The build's id, which every message to and from a worker bears.
    #[must_use]
    pub fn build(&self) -> BuildId {
        BuildId(u64::from_str_radix(&self.build, 16).unwrap_or_default())
    }

    /// The build's id as text.
    #[must_use]
    pub fn build_text(&self) -> &str {
        &self.build
    }

    /// The absolute address of a file of the site.
    #[must_use]
    pub fn address(&self, file: &str) -> String {
        format!("{}{file}", self.root)
    }

    /// The path of the site's root, without the slash at its end: empty at the top of a host, `/a/b` under a sub-path.
    #[must_use]
    pub fn base_path(&self) -> String {
        let path = web_sys::Url::new(&self.root).map(|url| url.pathname()).unwrap_or_default();
        path.trim_end_matches('/').to_owned()
    }

    /// What offline use takes; none if this site is never kept, as while it is being worked on.
    #[must_use]
    pub fn offline(&self) -> Option<Bytes> {
        self.offline.map(Bytes)
    }

    /// The address of a place as readers know it, whole: as the speaker set it, else as the build was told, else where the site runs.
    #[must_use]
    pub fn public_address(&self, place: &Route) -> String {
        let set = public_address::chosen();
        let told = || self.public.as_deref().and_then(|address| address.parse().ok());
        let path = place.path();
        let path = path.trim_start_matches('/');
        set.or_else(told).map_or_else(|| self.address(path), |root: PublicAddress| root.of(path))
    }

    /// The file of a lab's recorded runs, relative to the site's root; none if nothing was recorded.
    #[must_use]
    pub fn recordings(&self, lab: LabId) -> Option<&str> {
        self.recordings.get(lab.slug()).map(String::as_str)
    }

    pub(super) fn bundle(&self, bundle: Bundle) -> Option<&BundleFiles> {
        self.bundles.get(bundle.name())
    }
}
