//! A report as `result.json`: what readers copy, hosts receive and `recordings/` hold. Its keys are only ever added to.

use crate::wire::Damaged;
use crate::{Cold, Contender, FactKind, LabInput, Mode, Note, Phase, Report};
use miniserde::{Deserialize, Serialize, json};
use std::collections::BTreeMap;
use units::Interval;

/// A report for the world outside: names instead of numbers, units in the keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultJson {
    /// The lab's slug.
    pub lab: String,
    /// The build that ran, 16 hexadecimal digits.
    pub build: String,
    /// The seed, as text: it may exceed what a JavaScript number holds.
    pub seed: String,
    /// The lab's choices, by name.
    pub input: BTreeMap<String, String>,
    /// How many fresh workers took part.
    pub workers: u16,
    /// Where it ran.
    pub environment: EnvironmentJson,
    /// The times.
    pub rows: Vec<RowJson>,
    /// Every contender against the first.
    pub ratios: Vec<RatioJson>,
    /// What was counted.
    pub facts: Vec<FactJson>,
    /// Every sample in nanoseconds, by contender, phase and worker: `serde-json/whole/0`.
    pub samples: BTreeMap<String, Vec<f64>>,
    /// What a reader should know before trusting it.
    pub notes: Vec<String>,
}

/// Where a result was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnvironmentJson {
    /// What the browser calls itself; natively the processor.
    #[serde(rename = "userAgent")]
    pub user_agent: String,
    /// Whether the page was cross-origin isolated.
    pub isolated: bool,
    /// The clock's step.
    #[serde(rename = "clockStepNs")]
    pub clock_step_ns: f64,
    /// An empty loop's time for one operation.
    #[serde(rename = "emptyLoopNs")]
    pub empty_loop_ns: f64,
    /// The compiler.
    pub rustc: String,
    /// The crates under test.
    pub crates: Vec<String>,
}

/// A contender's time in a phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowJson {
    /// The contender's slug.
    pub name: String,
    /// The phase's label.
    pub phase: String,
    /// Always `ns`.
    pub unit: String,
    /// The median.
    pub median: f64,
    /// The 95 % interval's lower end.
    pub low: f64,
    /// The 95 % interval's upper end.
    pub high: f64,
    /// The median absolute deviation.
    pub mad: f64,
    /// How many samples.
    pub n: u32,
    /// The first call; absent where it was below the clock's step.
    pub cold: Option<f64>,
    /// Whether the warm-up reached a steady state.
    pub steady: bool,
}

/// One contender over another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatioJson {
    /// The one above the fraction's line.
    pub of: String,
    /// The one below it.
    pub to: String,
    /// The phase's label.
    pub phase: String,
    /// The ratio.
    pub ratio: f64,
    /// The 95 % interval's lower end.
    pub low: f64,
    /// The 95 % interval's upper end.
    pub high: f64,
}

/// A counted figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactJson {
    /// The contender's slug.
    pub name: String,
    /// What was counted.
    pub kind: String,
    /// How many.
    pub value: f64,
}

impl ResultJson {
    /// The export of a report; `build` as 16 hexadecimal digits.
    #[must_use]
    pub fn of(report: &Report, build: &str) -> Self {
        let environment = &report.environment;
        Self {
            lab: report.lab.slug().to_owned(),
            build: build.to_owned(),
            seed: report.seed.0.to_string(),
            input: report.input.pairs(),
            workers: match report.mode {
                Mode::Quick => 1,
                Mode::Full { workers } => workers,
            },
            environment: EnvironmentJson {
                user_agent: environment.user_agent.clone(),
                isolated: environment.isolated,
                clock_step_ns: environment.clock_step.0,
                empty_loop_ns: environment.empty_loop.0,
                rustc: environment.rustc.clone(),
                crates: environment.crates.clone(),
            },
            rows: report.rows.iter().map(RowJson::of).collect(),
            ratios: report
                .ratios
                .iter()
                .map(|row| RatioJson {
                    of: row.of.slug().to_owned(),
                    to: row.to.slug().to_owned(),
                    phase: row.phase.label().to_owned(),
                    ratio: row.ratio.median,
                    low: row.ratio.low,
                    high: row.ratio.high,
                })
                .collect(),
            facts: report
                .facts
                .iter()
                .map(|fact| FactJson {
                    name: fact.contender.slug().to_owned(),
                    kind: fact.kind.slug().to_owned(),
                    value: fact.value as f64,
                })
                .collect(),
            samples: report
                .series
                .iter()
                .map(|series| {
                    (format!("{}/{}/{}", series.contender.slug(), series.phase.label(), series.instance), series.samples.clone())
                })
                .collect(),
            notes: report.notes.iter().map(Note::to_string).collect(),
        }
    }

