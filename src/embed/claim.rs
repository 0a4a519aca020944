//! A claim of the audit in somebody else's page: the claim, its verdict, the finding, a way to the whole row, and Run where a measurement
//! decides. The embed contract holds for it as far as it applies: it has no presets and no state.

use super::{
    frame::look,
    host::{self, FrameMessage},
    message::HostMessage,
    onward::note,
    open_full::{Outward, open_full},
    orders::{self, Going, Hindrance, Refusal, Stands},
    query::{EmbedQuery, Start},
    turns::{Embedded, take_turns},
};
use crate::{
    app::{Route, href, manifest},
    audit::{
        auditor::{Auditor, End, Scope, Thoroughness, Work},
        hands::Hands,
        words::{self, Stand},
    },
    engine::Run,
    markup::{dynamic, escaped, html},
    pages::audit::{ClaimView, with_ledger},
    state::{address, permalink::Permalink},
};
use course::AuditArchive;
use leptos::prelude::*;
use protocol::{Page, RunId};
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
    talk(id, hands, ignored, query.start);
    Effect::new({
        let query = query.clone();
        move |_| look(query.theme, query.scale, query.motion)
    });
    // A damaged state is one that asks for nothing.
    let state = Permalink::of_fragment(&address::fragment()).unwrap_or_default();
    let note = note(&query.wrong_of_claim(), &state.keys().map(str::to_owned).collect::<Vec<_>>());
    let note = (!note.is_empty()).then(|| html("link-note", note));
    let outward = Outward::new();
    let claim = &ledger.claims[index];
    let head = format!("{}<h1>{}</h1>", words::above(claim, Stand::Frame), escaped(&claim.claim));
    view! {
        <main class="claim" data-embed=format!("claim-{id}") data-claim=id.to_owned() data-ui=query.ui.slug() data-run=query.start.slug()
            data-ignored=dynamic(move || ignored.get().to_string()) on:click=move |event| outward.pressed(&event)>
            {note}
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

/// A claim in a frame, as the host's orders reach it.
#[derive(Clone, Copy)]
struct FramedClaim {
    hands: Hands,
    scope: StoredValue<Scope>,
    hindrance: Hindrance,
}

/// Listens to the host and tells it what happens; `ignored` counts what was no order.
fn talk(id: &str, hands: Hands, ignored: RwSignal<u32>, starts: Start) {
    let (name, scope) = (format!("claim-{id}"), Scope::Claim(id.to_owned()));
    let hindrance = hands.auditor.with_untracked(|auditor| hindrance(auditor, &scope, starts));
    let claim = FramedClaim { hands, scope: StoredValue::new(scope), hindrance };
    take_turns(claim, ignored);
    Effect::new(move |_| {
        let build = manifest().map(|manifest| manifest.build_text().to_owned()).unwrap_or_default();
        host::post(&FrameMessage::Ready { lab: &name, build: &build });
        if starts == Start::Auto {
            untrack(|| claim.start());
        }
        host::report_height();
    });
}

/// What stands in the way of a host's orders: most claims no measurement decides.
fn hindrance(auditor: &Auditor, scope: &Scope, starts: Start) -> Hindrance {
    let runs =
        if starts == Start::Off { Some(Refusal::RunOff) } else { (!auditor.can_run(scope)).then_some(Refusal::NothingToRun) };
    Hindrance { all: None, runs }
}

impl Embedded for FramedClaim {
    /// A claim has no presets.
    fn makes_sense(self, order: &HostMessage) -> bool {
        !matches!(order, HostMessage::Set { preset: Some(_), .. })
    }

    fn hindrance(self) -> Hindrance {
        self.hindrance
    }

    fn reset(self) {
        self.hands.cancel();
    }

    fn choose(self, _preset: String) {}

    fn going(self) -> Going {
        // A claim has but one thing to run.
        if self.hands.auditor.with_untracked(|auditor| auditor.running().is_some()) { Going::Same } else { Going::Nothing }
    }

    fn start(self) {
        self.hands.start(self.scope.get_value(), Thoroughness::Quick);
    }

    fn stop(self) {
        self.hands.cancel();
    }

    /// A claim has no state: the empty one answers.
    fn state(self) -> String {
        String::new()
    }

    fn result(self) -> Option<String> {
        self.hands.report_json()
    }

    fn stands(self) -> Stands {
        let last = self.hands.runner.run().with_untracked(|run| run.as_ref().map(Run::id));
        self.hands.auditor.with(|auditor| self.scope.with_value(|scope| stands(auditor.work(), scope, last)))
    }
}

/// How the claim's runs stand; `last` is the last one of them.
fn stands(work: &Work, scope: &Scope, last: Option<RunId>) -> Stands {
    match work {
        Work::Running(running) if running.scope == *scope => Stands::Going,
        Work::Ended(ended, end) if ended == scope => {
            let end = match end {
                End::Done => orders::End::Done,
                End::Cancelled => orders::End::Cancelled,
            };
            Stands::Ended(last, end)
        }
        _ => Stands::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use course::Audit;

    #[test]
    fn a_claim_that_no_measurement_decides_says_so_to_whoever_has_it_run() {
        let ledger = AuditArchive::of(&Audit { claims: Vec::new() }).unwrap();
        let (auditor, scope) = (Auditor::of(Arc::new(ledger)), Scope::Claim("stable".to_owned()));
        let runs = |starts| hindrance(&auditor, &scope, starts).runs;
        assert_eq!([Start::Click, Start::Auto].map(runs), [Some(Refusal::NothingToRun); 2]);
        assert_eq!(runs(Start::Off), Some(Refusal::RunOff));
    }

    #[test]
    fn a_claim_s_runs_stand_as_its_own_work_does() {
        let [own, other] = ["fast", "idle"].map(|id| Scope::Claim(id.to_owned()));
        let of = |work: &Work| stands(work, &own, Some(RunId(3)));
        assert_eq!(of(&Work::Idle), Stands::Nothing);
        assert_eq!(of(&Work::Ended(other, End::Done)), Stands::Nothing);
        assert_eq!(of(&Work::Ended(own.clone(), End::Done)), Stands::Ended(Some(RunId(3)), orders::End::Done));
        assert_eq!(of(&Work::Ended(own.clone(), End::Cancelled)), Stands::Ended(Some(RunId(3)), orders::End::Cancelled));
    }
}
