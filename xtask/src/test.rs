//! `cargo xtask test`: native tests, tests in a browser, and the built site driven from end to end.

use crate::process::{command, path_with, run, run_and_read, step};
use crate::system::{Browser, WASM, ensure_browser, ensure_firefox, ensure_wasm_target};
use crate::tools::{self, Tool};
use crate::{build, sizes, workspace};
use anyhow::{Context, Result, bail, ensure};
use protocol::Bundle;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// How much is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What runs without a browser.
    Native,
    /// Everything.
    All,
}

/// What Chromium is started with in every test: no sandbox (containers run as root), and no request that a page did not make.
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Runs the tests.
///
/// # Errors
/// Something cannot be installed or built, or a test fails.
pub fn test(extent: Extent) -> Result<()> {
    native()?;
    if extent == Extent::All {
        ensure_wasm_target()?;
        // Everything that is missing is asked for before anything long begins.
        let (browser, firefox) = (ensure_browser()?, ensure_firefox()?);
        in_browser(&browser)?;
        end_to_end(&browser, &firefox)?;
    }
    println!("\nAll tests passed.");
    Ok(())
}

fn native() -> Result<()> {
    let path = path_with(&tools::ensure(&[Tool::Nextest])?)?;
    step("Native tests");
    let mut nextest = command("cargo");
    // No test at all is a failure: a filter or a broken build must not pass for success.
    nextest.env("PATH", path).args(["nextest", "run", "--locked", "--workspace", "--exclude", "e2e", "--no-tests=fail"]);
    run(&mut nextest, "Run one test alone with: cargo nextest run -p <package> <name>")?;
    step("Documentation's examples");
    run(command("cargo").args(["test", "--quiet", "--locked", "--doc", "--workspace", "--exclude", "e2e"]), "Fix the example.")
}

/// Every package that may hold a `tests/browser.rs`: its folder, its name, the features it takes.
fn packages_of_the_browser() -> impl Iterator<Item = (String, &'static str, &'static str)> {
    // Two bundles may be of one crate.
    let packages = Bundle::ALL.into_iter().filter(|bundle| bundle.name() == bundle.package());
    let labs = packages.map(|bundle| (format!("labs/{}", bundle.package()), bundle.package(), ""));
    [(".".to_owned(), "ferroscope", "csr"), ("crates/worker".to_owned(), "worker", "")].into_iter().chain(labs)
}

fn in_browser(browser: &Browser) -> Result<()> {
    let path = path_with(&tools::ensure(&[Tool::WasmBindgen])?)?;
    let mut count = 0;
    for (folder, package, features) in packages_of_the_browser() {
        if !workspace::root().join(folder).join("tests/browser.rs").exists() {
            continue;
        }
        count += 1;
        step(&format!("Tests in Chromium: {package}"));
        let scratch = Scratch::new(package)?;
        let settings = driver_settings(browser, &scratch)?;
        let mut cargo = command("cargo");
        cargo.args(["test", "--locked", "--target", WASM, "--test", "browser", "--package", package, "--features", features]);
        cargo.env("PATH", &path).env("CHROMEDRIVER", &browser.driver).env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &settings);
        let output = run_and_read(&mut cargo, "The lines above name the test that failed.")?;
        if !some_test_ran(&output) {
            bail!("{package}: no test ran in the browser");
        }
    }
    ensure!(count > 0, "no package holds a tests/browser.rs");
    Ok(())
}

/// Writes the driver's settings, with a profile of this run's own, and gives back the file's path.
fn driver_settings(browser: &Browser, scratch: &Scratch) -> Result<PathBuf> {
    let profile = format!("--user-data-dir={}", scratch.0.join("profile").display());
    let flags: Vec<_> = FLAGS.into_iter().chain([profile.as_str()]).collect();
    let capabilities = json!({ "goog:chromeOptions": { "args": flags, "binary": browser.chromium } });
    let path = scratch.0.join("webdriver.json");
    fs::write(&path, capabilities.to_string()).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}

/// Whether the runner's summary counts at least one passed test; it ends with success when it finds none.
fn some_test_ran(output: &str) -> bool {
    let summaries = output.lines().filter_map(|line| line.split_once("test result: ok. ")?.1.split(' ').next());
    summaries.filter_map(|count| count.parse::<u32>().ok()).any(|count| count > 0)
}

fn end_to_end(browser: &Browser, firefox: &Path) -> Result<()> {
    let site = build::into(&workspace::target().join("tested-site"))?;
    let axe = tools::ensure(&[Tool::Axe])?.into_iter().map(|folder| folder.join("axe.min.js")).collect::<PathBuf>();
    let geckodriver =
        tools::ensure(&[Tool::Geckodriver])?.into_iter().map(|folder| folder.join("geckodriver")).collect::<PathBuf>();
    step("End-to-end tests");
    let mut nextest = command("cargo");
    nextest.env("PATH", path_with(&tools::ensure(&[Tool::Nextest])?)?);
    nextest.args(["nextest", "run", "--locked", "--package", "e2e", "--no-tests=fail"]);
    nextest
        .env("FERROSCOPE_AXE", axe)
        .env("FERROSCOPE_DIST", &site)
        .env("FERROSCOPE_CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver)
        .env("FERROSCOPE_FIREFOX", firefox)
        .env("GECKODRIVER", geckodriver);
    run(&mut nextest, "The site that was tested is in target/tested-site.")?;
    step("Limits of size");
    sizes::ensure_within(&site)
}

/// A folder of one run's own, removed at its end: a browser's profile must be fresh.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Result<Self> {
        let folder = workspace::target().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} could not be removed: {error}", self.0.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_test_is_no_success() {
        assert!(some_test_ran("running 2 tests\n\ntest result: ok. 2 passed; 0 failed; 0 ignored\n"));
        assert!(!some_test_ran("no tests to run!\n"));
        assert!(!some_test_ran("test result: ok. 0 passed; 0 failed\n"));
    }

    #[test]
    fn a_scratch_folder_goes_away() {
        let scratch = Scratch::new("selftest").unwrap();
        let folder = scratch.0.clone();
        assert!(folder.is_dir());
        drop(scratch);
        assert!(!folder.exists());
    }
}
