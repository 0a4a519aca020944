//! The learning path's drawing: boxes and lines, placed by the `dagre` crate, the layered layout of Sugiyama, Tagawa and Toda (1981).

use crate::{Drawing, Point, Station, StationBox, Way, WayLine};
use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, GraphLabel, LayoutOptions, NodeLabel, RankDir};

/// The longest line in a box, in letters.
const LETTERS: usize = 18;
/// The shortest line a box has room for, in letters: what stands under the title, in smaller type.
const SHORTEST: usize = 16;
/// What a letter is wide, in CSS pixels at 16 px type: more than an average one in any common typeface, so that lines fit.
const LETTER: f64 = 8.8;
/// What a line of text is high, in CSS pixels.
const LINE: f64 = 22.0;
/// Between text and box, in CSS pixels.
const PADDING: f64 = 14.0;
/// Around the drawing, in CSS pixels: room for an outline.
const MARGIN: f64 = 8.0;

/// Which way the path runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// From top to bottom.
    Down,
    /// From left to right.
    Across,
}

/// A title in lines that fit its box; a longer word has a line of its own.
pub(super) fn lines(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The drawing; none if the library left something unplaced.
pub(super) fn draw(stations: &[Station], ways: &[Way], direction: Direction) -> Option<Drawing> {
    let mut graph: Graph<NodeLabel, EdgeLabel> =
        Graph::with_options(GraphOptions { directed: true, multigraph: false, compound: false });
    // Box names begin with their index, so that the library's ties fall the same way each time.
    let names: Vec<String> = (0..stations.len()).map(|index| format!("{index:03}")).collect();
    for (name, station) in names.iter().zip(stations) {
        let (width, height) = size(&station.lines);
        graph.set_node(name.clone(), Some(NodeLabel { width, height, ..NodeLabel::default() }));
    }
    for way in ways {
        let (from, to) = (names.get(usize::from(way.from))?, names.get(usize::from(way.to))?);
        let (width, height) = way.label.as_ref().map_or((0.0, 0.0), |label| (label.chars().count() as f64 * LETTER, LINE));
        graph.set_edge(from, to, Some(EdgeLabel { width, height, ..EdgeLabel::default() }), None);
    }
    let options = LayoutOptions {
        rankdir: if direction == Direction::Down { RankDir::TB } else { RankDir::LR },
        nodesep: 24.0,
        ranksep: 40.0,
        marginx: MARGIN,
        marginy: MARGIN,
        ..LayoutOptions::default()
    };
    dagre::layout(&mut graph, Some(options));
    let whole: &GraphLabel = graph.graph_label()?;
    let boxes = names.iter().map(|name| {
        let node = graph.node(name)?;
        let (x, y) = (node.x? - node.width / 2.0, node.y? - node.height / 2.0);
        Some(StationBox { x: pixels(x), y: pixels(y), width: pixels(node.width), height: pixels(node.height) })
    });
    let boxes = boxes.collect::<Option<Vec<StationBox>>>()?;
    let drawn = ways.iter().map(|way| {
        let edge = graph.edge(names.get(usize::from(way.from))?, names.get(usize::from(way.to))?, None)?;
        let points: Vec<Point> = edge.points.iter().map(|point| Point { x: pixels(point.x), y: pixels(point.y) }).collect();
        let label = match (&way.label, edge.x, edge.y) {
            (Some(_), Some(x), Some(y)) => Some(Point { x: pixels(x), y: pixels(y) }),
            (Some(_), ..) => return None,
            (None, ..) => None,
        };
        (points.len() >= 2).then_some(WayLine { points, label })
    });
    let lines = drawn.collect::<Option<Vec<WayLine>>>()?;
    Some(Drawing { width: pixels(whole.width), height: pixels(whole.height), boxes, lines })
}

/// Room for the title's lines, and for one under them that says how far the reader is.
fn size(lines: &[String]) -> (f64, f64) {
    let letters = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0).max(SHORTEST);
    (letters as f64 * LETTER + 2.0 * PADDING, (lines.len() + 1) as f64 * LINE + 2.0 * PADDING)
}

/// To a tenth of a pixel: what no eye sees need not be stored, and files compare equal.
#[allow(clippy::cast_possible_truncation, reason = "a place in a drawing, far below what an f32 holds")]
fn pixels(value: f64) -> f32 {
    ((value * 10.0).round() / 10.0) as f32
}
