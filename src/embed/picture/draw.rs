//! The SVG's text. Every style is an attribute, so that no host's style sheet or policy changes it; text is escaped, always.
//!
//! Lengths are pixels of a picture 1200 wide; another width scales the whole.

use super::{
    PictureData, WIDTH,
    plot::{Block, Key, Plot, Row},
    theme::Colours,
};
use crate::{
    embed::snippet::is_no_character,
    instruments::budget::BarState,
    markup::{all, escaped},
};

const SANS: &str = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif";
const SERIF: &str = "Iowan Old Style, Palatino Linotype, Palatino, URW Palladio L, Book Antiqua, Georgia, serif";
const PATTERNS: &str = include_str!("../../instruments/patterns.svg");

const MARGIN: f64 = 48.0;
const FULL: f64 = 1200.0;
/// Where the bars begin, and how wide the axis is.
const PLOT: (f64, f64) = (272.0, 480.0);
/// Where the values end, and the notes begin.
const VALUE_END: f64 = 856.0;
const NOTES: f64 = 880.0;
const NOTE_WIDTH: f64 = FULL - MARGIN - NOTES;
/// From one row to the next, where nothing asks for less.
const PITCH: f64 = 56.0;
const FOOT: f64 = 116.0;
/// A letter's width over its size, on average: more than any font of the stacks has, so that lines never run into each other.
const LETTER: f64 = 0.56;
/// How much narrower the serif stack's fonts run.
const SERIF_OVER_SANS: f64 = 0.9;

/// The height in pixels that the picture wants.
pub(super) fn height(picture: &PictureData) -> u32 {
    let plot = Plot::of(&picture.drawing);
    let wanted = Head::of(picture).bottom + legend_height(&plot) + plot.lines() as f64 * PITCH + axis_height(&plot) + FOOT;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundreds of pixels")]
    let pixels = wanted.ceil() as u32;
    pixels
}

pub(super) fn svg(picture: &PictureData, colours: Colours, size: (u32, u32)) -> String {
    let (width, height) = (f64::from(size.0.max(1)), f64::from(size.1.max(1)));
    let full_height = height * f64::from(WIDTH) / width;
    let (head, plot) = (Head::of(picture), Plot::of(&picture.drawing));
    let top = head.bottom + legend_height(&plot);
    let space = (full_height - FOOT - axis_height(&plot) - top).max(1.0);
    let pitch = (space / plot.lines().max(1) as f64).min(PITCH);
    let mut y = top;
    let blocks = all(&plot.blocks, |block| draw_block(&plot, block, colours, pitch, &mut y));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {FULL} {full_height}\" role=\"img\" \
         aria-labelledby=\"ferroscope-title ferroscope-desc\" font-family=\"{SANS}\" fill=\"{ink}\">\
         <title id=\"ferroscope-title\">{title}</title><desc id=\"ferroscope-desc\">{alternative}</desc>{patterns}\
         <rect width=\"{FULL}\" height=\"{full_height}\" fill=\"{ground}\"/>{head}{legend}{blocks}{axis}{foot}</svg>\n",
        ink = colours.ink,
        ground = colours.ground,
        title = safe(&picture.title()),
        alternative = safe(&picture.alternative()),
        patterns = patterns(colours),
        head = head.draw(picture, colours),
        legend = draw_legend(&plot, colours, head.bottom + 18.0),
        axis = draw_axis(&plot, colours, y),
        foot = foot(picture, colours, full_height),
    )
}

/// The number, the finding, the title; how far down they reach depends on the finding's length.
struct Head {
    lines: Vec<String>,
    bottom: f64,
}

impl Head {
    const SIZE: f64 = 29.0;
    const LEADING: f64 = 37.0;
    const TOP: f64 = 118.0;

    fn of(picture: &PictureData) -> Self {
        let lines = wrapped(&picture.sentence, Self::SIZE * SERIF_OVER_SANS, FULL - MARGIN - Self::left(picture));
        // A number with its interval is as tall as two and a half lines.
        let least: f64 = if picture.number.is_some() { 2.5 } else { 1.0 };
        let bottom = Self::TOP + (lines.len() as f64).max(least).mul_add(Self::LEADING, 8.0);
        Self { lines, bottom }
    }

