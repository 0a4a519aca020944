//! What the machine itself must offer: the wasm target, and browsers for tests.

use crate::process::{answer, command, on_path, run, step};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The target that the page and the labs are compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Installs the wasm target if the toolchain lacks it.
///
/// # Errors
/// rustup is missing or fails.
pub fn ensure_wasm_target() -> Result<()> {
    let libraries = answer(command("rustc").args(["--print", "target-libdir", "--target", WASM]))
        .context("rustc does not answer: install Rust with https://rustup.rs, then start again")?;
    if Path::new(&libraries).is_dir() {
        return Ok(());
    }
    step(&format!("Installing the target {WASM}"));
    let next = "Install Rust with https://rustup.rs (a distribution's rustc lacks the target), then start again.";
    run(command("rustup").args(["target", "add", WASM]), next)
}

/// A browser, and the driver that tests steer it by.
pub struct Browser {
    /// The browser.
    pub chromium: PathBuf,
    /// Its `WebDriver`.
    pub driver: PathBuf,
}

/// Finds Chromium and its driver; on Debian as root, installs them.
///
/// # Errors
/// They are missing and cannot be installed here; the message says what to install.
pub fn ensure_browser() -> Result<Browser> {
    let find = || {
        let chromium = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path)?;
        Some(Browser { chromium, driver: on_path("chromedriver")? })
    };
    find_or_install("Chromium and its driver", &["chromium", "chromium-driver"], find)
}

/// Finds Firefox; on Debian as root, installs it. Its driver is one of the project's tools.
///
/// # Errors
/// It is missing and cannot be installed here; the message says what to install.
pub fn ensure_firefox() -> Result<PathBuf> {
    find_or_install("Firefox", &["firefox-esr"], || ["firefox-esr", "firefox"].into_iter().find_map(on_path))
}

/// What `find` finds; before or after Debian's `packages` have been installed.
fn find_or_install<T>(what: &str, packages: &[&str], find: impl Fn() -> Option<T>) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let names = packages.join(" ");
    let root = answer(command("id").arg("-u")).is_some_and(|id| id == "0");
    let Some(apt) = on_path("apt-get").filter(|_| root) else {
        bail!("install {what} (on Debian: `sudo apt-get install {names}`), then start again");
    };
    step(&format!("Installing {names}"));
    let next = format!("Install {what} by hand, then start again.");
    let install = |arguments: &[&str]| run(command(&apt).env("DEBIAN_FRONTEND", "noninteractive").args(arguments), &next);
    let arguments = [&["install", "--yes", "--quiet", "--no-install-recommends"], packages].concat();
    // A fresh container has no package lists yet; where they are there, the first try suffices.
    if install(&arguments).is_err() {
        install(&["update", "--quiet"])?;
        install(&arguments)?;
    }
    find().with_context(|| format!("{what} is still not on PATH: install it by hand, then start again"))
}
