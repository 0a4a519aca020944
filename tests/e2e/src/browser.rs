//! A chromedriver and a Chromium of a test's own, both gone at its end.

use crate::Page;
use anyhow::{Context as _, Result};
use serde_json::json;
use std::{
    env,
    fs::File,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

/// How a test shares the machine with other tests of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// Others may run beside it.
    Shared,
    /// It measures time: nothing else of this crate runs meanwhile.
    Alone,
}

/// What Chromium is started with: no sandbox (containers run as root), and no request that a page did not make.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1440,900",
    // What is not this machine's cannot even be looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// Longer than any wait: a wait has its own deadline and says what it waited for.
const DRIVER_PATIENCE: Duration = Duration::from_mins(30);

/// Runs a test in a fresh browser, then makes sure that the console is clean and that no other host was asked for anything.
///
/// # Errors
/// The browser cannot be started, the test fails, or the page was not quiet.
pub fn drive<T>(machine: Machine, test: impl AsyncFnOnce(&Page) -> Result<T>) -> Result<T> {
    drive_with(machine, &[], test)
}

/// The same, with scripts that run in every document before its own.
///
/// # Errors
/// As [`drive`].
pub fn drive_with<T>(machine: Machine, scripts: &[&str], test: impl AsyncFnOnce(&Page) -> Result<T>) -> Result<T> {
    let _place = machine.take()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let driver = Driver::start()?;
        let session = driver.open().await?;
        let outcome = session.run_and_quit(async |session| {
            let page = Page::new(session).await?;
            for script in scripts {
                page.before_every_document(script).await?;
            }
            let value = test(&page).await?;
            page.ensure_quiet().await?;
            anyhow::Ok(value)
        });
        outcome.await.map_err(|failure| match failure {
            thirtyfour::WebDriverRunError::Body(error) => error,
            other => anyhow::Error::msg(other.to_string()),
        })
    })
}

impl Machine {
    /// Waits for its turn: tests are processes of their own (nextest), so the turn is a file's lock.
    fn take(self) -> Result<File> {
        let path = env::var_os("FERROSCOPE_E2E_LOCK").map_or_else(|| env::temp_dir().join("ferroscope-e2e.lock"), Into::into);
        let file = File::create(&path).with_context(|| format!("making {}", path.display()))?;
        match self {
            Self::Shared => file.lock_shared()?,
            Self::Alone => file.lock()?,
        }
        Ok(file)
    }
}

/// A running chromedriver; it takes its browser with it when it goes.
struct Driver {
    process: Child,
    address: String,
    profile: TempDir,
}

impl Driver {
    fn start() -> Result<Self> {
        let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut process =
            Command::new(&program).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().with_context(|| {
                format!("{} does not start: on Debian, install chromium and chromium-driver", program.display())
            })?;
        let profile = tempfile::Builder::new().prefix("ferroscope-e2e-").tempdir()?;
        let mut lines = BufReader::new(process.stdout.take().context("chromedriver has no output")?).lines();
        let mut driver = Self { process, address: String::new(), profile };
        for line in lines.by_ref() {
            if let Some((_, port)) = line?.rsplit_once("successfully on port ") {
                driver.address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
                break;
            }
        }
        // What it says later is read away, or it would wait for a reader.
        thread::spawn(move || lines.for_each(drop));
        Ok(driver)
    }

    async fn open(&self) -> Result<WebDriver> {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let flags: Vec<_> = FLAGS.into_iter().chain([profile.as_str()]).collect();
        let mut options = json!({ "args": flags });
        if let Ok(chromium) = env::var("FERROSCOPE_CHROMIUM") {
            options["binary"] = chromium.into();
        }
        let mut capabilities = Capabilities::new();
        capabilities.set("browserName", "chrome")?;
        capabilities.set("goog:chromeOptions", options)?;
        capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL", "performance": "ALL" }))?;
        let builder = WebDriver::builder(&self.address, capabilities).request_timeout(DRIVER_PATIENCE);
        let session = builder.connect().await.context("Chromium does not start")?;
        session.set_script_timeout(DRIVER_PATIENCE).await?;
        session.set_page_load_timeout(Duration::from_mins(1)).await?;
        Ok(session)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
