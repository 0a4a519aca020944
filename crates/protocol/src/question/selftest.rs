//! What the self-test is asked: to go wrong, or to say what it received.

use super::Attachment;
use crate::Fault;
use serde::{Deserialize, Serialize};

/// A fault, or with [`Fault::None`] an echo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelfTestQuestion {
    /// What goes wrong while the question is answered.
    pub fault: Fault,
    /// What the echo counts.
    pub attachment: Attachment,
}

/// The echo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelfTestAnswer {
    /// How many bytes arrived.
    pub received: u64,
    /// Their sum, wrapping.
    pub sum: u64,
}
