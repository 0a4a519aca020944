//! One kernel measured by criterion and by this crate, one after the other: prints the ratio of the two medians. `cargo bench -p measure`.
//! It must do nothing at length unless it is run as a bench.

use anyhow::Context;
use criterion::Criterion;
use measure::{Clock, Contender, Plan, run};
use std::time::{Duration, Instant};
use units::Nanos;

/// How long each of the two samples.
const SECONDS: u64 = 3;

/// The system's monotonic clock.
struct Monotonic(Instant);

impl Clock for Monotonic {
    fn now(&self) -> Nanos {
        Nanos(self.0.elapsed().as_secs_f64() * 1e9)
    }
}

/// The FNV-1a hash of 1 kB: a chain of multiplications, which takes the same time whatever surrounds it.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn by_criterion(kernel: impl Fn() -> u64) -> anyhow::Result<f64> {
    let folder = std::env::temp_dir().join(format!("measure-beside-criterion-{}", std::process::id()));
    let mut criterion = Criterion::default()
        .without_plots()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(SECONDS))
        .output_directory(&folder);
    criterion.bench_function("kernel", |bencher| bencher.iter(&kernel));
    let path = folder.join("kernel/new/estimates.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("criterion left no {}", path.display()))?;
    let estimates: serde_json::Value = serde_json::from_str(&text).context("criterion's estimates are not JSON")?;
    std::fs::remove_dir_all(&folder).context("criterion's folder could not be removed")?;
    estimates["median"]["point_estimate"].as_f64().context("criterion's estimates hold no median")
}

#[allow(clippy::print_stdout, reason = "a bench prints")]
fn main() -> anyhow::Result<()> {
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let bytes: Vec<u8> = (0..1000_u16).map(|i| (i % 251) as u8).collect();
    let kernel = move || hash(std::hint::black_box(&bytes));
    let mut contenders = [Contender::new((), kernel.clone())];
    let plan = Plan::quick(1, Nanos(SECONDS as f64 * 1e9));
    let outcome = run(&mut contenders, &plan, &Monotonic(Instant::now()), &mut |_| {});
    let criterion = by_criterion(kernel)?;
    let time = outcome.estimates().first().context("no samples")?.time;
    println!(
        "measure {} ({} to {}, {} rounds of {}, clock step {}, empty loop {}) over criterion {}: {:.4}",
        Nanos(time.median),
        Nanos(time.low),
        Nanos(time.high),
        outcome.rounds(),
        outcome.series[0].batch,
        outcome.clock_step,
        outcome.empty_loop,
        Nanos(criterion),
        time.median / criterion
    );
    Ok(())
}