    fn left(picture: &PictureData) -> f64 {
        picture.number.as_ref().map_or(MARGIN, |number| MARGIN + (number.chars().count() as f64 * 48.0).max(150.0) + 24.0)
    }

    fn draw(&self, picture: &PictureData, colours: Colours) -> String {
        let Colours { soft, .. } = colours;
        let left = Self::left(picture);
        let mut y = Self::TOP + 12.0;
        let sentence = all(&self.lines, |line| {
            let drawn = format!(
                "<text x=\"{left}\" y=\"{y}\" font-family=\"{SERIF}\" font-size=\"{}\">{}</text>",
                Self::SIZE,
                safe(line)
            );
            y += Self::LEADING;
            drawn
        });
        let number = picture.number.as_ref().map_or_else(String::new, |number| {
            let interval = picture.interval.as_ref().map(|interval| {
                format!(
                    "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"18\" fill=\"{soft}\">95 %: {}</text>",
                    Self::TOP + 76.0,
                    safe(interval)
                )
            });
            format!(
                "<text x=\"{MARGIN}\" y=\"{}\" font-family=\"{SERIF}\" font-size=\"84\" font-weight=\"600\">{}</text>{}",
                Self::TOP + 40.0,
                safe(number),
                interval.unwrap_or_default()
            )
        });
        let lab = safe(picture.lab.title());
        format!(
            "<text x=\"{MARGIN}\" y=\"64\" font-size=\"20\"><tspan font-family=\"{SERIF}\" font-weight=\"600\">Ferroscope</tspan>\
             <tspan dx=\"14\" fill=\"{soft}\">{lab}</tspan></text>\
             <text x=\"{}\" y=\"64\" font-size=\"16\" text-anchor=\"end\" fill=\"{soft}\">{}</text>{number}{sentence}",
            FULL - MARGIN,
            safe(&picture.subject),
        )
    }
}

fn draw_block(plot: &Plot<'_>, block: &Block<'_>, colours: Colours, pitch: f64, y: &mut f64) -> String {
    let mut out = String::new();
    if !block.title.is_empty() {
        let size = (pitch * 0.5).min(17.0);
        out = format!(
            "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"{size}\" font-weight=\"600\" fill=\"{}\">{}</text>",
            *y + pitch * 0.75,
            colours.soft,
            safe(block.title)
        );
        *y += pitch;
    }
    for row in &block.rows {
        out.push_str(&draw_row(plot, row, colours, pitch, *y));
        *y += pitch;
    }
    out
}

fn draw_row(plot: &Plot<'_>, row: &Row<'_>, colours: Colours, pitch: f64, y: f64) -> String {
    let Colours { ink, soft, ground, .. } = colours;
    let at = |value: f64| PLOT.0 + PLOT.1 * plot.scale.percent(value) / 100.0;
    let (middle, tall) = (y + pitch / 2.0, (pitch * 0.5).min(28.0));
    let tone = colours.tone(row.contender);
    let place = |start: f64, width: f64| {
        let width = PLOT.1 * plot.scale.width(start, width) / 100.0;
        format!("x=\"{:.2}\" y=\"{:.2}\" width=\"{width:.2}\" height=\"{tall:.2}\"", at(start), middle - tall / 2.0)
    };
    let segments = all(&row.segments, |segment| {
        let place = place(segment.start, segment.width);
        match segment.stage {
            Some(stage) => format!(
                "<rect {place} fill=\"{ground}\"/><rect {place} fill=\"url(#ferroscope-{})\" stroke=\"{ink}\"/>",
                stage.slug()
            ),
            None => format!("<rect {place} {}/>", slice_style(row.state, tone, ink)),
        }
    });
    let upright = |value: f64, colour: &str, width: u8, dash: &str| {
        let (x, top, bottom) = (at(value), middle - pitch / 2.0, middle + pitch / 2.0);
        format!(
            "<line x1=\"{x:.2}\" x2=\"{x:.2}\" y1=\"{top:.2}\" y2=\"{bottom:.2}\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-dasharray=\"{dash}\"/>"
        )
    };
    let floor = plot.floor.filter(|_| !row.segments.is_empty()).map(|floor| upright(floor, ink, 2, "none")).unwrap_or_default();
    let marks = all(&row.marks, |(value, kind)| {
        let (colour, dash) = colours.mark(*kind);
        upright(*value, colour, 3, dash)
    });
    let whisker = row.interval.filter(|interval| interval.high > interval.low).map(|interval| {
        let (low, high, half) = (at(interval.low), at(interval.high), tall / 4.0);
        format!(
            "<path d=\"M{low:.2} {middle:.2}H{high:.2}M{low:.2} {a:.2}V{b:.2}M{high:.2} {a:.2}V{b:.2}\" stroke=\"{ink}\" stroke-width=\"2\" fill=\"none\"/>",
            a = middle - half,
            b = middle + half,
        )
    });
    let size = (pitch * 0.5).min(18.0);
    let line = middle + size * 0.35;
    format!(
        "<g><text x=\"{MARGIN}\" y=\"{line:.2}\" font-size=\"{size}\" font-weight=\"600\">{}</text>{segments}{floor}{marks}{}\
         <text x=\"{VALUE_END}\" y=\"{line:.2}\" font-size=\"{size}\" font-weight=\"600\" text-anchor=\"end\">{}</text>{}</g>",
        safe(row.label),
        whisker.unwrap_or_default(),
        safe(&row.value),
        note(row.note, soft, pitch, middle),
    )
}

