//! How a card looks: ink on paper, the contenders' own colours, what is modelled hatched. Text in, SVG out.

use super::content::{Bar, Content, Finding, Panel};
use super::{HEIGHT, WIDTH, escaped};
use protocol::Contender;
use std::fmt::Write as _;

/// The light theme's colours, as in `src/style.css`.
const GROUND: &str = "#faf8f3";
const INK: &str = "#1d1b18";
const SOFT: &str = "#59554d";
const LINE: &str = "#d9d4c8";

/// The card's margin, in pixels.
const MARGIN: f64 = 60.0;
/// Between its margins.
const INNER: f64 = 1200.0 - 2.0 * MARGIN;
/// The column of the contenders' names.
const LABELS: f64 = 260.0;
/// The place for a bar's value, right of the longest bar.
const VALUES: f64 = 110.0;
/// What the letters of the card's typeface are wide on average, in ems; the test that looks at each card's ink holds it.
const LETTER: f64 = 0.47;

/// A contender's colour: the light half of its `--tone` in `src/style.css`.
pub const fn tone(contender: Contender) -> &'static str {
    match contender {
        Contender::SerdeJson
        | Contender::RcRefCell
        | Contender::JsonRows
        | Contender::PacketsOwned
        | Contender::AllocDefault
        | Contender::RowsAsWritten
        | Contender::TextOwned
        | Contender::CounterMut
        | Contender::FutureStack
        | Contender::WordsBorrowed => "#c85200",
        Contender::SerdeJsonBorrowed
        | Contender::BumpStdVec
        | Contender::ArrowColumns
        | Contender::TextArc
        | Contender::AllocSlab
        | Contender::CounterMutex
        | Contender::FutureDyn => "#d99600",
        Contender::Postcard
        | Contender::IndexGraph
        | Contender::AllocBestFit
        | Contender::RowsAsSorted
        | Contender::TextRc
        | Contender::CounterRefCell
        | Contender::FutureBoxed
        | Contender::WordsShared => "#b5588a",
        Contender::RkyvOwned | Contender::AllocFirstFit | Contender::SlotMap => "#3d9fd8",
        Contender::RkyvValidated
        | Contender::BumpArenaVec
        | Contender::RkyvRows
        | Contender::PacketsChecked
        | Contender::AllocBump
        | Contender::StructOfArrays
        | Contender::TextCow
        | Contender::CounterCell
        | Contender::FutureReused
        | Contender::WordsPlaces => "#0067a3",
        Contender::RkyvUnvalidated
        | Contender::ArrowIpc
        | Contender::PacketsTrusted
        | Contender::TextBorrowed
        | Contender::AllocTalc
        | Contender::TypedArena
        | Contender::CounterAtomic
        | Contender::FutureByHand
        | Contender::WordsOwned => "#007a59",
        Contender::SimdJson => "#8c6d1f",
        Contender::Bitcode => "#8a3ffc",
        Contender::Prost => "#9b3d3d",
        Contender::Flatbuffers => "#4b6a88",
        Contender::Zerocopy => "#3d7a1f",
        Contender::BoxTree => "#6b5bb0",
        Contender::Nothing => "#857f73",
    }
}

/// The card as SVG.
pub fn draw(content: &Content) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{GROUND}\"/>"
    );
    // The wordmark: two bars, as on the site's icon.
    svg += "<rect x=\"60\" y=\"48\" width=\"42\" height=\"13\" fill=\"#c85200\"/><rect x=\"60\" y=\"66\" width=\"26\" height=\"13\" fill=\"#0067a3\"/>";
    svg += &text(118.0, 78.0, 36.0, Weight::Semibold, INK, "Ferroscope");
    match &content.finding {
        Some(finding) => measured(&mut svg, content, finding),
        None => words(&mut svg, content),
    }
    svg += "</svg>";
    svg
}

/// A page that is read: its title and summary, large.
fn words(svg: &mut String, content: &Content) {
    // A page's title is short; a claim is a sentence, and has the room that it needs.
    let size = if wrapped(&content.title, 76.0).len() <= 3 { 76.0 } else { 54.0 };
    let mut y = 210.0;
    for line in wrapped(&content.title, size) {
        *svg += &text(MARGIN, y, size, Weight::Semibold, INK, &line);
        y += size + 12.0;
    }
    y += 4.0;
    for line in wrapped(&content.subtitle, 42.0).into_iter().take(5) {
        *svg += &text(MARGIN, y, 42.0, Weight::Regular, SOFT, &line);
        y += 58.0;
    }
}

/// A lab: what was found, the bars behind it, and whose they are.
fn measured(svg: &mut String, content: &Content, finding: &Finding) {
    *svg += &text(MARGIN, 152.0, 58.0, Weight::Semibold, INK, &content.title);
    *svg += &text(MARGIN, 196.0, 30.0, Weight::Regular, SOFT, &content.subtitle);
    let mut y = 252.0;
    for line in wrapped(&finding.sentence, 36.0) {
        *svg += &text(MARGIN, y, 36.0, Weight::Semibold, INK, &line);
        y += 42.0;
    }
    figure(svg, finding, y - 18.0, 520.0);
    let _ = write!(svg, "<path d=\"M{MARGIN} 560H{}\" stroke=\"{LINE}\" stroke-width=\"2\"/>", MARGIN + INNER);
    *svg += &text(MARGIN + LABELS, 548.0, 22.0, Weight::Regular, SOFT, finding.axis);
    let badge = 138.0;
    *svg += &text(MARGIN, 597.0, 22.0, Weight::Bold, INK, "RECORDED");
    let lines = wrapped_to(&format!("on {}", finding.recorded), 22.0, INNER - badge);
    let first = if lines.len() == 1 { 597.0 } else { 588.0 };
    for (index, line) in lines.iter().take(2).enumerate() {
        *svg += &text(MARGIN + badge, first + 26.0 * index as f64, 22.0, Weight::Regular, SOFT, line);
    }
}

