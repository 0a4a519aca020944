//! The simulation against what queueing theory knows exactly, and against what must hold whatever the numbers.

use proptest::prelude::*;
use queueing::{Arrivals, Pattern, Step, System, Tail};

/// Enough for means within one per cent at the loads below.
const MANY: u32 = 4_000_000;

/// An exponential distribution of mean 1 as a table of quantiles: its mean and square mean are right to a few hundred-thousandths.
fn exponential() -> Vec<f64> {
    let count = 200_000;
    (0..count).map(|index| -(1.0 - (f64::from(index) + 0.5) / f64::from(count)).ln()).collect()
}

fn run(steps: Vec<Step<'_>>, cores: u16, pattern: Pattern, rate: f64) -> Vec<f64> {
    let mut arrivals = Arrivals::new(pattern, rate, 7);
    System::new(steps, cores).run(&mut arrivals, 7, MANY).split_off(MANY as usize / 10)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn within(found: f64, expected: f64, share: f64, what: &str) {
    let off = (found / expected - 1.0).abs();
    assert!(off <= share, "{what}: {found} for {expected}, off by {:.2} %", 100.0 * off);
}

#[test]
fn m_m_1_s_mean_and_percentiles_are_those_of_the_formulas() {
    let service = exponential();
    for rate in [0.3, 0.5, 0.7, 0.8] {
        let latencies = run(vec![Step::Work { fixed: 0.0, drawn: &service }], 1, Pattern::OneByOne, rate);
        // The time in an M/M/1 system is exponential, of mean 1 / (1 − ρ).
        let expected = 1.0 / (1.0 - rate);
        within(mean(&latencies), expected, 0.02, &format!("mean at {rate}"));
        let tail = Tail::of(latencies);
        for share in [0.5, 0.99] {
            within(tail.quantile(share), -(1.0_f64 - share).ln() * expected, 0.02, &format!("{share} at {rate}"));
        }
        within(tail.quantile(0.999), -(0.001_f64).ln() * expected, 0.04, &format!("p99.9 at {rate}"));
    }
}

#[test]
fn m_d_1_s_mean_wait_is_half_of_m_m_1_s() {
    for rate in [0.3, 0.5, 0.7, 0.9] {
        let latencies = run(vec![Step::Work { fixed: 1.0, drawn: &[] }], 1, Pattern::OneByOne, rate);
        within(mean(&latencies) - 1.0, rate / (2.0 * (1.0 - rate)), 0.02, &format!("mean wait at {rate}"));
        let idle = latencies.iter().filter(|latency| **latency < 1.0 + 1e-9).count();
        within(idle as f64 / latencies.len() as f64, 1.0 - rate, 0.02, &format!("who need not wait at {rate}"));
    }
}

#[test]
fn m_g_1_follows_pollaczek_and_khinchine() {
    // Nine in ten take 0.5, one in ten takes 5.5: mean 1, square mean 3.25.
    let service: Vec<f64> = (0..10).map(|index| if index < 9 { 0.5 } else { 5.5 }).collect();
    for rate in [0.4, 0.7] {
        let latencies = run(vec![Step::Work { fixed: 0.0, drawn: &service }], 1, Pattern::OneByOne, rate);
        within(mean(&latencies) - 1.0, rate * 3.25 / (2.0 * (1.0 - rate)), 0.02, &format!("mean wait at {rate}"));
    }
}

#[test]
fn m_m_k_follows_erlang() {
    let service = exponential();
    for (cores, busy) in [(2_u16, 0.6), (4, 0.8), (16, 0.9)] {
        let offered = f64::from(cores) * busy;
        // Erlang's C by the usual recursion over his B.
        let blocked = (1..=cores).fold(1.0, |b, k| offered * b / (f64::from(k) + offered * b));
        let queued = blocked / (1.0 - busy * (1.0 - blocked));
        let wait = queued / (f64::from(cores) - offered);
        let latencies = run(vec![Step::Work { fixed: 0.0, drawn: &service }], cores, Pattern::OneByOne, offered);
        within(mean(&latencies), 1.0 + wait, 0.02, &format!("{cores} cores"));
    }
}

#[test]
fn bursts_wait_for_each_other_as_the_formula_says() {
    // M^X/D/1 with geometric bursts of mean b: E[X²] = 2b² − b. (Gross and others, “Fundamentals of Queueing Theory”, bulk input.)
    let (burst, rate) = (8.0, 0.5);
    let latencies = run(vec![Step::Work { fixed: 1.0, drawn: &[] }], 1, Pattern::Bursts { mean: burst }, rate);
    let within_burst = (2.0 * burst * burst - 2.0 * burst) / (2.0 * burst * (1.0 - rate));
    within(mean(&latencies) - 1.0, rate / (2.0 * (1.0 - rate)) + within_burst, 0.02, "mean wait");
}

#[test]
fn who_waits_holds_no_core() {
    let busy = run(vec![Step::Work { fixed: 1.0, drawn: &[] }], 1, Pattern::OneByOne, 0.8);
    let later = run(vec![Step::Wait(50.0), Step::Work { fixed: 1.0, drawn: &[] }], 1, Pattern::OneByOne, 0.8);
    // A wait that all share shifts every latency, and nothing else: fifty requests' worth of work fits into it on one core.
    assert!(busy.iter().zip(&later).all(|(plain, waited)| (waited - plain - 50.0).abs() < 1e-6));
    // Work, a wait, work again: the core is free meanwhile, so two cores' worth of waiting still runs on one core.
    let parted = run(
        vec![Step::Work { fixed: 0.5, drawn: &[] }, Step::Wait(50.0), Step::Work { fixed: 0.5, drawn: &[] }],
        1,
        Pattern::OneByOne,
        0.8,
    );
    assert!(mean(&parted) > 51.0 && mean(&parted) < 51.0 + 4.0, "{}", mean(&parted));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nobody_is_lost_or_served_faster_than_alone(
        waits in proptest::collection::vec((any::<bool>(), 0.0..20.0_f64), 1..5),
        cores in 1..5_u16, rate in 0.01..3.0_f64, bursts in any::<bool>(), seed in any::<u64>(),
    ) {
        let samples = [0.5, 1.0, 4.0];
        let steps = waits.iter().map(|(waits, time)| if *waits { Step::Wait(*time) } else { Step::Work { fixed: *time, drawn: &samples } });
        let steps: Vec<_> = steps.collect();
        let least: f64 = waits.iter().map(|(waits, time)| if *waits { *time } else { time + 0.5 }).sum();
        let pattern = if bursts { Pattern::Bursts { mean: 8.0 } } else { Pattern::OneByOne };
        let latencies = System::new(steps, cores).run(&mut Arrivals::new(pattern, rate, seed), seed, 500);
        prop_assert_eq!(latencies.len(), 500);
        prop_assert!(latencies.iter().all(|latency| *latency >= least - 1e-6), "{:?} < {}", latencies, least);
    }
}
