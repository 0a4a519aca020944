//! What is said of claims: everything that the ledger holds, nothing unescaped, and no difference passed over.

use super::*;
use crate::audit::{
    auditor::{Auditor, Scope, Taken, Thoroughness},
    samples::{ledger, result},
};

#[test]
fn the_summary_counts_every_claim_once() {
    assert_eq!(summary(&ledger()), "4 claims: 1 holds; 2 wrong; 1 with evidence pending.");
}

#[test]
fn a_refused_sample_shows_what_rustc_says_and_sources_their_dates() {
    let ledger = ledger();
    let html = evidence(ledger.claim("stable").unwrap(), Stand::Page);
    assert!(html.contains("error[E0658]: &lt;unstable&gt;"), "{html}");
    assert!(html.contains("A &amp; B</a>, <time datetime=\"2026-01-02\">"), "{html}");
    assert!(evidence(ledger.claim("later").unwrap(), Stand::Frame).contains("Evidence pending: A lab."));
}

#[test]
fn a_frame_s_links_open_elsewhere_where_scripts_run_and_lead_on_where_none_do() {
    let ledger = ledger();
    for claim in ledger.claims.iter() {
        let html = format!("{}{}", above(claim, Stand::Frame), evidence(claim, Stand::Frame));
        let opened = elsewhere(&html);
        assert_eq!(opened.matches("<a ").count(), opened.matches("<a target=\"_blank\" ").count(), "{opened}");
        assert!(html.contains("<h2>") && !html.contains("target="), "a sandbox without scripts may refuse new tabs");
    }
    // Each of several.
    let two = elsewhere("<a href=\"x\"></a><a href=\"y\"></a>");
    assert_eq!(two.matches("<a target=\"_blank\" href=").count(), 2, "{two}");
}

#[test]
fn a_rule_is_told_with_every_band_and_every_input() {
    let ledger = ledger();
    let html = evidence(ledger.claim("fast").unwrap(), Stand::Page);
    for wanted in [
        "Less than &lt;half&gt;.",
        "the time of rkyv, validated divided by that of serde_json",
        "below 0.500: holds",
        "0.500 or more: wrong",
        "runs that come out differently: holds, with a limit",
    ] {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
}

#[test]
fn where_a_machine_differs_it_is_said_plainly() {
    for (figure, words, slug) in [
        ((2.0, 1.9, 2.1), "On this machine: holds. The ledger says otherwise: wrong.", "differs"),
        ((0.5, 0.4, 0.6), "On this machine: wrong. The ledger says the same.", "same"),
        ((1.0, 0.4, 1.6), "On this machine: it cannot tell. The ledger says: wrong.", "open"),
    ] {
        let ledger = ledger();
        let mut auditor = Auditor::of(ledger.clone());
        let run = auditor.start(Scope::Claim("idle".to_owned()), Thoroughness::Quick).unwrap();
        auditor.took(Taken::Result(Box::new(result(run.input, figure))));
        let judged = auditor.judged("idle").unwrap();
        let html = judged_html(ledger.claim("idle").unwrap().rule().unwrap(), &judged, Whose::Ours);
        assert!(html.contains(words) && html.contains(&format!("data-agreement=\"{slug}\"")), "{html}");
        assert!(html.contains("LIVE") && html.contains(&figure_words(judged.figures[0].1)), "{html}");
        assert!(judged_html(ledger.claim("idle").unwrap().rule().unwrap(), &judged, Whose::Theirs).contains("SENT"));
    }
}

#[test]
fn every_verdict_has_a_shape_of_its_own() {
    let mut shapes: Vec<String> = Verdict::ALL.map(shape).into();
    shapes.sort_unstable();
    shapes.dedup();
    assert_eq!(shapes.len(), Verdict::ALL.len());
}
