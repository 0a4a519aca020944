//! A lab's command line. It reads words and gives a value or a typed error; it must never run anything.

use protocol::{Effort, LabId, LabInput, NoSuchInput, RunPlan, Seed};
use std::str::FromStr;
use units::Nanos;

/// What `--help` prints.
pub(crate) const USAGE: &str = "\
Runs a lab natively, as its Web Worker would, and prints the result as JSON.

  --lab <slug>           the lab; left out, the bundle's first
  --input <n=v,n=v>      its choices, for example payload=log,size=medium,read=every or nodes=10000,degree=3
  --workers <n>          how many fresh processes take part, one after another (1: this one; 5: as the page's “measure more”)
  --budget-ms <n>        how long each samples, after its warm-up (2500, as on the page)
  --seed <n>             fixes data and order

Build it as the labs are built: cargo run --profile lab -p <bundle> -- …
";

/// What the page gives a run.
const BUDGET: Nanos = Nanos(2.5e9);

/// The longest that one process may sample: ten minutes.
const LONGEST: Nanos = Nanos(6e11);

/// No full run needs more.
const MOST_WORKERS: u16 = 100;

/// What the command line asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Arguments {
    /// How to use it.
    Help,
    /// A result.
    Run {
        /// The lab and its input.
        input: LabInput,
        /// Fixes data and order.
        seed: Seed,
        /// How long each process samples.
        budget: Nanos,
        /// How many.
        workers: u16,
    },
    /// One process' part of a full run, as bytes for the process that asked.
    Sample {
        /// The lab and its input.
        input: LabInput,
        /// Which part.
        plan: RunPlan,
    },
}

/// A word that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownArgument {
    /// Not one of ours.
    #[error("“{0}” is not understood")]
    Name(String),
    /// The last word wants a value.
    #[error("{0} wants a value")]
    NoValue(String),
    /// A value that is no such number, or out of range.
    #[error("{name} cannot be “{value}”")]
    Value {
        /// The argument.
        name: &'static str,
        /// What was given.
        value: String,
    },
    /// No lab of this slug.
    #[error("there is no lab “{0}”")]
    Lab(String),
    /// The lab has no such input.
    #[error(transparent)]
    Input(#[from] NoSuchInput),
}

impl Arguments {
    /// Reads the words behind the program's name; `lab` is meant where none is named.
    pub(crate) fn parse(lab: LabId, words: impl IntoIterator<Item = String>) -> Result<Self, UnknownArgument> {
        let (mut lab, mut text) = (lab, String::new());
        let (mut seed, mut budget, mut workers, mut instance) = (Seed::default(), BUDGET, 1, None);
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| UnknownArgument::NoValue(word.clone()));
            match &*word {
                "--help" | "-h" => return Ok(Self::Help),
                "--lab" => {
                    let slug = value()?;
                    lab = LabId::from_slug(&slug).ok_or(UnknownArgument::Lab(slug))?;
                }
                "--input" => text = value()?,
                "--seed" => seed = Seed(number("--seed", value()?, |_| true)?),
                "--workers" => workers = number("--workers", value()?, |count| (1..=MOST_WORKERS).contains(count))?,
                "--budget-ms" => {
                    let within = |ms: &f64| *ms >= 0.0 && *ms <= LONGEST.as_millis();
                    budget = Nanos::from_millis(number("--budget-ms", value()?, within)?);
                }
                // Not for people: how a full run asks a fresh process for its part.
                "--instance" => instance = Some(number("--instance", value()?, |_| true)?),
                _ => return Err(UnknownArgument::Name(word)),
            }
        }
        let input = LabInput::of_text(lab, &text)?;
        Ok(instance.map_or(Self::Run { input, seed, budget, workers }, |instance| {
            let effort = Effort::Full { instance, of: workers };
            Self::Sample { input, plan: RunPlan { seed, effort, budget } }
        }))
    }

    /// The words that [`Arguments::parse`] makes this of.
    pub(crate) fn to_words(self) -> Vec<String> {
        let (input, seed, budget, workers, instance) = match self {
            Self::Help => return vec!["--help".to_owned()],
            Self::Run { input, seed, budget, workers } => (input, seed, budget, workers, None),
            Self::Sample { input, plan: RunPlan { seed, effort, budget } } => match effort {
                Effort::Quick => (input, seed, budget, 1, Some(0)),
                Effort::Full { instance, of } => (input, seed, budget, of, Some(instance)),
            },
        };
        let mut words = vec![
            ("--lab", input.lab().slug().to_owned()),
            ("--input", input.to_text()),
            ("--seed", seed.0.to_string()),
            ("--budget-ms", budget.as_millis().to_string()),
            ("--workers", workers.to_string()),
        ];
        words.extend(instance.map(|instance| ("--instance", instance.to_string())));
        words.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect()
    }
}

fn number<T: FromStr>(name: &'static str, value: String, within: impl Fn(&T) -> bool) -> Result<T, UnknownArgument> {
    value.parse().ok().filter(within).ok_or(UnknownArgument::Value { name, value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use protocol::{ArenaInput, DataInput, Payload, PayloadSize, Read};

    fn parse(text: &str) -> Result<Arguments, UnknownArgument> {
        Arguments::parse(LabId::Serialization, text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn the_documented_command_line_is_understood() {
        let input =
            LabInput::Serialization(DataInput { payload: Payload::Order, size: PayloadSize::Small, read: Read::Column }.into());
        let asked = parse("--input payload=order,size=small,read=column --workers 5 --budget-ms 100");
        assert_eq!(asked, Ok(Arguments::Run { input, seed: Seed::default(), budget: Nanos(1e8), workers: 5 }));
        let all_defaults = Arguments::Run {
            input: LabInput::default_of(LabId::Serialization),
            seed: Seed::default(),
            budget: BUDGET,
            workers: 1,
        };
        assert_eq!(parse(""), Ok(all_defaults));
        assert_eq!(parse("--lab arena --help"), Ok(Arguments::Help));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let refused = |text| parse(text).unwrap_err().to_string();
        assert_eq!(refused("--turbo"), "“--turbo” is not understood");
        assert_eq!(refused("--seed"), "--seed wants a value");
        assert_eq!(refused("--workers 0"), "--workers cannot be “0”");
        assert_eq!(refused("--budget-ms NaN"), "--budget-ms cannot be “NaN”");
        assert_eq!(refused("--budget-ms 1e9"), "--budget-ms cannot be “1e9”");
        assert_eq!(refused("--lab poetry"), "there is no lab “poetry”");
        assert_eq!(refused("--input nodes=3"), "“nodes” is no choice of this lab");
    }

    proptest! {
        #[test]
        fn a_fresh_process_is_asked_for_just_its_part(nodes in 1..=ArenaInput::MAX_NODES, seed: u64, instance in 0_u16..9, ms in 0_u32..9_999) {
            let plan = RunPlan { seed: Seed(seed), effort: Effort::Full { instance, of: 9 }, budget: Nanos::from_millis(f64::from(ms)) };
            let sample = Arguments::Sample { input: LabInput::Arena(ArenaInput { nodes, degree: 2, ..ArenaInput::default() }), plan };
            prop_assert_eq!(Arguments::parse(LabId::Serialization, sample.to_words()), Ok(sample));
        }

        #[test]
        fn no_words_make_it_panic(words in proptest::collection::vec("--(lab|input|workers|seed|budget-ms|instance)|[0-9a-z=,.-]{0,9}|.{0,9}", 0..8)) {
            let _ = Arguments::parse(LabId::Serialization, words);
        }
    }
}