    /// As JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::to_string(self)
    }

    /// The result that a text stands for.
    ///
    /// # Errors
    /// [`Damaged`] if it is no such text.
    pub fn of_json(text: &str) -> Result<Self, Damaged> {
        json::from_str(text).map_err(|_| Damaged)
    }

    /// Whether this is a result of that very input.
    #[must_use]
    pub fn is_of(&self, input: &LabInput) -> bool {
        self.lab == input.lab().slug() && self.input == input.pairs()
    }

    /// A contender's time over the first one's; exactly 1 for the first itself.
    #[must_use]
    pub fn relative(&self, contender: Contender, phase: Phase) -> Option<Interval> {
        if self.rows.first().is_some_and(|row| row.name == contender.slug()) {
            return Some(Interval::exact(1.0));
        }
        let found = self.ratios.iter().find(|row| row.of == contender.slug() && row.phase == phase.label())?;
        Some(Interval { median: found.ratio, low: found.low, high: found.high })
    }

    /// A contender's time in nanoseconds.
    #[must_use]
    pub fn time(&self, contender: Contender, phase: Phase) -> Option<Interval> {
        let row = self.rows.iter().find(|row| row.name == contender.slug() && row.phase == phase.label())?;
        Some(Interval { median: row.median, low: row.low, high: row.high })
    }
}

impl RowJson {
    fn of(row: &crate::Row) -> Self {
        Self {
            name: row.contender.slug().to_owned(),
            phase: row.phase.label().to_owned(),
            unit: "ns".to_owned(),
            median: row.time.median,
            low: row.time.low,
            high: row.time.high,
            mad: row.mad.0,
            n: row.samples,
            cold: match row.cold {
                Cold::Took(time) => Some(time.0),
                Cold::Below(_) => None,
            },
            steady: row.steady,
        }
    }
}

impl FactKind {
    /// The kind's name in exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::WireBytes => "wire-bytes",
            Self::DeflatedBytes => "deflated-bytes",
            Self::ZstdBytes => "zstd-bytes",
            Self::Allocations => "allocations",
            Self::PeakBytes => "peak-bytes",
            Self::TouchedBytes => "touched-bytes",
            Self::CopiedBytes => "copied-bytes",
            Self::LiveAfterDropBytes => "live-after-drop-bytes",
            Self::Works => "works",
            Self::Defaults => "defaults",
            Self::Refusals => "refusals",
            Self::SilentlyWrong => "silently-wrong",
            Self::SpanBytes => "span-bytes",
        }
    }

    /// The kind whose name this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        let all = [
            Self::WireBytes,
            Self::DeflatedBytes,
            Self::ZstdBytes,
            Self::Allocations,
            Self::PeakBytes,
            Self::TouchedBytes,
            Self::CopiedBytes,
            Self::LiveAfterDropBytes,
            Self::Works,
            Self::Defaults,
            Self::Refusals,
            Self::SilentlyWrong,
            Self::SpanBytes,
        ];
        all.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// A recorded run, as `recordings/<lab>.json` lists them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// What it ran in.
    pub host: RecordingHost,
    /// The machine, in words.
    pub machine: String,
    /// The day, ISO 8601.
    pub date: String,
    /// The result; its samples are left out.
    pub result: ResultJson,
}

impl Recording {
    /// The recordings that a file's text lists.
    ///
    /// # Errors
    /// [`Damaged`] if the text is no such list.
    pub fn list_of_json(text: &str) -> Result<Vec<Self>, Damaged> {
        json::from_str(text).map_err(|_| Damaged)
    }

    /// Whether this is what the site shows as the recorded run of `input`: a browser's; where nothing is timed anybody's, since what is
    /// counted is the same wherever it is compiled for.
    #[must_use]
    pub fn shows(&self, input: &LabInput) -> bool {
        (self.host == RecordingHost::Browser || !input.lab().is_timed()) && self.result.is_of(input)
    }

    /// The text of a file that lists recordings.
    #[must_use]
    pub fn list_to_json(list: &[Self]) -> String {
        json::to_string(list)
    }
}

/// What a recorded run ran in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordingHost {
    /// A browser.
    #[serde(rename = "browser")]
    Browser,
    /// The same code, compiled for the machine itself.
    #[serde(rename = "native")]
    Native,
}
