//! Puts the cells on a canvas: one frame, from the data to the pixels. The only part of the view that touches the browser; it decides nothing.

use super::{
    history::{History, LINE},
    window::{COLUMNS, Cell, ROWS, Window},
    words,
};
use leptos::prelude::*;
use protocol::memory::Owner;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};

/// Pixels of the canvas for a cell; the page scales it to its width.
const CELL: (f64, f64) = (16.0, 12.0);

/// The canvas' pixels across.
pub(super) const WIDTH: u32 = COLUMNS * 16;
/// And down.
pub(super) const HEIGHT: u32 = ROWS * 12;

/// Colours as the page's style resolves them, so that themes and forced colours hold on the canvas too.
#[derive(Clone, Debug, PartialEq)]
struct Colours {
    ground: String,
    ink: String,
    line: String,
    owners: Vec<(&'static str, String)>,
}

impl Colours {
    fn of(figure: &Element, canvas: &HtmlCanvasElement) -> Option<Self> {
        let resolved = |element: &Element, name: &str| {
            let style = window().get_computed_style(element).ok().flatten()?;
            style.get_property_value(name).ok()
        };
        let mut owners = Vec::new();
        for owner in Owner::ALL {
            let class = words::class(owner);
            if let Ok(Some(swatch)) = figure.query_selector(&format!(".swatch.{class}"))
                && let Some(colour) = resolved(&swatch, "background-color")
            {
                owners.push((class, colour));
            }
        }
        Some(Self {
            ground: resolved(canvas, "background-color")?,
            ink: resolved(canvas, "color")?,
            line: resolved(canvas, "outline-color")?,
            owners,
        })
    }

    fn of_class(&self, class: &str) -> &str {
        self.owners.iter().find(|(one, _)| *one == class).map_or(&self.ink, |(_, colour)| colour)
    }
}

/// Draws a frame; how many milliseconds it took, from the data to the canvas' last call. None where the browser gives no canvas.
pub(super) fn paint(canvas: &HtmlCanvasElement, history: &History, now: u32, sight: &Window) -> Option<f64> {
    let clock = window().performance()?;
    let begin = clock.now();
    let figure = canvas.closest(".memory-view").ok().flatten()?;
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
    let colours = Colours::of(&figure, canvas)?;
    let cells = sight.cells(history, now);
    context.set_fill_style_str(&colours.ground);
    context.fill_rect(0.0, 0.0, f64::from(WIDTH), f64::from(HEIGHT));
    for owner in Owner::ALL {
        fill(&context, colours.of_class(words::class(owner)), &cells, owner, sight);
    }
    context.set_line_width(1.5);
    context.set_stroke_style_str(&colours.ground);
    context.begin_path();
    cells.iter().zip(places()).for_each(|(cell, place)| mark(&context, cell, place));
    context.stroke();
    edges(&context, &colours, history, now, sight);
    lines(&context, &colours, history, now, sight);
    Some(clock.now() - begin)
}

/// The left upper corners of all cells, row by row.
fn places() -> impl Iterator<Item = (f64, f64)> {
    (0..COLUMNS * ROWS).map(place)
}

fn place(cell: u32) -> (f64, f64) {
    (f64::from(cell % COLUMNS) * CELL.0, f64::from(cell / COLUMNS) * CELL.1)
}

/// Fills an owner's cells, each as high as it is full.
fn fill(context: &CanvasRenderingContext2d, colour: &str, cells: &[Cell], owner: Owner, sight: &Window) {
    context.set_fill_style_str(colour);
    for (cell, (x, y)) in cells.iter().zip(places()) {
        if cell.owner() == Some(owner) {
            let part = f64::from(cell.filled()) / f64::from(sight.cell());
            let height = (CELL.1 * part.clamp(0.0, 1.0)).max(2.0);
            context.fill_rect(x, y + CELL.1 - height, CELL.0, height);
        }
    }
}

/// An owner's pattern, for whoever cannot tell its colour: strokes in the ground's colour.
fn mark(context: &CanvasRenderingContext2d, cell: &Cell, (x, y): (f64, f64)) {
    let (right, low, middle) = (x + CELL.0, y + CELL.1, y + CELL.1 / 2.0);
    let stroke = |x1: f64, y1: f64, x2: f64, y2: f64| {
        context.move_to(x1, y1);
        context.line_to(x2, y2);
    };
    match cell.owner() {
        None | Some(Owner::Node | Owner::Small) => {}
        Some(Owner::EdgeList | Owner::Middle) => stroke(x, low, right, y),
        Some(Owner::Table | Owner::Large) => stroke(x, middle, right, middle),
        Some(Owner::Queue) => stroke(x + CELL.0 / 2.0, y, x + CELL.0 / 2.0, low),
        Some(Owner::Chunk) => {
            stroke(x + 4.0, middle - 2.0, x + 7.0, middle - 2.0);
            stroke(x + 10.0, middle + 2.0, x + 13.0, middle + 2.0);
        }
        Some(Owner::Other) => {
            stroke(x, low, right, y);
            stroke(x, y, right, low);
        }
    }
}

/// Where blocks begin, once a cell is small enough to tell.
fn edges(context: &CanvasRenderingContext2d, colours: &Colours, history: &History, now: u32, sight: &Window) {
    if sight.cell() > 16 {
        return;
    }
    context.set_stroke_style_str(&colours.ink);
    context.begin_path();
    for block in history.alive(now).filter(|block| sight.shows(block)) {
        if let Some(cell) = sight.cell_of(block.address) {
            let (x, y) = place(cell);
            context.move_to(x + 0.75, y);
            context.line_to(x + 0.75, y + CELL.1);
        }
    }
    context.stroke();
}

/// Cache lines: where they begin, a rule under those that the walk has read, a frame around those of the visit that is on.
fn lines(context: &CanvasRenderingContext2d, colours: &Colours, history: &History, now: u32, sight: &Window) {
    let Some(cells) = sight.cells_of_line() else { return };
    context.set_stroke_style_str(&colours.line);
    context.set_line_width(2.0);
    context.begin_path();
    for line in history.lines(now) {
        if let Some(cell) = sight.cell_of(line * LINE) {
            let (x, y) = place(cell);
            context.move_to(x + 1.0, y + CELL.1 - 1.0);
            context.line_to(x + CELL.0 * f64::from(cells) - 1.0, y + CELL.1 - 1.0);
        }
    }
    context.stroke();
    // The visit that is on: a frame around all that it reads.
    context.begin_path();
    for line in history.lines_of_visit(now) {
        if let Some(cell) = sight.cell_of(line * LINE) {
            let (x, y) = place(cell);
            context.rect(x + 1.0, y + 1.0, CELL.0 * f64::from(cells) - 2.0, CELL.1 - 2.0);
        }
    }
    context.stroke();
    if cells >= 4 {
        context.set_line_width(0.5);
        context.begin_path();
        // The range begins at a line, so every window does.
        for cell in (0..COLUMNS * ROWS).step_by(cells as usize) {
            let (x, y) = place(cell);
            context.move_to(x, y);
            context.line_to(x, y + CELL.1);
        }
        context.stroke();
    }
}
