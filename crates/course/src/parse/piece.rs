//! Text that knows which line of its file it starts on, so that a fault deep inside a fence still gets its right line.

use std::ops::Range;

/// A stretch of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    /// The text.
    pub text: &'a str,
    /// The line of the file it begins on, from 1.
    pub first_line: u32,
}

impl<'a> Piece<'a> {
    /// A whole file.
    pub const fn whole(text: &'a str) -> Self {
        Self { text, first_line: 1 }
    }

    /// The line of the file that the byte `offset` of this piece stands on.
    pub fn line_at(&self, offset: usize) -> u32 {
        let before = self.text.as_bytes().get(..offset).unwrap_or(self.text.as_bytes());
        self.first_line + count(before)
    }

    /// The same for many offsets: an index of the lines, made once.
    pub fn lines(&self) -> Lines {
        let ends = self.text.match_indices('\n').map(|(end, _)| end + 1);
        Lines { starts: ends.collect(), first_line: self.first_line }
    }

    /// A part of this piece.
    pub fn slice(&self, range: Range<usize>) -> Self {
        Self { text: self.text.get(range.clone()).unwrap_or_default(), first_line: self.line_at(range.start) }
    }
}

/// Where the lines of a piece begin.
pub(super) struct Lines {
    /// Offsets of all lines but the first, ascending.
    starts: Vec<usize>,
    first_line: u32,
}

impl Lines {
    /// The line of the file that the byte `offset` of the piece stands on.
    pub fn at(&self, offset: usize) -> u32 {
        let before = self.starts.partition_point(|start| *start <= offset);
        self.first_line + u32::try_from(before).unwrap_or(u32::MAX / 2)
    }
}

/// How many line ends `bytes` holds; files of 4 billion lines are not written by authors.
fn count(bytes: &[u8]) -> u32 {
    let ends = bytes.split(|byte| *byte == b'\n').count() - 1;
    u32::try_from(ends).unwrap_or(u32::MAX / 2)
}

/// Something and the line it was written on.
#[derive(Clone, Debug)]
pub(super) struct Located<T> {
    /// The thing.
    pub value: T,
    /// The line, from 1.
    pub line: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_keeps_count_of_the_files_lines() {
        let file = Piece::whole("one\ntwo\nthree\nfour");
        assert_eq!([0, 3, 4, 8, 99].map(|offset| file.line_at(offset)), [1, 1, 2, 3, 4]);
        assert_eq!([0, 3, 4, 8, 99].map(|offset| file.lines().at(offset)), [1, 1, 2, 3, 4]);
        let part = file.slice(8..18);
        assert_eq!((part.text, part.first_line, part.lines().at(6)), ("three\nfour", 3, 4));
        assert_eq!(file.slice(17..99).text, "");
    }
}
