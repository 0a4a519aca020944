//! Which runs the audit takes, in which order, and what came of them: a state machine without a browser. [`Hands`](super::hands::Hands) carries
//! out what it decides. Runs with the same input are taken once, and every claim that needs one is judged by it.

use super::figure;
use crate::engine::RunRequest;
use course::{ArchivedClaim, ArchivedRule, AuditArchive, Figure, Outcome, Verdict};
use protocol::{LabInput, ResultJson, Seed};
use std::{collections::VecDeque, sync::Arc};

/// The ledger, what was run of it here, and what is being run.
pub struct Auditor {
    ledger: Arc<AuditArchive>,
    runnable: Vec<Runnable>,
    taken: Vec<(LabInput, Taken)>,
    /// What a claim’s own run is about to replace: shown until it is, and what stands again if that run is stopped.
    earlier: Vec<(LabInput, Taken)>,
    work: Work,
}

/// A claim with a rule that this build can run.
#[derive(Clone, Debug, PartialEq)]
pub struct Runnable {
    /// The claim's id.
    pub id: String,
    /// What its rule runs, in the rule's order.
    pub inputs: Vec<LabInput>,
    index: usize,
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// Its result.
    Result(Box<ResultJson>),
    /// Why there is none: a sentence.
    Failed(String),
}

/// What is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One claim.
    Claim(String),
    /// Every claim that can be run.
    Machine,
}

/// How much is measured of each input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Thoroughness {
    /// One worker: its intervals do not hold the differences between instances.
    #[default]
    Quick,
    /// Several fresh workers, one after another.
    Full,
}

/// Where the audit stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Work {
    /// Nothing was asked for yet.
    #[default]
    Idle,
    /// Runs are being taken.
    Running(Running),
    /// What was asked for is over.
    Ended(Scope, End),
}

/// Runs that are being taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// What was asked for.
    pub scope: Scope,
    /// The input that is run now.
    pub current: LabInput,
    /// How many runs are over.
    pub done: usize,
    /// How many there are in all.
    pub of: usize,
    thoroughness: Thoroughness,
    queue: VecDeque<LabInput>,
}

/// How a row of runs ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Every run was taken, or failed with a reason.
    Done,
    /// The reader stopped it.
    Cancelled,
}

/// What this machine says of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What the ledger says.
    pub ledger: Verdict,
    /// What the rule makes of this machine's figures.
    pub outcome: Outcome,
    /// The figures, one for each of the rule's inputs.
    pub figures: Vec<(LabInput, Figure)>,
    /// How many fresh workers each run took; the fewest, where they differ.
    pub workers: u16,
    /// Why figures are missing, and what to know before trusting the others; each sentence once.
    pub remarks: Vec<String>,
}

/// A claim in a machine's report.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The claim's id.
    pub id: String,
    /// What the machine says of it.
    pub judged: Judged,
    /// Whether its figures still stand.
    pub age: Age,
}

/// Whether a row's figures still stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// They do.
    Current,
    /// Its claim, or one that shares a run with it, is being run again: they are about to be replaced.
    Earlier,
}

/// How a machine's outcome stands to the ledger's verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The same verdict.
    Same,
    /// Another one.
    Differs,
    /// The machine cannot tell.
    Open,
}

impl Judged {
    /// How the outcome stands to the ledger's verdict.
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        match self.outcome {
            Outcome::CannotTell => Agreement::Open,
            Outcome::Verdict(verdict) if verdict == self.ledger => Agreement::Same,
            Outcome::Verdict(_) => Agreement::Differs,
        }
    }
}

impl Thoroughness {
    /// What to ask of the runner.
    #[must_use]
    pub fn request(self, input: LabInput) -> RunRequest {
        match self {
            Self::Quick => RunRequest::quick(input, Seed::default()),
            Self::Full => RunRequest::full(input, Seed::default()),
        }
    }
}

impl Auditor {
    /// An auditor of a ledger, with nothing run.
    #[must_use]
    pub fn of(ledger: Arc<AuditArchive>) -> Self {
        let runnable = ledger.claims.iter().enumerate().filter_map(|(index, claim)| {
            let inputs = figure::inputs(claim.rule()?)?;
            Some(Runnable { id: claim.id.as_str().to_owned(), inputs, index })
        });
        Self { runnable: runnable.collect(), ledger, taken: Vec::new(), earlier: Vec::new(), work: Work::Idle }
    }

    /// The ledger.
    #[must_use]
    pub fn ledger(&self) -> &AuditArchive {
        &self.ledger
    }

    /// The claims that can be run, in the ledger's order.
    #[must_use]
    pub fn runnable(&self) -> &[Runnable] {
        &self.runnable
    }

    /// Where the audit stands.
    #[must_use]
    pub const fn work(&self) -> &Work {
        &self.work
    }

    /// What is being run, if anything is.
    #[must_use]
    pub const fn running(&self) -> Option<&Running> {
        match &self.work {
            Work::Running(running) => Some(running),
            Work::Idle | Work::Ended(..) => None,
        }
    }

    /// Every input of a scope, each once, in the ledger's order.
    #[must_use]
    pub fn plan(&self, scope: &Scope) -> Vec<LabInput> {
        let wanted = self.runnable.iter().filter(|one| match scope {
            Scope::Machine => true,
            Scope::Claim(id) => one.id == *id,
        });
        let mut plan: Vec<LabInput> = Vec::new();
        for input in wanted.flat_map(|one| &one.inputs) {
            if !plan.contains(input) {
                plan.push(*input);
            }
        }
        plan
    }

