//! The questions that find out where to begin.

use crate::markup::html;
use leptos::prelude::*;
use protocol::Page;

/// The page.
#[component]
pub fn Start() -> impl IntoView {
    let page = Page::Start;
    html("start-page", format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary()))
}
