//! The page's address, as views read it while they are built. Natively there is none: pages are prerendered as they start.

use leptos::prelude::window;

/// Whether there is a browser at all.
pub const IN_BROWSER: bool = cfg!(target_arch = "wasm32");

/// What stands behind `#`, with it.
#[must_use]
pub fn fragment() -> String {
    if IN_BROWSER { window().location().hash().unwrap_or_default() } else { String::new() }
}

/// Milliseconds since the page began.
#[must_use]
pub fn now_ms() -> f64 {
    if IN_BROWSER { window().performance().map_or(0.0, |clock| clock.now()) } else { 0.0 }
}

/// What stands behind `?`, with it.
#[must_use]
pub fn query() -> String {
    if IN_BROWSER { window().location().search().unwrap_or_default() } else { String::new() }
}

/// Scheme, host and port.
#[must_use]
pub fn origin() -> String {
    if IN_BROWSER { window().location().origin().unwrap_or_default() } else { String::new() }
}
