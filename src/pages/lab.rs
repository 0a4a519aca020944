//! A lab on its own page.

use super::{not_found::NotFound, set_title};
use crate::labs::{LabContext, LabView};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::LabId;

/// `/labs/<lab>/`
#[component]
pub fn LabPage() -> impl IntoView {
    let params = use_params_map();
    move || {
        let lab = params.with(|params| params.get("lab")).and_then(|slug| LabId::from_slug(&slug));
        lab.map_or_else(|| view! { <NotFound/> }.into_any(), |lab| page(lab).into_any())
    }
}

/// `/budget/`
#[component]
pub fn BudgetPage() -> impl IntoView {
    page(LabId::LatencyBudget)
}

fn page(lab: LabId) -> impl IntoView {
    set_title(lab.title());
    view! {
        <div class="lab-page">
            <p class="eyebrow">{lab.title()}</p>
            <h1>{lab.summary()}</h1>
            <LabView lab context=LabContext::Page/>
        </div>
    }
}
