//! For a class: assignments, sheets to hand in, results side by side.

use crate::markup::html;
use leptos::prelude::*;
use protocol::Page;

/// The page.
#[component]
pub fn Class() -> impl IntoView {
    let page = Page::Class;
    html("class-page", format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary()))
}
