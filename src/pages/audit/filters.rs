//! The controls that choose which claims are shown. What is chosen is the page's query, so that back and forward lead through it.

use crate::{
    app::Route,
    audit::filter::Filter,
    components::controls::{Alternative, Choice},
    markup::dynamic,
    state::address::{self, IN_BROWSER},
};
use course::{AuditArchive, Verdict};
use leptos::{ev, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use protocol::{Page, Pillar};
use std::sync::Arc;

/// What is shown, and the claim that the address names, which is shown whatever is filtered.
#[derive(Clone, Copy)]
pub struct Shown {
    filter: Memo<Filter>,
    target: RwSignal<String>,
}

impl Shown {
    /// Whether a claim is hidden now.
    pub fn hides(self, id: &str, pillar: &str, verdict: Verdict) -> bool {
        !self.filter.get().shows(pillar, verdict) && self.target.with(|target| target != id)
    }
}

/// What the address asks for, now and whenever it changes.
pub fn of_address() -> Shown {
    let location = use_location();
    let filter = Memo::new(move |_| Filter::of_query(&location.search.get()));
    let now = || address::fragment().trim_start_matches('#').to_owned();
    let target = RwSignal::new(now());
    if IN_BROWSER {
        let listener = window_event_listener(ev::hashchange, move |_| target.set(now()));
        on_cleanup(move || listener.remove());
    }
    Effect::new(move |_| {
        location.hash.with(|_| ());
        target.set(now());
    });
    Shown { filter, target }
}

/// Two selects, a way back to everything, and how many claims are shown, said once a change.
pub fn controls(ledger: &Arc<AuditArchive>, shown: Shown) -> AnyView {
    let navigate = use_navigate();
    let go = Callback::new(move |filter: Filter| {
        let address = format!("{}{}", Route::Page(Page::Audit).path(), filter.to_query());
        navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let now = move || shown.filter.get_untracked();
    let all = |label: &str| Alternative { value: String::new(), label: label.to_owned() };
    let pillars = Pillar::ALL.map(|pillar| Alternative { value: pillar.slug().to_owned(), label: pillar.title().to_owned() });
    let verdicts =
        Verdict::ALL.map(|verdict| Alternative { value: verdict.slug().to_owned(), label: verdict.label().to_owned() });
    let pillars: Vec<Alternative> = std::iter::once(all("every pillar")).chain(pillars).collect();
    let verdicts: Vec<Alternative> = std::iter::once(all("every verdict")).chain(verdicts).collect();
    let pillar = Signal::derive(move || shown.filter.get().pillar.map(Pillar::slug).unwrap_or_default().to_owned());
    let verdict = Signal::derive(move || shown.filter.get().verdict.map(Verdict::slug).unwrap_or_default().to_owned());
    let of_claims = Arc::clone(ledger);
    let words = Memo::new(move |_| {
        let filter = shown.filter.get();
        let count = of_claims.claims.iter().filter(|claim| filter.shows(&claim.pillar, claim.verdict.into())).count();
        filter.words(count, of_claims.claims.len())
    });
    let is_all = Memo::new(move |_| shown.filter.get() == Filter::default());
    view! {
        <div class="audit-filter needs-scripts">
            <div class="toolbar">
                <Choice label="Pillar" name="pillar" options=Signal::stored(pillars) value=pillar
                    on_choose=move |slug: String| go.run(Filter { pillar: Pillar::from_slug(&slug), ..now() })/>
                <Choice label="Verdict" name="verdict" options=Signal::stored(verdicts) value=verdict
                    on_choose=move |slug: String| go.run(Filter { verdict: Verdict::from_slug(&slug), ..now() })/>
            </div>
            <p class="row">
                <span role="status" data-shown="">{words}</span>
                <button type="button" class="quiet" data-action="show-all" disabled=dynamic(move || is_all.get())
                    on:click=move |_| go.run(Filter::default())>"Show all"</button>
            </p>
        </div>
    }
    .into_any()
}
