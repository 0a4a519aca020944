//! The files that Trunk leaves for the page and for each worker: found, named by their content, described for the manifest.
//!
//! Trunk does not put a hash into a worker's file name, since it expects the program to know the name. Ours reads it from the
//! manifest instead, so a stale worker never meets a new page.

use crate::html::integrity;
use anyhow::{Context, Result, bail};
use protocol::Bundle;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::Path;

/// The folder of the workers' files, from the site's root.
pub const FOLDER: &str = "workers";

/// A Wasm module with its glue, as the manifest gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Module {
    /// The glue, from the site's root.
    pub js: String,
    /// The module, from the site's root.
    pub wasm: String,
    /// The module's length in bytes, for a progress bar.
    pub bytes: u64,
    /// For `fetch` of the glue.
    pub js_integrity: String,
    /// For `fetch` of the module.
    pub wasm_integrity: String,
}

/// The first 64 bits of SHA-256 over these parts, in order.
pub fn hash(parts: &[&[u8]]) -> u64 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// Moves one worker's files below [`FOLDER`], under names that hold their content's hash.
///
/// # Errors
/// Trunk left no such worker, or a file cannot be moved.
pub fn settle_worker(site: &Path, bundle: Bundle) -> Result<Module> {
    let name = bundle.name();
    let (js, wasm) = (site.join(format!("{name}.js")), site.join(format!("{name}_bg.wasm")));
    let module = describe(&js, &wasm).with_context(|| {
        format!(
            "Trunk left no worker `{name}`: is there a `<link data-trunk rel=\"rust\" data-type=\"worker\" data-bin=\"{name}\">`?"
        )
    })?;
    let tag = hash(&[module.js_integrity.as_bytes(), module.wasm_integrity.as_bytes()]);
    let module =
        Module { js: format!("{FOLDER}/{name}-{tag:016x}.js"), wasm: format!("{FOLDER}/{name}-{tag:016x}.wasm"), ..module };
    fs::create_dir_all(site.join(FOLDER)).context("making the workers' folder")?;
    for (from, to) in [(js, &module.js), (wasm, &module.wasm)] {
        fs::rename(&from, site.join(to)).with_context(|| format!("moving {}", from.display()))?;
    }
    Ok(module)
}

/// The page's own module. Trunk has put a hash into its name.
///
/// # Errors
/// There is none, or more than one.
pub fn page(site: &Path) -> Result<Module> {
    let name = |end: &str| -> Result<String> {
        let names = fs::read_dir(site).with_context(|| format!("reading {}", site.display()))?;
        let names = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut found = names.filter(|name| name.starts_with("ferroscope-") && name.ends_with(end));
        match (found.next(), found.next()) {
            (Some(name), None) => Ok(name),
            (None, _) => bail!("Trunk left no ferroscope-*{end} in {}", site.display()),
            (Some(one), Some(other)) => bail!("Trunk left both {one} and {other}"),
        }
    };
    let (js, wasm) = (name(".js")?, name("_bg.wasm")?);
    Ok(Module { js: js.clone(), wasm: wasm.clone(), ..describe(&site.join(js), &site.join(wasm))? })
}

fn describe(js: &Path, wasm: &Path) -> Result<Module> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("reading {}", path.display()));
    let (glue, module) = (read(js)?, read(wasm)?);
    Ok(Module {
        js: String::new(),
        wasm: String::new(),
        bytes: module.len() as u64,
        js_integrity: integrity(&glue),
        wasm_integrity: integrity(&module),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn site(name: &str) -> PathBuf {
        let site = std::env::temp_dir().join(format!("xtask-bundles-{name}-{}", std::process::id()));
        fs::remove_dir_all(&site).ok();
        fs::create_dir_all(&site).unwrap();
        site
    }

    #[test]
    fn a_worker_s_name_changes_with_either_of_its_files() {
        let site = site("worker");
        let settle = |js: &str, wasm: &str| {
            fs::write(site.join("data.js"), js).unwrap();
            fs::write(site.join("data_bg.wasm"), wasm).unwrap();
            settle_worker(&site, Bundle::Data).unwrap()
        };
        let first = settle("glue", "module");
        assert_eq!(first.bytes, 6);
        assert_eq!(fs::read_to_string(site.join(&first.wasm)).unwrap(), "module");
        assert!(!site.join("data.js").exists());
        assert_eq!(settle("glue", "module"), first);
        assert_ne!(settle("glue2", "module").wasm, first.wasm);
        assert_ne!(settle("glue", "module2").js, first.js);
        fs::remove_dir_all(site).unwrap();
    }

    #[test]
    fn a_missing_worker_says_which_link_is_missing() {
        let site = site("missing");
        let error = settle_worker(&site, Bundle::Memory).unwrap_err().to_string();
        assert!(error.contains("data-bin=\"memory\""), "{error}");
        fs::remove_dir_all(site).unwrap();
    }

    #[test]
    fn the_page_is_one_module() {
        let site = site("page");
        assert!(page(&site).is_err());
        for name in ["ferroscope-1.js", "ferroscope-1_bg.wasm", "boot.js"] {
            fs::write(site.join(name), name).unwrap();
        }
        assert_eq!(page(&site).unwrap().js, "ferroscope-1.js");
        fs::write(site.join("ferroscope-2.js"), "").unwrap();
        assert!(page(&site).is_err());
        fs::remove_dir_all(site).unwrap();
    }

    #[test]
    fn a_hash_tells_where_one_part_ends() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
    }
}
