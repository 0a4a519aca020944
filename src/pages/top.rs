//! The pages at the top of the site, each fetched on need.

use super::{guide::Guide, not_found::NotFound, set_title};
use crate::{
    components::{later::turn, lazy::lazy},
    pieces,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::Page;

/// The page that the address names.
#[component]
pub fn TopPage() -> impl IntoView {
    let params = use_params_map();
    move || {
        let page = params.with(|params| params.get("page")).and_then(|slug| Page::from_slug(&slug));
        let Some(page) = page else { return NotFound().into_any() };
        set_title(page.title());
        lazy(move || async move {
            turn().await;
            pieces::guide(Guide::Page(page)).await
        })
    }
}
