//! What each pillar leads to, as data: what one will be able to do, and which lesson or lab serves each competency. Plain data, read in place.

use crate::{LessonName, Measured, RecordedFigure, RoadmapTable};
use rkyv::{Archive, Deserialize, Serialize};

/// Every pillar's goals.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Pillars {
    /// By pillar, in the course's order.
    pub pillars: Vec<PillarGoals>,
}

/// What a pillar leads to.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct PillarGoals {
    /// The pillar, as its folder is called.
    pub pillar: String,
    /// What one will be able to do, each a sentence's end: "You will be able to ...".
    pub able: Vec<String>,
    /// What the roadmap names, in its order.
    pub competencies: Vec<Competency>,
    /// The roadmap's tables that belong to it, and the ledger's claims of it, last.
    pub tables: Vec<RoadmapTable>,
}

/// A competency that the roadmap names.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Competency {
    /// What it is: plain text.
    pub text: String,
    /// The lessons that serve it; it is still to come where neither these nor labs are listed.
    pub lessons: Vec<LessonName>,
    /// Slugs of the labs that serve it, with hyphens.
    pub labs: Vec<String>,
}

impl Pillars {
    /// Gives every measured figure of the tables what `find` says was recorded.
    pub fn take_figures(&mut self, mut find: impl FnMut(&Measured) -> Option<RecordedFigure>) {
        let rows = self.pillars.iter_mut().flat_map(|pillar| &mut pillar.tables).flat_map(|table| &mut table.rows);
        for measured in rows.filter_map(|row| row.measured.as_mut()) {
            measured.recorded = find(measured);
        }
    }
}

impl ArchivedPillars {
    /// The goals of a pillar, named as its folder is.
    #[must_use]
    pub fn of(&self, pillar: &str) -> Option<&ArchivedPillarGoals> {
        self.pillars.iter().find(|one| one.pillar == pillar)
    }
}
