//! A static file server as plain as any host's: files, `index.html` for folders, `404.html` for the rest. It rewrites nothing.

use crate::Registry;
use anyhow::{Context as _, Result, ensure};
use std::{
    env,
    ffi::OsStr,
    fs,
    io::{self, BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// The built site on a port of its own, for as long as this lives.
pub struct Site {
    /// What the site consists of.
    pub registry: Registry,
    origin: String,
    base: &'static str,
    stopped: Arc<AtomicBool>,
}

impl Site {
    /// Serves the built site under `base`: empty for the top of the host, else a path such as `/a/b`.
    ///
    /// # Errors
    /// There is no built site, or no free port.
    pub fn start(base: &'static str) -> Result<Self> {
        let root = folder();
        let registry = fs::read_to_string(root.join("registry.json"))
            .with_context(|| format!("no site in {}: run `cargo xtask build`, or set FERROSCOPE_DIST", root.display()))?;
        let registry: Registry = serde_json::from_str(&registry).context("reading registry.json")?;
        ensure!(!registry.routes.is_empty(), "the registry lists no route");
        let listener = TcpListener::bind("127.0.0.1:0").context("no free port")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let stopped = Arc::new(AtomicBool::new(false));
        let (root, stop) = (Arc::new(root), Arc::clone(&stopped));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let (Ok(stream), root) = (stream, Arc::clone(&root)) else { continue };
                // A browser that hangs up midway is no fault of the site's.
                thread::spawn(move || answer_all(&stream, &root, base).ok());
            }
        });
        Ok(Self { registry, origin, base, stopped })
    }

    /// The address of a route, which begins with a slash.
    #[must_use]
    pub fn address(&self, route: &str) -> String {
        format!("{}{}{route}", self.origin, self.base)
    }

    /// The route that an address of this site stands for, without query and fragment; none for another site's.
    #[must_use]
    pub fn route<'a>(&self, address: &'a str) -> Option<&'a str> {
        let path = address.strip_prefix(&self.origin)?.strip_prefix(self.base)?;
        Some(path.split(['?', '#']).next().unwrap_or(path))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the listener, so that it sees that it shall stop.
        let _ = self.origin.strip_prefix("http://").map(TcpStream::connect);
    }
}

/// The site's folder.
fn folder() -> PathBuf {
    env::var_os("FERROSCOPE_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from)
}

/// Answers request after request, until the browser hangs up.
fn answer_all(stream: &TcpStream, root: &Path, base: &str) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    while let Some(request) = lines.next().transpose()? {
        for header in lines.by_ref() {
            if header?.is_empty() {
                break;
            }
        }
        let mut words = request.split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let answer = Answer::to(root, base, target);
        let mut stream = stream;
        stream.write_all(&answer.head())?;
        if method != "HEAD" {
            stream.write_all(&answer.body)?;
        }
    }
    Ok(())
}

/// An answer of the server.
struct Answer {
    status: &'static str,
    /// Header name and value: the kind of content, or where to go instead.
    header: (&'static str, String),
    body: Vec<u8>,
}

impl Answer {
    fn to(root: &Path, base: &str, target: &str) -> Self {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let Some(below) = path.strip_prefix(base).and_then(|path| path.strip_prefix('/')) else {
            return Self::missing(root);
        };
        let mut file = root.join(below);
        if !Path::new(below).components().all(|part| matches!(part, Component::Normal(_))) {
            return Self::missing(root);
        }
        if file.is_dir() {
            if !path.ends_with('/') {
                return Self { status: "301 Moved Permanently", header: ("Location", format!("{path}/")), body: Vec::new() };
            }
            file.push("index.html");
        }
        match fs::read(&file) {
            Ok(body) => Self { status: "200 OK", header: ("Content-Type", content_type(&file).to_owned()), body },
            Err(_) => Self::missing(root),
        }
    }

    fn missing(root: &Path) -> Self {
        let body = fs::read(root.join("404.html")).unwrap_or_default();
        Self { status: "404 Not Found", header: ("Content-Type", "text/html; charset=utf-8".to_owned()), body }
    }

    fn head(&self) -> Vec<u8> {
        let Self { status, header: (name, value), body } = self;
        let length = body.len();
        format!("HTTP/1.1 {status}\r\n{name}: {value}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\n\r\n")
            .into_bytes()
    }
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(OsStr::to_str) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        for file in ["index.html", "404.html", "sub/index.html", "a.wasm"] {
            fs::write(folder.path().join(file), file).unwrap();
        }
        folder
    }

    #[test]
    fn it_serves_files_and_folders_and_nothing_else() {
        let folder = folder();
        let status = |base, target| Answer::to(folder.path(), base, target).status;
        assert_eq!(status("", "/"), "200 OK");
        assert_eq!(status("", "/sub/?x=1"), "200 OK");
        assert_eq!(status("", "/sub"), "301 Moved Permanently");
        assert_eq!(status("", "/nothing/"), "404 Not Found");
        assert_eq!(status("", "/../etc/passwd"), "404 Not Found");
        assert_eq!(status("", "//etc/passwd"), "404 Not Found");
        assert_eq!(status("/a/b", "/a/b/sub/"), "200 OK");
        assert_eq!(status("/a/b", "/sub/"), "404 Not Found");
    }

    #[test]
    fn wasm_is_served_as_wasm() {
        let folder = folder();
        assert_eq!(Answer::to(folder.path(), "", "/a.wasm").header.1, "application/wasm");
    }
}
