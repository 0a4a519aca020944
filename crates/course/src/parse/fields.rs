//! A TOML table taken field by field: every missing, mistyped and unknown key of it is a fault of its own with its own line, where a
//! derived deserializer would stop at the first.

use super::fault::{FileFaults, listed};
use super::piece::{Located, Piece};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table of which some fields may have been taken already.
pub(super) struct Fields<'a> {
    /// What the author would call it: `front matter`, `a lab block`.
    what: &'static str,
    /// The line it begins on.
    pub line: u32,
    piece: Piece<'a>,
    table: DeTable<'a>,
    /// Keys asked for so far: what an unknown one is set against.
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Reads `piece` as TOML. Each syntax error is a fault, and what could be read is still looked at, unless there was such an error.
    pub fn parse(what: &'static str, line: u32, piece: Piece<'a>, faults: &mut FileFaults) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(piece.text);
        for error in &errors {
            let line = error.span().map_or(line, |span| piece.line_at(span.start));
            faults.add(line, format!("{what} is not valid TOML: {}", error.message()), "see toml.io for the notation");
        }
        errors.is_empty().then(|| Self { what, line, piece, table: table.into_inner(), asked: Vec::new() })
    }

    /// A text that must be there and not be empty.
    pub fn text(&mut self, key: &'static str, faults: &mut FileFaults) -> Option<Located<String>> {
        if !self.has(key) {
            self.missing(key, "a text", faults);
        }
        self.optional_text(key, faults)
    }

    /// A text that may be left out: none then, and also after a fault, which a text that is empty is.
    pub fn optional_text(&mut self, key: &'static str, faults: &mut FileFaults) -> Option<Located<String>> {
        let (value, line) = self.take(key)?;
        match value {
            DeValue::String(text) if !text.trim().is_empty() => return Some(Located { value: text.into_owned(), line }),
            DeValue::String(_) => {
                faults.add(line, format!("`{key}` is empty"), "write it, or leave the key out if it is optional");
            }
            other => self.mistyped(key, "a text in quotes", &other, line, faults),
        }
        None
    }

    /// A date: `2026-09-30`, bare or in quotes.
    pub fn date(&mut self, key: &'static str, faults: &mut FileFaults) -> Option<Located<String>> {
        let Some((value, line)) = self.take(key) else {
            self.missing(key, "a date such as 2026-09-30", faults);
            return None;
        };
        let date = match value {
            DeValue::String(text) => text.parse::<toml::value::Datetime>().map_err(|_| text.into_owned()),
            DeValue::Datetime(date) => Ok(date),
            other => {
                self.mistyped(key, "a date such as 2026-09-30", &other, line, faults);
                return None;
            }
        };
        match date {
            Ok(date) if date.time.is_none() => Some(Located { value: date.to_string(), line }),
            Ok(date) => {
                faults.add(line, format!("`{key}` is {date}: a date has no time of day"), "write it as 2026-09-30");
                None
            }
            Err(text) => {
                faults.add(line, format!("`{key}` is {text:?}: no date"), "write it as year-month-day: 2026-09-30");
                None
            }
        }
    }

    /// `true` or `false`; false when left out.
    pub fn flag(&mut self, key: &'static str, faults: &mut FileFaults) -> bool {
        match self.take(key) {
            None => false,
            Some((DeValue::Boolean(value), _)) => value,
            Some((other, line)) => {
                self.mistyped(key, "true or false", &other, line, faults);
                false
            }
        }
    }

    /// A finite number, whole or not, that may be left out: none then, and also after a fault.
    pub fn optional_number(&mut self, key: &'static str, faults: &mut FileFaults) -> Option<Located<f64>> {
        let (value, line) = self.take(key)?;
        let number = match &value {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse::<f64>().ok(),
            DeValue::Float(number) => number.as_str().parse::<f64>().ok().filter(|value| value.is_finite()),
            _ => None,
        };
        if number.is_none() {
            self.mistyped(key, "a number", &value, line, faults);
        }
        number.map(|value| Located { value, line })
    }

    /// A finite number that must be there.
    pub fn number(&mut self, key: &'static str, faults: &mut FileFaults) -> Option<Located<f64>> {
        if !self.has(key) {
            self.missing(key, "a number", faults);
        }
        self.optional_number(key, faults)
    }

    /// A list of texts; empty when left out.
    pub fn texts(&mut self, key: &'static str, faults: &mut FileFaults) -> Vec<Located<String>> {
        let Some((value, line)) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.mistyped(key, "a list of texts", &value, line, faults);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let line = self.piece.line_at(item.span().start);
            match item.into_inner() {
                DeValue::String(text) => texts.push(Located { value: text.into_owned(), line }),
                other => self.mistyped(key, "a list of texts", &other, line, faults),
            }
        }
        texts
    }

    /// The tables of `[[key]]`: an empty list when left out, none after a fault. `what` is what one of them is called.
    pub fn tables(&mut self, key: &'static str, what: &'static str, faults: &mut FileFaults) -> Option<Vec<Self>> {
        let Some((value, line)) = self.take(key) else { return Some(Vec::new()) };
        let expected = format!("a list of tables: write [[{key}]] above each");
        let DeValue::Array(items) = value else {
            self.mistyped(key, &expected, &value, line, faults);
            return None;
        };
        let count = items.len();
        let mut tables = Vec::new();
        for item in items {
            let line = self.piece.line_at(item.span().start);
            match item.into_inner() {
                DeValue::Table(table) => tables.push(Self { what, line, piece: self.piece, table, asked: Vec::new() }),
                other => self.mistyped(key, &expected, &other, line, faults),
            }
        }
        (tables.len() == count).then_some(tables)
    }

    /// The table `[key]`: none when left out, and after a fault. `what` is what it is called.
    pub fn table(&mut self, key: &'static str, what: &'static str, faults: &mut FileFaults) -> Option<Self> {
        let (value, line) = self.take(key)?;
        match value {
            DeValue::Table(table) => Some(Self { what, line, piece: self.piece, table, asked: Vec::new() }),
            other => {
                self.mistyped(key, &format!("a table: write [{key}] above it"), &other, line, faults);
                None
            }
        }
    }

    /// The keys and texts of the table `[key]`, by key; none when left out.
    pub fn map(&mut self, key: &'static str, faults: &mut FileFaults) -> Vec<(String, Located<String>)> {
        let Some((value, line)) = self.take(key) else { return Vec::new() };
        let DeValue::Table(table) = value else {
            self.mistyped(key, &format!("a table: write [{key}] above it"), &value, line, faults);
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (name, value) in table {
            let line = self.piece.line_at(name.span().start);
            match value.into_inner() {
                DeValue::String(text) => pairs.push((name.into_inner().into_owned(), Located { value: text.into_owned(), line })),
                other => self.mistyped(name.get_ref(), "a text in quotes", &other, line, faults),
            }
        }
        pairs
    }

    /// Whether `key` is there and was not taken yet.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Every key that nobody asked for is a fault.
    pub fn finish(self, faults: &mut FileFaults) {
        for key in self.table.keys() {
            let line = self.piece.line_at(key.span().start);
            let known = listed(self.asked.iter().copied());
            faults.add(
                line,
                format!("unknown key `{}` in {}", key.get_ref(), self.what),
                format!("keys that are read here: {known}"),
            );
        }
    }

    fn take(&mut self, key: &'static str) -> Option<(DeValue<'a>, u32)> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        let (name, value): (Spanned<_>, Spanned<_>) = self.table.remove_entry(key)?;
        Some((value.into_inner(), self.piece.line_at(name.span().start)))
    }

    fn missing(&self, key: &str, expected: &str, faults: &mut FileFaults) {
        faults.add(self.line, format!("{} has no `{key}`", self.what), format!("add `{key}`: {expected}"));
    }

    fn mistyped(&self, key: &str, expected: &str, found: &DeValue<'_>, line: u32, faults: &mut FileFaults) {
        let found = found.type_str();
        faults.add(line, format!("`{key}` in {} is of type {found}", self.what), format!("it must be {expected}"));
    }
}
