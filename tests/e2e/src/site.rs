//! The built site on a static file server: files, `index.html` for folders, `404.html` for the rest.

use crate::Registry;
use crate::release;
use crate::server::{Answer, Header, HostName, Request, Server};
use anyhow::{Context as _, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use std::{
    env,
    ffi::OsStr,
    fs,
    io::Write as _,
    path::{Component, Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};
use tempfile::TempDir;

/// Lets every origin read the site's files, a sandboxed frame's too.
pub const ANY_ORIGIN: Header = ("Access-Control-Allow-Origin", "*");

/// Isolates the site's documents, which gives them the finer clock.
pub const ISOLATION: Header = ("Document-Isolation-Policy", "isolate-and-require-corp");

/// How files travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// As they are.
    #[default]
    Plain,
    /// With gzip, where the browser takes it: what the plainest of real hosts do.
    Gzip,
}

/// What a host of the site may decide.
#[derive(Clone, Debug, Default)]
pub struct Serving {
    /// The path that the site lies under: empty for the top, else such as `/a/b`.
    pub base: &'static str,
    /// What is sent with every file.
    pub headers: Vec<Header>,
    /// How files travel.
    pub encoding: Encoding,
    /// The name in the address.
    pub name: HostName,
    /// Parts of file names whose first request is refused, as by a host that is overloaded for a moment.
    pub hiccups: &'static [&'static str],
    /// Parts of file names that are never found, as on a host that has lost them.
    pub lost: &'static [&'static str],
    /// How documents arrive.
    pub arrival: Arrival,
    /// What the host calls Wasm.
    pub wasm: WasmType,
    /// What it says of an address that leads nowhere.
    pub unknown: Unknown,
}

/// What a host calls Wasm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WasmType {
    /// `application/wasm`
    #[default]
    Right,
    /// Bytes, as all that an older server does not know.
    Bytes,
    /// Nothing: busybox's `httpd` says no type of what it does not know.
    Unsaid,
}

/// What a host says of an address that leads nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// The site's own page for it.
    #[default]
    Page,
    /// The status alone, in words of its own.
    Bare,
}

/// How documents arrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrival {
    /// At once.
    #[default]
    Whole,
    /// Block by block for the first screen, as over a slow network: a browser draws what it has.
    ByBlock,
}

impl Arrival {
    /// After how many bytes of a document the host rests.
    fn rests(self, document: &[u8]) -> Vec<usize> {
        const BLOCKS: [&[u8]; 2] = [b"<section", b"<div"];
        /// Later ones lie below the first screen.
        const MOST: usize = 8;
        match self {
            Self::Whole => Vec::new(),
            Self::ByBlock => {
                let begins = (0..document.len()).filter(|&at| BLOCKS.iter().any(|block| document[at..].starts_with(block)));
                begins.take(MOST).collect()
            }
        }
    }
}

/// The built site on a port of its own, for as long as this lives.
pub struct Site {
    /// What the site consists of.
    pub registry: Registry,
    server: Server,
    base: &'static str,
    /// The folder that is served, which a test may change.
    root: Arc<RwLock<PathBuf>>,
    /// Whether the page's program is held back.
    held: Arc<AtomicBool>,
}

/// What ends the name of the page's own program.
const PROGRAM: &str = "_bg.wasm";

/// How often a held answer looks whether it may go.
const LOOK: Duration = Duration::from_millis(5);

impl Site {
    /// Serves the built site under `base`, with nothing special.
    ///
    /// # Errors
    /// There is no built site, or no free port.
    pub fn start(base: &'static str) -> Result<Self> {
        Self::serve(Serving { base, ..Serving::default() })
    }

    /// Serves the built site as a host of these habits would.
    ///
    /// # Errors
    /// There is no built site, or no free port.
    pub fn serve(serving: Serving) -> Result<Self> {
        let root = folder();
        let registry = fs::read_to_string(root.join("registry.json"))
            .with_context(|| format!("no site in {}: run `cargo xtask build`, or set FERROSCOPE_DIST", root.display()))?;
        let registry: Registry = serde_json::from_str(&registry).context("reading registry.json")?;
        ensure!(!registry.routes.is_empty(), "the registry lists no route");
        let base = serving.base;
        let root = Arc::new(RwLock::new(root));
        let refused = Mutex::new(Vec::new());
        let shown = Arc::clone(&root);
        let held = Arc::new(AtomicBool::new(false));
        let holds = Arc::clone(&held);
        let server = Server::start(serving.name, move |request| {
            if serving.hiccups_at(request, &mut refused.lock().unwrap_or_else(PoisonError::into_inner)) {
                return Answer::new("503 Service Unavailable", "text/plain", Vec::new());
            }
            while request.target.ends_with(PROGRAM) && holds.load(Ordering::Relaxed) {
                thread::sleep(LOOK);
            }
            serving.answer(&shown.read().unwrap_or_else(PoisonError::into_inner), request)
        })?;
        Ok(Self { registry, server, base, root, held })
    }

    /// The address of a route, which begins with a slash.
    #[must_use]
    pub fn address(&self, route: &str) -> String {
        format!("{}{}{route}", self.origin(), self.base)
    }

