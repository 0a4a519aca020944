//! The ledger: every claim of the roadmap, its verdict, and what the verdict rests on. It reads fully without scripts; with them claims can be
//! filtered and run.

mod claim;
mod filters;
mod machine;

pub use claim::ClaimView;

use super::{awaited::awaited, guide::Guide};
use crate::{
    audit::{hands::Hands, words},
    components::{
        chrome::scroll_to_fragment,
        later::{later, once_in_place},
    },
    markup::html,
    state::documents,
};
use course::AuditArchive;
use leptos::prelude::*;
use protocol::Page;
use std::sync::Arc;

/// How many claims are drawn in one turn.
const AT_ONCE: usize = 4;

/// The page.
#[component]
pub fn Audit() -> impl IntoView {
    with_ledger(|ledger| {
        // What stood in the prerendered page may be filtered away, and the claim that is meant stands elsewhere then.
        once_in_place(scroll_to_fragment);
        draw(&ledger)
    })
}

/// Draws something of the ledger: at once where it is in memory, else when it has come, with the recorded runs that its rules are judged by.
pub fn with_ledger(draw: impl Fn(Arc<AuditArchive>) -> AnyView + Send + Sync + 'static) -> AnyView {
    awaited(Guide::Page(Page::Audit), move |manifest| Some(draw(Arc::new(documents::at_hand(manifest)?))))
}

fn draw(ledger: &Arc<AuditArchive>) -> AnyView {
    let hands = Hands::new(Arc::clone(ledger));
    let page = Page::Audit;
    let head = format!(
        "<h1>{}</h1><p class=\"lead\">{}</p><p class=\"audit-summary\">{}</p>",
        page.title(),
        page.summary(),
        words::summary(ledger)
    );
    let filter = filters::of_address();
    let claims = (0..ledger.claims.len()).step_by(AT_ONCE).map(|start| {
        let ledger = Arc::clone(ledger);
        later(move || {
            let some = start..ledger.claims.len().min(start + AT_ONCE);
            some.map(|index| claim::in_list(&ledger, index, hands, filter)).collect::<Vec<_>>().into_any()
        })
    });
    let claims: Vec<AnyView> = claims.collect();
    view! {
        <div class="audit-page">
            {html("audit-head", head)}
            {machine::sent(ledger)}
            {machine::machine(hands)}
            <section class="audit-claims" aria-labelledby="claims-title">
                <h2 id="claims-title">"The claims"</h2>
                {filters::controls(ledger, filter)}
                {claims}
            </section>
        </div>
    }
    .into_any()
}
