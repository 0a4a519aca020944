//! A claim of the audit in somebody else's page: the claim, its verdict, the finding, a way to the whole row, and Run where a measurement
//! decides. The embed contract holds for it as far as it applies: it has no presets and no state.

use super::{
    frame::look,
    host::{self, FrameMessage, Host},
    message::{HostMessage, Id},
    open_full::{Outward, open_full},
    orders::{Begins, Going, Orders, Refusal},
    query::{EmbedQuery, Start},
    talk::refuse,
};
use crate::{
    app::{Route, href, manifest},
    audit::{
        auditor::{End, Scope, Thoroughness, Work},
        hands::Hands,
        words::{self, Stand},
    },
    markup::{dynamic, escaped, html},
    pages::audit::{ClaimView, with_ledger},
    state::{address, settings::show_theme},
};
use course::AuditArchive;
use leptos::prelude::*;
use protocol::Page;
use std::sync::Arc;

/// A claim in a frame.
#[component]
pub fn ClaimFrame(
    /// Its id.
    id: String,
) -> impl IntoView {
    with_ledger(move |ledger| draw(&id, &ledger))
}

fn draw(id: &str, ledger: &Arc<AuditArchive>) -> AnyView {
    let row = format!("{}#{id}", href(&Route::Page(Page::Audit)));
    let Some(index) = ledger.claims.iter().position(|claim| claim.id.as_str() == id) else {
        let words = format!("<h1>There is no such claim</h1><p>The ledger of this build has no claim “{}”.</p>", escaped(id));
        return view! { <main data-embed=format!("claim-{id}")>{html("claim-head", words)}</main> }.into_any();
    };
    let query = EmbedQuery::of(&address::query());
    let hands = Hands::new(Arc::clone(ledger));
    let ignored = RwSignal::new(0_u32);
    talk(id, hands, ignored, query.clone());
    Effect::new({
        let query = query.clone();
        move |_| look(query.theme, query.scale, query.motion)
    });
    let outward = Outward::new();
    let claim = &ledger.claims[index];
    let head = format!("{}<h1>{}</h1>", words::above(claim, Stand::Frame), escaped(&claim.claim));
    view! {
        <main class="claim" data-embed=format!("claim-{id}") data-claim=id.to_owned() data-ui=query.ui.slug() data-run=query.start.slug()
            data-ignored=dynamic(move || ignored.get().to_string()) on:click=move |event| outward.pressed(&event)>
            {html("claim-head", head)}
            <ClaimView ledger=Arc::clone(ledger) index hands stand=Stand::Frame/>
            <div class="embed-foot">
                {open_full("The whole row in the audit", Signal::stored(row), &Route::Page(Page::Audit))}
                {html("embed-mark", "The roadmap, audited · Ferroscope".to_owned())}
            </div>
            {outward.refused()}
        </main>
    }
    .into_any()
}

/// Listens to the host and tells it what happens.
fn talk(id: &str, hands: Hands, ignored: RwSignal<u32>, query: EmbedQuery) {
    let name = format!("claim-{id}");
    let scope = Scope::Claim(id.to_owned());
    let orders = StoredValue::new(Orders::default());
    let stands = {
        let scope = scope.clone();
        Memo::new(move |_| {
            hands.auditor.with(|auditor| match auditor.work() {
                Work::Ended(ended, end) if *ended == scope => Stands::Ended(*end),
                Work::Running(running) if running.scope == scope => Stands::Running,
                _ => Stands::Idle,
            })
        })
    };
    let start = {
        let scope = scope.clone();
        move || hands.start(scope.clone(), Thoroughness::Quick)
    };
    Effect::new(move |_| {
        let (run, query_start) = (start.clone(), query.start);
        let host = Host::listen(move |message| match message {
            Err(_) | Ok(HostMessage::Set { preset: Some(_), .. }) => ignored.update(|count| *count = count.saturating_add(1)),
            Ok(HostMessage::Set { theme, scale, preset: None }) => {
                if let Some(theme) = theme {
                    show_theme(theme);
                }
                if let Some(scale) = scale {
                    host::set_scale(scale);
                }
            }
            Ok(HostMessage::Run(id)) if query_start == Start::Off => refuse([(Refusal::RunOff, id)]),
            Ok(HostMessage::Run(id)) => {
                let going = if stands.get_untracked() == Stands::Running { Going::Same } else { Going::Nothing };
                let begun = orders.try_update_value(|orders| (orders.run(id), orders.begin(going, address::now_ms())));
                let Some((waited, (begins, before))) = begun else { return };
                refuse(waited.into_iter().chain(before));
                if begins == Begins::Run {
                    run();
                }
            }
            Ok(HostMessage::Cancel | HostMessage::Reset) => {
                refuse(orders.try_update_value(Orders::cancel).unwrap_or_default());
                hands.cancel();
            }
            // A claim has no state: the empty one answers.
            Ok(HostMessage::GetState(id)) => host::post(&FrameMessage::State { hash: "", id }),
            Ok(HostMessage::GetResult(id)) => tell_result(hands, id),
        });
        on_cleanup(move || drop(host));
        let build = manifest().map(|manifest| manifest.build_text().to_owned()).unwrap_or_default();
        host::post(&FrameMessage::Ready { lab: &name, build: &build });
        if query_start == Start::Auto {
            untrack(&start);
        }
        host::report_height();
    });
    Effect::new(move |_| {
        let Stands::Ended(end) = stands.get() else { return };
        match (end, orders.try_update_value(Orders::ended).flatten()) {
            (End::Done, order) => tell_result(hands, order.flatten()),
            (End::Cancelled, Some(id)) => refuse([(Refusal::Cancelled, id)]),
            (End::Cancelled, None) => {}
        }
    });
}

/// How the claim's runs stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    Idle,
    Running,
    Ended(End),
}

fn tell_result(hands: Hands, id: Id) {
    match hands.report_json() {
        Some(json) => host::post(&FrameMessage::Result { json: &json, id }),
        None => host::post(&FrameMessage::Error { code: "no-result", message: "nothing has been run here yet", id }),
    }
}
