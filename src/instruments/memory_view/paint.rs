//! Puts the cells on a canvas: one frame, from the data to the pixels. It decides nothing, and asks the page for nothing.

use super::{
    Shown,
    history::{History, LINE},
    reading::Reading,
    surface::Surface,
    window::{COLUMNS, ROWS},
};
use leptos::prelude::*;
use protocol::memory::Owner;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// A frame that is being drawn.
struct Frame<'a> {
    context: CanvasRenderingContext2d,
    surface: &'a Surface,
    history: &'a History,
    reading: &'a Reading,
    shown: Shown,
}

/// Draws a frame; how many milliseconds it took, from the data to the canvas' last call. None where the browser gives no canvas.
pub(super) fn paint(
    canvas: &HtmlCanvasElement,
    surface: &Surface,
    history: &History,
    reading: &Reading,
    shown: Shown,
) -> Option<f64> {
    let clock = window().performance()?;
    let begin = clock.now();
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
    // To set a size, even the same, empties the canvas and costs.
    if (canvas.width(), canvas.height()) != (surface.width, surface.height) {
        canvas.set_width(surface.width);
        canvas.set_height(surface.height);
    }
    let frame = Frame { context, surface, history, reading, shown };
    let cells = shown.window.cells(reading);
    frame.context.set_fill_style_str(&surface.ground);
    frame.context.fill_rect(0.0, 0.0, f64::from(surface.width), f64::from(surface.height));
    let filled: Vec<(Owner, u32, u32)> =
        cells.iter().zip(0_u32..).filter_map(|(cell, at)| Some((cell.owner()?, cell.filled(), at))).collect();
    for owner in Owner::ALL {
        frame.fill(owner, &filled);
    }
    frame.patterns(&filled);
    frame.edges();
    frame.lines();
    Some(clock.now() - begin)
}

/// A cell on the canvas, in whole pixels.
struct Place {
    left: f64,
    top: f64,
    right: f64,
    low: f64,
}

impl Frame<'_> {
    fn place(&self, cell: u32) -> Place {
        let across = |column: u32| f64::from(self.surface.width * column / COLUMNS);
        let down = |row: u32| f64::from(self.surface.height * row / ROWS);
        let (column, row) = (cell % COLUMNS, cell / COLUMNS);
        Place { left: across(column), right: across(column + 1), top: down(row), low: down(row + 1) }
    }

    /// A line of so many CSS pixels, as the page is usually wide.
    fn line_width(&self, width: f64) {
        self.context.set_line_width(width * (f64::from(self.surface.width) / 1_024.0).max(0.5));
    }

    fn line(&self, x1: f64, y1: f64, x2: f64, y2: f64) {
        self.context.move_to(x1, y1);
        self.context.line_to(x2, y2);
    }

    /// Fills an owner's cells, each as high as it is full.
    fn fill(&self, owner: Owner, filled: &[(Owner, u32, u32)]) {
        self.context.set_fill_style_str(self.surface.colour(owner));
        for &(_, bytes, cell) in filled.iter().filter(|cell| cell.0 == owner) {
            let Place { left, top, right, low } = self.place(cell);
            let part = f64::from(bytes) / f64::from(self.shown.window.cell());
            let height = ((low - top) * part.clamp(0.0, 1.0)).round().max(2.0);
            self.context.fill_rect(left, low - height, right - left, height);
        }
    }

    /// Each owner's pattern, for whoever cannot tell its colour: strokes in the ground's colour.
    fn patterns(&self, filled: &[(Owner, u32, u32)]) {
        self.context.set_stroke_style_str(&self.surface.ground);
        self.line_width(1.5);
        self.context.begin_path();
        for &(owner, _, cell) in filled {
            self.pattern(owner, &self.place(cell));
        }
        self.context.stroke();
    }

    fn pattern(&self, owner: Owner, &Place { left, top, right, low }: &Place) {
        let (wide, middle) = (right - left, f64::midpoint(top, low));
        match owner {
            Owner::Node | Owner::Small => {}
            Owner::EdgeList | Owner::Middle => self.line(left, low, right, top),
            Owner::Table | Owner::Large => self.line(left, middle, right, middle),
            Owner::Queue => self.line(left + wide / 2.0, top, left + wide / 2.0, low),
            Owner::Chunk => {
                let apart = (low - top) / 6.0;
                self.line(left + wide * 0.25, middle - apart, left + wide * 0.45, middle - apart);
                self.line(left + wide * 0.6, middle + apart, left + wide * 0.8, middle + apart);
            }
            Owner::Other => {
                self.line(left, low, right, top);
                self.line(left, top, right, low);
            }
        }
    }

    /// Where blocks and pieces begin, once a cell is small enough to tell.
    fn edges(&self) {
        let sight = &self.shown.window;
        if sight.cell() > 16 {
            return;
        }
        self.context.set_stroke_style_str(&self.surface.ink);
        self.context.begin_path();
        for block in self.reading.blocks.iter().chain(&self.reading.pieces).filter(|block| sight.shows(block)) {
            if let Some(cell) = sight.cell_of(block.address) {
                let Place { left, top, low, .. } = self.place(cell);
                self.line(left + 0.5, top, left + 0.5, low);
            }
        }
        self.context.stroke();
    }

    /// Cache lines: where they begin, a rule under those that the walk has read, a frame around those of the visit that is on.
    fn lines(&self) {
        let sight = &self.shown.window;
        let Some(cells) = sight.cells_of_line() else { return };
        self.context.set_stroke_style_str(&self.surface.line);
        self.line_width(2.0);
        self.context.begin_path();
        // A line never goes on in the next row: a row is a whole number of them.
        let place = |line: u32| {
            let cell = sight.cell_of(line.saturating_mul(LINE))?;
            Some(Place { right: self.place(cell + cells - 1).right, ..self.place(cell) })
        };
        for Place { left, right, low, .. } in self.history.lines(self.reading.now).filter_map(place) {
            self.line(left + 1.0, low - 1.0, right - 1.0, low - 1.0);
        }
        self.context.stroke();
        // The visit that is on: a frame around all that it reads of the graph, what its edges lead to with it.
        self.context.begin_path();
        for Place { left, top, right, low } in self.reading.visit.iter().filter_map(|line| place(*line)) {
            self.context.rect(left + 1.0, top + 1.0, right - left - 2.0, low - top - 2.0);
        }
        self.context.stroke();
        if cells >= 4 {
            self.line_width(0.5);
            self.context.begin_path();
            // The range begins at a line, so every window does.
            for cell in (0..COLUMNS * ROWS).step_by(cells as usize) {
                let Place { left, top, low, .. } = self.place(cell);
                self.line(left, top, left, low);
            }
            self.context.stroke();
        }
    }
}
