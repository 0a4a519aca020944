//! What the serialization lab is asked of a document that a reader brought: whether it is JSON, and what it is made of.

use super::Attachment;
use serde::{Deserialize, Serialize};

/// A text that should be JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentQuestion {
    /// The text; at most [`crate::DocumentInput::LONGEST`] bytes.
    pub text: Attachment,
}

/// It is. What it is not is a refusal that says where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAnswer {
    /// What it is made of, in a line.
    pub shape: String,
}
