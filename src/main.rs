//! Starts the app in the browser.

use ferroscope::takeover;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(takeover::start());
}
