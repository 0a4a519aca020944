//! Must not compile against axum 0.8: it exports the macro no longer.

// anchor: exported
use axum::async_trait;
// end: exported

fn main() {}
