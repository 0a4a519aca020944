//! A page whose documents may still be on their way: drawn at once where they are at hand, else when they have come. It never leaves an empty place.

use super::guide::Guide;
use crate::{app::manifest, engine::Manifest, markup::html, state::files};
use leptos::prelude::*;
use std::sync::Arc;

/// Shows what `draw` gives, which is nothing while one of the files of `guide` is missing or damaged.
pub(super) fn awaited(guide: Guide, draw: impl Fn(&Arc<Manifest>) -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    let Some(manifest) = manifest() else { return failed() };
    if let Some(view) = draw(&manifest) {
        return view;
    }
    let (has_come, set_has_come) = signal(false);
    let fetched = (guide.clone(), Arc::clone(&manifest));
    Effect::new(move |_| {
        let (guide, manifest) = fetched.clone();
        leptos::task::spawn_local(async move {
            guide.fetch(&manifest).await;
            let _ = set_has_come.try_set(true);
        });
    });
    (move || {
        if !has_come.get() {
            return html("loading absent", "<p role=\"status\">Fetching this page.</p>".to_owned());
        }
        draw(&manifest).unwrap_or_else(|| {
            for path in guide.files(&manifest) {
                files::drop_damaged(path);
            }
            failed()
        })
    })
    .into_any()
}

fn failed() -> AnyView {
    html(
        "failure absent",
        "<p role=\"alert\">What this page shows did not arrive whole. Check the connection and reload the page.</p>".to_owned(),
    )
}
