//! Markdown's events as safe HTML: no raw HTML, no images, and links that say what they mean.

use super::findings::Findings;
use super::piece::{Located, Piece};
use super::table::Table;
use crate::link::{Target, opening_tag};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

/// `CommonMark` with tables, and ids on headings.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_HEADING_ATTRIBUTES);

/// What to do about Rust in prose.
const REFERENCE_A_FILE: &str = "put it in a file that is compiled, and show it with ```code and from = \"path#anchor\"";

/// Prose that is being collected.
#[derive(Default)]
pub(super) struct Prose<'a> {
    events: Vec<Event<'a>>,
    /// The table that is being read.
    table: Table,
    /// Where we are in raw HTML, of which one fault is enough.
    raw: Raw,
}

/// Whether the raw HTML that comes was reported.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Raw {
    #[default]
    Unreported,
    Reported,
}

impl<'a> Prose<'a> {
    /// Adds an event that stands on `line`; what may not stand in a lesson is a fault and left out.
    pub fn push(&mut self, event: Event<'a>, line: u32, findings: &mut Findings) {
        let event = match event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {
                self.raw = Raw::Unreported;
                return;
            }
            Event::Html(html) => {
                if self.raw == Raw::Unreported {
                    raw_html(&html, line, findings);
                    self.raw = Raw::Reported;
                }
                return;
            }
            Event::InlineHtml(html) => {
                raw_html(&html, line, findings);
                return;
            }
            Event::Start(Tag::Image { .. }) => {
                findings.fault(line, "an image in prose", "show a lab, a table or text: lessons carry no pictures");
                return;
            }
            Event::End(TagEnd::Image) => return,
            Event::Start(Tag::Link { dest_url, .. }) => Event::Html(link(&dest_url, line, findings).into()),
            Event::End(TagEnd::Link) => Event::Html(CowStr::Borrowed("</a>")),
            Event::Start(Tag::CodeBlock(kind)) => {
                check_listing(&kind, line, findings);
                Event::Start(Tag::CodeBlock(kind))
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                check_attributes(classes.is_empty() && attrs.is_empty(), line, findings);
                if let Some(id) = &id {
                    findings.take_id(id, line);
                }
                Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() })
            }
            other => match self.table.tag(&other) {
                Some(html) => Event::Html(html.into()),
                None => other,
            },
        };
        self.events.push(event);
    }

    /// What was collected since the last time; none if that is nothing.
    pub fn take(&mut self) -> Option<String> {
        if self.events.is_empty() {
            return None;
        }
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, self.events.drain(..));
        Some(html.trim_end().to_owned())
    }
}

fn raw_html(html: &str, line: u32, findings: &mut Findings) {
    let first = html.lines().next().unwrap_or_default();
    findings.fault(line, format!("raw HTML in prose: {first}"), "write Markdown; put `<` of a type into a `code` span");
}

/// Attributes of headings other than an id are faults.
pub(super) fn check_attributes(only_an_id: bool, line: u32, findings: &mut Findings) {
    if !only_an_id {
        findings.fault(line, "a heading with attributes", "only an id may follow it: {#id}");
    }
}

/// A listing within prose: program output alone.
fn check_listing(kind: &CodeBlockKind<'_>, line: u32, findings: &mut Findings) {
    match kind {
        CodeBlockKind::Indented => {
            findings.fault(
                line,
                "an indented listing",
                "for what a program printed use a ```text fence; for code reference a file",
            );
        }
        CodeBlockKind::Fenced(info) => match info.split_whitespace().next().unwrap_or_default() {
            "text" => {}
            word if super::blocks::KINDS.contains(&word) => {
                let message = format!("a ```{word} block inside a list, a quotation or another block");
                findings.fault(line, message, "let it stand alone, at the left margin");
            }
            word => unknown_fence(word, line, findings),
        },
    }
}

/// A fence that nothing is known of: most likely code.
pub(super) fn unknown_fence(word: &str, line: u32, findings: &mut Findings) {
    if word.is_empty() {
        findings.fault(line, "a fence that does not say what it holds", "for what a program printed write ```text");
    } else if word.starts_with("rust") || word == "rs" {
        findings.fault(line, "no Rust is typed into prose", REFERENCE_A_FILE);
    } else {
        let kinds = super::blocks::KINDS.join(", ");
        let message = format!("a ```{word} fence: there is no such block, and no code is typed into prose");
        findings.fault(line, message, format!("blocks: {kinds}, text; for code: {REFERENCE_A_FILE}"));
    }
}

