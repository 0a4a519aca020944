//! `cargo xtask build`: the optimized static site, by Trunk with the project's own tools before `PATH`.

use crate::process::{command, path_with, run, short, step};
use crate::public::{self, PublicUrl};
use crate::tools::{self, Tool};
use crate::{sizes, system, workspace, zip};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the page is compiled. Labs are optimized either way, or serving would show false numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build.
    Debug,
    /// Small: profile `page`, then `wasm-opt`.
    Release,
}

impl Mode {
    /// How Trunk builds, which says so to its hooks.
    ///
    /// # Errors
    /// The variable holds something else.
    pub fn of_hook() -> Result<Self> {
        match std::env::var("TRUNK_PROFILE").as_deref() {
            Ok("debug") => Ok(Self::Debug),
            Ok("release") => Ok(Self::Release),
            other => anyhow::bail!("TRUNK_PROFILE is {other:?}: this is for Trunk's hooks"),
        }
    }

    /// As Trunk names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    /// Where Cargo puts the page: the folder of the profile that `index.html` names.
    pub const fn profile_folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "page",
        }
    }
}

/// What is made of a built site besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// Nothing.
    None,
    /// One file for a laptop without a network.
    Zip,
}

/// Builds the site into `out` and prints what it weighs.
///
/// # Errors
/// A tool cannot be installed, or the build fails.
pub fn build(out: &Path, public: &PublicUrl, archive: Archive) -> Result<()> {
    let out = known_as(public, out)?;
    sizes::report(&out)?;
    if archive == Archive::Zip {
        println!("\nThe archive: {}", short(&zip::write(&out)?));
    }
    Ok(())
}

/// Builds the site into `out`, and gives back the folder's full path.
///
/// # Errors
/// As [`build`].
pub fn into(out: &Path) -> Result<PathBuf> {
    known_as(&PublicUrl::default(), out)
}

/// Builds a site that is known under this address; under the environment's, if there is one, where none is given.
fn known_as(public: &PublicUrl, out: &Path) -> Result<PathBuf> {
    let out = workspace::root().join(out);
    let tools = prepare(Mode::Release)?;
    // wasm-bindgen's output folder is shared by all builds, and Trunk copies every snippet that it finds there.
    let glue = workspace::target().join("wasm-bindgen").join("release");
    if glue.exists() {
        fs::remove_dir_all(&glue).with_context(|| format!("removing {}", glue.display()))?;
    }
    step(&format!("Building the site into {}", short(&out)));
    let mut trunk = trunk("build", Mode::Release, &tools)?;
    if let Some(root) = public.absolute("") {
        trunk.env(public::VARIABLE, root);
    }
    run(trunk.arg("--dist").arg(&out), "The lines above say what is wrong with the sources.")?;
    Ok(out)
}

/// Installs what a build needs, and gives back the folders for `PATH`.
///
/// # Errors
/// Something cannot be installed; the message says what to do.
pub fn prepare(mode: Mode) -> Result<Vec<PathBuf>> {
    system::ensure_wasm_target()?;
    match mode {
        Mode::Debug => tools::ensure(&[Tool::Trunk, Tool::WasmBindgen]),
        Mode::Release => tools::ensure(&[Tool::Trunk, Tool::WasmBindgen, Tool::Binaryen]),
    }
}

/// Trunk with its tools at hand, so that it has nothing to download.
///
/// # Errors
/// The tools' folders cannot stand in `PATH`.
pub fn trunk(action: &str, mode: Mode, tools: &[PathBuf]) -> Result<Command> {
    let mut trunk = command("trunk");
    // `NO_COLOR=1`, which many terminals set, is a value that Trunk refuses.
    trunk.env("PATH", path_with(tools)?).env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    // Its backtraces hide the compiler's message.
    trunk.env("RUST_BACKTRACE", "0");
    trunk.arg(action);
    if mode == Mode::Release {
        trunk.arg("--release");
    }
    Ok(trunk)
}
