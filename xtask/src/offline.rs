//! What lets the built site be installed and work without a network: icons and web manifest, and the service worker with the list of every file.
//!
//! The list is made last, from what lies in the folder, so that it can neither miss a file nor name one that is not there. It must never run
//! before something that still writes into the site.

use crate::bundles;
use crate::html::RELOADER;
use crate::registry::Manifest;
use crate::workspace::is_of_type;
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The service worker's name. It never changes: browsers look there for a new release.
pub const WORKER: &str = "sw.js";
const WORKER_SCRIPT: &str = include_str!("../assets/sw.js");
/// What stands there under `cargo xtask serve`: it retires a worker that a built site left at the same address.
const RETIRED_SCRIPT: &str = include_str!("../assets/sw-retired.js");
/// What the release takes the place of in the script.
const MARK: &str = "\"RELEASE\"";

/// The folder of the icons, from the site's root.
const ICONS: &str = "icons";
/// What an installed site looks like to the system: beside the sources of the page, copied as they are.
const INSTALLED: [(&str, &[u8]); 5] = [
    ("manifest.webmanifest", include_bytes!("../../src/manifest.webmanifest")),
    ("icons/icon.svg", include_bytes!("../../src/icons/icon.svg")),
    ("icons/icon-180.png", include_bytes!("../../src/icons/icon-180.png")),
    ("icons/icon-192.png", include_bytes!("../../src/icons/icon-192.png")),
    ("icons/icon-512.png", include_bytes!("../../src/icons/icon-512.png")),
];

/// Stands in every page's manifest for the bytes that offline use takes, until they are counted: the pages themselves count. As long as any
/// number that may take its place.
const BYTES: u64 = 9_999_999_999;

/// Whether readers' browsers keep the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It is built to be read.
    Offered,
    /// It is being worked on: whoever saves a file wants to see it.
    Never,
}

impl Saving {
    /// As the page that Trunk wrote says: only `trunk serve` puts its reloader there.
    ///
    /// # Errors
    /// There is no such page.
    pub fn of(site: &Path) -> Result<Self> {
        let page = fs::read_to_string(site.join("index.html")).context("reading the page that Trunk wrote")?;
        Ok(if page.contains(RELOADER) { Self::Never } else { Self::Offered })
    }

    /// What the manifest says before [`settle`] has counted.
    pub const fn note(self) -> Option<u64> {
        match self {
            Self::Offered => Some(BYTES),
            Self::Never => None,
        }
    }
}

/// What the service worker knows: every file of the release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Release {
    /// The build, which the page compares with its own.
    build: String,
    /// The release's own id, over all files: a changed lesson is a new release, though nothing was compiled.
    id: String,
    /// What must be there before the release counts as installed.
    shell: Vec<String>,
    /// By path from the site's root: length in bytes, and the first half of its SHA-256 in hexadecimal digits.
    files: BTreeMap<String, (u64, String)>,
}

/// Puts the web manifest and the icons into the site.
///
/// # Errors
/// They cannot be written.
pub fn copy_installed(site: &Path) -> Result<()> {
    fs::create_dir_all(site.join(ICONS)).context("making the icons' folder")?;
    for (path, bytes) in INSTALLED {
        fs::write(site.join(path), bytes).with_context(|| format!("writing {path}"))?;
    }
    Ok(())
}

/// Writes the service worker of the site, which must be whole but for it.
///
/// # Errors
/// The site cannot be read or written.
pub fn settle(site: &Path, manifest: &Manifest, saving: Saving) -> Result<()> {
    let script = match saving {
        Saving::Never => RETIRED_SCRIPT.to_owned(),
        Saving::Offered => {
            count_bytes(site)?;
            WORKER_SCRIPT.replacen(MARK, &serde_json::to_string(&release(site, manifest)?)?, 1)
        }
    };
    fs::write(site.join(WORKER), script).context("writing the service worker")
}

