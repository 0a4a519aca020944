//! The placement as data: short programs whose result the reader predicts, and the rule that turns their answers into a station of the learning
//! path. Which answer is right was decided by what the compiler and the program said when the course was built.

use crate::Answer;
use rkyv::{Archive, Deserialize, Serialize};

/// The placement.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Placement {
    /// The stations before the branches, in the order in which one goes through them.
    pub levels: Vec<Level>,
    /// The branches one may wish to take.
    pub branches: Vec<Branch>,
    /// The station of who knows every level and has no wish yet.
    pub undecided: String,
    /// The questions, in the order in which they are asked.
    pub questions: Vec<PlacementQuestion>,
}

/// A station that a reader may know already.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Level {
    /// The station's id.
    pub station: String,
    /// What its questions are on, as words in a sentence.
    pub subject: String,
    /// How many of its questions must be right to pass it; at most as many as there are.
    pub enough: u8,
}

/// A branch that a reader may wish to take.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Branch {
    /// The id of its first station.
    pub station: String,
    /// What one builds there.
    pub wish: String,
}

/// A program, and what may come of it.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct PlacementQuestion {
    /// Its name in element ids and in what is kept. It never changes once released.
    pub id: String,
    /// The station that it tells about.
    pub station: String,
    /// The program's file, relative to the repository's root.
    pub path: String,
    /// The program as HTML, one line each, as in a lesson.
    pub code: String,
    /// The answers, exactly one of which is right; their texts and explanations are inline HTML.
    pub answers: Vec<Answer>,
    /// What came of the program.
    pub came: Came,
}

/// What came of a program when it was compiled and run.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// It ran to its end and printed this.
    Printed(String),
    /// The compiler refused it with this message.
    Refused(String),
    /// It stopped while running with this message.
    Panicked(String),
}

impl ArchivedCame {
    /// What came, in a few words, and the text of it.
    #[must_use]
    pub fn words(&self) -> (&'static str, &str) {
        match self {
            Self::Printed(text) => ("It prints:", text),
            Self::Refused(text) => ("It does not compile. rustc says:", text),
            Self::Panicked(text) => ("It compiles, and stops while running:", text),
        }
    }
}

/// How a level was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelResult {
    /// The level, as an index.
    pub level: usize,
    /// How many of its questions were answered right.
    pub right: usize,
    /// How many it has.
    pub of: usize,
    /// The questions that were not answered right, as indices.
    pub missed: Vec<usize>,
}

/// Where a reader starts, and which answers decided that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The station's id.
    pub station: String,
    /// The levels that were looked at: all that were passed, and the one that was not, if any, at the end.
    pub levels: Vec<LevelResult>,
    /// Whether the last of them was not passed, so that one starts there.
    pub stopped: bool,
    /// The questions of the wished branch, as indices, with whether each was right; they inform and do not decide.
    pub branch: Vec<(usize, bool)>,
}

impl ArchivedPlacement {
    /// Places a reader: at the first level with fewer right answers than are enough; past all levels at the branch they wish to take, or
    /// where one chooses. A question that was left out counts as not known.
    pub fn place(&self, is_right: impl Fn(&str) -> bool, wish: Option<&str>) -> Placed {
        let mut levels = Vec::new();
        for (index, level) in self.levels.iter().enumerate() {
            let all: Vec<usize> = self.questions_of(&level.station).collect();
            let missed: Vec<usize> = all.iter().copied().filter(|one| !is_right(&self.questions[*one].id)).collect();
            let result = LevelResult { level: index, right: all.len() - missed.len(), of: all.len(), missed };
            let is_passed = result.right >= usize::from(level.enough);
            levels.push(result);
            if !is_passed {
                return Placed { station: level.station.as_str().to_owned(), levels, stopped: true, branch: Vec::new() };
            }
        }
        let branch = self.branches.iter().find(|branch| wish.is_some_and(|wish| branch.station == wish));
        let station = branch.map_or(&self.undecided, |branch| &branch.station);
        let asked = self.questions_of(station).map(|one| (one, is_right(&self.questions[one].id)));
        Placed { station: station.as_str().to_owned(), levels, stopped: false, branch: asked.collect() }
    }

    fn questions_of(&self, station: &str) -> impl Iterator<Item = usize> {
        self.questions.iter().enumerate().filter(move |(_, one)| one.station == station).map(|(index, _)| index)
    }
}

#[cfg(test)]
#[path = "placement_tests.rs"]
mod tests;
