//! Starts the app in the browser.

use ferroscope::{engine::Manifest, takeover};

fn main() {
    console_error_panic_hook::set_once();
    let manifest = Manifest::of_page()
        .inspect_err(|reason| leptos::logging::error!("Ferroscope runs without labs and lessons: {reason}"))
        .ok();
    wasm_bindgen_futures::spawn_local(takeover::start(manifest));
}
