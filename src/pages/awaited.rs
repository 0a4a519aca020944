//! A page whose documents may still be on their way: drawn at once where they are at hand, else when they have come. It never leaves an empty place.

use crate::{app::manifest, engine::Manifest, markup::html, state::files};
use leptos::prelude::*;
use std::sync::Arc;

/// Shows what `draw` gives, which is nothing while one of `paths`, files of the site, is missing or damaged.
pub(super) fn awaited(
    paths: fn(&Manifest) -> Vec<String>,
    draw: impl Fn(&Arc<Manifest>) -> Option<AnyView> + Send + Sync + 'static,
) -> AnyView {
    let Some(manifest) = manifest() else { return failed() };
    if let Some(view) = draw(&manifest) {
        return view;
    }
    let (has_come, set_has_come) = signal(false);
    let fetched = Arc::clone(&manifest);
    Effect::new(move |_| {
        let manifest = Arc::clone(&fetched);
        leptos::task::spawn_local(async move {
            for path in paths(&manifest) {
                // What does not arrive is missing in what is drawn, and said there.
                let _ = files::get(&manifest, &path).await;
            }
            let _ = set_has_come.try_set(true);
        });
    });
    (move || {
        if !has_come.get() {
            return html("loading", "<p role=\"status\">Fetching this page.</p>".to_owned());
        }
        draw(&manifest).unwrap_or_else(|| {
            for path in paths(&manifest) {
                files::drop_damaged(&path);
            }
            failed()
        })
    })
    .into_any()
}

fn failed() -> AnyView {
    html(
        "failure",
        "<p role=\"alert\">What this page shows did not arrive whole. Check the connection and reload the page.</p>".to_owned(),
    )
}