    /// Whether there is anything to run in a scope.
    #[must_use]
    pub fn can_run(&self, scope: &Scope) -> bool {
        !self.plan(scope).is_empty()
    }

    /// Starts a scope's runs, and gives back the first. What was measured of their inputs before judges nothing any more; where a single claim is
    /// run, the report keeps it until it is replaced. None where something is being run already, or there is nothing to run.
    pub fn start(&mut self, scope: Scope, thoroughness: Thoroughness) -> Option<RunRequest> {
        if self.running().is_some() {
            return None;
        }
        let mut queue: VecDeque<LabInput> = self.plan(&scope).into();
        let of = queue.len();
        let current = queue.pop_front()?;
        let (replaced, kept) = self.taken.drain(..).partition(|(input, _)| *input == current || queue.contains(input));
        self.taken = kept;
        self.earlier = match scope {
            Scope::Claim(_) => replaced,
            Scope::Machine => Vec::new(),
        };
        self.work = Work::Running(Running { scope, current, done: 0, of, thoroughness, queue });
        Some(thoroughness.request(current))
    }

    /// Takes in what came of the present run, and gives back the next one. What comes when nothing is run changes nothing.
    pub fn took(&mut self, taken: Taken) -> Option<RunRequest> {
        let Work::Running(running) = &mut self.work else { return None };
        self.earlier.retain(|(input, _)| *input != running.current);
        self.taken.push((running.current, taken));
        running.done += 1;
        if let Some(next) = running.queue.pop_front() {
            running.current = next;
            return Some(running.thoroughness.request(next));
        }
        self.work = Work::Ended(running.scope.clone(), End::Done);
        None
    }

    /// Stops what is being run. What was measured so far is kept, and what was to be replaced stands again.
    pub fn cancel(&mut self) {
        if let Work::Running(running) = &self.work {
            self.work = Work::Ended(running.scope.clone(), End::Cancelled);
            self.taken.append(&mut self.earlier);
        }
    }

    /// What this machine says of a claim; none while one of its runs was not taken.
    #[must_use]
    pub fn judged(&self, id: &str) -> Option<Judged> {
        let runnable = self.runnable.iter().find(|one| one.id == id)?;
        self.judge(runnable, &[&self.taken])
    }

    /// Every claim that can be judged by what was run here, in the ledger's order; one that is being run again by what was measured before.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let row = |one: &Runnable| {
            let now = self.judge(one, &[&self.taken]).map(|judged| (judged, Age::Current));
            let (judged, age) = now.or_else(|| Some((self.judge(one, &[&self.taken, &self.earlier])?, Age::Earlier)))?;
            Some(Row { id: one.id.clone(), judged, age })
        };
        self.runnable.iter().filter_map(row).collect()
    }

    /// Whether there is a figure of every claim that can be run, and no audit of all of them goes on.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let is_auditing = self.running().is_some_and(|running| running.scope == Scope::Machine);
        !is_auditing && !self.runnable.is_empty() && self.rows().len() == self.runnable.len()
    }

    fn judge(&self, runnable: &Runnable, from: &[&[(LabInput, Taken)]]) -> Option<Judged> {
        let claim = self.ledger.claims.get(runnable.index)?;
        let of_input = |input: &LabInput| {
            let found = from.iter().flat_map(|taken| taken.iter()).find(|(other, _)| other == input);
            found.map(|(_, taken)| (*input, taken))
        };
        let runs: Vec<(LabInput, &Taken)> = runnable.inputs.iter().map(of_input).collect::<Option<_>>()?;
        Some(judge(claim, claim.rule()?, &runs))
    }

    /// Every result that was taken here.
    pub fn results(&self) -> impl Iterator<Item = &ResultJson> {
        self.taken.iter().chain(&self.earlier).filter_map(|(_, taken)| match taken {
            Taken::Result(result) => Some(&**result),
            Taken::Failed(_) => None,
        })
    }
}

fn judge(claim: &ArchivedClaim, rule: &ArchivedRule, runs: &[(LabInput, &Taken)]) -> Judged {
    let mut remarks: Vec<String> = Vec::new();
    let mut workers = u16::MAX;
    let figures: Vec<(LabInput, Figure)> = runs
        .iter()
        .map(|(input, taken)| match taken {
            Taken::Result(result) => {
                workers = workers.min(result.workers);
                remarks.extend(result.notes.iter().cloned());
                (*input, figure::figure(&rule.measure, result))
            }
            Taken::Failed(reason) => {
                remarks.push(format!("{}: no result, {reason}.", figure::input_words(*input)));
                (*input, None)
            }
        })
        .collect();
    let mut seen: Vec<String> = Vec::new();
    remarks.retain(|remark| {
        let is_new = !seen.contains(remark);
        seen.push(remark.clone());
        is_new
    });
    let alone: Vec<Figure> = figures.iter().map(|(_, figure)| *figure).collect();
    let workers = if workers == u16::MAX { 0 } else { workers };
    Judged { ledger: claim.verdict.into(), outcome: rule.judge(&alone), figures, workers, remarks }
}

#[cfg(test)]
#[path = "auditor_tests.rs"]
mod tests;
