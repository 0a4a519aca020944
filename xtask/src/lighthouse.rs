//! `cargo xtask lighthouse`: how the built site loads on a throttled phone, by Lighthouse's own default profile.
//!
//! It prints what Lighthouse says; it must never round a score up, nor leave out a page that could not be measured.

use crate::hosts::{built_site, warn_of_load};
use crate::process::{command, path_with, run, step};
use crate::system::ensure_browser;
use crate::tools::{self, Tool};
use crate::workspace;
use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};

/// Every category's score has to reach this.
const GOAL: u32 = 98;

/// What is scored, in the table's order.
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];

/// What is measured, in the table's order: Lighthouse's audit, and whether it is a time in milliseconds or a bare number.
const AUDITS: [(&str, Unit); 4] = [
    ("first-contentful-paint", Unit::Milliseconds),
    ("largest-contentful-paint", Unit::Milliseconds),
    ("total-blocking-time", Unit::Milliseconds),
    ("cumulative-layout-shift", Unit::None),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Milliseconds,
    None,
}

/// What to measure, and how.
#[derive(Args)]
pub struct Options {
    /// Fail if a score is below 98.
    #[arg(long)]
    strict: bool,
    /// How the phone is throttled.
    #[arg(long, value_enum, default_value_t = Throttling::Simulate)]
    throttling: Throttling,
    /// Pages by their path, such as `/budget/`, instead of home, the first lesson, the budget and its embed.
    #[arg(value_name = "PATH")]
    routes: Vec<String>,
}

/// The profile is the same in both: CPU four times slower, 1.6 Mbit/s, 150 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Throttling {
    /// Lighthouse's default: loaded at full speed, and computed for the phone. Hardly differs from run to run.
    Simulate,
    /// Loaded slowly in fact. Differs with what else this machine does.
    Devtools,
}

/// Measures the pages and prints the table.
///
/// # Errors
/// Lighthouse or Chromium is missing, a page cannot be measured, or, with `--strict`, a score is too low.
pub fn lighthouse(options: &Options) -> Result<()> {
    let site = built_site()?;
    let browser = ensure_browser()?;
    let tools = tools::ensure(&[Tool::Lighthouse])?;
    let routes = if options.routes.is_empty() { usual(&site)? } else { options.routes.clone() };
    warn_of_load();
    let host = Host::start(&site)?;
    let folder = workspace::target().join("lighthouse");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let mut pages = Vec::new();
    for (number, route) in routes.iter().enumerate() {
        step(&format!("Lighthouse: {route}"));
        let report = folder.join(format!("{number}.json"));
        let mut lighthouse = command("lighthouse");
        lighthouse.env("PATH", path_with(&tools)?).env("CHROME_PATH", &browser.chromium);
        lighthouse.arg(format!("{}{route}", host.address)).args(["--quiet", "--output=json", "--output-path"]).arg(&report);
        lighthouse.arg(match options.throttling {
            Throttling::Simulate => "--throttling-method=simulate",
            Throttling::Devtools => "--throttling-method=devtools",
        });
        // As in every test: containers run as root, and nobody but the page asks for anything.
        lighthouse.arg(
            "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking",
        );
        run(&mut lighthouse, "Its own lines above say why. Another Chromium that holds the port is one reason.")?;
        let text = fs::read_to_string(&report).with_context(|| format!("reading {}", report.display()))?;
        pages.push(Measured::of(route, &serde_json::from_str(&text).context("reading Lighthouse's report")?)?);
    }
    print(&pages, options.throttling);
    println!("The whole reports are in {}.", folder.display());
    let low: Vec<_> =
        pages.iter().filter(|page| page.scores.iter().any(|score| *score < GOAL)).map(|page| page.route.as_str()).collect();
    ensure!(!options.strict || low.is_empty(), "below {GOAL}: {}", low.join(", "));
    Ok(())
}

/// Home, the first lesson, the budget, and its embed.
fn usual(site: &Path) -> Result<Vec<String>> {
    let registry = site.join("registry.json");
    let text = fs::read_to_string(&registry).with_context(|| format!("reading {}", registry.display()))?;
    let registry: Value = serde_json::from_str(&text).context("reading registry.json")?;
    let lesson = registry["lessons"][0]["route"].as_str().context("the registry lists no lesson")?.to_owned();
    let embeds = registry["embeds"].as_array().map_or(&[][..], Vec::as_slice);
    let embed = embeds.iter().find(|embed| embed["lab"] == "latency-budget").and_then(|embed| embed["path"].as_str());
    let mut routes = vec!["/".to_owned(), lesson, "/budget/".to_owned()];
    match embed {
        Some(path) => routes.push(format!("/{}/", path.trim_matches('/'))),
        None => println!("the registry lists no embed of the latency budget: it is left out"),
    }
    Ok(routes)
}

