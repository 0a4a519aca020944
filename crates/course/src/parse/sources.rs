//! The files that lessons show code from: each read, searched for anchors and highlighted once.

use super::anchors::{Anchors, line_number};
use super::fault::{Fault, FileFaults, listed};
use super::highlight::{Highlighter, Line};
use super::html::escape;
use crate::Came;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

/// All files that were asked for so far.
pub(super) struct Sources<'r> {
    root: &'r Path,
    /// By path relative to the root; none for a file that is not there.
    files: BTreeMap<String, Option<SourceFile>>,
    /// Those of which something is shown.
    shown: BTreeSet<String>,
    faults: Vec<Fault>,
}

struct SourceFile {
    lines: Vec<Line>,
    anchors: Anchors,
    stored: Stored,
}

/// What came of a file, as it is stored beside it.
enum Stored {
    /// Nothing is: it is neither a sample that must be refused nor a sample with a `main`.
    NotDue,
    /// It must be refused with this, or it is a program of which this came.
    There(Came),
    /// It should be stored in the file with this ending, by this command.
    Missing(&'static str, &'static str),
}

/// What a lesson shows of a file; see [`crate::Code`].
#[derive(Debug)]
pub(super) struct Excerpt {
    pub first_line: u32,
    pub html: String,
    pub text: String,
    pub came: Option<Came>,
}

/// Why there is nothing to show: what is wrong, and what to do.
#[derive(Debug)]
pub(super) struct NoExcerpt {
    pub message: String,
    pub what_to_do: String,
}

impl<'r> Sources<'r> {
    /// None read yet.
    pub fn new(root: &'r Path) -> Self {
        Self { root, files: BTreeMap::new(), shown: BTreeSet::new(), faults: Vec::new() }
    }

    /// The repository's root.
    pub const fn root(&self) -> &'r Path {
        self.root
    }

    /// What stands between an anchor's lines, or all of the file: without the lines of anchors, without blank lines around, and without
    /// the indentation that all lines share.
    pub fn excerpt(&mut self, path: &str, anchor: Option<&str>) -> Result<Excerpt, NoExcerpt> {
        self.shown.insert(path.to_owned());
        self.read(path)?;
        let Some(Some(file)) = self.files.get(path) else {
            return Err(no(format!("there is no file `{path}`"), "paths start at the repository's root: labs/memory/src/lib.rs"));
        };
        let span = match anchor {
            None => 0..file.lines.len(),
            Some(name) => file.anchors.span(name).ok_or_else(|| {
                let names = listed(file.anchors.names());
                no(
                    format!("`{path}` has no anchor `{name}`"),
                    format!("its anchors: {names}; one is `// anchor: {name}` to `// end: {name}`"),
                )
            })?,
        };
        let mut shown: Vec<usize> = span.filter(|index| !file.anchors.is_marker(*index)).collect();
        while shown.pop_if(|last| is_blank(&file.lines[*last])).is_some() {}
        let blank = shown.iter().take_while(|index| is_blank(&file.lines[**index])).count();
        let shown = &shown[blank..];
        let Some(first) = shown.first() else {
            return Err(no(
                format!("there is no code to show in `{path}`"),
                "show another anchor, or put the code inside this one",
            ));
        };
        if let Stored::Missing(ending, command) = file.stored {
            let stored = Path::new(path).with_extension(ending);
            let message = match ending {
                "stderr" => format!("`{path}` must not compile, but its diagnostic is not stored"),
                _ => format!("`{path}` has a `main`, but what came of it is not stored, or stored twice"),
            };
            return Err(no(message, format!("store it as {}: {command}", stored.display())));
        }
        let indentation =
            shown.iter().filter(|index| !is_blank(&file.lines[**index])).map(|index| indentation(&file.lines[*index])).min();
        let lines = shown.iter().map(|index| dedent(&file.lines[*index], indentation.unwrap_or(0)));
        let (mut html, mut text) = (Vec::new(), Vec::new());
        for line in lines {
            html.push(line_html(&line));
            text.push(line.iter().map(|token| token.text.as_str()).collect::<String>());
        }
        let came = match &file.stored {
            Stored::There(came @ Came::Refused(_)) => Some(came.clone()),
            // What a program did belongs beside its `main`, not beside each of its parts.
            Stored::There(came) => text.iter().any(|line| is_main(line)).then(|| came.clone()),
            Stored::NotDue | Stored::Missing(..) => None,
        };
        Ok(Excerpt { first_line: line_number(*first), html: html.join("\n"), text: text.join("\n"), came })
    }

    /// Reads a file that nobody may refer to, for the faults of its anchors.
    pub fn look_at(&mut self, path: &str) {
        // An unreadable file that nobody shows harms nobody.
        let _ = self.read(path);
    }

    /// Whether a lesson refers to the file.
    pub fn is_shown(&self, path: &str) -> bool {
        self.shown.contains(path)
    }

    /// The faults of the files themselves.
    pub fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    fn read(&mut self, path: &str) -> Result<(), NoExcerpt> {
        if self.files.contains_key(path) {
            return Ok(());
        }
        if path.contains('\\') || !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(no(
                format!("`{path}` is no path inside the repository"),
                "write it from the repository's root, with / and without ..",
            ));
        }
        let full = self.root.join(path);
        let file = if full.is_file() {
            let source = fs::read_to_string(&full)
                .map_err(|error| no(format!("`{path}` cannot be read: {error}"), "make it readable UTF-8"))?;
            let mut faults = FileFaults::new(path);
            let anchors = Anchors::find(&source, &mut faults);
            self.faults.append(&mut faults.into_inner());
            let extension = full.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            let lines = Highlighter::shared().highlight(extension, &source);
            Some(SourceFile { lines, anchors, stored: stored(&full, path, &source) })
        } else {
            None
        };
        self.files.insert(path.to_owned(), file);
        Ok(())
    }
}

