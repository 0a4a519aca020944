//! The learning path, drawn, and as a list.

use crate::markup::html;
use leptos::prelude::*;
use protocol::Page;

/// The page.
#[component]
pub fn Path() -> impl IntoView {
    let page = Page::Path;
    html("path-page", format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary()))
}
