//! Mounts the app in the browser.

use ferroscope::{app::App, engine::Manifest};
use leptos::prelude::*;
use std::sync::Arc;

fn main() {
    console_error_panic_hook::set_once();
    let manifest = match Manifest::of_page() {
        Ok(manifest) => Some(Arc::new(manifest)),
        Err(reason) => {
            leptos::logging::error!("Ferroscope runs without labs and lessons: {reason}");
            None
        }
    };
    mount_to_body(move || view! { <App manifest/> });
}