    /// The site's origin.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// The route that an address of this site stands for, without query and fragment; none for another site's.
    #[must_use]
    pub fn route<'a>(&self, address: &'a str) -> Option<&'a str> {
        let path = address.strip_prefix(&self.origin())?.strip_prefix(self.base)?;
        Some(path.split(['?', '#']).next().unwrap_or(path))
    }

    /// Is gone, as where there is no network, until [`Self::come_back`].
    pub fn go_away(&self) {
        self.server.set_away(true);
    }

    /// Answers again.
    pub fn come_back(&self) {
        self.server.set_away(false);
    }

    /// Holds the page's program back, as a line does that is thin enough: what is prerendered stands until [`Self::let_go`].
    pub fn hold_back(&self) {
        self.held.store(true, Ordering::Relaxed);
    }

    /// Lets the page's program come.
    pub fn let_go(&self) {
        self.held.store(false, Ordering::Relaxed);
    }

    /// A copy of the built site for a test to change, to be served by [`Self::show`].
    ///
    /// # Errors
    /// It cannot be copied.
    pub fn copy(&self) -> Result<TempDir> {
        release::copy(&folder())
    }

    /// Another release of the built site, of build [`OTHER_BUILD`](crate::OTHER_BUILD), to be served by [`Self::show`]; what its files have in their
    /// names is not what this one's have.
    ///
    /// # Errors
    /// The built site has no service worker.
    pub fn other_release(&self) -> Result<TempDir> {
        release::other(&folder(), &self.registry.build)
    }

    /// Serves another folder from now on.
    pub fn show(&self, folder: &Path) {
        folder.clone_into(&mut self.root.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The path and query of every request so far.
    #[must_use]
    pub fn asked_for(&self) -> Vec<String> {
        self.server.seen()
    }

    /// The worker bundles' files that were asked for so far.
    #[must_use]
    pub fn bundles_asked_for(&self) -> Vec<String> {
        let files: Vec<_> = self.registry.bundles.iter().flat_map(|bundle| [&bundle.js, &bundle.wasm]).collect();
        let mut seen = self.server.seen();
        seen.retain(|target| files.iter().any(|file| target.ends_with(&format!("/{file}"))));
        seen
    }
}

impl Serving {
    /// Whether this is the first request for a file that shall be refused once; `refused` keeps which were.
    fn hiccups_at(&self, request: &Request, refused: &mut Vec<&'static str>) -> bool {
        let Some(name) = self.hiccups.iter().find(|name| request.target.contains(**name) && !refused.contains(name)) else {
            return false;
        };
        refused.push(name);
        true
    }

    fn answer(&self, root: &Path, request: &Request) -> Answer {
        let mut answer = if self.lost.iter().any(|name| request.target.contains(name)) {
            missing(root)
        } else {
            file(root, self.base, &request.target)
        };
        match self.wasm {
            WasmType::Right => {}
            WasmType::Bytes => {
                for (_, value) in answer.headers.iter_mut().filter(|(_, value)| value == WASM) {
                    BYTES.clone_into(value);
                }
            }
            WasmType::Unsaid => answer.headers.retain(|(_, value)| value != WASM),
        }
        if self.unknown == Unknown::Bare && answer.status == NOT_FOUND {
            answer = Answer::new(NOT_FOUND, "text/plain", b"404 Not Found".to_vec());
        }
        answer.headers.push(("Cache-Control", "no-cache".to_owned()));
        answer.headers.extend(self.headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
        if self.encoding == Encoding::Gzip && request.encodings.contains("gzip") {
            let mut zipped = GzEncoder::new(Vec::new(), Compression::default());
            if let Ok(zipped) = zipped.write_all(&answer.body).and_then(|()| zipped.finish()) {
                answer.body = zipped;
                answer.headers.push(("Content-Encoding", "gzip".to_owned()));
            }
        } else if answer.body.starts_with(b"<!") {
            answer.rests = self.arrival.rests(&answer.body);
        }
        answer
    }
}

const NOT_FOUND: &str = "404 Not Found";
const WASM: &str = "application/wasm";
const BYTES: &str = "application/octet-stream";

/// The site's folder.
fn folder() -> PathBuf {
    env::var_os("FERROSCOPE_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from)
}

fn file(root: &Path, base: &str, target: &str) -> Answer {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(below) = path.strip_prefix(base).and_then(|path| path.strip_prefix('/')) else {
        return missing(root);
    };
    let mut file = root.join(below);
    if !Path::new(below).components().all(|part| matches!(part, Component::Normal(_))) {
        return missing(root);
    }
    if file.is_dir() {
        if !path.ends_with('/') {
            let headers = vec![("Location", format!("{path}/"))];
            return Answer { status: "301 Moved Permanently", headers, body: Vec::new(), rests: Vec::new() };
        }
        file.push("index.html");
    }
    fs::read(&file).map_or_else(|_| missing(root), |body| Answer::new("200 OK", content_type(&file), body))
}

fn missing(root: &Path) -> Answer {
    Answer::new(NOT_FOUND, "text/html; charset=utf-8", fs::read(root.join("404.html")).unwrap_or_default())
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(OsStr::to_str) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("xml") => "application/xml",
        Some("wasm") => WASM,
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => BYTES,
    }
}

#[cfg(test)]
#[path = "site_tests.rs"]
mod tests;
