//! `cargo xtask lighthouse`: how the built site loads on a throttled phone, by Lighthouse's own default profile.
//!
//! It prints what Lighthouse says, of several runs the median with the least and the most; it must never round a score up, nor leave out a page that
//! could not be measured.

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

/// What is measured, in the table's order: Lighthouse's audit, whether it is a time in milliseconds or a bare number, and what it must stay below.
const AUDITS: [(&str, Unit, Option<f64>); 4] = [
    ("first-contentful-paint", Unit::Milliseconds, Some(1200.0)),
    ("largest-contentful-paint", Unit::Milliseconds, None),
    ("total-blocking-time", Unit::Milliseconds, Some(150.0)),
    ("cumulative-layout-shift", Unit::None, Some(0.02)),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Milliseconds,
    None,
}

/// What to measure, and how.
#[derive(Args)]
pub struct Options {
    /// Fail if a median is out of bounds: a score below 98, the first paint from 1.2 s on, blocking time from 150 ms on, layout shifts from 0.02 on.
    #[arg(long)]
    strict: bool,
    /// How often each page is measured. Blocking time differs by half from run to run.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    runs: u8,
    /// Measure every lesson too.
    #[arg(long)]
    all_lessons: bool,
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
/// Lighthouse or Chromium is missing, a page cannot be measured, or, with `--strict`, a median is out of bounds.
pub fn lighthouse(options: &Options) -> Result<()> {
    let site = built_site()?;
    let browser = ensure_browser()?;
    let tools = tools::ensure(&[Tool::Lighthouse])?;
    let registry = registry(&site)?;
    let mut routes = if options.routes.is_empty() { usual(&registry)? } else { options.routes.clone() };
    if options.all_lessons {
        let others: Vec<_> = lessons(&registry).filter(|lesson| !routes.contains(lesson)).collect();
        routes.extend(others);
    }
    warn_of_load();
    let host = Host::start(&site)?;
    let folder = workspace::target().join("lighthouse");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let mut runs: Vec<Vec<Measured>> = routes.iter().map(|_| Vec::new()).collect();
    // In turns: what else the machine does meanwhile is then nobody's alone.
    for run_of_all in 1..=options.runs {
        for (number, route) in routes.iter().enumerate() {
            step(&format!("Lighthouse: {route}, run {run_of_all} of {}", options.runs));
            let report = folder.join(format!("{number}-{run_of_all}.json"));
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
            let report = serde_json::from_str(&text).context("reading Lighthouse's report")?;
            runs[number].push(Measured::of(route, &report)?);
        }
    }
    let pages: Vec<Page> = routes.iter().zip(&runs).map(|(route, runs)| Page::of(route, runs)).collect();
    print(&pages, options);
    println!("The whole reports are in {}.", folder.display());
    let beyond: Vec<_> =
        pages.iter().flat_map(|page| page.faults.iter().map(|fault| format!("{}: {fault}", page.route))).collect();
    ensure!(!options.strict || beyond.is_empty(), "out of bounds:\n{}", beyond.join("\n"));
    Ok(())
}

fn registry(site: &Path) -> Result<Value> {
    let registry = site.join("registry.json");
    let text = fs::read_to_string(&registry).with_context(|| format!("reading {}", registry.display()))?;
    serde_json::from_str(&text).context("reading registry.json")
}

/// The routes of all lessons, in the course's order.
fn lessons(registry: &Value) -> impl Iterator<Item = String> {
    let lessons = registry["lessons"].as_array().map_or(&[][..], Vec::as_slice);
    lessons.iter().filter_map(|lesson| Some(lesson["route"].as_str()?.to_owned()))
}

/// Home, the first lesson, the budget, and its embed.
fn usual(registry: &Value) -> Result<Vec<String>> {
    let lesson = lessons(registry).next().context("the registry lists no lesson")?;
    let embeds = registry["embeds"].as_array().map_or(&[][..], Vec::as_slice);
    let embed = embeds.iter().find(|embed| embed["lab"] == "latency-budget").and_then(|embed| embed["path"].as_str());
    let mut routes = vec!["/".to_owned(), lesson, "/budget/".to_owned()];
    match embed {
        Some(path) => routes.push(format!("/{}/", path.trim_matches('/'))),
        None => println!("the registry lists no embed of the latency budget: it is left out"),
    }
    Ok(routes)
}

/// What Lighthouse says of a page in one run.
#[derive(Debug, PartialEq)]
struct Measured {
    /// Hundredths, in the order of [`CATEGORIES`].
    scores: [u32; CATEGORIES.len()],
    /// In the order of [`AUDITS`].
    figures: [f64; AUDITS.len()],
}

impl Measured {
    fn of(route: &str, report: &Value) -> Result<Self> {
        let error = &report["runtimeError"]["message"];
        ensure!(error.is_null(), "{route}: {error}");
        let (mut scores, mut figures) = ([0; CATEGORIES.len()], [0.0; AUDITS.len()]);
        for (place, category) in scores.iter_mut().zip(CATEGORIES) {
            let score =
                report["categories"][category]["score"].as_f64().with_context(|| format!("{route}: no score of {category}"))?;
            // Lighthouse's scores are hundredths; what lies between is rounded down.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score lies between 0 and 1")]
            let hundredths = (score * 100.0 + 1e-6).floor() as u32;
            *place = hundredths;
        }
        for (place, (audit, ..)) in figures.iter_mut().zip(AUDITS) {
            *place = report["audits"][audit]["numericValue"].as_f64().with_context(|| format!("{route}: no {audit}"))?;
        }
        Ok(Self { scores, figures })
    }
}

/// A page's line of the table.
#[derive(Debug, PartialEq)]
struct Page {
    route: String,
    cells: Vec<String>,
    /// Which medians are out of bounds.
    faults: Vec<String>,
}

impl Page {
    fn of(route: &str, runs: &[Measured]) -> Self {
        let mut page = Self { route: route.to_owned(), cells: Vec::new(), faults: Vec::new() };
        for (at, category) in CATEGORIES.into_iter().enumerate() {
            let mut scores: Vec<u32> = runs.iter().map(|run| run.scores[at]).collect();
            scores.sort_unstable();
            // Of two in the middle the lower: no score is rounded up.
            let median = scores[(scores.len() - 1) / 2];
            page.cells.push(spread(&scores, &median.to_string(), ToString::to_string));
            if median < GOAL {
                page.faults.push(format!("{category} {median}, below {GOAL}"));
            }
        }
        for (at, (audit, unit, bound)) in AUDITS.into_iter().enumerate() {
            let mut figures: Vec<f64> = runs.iter().map(|run| run.figures[at]).collect();
            figures.sort_by(f64::total_cmp);
            // Of two in the middle the higher: no figure is rounded down.
            let median = figures[figures.len() / 2];
            page.cells.push(spread(&figures, &unit.words(median), |figure| unit.words(*figure)));
            if bound.is_some_and(|bound| median >= bound) {
                page.faults.push(format!("{audit} {}, not below {}", unit.words(median), unit.words(bound.unwrap_or_default())));
            }
        }
        page
    }
}

impl Unit {
    fn words(self, value: f64) -> String {
        match self {
            Self::Milliseconds => format!("{value:.0} ms"),
            Self::None => format!("{value:.3}"),
        }
    }
}

/// The median, and where there are several values that differ, the least and the most.
fn spread<T>(sorted: &[T], median: &str, words: impl Fn(&T) -> String) -> String {
    match sorted {
        [least, .., most] if words(least) != words(most) => format!("{median} ({} to {})", words(least), words(most)),
        _ => median.to_owned(),
    }
}

fn print(pages: &[Page], Options { throttling, runs, .. }: &Options) {
    let how = if *runs > 1 { format!("; medians of {runs} runs, with the least and the most") } else { String::new() };
    println!("\nLighthouse 12.8.2, mobile: CPU 4 x slower, 1.6 Mbit/s, 150 ms ({throttling:?}); gzip, HTTP/1.1{how}\n");
    println!("| page | performance | accessibility | best practices | SEO | FCP | LCP | TBT | CLS |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for Page { route, cells, .. } in pages {
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
        let run = Measured::of("/", &report(0.979)).unwrap();
        assert_eq!(run.scores, [97; 4]);
        assert_eq!(Measured::of("/", &report(0.29)).unwrap().scores, [29; 4]);
        let page = Page::of("/", &[run]);
        assert_eq!(page.cells, ["97", "97", "97", "97", "900 ms", "1000 ms", "0 ms", "0.012"]);
        assert_eq!(page.faults.len(), 4);
        assert!(Page::of("/", &[Measured::of("/", &report(0.98)).unwrap()]).faults.is_empty());
    }

    #[test]
    fn of_several_runs_the_median_decides_and_all_are_told() {
        let run = |score: u32, blocked: f64| Measured { scores: [score; 4], figures: [1199.0, 1300.0, blocked, 0.0] };
        let page = Page::of("/", &[run(100, 300.0), run(96, 20.0), run(99, 149.0)]);
        assert_eq!(page.cells[0], "99 (96 to 100)");
        assert_eq!(page.cells[4..7], ["1199 ms", "1300 ms", "149 ms (20 ms to 300 ms)"]);
        assert!(page.faults.is_empty(), "{:?}", page.faults);
        let page = Page::of("/", &[run(100, 300.0), run(97, 20.0)]);
        assert_eq!(page.faults.len(), 5, "{:?}", page.faults);
        assert!(page.faults[4].contains("total-blocking-time 300 ms"));
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
