//! The ledger: every claim of the roadmap, its verdict, and what the verdict rests on.

use crate::markup::html;
use leptos::prelude::*;
use protocol::Page;

/// The page.
#[component]
pub fn Audit() -> impl IntoView {
    let page = Page::Audit;
    html("audit-page", format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary()))
}
