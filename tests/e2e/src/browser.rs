//! A test's session: its browser, what it is allowed, and a look at the console and the network at its end.

use crate::engine::{Driver, Engine, Frames, Scripts, Storage};
use crate::{Page, probe};
use anyhow::{Context as _, Result};
use std::{env, fs::File};

/// How a test shares the machine with other tests of this run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Machine {
    /// Others may run beside it.
    #[default]
    Shared,
    /// It measures time: nothing else of this crate runs meanwhile.
    Alone,
}

/// What a test wants of its browser.
#[derive(Clone, Copy, Debug, Default)]
pub struct Session<'a> {
    /// Which browser.
    pub engine: Engine,
    /// Beside other tests, or alone.
    pub machine: Machine,
    /// Whether pages may store anything.
    pub storage: Storage,
    /// Whether pages may run scripts.
    pub scripts: Scripts,
    /// Where frames of other sites run; Chromium only.
    pub frames: Frames,
    /// What runs in every document of the page's own site before the document's own scripts; Chromium only.
    pub before: &'a [&'a str],
}

/// Runs a test in a fresh Chromium, then makes sure that the console is clean and that no other host was asked for anything.
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
pub fn drive_with<T>(machine: Machine, before: &[&str], test: impl AsyncFnOnce(&Page) -> Result<T>) -> Result<T> {
    Session { machine, before, ..Session::default() }.drive(test)
}

impl Session<'_> {
    /// Runs a test in a fresh browser, then makes sure that the page was quiet, as far as the browser's driver tells.
    ///
    /// # Errors
    /// The browser cannot be started, the test fails, or the page was not quiet.
    pub fn drive<T>(self, test: impl AsyncFnOnce(&Page) -> Result<T>) -> Result<T> {
        let _place = self.machine.take()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let driver = Driver::start(self.engine)?;
            let session = driver.open(self.storage, self.scripts, self.frames).await?;
            let outcome = session.run_and_quit(async |session| {
                let page = Page::new(session, self.engine).await?;
                if self.engine == Engine::Chromium {
                    for script in [probe::SCRIPT].iter().chain(self.before) {
                        page.before_every_document(script).await?;
                    }
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
