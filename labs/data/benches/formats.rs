//! The serialization lab natively: the same contenders, sampling and statistics as in a browser, `cargo bench -p data`.
//!
//! It runs every payload at its middle size, reading every field; or the inputs that stand on the command line, each as links name them:
//! `cargo bench -p data -- payload=log,size=full payload=mesh,operation=write`. Given what a browser exported (“Copy result (JSON)” saved as
//! a file), `FERROSCOPE_EXPORT=file.json cargo bench -p data` runs that result's input with its seed and prints Wasm over native.
#![allow(clippy::print_stdout, reason = "it is a command")]

use counting::Counting;
use protocol::{Contender, LabId, LabInput, Payload, Phase, Report, ResultJson, Seed, SerializationInput};
use std::alloc::System;
use std::error::Error;
use units::Nanos;
use worker::native::Native;

/// As in the worker's bundle.
#[global_allocator]
static ALLOCATOR: Counting<System> = Counting::on_demand(System);

/// How long one input is sampled.
const BUDGET: Nanos = Nanos(2e9);

fn main() -> Result<(), Box<dyn Error>> {
    let native = Native::new(|input, seed| data::prepare(input, seed).map_err(|error| error.to_string()), data::CRATES);
    if let Some(path) = std::env::var_os("FERROSCOPE_EXPORT") {
        let exported = ResultJson::of_json(&std::fs::read_to_string(path)?)?;
        let pairs = exported.input.iter().map(|(name, value)| (&**name, &**value));
        let lab =
            LabId::from_slug(&exported.lab).filter(|lab| *lab == LabId::Serialization).ok_or("the export is of another lab")?;
        let input = LabInput::of_pairs(lab, pairs)?;
        let report = native.report(input, Seed(exported.seed.parse()?), BUDGET, 1)?;
        print(&report, Some(&exported));
        return Ok(());
    }
    for input in inputs()? {
        print(&native.report(input, Seed::default(), BUDGET, 1)?, None);
    }
    Ok(())
}

/// Those on the command line; without any, every payload. Cargo adds `--bench`.
fn inputs() -> Result<Vec<LabInput>, protocol::NoSuchInput> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if asked.is_empty() {
        let input = |payload| LabInput::Serialization(SerializationInput { payload, ..SerializationInput::default() });
        return Ok(Payload::ALL.map(input).into());
    }
    asked.iter().map(|text| LabInput::of_text(LabId::Serialization, text)).collect()
}

fn print(report: &Report, exported: Option<&ResultJson>) {
    println!("\n{}; {}; {}", report.input.to_text(), report.environment.user_agent, report.environment.rustc);
    let mut ratios = Vec::new();
    for row in &report.rows {
        let as_fast = report.relative(row.contender, Phase::Whole).map_or(0.0, |ratio| 1.0 / ratio.median);
        let wasm = exported.and_then(|exported| exported.time(row.contender, Phase::Whole));
        let beside = wasm.map(|wasm| {
            let ratio = wasm.median / row.time.median;
            ratios.push(ratio);
            format!("  wasm {:>9}  wasm/native {ratio:.2}", Nanos(wasm.median).to_string())
        });
        let [wire, allocations] =
            [protocol::FactKind::WireBytes, protocol::FactKind::Allocations].map(|kind| fact(report, row.contender, kind));
        println!(
            "{:22} {:>9}  {as_fast:>8.2} x  {wire:>9} B  {allocations:>6} allocations{}",
            row.contender.label(),
            Nanos(row.time.median).to_string(),
            beside.unwrap_or_default()
        );
    }
    ratios.sort_by(f64::total_cmp);
    if let (Some(median), Some(most)) = (ratios.get(ratios.len() / 2), ratios.last()) {
        println!("wasm/native: median {median:.2}, most {most:.2}");
    }
    for note in &report.notes {
        println!("  {note}");
    }
}

fn fact(report: &Report, contender: Contender, kind: protocol::FactKind) -> String {
    report.fact(contender, kind).map_or_else(|| "–".to_owned(), |value| value.to_string())
}
