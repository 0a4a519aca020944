//! End-to-end tests: Chromium on the built site, through `WebDriver`. This library is their common ground; the tests are in `tests/site/`.
//!
//! A test starts a file server of its own ([`Site`]) and a browser of its own ([`drive`]); it waits for states, never for time, and repeats
//! nothing. Every session ends with a look at the console and the network: an error there, or a request to another host, fails the test.
//!
//! What it takes from outside: `FERROSCOPE_DIST` (the site's folder; `dist/` if absent), `FERROSCOPE_AXE` (axe-core's `axe.min.js`),
//! `CHROMEDRIVER` and `FERROSCOPE_CHROMIUM` (else what `PATH` holds). It must never touch the site's sources.

mod audit;
mod browser;
mod exported;
mod lab;
mod page;
mod registry;
mod site;

pub use audit::audit;
pub use browser::{Machine, drive, drive_with};
pub use exported::Exported;
pub use lab::Lab;
pub use page::Page;
pub use registry::{LabEntry, Registry};
pub use site::Site;
pub use thirtyfour::Key;

/// Prints a measured figure, for those who run the tests with `--no-capture`.
#[allow(clippy::print_stdout, reason = "figures are part of what the tests are for")]
pub fn figure(what: &str, value: &str) {
    println!("FIGURE {what}: {value}");
}
