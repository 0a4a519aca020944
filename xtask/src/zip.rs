//! `cargo xtask build --zip`: the built site as one archive, for a laptop that has no network.
//!
//! The same site gives the same archive: files in order, without times of their own.

use crate::{offline, workspace};
use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};
use anyhow::{Context, Result};
use std::fs;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

/// How to serve it.
const NOTE: (&str, &str) = ("SERVE.txt", include_str!("../assets/SERVE.txt"));
/// The folder that everything lies in, so that unpacking strews no files.
const FOLDER: &str = "ferroscope";

/// Writes `target/ferroscope-<build>.zip` of a built site, and gives back its path.
///
/// # Errors
/// The site cannot be read, or the archive cannot be written.
pub fn write(site: &Path) -> Result<PathBuf> {
    let registry = fs::read_to_string(site.join("registry.json")).context("reading registry.json")?;
    let registry: serde_json::Value = serde_json::from_str(&registry).context("reading registry.json")?;
    let build = registry["build"].as_str().context("registry.json names no build")?;
    let path = workspace::target().join(format!("ferroscope-{build}.zip"));
    let file = fs::File::create(&path).with_context(|| format!("making {}", path.display()))?;
    pack(site, file).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}

fn pack(site: &Path, into: impl Write + Seek) -> Result<()> {
    let mut paths = Vec::new();
    offline::walk(site, "", &mut paths)?;
    paths.sort();
    let mut archive = ZipWriter::new(into);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(9));
    for path in paths {
        archive.start_file(format!("{FOLDER}/{path}"), options)?;
        archive.write_all(&fs::read(site.join(&path)).with_context(|| format!("reading {path}"))?)?;
    }
    archive.start_file(format!("{FOLDER}/{}", NOTE.0), options)?;
    archive.write_all(NOTE.1.as_bytes())?;
    archive.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::zip::ZipArchive;
    use std::io::{Cursor, Read as _};

    #[test]
    fn the_archive_holds_the_site_and_the_note_and_is_the_same_each_time() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("budget")).unwrap();
        for (path, text) in [("index.html", "home"), ("budget/index.html", "budget"), (".stage", "left over")] {
            fs::write(site.path().join(path), text).unwrap();
        }
        let packed = || {
            let mut bytes = Vec::new();
            pack(site.path(), Cursor::new(&mut bytes)).unwrap();
            bytes
        };
        let bytes = packed();
        assert_eq!(bytes, packed());
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut names: Vec<_> = archive.file_names().map(str::to_owned).collect();
        names.sort();
        assert_eq!(names, ["ferroscope/SERVE.txt", "ferroscope/budget/index.html", "ferroscope/index.html"]);
        let mut text = String::new();
        archive.by_name("ferroscope/budget/index.html").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "budget");
    }

    #[test]
    fn the_note_names_every_server() {
        for server in ["python3 -m http.server", "npx serve", "caddy file-server", "busybox httpd"] {
            assert!(NOTE.1.contains(server), "{server}");
        }
    }
}
