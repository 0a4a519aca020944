//! Pages as text, drawn natively by the same components as in the browser. It must never need one: what a page shows is held beforehand.

use crate::{
    app::{App, Route},
    engine::Manifest,
    state::files,
};
use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use miniserde::{Deserialize, Serialize};
use std::{collections::HashMap, fs, io, path::Path, sync::Arc};

/// What to prerender.
#[derive(Debug, Deserialize)]
pub struct Order {
    /// The built site's folder.
    pub site: String,
    /// Its files that pages show, from the site's root: the course's archives and the recorded runs.
    pub files: Vec<String>,
    /// Each page.
    pub pages: Vec<PageOrder>,
}

/// A page to prerender.
#[derive(Debug, Deserialize)]
pub struct PageOrder {
    /// Its path below the site's root, with a slash at both ends.
    pub path: String,
    /// Its manifest.
    pub manifest: String,
}

/// What came of an order.
#[derive(Debug, Serialize)]
pub struct Prerendered {
    /// Each page's body, by path.
    pub pages: HashMap<String, String>,
}

/// Draws every page of an order.
///
/// # Errors
/// A sentence, if a file is missing or a manifest damaged.
pub fn prerender(order: &Order) -> Result<Prerendered, String> {
    for file in &order.files {
        let bytes = fs::read(Path::new(&order.site).join(file)).map_err(|error: io::Error| format!("{file}: {error}"))?;
        files::hold(file, bytes);
    }
    let pages = order.pages.iter().map(|page| Ok((page.path.clone(), draw(page)?)));
    Ok(Prerendered { pages: pages.collect::<Result<_, String>>()? })
}

fn draw(page: &PageOrder) -> Result<String, String> {
    let manifest = Manifest::of_text(&page.manifest)?;
    let base = manifest.root().to_owned();
    let manifest = Some(Arc::new(manifest));
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(RequestUrl::new(&page.path));
        let at = Route::of_path(&page.path);
        view! { <App manifest base at/> }.to_html()
    });
    owner.unset_with_forced_cleanup();
    Ok(html)
}
