//! “Audit my machine”: one button for every claim that can be run, and a report that can be sent; and such a report that a link has brought.

use super::claim::progress_words;
use crate::{
    app::Route,
    audit::{
        auditor::{Auditor, End, Scope, Thoroughness, Work},
        hands::Hands,
        report::MachineReport,
        report_words::{report_html, sum},
        words::Whose,
    },
    components::{copy::CopyButton, save_file::SaveText},
    labs::LinkRoot,
    markup::{Html, dynamic, escaped},
    state::{
        address::{self, IN_BROWSER},
        permalink::Permalink,
    },
};
use course::AuditArchive;
use leptos::{ev, prelude::*};
use protocol::Page;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The report that the address brings, or why it cannot be shown.
pub(super) fn sent(ledger: &Arc<AuditArchive>) -> AnyView {
    let (ledger, fragment) = (Arc::clone(ledger), RwSignal::new(address::fragment()));
    if IN_BROWSER {
        // A link pasted into the same tab loads nothing anew. Other fragments are places on the page, which leave the report as it is.
        let listener = window_event_listener(ev::hashchange, move |_| {
            let now = address::fragment();
            if Permalink::state_in(&now).is_some() {
                fragment.set(now);
            }
        });
        on_cleanup(move || listener.remove());
    }
    let drawn = Signal::derive(move || fragment.with(|fragment| sent_html(fragment, &ledger)));
    view! { <Html class="sent-report" html=drawn/> }.into_any()
}

fn sent_html(fragment: &str, ledger: &AuditArchive) -> String {
    match MachineReport::of_fragment(fragment) {
        Ok(None) => String::new(),
        Err(error) => format!("<p class=\"link-note\" role=\"status\">{}</p>", escaped(&error.to_string())),
        Ok(Some(report)) => {
            let judged = report.judged(ledger);
            format!(
                "<section class=\"machine-report\" aria-labelledby=\"sent-title\"><h2 id=\"sent-title\">A report that was sent</h2>\
                 <p>A link brought these figures. The verdicts are computed from them by the rules of this ledger.</p>{}</section>",
                report_html(&report, ledger, Whose::Theirs, &judged)
            )
        }
    }
}

/// The button, how far the audit is, and the report.
pub(super) fn machine(hands: Hands) -> AnyView {
    let plan = hands.auditor.with_untracked(|auditor| (auditor.runnable().len(), auditor.plan(&Scope::Machine).len()));
    let thorough = RwSignal::new(Thoroughness::Quick);
    let work = Memo::new(move |_| hands.auditor.with(|auditor| At::of(auditor.work())));
    let press = move |_| match work.get_untracked() {
        At::Running => hands.cancel(),
        _ => hands.start(Scope::Machine, thorough.get_untracked()),
    };
    let label = dynamic(move || if work.get() == At::Running { "Stop the audit" } else { "Audit my machine" });
    let action = dynamic(move || if work.get() == At::Running { "cancel-audit" } else { "audit-machine" });
    let choose = move |event: ev::Event| {
        let is_checked =
            event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()).is_some_and(|one| one.checked());
        thorough.set(if is_checked { Thoroughness::Full } else { Thoroughness::Quick });
    };
    let status = Signal::derive(move || match work.get() {
        At::Running => progress_words(hands),
        At::Stopped => "Stopped. What was measured before stands at its claims.".to_owned(),
        At::Elsewhere | At::Idle | At::Done => String::new(),
    });
    let progress =
        Signal::derive(move || hands.auditor.with(|auditor| auditor.running().map_or(0.0, |running| running.done as f64)));
    let of = Signal::derive(move || {
        hands.auditor.with(|auditor| auditor.running().map_or(1.0, |running| running.of as f64)).to_string()
    });
    let said = Memo::new(move |_| match work.get() {
        At::Running => "The audit goes on.".to_owned(),
        At::Stopped => "The audit was stopped.".to_owned(),
        At::Done => hands.auditor.with_untracked(|auditor| format!("The audit is done. {}", sum(&auditor.rows()))),
        At::Elsewhere | At::Idle => String::new(),
    });
    // One claim that is run again changes its row, and claims that were run one by one make a report, too.
    let is_complete = Memo::new(move |_| hands.auditor.with(Auditor::is_complete));
    let (claims, runs) = plan;
    view! {
        <section class="machine-audit needs-scripts" aria-labelledby="machine-title" data-state=dynamic(move || work.get().slug())>
            <h2 id="machine-title">"Audit my machine"</h2>
            <p>{format!("{claims} claims have a rule that a measurement decides. This runs them all, one after another: {runs} runs of some seconds each, in workers of this page. Nothing leaves your device.")}</p>
            <div class="row">
                <button type="button" class="primary" data-action=action disabled=dynamic(move || work.get() == At::Elsewhere) on:click=press>{label}</button>
                <label class="check">
                    <input type="checkbox" name="thorough" on:change=choose/>
                    "Five fresh workers a run: five times as long, and safer intervals"
                </label>
            </div>
            <p class="run-words">
                <progress max=of prop:value=progress hidden=dynamic(move || work.get() != At::Running) aria-label="Progress of the audit"></progress>
                <span>{status}</span>
            </p>
            <p class="visually-hidden" role="status">{said}</p>
            {dynamic(move || is_complete.get().then(|| report(hands)))}
        </section>
    }
    .into_any()
}

/// Where the audit of the machine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Idle,
    Running,
    /// A single claim is being run.
    Elsewhere,
    Done,
    Stopped,
}

impl At {
    const fn of(work: &Work) -> Self {
        match work {
            Work::Idle | Work::Ended(Scope::Claim(_), _) => Self::Idle,
            Work::Running(running) => match running.scope {
                Scope::Machine => Self::Running,
                Scope::Claim(_) => Self::Elsewhere,
            },
            Work::Ended(Scope::Machine, End::Done) => Self::Done,
            Work::Ended(Scope::Machine, End::Cancelled) => Self::Stopped,
        }
    }

    /// `data-state`.
    const fn slug(self) -> &'static str {
        match self {
            Self::Idle | Self::Elsewhere => "idle",
            Self::Running => "sampling",
            Self::Done => "done",
            Self::Stopped => "cancelled",
        }
    }
}

/// The report, and the ways to send it.
fn report(hands: Hands) -> AnyView {
    let drawn = Signal::derive(move || {
        hands.auditor.with(|auditor| {
            let report = hands.report()?;
            Some(report_html(&report, auditor.ledger(), Whose::Ours, &auditor.rows()))
        })
    });
    let drawn = Signal::derive(move || drawn.get().unwrap_or_default());
    let root = LinkRoot::of(Route::Page(Page::Audit));
    let link = move |()| Some(root.link(&hands.report()?.to_link()));
    let enabled = Signal::stored(true);
    view! {
        <section class="machine-report" aria-labelledby="report-title">
            <h3 id="report-title">"The report of this machine"</h3>
            <Html class="report-rows" html=drawn/>
            <div class="row report-actions">
                <CopyButton label="Copy a link to this report" name="copy-report-link" text=link enabled/>
                <CopyButton label="Copy as JSON" name="copy-report-json" text=move |()| hands.report_json() enabled/>
                <SaveText label="Save as JSON" name="save-report" file="ferroscope-audit.json" kind="application/json" text=move |()| hands.report_json()/>
                <button type="button" class="quiet" data-action="print-report" on:click=move |_| print()>"Print"</button>
            </div>
        </section>
    }
    .into_any()
}

fn print() {
    // A frame may not; there is nothing else to do about it.
    let _ = window().print();
}
