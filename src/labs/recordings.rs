//! Fetches a lab's recorded runs, once, when its view first asks.

use crate::app::manifest;
use leptos::prelude::*;
use protocol::{LabId, Recording};
use wasm_bindgen_futures::JsFuture;

/// The recorded runs of a lab: empty until they have come, and for ever where there are none.
#[must_use]
pub fn recordings(lab: LabId) -> ReadSignal<Vec<Recording>> {
    let (found, set_found) = signal(Vec::new());
    if let Some(manifest) = manifest() {
        let address = manifest.address(&format!("recordings/{}.json", lab.slug()));
        leptos::task::spawn_local(async move {
            // Without recordings a lab shows its question and its Run button: nothing is lost.
            if let Some(recordings) = fetch(&address).await {
                let _ = set_found.try_set(recordings);
            }
        });
    }
    found
}

async fn fetch(address: &str) -> Option<Vec<Recording>> {
    let response = crate::engine::fetch(address).await.ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    Recording::list_of_json(&text.as_string()?).ok()
}
