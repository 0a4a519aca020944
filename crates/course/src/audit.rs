//! The audit as data: what the roadmap claims, what came out, and on which evidence. Plain data, read in place.
//!
//! How a measurement becomes a verdict is [`Rule`]'s, and stands in `audit/rule.rs`: it must never know which machine measured.

mod rule;

pub use rule::{ArchivedBand, ArchivedMeasure, ArchivedRule, Band, Figure, Measure, Outcome, Rule};

use crate::Source;
use rkyv::{Archive, Deserialize, Serialize};

/// The ledger: every claim that is audited, in the roadmap's order.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Audit {
    /// The claims.
    pub claims: Vec<Claim>,
}

/// A claim and what became of it.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its name in addresses, with hyphens. It never changes once released.
    pub id: String,
    /// What is claimed, in our own words: one sentence of plain text.
    pub claim: String,
    /// Why it matters whether it is so: plain text.
    pub why: String,
    /// The pillar it belongs to, as its folder is called.
    pub pillar: String,
    /// What came out.
    pub verdict: Verdict,
    /// What came out, in words; where evidence is pending, what is known so far. Plain text.
    pub finding: String,
    /// What the verdict rests on; at least one.
    pub evidence: Vec<Evidence>,
    /// What is cited. Never empty where [`Evidence::Sources`] decides.
    pub sources: Vec<Source>,
}

/// What became of a claim.
#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[rkyv(derive(Clone, Copy, Debug, PartialEq, Eq))]
pub enum Verdict {
    /// It is so.
    Holds,
    /// It is so within limits, which the finding names.
    HoldsWithALimit,
    /// It was so once.
    Outdated,
    /// It is not so.
    Wrong,
    /// Nothing decides it; there are figures.
    Opinion,
    /// The evidence is still to come.
    Pending,
}

/// What a verdict rests on.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Evidence {
    /// A lab that anybody can run, and the rule that makes a verdict of what it measures.
    Run(Rule),
    /// A sample in this repository that is built and tested, or refused by the compiler, with every build.
    Sample(Sample),
    /// The claim's sources, where no experiment can decide.
    Sources,
    /// What will be built: plain text.
    Planned(String),
}

/// A sample as evidence.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Sample {
    /// The file, relative to the repository's root, with `/`.
    pub path: String,
    /// What becomes of it.
    pub expect: Expect,
    /// What it shows: plain text.
    pub shows: String,
}

/// What becomes of a sample.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Expect {
    /// It compiles, and its tests pass.
    Passes,
    /// The compiler refuses it with this diagnostic, as rustc prints it.
    Refused(String),
}

impl Verdict {
    /// Every verdict, in the order in which a summary counts them.
    pub const ALL: [Self; 6] = [Self::Holds, Self::HoldsWithALimit, Self::Outdated, Self::Wrong, Self::Opinion, Self::Pending];

    /// The verdict's name in the ledger, in links and in exports. It never changes once released.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::HoldsWithALimit => "holds-with-a-limit",
            Self::Outdated => "outdated",
            Self::Wrong => "wrong",
            Self::Opinion => "opinion",
            Self::Pending => "pending",
        }
    }

    /// The verdict whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.slug() == slug)
    }

    /// What a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::HoldsWithALimit => "holds, with a limit",
            Self::Outdated => "outdated",
            Self::Wrong => "wrong",
            Self::Opinion => "opinion",
            Self::Pending => "evidence pending",
        }
    }
}

impl From<ArchivedVerdict> for Verdict {
    fn from(there: ArchivedVerdict) -> Self {
        match there {
            ArchivedVerdict::Holds => Self::Holds,
            ArchivedVerdict::HoldsWithALimit => Self::HoldsWithALimit,
            ArchivedVerdict::Outdated => Self::Outdated,
            ArchivedVerdict::Wrong => Self::Wrong,
            ArchivedVerdict::Opinion => Self::Opinion,
            ArchivedVerdict::Pending => Self::Pending,
        }
    }
}

impl Claim {
    /// What the verdict rests on, in a few words.
    #[must_use]
    pub fn rests_on(&self) -> &'static str {
        match self.evidence.first() {
            Some(Evidence::Run(_)) => "a run that you can repeat",
            Some(Evidence::Sample(_)) => "code that is built with every build",
            Some(Evidence::Sources) => "sources",
            Some(Evidence::Planned(_)) | None => "evidence to come",
        }
    }
}

impl ArchivedAudit {
    /// The claim of that id.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<&ArchivedClaim> {
        self.claims.iter().find(|claim| claim.id == id)
    }

    /// How many claims have each verdict, in the order of [`Verdict::ALL`]; verdicts that no claim has are left out.
    pub fn summary(&self) -> impl Iterator<Item = (Verdict, usize)> + '_ {
        let count = |verdict| self.claims.iter().filter(|claim| Verdict::from(claim.verdict) == verdict).count();
        Verdict::ALL.into_iter().map(move |verdict| (verdict, count(verdict))).filter(|(_, count)| *count > 0)
    }
}

impl ArchivedClaim {
    /// The rule that makes a verdict of a run, if the claim can be run.
    #[must_use]
    pub fn rule(&self) -> Option<&ArchivedRule> {
        self.evidence.iter().find_map(|evidence| match evidence {
            ArchivedEvidence::Run(rule) => Some(rule),
            ArchivedEvidence::Sample(_) | ArchivedEvidence::Sources | ArchivedEvidence::Planned(_) => None,
        })
    }
}
