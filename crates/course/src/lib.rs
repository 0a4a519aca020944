//! Lessons as data: what a lesson consists of, and reading one from its archive in place.
//!
//! With feature `parse` (native only) also the Markdown parser and validator that makes lessons, and the writer of archives.
//! Without it this crate is part of the page, so it must stay small: it must never parse text, highlight, or touch a file. It knows no
//! lab, no page and no address: labs are slugs, links are [`Target`]s, and who reads them says what they mean.

mod archive;
mod audit;
mod glossary;
mod lesson;
mod link;
#[cfg(feature = "parse")]
pub mod parse;
mod path;
mod pillars;
mod placement;
mod roadmap_table;
mod search;
mod slug;
mod variance;

pub use archive::{
    Archive, AuditArchive, Damaged, Document, GlossaryArchive, IndexArchive, LessonArchive, PathArchive, PillarsArchive,
    PlacementArchive, SearchArchive,
};
pub use audit::{
    ArchivedAudit, ArchivedBand, ArchivedClaim, ArchivedEvidence, ArchivedExpect, ArchivedMeasure, ArchivedRule, ArchivedSample,
    ArchivedVerdict, Audit, Band, Claim, Evidence, Expect, Figure, Measure, Outcome, Rule, Sample, Verdict,
};
pub use glossary::{ArchivedGlossary, ArchivedTerm, Glossary, Term};
pub use lesson::{
    Answer, ArchivedAnswer, ArchivedBlock, ArchivedCalloutKind, ArchivedCode, ArchivedCompiles, ArchivedGuess, ArchivedIndex,
    ArchivedIndexEntry, ArchivedLabEmbed, ArchivedLesson, ArchivedPredict, ArchivedQuiz, ArchivedSection, ArchivedSource, Block,
    CalloutKind, Code, Compiles, Guess, Index, IndexEntry, LabEmbed, Lesson, Predict, Quiz, Section, Source,
};
pub use link::{Target, UnknownTarget, resolve_links};
pub use path::{
    ArchivedDrawing, ArchivedLearningPath, ArchivedLessonName, ArchivedPoint, ArchivedStation, ArchivedStationBox, ArchivedWay,
    ArchivedWayLine, Drawing, LearningPath, LessonName, Point, Station, StationBox, Way, WayLine,
};
pub use pillars::{ArchivedCompetency, ArchivedPillarGoals, ArchivedPillars, Competency, PillarGoals, Pillars};
pub use placement::{
    ArchivedBranch, ArchivedCame, ArchivedLevel, ArchivedPlacement, ArchivedPlacementQuestion, Branch, Came, Level, LevelResult,
    Placed, Placement, PlacementQuestion,
};
pub use roadmap_table::{
    ArchivedClaimLine, ArchivedMeasured, ArchivedRecordedFigure, ArchivedRoadmapRow, ArchivedRoadmapTable, ArchivedTableKind,
    ClaimLine, Measured, RecordedFigure, RoadmapRow, RoadmapTable, TableKind,
};
pub use search::{ArchivedEntry, ArchivedKind, ArchivedSearchIndex, Entry, Hit, Kind, MOST_HITS, SearchIndex, search, words};
pub use slug::{folder_form, url_form};
pub use variance::{ArchivedVarianceRow, Variance, VarianceRow};
