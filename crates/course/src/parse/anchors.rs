//! Anchors in Rust sources: `// anchor: name` to `// end: name`, each on a line of its own. They may nest, not overlap.

use super::fault::FileFaults;
use std::collections::BTreeMap;
use std::ops::Range;

/// A source's lines, which of them are anchors', and what the anchors enclose. All line indices are from 0.
#[derive(Debug)]
pub(super) struct Anchors {
    /// By name: the lines between the anchor's two, those of anchors inside included.
    spans: BTreeMap<String, Range<usize>>,
    /// Lines that are anchors', which are never shown; ascending.
    markers: Vec<usize>,
}

/// One line, as an anchor's.
enum Marker<'a> {
    Start(&'a str),
    End(&'a str),
}

impl Anchors {
    /// Finds the anchors of a source. An anchor that is not closed or is there twice is a fault of that file, and still found, so that
    /// lessons that refer to it are not reported as well.
    pub fn find(source: &str, faults: &mut FileFaults) -> Self {
        let mut anchors = Self { spans: BTreeMap::new(), markers: Vec::new() };
        let mut open: Vec<(&str, usize)> = Vec::new();
        let mut lines = 0;
        for (index, line) in source.lines().enumerate() {
            lines = index + 1;
            let number = line_number(index);
            match marker(line) {
                None => continue,
                Some(Marker::Start(name)) => {
                    if !is_name(name) {
                        faults.add(
                            number,
                            format!("`{name}` is no name for an anchor"),
                            "use lower-case letters, digits, - and _",
                        );
                    } else if anchors.spans.contains_key(name) || open.iter().any(|(other, _)| *other == name) {
                        faults.add(
                            number,
                            format!("anchor `{name}` is there twice"),
                            "give each anchor of a file a name of its own",
                        );
                    }
                    open.push((name, index));
                }
                Some(Marker::End(name)) => match open.iter().rposition(|(other, _)| *other == name) {
                    None => faults.add(
                        number,
                        format!("`end: {name}` closes no open anchor"),
                        format!("write `// anchor: {name}` above"),
                    ),
                    Some(position) => {
                        for (inner, start) in open.split_off(position + 1) {
                            anchors.close_badly(inner, start, index, faults);
                        }
                        if let Some((name, start)) = open.pop() {
                            anchors.spans.entry(name.to_owned()).or_insert(start + 1..index);
                        }
                    }
                },
            }
            anchors.markers.push(index);
        }
        for (name, start) in open {
            anchors.close_badly(name, start, lines, faults);
        }
        anchors
    }

    fn close_badly(&mut self, name: &str, start: usize, end: usize, faults: &mut FileFaults) {
        let advice = format!("write `// end: {name}` after the code, before any anchor around it ends");
        faults.add(line_number(start), format!("anchor `{name}` is not closed"), advice);
        self.spans.entry(name.to_owned()).or_insert(start + 1..end);
    }

    /// The lines that the anchor encloses; none if there is no such anchor.
    pub fn span(&self, name: &str) -> Option<Range<usize>> {
        self.spans.get(name).cloned()
    }

    /// The anchors' names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.spans.keys().map(String::as_str)
    }

    /// Whether the line is an anchor's own.
    pub fn is_marker(&self, line: usize) -> bool {
        self.markers.binary_search(&line).is_ok()
    }
}

/// What people call the line of that index.
pub(super) fn line_number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let comment = line.trim().strip_prefix("//")?.trim_start();
    if let Some(name) = comment.strip_prefix("anchor:") {
        return Some(Marker::Start(name.trim()));
    }
    comment.strip_prefix("end:").map(|name| Marker::End(name.trim()))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(source: &str) -> (Anchors, Vec<String>) {
        let mut faults = FileFaults::new("x.rs");
        let anchors = Anchors::find(source, &mut faults);
        (anchors, faults.into_inner().iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect())
    }

    #[test]
    fn anchors_nest() {
        let (anchors, faults) = find("a\n// anchor: outer\nb\n    //anchor: inner\nc\n    // end: inner\nd\n// end: outer\n");
        assert_eq!(faults, [""; 0]);
        assert_eq!(anchors.span("outer"), Some(2..7));
        assert_eq!(anchors.span("inner"), Some(4..5));
        assert_eq!(anchors.span("other"), None);
        assert_eq!((0..8).filter(|line| anchors.is_marker(*line)).collect::<Vec<_>>(), [1, 3, 5, 7]);
    }

    #[test]
    fn every_fault_is_reported_once_and_on_its_line() {
        let (anchors, faults) =
            find("// anchor: a\n// anchor: b\n// end: a\n// anchor: a\n// end: a\n// end: c\n// anchor: A b\n");
        assert_eq!(
            faults,
            [
                "2: anchor `b` is not closed",
                "4: anchor `a` is there twice",
                "6: `end: c` closes no open anchor",
                "7: `A b` is no name for an anchor",
                "7: anchor `A b` is not closed",
            ]
        );
        assert_eq!((anchors.span("a"), anchors.span("b")), (Some(1..2), Some(2..2)));
    }
}
