//! A lab's result as a picture that travels: a self-contained SVG for hosts without frames, and its content in words.
//!
//! It draws the same plain data as the labs' own figures, with every style written into it, so that it looks the same in a mail, on a card and in
//! a feed reader. It must never touch the browser, and never show a number that the lab's own figure does not.

mod draw;
mod plot;
mod theme;

pub use theme::PictureTheme;

use crate::{
    components::provenance::Provenance,
    instruments::{
        bars::{BarsFigure, interval_text, time_text},
        budget::{BarState, BudgetFigure, length_text},
    },
};
use protocol::{Contender, LabId};

/// All that a picture says.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureData {
    /// Whose result.
    pub lab: LabId,
    /// The lab's input in words: `1 000 log lines, every field`.
    pub subject: String,
    /// The number that leads, where one does.
    pub number: Option<String>,
    /// The number's 95 % interval.
    pub interval: Option<String>,
    /// The finding as a sentence.
    pub sentence: String,
    /// What is drawn.
    pub drawing: Drawing,
    /// What is not in the figures.
    pub small_print: String,
    /// Where the figures come from.
    pub provenance: Provenance,
    /// On what they were measured, for those measured here.
    pub place: Place,
    /// The site's address, as one would print it; empty where it is not known.
    pub site: String,
}

/// The drawings there are.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// Requests on one axis, today's being 100.
    Budget(BudgetFigure),
    /// Times on one axis, and how sure they are.
    Times(BarsFigure, BarState),
    /// What was counted, and where it comes from.
    Counts(CountsFigure, BarState),
}

/// Counts, a row a contender: the first of them as a bar, every other in words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsFigure {
    /// What the bars count.
    pub axis: String,
    /// The rows.
    pub bars: Vec<CountBar>,
}

/// A contender's counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountBar {
    /// Who.
    pub contender: Contender,
    /// What its bar shows; none while it is not known.
    pub count: Option<u64>,
    /// The other counts, each with its name.
    pub note: String,
}

/// On what and when something was measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The browser and its system: `Firefox 153, Linux`.
    pub browser: String,
    /// The day, ISO 8601.
    pub date: String,
}

/// The width in pixels of a picture that nobody asked another size of.
pub const WIDTH: u32 = 1200;

/// The picture as the text of an SVG file of `size` (width, height) in pixels. Rows shrink where the height is less than [`height`] gives.
#[must_use]
pub fn svg(picture: &PictureData, theme: PictureTheme, size: (u32, u32)) -> String {
    draw::svg(picture, theme.colours(), size)
}

/// The height in pixels that a picture [`WIDTH`] wide wants.
#[must_use]
pub fn height(picture: &PictureData) -> u32 {
    draw::height(picture)
}

impl PictureData {
    /// The picture's title.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}: {}", self.lab.title(), self.lab.summary())
    }

    /// Where the figures come from, as a sentence.
    #[must_use]
    pub fn provenance_line(&self) -> String {
        let Place { browser, date } = &self.place;
        match &self.provenance {
            Provenance::Live | Provenance::Counted | Provenance::Provisional if browser.is_empty() => {
                "Measured in a browser.".to_owned()
            }
            Provenance::Live => format!("Measured on {browser}, {date}."),
            Provenance::Counted => format!("Counted in {browser}, {date}."),
            Provenance::Provisional => format!("Measured on {browser}, {date}; the run was not finished."),
            Provenance::Stale(_) => format!("Measured on {browser}, {date}, for another input than the one chosen last."),
            Provenance::Recorded(machine) => format!("Recorded: {machine}."),
            Provenance::Sent if !browser.is_empty() => format!("Measured on {browser}, {date}; brought by a link."),
            Provenance::Sent => "Brought by a link: measured on someone else’s device.".to_owned(),
            Provenance::Modelled => "Nothing measured yet.".to_owned(),
        }
    }

    /// The picture's content in words, for those who do not see it: every number with its interval.
    #[must_use]
    pub fn alternative(&self) -> String {
        let parts: Vec<String> = match &self.drawing {
            Drawing::Budget(figure) => figure
                .bars
                .iter()
                .filter_map(|bar| {
                    let length = bar.length?;
                    let interval = if length.high > length.low {
                        format!(" (95 % interval {} to {})", length_text(length.low), length_text(length.high))
                    } else {
                        String::new()
                    };
                    Some(format!("{} {}{interval}", bar.label, length_text(length.median)))
                })
                .collect(),
            Drawing::Times(figure, _) => figure
                .groups
                .iter()
                .flat_map(|group| {
                    group.bars.iter().filter_map(|bar| {
                        let time = bar.time?;
                        let phase = if group.title.is_empty() { String::new() } else { format!("{}, ", group.title) };
                        let note = if bar.note.is_empty() { String::new() } else { format!(", {}", bar.note) };
                        let (name, value) = (bar.contender.label(), time_text(time));
                        Some(format!("{phase}{name} {value} (95 % interval {}){note}", interval_text(time)))
                    })
                })
                .collect(),
            Drawing::Counts(figure, _) => {
                let counted = figure.bars.iter().filter_map(|bar| Some((bar, bar.count?)));
                let note = |note: &str| if note.is_empty() { String::new() } else { format!(" ({note})") };
                counted.map(|(bar, count)| format!("{} {count}{}", bar.contender.label(), note(&bar.note))).collect()
            }
        };
        let what = match &self.drawing {
            Drawing::Budget(_) => "The length of a request, today’s being 100",
            Drawing::Times(figure, _) => &*figure.axis,
            Drawing::Counts(figure, _) => &*figure.axis,
        };
        let list = if parts.is_empty() { "nothing measured yet".to_owned() } else { parts.join("; ") };
        format!(
            "{} Bar chart from Ferroscope’s lab “{}” ({}). {what}: {list}. {}",
            self.sentence,
            self.lab.title(),
            self.subject,
            self.provenance_line()
        )
    }

    /// A file's name for the picture, without its ending.
    #[must_use]
    pub fn file_stem(&self) -> String {
        format!("ferroscope-{}", self.lab.slug())
    }
}

/// A browser's family, its major version and its system, from what it calls itself; “a browser” where it says nothing known.
#[must_use]
pub fn browser_family(user_agent: &str) -> String {
    // The order matters: most browsers also name those they descend from.
    const FAMILIES: [(&str, &str); 7] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let family = FAMILIES.into_iter().find_map(|(token, name)| {
        let version: String = user_agent.split_once(token)?.1.chars().take_while(char::is_ascii_digit).collect();
        Some(format!("{name} {version}").trim_end().to_owned())
    });
    let system = SYSTEMS.into_iter().find(|(token, _)| user_agent.contains(token)).map(|(_, name)| name);
    match (family, system) {
        (Some(family), Some(system)) => format!("{family}, {system}"),
        (Some(family), None) => family,
        (None, _) => "a browser".to_owned(),
    }
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
