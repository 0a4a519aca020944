//! How long a lesson takes, worked out of what stands in it. It must never count what only a speaker sees.
//!
//! The figures are round, and meant for a reader who does what the lesson asks: 220 words of prose a minute, a little below the 238 that Brysbaert found
//! for adults who read plain English ("How many words do we read per minute?", Journal of Memory and Language 109, 2019); the seconds for code,
//! questions and labs are ours.

use crate::{Block, Code, Lesson};

/// Words of prose a minute.
const WORDS: f64 = 220.0;
/// Seconds for a line of code, read to be understood.
const CODE_LINE: f64 = 2.5;
/// Seconds for a line that a program printed.
const OUTPUT_LINE: f64 = 1.0;
/// Seconds for a question: its text, the answers, and why they are right or wrong.
const QUESTION: f64 = 25.0;
/// Seconds for a lab: it is run once, and the result is read.
const LAB: f64 = 75.0;
/// Seconds for a row of the variance table.
const ROW: f64 = 8.0;

/// The factor by which a typed number of minutes may be off.
pub const TOLERANCE: f64 = 1.5;

/// How many minutes a lesson takes, about. An exercise is read here, and done afterwards.
#[must_use]
pub fn minutes(lesson: &Lesson) -> f64 {
    let blocks = lesson.sections.iter().flat_map(|section| &section.blocks);
    let recall = f64::from(u32::try_from(lesson.recall.len()).unwrap_or(u32::MAX)) * QUESTION;
    (blocks.map(seconds).sum::<f64>() + recall) / 60.0
}

fn seconds(block: &Block) -> f64 {
    match block {
        Block::Prose(html) | Block::Callout { html, .. } | Block::Exercise(html) => reading(html),
        Block::Lab(lab) => LAB + lab.caption.as_deref().map_or(0.0, reading),
        Block::Code(code) => of_code(code),
        Block::Predict(_) | Block::Quiz(_) => QUESTION,
        Block::Compiles(asked) => QUESTION + of_code(&asked.code),
        Block::Variance(rows) => count(rows.len()) * ROW,
        Block::Notes(_) => 0.0,
        Block::Output(text) => count(text.lines().count()) * OUTPUT_LINE,
    }
}

fn of_code(code: &Code) -> f64 {
    count(code.text.lines().count()) * CODE_LINE + code.caption.as_deref().map_or(0.0, reading)
}

/// Seconds for the words of some HTML, without its tags.
fn reading(html: &str) -> f64 {
    let mut is_in_tag = false;
    let text: String = html
        .chars()
        .map(|letter| {
            let is_shown = !is_in_tag && letter != '<';
            is_in_tag = if is_in_tag { letter != '>' } else { letter == '<' };
            if is_shown { letter } else { ' ' }
        })
        .collect();
    count(text.split_whitespace().count()) * 60.0 / WORDS
}

fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LabEmbed, Section};

    fn lesson(blocks: Vec<Block>) -> Lesson {
        let nothing = String::new;
        Lesson {
            pillar: nothing(),
            slug: nothing(),
            title: nothing(),
            question: nothing(),
            summary: nothing(),
            minutes: 1,
            claims: Vec::new(),
            recall: Vec::new(),
            sections: vec![Section { id: nothing(), title: nothing(), blocks }],
            sources: Vec::new(),
        }
    }

    #[test]
    fn words_are_counted_and_tags_and_notes_are_not() {
        let prose = format!("<p class=\"right of it\">{}</p>", "word <em>word</em> ".repeat(110));
        let is = |blocks, wanted: f64| assert!((minutes(&lesson(blocks)) - wanted).abs() < 1e-9, "{wanted}");
        is(vec![Block::Prose(prose.clone())], 1.0);
        is(vec![Block::Notes(prose)], 0.0);
        let lab = LabEmbed { lab: "arena".to_owned(), with: Vec::new(), caption: None };
        is(vec![Block::Lab(lab), Block::Output("a\nb\n".to_owned())], (LAB + 2.0 * OUTPUT_LINE) / 60.0);
    }
}
