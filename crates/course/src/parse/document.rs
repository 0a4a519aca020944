//! A lesson file read from top to bottom: front matter, sections, and the blocks in them.

use super::blocks::{self, Fence};
use super::estimate;
use super::findings::{Body, Findings};
use super::front_matter;
use super::html::{OPTIONS, Prose, check_attributes};
use super::known::Known;
use super::piece::{Located, Piece};
use super::sources::Sources;
use crate::{Block, Lesson, Section};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads a lesson. None after a fault that leaves it incomplete; what was found out is in `findings` either way.
pub(super) fn read(
    pillar: &str,
    slug: &str,
    source: &str,
    known: &Known,
    sources: &mut Sources<'_>,
    findings: &mut Findings,
) -> Option<Lesson> {
    let file = Piece::whole(source);
    let (front, body) = if let Some((front, body)) = front_matter::split(file) {
        (front_matter::read(front, known, findings), body)
    } else {
        findings.fault(1, "no front matter", "begin the file with a line +++, then TOML, then another line +++");
        if source.starts_with("+++") {
            return None;
        }
        (None, file)
    };
    findings.body = Body::Read;
    let sections = Walk { body, known, sources, findings, sections: Vec::new(), prose: Prose::default(), prose_line: 0 }.walk();
    if sections.is_empty() {
        findings.fault(body.first_line, "a lesson without a section", "write at least one `## Heading`");
    }
    let front = front?;
    let lesson = Lesson {
        pillar: pillar.to_owned(),
        slug: slug.to_owned(),
        title: front.title,
        question: front.question,
        summary: front.summary,
        minutes: front.minutes,
        claims: front.claims,
        recall: front.recall,
        sections,
        sources: front.sources,
    };
    let about = estimate::minutes(&lesson);
    if about > f64::from(lesson.minutes) * estimate::TOLERANCE {
        findings.fault(
            front.minutes_line,
            format!("{} minutes for a lesson that takes about {about:.0}", lesson.minutes),
            format!("say {about:.0}; beyond 15 a lesson may be two"),
        );
    }
    Some(lesson)
}

/// The walk over a lesson's Markdown.
struct Walk<'a, 'w, 'r> {
    body: Piece<'a>,
    known: &'w Known,
    sources: &'w mut Sources<'r>,
    findings: &'w mut Findings,
    sections: Vec<Section>,
    /// Prose since the last block.
    prose: Prose<'a>,
    /// The line it begins on.
    prose_line: u32,
}

/// A heading that is being read.
struct Heading {
    title: String,
    id: Option<String>,
    line: u32,
}