/// Puts the number of bytes into the pages, in place of [`BYTES`] and at its length, so that it stays true.
fn count_bytes(site: &Path) -> Result<()> {
    let files = files(site)?;
    let sizes = files.iter().map(|path| Ok(fs::metadata(site.join(path))?.len()));
    let sum: u64 = sizes.sum::<Result<u64>>().context("weighing the site")?;
    ensure!(sum < BYTES, "the site weighs {sum} bytes, which is more than any browser keeps");
    let (mark, number) = (format!("\"offline\":{BYTES}"), format!("\"offline\":{sum:<10}"));
    for path in files.iter().filter(|path| is_of_type(path, "html")) {
        let path = site.join(path);
        let html = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        fs::write(&path, html.replace(&mark, &number)).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn release(site: &Path, manifest: &Manifest) -> Result<Release> {
    let mut files_of_release = BTreeMap::new();
    for path in files(site)? {
        let bytes = fs::read(site.join(&path)).with_context(|| format!("reading {path}"))?;
        let half = Sha256::digest(&bytes).iter().take(16).fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        files_of_release.insert(path, (bytes.len() as u64, half));
    }
    let parts: Vec<&[u8]> = files_of_release.iter().flat_map(|(path, (_, hash))| [path.as_bytes(), hash.as_bytes()]).collect();
    let id = format!("{:016x}", bundles::hash(&parts));
    let shell = files_of_release.keys().filter(|path| is_shell(path, manifest)).cloned().collect();
    Ok(Release { build: manifest.build.clone(), id, shell, files: files_of_release })
}

/// Home and what starts it. Everything else comes when the page is idle.
fn is_shell(path: &str, manifest: &Manifest) -> bool {
    let at_top = !path.contains('/');
    path == "index.html"
        || [&manifest.page.main.js, &manifest.page.main.wasm, &manifest.page.links, &manifest.course.index]
            .contains(&&path.to_owned())
        || (at_top && (is_of_type(path, "css") || is_of_type(path, "js")))
}

/// The paths of the files that are kept, in order.
fn files(site: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    walk(site, "", &mut found)?;
    found.retain(|path| is_kept(path));
    found.sort();
    Ok(found)
}

/// The worker itself, archives, what only search engines read and pictures for other sites' previews are of no use without a network.
fn is_kept(path: &str) -> bool {
    let is_icon = path.starts_with("icons/");
    let is_picture = !is_icon && ["png", "jpg", "jpeg", "webp"].iter().any(|end| is_of_type(path, end));
    !is_picture && !is_of_type(path, "zip") && ![WORKER, "robots.txt", "sitemap.xml"].contains(&path)
}

/// Every file below `folder`, by its path from the site's root. Hidden ones, such as Trunk's staging folder, are none of the site's.
pub fn walk(site: &Path, folder: &str, found: &mut Vec<String>) -> Result<()> {
    let path = site.join(folder);
    for entry in fs::read_dir(&path).with_context(|| format!("reading {}", path.display()))? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a file's name is not UTF-8")?;
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            walk(site, &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::tests::manifest;
    use tempfile::TempDir;

    fn site(page: &str) -> TempDir {
        let site = tempfile::tempdir().unwrap();
        let note = serde_json::to_string(&serde_json::json!({ "offline": Saving::Offered.note() })).unwrap();
        for (path, text) in [
            ("index.html", note.as_str()),
            ("404.html", "none"),
            ("budget/index.html", page),
            ("style-1.css", "body {}"),
            ("page-1.js", "glue"),
            ("workers/data-1.js", "worker"),
            ("cards/home.png", "picture"),
            ("icons/icon-192.png", "icon"),
            ("robots.txt", "all"),
            (".stage/left.js", "Trunk's own"),
        ] {
            fs::create_dir_all(site.path().join(path).parent().unwrap()).unwrap();
            fs::write(site.path().join(path), text).unwrap();
        }
        site
    }

    fn read(site: &TempDir, path: &str) -> String {
        fs::read_to_string(site.path().join(path)).unwrap()
    }

    #[test]
    fn the_worker_lists_every_file_that_is_of_use_offline() {
        let site = site("page");
        settle(site.path(), &manifest(), Saving::Offered).unwrap();
        let release = release(site.path(), &manifest()).unwrap();
        let paths: Vec<_> = release.files.keys().map(String::as_str).collect();
        let wanted = [
            "404.html",
            "budget/index.html",
            "icons/icon-192.png",
            "index.html",
            "page-1.js",
            "style-1.css",
            "workers/data-1.js",
        ];
        assert_eq!(paths, wanted);
        assert_eq!(release.shell, ["index.html", "page-1.js", "style-1.css"]);
        let script = read(&site, WORKER);
        assert!(script.contains(&serde_json::to_string(&release).unwrap()) && !script.contains(MARK), "{script}");
        // `printf 'body {}' | sha256sum`
        assert_eq!(release.files["style-1.css"], (7, "62368a1a29259b30bac235c0e75dc700".to_owned()));
    }

    #[test]
    fn the_bytes_in_the_pages_are_those_of_the_files_pages_included() {
        let site = site("page");
        settle(site.path(), &manifest(), Saving::Offered).unwrap();
        let home: serde_json::Value = serde_json::from_str(&read(&site, "index.html")).unwrap();
        let sum: u64 = release(site.path(), &manifest()).unwrap().files.values().map(|(bytes, _)| bytes).sum();
        assert_eq!(home["offline"], sum);
    }

    #[test]
    fn any_change_is_another_release() {
        let ids = ["one page", "another page"].map(|page| release(site(page).path(), &manifest()).unwrap().id);
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn a_served_site_keeps_nothing() {
        let site = site("page");
        assert_eq!(Saving::of(site.path()).unwrap(), Saving::Offered);
        fs::write(site.path().join("index.html"), RELOADER).unwrap();
        assert_eq!(Saving::of(site.path()).unwrap(), Saving::Never);
        settle(site.path(), &manifest(), Saving::Never).unwrap();
        assert_eq!(read(&site, WORKER), RETIRED_SCRIPT);
        assert_eq!(Saving::Never.note(), None);
    }

    #[test]
    fn the_web_manifest_s_addresses_are_relative_and_lead_to_files() {
        let (_, text) = INSTALLED[0];
        let json: serde_json::Value = serde_json::from_slice(text).unwrap();
        assert!(json["start_url"] == "./" && json["scope"] == "./", "{json}");
        for icon in json["icons"].as_array().unwrap() {
            assert!(INSTALLED.iter().any(|(path, _)| icon["src"] == *path), "{icon}");
        }
    }

    #[test]
    fn the_worker_s_script_holds_its_mark_once() {
        assert_eq!(WORKER_SCRIPT.matches(MARK).count(), 1);
    }
}