/// A row's note, in as many lines as it needs, each as large as the row's height allows.
fn note(text: &str, colour: &str, pitch: f64, middle: f64) -> String {
    let mut size: f64 = 15.0;
    let mut lines = wrapped(text, size, NOTE_WIDTH);
    while lines.len() as f64 * size * 1.15 > pitch && size > 8.0 {
        size -= 1.0;
        lines = wrapped(text, size, NOTE_WIDTH);
    }
    let mut y = middle - (lines.len() as f64 - 1.0) * size * 0.575 + size * 0.35;
    all(&lines, |line| {
        let drawn = format!("<text x=\"{NOTES}\" y=\"{y:.2}\" font-size=\"{size}\" fill=\"{colour}\">{}</text>", safe(line));
        y += size * 1.15;
        drawn
    })
}

/// What is measured is solid; how sure it is shows as on the page.
fn slice_style(state: BarState, tone: &str, ink: &str) -> String {
    match state {
        BarState::Measured => format!("fill=\"{tone}\" stroke=\"{ink}\" stroke-width=\"1.5\""),
        BarState::Recorded => format!("fill=\"{tone}\" fill-opacity=\"0.75\" stroke=\"{ink}\" stroke-width=\"1.5\""),
        BarState::Provisional => format!("fill=\"{tone}\" fill-opacity=\"0.55\" stroke=\"{ink}\" stroke-width=\"1.5\""),
        BarState::Stale => format!("fill=\"none\" stroke=\"{tone}\" stroke-width=\"2\" stroke-dasharray=\"4 3\""),
        BarState::Modelled => format!("fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.5\" stroke-dasharray=\"2 2\""),
    }
}

/// Keys stand in rows of three.
const KEYS_IN_A_ROW: usize = 3;

fn legend_height(plot: &Plot<'_>) -> f64 {
    plot.legend.len().div_ceil(KEYS_IN_A_ROW) as f64 * 26.0 + 14.0
}

fn draw_legend(plot: &Plot<'_>, colours: Colours, top: f64) -> String {
    let Colours { ink, soft, .. } = colours;
    all(plot.legend.iter().enumerate(), |(index, key)| {
        let x = MARGIN + (index % KEYS_IN_A_ROW) as f64 * 368.0;
        let y = top + (index / KEYS_IN_A_ROW) as f64 * 26.0;
        let swatch = |fill: &str| {
            format!("<rect x=\"{x}\" y=\"{}\" width=\"30\" height=\"14\" fill=\"{fill}\" stroke=\"{ink}\"/>", y - 7.0)
        };
        let stroke = |colour: &str, dash: &str| {
            format!(
                "<line x1=\"{x}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"3\" stroke-dasharray=\"{dash}\"/>",
                x + 30.0
            )
        };
        let (sign, words) = match key {
            Key::Stage(slug, label) => (swatch(&format!("url(#ferroscope-{slug})")), format!("{label}, modelled")),
            Key::Measured(label) => (swatch(ink), format!("{label}, measured")),
            Key::Floor(label) => (stroke(ink, "none"), label.clone()),
            Key::Mark(kind, label) => {
                let (colour, dash) = colours.mark(*kind);
                (stroke(colour, dash), label.clone())
            }
        };
        format!("{sign}<text x=\"{}\" y=\"{}\" font-size=\"15\" fill=\"{soft}\">{}</text>", x + 40.0, y + 5.0, safe(&words))
    })
}

