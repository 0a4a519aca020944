//! Bytes that cross as they are: a file that a reader dropped. It must never look into them.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A file's bytes, or a text's. On the wire they are copied in one piece; a `Vec<u8>` would cross number by number.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attachment(pub Vec<u8>);

impl From<Vec<u8>> for Attachment {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// Only its length: ten megabytes help nobody in a message.
impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attachment({} bytes)", self.0.len())
    }
}

impl Serialize for Attachment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Attachment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_byte_buf(Bytes)
    }
}

/// Takes bytes, borrowed or owned.
struct Bytes;

impl de::Visitor<'_> for Bytes {
    type Value = Attachment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Attachment, E> {
        Ok(Attachment(bytes.to_vec()))
    }

    fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<Attachment, E> {
        Ok(Attachment(bytes))
    }
}
