//! What each byte is, as it is found out: spans and arrows, and what lies between them. It must never claim a byte twice.

use protocol::lens::{Arrow, Field, Part, Span};

/// The bytes of one encoding, explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// Every byte once, in order, once the map is closed.
    pub spans: Vec<Span>,
    /// Where relative pointers lead.
    pub arrows: Vec<Arrow>,
}

impl Map {
    /// Explains some bytes.
    pub(super) fn span(&mut self, (start, end): (usize, usize), field: impl Into<Option<Field>>, part: Part) {
        if start < end {
            self.spans.push(Span { start: small(start), end: small(end), field: field.into(), part });
        }
    }

    /// Explains a relative pointer.
    pub(super) fn arrow(&mut self, at: usize, base: usize, to: usize, field: impl Into<Option<Field>>) {
        self.arrows.push(Arrow { at: small(at), base: small(base), to: small(to), field: field.into() });
    }

    /// Calls padding what nothing else claimed of `len` bytes.
    pub(super) fn close(mut self, len: usize) -> Self {
        self.spans.sort_by_key(|span| span.start);
        let mut all = Vec::with_capacity(self.spans.len() + 8);
        let mut at = 0;
        for span in self.spans {
            if at < span.start {
                all.push(Span { start: at, end: span.start, field: None, part: Part::Padding });
            }
            at = span.end;
            all.push(span);
        }
        if at < small(len) {
            all.push(Span { start: at, end: small(len), field: None, part: Part::Padding });
        }
        Self { spans: all, arrows: self.arrows }
    }

    /// Whether the spans explain each of `len` bytes exactly once, in order.
    #[must_use]
    pub fn is_whole(&self, len: usize) -> bool {
        let mut at = 0;
        let is_row = self.spans.iter().all(|span| {
            let follows = span.start == at && span.start < span.end;
            at = span.end;
            follows
        });
        is_row && at == small(len)
    }
}

/// A record's bytes are few.
pub(super) fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
