//! What every file of a built site weighs, and whether the site keeps its limits.

use crate::bundles;
use crate::cards;
use crate::course;
use crate::workspace::is_of_type;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{fs, thread};

/// A file's weight, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// As it lies there.
    pub raw: u64,
    /// gzip at level 9.
    pub gzip: u64,
    /// brotli at quality 11, window 22: what a CDN keeps of a file it compresses once.
    pub brotli: u64,
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From the site's root.
    pub path: String,
    /// What it weighs.
    pub weight: Weight,
}

/// Something that has a limit.
struct Limit {
    what: &'static str,
    /// What is aimed at, in bytes of brotli; 1 KB is 1,000 bytes.
    goal: u64,
    /// What the tests allow: the goal where it is met. Where it is not, a little above what was reached, so that nothing grows unseen; why
    /// stands in ARCHITECTURE.md.
    ceiling: u64,
    counts: fn(&str, &Lesson) -> bool,
}

/// The site's first lesson, as far as files go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lesson {
    /// Its page.
    page: String,
    /// Its archive.
    archive: String,
    /// The pieces of the page that draw its labs.
    pieces: Vec<String>,
    /// The recorded runs of its own labs: those of its pillar's others nobody asks for.
    recordings: Vec<String>,
}

/// The limits, each over the files it counts.
const LIMITS: [Limit; 6] = [
    Limit { what: "the first lesson's words", goal: 40_000, ceiling: 40_000, counts: counts_for_words },
    Limit { what: "everything to use the first lesson", goal: 160_000, ceiling: 490_000, counts: counts_for_use },
    Limit {
        what: "the page's Wasm",
        goal: 250_000,
        ceiling: 250_000,
        counts: |path, _| path.starts_with("ferroscope-") && path.ends_with("_bg.wasm"),
    },
    Limit { what: "worker data", goal: 450_000, ceiling: 450_000, counts: |path, _| is_worker(path, "data") },
    Limit { what: "worker memory", goal: 250_000, ceiling: 250_000, counts: |path, _| is_worker(path, "memory") },
    Limit { what: "worker memory_trace", goal: 100_000, ceiling: 100_000, counts: |path, _| is_worker(path, "memory_trace") },
];

/// Prints the table of a site, and then a line for each limit.
///
/// # Errors
/// The site cannot be read.
pub fn report(site: &Path) -> Result<()> {
    let site = crate::workspace::root().join(site);
    let entries = weigh(&site)?;
    print!("\n{}", table(&entries));
    for verdict in verdicts(&entries, &first_lesson(&site)?) {
        println!("{}", verdict.line);
    }
    Ok(())
}

/// Fails if the site exceeds a ceiling; says which goals it misses.
///
/// # Errors
/// It does, or it cannot be read.
pub fn ensure_within(site: &Path) -> Result<()> {
    let verdicts = verdicts(&weigh(site)?, &first_lesson(site)?);
    let over: Vec<_> = verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Over).map(|verdict| &*verdict.line).collect();
    anyhow::ensure!(over.is_empty(), "the site is too heavy:\n{}", over.join("\n"));
    for verdict in &verdicts {
        println!("{}", verdict.line);
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Within,
    /// Over the goal, but not over the ceiling.
    Missed,
    Over,
}

struct Verdict {
    outcome: Outcome,
    line: String,
}

fn verdicts(entries: &[Entry], lesson: &Lesson) -> Vec<Verdict> {
    let verdict = |limit: &Limit| {
        let counted = entries.iter().filter(|entry| (limit.counts)(&entry.path, lesson));
        let sum: u64 = counted.map(|entry| entry.weight.brotli).sum();
        let (outcome, word) = match sum {
            sum if sum <= limit.goal => (Outcome::Within, "within".to_owned()),
            sum if sum <= limit.ceiling => (Outcome::Missed, format!("OVER its goal (ceiling {})", grouped(limit.ceiling))),
            _ => (Outcome::Over, format!("OVER its ceiling of {}", grouped(limit.ceiling))),
        };
        let line = format!("{:<38} {:>9} of {:>9} brotli: {word}", limit.what, grouped(sum), grouped(limit.goal));
        Verdict { outcome, line }
    };
    LIMITS.iter().map(verdict).collect()
}

/// What stands between a reader and the lesson's words: no script but the one that sets the colours.
fn counts_for_words(path: &str, lesson: &Lesson) -> bool {
    path == lesson.page || path.starts_with("style-") || path.starts_with("early-")
}