impl<'a> Walk<'a, '_, '_> {
    fn walk(mut self) -> Vec<Section> {
        let lines = self.body.lines();
        let mut depth = 0_usize;
        let mut heading: Option<Heading> = None;
        let mut fence: Option<(CodeBlockKind<'a>, Range<usize>, String)> = None;
        for (event, range) in Parser::new_ext(self.body.text, OPTIONS).into_offset_iter() {
            let line = lines.at(range.start);
            match event {
                Event::Start(Tag::CodeBlock(kind @ CodeBlockKind::Fenced(_))) => {
                    self.check_closed(&range, line);
                    if depth == 0 {
                        fence = Some((kind, range, String::new()));
                    } else {
                        self.prose.push(Event::Start(Tag::CodeBlock(kind)), line, self.findings);
                        depth += 1;
                    }
                }
                Event::End(TagEnd::CodeBlock) if fence.is_some() => {
                    if let Some((CodeBlockKind::Fenced(info), range, body)) = fence.take() {
                        self.fence(&info, lines.at(range.start), &body);
                    }
                }
                Event::Text(text) if let Some((.., body)) = &mut fence => body.push_str(&text),
                Event::Start(Tag::Heading { level: HeadingLevel::H2, id, classes, attrs }) if depth == 0 => {
                    check_attributes(classes.is_empty() && attrs.is_empty(), line, self.findings);
                    heading = Some(Heading { title: String::new(), id: id.map(|id| id.to_string()), line });
                }
                Event::End(TagEnd::Heading(HeadingLevel::H2)) if heading.is_some() => {
                    if let Some(heading) = heading.take() {
                        self.section(heading);
                    }
                }
                event if let Some(heading) = &mut heading => heading_part(heading, event, self.findings),
                event => {
                    depth = match event {
                        Event::Start(_) => depth + 1,
                        Event::End(_) => depth.saturating_sub(1),
                        _ => depth,
                    };
                    self.other(event, line);
                }
            }
        }
        self.flush();
        self.sections
    }

    /// What goes into the prose.
    fn other(&mut self, event: Event<'a>, line: u32) {
        if let Event::Start(Tag::Heading { level, .. }) = &event {
            match level {
                HeadingLevel::H1 => {
                    self.findings.fault(
                        line,
                        "a heading of the first level",
                        "the title stands in the front matter; sections begin with ##",
                    );
                }
                HeadingLevel::H2 => {
                    self.findings.fault(
                        line,
                        "a section inside a list or a quotation",
                        "let its heading stand at the left margin",
                    );
                }
                _ => {}
            }
        }
        if self.prose_line == 0 {
            self.prose_line = line;
        }
        self.prose.push(event, line, self.findings);
    }

    fn section(&mut self, heading: Heading) {
        self.flush();
        let Heading { title, id, line } = heading;
        let title = title.trim().to_owned();
        let id = id.unwrap_or_else(|| id_of(&title));
        if title.is_empty() {
            self.findings.fault(line, "a section without a title", "write it after the ##");
        } else if id.is_empty() {
            self.findings.fault(line, format!("no id can be made of the heading `{title}`"), "give it one: ## Heading {#id}");
        } else {
            self.findings.take_section_id(&id, line);
        }
        self.sections.push(Section { id, title, blocks: Vec::new() });
    }

    fn fence(&mut self, info: &str, line: u32, body: &str) {
        self.flush();
        let fence = Fence { info, line, body: Piece { text: body, first_line: line + 1 } };
        let block = blocks::read(&fence, self.known, self.sources, self.findings);
        self.add(block, line);
    }

    /// Ends the prose that was collected.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.prose_line);
        let prose = self.prose.take().filter(|html| !html.is_empty()).map(Block::Prose);
        self.add(prose, line);
    }

    fn add(&mut self, block: Option<Block>, line: u32) {
        let Some(block) = block else { return };
        match self.sections.last_mut() {
            Some(section) => section.blocks.push(block),
            None => self.findings.fault(line, "this stands before the first section", "put it under a `## Heading`"),
        }
    }

    /// A fence without an end swallows the rest of the file.
    fn check_closed(&mut self, range: &Range<usize>, line: u32) {
        let text = self.body.text.get(range.clone()).unwrap_or_default();
        let fence = |line: &str| {
            let line = line.trim_start_matches([' ', '\t', '>']);
            line.starts_with("```") || line.starts_with("~~~")
        };
        let mut lines = text.trim_end().lines();
        let last = lines.next_back().filter(|_| lines.next().is_some());
        if !last.is_some_and(fence) {
            self.findings.fault(line, "this block is not closed", "end it with a line of as many backticks as it begins with");
        }
    }
}

/// Adds to a heading: its title is plain text.
fn heading_part(heading: &mut Heading, event: Event<'_>, findings: &mut Findings) {
    match event {
        Event::Text(text) | Event::Code(text) => heading.title.push_str(&text),
        Event::SoftBreak | Event::HardBreak => heading.title.push(' '),
        Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
            findings.fault(heading.line, "a link or an image in a heading", "put it into the section's text");
        }
        Event::InlineHtml(html) => {
            findings.fault(heading.line, format!("raw HTML in a heading: {html}"), "put `<` of a type into a `code` span");
        }
        _ => {}
    }
}

/// The id of a heading: lower-case letters and digits, everything else a hyphen.
fn id_of(title: &str) -> String {
    let lower = title.to_lowercase().replace(['’', '\''], "");
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Where a link leads to within its own lesson; none if it leads elsewhere.
pub(super) fn own_id(link: &Located<String>) -> Option<&str> {
    link.value.strip_prefix('#')
}

#[cfg(test)]
mod tests;
