//! Riddles as plain data: which round, how many were foreseen in a row, and a riddle as words and as a drawing. It must never count a round twice.

use crate::{components::table::TableData, markup::all};
use protocol::{
    allocators::{AllocatorKind, Click},
    memory::{Riddle, RiddleQuestion},
};

/// A round of one allocator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Round {
    pub kind: AllocatorKind,
    pub number: u32,
}

impl Round {
    pub(super) fn write(self) -> String {
        format!("{}.{}", self.kind.slug(), self.number)
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let (kind, number) = text.split_once('.')?;
        Some(Self { kind: AllocatorKind::from_slug(kind)?, number: number.parse().ok()? })
    }

    /// The next one of the same allocator.
    pub(super) const fn go_on(&mut self) {
        self.number = self.number.wrapping_add(1);
    }

    /// Whether a riddle is this round's.
    pub(super) fn is_of(self, question: &RiddleQuestion) -> bool {
        (question.kind, question.round) == (self.kind, self.number)
    }
}

/// How many riddles in a row were foreseen, allocator by allocator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Streaks {
    /// The present row of each.
    now: [u32; AllocatorKind::ALL.len()],
    /// The longest of each.
    best: [u32; AllocatorKind::ALL.len()],
    /// The rounds that were judged: once the answer is known, the same guess proves nothing.
    judged: Vec<Round>,
}

impl Streaks {
    /// How many in a row are enough, and for how many allocators.
    const ENOUGH: (u32, usize) = (3, 2);

    /// Takes in what the worker said.
    pub(super) fn note(&mut self, riddle: &Riddle) {
        let round = Round { kind: riddle.of.kind, number: riddle.of.round };
        let Some(is_foreseen) = riddle.is_foreseen().filter(|_| !self.judged.contains(&round)) else { return };
        self.judged.push(round);
        let Some(place) = AllocatorKind::ALL.iter().position(|kind| *kind == round.kind) else { return };
        self.now[place] = if is_foreseen { self.now[place] + 1 } else { 0 };
        self.best[place] = self.best[place].max(self.now[place]);
    }

    /// How things stand, in words; empty before the first guess.
    pub(super) fn words(&self) -> String {
        if self.judged.is_empty() {
            return String::new();
        }
        let of = |(place, kind): (usize, &AllocatorKind)| {
            let is_played = self.judged.iter().any(|round| round.kind == *kind);
            is_played.then(|| format!("{}: {} (best {})", kind.label(), self.now[place], self.best[place]))
        };
        let rows: Vec<String> = AllocatorKind::ALL.iter().enumerate().filter_map(of).collect();
        let (row, allocators) = Self::ENOUGH;
        let done = self.best.iter().filter(|best| **best >= row).count();
        let end = if done >= allocators {
            "Done: you know two of them."
        } else if done == 1 {
            "One allocator is done; now another."
        } else {
            "Three in a row are asked for, of two allocators."
        };
        format!("In a row: {}. {end}", rows.join("; "))
    }
}

/// What a riddle asks, or what came of the guess.
pub(super) fn said(riddle: &Riddle) -> String {
    let next = riddle.next;
    match (riddle.of.guess, riddle.begins) {
        (Some(guess), Some(begins)) if guess == begins => format!("Right: the {next} bytes begin at {begins}."),
        (Some(guess), Some(begins)) => {
            format!("No: the {next} bytes begin at {begins}, not at {guess}. Which free piece did it take, and why?")
        }
        _ => format!("Next, {next} bytes are asked for. Where will they begin?"),
    }
}

/// The calls so far, and the one that is the question.
pub(super) fn calls_in_words(riddle: &Riddle) -> Vec<String> {
    let size = |of: u32| match riddle.calls.get(of as usize) {
        Some(Click::Alloc(size)) => *size,
        // Nothing else is given back.
        _ => 0,
    };
    let one = |(call, click): (usize, &Click)| match *click {
        Click::Alloc(size) => format!("call {}: ask for {size} bytes", call + 1),
        Click::Free(of) => format!("give back call {}: {} bytes", of + 1, size(of)),
    };
    let asked = format!("ask for {} bytes: where?", riddle.next);
    riddle.calls.iter().enumerate().map(one).chain([asked]).collect()
}

