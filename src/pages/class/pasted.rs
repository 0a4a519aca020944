//! Results that were pasted: links that carry one, exports as JSON, and sheets that were handed in, in any order and mixed. What cannot be read is named, with why; nothing is
//! dropped in silence, and no text makes it panic.

use super::sheet::Sheet;
use crate::{
    app::Route,
    labs::compared::Compared,
    state::permalink::{Permalink, PermalinkError},
};
use protocol::ResultJson;

/// How many results stand beside each other at most: more columns than that nobody reads.
pub const MOST: usize = 12;

/// The largest text that is looked at, in bytes: a full export with its samples is below half of that.
const LONGEST: usize = 4 << 20;

/// What became of a pasted text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasted {
    /// What could be read, in order, with its number among everything pasted.
    pub results: Vec<(usize, Compared)>,
    /// What could not, by the same numbers.
    pub faults: Vec<(usize, PastedError)>,
}

/// Why a pasted thing is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PastedError {
    /// Neither a link nor JSON.
    #[error("it is neither a link to a lab nor a result as JSON")]
    Neither,
    /// A link that leads elsewhere.
    #[error("the link leads to no lab of this site")]
    NoLab,
    /// A link to a lab without a result.
    #[error("the link carries no result, or a damaged one: run the lab, then press “Copy link”")]
    NoResult,
    /// A link whose state cannot be read.
    #[error("{}", link_words(*.0))]
    Link(PermalinkError),
    /// JSON that ends too early.
    #[error("the JSON ends before its last brace: copy all of it")]
    CutShort,
    /// JSON of another kind.
    #[error("it is JSON, but no result of a lab: press “Copy result (JSON)” at a lab")]
    NotAResult,
    /// A result of a lab that this build lacks, or with figures that are none.
    #[error("the result names no lab of this site, or its figures are not those of a measurement")]
    NoFigures,
    /// A sheet on which no lab was run.
    #[error("the sheet holds no result of a lab that this site has")]
    EmptySheet,
    /// Too much of it.
    #[error("there is more than can be shown; the first results are")]
    TooMuch,
}

const fn link_words(error: PermalinkError) -> &'static str {
    match error {
        PermalinkError::Damaged => "the link is damaged: copy it whole, from https to its end",
        PermalinkError::Newer => "the link was made by a newer version of this site: reload this page",
    }
}

impl Pasted {
    /// Reads a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut pasted = Self::default();
        let whole = text.get(..LONGEST.min(text.len())).unwrap_or(text);
        let mut rest = whole;
        let mut number = 0;
        while let Some(start) = rest.find(|letter: char| !is_between(letter)) {
            let from = &rest[start..];
            number += 1;
            let (piece, after) = next_piece(from);
            match piece.and_then(read) {
                // A sheet holds several: each has a number of its own.
                Ok(results) => {
                    for (at, result) in results.into_iter().enumerate() {
                        number += usize::from(at > 0);
                        if pasted.results.len() >= MOST {
                            pasted.faults.push((number, PastedError::TooMuch));
                            return pasted;
                        }
                        pasted.results.push((number, result));
                    }
                }
                Err(error) => pasted.faults.push((number, error)),
            }
            rest = after;
        }
        if whole.len() < text.len() {
            pasted.faults.push((number + 1, PastedError::TooMuch));
        }
        pasted
    }
}

/// What may stand between two results.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | ';' | '[' | ']')
}

/// The JSON object, or the word, that a text begins with, and what comes after.
fn next_piece(text: &str) -> (Result<&str, PastedError>, &str) {
    if !text.starts_with('{') {
        let end = text.find(|letter: char| letter.is_whitespace() || letter == ',').unwrap_or(text.len());
        return (Ok(&text[..end]), &text[end..]);
    }
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            '{' if !is_text => depth += 1,
            '}' if !is_text => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return (Ok(&text[..=at]), &text[at + 1..]);
                }
            }
            _ => {}
        }
    }
    (Err(PastedError::CutShort), "")
}

/// The results that a piece holds: one, but for a sheet.
fn read(piece: &str) -> Result<Vec<Compared>, PastedError> {
    if piece.starts_with('{') {
        if let Ok(sheet) = Sheet::of_json(piece) {
            let results = of_sheet(&sheet);
            return if results.is_empty() { Err(PastedError::EmptySheet) } else { Ok(results) };
        }
        let result = ResultJson::of_json(piece).map_err(|_| PastedError::NotAResult)?;
        return Compared::of_result(&result).map(|one| vec![one]).ok_or(PastedError::NoFigures);
    }
    let (path, fragment) = piece.split_once('#').unwrap_or((piece, ""));
    if !piece.contains('/') {
        return Err(PastedError::Neither);
    }
    let lab = lab_of(path).ok_or(PastedError::NoLab)?;
    let link = Permalink::of_fragment(fragment).map_err(PastedError::Link)?;
    Compared::of_link(lab, &link).map(|one| vec![one]).ok_or(PastedError::NoResult)
}

/// The results of a sheet, each with whose it is.
fn of_sheet(sheet: &Sheet) -> Vec<Compared> {
    let name: String = sheet.name.chars().take(60).collect();
    let results = sheet.lessons.iter().flat_map(|lesson| &lesson.results);
    let named = results.filter_map(|one| Compared::of_result(&one.result)).map(|mut one| {
        let parts = [name.as_str(), one.place.as_str()].into_iter().filter(|part| !part.is_empty());
        one.place = parts.collect::<Vec<_>>().join(", ");
        one
    });
    named.collect()
}

/// The lab that an address leads to, whatever path the site is served under.
fn lab_of(address: &str) -> Option<protocol::LabId> {
    let path = address.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    (1..=3).rev().filter(|count| *count <= parts.len()).find_map(|count| {
        match Route::of_path(&parts[parts.len() - count..].join("/"))? {
            Route::Lab(lab) | Route::Embed { lab, .. } => Some(lab),
            _ => None,
        }
    })
}

#[cfg(test)]
#[path = "pasted_tests.rs"]
mod tests;
