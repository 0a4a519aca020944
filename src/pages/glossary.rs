//! The glossary.

use crate::markup::html;
use leptos::prelude::*;
use protocol::Page;

/// The page.
#[component]
pub fn Glossary() -> impl IntoView {
    let page = Page::Glossary;
    html("glossary-page", format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary()))
}
