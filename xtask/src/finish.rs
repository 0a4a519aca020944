//! Makes a site of what Trunk has built: workers named by content, the course, one page per route, the registry.
//!
//! Trunk's `post_build` hook calls it on the staging folder, so that `trunk build` and `trunk serve` give the same site as
//! `cargo xtask build`. It compiles nothing and fetches nothing.

use crate::build::Mode;
use crate::bundles::{self, Module};
use crate::cards::{self, Cards};
use crate::html::Early;
use crate::offline::{self, Saving};
use crate::public::PublicUrl;
use crate::registry::{Frames, Manifest, registry};
use crate::routes::{self, Route};
use crate::{claims, course, crawlers, embeds, html, prerender, record, serve, social, split};
use anyhow::{Context, Result, bail};
use budget::Preset;
use protocol::Bundle;
use serde_json::json;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The script that starts the page.
const BOOT: &str = include_str!("../assets/boot.js");
/// The script that runs before the first paint.
const EARLY: &str = include_str!("../assets/early.js");
/// What Trunk's `pattern_script` calls it, before it is named by its content.
const BOOT_PLACEHOLDER: &str = "boot.js";

/// What authors may put beside a frame, so that it gets the height it asks for.
const HOST_SCRIPT: &str = include_str!("../assets/embed-host.js");
/// Its name never changes: it stands in other people's pages.
pub const HOST_SCRIPT_NAME: &str = "embed-host.js";

/// Finishes the site in the folder that Trunk names.
///
/// # Errors
/// As [`finish`]; or Trunk did not start this.
pub fn from_trunk() -> Result<()> {
    let Some(site) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        bail!("`finish` is for Trunk's post_build hook: use `cargo xtask build` or `cargo xtask serve`");
    };
    finish(&site, Mode::of_hook()?)?;
    serve::announce();
    Ok(())
}

/// Finishes the site in `site`, where Trunk has left the page, the workers and `index.html`.
///
/// # Errors
/// Something that `Trunk.toml` and `index.html` should have brought about is missing; or a file cannot be written.
pub fn finish(site: &Path, mode: Mode) -> Result<()> {
    let lessons = course::copy_into(site)?;
    let recordings = record::copy_into(site)?;
    offline::copy_installed(site)?;
    let saving = Saving::of(site)?;
    let page = split::split(site, mode)?;
    let workers = Bundle::ALL.into_iter().map(|bundle| Ok((bundle.name(), bundles::settle_worker(site, bundle)?)));
    let workers: std::collections::BTreeMap<&'static str, Module> = workers.collect::<Result<_>>()?;

    let integrities =
        std::iter::once(&page.main).chain(workers.values()).flat_map(|module| [&module.js_integrity, &module.wasm_integrity]);
    let integrities: Vec<&[u8]> = integrities.chain([&page.links_integrity]).map(String::as_bytes).collect();
    let build = format!("{:016x}", bundles::hash(&integrities));
    let manifest = Manifest {
        build,
        root: String::new(),
        page,
        bundles: workers,
        course: lessons.files.clone(),
        recordings,
        public: PublicUrl::from_environment()?,
        offline: saving.note(),
    };

    let routes = routes::all(&lessons.entries, &lessons.claims);
    // Drawing takes seconds: who edits and reloads does without.
    let cards = if mode == Mode::Release { cards::draw_into(site, &routes)? } else { Cards::default() };
    let manifests = routes.iter().map(|route| Ok((route.address(), manifest.to_json(&route.root())?)));
    let manifests: Vec<(String, String)> =
        manifests.collect::<serde_json::Result<_>>().context("writing the manifest as JSON")?;
    let bodies = match mode {
        Mode::Release => prerender::bodies(site, &shown(&lessons, &manifest), &manifests)?,
        Mode::Debug => HashMap::new(),
    };
    Pages { manifests: &manifests, bodies: &bodies, cards: &cards, public: &manifest.public }.write(site, &routes)?;
    embeds::write_into(site, &cards, &manifest.public)?;
    claims::write_into(site, &lessons.claims, &cards, &manifest.public)?;
    write(&site.join(HOST_SCRIPT_NAME), HOST_SCRIPT)?;

    let presets: Vec<_> = Preset::ALL.iter().map(|preset| json!({ "slug": preset.slug(), "title": preset.label() })).collect();
    let frames =
        Frames { embeds: embeds::entries(&cards), claims: lessons.claims.iter().map(|claim| claim.entry(&cards)).collect() };
    let registry = serde_json::to_string_pretty(&registry(&manifest, &routes, &lessons.entries, &presets, &frames))?;
    write(&site.join("registry.json"), &registry)?;
    write(&site.join("404.html"), &html::not_found())?;
    crawlers::write_into(site, &manifest.public, &routes)?;
    // The last of all: it lists what lies there.
    offline::settle(site, &manifest, saving)
}

