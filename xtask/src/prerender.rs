//! Has the page's own components draw every route natively, so that each `index.html` holds its words before any script runs.
//!
//! The drawing is `src/prerender.rs`; this compiles it, hands it the built site, and puts what comes back into the pages. Only the optimized
//! build does so: who edits and reloads does without.

use crate::process::{command, step};
use crate::workspace;
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

/// The element that the app takes away once its own view stands there; `src/takeover.rs` knows it by this id.
const ELEMENT: &str = "prerendered";

/// What is asked of the program, as `src/prerender.rs` reads it.
#[derive(Serialize)]
struct Order<'a> {
    site: &'a Path,
    files: &'a [String],
    pages: Vec<Page<'a>>,
}

#[derive(Serialize)]
struct Page<'a> {
    path: String,
    manifest: &'a str,
}

#[derive(Deserialize)]
struct Prerendered {
    pages: HashMap<String, String>,
}

/// The bodies of pages, by their route's address. `pages` are addresses with the manifests their pages carry; `files` is what they show, from
/// the root of `site`.
///
/// # Errors
/// The program does not compile or fails, or leaves a page out.
pub fn bodies(site: &Path, files: &[String], pages: &[(String, String)]) -> Result<HashMap<String, String>> {
    step("Prerendering every route");
    let program = workspace::target().join("debug").join(format!("prerender{}", std::env::consts::EXE_SUFFIX));
    let mut build = command("cargo");
    build.args(["build", "--quiet", "--package", "ferroscope", "--features", "ssr", "--bin", "prerender"]);
    crate::process::run(&mut build, "The lines above say what of the page does not compile natively.")?;

    let ordered = pages.iter().map(|(path, manifest)| Page { path: path.clone(), manifest });
    let order = serde_json::to_vec(&Order { site, files, pages: ordered.collect() }).context("writing the order")?;
    let mut child = command(&program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting prerender")?;
    // The program reads its order whole before it writes, so neither can wait for the other.
    child.stdin.take().context("prerender takes no input")?.write_all(&order).context("handing prerender its order")?;
    let output = child.wait_with_output().context("waiting for prerender")?;
    ensure!(output.status.success(), "prerendering failed ({}): the line above says where", output.status);
    let Prerendered { pages: bodies } = serde_json::from_slice(&output.stdout).context("reading the prerendered pages")?;
    for (path, _) in pages {
        ensure!(
            bodies.get(path).is_some_and(|body| body.contains("<h1") || body.contains("data-embed")),
            "nothing was prerendered for {path}"
        );
    }
    Ok(bodies)
}

/// Puts a page's body where its own begins.
///
/// # Errors
/// The page has no `<noscript>`, which the template's body begins with.
pub fn with_body(html: &str, body: &str) -> Result<String> {
    let open = html.find("<noscript>").context("index.html lacks the `<noscript>` that a prerendered page stands for")?;
    let end = open + html[open..].find("</noscript>").context("the `<noscript>` is not closed")? + "</noscript>".len();
    // Comments are marks for hydration, which this page does without.
    let body = body.replace("<!>", "");
    Ok(format!("{}<div id=\"{ELEMENT}\" data-static>{body}</div>{}", &html[..open], &html[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_takes_the_place_of_the_notice() {
        let html = with_body("<body><svg></svg><noscript>no words</noscript></body>", "<main><!>words</main>").unwrap();
        assert_eq!(html, "<body><svg></svg><div id=\"prerendered\" data-static><main>words</main></div></body>");
        assert!(with_body("<body></body>", "").is_err());
    }
}
