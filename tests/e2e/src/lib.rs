//! End-to-end tests: Chromium and Firefox on the built site, through `WebDriver`. This library is their common ground; the tests are in
//! `tests/site/`.
//!
//! A test starts a file server of its own ([`Site`]) and a browser of its own ([`drive`], [`Session`]), and where the site stands in
//! somebody else's frame, a host of its own ([`Host`]); it waits for states, never for time, and repeats nothing. Every session ends with a
//! look at the console and the network: an error there, or a request to another host, fails the test.
//!
//! What it takes from outside: `FERROSCOPE_DIST` (the site's folder; `dist/` if absent), `FERROSCOPE_AXE` (axe-core's `axe.min.js`),
//! `CHROMEDRIVER`, `GECKODRIVER`, `FERROSCOPE_CHROMIUM` and `FERROSCOPE_FIREFOX` (else what `PATH` holds). It must never touch the site's sources.

mod audit;
mod browser;
mod engine;
mod exported;
mod frames;
mod host;
mod lab;
mod page;
mod probe;
mod registry;
mod release;
mod server;
mod site;

pub use audit::audit;
pub use browser::{Machine, Session, drive, drive_with};
pub use engine::{Engine, Frames, Scripts, Storage};
pub use exported::Exported;
pub use frames::Embed;
pub use host::{Frame, Host, HostPage, Policy};
pub use lab::Lab;
pub use page::Page;
pub use probe::Shift;
pub use registry::{EmbedEntry, LabEntry, LessonEntry, Registry};
pub use release::OTHER_BUILD;
pub use server::{Header, HostName};
pub use site::{ANY_ORIGIN, Arrival, Encoding, ISOLATION, Serving, Site, Unknown, WasmType};
pub use thirtyfour::Key;

/// Prints a measured figure, for those who run the tests with `--no-capture`.
#[allow(clippy::print_stdout, reason = "figures are part of what the tests are for")]
pub fn figure(what: &str, value: &str) {
    println!("FIGURE {what}: {value}");
}
