//! What the reader has done, to look at, take along and reset.

use crate::markup::html;
use leptos::prelude::*;
use protocol::Page;

/// The page.
#[component]
pub fn Progress() -> impl IntoView {
    let page = Page::Progress;
    html("progress-page", format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary()))
}
