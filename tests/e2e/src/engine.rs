//! The two browsers, and a driver of a test's own for either. Both are told to reach nobody but this machine.

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    env,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

/// A browser's engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, by chromedriver.
    #[default]
    Chromium,
    /// Firefox, by geckodriver. Its driver tells nothing of the console and of the network.
    Firefox,
}

/// Whether pages may store anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// As browsers come.
    #[default]
    Allowed,
    /// The reader has blocked cookies and the like: to look at `localStorage` throws.
    Blocked,
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scripts {
    /// As browsers come.
    #[default]
    On,
    /// The reader has turned them off. The driver's own still run.
    Off,
}

/// Where Chromium keeps the frames of other sites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frames {
    /// In processes of their own, as browsers come. The driver then tells nothing of their consoles.
    #[default]
    Apart,
    /// In their host's process, so that an error of theirs fails the test. What they may do is the same.
    Together,
}

/// What keeps frames in their host's process.
const TOGETHER: [&str; 2] =
    ["--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process,IsolateSandboxedIframes"];

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
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/// Longer than any wait: a wait has its own deadline and says what it waited for.
const DRIVER_PATIENCE: Duration = Duration::from_mins(30);

/// Chromedriver asks for a free port of one version of IP and ends if the other version's is taken, which happens about once in a thousand starts on a
/// busy machine: then it asks for another.
const PORT_TAKEN: &str = "port not available";

/// How many ports are asked for.
const PORTS: usize = 5;

/// What a content setting of Chromium's calls blocked.
const BLOCKED: u8 = 2;

/// A running driver; it takes its browser with it when it goes.
pub(crate) struct Driver {
    engine: Engine,
    process: Child,
    address: String,
    /// The browser's profile, and what else it writes.
    scratch: TempDir,
}

impl Driver {
    pub(crate) fn start(engine: Engine) -> Result<Self> {
        let (variable, name, ready, missing) = match engine {
            Engine::Chromium => {
                ("CHROMEDRIVER", "chromedriver", "successfully on port ", "on Debian, install chromium and chromium-driver")
            }
            Engine::Firefox => {
                ("GECKODRIVER", "geckodriver", "Listening on 127.0.0.1:", "`cargo xtask test` installs it; else set GECKODRIVER")
            }
        };
        let program = env::var_os(variable).unwrap_or_else(|| name.into());
        let scratch = tempfile::Builder::new().prefix("ferroscope-e2e-").tempdir()?;
        let mut command = Command::new(&program);
        // Geckodriver makes its profile where temporary files go. The port 0 asks for a free one.
        command.arg("--port=0").env("TMPDIR", scratch.path()).stdout(Stdio::piped()).stderr(Stdio::null());
        if engine == Engine::Firefox {
            // A port for its other protocol, which would else be 9222 for every driver on this machine.
            command.arg("--websocket-port=0");
        }
        for _ in 0..PORTS {
            let mut process = command.spawn().with_context(|| format!("{} does not start: {missing}", program.display()))?;
            let mut lines = BufReader::new(process.stdout.take().context("the driver has no output")?).lines();
            let mut last = String::new();
            for line in lines.by_ref() {
                last = line?;
                if let Some((_, port)) = last.rsplit_once(ready) {
                    let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
                    // What it says later is read away, or it would wait for a reader.
                    thread::spawn(move || lines.for_each(drop));
                    return Ok(Self { engine, process, address, scratch });
                }
            }
            process.wait()?;
            ensure!(last.contains(PORT_TAKEN), "{} ended before it listened: {last}", program.display());
        }
        bail!("{} found {PORTS} ports taken, one after the other", program.display())
    }

    pub(crate) async fn open(&self, storage: Storage, scripts: Scripts, frames: Frames) -> Result<WebDriver> {
        let mut capabilities = Capabilities::new();
        match self.engine {
            Engine::Chromium => {
                capabilities.set("browserName", "chrome")?;
                capabilities.set("goog:chromeOptions", self.chromium(storage, scripts, frames))?;
                capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL", "performance": "ALL" }))?;
            }
            Engine::Firefox => {
                capabilities.set("browserName", "firefox")?;
                capabilities.set("moz:firefoxOptions", firefox(storage, scripts))?;
            }
        }
        let builder = WebDriver::builder(&self.address, capabilities).request_timeout(DRIVER_PATIENCE);
        let session = builder.connect().await.with_context(|| format!("{:?} does not start", self.engine))?;
        session.set_script_timeout(DRIVER_PATIENCE).await?;
        session.set_page_load_timeout(Duration::from_mins(1)).await?;
        Ok(session)
    }

    fn chromium(&self, storage: Storage, scripts: Scripts, frames: Frames) -> Value {
        let profile = format!("--user-data-dir={}", self.scratch.path().join("profile").display());
        let together = TOGETHER.into_iter().filter(|_| frames == Frames::Together);
        let flags: Vec<_> = FLAGS.into_iter().chain([profile.as_str()]).chain(together).collect();
        let mut options = json!({ "args": flags, "prefs": {} });
        if storage == Storage::Blocked {
            options["prefs"]["profile.default_content_setting_values.cookies"] = BLOCKED.into();
        }
        if scripts == Scripts::Off {
            options["prefs"]["profile.default_content_setting_values.javascript"] = BLOCKED.into();
        }
        if let Ok(chromium) = env::var("FERROSCOPE_CHROMIUM") {
            options["binary"] = chromium.into();
        }
        options
    }
}

fn firefox(storage: Storage, scripts: Scripts) -> Value {
    let mut options = json!({
        "args": ["-headless", "--width=1440", "--height=900"],
        "prefs": {
            // A proxy that nobody runs stands before everything that is not this machine's.
            "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
            "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9, "network.proxy.no_proxies_on": "127.0.0.1, localhost",
            // As in Chromium: a light theme, and no motion.
            "layout.css.prefers-color-scheme.content-override": 1, "ui.prefersReducedMotion": 1,
        },
    });
    if storage == Storage::Blocked {
        options["prefs"]["network.cookie.cookieBehavior"] = 2.into();
    }
    if scripts == Scripts::Off {
        options["prefs"]["javascript.enabled"] = false.into();
    }
    if let Ok(firefox) = env::var("FERROSCOPE_FIREFOX") {
        options["binary"] = firefox.into();
    }
    options
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
