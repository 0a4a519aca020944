//! A small ledger and made-up results, for tests.

use course::{Audit, AuditArchive, Band, Claim, Evidence, Expect, Measure, Rule, Sample, Source, Verdict};
use protocol::{EnvironmentJson, LabInput, RatioJson, ResultJson, RowJson};
use std::sync::Arc;

/// Two claims with a rule that share a run, one with a sample that is refused, one that is pending.
pub fn ledger() -> Arc<AuditArchive> {
    let band = |below, verdict| Band { below, verdict };
    let rule = |inputs: &[&str], bands, mixed| Rule {
        lab: "latency-budget".to_owned(),
        inputs: inputs.iter().map(|payload| vec![("payload".to_owned(), (*payload).to_owned())]).collect(),
        measure: Measure::Ratio { of: "rkyv-validated".into(), to: "serde-json".into(), phase: "whole".into() },
        bands,
        mixed,
        words: "Less than <half>.".to_owned(),
    };
    let claims = vec![
        Claim {
            evidence: vec![Evidence::Run(rule(
                &["log", "mesh"],
                vec![band(Some(0.5), Verdict::Holds), band(None, Verdict::Wrong)],
                Some(Verdict::HoldsWithALimit),
            ))],
            ..claim("fast", "data", Verdict::Holds)
        },
        Claim {
            evidence: vec![Evidence::Run(rule(
                &["log"],
                vec![band(Some(1.0), Verdict::Wrong), band(None, Verdict::Holds)],
                None,
            ))],
            ..claim("idle", "data", Verdict::Wrong)
        },
        Claim {
            evidence: vec![Evidence::Sample(Sample {
                path: "lessons/memory/arenas/fail/x.rs".to_owned(),
                expect: Expect::Refused("error[E0658]: <unstable>".to_owned()),
                shows: "It is refused.".to_owned(),
            })],
            sources: vec![Source { title: "A & B".into(), url: "https://example.org/".into(), date: "2026-01-02".into() }],
            ..claim("stable", "memory", Verdict::Wrong)
        },
        Claim { evidence: vec![Evidence::Planned("A lab.".to_owned())], ..claim("later", "cloud", Verdict::Pending) },
    ];
    Arc::new(AuditArchive::of(&Audit { claims }).unwrap())
}

fn claim(id: &str, pillar: &str, verdict: Verdict) -> Claim {
    Claim {
        id: id.to_owned(),
        claim: format!("The claim {id} <is> so."),
        why: "It matters.".to_owned(),
        pillar: pillar.to_owned(),
        verdict,
        finding: "It was found.".to_owned(),
        evidence: Vec::new(),
        sources: Vec::new(),
    }
}

/// A result of an input in which rkyv takes so much of JSON's time.
pub fn result(input: LabInput, (median, low, high): (f64, f64, f64)) -> ResultJson {
    let row = |name: &str| RowJson {
        name: name.to_owned(),
        phase: "whole".to_owned(),
        unit: "ns".to_owned(),
        median: 1.0,
        low: 1.0,
        high: 1.0,
        mad: 0.0,
        n: 9,
        cold: None,
        steady: true,
    };
    ResultJson {
        lab: input.lab().slug().to_owned(),
        build: "00".to_owned(),
        seed: "1".to_owned(),
        input: input.pairs(),
        workers: 1,
        environment: EnvironmentJson {
            user_agent: "x".to_owned(),
            isolated: false,
            clock_step_ns: 1e5,
            empty_loop_ns: 0.0,
            rustc: "1.95".to_owned(),
            crates: Vec::new(),
        },
        rows: vec![row("serde-json"), row("rkyv-validated")],
        ratios: vec![RatioJson {
            of: "rkyv-validated".to_owned(),
            to: "serde-json".to_owned(),
            phase: "whole".to_owned(),
            ratio: median,
            low,
            high,
        }],
        facts: Vec::new(),
        samples: std::collections::BTreeMap::default(),
        notes: Vec::new(),
    }
}
