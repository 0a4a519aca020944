//! Another release of the built site, made by rewriting a copy of it: other build, other names for what carries a hash, other hashes in the list.
//!
//! It is as a real one would be as far as browsers can tell, and takes a second instead of a build.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// The build of every release that this makes.
pub const OTHER_BUILD: &str = "00000000000000b2";

/// A copy of the site in `folder`, as it is.
pub(crate) fn copy(folder: &Path) -> Result<TempDir> {
    let to = tempfile::Builder::new().prefix("ferroscope-release-").tempdir()?;
    for path in files(folder, Path::new(""))? {
        let target = to.path().join(&path);
        fs::create_dir_all(target.parent().context("a file lies in no folder")?)?;
        fs::copy(folder.join(&path), target).with_context(|| format!("copying {}", path.display()))?;
    }
    Ok(to)
}

/// Another release of the site in `folder`, of build `build`.
pub(crate) fn other(folder: &Path, build: &str) -> Result<TempDir> {
    let site = copy(folder)?;
    let root = site.path();
    // Workers get other names, so that the old release's are not there any more.
    let mut renamed = vec![(build.to_owned(), OTHER_BUILD.to_owned())];
    for entry in fs::read_dir(root.join("workers"))? {
        let old = entry?.file_name().into_string().ok().context("a worker's name")?;
        let (name, rest) = old.rsplit_once('-').context("a worker's name holds its hash")?;
        let (hash, end) = rest.split_once('.').context("a worker's name ends with its kind")?;
        let new = format!("{name}-{}.{end}", hash.chars().rev().collect::<String>());
        ensure!(new != old, "the hash {hash} reads the same backwards");
        fs::rename(root.join("workers").join(&old), root.join("workers").join(&new))?;
        renamed.push((old, new));
    }
    for path in files(root, Path::new(""))? {
        if ["html", "json"].iter().any(|end| path.extension() == Some(OsStr::new(end))) || path == Path::new("sw.js") {
            let text = fs::read_to_string(root.join(&path))?;
            fs::write(root.join(&path), renamed.iter().fold(text, |text, (old, new)| text.replace(old, new)))?;
        }
    }
    list_anew(root)?;
    Ok(site)
}

/// Brings the service worker's list up to what lies there.
fn list_anew(root: &Path) -> Result<()> {
    let path = root.join("sw.js");
    let script = fs::read_to_string(&path).context("the site has no service worker")?;
    let start = script.find("const RELEASE = ").context("sw.js holds no release")? + "const RELEASE = ".len();
    let end = start + script[start..].find(";\n").context("sw.js' release has no end")?;
    let mut release: Value = serde_json::from_str(&script[start..end]).context("sw.js' release")?;
    let files = release["files"].as_object_mut().context("sw.js lists no files")?;
    let mut all = Vec::new();
    for (name, entry) in files.iter_mut() {
        let bytes = fs::read(root.join(name)).with_context(|| format!("sw.js lists {name}"))?;
        let hash = hex(&Sha256::digest(&bytes)[..16]);
        all.extend_from_slice(hash.as_bytes());
        *entry = json!([bytes.len(), hash]);
    }
    let id = hex(&Sha256::digest(&all)[..8]);
    release["id"] = id.into();
    Ok(fs::write(path, format!("{}{release}{}", &script[..start], &script[end..]))?)
}

/// Every file below `folder`, from `root`; hidden ones are none of the site's.
fn files(root: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(folder)).with_context(|| format!("reading {}", root.display()))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            found.extend(files(root, &path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_release_names_and_lists_everything_anew() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("workers")).unwrap();
        let list =
            r#"{"build":"00000000000000a1","id":"1","shell":[],"files":{"index.html":[0,""],"workers/data-12.js":[0,""]}}"#;
        for (path, text) in [
            ("index.html", r#"{"build":"00000000000000a1","js":"workers/data-12.js"}"#),
            ("workers/data-12.js", "glue"),
            ("sw.js", &format!("const RELEASE = {list};\nrest")),
        ] {
            fs::write(site.path().join(path), text).unwrap();
        }
        let other = other(site.path(), "00000000000000a1").unwrap();
        let read = |path: &str| fs::read_to_string(other.path().join(path)).unwrap();
        assert_eq!(read("index.html"), r#"{"build":"00000000000000b2","js":"workers/data-21.js"}"#);
        assert_eq!(read("workers/data-21.js"), "glue");
        let script = read("sw.js");
        assert!(script.contains("\"build\":\"00000000000000b2\"") && script.contains("\"workers/data-21.js\":[4,\""), "{script}");
        assert!(script.ends_with(";\nrest") && !script.contains("\"id\":\"1\""), "{script}");
    }
}
