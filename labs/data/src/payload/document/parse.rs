//! From a reader's text to a document, or what is wrong with it and where.

use super::{Document, Leaf, Value, children};

/// How deep arrays and objects may lie in each other: what every format here reads by its own limits (`FlatBuffers` 64 tables, two of them
/// an object's member; prost 100 messages, three of them).
pub const DEEPEST: usize = 24;

/// Why a text is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// It is no JSON.
    #[error("line {line}, column {column}: {reason}")]
    Json {
        /// From 1.
        line: usize,
        /// From 1, in bytes; 0 where a line ended too soon.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// It is nested deeper than every format takes.
    #[error("its arrays and objects lie {0} deep in each other; the formats’ own limits allow {DEEPEST}")]
    Deep(usize),
}

/// The document that a text stands for.
///
/// # Errors
/// [`DocumentError::Json`] with the place for a text that is no JSON, [`DocumentError::Deep`] for one nested too deeply.
pub fn parse(text: &[u8]) -> Result<Document<String>, DocumentError> {
    let document: Document<String> = serde_json::from_slice(text).map_err(|error| {
        let said = error.to_string();
        // The place is said before the reason here, not after it.
        let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason).to_owned();
        DocumentError::Json { line: error.line(), column: error.column(), reason }
    })?;
    let depth = depth(&document);
    if depth > DEEPEST { Err(DocumentError::Deep(depth)) } else { Ok(document) }
}

fn depth<'a>(value: impl Value<'a>) -> usize {
    match value.leaf() {
        Leaf::List(_) | Leaf::Map(_) => 1 + children(value).map(|(_, child)| depth(child)).max().unwrap_or(0),
        _ => 0,
    }
}