fn axis_height(plot: &Plot<'_>) -> f64 {
    if plot.ticks.is_empty() { 30.0 } else { 40.0 }
}

fn draw_axis(plot: &Plot<'_>, colours: Colours, y: f64) -> String {
    let Colours { soft, edge, .. } = colours;
    let ticks = all(&plot.ticks, |(value, words)| {
        let x = PLOT.0 + PLOT.1 * plot.scale.percent(*value) / 100.0;
        format!(
            "<line x1=\"{x:.2}\" x2=\"{x:.2}\" y1=\"{y}\" y2=\"{}\" stroke=\"{edge}\"/>\
             <text x=\"{x:.2}\" y=\"{}\" font-size=\"15\" text-anchor=\"middle\" fill=\"{soft}\">{}</text>",
            y + 6.0,
            y + 24.0,
            safe(words)
        )
    });
    // Beside the ticks where there are any, else under the bars.
    let (x, baseline) = if plot.ticks.is_empty() { (PLOT.0, y + 18.0) } else { (MARGIN, y + 24.0) };
    let axis = format!("<text x=\"{x}\" y=\"{baseline}\" font-size=\"15\" fill=\"{soft}\">{}</text>", safe(plot.axis));
    format!("{ticks}{axis}")
}

/// Small print, where it was measured, and the site's address.
fn foot(picture: &PictureData, colours: Colours, height: f64) -> String {
    let Colours { soft, line, accent, .. } = colours;
    let mut y = height - FOOT + 38.0;
    let small = all(wrapped(&picture.small_print, 14.0, FULL - 2.0 * MARGIN), |text| {
        let drawn = format!("<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"14\" fill=\"{soft}\">{}</text>", safe(&text));
        y += 18.0;
        drawn
    });
    let last = height - 26.0;
    let end = FULL - MARGIN;
    format!(
        "<line x1=\"{MARGIN}\" x2=\"{end}\" y1=\"{0}\" y2=\"{0}\" stroke=\"{line}\"/>{small}\
         <text x=\"{MARGIN}\" y=\"{last}\" font-size=\"16\" font-weight=\"600\">{1}</text>\
         <text x=\"{end}\" y=\"{last}\" font-size=\"16\" text-anchor=\"end\" fill=\"{accent}\">{2}</text>",
        height - FOOT + 14.0,
        safe(&picture.provenance_line()),
        safe(&picture.site),
    )
}

/// The hatchings, under names of their own and with their styles written out.
fn patterns(colours: Colours) -> String {
    let defs = PATTERNS.split_once("<defs>").and_then(|(_, rest)| rest.split_once("</defs>")).map_or("", |(defs, _)| defs);
    // The comment inside is for those who read the file.
    let defs = defs.split_once("-->").map_or(defs, |(_, rest)| rest);
    let thin = format!("stroke=\"{}\" fill=\"none\"", colours.soft);
    let dense = format!("stroke=\"{}\" stroke-width=\"2\" fill=\"none\"", colours.ink);
    let defs = defs
        .replace("id=\"stage-", "id=\"ferroscope-")
        .replace("class=\"hatch dense\"", &dense)
        .replace("class=\"hatch\"", &thin);
    format!("<defs>{}</defs>", defs.trim().replace('\n', ""))
}

/// Text cut into lines that fit, between words.
fn wrapped(text: &str, size: f64, width: f64) -> Vec<String> {
    let most = (width / (size * LETTER)).max(1.0);
    let mut lines: Vec<String> = Vec::new();
    // A no-break space keeps what belongs together; a thin one stands between thousands.
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if (line.chars().count() + 1 + word.chars().count()) as f64 <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Text as it may stand in XML, which HTML's escapes serve, less what XML forbids.
fn safe(text: &str) -> String {
    let allowed: String =
        text.chars().filter(|letter| (!letter.is_control() || *letter == '\n') && !is_no_character(*letter)).collect();
    escaped(&allowed).into_owned()
}
