//! What outlives a view: the address, the reader's settings. Nothing here is required; where storage is denied it lives in memory.

pub mod address;
pub mod assigned;
pub mod documents;
pub mod files;
pub mod lessons;
pub mod permalink;
pub mod progress;
pub mod public_address;
pub mod settings;