/// What the lesson loads, up to the press of Run. It counts whatever is not known to belong to something else, so that a new file counts.
fn counts_for_use(path: &str, lesson: &Lesson) -> bool {
    let (workers, archives, cards) =
        (format!("{}/", bundles::FOLDER), format!("{}/", course::FOLDER), format!("{}/", cards::FOLDER));
    if is_of_type(path, "html") {
        path == lesson.page
    } else if path.starts_with(&archives) {
        path == lesson.archive || is_of_type(path, "index")
    } else if path.starts_with("recordings/") {
        lesson.recordings.iter().any(|recording| recording == path)
    } else if path.contains("-split_") || path.contains("-chunk_") {
        lesson.pieces.iter().any(|piece| piece == path)
    } else {
        // The service worker and its list come when the page is idle; icons when the site is installed.
        let apart = [&*workers, &*cards, "embed/", "icons/", "stage-"];
        let later = [
            "registry.json",
            crate::offline::WORKER,
            "robots.txt",
            "sitemap.xml",
            "manifest.webmanifest",
            crate::finish::HOST_SCRIPT_NAME,
        ];
        !apart.iter().any(|folder| path.starts_with(*folder)) && !later.contains(&path)
    }
}

fn is_worker(path: &str, name: &str) -> bool {
    path.strip_prefix(bundles::FOLDER)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|file| file.starts_with(&format!("{name}-")))
}

/// The site's first lesson, from its registry; the home page where there is no lesson yet.
fn first_lesson(site: &Path) -> Result<Lesson> {
    let path = site.join("registry.json");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}: is the site built?", path.display()))?;
    let registry: serde_json::Value = serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let lesson = &registry["lessons"][0];
    // A pillar's labs are drawn by the piece of its name.
    let pieces = lesson["pillar"].as_str().and_then(|pillar| registry["views"][pillar].as_array());
    let pieces = pieces.into_iter().flatten().filter_map(|piece| piece.as_str()).map(str::to_owned);
    // A site may have no lesson yet, but none that says nothing of its labs.
    let own = lesson["labs"].as_array();
    anyhow::ensure!(lesson.is_null() || own.is_some(), "{}: the first lesson lists no labs", path.display());
    let own = own.map(Vec::as_slice).unwrap_or_default();
    let labs = registry["labs"].as_array().into_iter().flatten().filter(|lab| own.contains(&lab["slug"]));
    let recordings = labs.filter_map(|lab| lab["recordings"].as_str()).map(str::to_owned).collect();
    Ok(Lesson {
        recordings,
        page: format!("{}index.html", lesson["route"].as_str().unwrap_or_default().trim_start_matches('/')),
        archive: lesson["file"].as_str().unwrap_or_default().to_owned(),
        pieces: pieces.collect(),
    })
}

fn weigh(site: &Path) -> Result<Vec<Entry>> {
    let mut paths = Vec::new();
    collect(site, "", &mut paths).with_context(|| format!("reading {}", site.display()))?;
    // Workers, fonts and the page differ a lot in size: each thread takes every n-th file of those sorted by size.
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let shares = (0..threads).map(|share| paths.iter().skip(share).step_by(threads).cloned().collect::<Vec<_>>());
    let mut entries = thread::scope(|scope| {
        let workers: Vec<_> = shares.map(|share| scope.spawn(move || weigh_all(site, share))).collect();
        let results =
            workers.into_iter().map(|worker| worker.join().map_err(|_| anyhow::anyhow!("a weighing thread panicked"))?);
        results.collect::<Result<Vec<_>>>()
    })?
    .concat();
    entries.sort_by(|one, other| other.weight.brotli.cmp(&one.weight.brotli).then_with(|| one.path.cmp(&other.path)));
    Ok(entries)
}

fn weigh_all(site: &Path, paths: Vec<String>) -> Result<Vec<Entry>> {
    let weigh = |path: String| {
        let bytes = fs::read(site.join(&path)).with_context(|| format!("reading {path}"))?;
        Ok(Entry { weight: weight(&bytes)?, path })
    };
    paths.into_iter().map(weigh).collect()
}

