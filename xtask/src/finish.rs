//! Makes a site of what Trunk has built: workers named by content, the course, one page per route, the registry.
//!
//! Trunk's `post_build` hook calls it on the staging folder, so that `trunk build` and `trunk serve` give the same site as
//! `cargo xtask build`. It compiles nothing and fetches nothing.

use crate::bundles::{self, Module};
use crate::offline::{self, Saving};
use crate::public_url::{self, PublicUrl};
use crate::registry::{CourseFiles, Manifest, registry};
use crate::routes::{self, Route};
use crate::{course, html, record, serve};
use anyhow::{Context, Result, bail};
use budget::Preset;
use protocol::Bundle;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The script that starts the page.
const BOOT: &str = include_str!("../assets/boot.js");
/// What Trunk's `pattern_script` calls it, before it is named by its content.
const BOOT_PLACEHOLDER: &str = "boot.js";

/// Finishes the site in the folder that Trunk names.
///
/// # Errors
/// As [`finish`]; or Trunk did not start this.
pub fn from_trunk() -> Result<()> {
    let Some(site) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        bail!("`finish` is for Trunk's post_build hook: use `cargo xtask build` or `cargo xtask serve`");
    };
    finish(&site)?;
    serve::announce();
    Ok(())
}

/// Finishes the site in `site`, where Trunk has left the page, the workers and `index.html`.
///
/// # Errors
/// Something that `Trunk.toml` and `index.html` should have brought about is missing; or a file cannot be written.
pub fn finish(site: &Path) -> Result<()> {
    let lessons = course::copy_into(site)?;
    record::copy_into(site)?;
    offline::copy_installed(site)?;
    let index = site.join("index.html");
    let template = fs::read_to_string(&index).with_context(|| format!("reading {}", index.display()))?;
    let saving = Saving::of(&template);
    let page = bundles::page(site)?;
    let workers = Bundle::ALL.into_iter().map(|bundle| Ok((bundle.name(), bundles::settle_worker(site, bundle)?)));
    let workers: std::collections::BTreeMap<&'static str, Module> = workers.collect::<Result<_>>()?;

    let integrities =
        std::iter::once(&page).chain(workers.values()).flat_map(|module| [&module.js_integrity, &module.wasm_integrity]);
    let integrities: Vec<&[u8]> = integrities.map(String::as_bytes).collect();
    let build = format!("{:016x}", bundles::hash(&integrities));
    let manifest = Manifest {
        build,
        root: String::new(),
        page,
        bundles: workers,
        course: CourseFiles { index: lessons.index.clone() },
        public: PublicUrl::of_environment()?,
        offline: saving.note(),
    };

    let routes = routes::all(&lessons.entries);
    write_pages(site, &template, &routes, &manifest)?;

    let presets: Vec<_> = Preset::ALL.iter().map(|preset| json!({ "slug": preset.slug(), "title": preset.label() })).collect();
    let registry = serde_json::to_string_pretty(&registry(&manifest, &routes, &lessons.entries, &presets))?;
    write(&site.join("registry.json"), &registry)?;
    write(&site.join("404.html"), &html::not_found())?;
    public_url::write_for_crawlers(site, manifest.public.as_ref(), &routes)?;
    // The last of all: it lists what lies there.
    offline::settle(site, &manifest, saving)
}

fn write_pages(site: &Path, template: &str, routes: &[Route], manifest: &Manifest) -> Result<()> {
    let boot = format!("boot-{:016x}.js", bundles::hash(&[BOOT.as_bytes()]));
    let template = with_boot(template, &boot)?;
    write(&site.join(boot), BOOT)?;
    for route in routes {
        let folder = site.join(&route.path);
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let json = manifest.to_json(&route.root()).context("writing the manifest as JSON")?;
        let page = html::page(&template, route, &json).with_context(|| format!("making the page of /{}", route.path))?;
        let page = manifest.public.as_ref().map_or(Ok(page.clone()), |public| public.name(&page, route))?;
        write(&folder.join("index.html"), &page)?;
    }
    Ok(())
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
    fn boot_is_named_by_content_whatever_the_quotes() {
        for script in ["<script src=\"./boot.js\">", "<script src='./boot.js'>", "<script type=module src=./boot.js>"] {
            let html = with_boot(script, "boot-1.js").unwrap();
            assert!(html.contains("src=\"./boot-1.js\" integrity=\"sha384-"), "{html}");
        }
        assert!(with_boot("<script src=\"boot.js\">", "boot-1.js").is_err());
    }
}
