//! A claim: what is said of it, its evidence, and, where it has a rule, the run that judges it here.

use super::filters::Shown;
use crate::{
    app::{Route, manifest},
    audit::{
        auditor::{End, Scope, Thoroughness, Work},
        hands::Hands,
        words::{self, Stand, Whose},
    },
    components::{copy::CopyField, run_panel},
    embed::{
        choice::SiteAddress,
        snippet::{HostScript, claim_snippet},
    },
    markup::{Html, dynamic, escaped, html},
};
use course::{ArchivedClaim, AuditArchive, Verdict};
use leptos::prelude::*;
use std::sync::Arc;

/// A claim of the list, hidden while the filter leaves it out.
pub(super) fn in_list(ledger: &Arc<AuditArchive>, index: usize, hands: Hands, shown: Shown) -> AnyView {
    let Some(claim) = ledger.claims.get(index) else { return ().into_any() };
    let (id, pillar) = (claim.id.as_str().to_owned(), claim.pillar.as_str().to_owned());
    let verdict = Verdict::from(claim.verdict);
    let heading = format!("{}<h3><a href=\"#{id}\">{}</a></h3>", words::above(claim, Stand::Page), escaped(&claim.claim));
    let hidden = {
        let (id, pillar) = (id.clone(), pillar.clone());
        dynamic(move || shown.hides(&id, &pillar, verdict))
    };
    view! {
        <article class="claim" id=id.clone() data-claim=id data-pillar=pillar data-verdict=verdict.slug() hidden=hidden>
            {html("claim-head", heading)}
            <ClaimView ledger=Arc::clone(ledger) index hands stand=Stand::Page/>
            {embed_this(claim)}
        </article>
    }
    .into_any()
}

/// What a claim's heading is followed by, on the page and in a frame.
#[component]
pub fn ClaimView(
    /// The ledger.
    ledger: Arc<AuditArchive>,
    /// Which claim, by its place in the ledger.
    index: usize,
    /// What runs it.
    hands: Hands,
    /// Where it stands.
    stand: Stand,
) -> impl IntoView {
    let claim = ledger.claims.get(index)?;
    let id = claim.id.as_str().to_owned();
    let is_runnable = hands.auditor.with_untracked(|auditor| auditor.runnable().iter().any(|one| one.id == id));
    let run = is_runnable.then(|| run_here(hands, id, stand));
    let drawn = view! {
        {html("claim-words", words::finding(claim))}
        {html("claim-evidence", words::evidence(claim, stand))}
        {run}
    };
    Some(drawn.into_any())
}

/// “Run it here”, how far the runs are, and what this machine says.
fn run_here(hands: Hands, id: String, stand: Stand) -> AnyView {
    let scope = Scope::Claim(id.clone());
    let state = {
        let (id, scope) = (id.clone(), scope.clone());
        Memo::new(move |_| hands.auditor.with(|auditor| state_of(auditor.work(), &scope, auditor.judged(&id).is_some())))
    };
    let is_busy = Memo::new(move |_| hands.auditor.with(|auditor| auditor.running().is_some()));
    let press = {
        let scope = scope.clone();
        move |_| match state.get_untracked() {
            ClaimState::Running => hands.cancel(),
            _ => hands.start(scope.clone(), Thoroughness::Quick),
        }
    };
    let label = dynamic(move || match state.get() {
        ClaimState::Running => "Stop",
        ClaimState::Judged => "Run it again",
        ClaimState::Idle | ClaimState::Stopped => "Run it here",
    });
    let action = dynamic(move || if state.get() == ClaimState::Running { "cancel" } else { "run" });
    let status = Signal::derive(move || if state.get() == ClaimState::Running { progress_words(hands) } else { String::new() });
    let result = {
        let id = id.clone();
        Signal::derive(move || {
            hands
                .auditor
                .with(|auditor| {
                    let (judged, rule) = (auditor.judged(&id)?, auditor.ledger().claim(&id)?.rule()?);
                    Some(stand.of(words::judged_html(rule, &judged, Whose::Ours)))
                })
                .unwrap_or_default()
        })
    };
    // Said once, and only of what was asked for here.
    let said = Memo::new(move |_| {
        hands.auditor.with(|auditor| match auditor.work() {
            Work::Running(running) if running.scope == scope => "The run goes on.".to_owned(),
            Work::Ended(ended, End::Cancelled) if *ended == scope => "The run was stopped.".to_owned(),
            Work::Ended(ended, End::Done) if *ended == scope => {
                auditor.judged(&id).map(|judged| words::verdict_sentence(&judged, Whose::Ours)).unwrap_or_default()
            }
            _ => String::new(),
        })
    });
    view! {
        <div class="claim-run needs-scripts" data-state=dynamic(move || state.get().slug())>
            <div class="row">
                <button type="button" data-action=action disabled=dynamic(move || is_busy.get() && state.get() != ClaimState::Running) on:click=press>{label}</button>
                <span class="run-words">{status}</span>
            </div>
            <Html class="claim-result" html=result/>
            <p class="visually-hidden" role="status">{said}</p>
        </div>
    }
    .into_any()
}

