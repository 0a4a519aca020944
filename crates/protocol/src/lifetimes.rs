//! The Lifetimes lab: a text's words kept in four ways; and a signature, rule by rule. It must never hold a rule's outcome that no rule came to.

use serde::{Deserialize, Serialize};

/// How many words are kept, and how often they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LifetimesInput {
    /// How many words the text has; the lab clamps it to 1..=[`LifetimesInput::MAX_WORDS`].
    pub words: u32,
    /// How often all of them are read.
    pub reads: Reads,
}

impl LifetimesInput {
    /// The most words.
    pub const MAX_WORDS: u32 = 100_000;
    /// The numbers that readers can choose, and recordings may hold.
    pub const WORDS: [u32; 3] = [1_000, 10_000, Self::MAX_WORDS];
}

impl Default for LifetimesInput {
    fn default() -> Self {
        Self { words: 10_000, reads: Reads::default() }
    }
}

crate::slugged! {
    /// How often the kept words are read.
    #[derive(Default)]
    pub enum Reads {
        /// Once.
        #[default]
        Once => ("once", "once"),
        /// Ten times.
        Often => ("often", "ten times"),
    }
}

impl Reads {
    /// How often.
    #[must_use]
    pub const fn times(self) -> u32 {
        match self {
            Self::Once => 1,
            Self::Often => 10,
        }
    }
}

/// What is asked of the lab beside its runs: what the elision rules make of a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifetimesQuestion {
    /// The signature, as a reader writes it.
    pub signature: String,
}

impl LifetimesQuestion {
    /// Signatures that are offered: one that each rule ends, and what surprises.
    pub const OFFERED: [&str; 16] = [
        "fn first(text: &str) -> &str",
        "fn same(a: &str, b: &str) -> bool",
        "fn longer(a: &str, b: &str) -> &str",
        "fn name() -> &str",
        "fn cut<'a>(text: &'a str, at: usize) -> &str",
        "fn pick<'a>(a: &'a str, b: &str) -> &str",
        "fn find(&self, wanted: &str) -> &str",
        "fn last(&mut self) -> Option<&str>",
        "fn trim(self, text: &str) -> &str",
        "fn halves(text: &str) -> (&str, &str)",
        "fn words(text: &str) -> Words<'_>",
        "fn keep<'a>(list: &mut Vec<&'a str>, text: &'a str)",
        "fn fixed(text: &'static str) -> &str",
        "fn entry<T>(&self, keys: &[T]) -> Option<&T>",
        "fn lines(text: &str) -> Box<dyn Iterator<Item = &str> + '_>",
        "async fn read(text: &str) -> &str",
    ];
}

/// What the rules come to, or why they cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifetimesAnswer {
    /// The signature, rule by rule.
    pub elision: Result<Elision, SignatureFault>,
}

/// A signature, rule by rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elision {
    /// What each rule made of it, in their order; the first is the signature as written.
    pub steps: Vec<ElisionStep>,
    /// Whether every lifetime is known at the end; else the compiler refuses the signature.
    pub is_complete: bool,
}

/// What one rule made of a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElisionStep {
    /// Which.
    pub rule: ElisionRule,
    /// The signature after it.
    pub signature: String,
    /// Why it did that, or nothing.
    pub why: String,
}

/// The rules, and what stands before and behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ElisionRule {
    /// None yet.
    Written,
    /// Each input gets a lifetime of its own.
    Inputs,
    /// A single lifetime of the inputs is that of all outputs.
    OneInput,
    /// That of self is that of all outputs.
    OfSelf,
    /// No rule is left.
    Done,
}

impl ElisionRule {
    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Written => "as written",
            Self::Inputs => "rule 1: every input its own",
            Self::OneInput => "rule 2: one input, all outputs",
            Self::OfSelf => "rule 3: that of self",
            Self::Done => "the end",
        }
    }
}

/// Why a text is no signature that the lab can take apart, or one that the compiler refuses whatever the rules come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SignatureFault {
    /// It is too long.
    #[error("The signature is too long. Four hundred letters are enough for most.")]
    TooLong,
    /// It is no function's.
    #[error("This is no function’s signature. It looks like: fn name(a: &str) -> &str")]
    NoFunction,
    /// A bracket has no partner.
    #[error("A bracket is opened and not closed.")]
    Brackets,
    /// A letter that no signature has, or that this lab does not know.
    #[error("The letter {0} is not understood in a signature.")]
    Letter(char),
    /// A function as a parameter or a result.
    #[error("Types of functions, such as fn(&str) -> &str or impl Fn(&str), have lifetimes of their own. Leave them out here.")]
    FunctionType,
    /// A lifetime that nobody declared.
    #[error(
        "Nobody declares the lifetime '{0}: rustc refuses this with error E0261. Write <'{0}> behind the function’s name. (What an impl \
         around it declares, this lab does not see.)"
    )]
    Undeclared(String),
    /// A lifetime is left out within an `impl Trait`.
    #[error("Within an impl Trait in a parameter no lifetime can be left out (rustc’s error E0658). Give it a name.")]
    ElidedInImpl,
    /// A lifetime is left out in a bound.
    #[error("In a bound no lifetime can be left out (rustc’s error E0637). Give it a name.")]
    ElidedInBound,
    /// A bound that declares lifetimes.
    #[error("A for<'a> declares lifetimes of its own, which the rules do not look at. Leave it out here.")]
    HigherRanked,
}