fn no(message: String, what_to_do: impl Into<String>) -> NoExcerpt {
    NoExcerpt { message, what_to_do: what_to_do.into() }
}

/// The diagnostic of `fail/x.rs` is `fail/x.stderr`; what a lesson's program `x.rs` printed is `x.stdout`, or `x.panic` where it stopped.
fn stored(file: &Path, path: &str, source: &str) -> Stored {
    let is_rust = file.extension().is_some_and(|extension| extension == "rs");
    let must_fail = is_rust && file.parent().and_then(Path::file_name).is_some_and(|folder| folder == "fail");
    let read = |ending| {
        fs::read_to_string(file.with_extension(ending)).ok().map(|text| text.replace("\r\n", "\n").trim_end().to_owned())
    };
    if must_fail {
        let diagnostic = read("stderr").map(|text| Stored::There(Came::Refused(text)));
        return diagnostic.unwrap_or(Stored::Missing("stderr", "TRYBUILD=overwrite cargo test -p samples --test fail"));
    }
    // The placement reads what came of its programs itself.
    if !is_rust || !path.starts_with("lessons/") || path.starts_with("lessons/placement/") || !source.lines().any(is_main) {
        return Stored::NotDue;
    }
    match (read("stdout"), read("panic")) {
        (Some(text), None) => Stored::There(Came::Printed(text)),
        (None, Some(text)) => Stored::There(Came::Panicked(text)),
        _ => Stored::Missing("stdout", "BLESS=1 cargo nextest run -p samples program"),
    }
}

/// Whether a program begins on this line.
fn is_main(line: &str) -> bool {
    line.starts_with("fn main(") || line.starts_with("pub fn main(")
}

fn is_blank(line: &Line) -> bool {
    line.iter().all(|token| token.text.trim().is_empty())
}

/// How many spaces and tabs the line begins with.
fn indentation(line: &Line) -> usize {
    let mut width = 0;
    for token in line {
        let rest = token.text.trim_start_matches([' ', '\t']);
        width += token.text.len() - rest.len();
        if !rest.is_empty() {
            break;
        }
    }
    width
}

/// The line without its first `width` bytes, or without anything if it is blank.
fn dedent(line: &Line, mut width: usize) -> Line {
    if is_blank(line) {
        return Line::new();
    }
    let mut shorter = Line::new();
    for token in line {
        let cut = width.min(token.text.len());
        width -= cut;
        if let Some(text) = token.text.get(cut..).filter(|text| !text.is_empty()) {
            shorter.push(super::highlight::Token { class: token.class, text: text.to_owned() });
        }
    }
    shorter
}

fn line_html(line: &Line) -> String {
    let mut html = String::new();
    for token in line {
        let text = escape(&token.text);
        match token.class {
            Some(class) => html.extend(["<span class=\"", class.name(), "\">", &text, "</span>"]),
            None => html.push_str(&text),
        }
    }
    html
}
