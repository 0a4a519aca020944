//! The two hosts that a lab's code runs in: this machine itself, and Chromium on the built site. Each runs one input at a time.
//!
//! It starts the labs' own programs and reads what they print; it must never measure anything by itself.

use crate::process::{answer, command, run, short, step};
use crate::system::ensure_browser;
use crate::{build, workspace};
use anyhow::{Context, Result, ensure};
use protocol::{Bundle, LabInput, ResultJson};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::thread::available_parallelism;

/// How much is measured, on either host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// One fresh process, or one fresh worker.
    Quick,
    /// Five, one after another.
    Full,
}

impl Effort {
    const fn workers(self) -> u16 {
        match self {
            Self::Quick => 1,
            Self::Full => 5,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Full => "full",
        }
    }
}

/// The labs' bundles, compiled for this machine in the profile that the site's are compiled in.
pub struct Native(BTreeMap<&'static str, PathBuf>);

impl Native {
    /// Compiles the bundles that `inputs` need, each by itself, as Trunk does: together, they would share their dependencies' features.
    ///
    /// # Errors
    /// One does not compile.
    pub fn build(inputs: &[LabInput]) -> Result<Self> {
        step("Compiling the labs for this machine (profile lab)");
        let mut bundles = BTreeMap::new();
        for bundle in Bundle::ALL {
            if inputs.iter().any(|input| input.lab().bundle() == bundle) {
                let mut cargo = command("cargo");
                cargo.args(["build", "--locked", "--profile", "lab", "--package", bundle.package(), "--bin", bundle.name()]);
                run(&mut cargo, "The lines above say what is wrong with the sources.")?;
                bundles.insert(bundle.name(), workspace::target().join("lab").join(bundle.name()));
            }
        }
        Ok(Self(bundles))
    }

    /// Runs `input` in fresh processes.
    ///
    /// # Errors
    /// The bundle was not compiled, or its lab fails.
    pub fn run(&self, input: &LabInput, effort: Effort) -> Result<ResultJson> {
        let bundle = input.lab().bundle().name();
        let program = self.0.get(bundle).with_context(|| format!("{bundle} was not compiled"))?;
        let mut lab = command(program);
        lab.args(["--lab", input.lab().slug(), "--input", &input.to_text(), "--workers", &effort.workers().to_string()]);
        let output = lab.stderr(Stdio::inherit()).output().with_context(|| format!("starting {}", program.display()))?;
        ensure!(output.status.success(), "{bundle}, natively, on {}: {}", input.to_text(), output.status);
        read(&String::from_utf8_lossy(&output.stdout), input)
    }
}

/// Chromium on the built site, until this goes.
pub struct Chromium {
    /// The browser's name and version.
    pub version: String,
    child: Child,
    /// None only once it is going.
    requests: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Chromium {
    /// Opens the built site in `dist/`, which is built first if there is none.
    ///
    /// # Errors
    /// The site does not build, or the browser does not start.
    pub fn start() -> Result<Self> {
        let site = built_site()?;
        let browser = ensure_browser()?;
        let version = answer(command(&browser.chromium).arg("--version")).unwrap_or_default();
        let version = version.split(" built ").next().unwrap_or_default().trim().to_owned();
        step("Starting Chromium");
        let mut drive = command("cargo");
        drive.args(["run", "--quiet", "--locked", "--package", "e2e", "--bin", "drive"]);
        drive.env("FERROSCOPE_DIST", site).env("FERROSCOPE_CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.driver);
        let mut child = drive.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting the program `drive`")?;
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().context("`drive` has no output")?).lines();
        Ok(Self { version, child, requests, answers })
    }

    /// Runs `input` in fresh workers.
    ///
    /// # Errors
    /// The page gives no result; `drive` has said why.
    pub fn run(&mut self, input: &LabInput, effort: Effort) -> Result<ResultJson> {
        let requests = self.requests.as_mut().context("Chromium is gone")?;
        writeln!(requests, "{} {} {}", input.lab().slug(), effort.word(), input.to_text()).context("`drive` ended early")?;
        let answer = self.answers.next().with_context(|| format!("no result of {} in Chromium", input.to_text()))?;
        read(&answer?, input)
    }
}

impl Drop for Chromium {
    /// The end of its input ends `drive`, which takes its browser with it.
    fn drop(&mut self) {
        drop(self.requests.take());
        let _ = self.child.wait();
    }
}

fn read(text: &str, input: &LabInput) -> Result<ResultJson> {
    let result =
        ResultJson::of_json(text.trim()).with_context(|| format!("this is no result: {}", text.get(..200).unwrap_or(text)))?;
    ensure!(result.is_of(input), "the result is of {:?}", result.input);
    Ok(result)
}

/// The built site in `dist/` as it is, built first if there is none.
///
/// # Errors
/// It does not build.
pub fn built_site() -> Result<PathBuf> {
    let site = workspace::root().join("dist");
    if site.join("registry.json").exists() {
        println!("the site in {} (`cargo xtask build` renews it)", short(&site));
        return Ok(site);
    }
    build::into(Path::new("dist"))
}

/// Cores and system, for people: `2 cores, Debian GNU/Linux 12 (bookworm)`.
pub fn machine() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let cores = available_parallelism().map_or(1, std::num::NonZero::get);
    format!("{cores} cores, {}", name.map_or(std::env::consts::OS, |name| name.trim_matches('"')))
}

/// Says so if something else keeps the machine busy (Linux).
pub fn warn_of_load() {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let minute = load.split(' ').next().and_then(|minute| minute.parse::<f64>().ok());
    if let Some(minute) = minute.filter(|minute| *minute > 1.0) {
        println!("load average {minute:.1}: something else is running, and the figures will show it");
    }
}