fn figure(svg: &mut String, finding: &Finding, top: f64, bottom: f64) {
    let panels = finding.panels.len().max(1) as f64;
    let titled = finding.panels.iter().any(|panel| !panel.title.is_empty());
    let top = if titled { top + 32.0 } else { top };
    let rows = finding.panels.iter().map(|panel| panel.bars.len()).max().unwrap_or(0).max(1) as f64;
    let row = ((bottom - top) / rows).min(58.0);
    let width = (INNER - LABELS) / panels;
    // The names stand once, before the first panel.
    for (index, bar) in finding.panels.iter().take(1).flat_map(|panel| &panel.bars).enumerate() {
        let size = lettering(row);
        *svg += &text(MARGIN, middle(top, row, index) + size / 3.0, size, Weight::Regular, INK, bar.contender.label());
    }
    for (index, panel) in finding.panels.iter().enumerate() {
        let left = MARGIN + LABELS + width * index as f64;
        let scale = (width - VALUES) / finding.max;
        if titled {
            *svg += &text(left, top - 12.0, 27.0, Weight::Semibold, INK, panel.title);
        }
        bars(svg, panel, left, top, row, scale);
    }
}

fn bars(svg: &mut String, panel: &Panel, left: f64, top: f64, row: f64, scale: f64) {
    let (height, size) = (row * 0.56, lettering(row));
    for (index, bar) in panel.bars.iter().enumerate() {
        let Bar { contender, modelled, end, value } = bar;
        let (y, centre, tone) = (middle(top, row, index) - height / 2.0, middle(top, row, index), tone(*contender));
        let Some(end) = end else {
            *svg += &text(left + 10.0, centre + size / 3.0, size.min(24.0), Weight::Regular, SOFT, value);
            continue;
        };
        let (solid, tip) = (left + modelled * scale, left + end.median * scale);
        if *modelled > 0.0 {
            hatched(svg, left, y, modelled * scale, height);
        }
        let _ = write!(
            svg,
            "<rect x=\"{solid:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{tone}\"/>",
            (tip - solid).max(2.0)
        );
        // The 95 % interval.
        let (low, high) = (left + end.low * scale, left + end.high * scale);
        let _ = write!(svg, "<path d=\"M{low:.1} {centre:.1}H{high:.1}\" stroke=\"{INK}\" stroke-width=\"2.5\"/>");
        *svg += &text(high.max(tip) + 10.0, centre + size / 3.0, size, Weight::Semibold, INK, value);
    }
    let _ = write!(
        svg,
        "<path d=\"M{left:.1} {top:.1}V{:.1}\" stroke=\"{SOFT}\" stroke-width=\"1.5\"/>",
        top + row * panel.bars.len() as f64
    );
}

/// The size of the letters in a row: many rows are low, and their words must not run into each other.
fn lettering(row: f64) -> f64 {
    (row * 0.8).min(27.0)
}

/// What is modelled: outlined, with slanting lines every ten pixels, clipped by arithmetic.
fn hatched(svg: &mut String, left: f64, top: f64, width: f64, height: f64) {
    let mut lines = String::new();
    let mut start = 10.0 - height;
    while start < width {
        // From the lower edge at `start` to the upper one, `height` further right.
        let (from, to) = (start.max(0.0), (start + height).min(width));
        let _ = write!(
            lines,
            "M{:.1} {:.1}L{:.1} {:.1}",
            left + from,
            top + height - (from - start),
            left + to,
            top + height - (to - start)
        );
        start += 10.0;
    }
    let _ = write!(
        svg,
        "<path d=\"{lines}\" stroke=\"{SOFT}\" stroke-width=\"1.5\"/>\
         <rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"none\" stroke=\"{SOFT}\" stroke-width=\"1.5\"/>"
    );
}

fn middle(top: f64, row: f64, index: usize) -> f64 {
    top + row * (index as f64 + 0.5)
}

#[derive(Clone, Copy)]
enum Weight {
    Regular = 400,
    Semibold = 600,
    Bold = 700,
}

fn text(x: f64, baseline: f64, size: f64, weight: Weight, colour: &str, text: &str) -> String {
    format!(
        "<text x=\"{x:.1}\" y=\"{baseline:.1}\" font-size=\"{size}\" font-weight=\"{}\" fill=\"{colour}\">{}</text>",
        weight as u32,
        escaped(text)
    )
}

fn wrapped(text: &str, size: f64) -> Vec<String> {
    wrapped_to(text, size, INNER)
}

/// The text in lines of at most `width` pixels, as far as the average letter tells.
fn wrapped_to(text: &str, size: f64, width: f64) -> Vec<String> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive count of letters, below a hundred")]
    let letters = (width / (size * LETTER)) as usize;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