/// The files that pages show: the course's archives and the recorded runs.
fn shown(lessons: &course::Lessons, manifest: &Manifest) -> Vec<String> {
    let archives = lessons.entries.iter().map(|lesson| lesson.file.clone());
    let files = &lessons.files;
    let documents =
        [&files.index, &files.path, &files.audit, &files.glossary, &files.placement, &files.pillars].map(Clone::clone);
    documents.into_iter().chain(archives).chain(manifest.recordings.values().cloned()).collect()
}

/// What the pages of all routes are made of.
struct Pages<'a> {
    /// Each route's manifest, in the routes' order.
    manifests: &'a [(String, String)],
    /// Prerendered bodies, by address; empty where nothing is prerendered.
    bodies: &'a HashMap<String, String>,
    cards: &'a Cards,
    public: &'a PublicUrl,
}

impl Pages<'_> {
    fn write(&self, site: &Path, routes: &[Route]) -> Result<()> {
        let index = site.join("index.html");
        let template = fs::read_to_string(&index).with_context(|| format!("reading {}", index.display()))?;
        let boot = format!("boot-{:016x}.js", bundles::hash(&[BOOT.as_bytes()]));
        let early = format!("early-{:016x}.js", bundles::hash(&[EARLY.as_bytes()]));
        let template = html::without_preloads(&with_boot(&template, &boot)?)?;
        let template = if template.contains(html::RELOADER) { template } else { with_one_sheet(&template, site)? };
        write(&site.join(boot), BOOT)?;
        write(&site.join(&early), EARLY)?;
        let early = Early::File { name: &early, script: EARLY };
        for (route, (address, manifest)) in routes.iter().zip(self.manifests) {
            let folder = site.join(&route.path);
            fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
            let tags = social::tags(route, self.cards.of(route), self.public);
            let page =
                html::page(&template, route, &tags, manifest, early).with_context(|| format!("making the page of {address}"))?;
            let page = self.bodies.get(address).map_or(Ok(page.clone()), |body| prerender::with_body(&page, body))?;
            write(&folder.join("index.html"), &page)?;
        }
        Ok(())
    }
}

/// Makes one style sheet of all: a page waits for each before it paints, and each may take a connection of its own.
fn with_one_sheet(html: &str, site: &Path) -> Result<String> {
    let sheets = html::sheets(html);
    let mut all = String::new();
    for sheet in &sheets {
        let path = site.join(&sheet.file);
        all.push_str(&fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?);
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
    let file = format!("style-{:016x}.css", bundles::hash(&[all.as_bytes()]));
    write(&site.join(&file), &all)?;
    html::with_one_sheet(html, &file)
}

/// Names the start-up script by its content, with its integrity.
fn with_boot(html: &str, boot: &str) -> Result<String> {
    let found = ["\"", "'", ""].into_iter().find_map(|quote| {
        let old = format!("src={quote}./{BOOT_PLACEHOLDER}{quote}");
        html.contains(&old).then_some(old)
    });
    let old = found.context("index.html does not start boot.js: is `pattern_script` in Trunk.toml, and `public_url` \"./\"?")?;
    Ok(html.replace(&old, &format!("src=\"./{boot}\" integrity=\"{}\"", html::integrity(BOOT.as_bytes()))))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_script_is_small_and_needs_nothing_of_a_strict_policy() {
        assert!(HOST_SCRIPT.len() < 1000, "{} bytes", HOST_SCRIPT.len());
        for word in ["eval", "Function(", "innerHTML", "setAttribute", "createElement", "http", "import"] {
            assert!(!HOST_SCRIPT.contains(word), "{word}");
        }
    }

    #[test]
    fn boot_is_named_by_content_whatever_the_quotes() {
        for script in ["<script src=\"./boot.js\">", "<script src='./boot.js'>", "<script type=module src=./boot.js>"] {
            let html = with_boot(script, "boot-1.js").unwrap();
            assert!(html.contains("src=\"./boot-1.js\" integrity=\"sha384-"), "{html}");
        }
        assert!(with_boot("<script src=\"boot.js\">", "boot-1.js").is_err());
    }
}
