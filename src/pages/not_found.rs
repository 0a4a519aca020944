//! What stands where nothing is.

use super::set_title;
use crate::app::{Route, href};
use leptos::prelude::*;

/// The page.
#[component]
pub fn NotFound() -> impl IntoView {
    set_title("Not found");
    view! {
        <h1>"There is nothing at this address"</h1>
        <p>"The link may be old or mistyped. "<a href=href(&Route::Home)>"Go to the start"</a>", where every lesson and lab is listed."</p>
    }
}