/// A link's opening tag. Links into the site are noted, to be checked when all lessons are known.
fn link(url: &str, line: u32, findings: &mut Findings) -> String {
    if url.starts_with("https://") || url.starts_with("http://") {
        return format!("<a href=\"{}\" rel=\"noopener\">", escape(url));
    }
    let target = Target::parse(url);
    if target.is_err() && (url.len() < 2 || !url.starts_with('#')) {
        let kinds = "lesson:pillar/lesson#section, lab:slug, claim:id, page:name, #section, https://…";
        findings.fault(line, format!("a link to `{url}` leads nowhere"), format!("link to one of {kinds}"));
        return "<a>".to_owned();
    }
    findings.links.push(Located { value: url.to_owned(), line });
    target.map_or_else(|_| format!("<a href=\"{}\">", escape(url)), |target| opening_tag(&target))
}

/// A block of Markdown that stands within another: a note, an exercise.
pub(super) fn block(piece: Piece<'_>, findings: &mut Findings) -> String {
    let lines = piece.lines();
    let mut prose = Prose::default();
    for (event, range) in Parser::new_ext(piece.text, OPTIONS).into_offset_iter() {
        let line = lines.at(range.start);
        if let Event::Start(Tag::Heading { level, .. }) = &event
            && *level < pulldown_cmark::HeadingLevel::H3
        {
            findings.fault(line, "a section's heading inside a block", "use ### or less here, or end the block before it");
        }
        prose.push(event, line, findings);
    }
    prose.take().unwrap_or_default()
}

/// A text with inline Markdown, such as an answer: HTML without the paragraph around it.
pub(super) fn inline(text: &Located<String>, findings: &mut Findings) -> String {
    let mut prose = Prose::default();
    let mut paragraphs = 0_u32;
    for event in Parser::new_ext(&text.value, OPTIONS) {
        match event {
            Event::Start(Tag::Paragraph) => {
                paragraphs += 1;
                if paragraphs == 2 {
                    findings.fault(text.line, "more than one paragraph", "this text is one paragraph: join them");
                }
            }
            Event::End(TagEnd::Paragraph) => {}
            Event::Start(Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::List(_) | Tag::Table(_))
            | Event::Rule => {
                findings.fault(
                    text.line,
                    "a list, a heading or another block in a short text",
                    "only emphasis, `code` and links here",
                );
                return escape(&text.value);
            }
            other => prose.push(other, text.line, findings),
        }
    }
    prose.take().unwrap_or_default()
}

/// `text` for HTML, in an element or in an attribute within double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every element that prose may hold.
    const ELEMENTS: &str = "a blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul";

    /// What is dangerous or unknown in `html`: an element that no Markdown makes, or an attribute that runs or colours anything.
    fn unsafe_part(html: &str) -> Option<&str> {
        html.split('<').skip(1).find(|rest| {
            let tag = rest.split('>').next().unwrap_or_default();
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            let known = ELEMENTS.split(' ').any(|element| element == name);
            // What stands outside quotes: names of attributes.
            let attributes: String = tag.split('"').step_by(2).collect();
            !known || attributes.contains(" on") || attributes.contains(" style=") || tag.contains(" href=\"javascript")
        })
    }

    proptest! {
        #[test]
        fn no_prose_makes_anything_but_harmless_html(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("<script>"), Just("<b onclick=\"x\">"), Just("</p>"), Just("[a](javascript:x)"), Just("[a](https://b \"c\")"),
                    Just("![i](j)"), Just("<https://a\"b>"), Just("[a](<https://b\" onclick=\"c>)"), Just("[a](#\"><i>)"), Just("\n\n"),
                    Just("| a | b |\n|--:|:-:|\n| c | d |\n"), Just("`<i>`"), Just("### h {#x onclick=y .z}\n"), Just("&lt;i&gt;"), Just("> "),
                    Just("- "), Just("```text \"<i>\n"), Just("**"), Just("    "), Just("<!-- "), Just("word \\<i>"), Just("&#60;i>"),
                ],
                0..12,
            )
        ) {
            let text = parts.concat();
            let html = block(Piece::whole(&text), &mut Findings::new("x"));
            prop_assert_eq!(unsafe_part(&html), None, "{}", html);
            let located = Located { value: text, line: 1 };
            let html = inline(&located, &mut Findings::new("x"));
            prop_assert_eq!(unsafe_part(&html), None, "{}", html);
        }
    }

    #[test]
    fn the_check_of_harmless_html_sees_what_is_not() {
        for bad in ["<script>", "<p onclick=\"x\">", "<td style=\"x\">", "<a href=\"javascript:x\">", "a<img>"] {
            assert!(unsafe_part(bad).is_some(), "{bad}");
        }
        assert_eq!(unsafe_part("<p>a &lt; b<br /></p>"), None);
    }
}
