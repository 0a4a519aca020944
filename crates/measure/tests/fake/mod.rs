//! A fake clock with a step, and a fake machine that moves it: noise, drift and outliers on demand. It must never read the real time.

#![allow(dead_code, reason = "each test file uses a part of it")]

use measure::{Clock, Contender, EmptyLoop, Outcome, Plan, Progress};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use units::Nanos;

/// 5 µs: Chromium, isolated. 0.1 ms: Chromium. 1 ms: Firefox and Safari.
pub const STEPS: [f64; 3] = [5e3, 1e5, 1e6];

/// How a machine disturbs what runs on it. One figure a sample is drawn: noise does not average out within a batch.
#[derive(Clone, Copy)]
pub struct Weather {
    /// Standard deviation of the logarithm of a sample's time.
    pub noise: f64,
    /// How far the speed wanders from its mean, up and down, over `period`.
    pub drift: f64,
    /// How long one such wave lasts, in nanoseconds.
    pub period: f64,
    /// The share of samples that take 3 to 10 times as long.
    pub outliers: f64,
}

/// Noise of 1.5 %, a drift of ±1 % over 3 s, and 3 % of all samples 3 to 10 times too long.
pub const REALISTIC: Weather = Weather { noise: 0.015, drift: 0.01, period: 3e9, outliers: 0.03 };

/// No disturbance at all.
pub const CALM: Weather = Weather { noise: 0.0, drift: 0.0, period: 1e9, outliers: 0.0 };

/// A machine with a clock.
pub struct Machine {
    time: Cell<f64>,
    step: f64,
    weather: Weather,
    phase: f64,
    rng: RefCell<fastrand::Rng>,
}

/// Reading the clock takes so many nanoseconds.
const READING: f64 = 200.0;

impl Clock for Machine {
    fn now(&self) -> Nanos {
        self.time.set(self.time.get() + READING);
        Nanos((self.time.get() / self.step).floor() * self.step)
    }
}

impl Machine {
    /// A machine whose clock makes steps of `step` nanoseconds.
    pub fn new(step: f64, weather: Weather, seed: u64) -> Rc<Self> {
        let mut rng = fastrand::Rng::with_seed(seed);
        let (time, phase) = (rng.f64() * 1e9, rng.f64());
        Rc::new(Self { time: Cell::new(time), step, weather, phase, rng: RefCell::new(rng) })
    }

    /// The true time, without the clock's step.
    pub fn time(&self) -> f64 {
        self.time.get()
    }

    /// Lets `nanos` pass, as the weather has it.
    pub fn work(&self, nanos: f64) {
        let mut rng = self.rng.borrow_mut();
        let noise = (self.weather.noise * normal(&mut rng)).exp();
        let spike = if rng.f64() < self.weather.outliers { 3.0 + 7.0 * rng.f64() } else { 1.0 };
        self.time.set(self.time.get() + nanos * self.drift(self.time.get()) * noise * spike);
    }

    fn drift(&self, time: f64) -> f64 {
        1.0 + self.weather.drift * (std::f64::consts::TAU * (time / self.weather.period + self.phase)).sin()
    }

    /// A contender of which one operation takes `nanos` on a quiet machine.
    pub fn contender(self: &Rc<Self>, id: usize, nanos: f64) -> Contender<usize> {
        let machine = Rc::clone(self);
        Contender::phased(id, 1, u32::MAX, move |operations, laps| {
            machine.work(nanos * f64::from(operations));
            laps.lap();
            u64::from(operations)
        })
    }

    /// The median of the process between two times, as a multiple of what an operation takes on a quiet machine: half of all samples that could have been
    /// taken, at evenly spread times, are shorter. Outliers take at least 3 times as long, so they are all longer.
    pub fn true_median(&self, from: f64, to: f64) -> f64 {
        if self.weather.noise == 0.0 {
            return 1.0;
        }
        let speeds: Vec<f64> = (0..48).map(|i| self.drift(from + (to - from) * (f64::from(i) + 0.5) / 48.0)).collect();
        let below = |x: f64| {
            let share = speeds.iter().map(|speed| normal_cdf((x / speed).ln() / self.weather.noise)).sum::<f64>();
            share / speeds.len() as f64 * (1.0 - self.weather.outliers)
        };
        let (mut low, mut high) = (0.5, 2.0);
        for _ in 0..30 {
            let middle = f64::midpoint(low, high);
            if below(middle) < 0.5 { low = middle } else { high = middle }
        }
        low
    }
}

/// Measures contenders of so many nanoseconds in a run of `seconds`; the outcome and the true multiple, as [`Machine::true_median`] has it.
pub fn measured(step: f64, weather: Weather, nanos: &[f64], seconds: f64, seed: u64) -> (Outcome<usize>, f64) {
    let machine = Machine::new(step, weather, seed);
    let mut contenders: Vec<_> = nanos.iter().enumerate().map(|(id, nanos)| machine.contender(id, *nanos)).collect();
    let mut began = 0.0;
    let outcome = measure::run(&mut contenders, &plan(seed, seconds), &*machine, &mut |progress| {
        if matches!(progress, Progress::WarmingUp { .. }) {
            began = machine.time();
        }
    });
    (outcome, machine.true_median(began, machine.time()))
}

/// A quick plan without the empty loop, which a fake clock does not see.
pub fn plan(seed: u64, seconds: f64) -> Plan {
    Plan { empty_loop: EmptyLoop::Skipped, ..Plan::quick(seed, Nanos(seconds * 1e9)) }
}

/// A normally distributed number (Box and Muller 1958).
pub fn normal(rng: &mut fastrand::Rng) -> f64 {
    (-2.0 * (1.0 - rng.f64()).ln()).sqrt() * (std::f64::consts::TAU * rng.f64()).cos()
}

/// The normal distribution's cumulative function, to 7.5e-8 (Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.17).
fn normal_cdf(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let series = ((((1.330_274_429 * t - 1.821_255_978) * t + 1.781_477_937) * t - 0.356_563_782) * t + 0.319_381_53) * t;
    let upper = series * (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    if z >= 0.0 { 1.0 - upper } else { upper }
}
