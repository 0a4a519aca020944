//! The ledger: every claim of the roadmap, its verdict, and what the verdict rests on. It reads fully without scripts; with them claims can be
//! filtered and run.

mod claim;
mod filters;
mod machine;

pub use claim::ClaimView;

use crate::{
    app::manifest,
    audit::{hands::Hands, words},
    components::{
        chrome::scroll_to_fragment,
        later::{later, once_in_place},
    },
    engine::Manifest,
    labs::recordings,
    markup::{escaped, html},
    state::{documents, lessons::LessonError},
};
use course::AuditArchive;
use leptos::prelude::*;
use protocol::{LabId, Page};
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
pub fn with_ledger(draw: impl Fn(Arc<AuditArchive>) -> AnyView + Clone + Send + 'static) -> AnyView {
    if let Some(ledger) = manifest().and_then(|manifest| documents::at_hand::<AuditArchive>(&manifest)) {
        return draw(Arc::new(ledger));
    }
    let (found, set_found) = signal(None::<Result<Arc<AuditArchive>, String>>);
    Effect::new(move |_| {
        let manifest = manifest();
        leptos::task::spawn_local(async move {
            let ledger = fetch(manifest.as_deref()).await;
            let _ = set_found.try_set(Some(ledger.map(Arc::new).map_err(|error| error.to_string())));
        });
    });
    (move || match &*found.read() {
        None => html("loading", "<p role=\"status\">Fetching the ledger.</p>".to_owned()),
        Some(Err(error)) => {
            html("failed-audit", format!("<h1>The ledger cannot be shown</h1><p class=\"failure\">{}</p>", escaped(error)))
        }
        Some(Ok(ledger)) => draw(Arc::clone(ledger)),
    })
    .into_any()
}

async fn fetch(manifest: Option<&Manifest>) -> Result<AuditArchive, LessonError> {
    let manifest = manifest.ok_or_else(|| LessonError::Fetch("this page carries no manifest".to_owned()))?;
    let ledger: AuditArchive = documents::get(manifest).await?;
    for lab in LabId::ALL {
        if ledger.claims.iter().any(|claim| claim.rule().is_some_and(|rule| rule.lab.as_str() == lab.slug())) {
            recordings::fetch(manifest, lab).await;
        }
    }
    Ok(ledger)
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
