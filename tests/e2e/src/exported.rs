//! `result.json` as a host reads it: spelt out here once more, so that a key which is renamed or lost fails a test.

use serde::Deserialize;
use std::collections::BTreeMap;

/// An exported result.
#[derive(Clone, Debug, Deserialize)]
pub struct Exported {
    /// The lab's slug.
    pub lab: String,
    /// The build that ran.
    pub build: String,
    /// The seed, as text.
    pub seed: String,
    /// The lab's choices, by name.
    pub input: BTreeMap<String, String>,
    /// How many workers took part.
    pub workers: u16,
    /// Where it ran.
    pub environment: Environment,
    /// The times.
    pub rows: Vec<Row>,
    /// Every contender against the first.
    pub ratios: Vec<Ratio>,
    /// What was counted.
    pub facts: Vec<Fact>,
    /// Every sample in nanoseconds.
    pub samples: BTreeMap<String, Vec<f64>>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// Where a result was measured.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Environment {
    /// The browser.
    pub user_agent: String,
    /// Whether the page was cross-origin isolated.
    pub isolated: bool,
    /// The clock's step, in nanoseconds.
    pub clock_step_ns: f64,
    /// The compiler.
    pub rustc: String,
}

/// A contender's time.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    /// The contender's slug.
    pub name: String,
    /// Always `ns`.
    pub unit: String,
    /// The median.
    pub median: f64,
    /// The 95 % interval's lower end.
    pub low: f64,
    /// The 95 % interval's upper end.
    pub high: f64,
    /// How many samples.
    pub n: u32,
}

/// A counted figure.
#[derive(Clone, Debug, Deserialize)]
pub struct Fact {
    /// The contender's slug.
    pub name: String,
    /// What was counted.
    pub kind: String,
    /// How many.
    pub value: f64,
}

/// One contender over another.
#[derive(Clone, Debug, Deserialize)]
pub struct Ratio {
    /// The one above the fraction's line.
    pub of: String,
    /// The one below it.
    pub to: String,
    /// The ratio.
    #[serde(rename = "ratio")]
    pub median: f64,
    /// The 95 % interval's lower end.
    pub low: f64,
    /// The 95 % interval's upper end.
    pub high: f64,
}
