//! The door to an assignment: fetches what leads through one where the address names it, and tells it of every further page. Nothing else of it
//! is in the main piece.

use crate::{app::Site, components::later::once_in_place, pieces, state::assigned};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Watches the address.
#[component]
pub fn AssignmentDoor() -> impl IntoView {
    let site = use_context::<Site>();
    let location = use_location();
    Effect::new(move |_| {
        let (path, query) = (location.pathname.get(), location.search.get());
        let is_open = || document().document_element().is_some_and(|root| root.has_attribute("data-assignment"));
        let Some(site) = site.clone().filter(|_| assigned::is_in(&query) || is_open()) else { return };
        once_in_place(move || {
            leptos::task::spawn_local(async move {
                // Without the piece the lesson is an ordinary one.
                let _ = pieces::assignment(site, path, query).await;
            });
        });
    });
}
