//! A file server as plain as any host's: it answers, keeps what it was asked, and rewrites nothing.

use anyhow::{Context as _, Result};
use std::{
    io::{self, BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// The name in a server's address. Both lead to this machine, but a browser takes them for two sites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HostName {
    /// `127.0.0.1`
    #[default]
    Number,
    /// `localhost`
    Word,
}

/// A header's name and value.
pub type Header = (&'static str, &'static str);

/// What a browser asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// `Accept-Encoding`, empty if there was none.
    pub(crate) encodings: String,
}

/// What it gets.
pub(crate) struct Answer {
    pub(crate) status: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// Where the body is held for a moment.
    pub(crate) rests: Vec<usize>,
}

/// How long a body is held: long enough for a browser to draw what it has.
const REST: Duration = Duration::from_millis(60);

/// A server on a free port of this machine, for as long as this lives.
pub(crate) struct Server {
    port: u16,
    name: HostName,
    seen: Arc<Mutex<Vec<String>>>,
    stopped: Arc<AtomicBool>,
    away: Arc<AtomicBool>,
}

impl Server {
    /// Starts one that answers by `answer`.
    ///
    /// # Errors
    /// No free port.
    pub(crate) fn start(name: HostName, answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("no free port")?;
        let port = listener.local_addr()?.port();
        let server = Self { port, name, seen: Arc::default(), stopped: Arc::default(), away: Arc::default() };
        let (answer, stopped, seen) = (Arc::new(answer), Arc::clone(&server.stopped), Arc::clone(&server.seen));
        let away = Arc::clone(&server.away);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let (Ok(stream), answer, seen) = (stream, Arc::clone(&answer), Arc::clone(&seen)) else { continue };
                let away = Arc::clone(&away);
                // A browser that hangs up midway is no fault of the server's.
                thread::spawn(move || answer_all(&stream, &*answer, &seen, &away).ok());
            }
        });
        Ok(server)
    }

    /// Scheme, name and port.
    pub(crate) fn origin(&self) -> String {
        let name = match self.name {
            HostName::Number => "127.0.0.1",
            HostName::Word => "localhost",
        };
        format!("http://{name}:{}", self.port)
    }

    /// Hangs up on every request from now on, as a network that is gone, or answers again.
    pub(crate) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::Relaxed);
    }

    /// The path and query of every request so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the listener, so that it sees that it shall stop.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

/// Answers request after request, until the browser hangs up.
fn answer_all(
    stream: &TcpStream,
    answer: &dyn Fn(&Request) -> Answer,
    seen: &Mutex<Vec<String>>,
    away: &AtomicBool,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    while let Some(line) = lines.next().transpose()? {
        let mut words = line.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut request = Request { method, target, encodings: String::new() };
        for header in lines.by_ref() {
            let header = header?;
            match header.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("accept-encoding") => {
                    value.trim().clone_into(&mut request.encodings);
                }
                Some(_) => {}
                None => break,
            }
        }
        if away.load(Ordering::Relaxed) {
            return Ok(());
        }
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(request.target.clone());
        let answer = answer(&request);
        let mut stream = stream;
        stream.write_all(&answer.head())?;
        if request.method != "HEAD" {
            answer.write_body(stream)?;
        }
    }
    Ok(())
}

impl Answer {
    pub(crate) fn new(status: &'static str, content_type: &str, body: Vec<u8>) -> Self {
        Self { status, headers: vec![("Content-Type", content_type.to_owned())], body, rests: Vec::new() }
    }

    fn write_body(&self, mut to: impl io::Write) -> io::Result<()> {
        let mut sent = 0;
        for &rest in &self.rests {
            to.write_all(self.body.get(sent..rest).unwrap_or_default())?;
            thread::sleep(REST);
            sent = rest;
        }
        to.write_all(self.body.get(sent..).unwrap_or_default())
    }

    fn head(&self) -> Vec<u8> {
        let mut lines = vec![format!("HTTP/1.1 {}", self.status), format!("Content-Length: {}", self.body.len())];
        lines.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn it_answers_and_remembers() {
        let server = Server::start(HostName::Number, |request| {
            Answer::new("200 OK", "text/plain", format!("{} {}", request.target, request.encodings).into_bytes())
        })
        .unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.write_all(b"GET /a?b HTTP/1.1\r\nHost: x\r\naccept-encoding: br, gzip\r\n\r\n").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n/a?b br, gzip"), "{answer}");
        assert_eq!(server.seen(), ["/a?b"]);
    }
}
