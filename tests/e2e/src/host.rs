//! Somebody else's site, on another origin: a page of `hosts/` with the site's embeds in its frames.

use crate::server::{Answer, HostName, Server};
use anyhow::{Context as _, Result};
use std::{fmt::Write as _, fs, path::Path};

/// The script and style nonce of host pages. A constant will do: nobody attacks them.
const NONCE: &str = "aG9zdA";

/// A host page, by its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HostPage {
    /// A blog without a script: it never answers.
    #[default]
    Silent,
    /// One that keeps every message in `messages` and can send any.
    Recorder,
    /// A blog with the site's own script for heights, as the builder's snippets have it.
    Adjusting,
    /// A recorder with a frame of its own after the embeds: a window that is not their parent, and writes to them.
    Stranger,
}

/// What a host page lets itself load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// Whatever it likes.
    #[default]
    None,
    /// Its own script and style by nonce, the site's frames, nothing else.
    Strict,
}

/// An `iframe` as an author pastes it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// `src`.
    pub address: String,
    /// `width`, in CSS pixels.
    pub width: u32,
    /// `height`, in CSS pixels.
    pub height: u32,
    /// `sandbox`; none for none.
    pub sandbox: Option<&'static str>,
    /// `allow`; none for none: `WordPress` strips it.
    pub allow: Option<&'static str>,
}

/// In CSS pixels: as high as the longest lab wants before its run, for the driver does not scroll within a frame.
const HEIGHT: u32 = 1_200;

/// What hosts grant where they grant anything.
const ALLOW: &str = "clipboard-write; fullscreen";

impl Frame {
    /// A frame as the builder's snippets have it, but for `sandbox`.
    #[must_use]
    pub fn of(address: String) -> Self {
        Self { address, width: 720, height: HEIGHT, sandbox: None, allow: Some(ALLOW) }
    }

    fn html(&self) -> String {
        let Self { address, width, height, .. } = self;
        let mut html = format!("<iframe title=\"An embed\" src=\"{}\" width=\"{width}\" height=\"{height}\"", escaped(address));
        for (name, value) in [("sandbox", self.sandbox), ("allow", self.allow)] {
            if let Some(value) = value {
                // Writing to a string cannot fail.
                let _ = write!(html, " {name}=\"{}\"", escaped(value));
            }
        }
        html.push_str("></iframe>");
        html
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

impl HostPage {
    fn file(self) -> &'static str {
        match self {
            Self::Silent => "silent.html",
            Self::Recorder => "recorder.html",
            Self::Adjusting => "adjusting.html",
            Self::Stranger => "stranger.html",
        }
    }
}

/// A host's server, for as long as this lives.
pub struct Host {
    server: Server,
}

impl Host {
    /// Serves `page` with these frames in it.
    ///
    /// # Errors
    /// The page's file cannot be read, or there is no free port.
    pub fn start(name: HostName, page: HostPage, policy: Policy, frames: &[Frame]) -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts");
        let read = |file: &str| fs::read_to_string(folder.join(file)).with_context(|| format!("reading hosts/{file}"));
        let frames_html = frames.iter().map(Frame::html).collect::<Vec<_>>().join("\n");
        let script = read("recorder.js")?;
        let origins: Vec<_> =
            frames.iter().map(|frame| frame.address.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")).collect();
        let site = origins.first().map_or("", String::as_str);
        let fill = |text: String| {
            let text = text.replace("{{frames}}", &frames_html).replace("{{recorder}}", &script);
            text.replace("{{site}}", site).replace("{{nonce}}", NONCE)
        };
        let page_html = fill(read(page.file())?);
        let inner_html = fill(read("inner.html")?);
        let header = format!(
            "default-src 'none'; frame-src 'self' {}; script-src 'nonce-{NONCE}'; style-src 'nonce-{NONCE}'",
            origins.join(" ")
        );
        let server = Server::start(name, move |request| {
            let mut answer = match request.target.as_str() {
                "/" => Answer::new("200 OK", "text/html; charset=utf-8", page_html.clone().into_bytes()),
                "/inner" => Answer::new("200 OK", "text/html; charset=utf-8", inner_html.clone().into_bytes()),
                // The browser's own wish: a miss would stand on the console as the page's error.
                "/favicon.ico" => Answer::new("204 No Content", "image/png", Vec::new()),
                _ => Answer::new("404 Not Found", "text/plain", Vec::new()),
            };
            if policy == Policy::Strict {
                answer.headers.push(("Content-Security-Policy", header.clone()));
            }
            answer
        })?;
        Ok(Self { server })
    }

    /// The page's address.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}/", self.server.origin())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_s_attributes_are_escaped_and_left_out_where_there_are_none() {
        let frame = Frame { allow: None, ..Frame::of("http://x/?a=1&b=\"".to_owned()) };
        assert_eq!(
            frame.html(),
            "<iframe title=\"An embed\" src=\"http://x/?a=1&amp;b=&quot;\" width=\"720\" height=\"1200\"></iframe>"
        );
    }

    #[test]
    fn every_page_has_its_file() {
        for page in [HostPage::Silent, HostPage::Recorder, HostPage::Adjusting, HostPage::Stranger] {
            Host::start(HostName::Word, page, Policy::Strict, &[]).unwrap();
        }
    }
}