/// The blocks that are out and the gaps between them, to scale, and the same as a table.
pub(super) fn blocks_drawn(riddle: &Riddle) -> String {
    let mut pieces: Vec<(u32, u32, Option<u32>)> = Vec::new();
    let mut at = 0;
    for block in &riddle.blocks {
        if block.at > at {
            pieces.push((at, block.at - at, None));
        }
        pieces.push((block.at, block.taken, Some(block.call)));
        at = block.at + block.taken;
    }
    // The policy of the page forbids styles within elements: so it is a drawing, in hundredths of its width, whose letters keep their size.
    let share = |bytes: u32| f64::from(bytes) * 100.0 / f64::from(at.max(1));
    let drawn = all(&pieces, |(at, bytes, call)| {
        let class = if call.is_some() { "riddle-block" } else { "riddle-block is-gap" };
        let (from, width) = (share(*at), share(*bytes));
        let rect = format!("<rect class=\"{class}\" x=\"{from:.3}%\" y=\"0\" width=\"{width:.3}%\" height=\"100%\"/>");
        // Two digits need a thirtieth of a phone's width.
        let name = call.filter(|_| width >= 3.0).map(|call| {
            format!(
                "<text x=\"{:.3}%\" y=\"50%\" text-anchor=\"middle\" dominant-baseline=\"central\">{}</text>",
                from + width / 2.0,
                call + 1
            )
        });
        rect + &name.unwrap_or_default()
    });
    let row = |&(at, bytes, call): &(u32, u32, Option<u32>)| {
        let what = call.map_or_else(|| "nobody’s".to_owned(), |call| format!("call {}", call + 1));
        vec![at.to_string(), (at + bytes).to_string(), bytes.to_string(), what]
    };
    let rows = pieces.iter().map(row).chain([vec![at.to_string(), "…".to_owned(), "the rest".to_owned(), "nobody’s".to_owned()]]);
    let table = TableData {
        caption: "What is out, place by place".to_owned(),
        head: ["from byte", "to", "bytes", "whose"].map(str::to_owned).into(),
        rows: rows.collect(),
    };
    format!("<svg class=\"riddle-strip\" aria-hidden=\"true\">{drawn}</svg>{}", table.draw())
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::memory::RiddleBlock;

    fn riddle(kind: AllocatorKind, round: u32, guess: Option<u32>) -> Riddle {
        let blocks = vec![RiddleBlock { at: 24, taken: 104, call: 1 }, RiddleBlock { at: 200, taken: 24, call: 3 }];
        let calls = vec![Click::Alloc(24), Click::Alloc(100), Click::Alloc(64), Click::Alloc(24), Click::Free(0)];
        Riddle { of: RiddleQuestion { kind, round, guess }, calls, blocks, next: 40, begins: guess.map(|_| 128) }
    }

    #[test]
    fn a_row_grows_while_all_are_right_and_no_round_counts_twice() {
        let mut streaks = Streaks::default();
        let mut note = |kind, round, guess| {
            streaks.note(&riddle(kind, round, guess));
            streaks.words()
        };
        assert_eq!(note(AllocatorKind::Bump, 0, None), "");
        assert!(note(AllocatorKind::Bump, 0, Some(128)).starts_with("In a row: bump: 1 (best 1)."));
        assert!(note(AllocatorKind::Bump, 0, Some(128)).starts_with("In a row: bump: 1 (best 1)."));
        note(AllocatorKind::Bump, 1, Some(128));
        assert!(note(AllocatorKind::Bump, 2, Some(128)).contains("One allocator is done"));
        assert!(note(AllocatorKind::Bump, 3, Some(0)).contains("bump: 0 (best 3)"));
        note(AllocatorKind::Slab, 0, Some(128));
        note(AllocatorKind::Slab, 1, Some(128));
        let done = note(AllocatorKind::Slab, 2, Some(128));
        assert!(done.contains("slab: 3 (best 3)") && done.ends_with("Done: you know two of them."), "{done}");
    }

    #[test]
    fn a_riddle_is_said_and_drawn_without_its_answer() {
        let open = riddle(AllocatorKind::FirstFit, 0, None);
        assert_eq!(said(&open), "Next, 40 bytes are asked for. Where will they begin?");
        assert!(said(&riddle(AllocatorKind::FirstFit, 0, Some(128))).starts_with("Right"));
        assert!(said(&riddle(AllocatorKind::FirstFit, 0, Some(0))).contains("begin at 128, not at 0"));
        let words = calls_in_words(&open);
        assert_eq!((words[4].as_str(), words[5].as_str()), ("give back call 1: 24 bytes", "ask for 40 bytes: where?"));
        let drawn = blocks_drawn(&open);
        assert_eq!((drawn.matches("riddle-block is-gap").count(), drawn.matches("riddle-block\"").count()), (2, 2), "{drawn}");
        // 24 and 104 of 224 bytes.
        assert!(drawn.contains("x=\"10.714%\" y=\"0\" width=\"46.429%\"") && drawn.contains(">2</text>"), "{drawn}");
    }
}
