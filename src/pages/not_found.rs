//! What stands where nothing is.

use super::set_title;
use crate::{
    app::{Route, href},
    markup::html,
};
use leptos::prelude::*;

/// The page.
#[component]
pub fn NotFound() -> impl IntoView {
    set_title("Not found");
    let home = href(&Route::Home);
    html(
        "not-found",
        format!(
            "<h1>There is nothing at this address</h1><p>The link may be old or mistyped. <a href=\"{home}\">Go to the start</a>, where every \
             lesson and lab is listed.</p>"
        ),
    )
}
