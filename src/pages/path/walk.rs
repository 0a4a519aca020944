//! Going through the graph by keys: forward and back along the ways, sideways among stations of the same rank. Plain arithmetic on the drawing.

use course::{ArchivedDrawing, ArchivedLearningPath, ArchivedStationBox};

/// Which of the two drawings one looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// From top to bottom.
    Down,
    /// From left to right.
    Across,
}

impl Drawn {
    /// Both drawings.
    pub const ALL: [Self; 2] = [Self::Down, Self::Across];

    /// Its name in element ids.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Across => "across",
        }
    }

    /// Where everything lies in it.
    #[must_use]
    pub const fn of(self, path: &ArchivedLearningPath) -> &ArchivedDrawing {
        match self {
            Self::Down => &path.down,
            Self::Across => &path.across,
        }
    }
}

/// A step through the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Along a way.
    Forward,
    /// Against a way.
    Back,
    /// To the neighbour of the same rank at the side of smaller coordinates.
    Before,
    /// To the one at the other side.
    After,
    /// To where everybody starts.
    First,
    /// To the last station.
    Last,
}

impl Step {
    /// What a key means on a drawing: the arrows go where they point.
    #[must_use]
    pub fn of_key(key: &str, drawn: Drawn) -> Option<Self> {
        Some(match (key, drawn) {
            ("ArrowDown", Drawn::Down) | ("ArrowRight", Drawn::Across) => Self::Forward,
            ("ArrowUp", Drawn::Down) | ("ArrowLeft", Drawn::Across) => Self::Back,
            ("ArrowLeft", Drawn::Down) | ("ArrowUp", Drawn::Across) => Self::Before,
            ("ArrowRight", Drawn::Down) | ("ArrowDown", Drawn::Across) => Self::After,
            ("Home", _) => Self::First,
            ("End", _) => Self::Last,
            _ => return None,
        })
    }
}

/// The station that a step leads to; none where there is none, and the reader stays.
#[must_use]
pub fn step(path: &ArchivedLearningPath, drawn: Drawn, from: usize, step: Step) -> Option<usize> {
    let boxes = &drawn.of(path).boxes;
    let here = boxes.get(from)?;
    let side = |index: usize| boxes.get(index).map(|one| middle(one, drawn).1);
    let own = middle(here, drawn).1;
    let near = |one: &usize, other: &usize| {
        let away = |index: usize| side(index).map_or(f32::MAX, |side| (side - own).abs());
        away(*one).total_cmp(&away(*other))
    };
    match step {
        Step::Forward => path.next(from).min_by(near),
        Step::Back => path.before(from).min_by(near),
        Step::Before | Step::After => {
            let same_rank = (0..boxes.len()).filter(|index| boxes.get(*index).is_some_and(|one| same_rank(here, one, drawn)));
            let beside = same_rank
                .filter(|index| side(*index).is_some_and(|side| if step == Step::Before { side < own } else { side > own }));
            beside.min_by(near)
        }
        Step::First => Some(0),
        Step::Last => path.stations.len().checked_sub(1),
    }
}

/// A box's middle: along the ways, and across them.
fn middle(one: &ArchivedStationBox, drawn: Drawn) -> (f32, f32) {
    let x = one.x.to_native() + one.width.to_native() / 2.0;
    let y = one.y.to_native() + one.height.to_native() / 2.0;
    if drawn == Drawn::Down { (y, x) } else { (x, y) }
}

fn same_rank(one: &ArchivedStationBox, other: &ArchivedStationBox, drawn: Drawn) -> bool {
    let length = if drawn == Drawn::Down { one.height.to_native() } else { one.width.to_native() };
    (middle(one, drawn).0 - middle(other, drawn).0).abs() < length / 2.0
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
