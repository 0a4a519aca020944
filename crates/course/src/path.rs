//! The learning path as data: stations, the ways between them, and where both lie when drawn. Plain data, read in place.

use rkyv::{Archive, Deserialize, Serialize};

/// The learning path: a graph without cycles, drawn twice.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct LearningPath {
    /// The stations, so that no way leads to an earlier one; the first is where everybody starts.
    pub stations: Vec<Station>,
    /// The ways, by the station they start from.
    pub ways: Vec<Way>,
    /// Drawn from top to bottom: for a tall screen.
    pub down: Drawing,
    /// Drawn from left to right: for a wide one.
    pub across: Drawing,
}

/// A station of the learning path.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Station {
    /// Its name in the graph: `A`, `D1`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The same in lines that fit its box.
    pub lines: Vec<String>,
    /// What one brings along, and what one does there: plain text.
    pub takes: String,
    /// The pillar it belongs to, as its folder is called; none where it belongs to all.
    pub pillar: Option<String>,
    /// The lessons that serve it.
    pub lessons: Vec<LessonName>,
    /// Slugs of the labs that serve it, with hyphens.
    pub labs: Vec<String>,
}

/// A lesson by name, both parts in folder form.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct LessonName {
    /// The pillar.
    pub pillar: String,
    /// The lesson.
    pub slug: String,
}

/// A way from one station to the next.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Way {
    /// The index of the station it starts from.
    pub from: u16,
    /// The index of the station it leads to; larger than `from`.
    pub to: u16,
    /// What stands at it, if anything does.
    pub label: Option<String>,
}

/// Where everything lies, in CSS pixels at 16 px type; the origin is the upper left corner.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The whole drawing's width.
    pub width: f32,
    /// The whole drawing's height.
    pub height: f32,
    /// A box for each station, in the stations' order; it holds the title's lines and one more under them.
    pub boxes: Vec<StationBox>,
    /// A line for each way, in the ways' order.
    pub lines: Vec<WayLine>,
}

/// A station's box.
#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
pub struct StationBox {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// A way's line.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct WayLine {
    /// Its corners, from the edge of one box to the edge of the other; at least two.
    pub points: Vec<Point>,
    /// The middle of its label, if it has one.
    pub label: Option<Point>,
}

/// A place in a drawing.
#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

impl ArchivedLearningPath {
    /// The index of the station of that id.
    #[must_use]
    pub fn station(&self, id: &str) -> Option<usize> {
        self.stations.iter().position(|station| station.id == id)
    }

    /// The indices of the stations that one reaches next, in order.
    pub fn next(&self, station: usize) -> impl Iterator<Item = usize> + '_ {
        self.ways.iter().filter(move |way| usize::from(way.from) == station).map(|way| usize::from(way.to))
    }

    /// The indices of the stations that one comes from, in order.
    pub fn before(&self, station: usize) -> impl Iterator<Item = usize> + '_ {
        self.ways.iter().filter(move |way| usize::from(way.to) == station).map(|way| usize::from(way.from))
    }
}
