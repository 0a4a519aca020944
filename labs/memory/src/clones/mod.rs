//! The clones lab: one text goes through five stages, and what differs is how its pieces are kept. And a program of owners, line by line.
//!
//! All contenders read the same pieces and come to the same sum. Nothing here may clone for one of them what its design would not.

mod block;
mod owners;
mod text;

use measure::Experiment;
use protocol::clones::{Changed, ClonesAnswer, ClonesInput, ClonesQuestion, Stage, StageCost};
use protocol::{Contender, Fact, FactKind, LabId, Seed};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;
use text::{Meter, Silent, Text};

// anchor: pipeline
/// The text's whole way. `meter` hears of every stage's end and of every byte of text that is copied; the one that timing uses hears nothing.
fn pipeline<'a, T: Text<'a>>(source: &'a str, meter: &mut impl Meter) -> u64 {
    let lines: Vec<T> = source.lines().map(|line| T::of(line, meter)).collect();
    meter.ended(Stage::Split);
    let kept: Vec<T> = lines.into_iter().filter(|line| !line.as_str().starts_with('#')).collect();
    meter.ended(Stage::Keep);
    let normal: Vec<T> = kept.into_iter().map(|line| line.lower_case(meter)).collect();
    meter.ended(Stage::Normalise);
    let second: Vec<T> = normal.iter().map(|line| line.share(meter)).collect();
    meter.ended(Stage::Share);
    let sum = normal.iter().chain(&second).fold(0, |sum: u64, line| sum.wrapping_add(line.read()));
    meter.ended(Stage::Read);
    sum
}
// end: pipeline

/// One operation of a contender.
fn run(id: Contender, source: &str, meter: &mut impl Meter) -> u64 {
    match id {
        Contender::TextOwned => pipeline::<String>(source, meter),
        Contender::TextBorrowed => pipeline::<&str>(source, meter),
        Contender::TextCow => pipeline::<Cow<'_, str>>(source, meter),
        Contender::TextRc => pipeline::<Rc<str>>(source, meter),
        Contender::TextArc => pipeline::<Arc<str>>(source, meter),
        // No contender of this lab.
        _ => 0,
    }
}

/// The lab on a text of `input`'s length, drawn from `seed`.
pub(crate) fn prepare(input: ClonesInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let source: Rc<str> = draw(input, seed).into();
    let ids = LabId::Clones.contenders();
    let facts = if counting::is_installed() { ids.iter().flat_map(|id| count(*id, &source)).collect() } else { Vec::new() };
    let contender = |&id: &Contender| {
        let source = Rc::clone(&source);
        measure::Contender::new(id, move || run(id, &source, &mut Silent))
    };
    Experiment { contenders: ids.iter().map(contender).collect(), facts, afterwards: None }
}

/// What each stage costs each contender, and the program of owners.
pub(crate) fn answer(question: ClonesQuestion) -> ClonesAnswer {
    let source = draw(question.input, question.seed);
    let stages = LabId::Clones.contenders().iter().flat_map(|id| stages(*id, &source)).collect();
    ClonesAnswer { stages, steps: owners::steps() }
}

/// Counts at each stage's end.
struct Counting {
    contender: Contender,
    before: counting::Counts,
    copied: u64,
    costs: Vec<StageCost>,
}

impl Meter for Counting {
    fn copied(&mut self, bytes: usize) {
        self.copied += bytes as u64;
    }

    fn ended(&mut self, stage: Stage) {
        let now = counting::counts();
        let (allocations, alive) = (now.allocations - self.before.allocations, now.live - self.before.live);
        self.costs.push(StageCost { contender: self.contender, stage, allocations, copied: self.copied, alive });
        // The list of costs has room for all: it is not among them.
        self.before = counting::counts();
        self.copied = 0;
    }
}

fn stages(contender: Contender, source: &str) -> Vec<StageCost> {
    let costs = Vec::with_capacity(Stage::ALL.len());
    let mut meter = Counting { contender, before: counting::counts(), copied: 0, costs };
    run(contender, source, &mut meter);
    meter.costs
}

fn count(id: Contender, source: &str) -> Vec<Fact> {
    let copied = stages(id, source).iter().map(|cost| cost.copied).sum();
    let usage = counting::usage(|| {
        std::hint::black_box(run(id, source, &mut Silent));
    });
    let of = |kind, value| Fact { contender: id, kind, value };
    let mut facts = vec![of(FactKind::CopiedBytes, copied)];
    if let Some(usage) = usage {
        facts.extend([of(FactKind::Allocations, usage.allocations), of(FactKind::PeakBytes, usage.peak)]);
    }
    facts
}

/// The text: lines of 20 to 60 letters, one in five a remark that nobody asked for, and so many in upper case as the input says.
fn draw(input: ClonesInput, seed: Seed) -> String {
    let mut random = fastrand::Rng::with_seed(seed.0);
    let mut text = String::new();
    for _ in 0..input.lines.clamp(1, ClonesInput::MAX_LINES) {
        if random.u8(0..5) == 0 {
            text.push('#');
        }
        let is_upper = match input.changed {
            Changed::None => false,
            Changed::Few => random.u8(0..10) == 0,
            Changed::All => true,
        };
        for _ in 0..random.usize(20..=60) {
            let letter = random.lowercase();
            text.push(if is_upper { letter.to_ascii_uppercase() } else { letter });
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests;
