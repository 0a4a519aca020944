//! Bytes drawn as cache lines: which of them a question needs, and which merely come along. Fed by fields with their places, it must never
//! know what they mean.

use crate::markup::{all, escaped};

/// Bytes in a line.
pub const LINE: usize = 64;

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheLine {
    /// What stands before it.
    pub label: String,
    /// Its cells, from the left; together at most [`LINE`] bytes.
    pub cells: Vec<Cell>,
}

/// A field's bytes within a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it, where there is room.
    pub name: &'static str,
    /// How many bytes it has.
    pub width: usize,
    /// Whether the question reads it.
    pub use_: Use,
}

/// Whether bytes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// They are.
    Read,
    /// They come along in a line of which others are read.
    Fetched,
    /// Their line never comes.
    Untouched,
}

impl Use {
    const fn slug(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Fetched => "fetched",
            Self::Untouched => "untouched",
        }
    }
}

/// The lines under each other, as HTML. Screen readers pass over it: the sentence and the table beside it say the same.
#[must_use]
pub fn draw(lines: &[CacheLine]) -> String {
    all(lines, |line| {
        let mut start = 0;
        let cells = all(&line.cells, |cell| {
            let share = |bytes: usize| 100.0 * bytes as f64 / LINE as f64;
            let (x, width) = (share(start), share(cell.width));
            start += cell.width;
            let name = if cell.width >= 4 && !cell.name.is_empty() {
                format!("<text x=\"{:.3}%\" y=\"17\" text-anchor=\"middle\">{}</text>", x + width / 2.0, escaped(cell.name))
            } else {
                String::new()
            };
            format!(
                "<rect class=\"cell is-{}\" x=\"{x:.3}%\" y=\"1\" width=\"{width:.3}%\" height=\"22\"/>{name}",
                cell.use_.slug()
            )
        });
        format!(
            "<div class=\"line-row\"><span>{}</span><svg width=\"100%\" height=\"24\" focusable=\"false\">{cells}</svg></div>",
            escaped(&line.label)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_s_cells_stand_beside_each_other_and_say_whether_they_are_read() {
        let cells = vec![Cell { name: "a<b", width: 32, use_: Use::Read }, Cell { name: "", width: 32, use_: Use::Fetched }];
        let drawn = draw(&[CacheLine { label: "rows & lines".to_owned(), cells }]);
        assert!(drawn.contains("a&lt;b") && drawn.contains("rows &amp; lines"), "{drawn}");
        assert!(
            drawn.contains("is-read\" x=\"0.000%\"") && drawn.contains("is-fetched\" x=\"50.000%\" y=\"1\" width=\"50.000%\""),
            "{drawn}"
        );
    }
}