/// Where a claim stands: a hook for tests and hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimState {
    /// Not run.
    Idle,
    /// Its own runs go on.
    Running,
    /// This machine has said something.
    Judged,
    /// Stopped before it could.
    Stopped,
}

impl ClaimState {
    /// `data-state`.
    const fn slug(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "sampling",
            Self::Judged => "done",
            Self::Stopped => "cancelled",
        }
    }
}

fn state_of(work: &Work, scope: &Scope, is_judged: bool) -> ClaimState {
    match work {
        Work::Running(running) if running.scope == *scope => ClaimState::Running,
        _ if is_judged => ClaimState::Judged,
        Work::Ended(ended, End::Cancelled) if ended == scope => ClaimState::Stopped,
        _ => ClaimState::Idle,
    }
}

/// Which run goes on, and what it does.
pub(super) fn progress_words(hands: Hands) -> String {
    let doing = hands.runner.run().with(|run| run.as_ref().map(run_panel::describe)).unwrap_or_default();
    hands.auditor.with(|auditor| {
        let Some(running) = auditor.running() else { return String::new() };
        let lab = running.current.lab().title();
        let input = crate::audit::figure::input_words(running.current);
        format!("Run {} of {}: {lab}, {input}. {doing}", running.done + 1, running.of)
    })
}

/// What to paste; made only when it is asked for: there are many claims.
fn embed_this(claim: &ArchivedClaim) -> AnyView {
    let (id, words) = (claim.id.as_str().to_owned(), claim.claim.as_str().to_owned());
    let opened = RwSignal::new(false);
    let field = dynamic(move || {
        opened.get().then(|| {
            let text = Signal::stored(claim_snippet(&site_known(), &id, &words, HostScript::With));
            view! { <CopyField label="What to paste where the claim shall stand" name="claim-snippet" text rows=4/> }.into_any()
        })
    });
    view! {
        <details class="claim-embed needs-scripts" on:toggle=move |_| opened.set(true)>
            <summary>"Embed this claim"</summary>
            {field}
        </details>
    }
    .into_any()
}

/// Where readers know the site.
fn site_known() -> SiteAddress {
    let root = manifest().map(|manifest| manifest.public_address(&Route::Home)).unwrap_or_default();
    SiteAddress::parse(&root).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_s_state_is_its_own_runs() {
        let (own, other) = (Scope::Claim("a".to_owned()), Scope::Claim("b".to_owned()));
        assert_eq!(state_of(&Work::Idle, &own, false), ClaimState::Idle);
        assert_eq!(state_of(&Work::Ended(other.clone(), End::Cancelled), &own, false), ClaimState::Idle);
        assert_eq!(state_of(&Work::Ended(own.clone(), End::Cancelled), &own, false), ClaimState::Stopped);
        assert_eq!(state_of(&Work::Ended(Scope::Machine, End::Done), &own, true), ClaimState::Judged);
    }
}
