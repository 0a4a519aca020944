//! The learning path drawn: boxes, ways and words where the build's layout put them, with the reader's standing in each box. Only a drawing: it decides
//! nothing, and whatever it shows the list below it says too.

use super::{Docs, walk::Drawn, zoom::Zoom};
use crate::{
    markup::{all, escaped},
    pages::standing::{self, Standing},
    state::progress::Progress,
};
use course::{ArchivedPoint, ArchivedStationBox, ArchivedWayLine};
use std::fmt::Write as _;

/// What a line of text is high in a box, and the box's padding, in CSS pixels: as the layout took them (`crates/course/src/parse/draw.rs`).
const LINE: f32 = 22.0;
const PADDING: f32 = 14.0;

/// A drawing as SVG. `stop` is the station that the Tab key reaches, `start` where the reader was placed.
pub(super) fn draw(docs: &Docs, progress: &Progress, drawn: Drawn, zoom: Zoom, stop: usize, start: Option<usize>) -> String {
    let drawing = drawn.of(&docs.path);
    let (width, height) = (drawing.width.to_native(), drawing.height.to_native());
    let name = drawn.slug();
    let ways = all(drawing.lines.iter(), |line| way(line, name));
    let labels = all(drawing.lines.iter().zip(docs.path.ways.iter()), |(line, way)| {
        let (Some(place), Some(label)) = (line.label.as_ref(), way.label.as_ref()) else { return String::new() };
        format!("<text class=\"way-label\" x=\"{}\" y=\"{}\">{}</text>", place.x, place.y.to_native() + 5.0, escaped(label))
    });
    let stations = all(drawing.boxes.iter().enumerate(), |(index, place)| {
        station(docs, progress, drawn, index, place, (index == stop, start == Some(index)))
    });
    format!(
        "<svg class=\"path-drawing\" viewBox=\"0 0 {width} {height}\"{size} role=\"group\" aria-label=\"The learning path, drawn\">\
         <defs><marker id=\"arrow-{name}\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
         orient=\"auto-start-reverse\"><path class=\"arrow\" d=\"M0 0 8 4 0 8z\"/></marker></defs>\
         <g aria-hidden=\"true\" class=\"ways\">{ways}</g><g aria-hidden=\"true\">{labels}</g>{stations}</svg>",
        size = zoom.size(),
    )
}

fn way(line: &ArchivedWayLine, drawn: &str) -> String {
    let mut path = String::new();
    for (index, ArchivedPoint { x, y }) in line.points.iter().enumerate() {
        // Writing to a text cannot fail.
        let _ = write!(path, "{}{x} {y}", if index == 0 { 'M' } else { 'L' });
    }
    format!("<path class=\"way\" marker-end=\"url(#arrow-{drawn})\" d=\"{path}\"/>")
}

fn station(
    docs: &Docs,
    progress: &Progress,
    drawn: Drawn,
    index: usize,
    place: &ArchivedStationBox,
    (is_stop, is_start): (bool, bool),
) -> String {
    let Some(station) = docs.path.stations.get(index) else { return String::new() };
    let standing = Standing::in_all(&standing::of_station(&docs.path, &docs.index, progress, index));
    let (x, y) = (place.x.to_native(), place.y.to_native());
    let (width, height) = (place.width.to_native(), place.height.to_native());
    let middle = x + width / 2.0;
    let lines = all(station.lines.iter().enumerate(), |(row, line)| {
        let y = y + PADDING + LINE * row as f32 + 16.0;
        format!("<text class=\"title\" x=\"{middle}\" y=\"{y}\">{}</text> ", escaped(line))
    });
    let foot = y + height - PADDING - 4.0;
    let id = escaped(&station.id);
    let words = standing.words();
    let start = if is_start {
        format!(
            "<rect class=\"tag\" x=\"{}\" y=\"{}\" width=\"96\" height=\"20\"/><text class=\"tag-text\" x=\"{}\" y=\"{}\">start here</text>",
            x + 8.0,
            y - 10.0,
            x + 56.0,
            y + 4.0,
        )
    } else {
        String::new()
    };
    // Its texts are its name, as they are seen: whoever speaks their commands says that. The spaces between them keep the words apart.
    format!(
        "<a class=\"station {class}\" id=\"{drawn}-{id}\" href=\"#station-{id}\" data-station=\"{index}\" tabindex=\"{tab}\">\
         <rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\"/>{lines}\
         {shape}<text class=\"standing\" x=\"{after}\" y=\"{foot}\">{id} · {words}</text> {start}</a>",
        class = standing.class(),
        drawn = drawn.slug(),
        tab = if is_stop { 0 } else { -1 },
        shape = shape(standing, x + PADDING + 5.0, foot - 4.5),
        after = x + PADDING + 15.0,
    )
}

/// A circle: dashed where nothing is written, empty, half full, full.
fn shape(standing: Standing, x: f32, y: f32) -> String {
    let fill = match standing.class() {
        "is-begun" => format!("<path class=\"full\" d=\"M{x} {} a5 5 0 0 0 0 10z\"/>", y - 5.0),
        "is-done" => format!("<circle class=\"full\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"),
        _ => String::new(),
    };
    format!("{fill}<circle class=\"ring\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>")
}
