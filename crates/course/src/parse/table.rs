//! Tables as HTML whose alignment is a class: the Markdown library would write inline styles, which a strict content-security policy
//! refuses.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// Where we are in a table.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The column of the next cell.
    column: usize,
    row: Row,
}

/// What sort of row its cells are in.
#[derive(Clone, Copy, Default)]
enum Row {
    #[default]
    Body,
    Head,
}

impl Table {
    /// The HTML of an event that belongs to a table; none for any other.
    pub fn tag(&mut self, event: &Event<'_>) -> Option<String> {
        let html = match event {
            Event::Start(Tag::Table(alignments)) => {
                self.alignments.clone_from(alignments);
                // On a phone it scrolls sideways: by the keyboard, too.
                "<table tabindex=\"0\">"
            }
            Event::Start(Tag::TableHead) => {
                (self.column, self.row) = (0, Row::Head);
                "<thead><tr>"
            }
            Event::End(TagEnd::TableHead) => {
                self.row = Row::Body;
                "</tr></thead><tbody>\n"
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                "<tr>"
            }
            Event::End(TagEnd::TableRow) => "</tr>\n",
            Event::Start(Tag::TableCell) => {
                let alignment = self.alignments.get(self.column).copied().unwrap_or(Alignment::None);
                self.column += 1;
                return Some(format!("{}{}>", self.row.opening(), class(alignment)));
            }
            Event::End(TagEnd::TableCell) => self.row.closing(),
            Event::End(TagEnd::Table) => "</tbody></table>\n",
            _ => return None,
        };
        Some(html.to_owned())
    }
}

impl Row {
    const fn opening(self) -> &'static str {
        match self {
            Self::Head => "<th scope=\"col\"",
            Self::Body => "<td",
        }
    }

    const fn closing(self) -> &'static str {
        match self {
            Self::Head => "</th>",
            Self::Body => "</td>",
        }
    }
}

const fn class(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Right => " class=\"right\"",
        Alignment::Center => " class=\"centre\"",
        Alignment::Left | Alignment::None => "",
    }
}