/// What Lighthouse says of a page.
#[derive(Debug, PartialEq)]
struct Measured {
    route: String,
    scores: Vec<u32>,
    figures: Vec<String>,
}

impl Measured {
    fn of(route: &str, report: &Value) -> Result<Self> {
        let error = &report["runtimeError"]["message"];
        ensure!(error.is_null(), "{route}: {error}");
        let mut scores = Vec::new();
        for category in CATEGORIES {
            let score =
                report["categories"][category]["score"].as_f64().with_context(|| format!("{route}: no score of {category}"))?;
            // Lighthouse's scores are hundredths; what lies between is rounded down.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score lies between 0 and 1")]
            scores.push((score * 100.0 + 1e-6).floor() as u32);
        }
        let mut figures = Vec::new();
        for (audit, unit) in AUDITS {
            let value = report["audits"][audit]["numericValue"].as_f64().with_context(|| format!("{route}: no {audit}"))?;
            figures.push(match unit {
                Unit::Milliseconds => format!("{value:.0} ms"),
                Unit::None => format!("{value:.3}"),
            });
        }
        Ok(Self { route: route.to_owned(), scores, figures })
    }
}

fn print(pages: &[Measured], throttling: Throttling) {
    println!("\nLighthouse 12.8.2, mobile: CPU 4 x slower, 1.6 Mbit/s, 150 ms ({throttling:?}); gzip, HTTP/1.1\n");
    println!("| page | performance | accessibility | best practices | SEO | FCP | LCP | TBT | CLS |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for Measured { route, scores, figures } in pages {
        let cells: Vec<_> = scores.iter().map(ToString::to_string).chain(figures.iter().cloned()).collect();
        println!("| {route} | {} |", cells.join(" | "));
    }
    println!();
}

/// The site on the tests' own server, with compression, until this goes.
struct Host {
    address: String,
    child: Child,
    input: Option<ChildStdin>,
}

impl Host {
    fn start(site: &Path) -> Result<Self> {
        step("Serving the site");
        let mut host = command("cargo");
        host.args(["run", "--quiet", "--locked", "--package", "e2e", "--bin", "host"]).env("FERROSCOPE_DIST", site);
        let mut child = host.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting the program `host`")?;
        let input = child.stdin.take();
        let mut address = String::new();
        BufReader::new(child.stdout.take().context("`host` has no output")?)
            .read_line(&mut address)
            .context("reading its address")?;
        let host = Self { address: address.trim().to_owned(), child, input };
        ensure!(host.address.starts_with("http://"), "`host` ended early; it has said why");
        Ok(host)
    }
}

impl Drop for Host {
    /// The end of its input ends it.
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(score: f64) -> Value {
        let category = json!({ "score": score });
        json!({
            "categories": { "performance": category, "accessibility": category, "best-practices": category, "seo": category },
            "audits": {
                "first-contentful-paint": { "numericValue": 900.4 }, "largest-contentful-paint": { "numericValue": 1000 },
                "total-blocking-time": { "numericValue": 0 }, "cumulative-layout-shift": { "numericValue": 0.0123 },
            },
        })
    }

    #[test]
    fn a_report_becomes_a_line_and_no_score_is_rounded_up() {
        let page = Measured::of("/", &report(0.979)).unwrap();
        assert_eq!(page.scores, [97; 4]);
        assert_eq!(page.figures, ["900 ms", "1000 ms", "0 ms", "0.012"]);
        assert_eq!(Measured::of("/", &report(0.29)).unwrap().scores, [29; 4]);
    }

    #[test]
    fn a_page_without_a_score_is_an_error() {
        let mut lacking = report(1.0);
        lacking["categories"]["seo"]["score"] = Value::Null;
        assert!(Measured::of("/", &lacking).unwrap_err().to_string().contains("seo"));
        let failed = json!({ "runtimeError": { "message": "no paint" } });
        assert!(Measured::of("/", &failed).unwrap_err().to_string().contains("no paint"));
    }
}