/// What these bytes weigh.
fn weight(bytes: &[u8]) -> Result<Weight> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).context("gzip")?;
    let gzip = gzip.finish().context("gzip")?.len() as u64;
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters).context("brotli")?;
    Ok(Weight { raw: bytes.len() as u64, gzip, brotli: compressed.len() as u64 })
}

fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

/// The table, heaviest file first, with a line for the sum.
fn table(entries: &[Entry]) -> String {
    let width = entries.iter().map(|entry| entry.path.chars().count()).max().unwrap_or(0).max("total".len());
    let mut table = format!("{:<width$} {:>11} {:>11} {:>11}\n", "file", "raw", "gzip", "brotli");
    let mut total = Weight::default();
    for Entry { path, weight } in entries {
        total = Weight { raw: total.raw + weight.raw, gzip: total.gzip + weight.gzip, brotli: total.brotli + weight.brotli };
        line(&mut table, width, path, *weight);
    }
    line(&mut table, width, "total", total);
    table
}

fn line(table: &mut String, width: usize, name: &str, weight: Weight) {
    let Weight { raw, gzip, brotli } = weight;
    // Writing to a string cannot fail.
    let _ = writeln!(table, "{name:<width$} {:>11} {:>11} {:>11}", grouped(raw), grouped(gzip), grouped(brotli));
}

/// 1234567 as `1,234,567`.
fn grouped(bytes: u64) -> String {
    let digits = bytes.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group));
    groups.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, brotli: u64) -> Entry {
        Entry { path: path.to_owned(), weight: Weight { raw: brotli * 4, gzip: brotli * 2, brotli } }
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn the_table_s_columns_line_up_and_it_ends_with_the_sum() {
        let table = table(&[entry("workers/data-1.wasm", 100_000), entry("a", 1)]);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[0], "file                        raw        gzip      brotli");
        assert_eq!(lines[1], "workers/data-1.wasm     400,000     200,000     100,000");
        assert_eq!(lines[3], "total                   400,004     200,002     100,001");
        assert!(lines.iter().all(|line| line.len() == lines[0].len()));
    }

    #[test]
    fn using_counts_the_lesson_the_page_its_pieces_and_whatever_is_new() {
        let lesson = Lesson {
            page: "lessons/data/zero-copy/index.html".to_owned(),
            archive: "course/data-zero-copy-1.lesson".to_owned(),
            pieces: vec!["ferroscope-1-split_data.wasm".to_owned()],
            recordings: vec!["recordings/serialization-1.json".to_owned()],
        };
        for path in ["ferroscope-1_bg.wasm", "style-1.css", "fonts/new.woff2", "boot-1.js", "course/course-2.index"] {
            assert!(counts_for_use(path, &lesson), "{path}");
        }
        let apart = ["index.html", "404.html", "registry.json", "workers/data-1.wasm", "course/memory-arenas-1.lesson"];
        for path in apart.into_iter().chain([
            "cards/home-1.png",
            "ferroscope-1-chunk_3.wasm",
            "icons/icon-192.png",
            "recordings/arena-1.json",
        ]) {
            assert!(!counts_for_use(path, &lesson), "{path}");
        }
        for path in [&lesson.page, &lesson.archive, &lesson.pieces[0], &lesson.recordings[0]] {
            assert!(counts_for_use(path, &lesson), "{path}");
        }
        assert!(counts_for_words(&lesson.page, &lesson) && counts_for_words("style-1.css", &lesson));
        assert!(!counts_for_words("ferroscope-1_bg.wasm", &lesson) && !counts_for_words("index.html", &lesson));
    }

    #[test]
    fn a_worker_over_its_limit_is_said_to_be() {
        let lines = |weight| {
            let verdicts =
                verdicts(&[entry("workers/memory-1.wasm", weight), entry("workers/memory-1.js", 1)], &Lesson::default());
            verdicts.into_iter().find(|verdict| verdict.line.contains("memory")).unwrap()
        };
        assert_eq!(lines(249_999).outcome, Outcome::Within);
        let over = lines(250_000);
        assert_eq!(over.outcome, Outcome::Over);
        assert!(over.line.ends_with("250,001 of   250,000 brotli: OVER its ceiling of 250,000"), "{}", over.line);
    }

    #[test]
    fn text_weighs_less_when_compressed() {
        let weight = weight("ferroscope ".repeat(200).as_bytes()).unwrap();
        assert!(weight.raw == 2200 && weight.gzip < 100 && weight.brotli < weight.gzip, "{weight:?}");
    }
}
