//! When requests arrive: a Poisson process, or bursts that arrive as one. Its luck is a stream of its own, drawn the same for every design
//! and every rate: a higher rate is the same stream, faster.

use fastrand::Rng;

/// How requests come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pattern {
    /// A Poisson process: gaps are exponential, and no arrival knows of another.
    OneByOne,
    /// Bursts come as a Poisson process, each of a geometric number of requests, at the same instant.
    Bursts {
        /// How many requests a burst has on average; at least 1.
        mean: f64,
    },
}

/// An endless stream of arrival times.
#[derive(Clone, Debug)]
pub struct Arrivals {
    pattern: Pattern,
    /// Mean time from one arrival, or one burst, to the next.
    gap: f64,
    rng: Rng,
    now: f64,
    /// How many of the present burst are still to come.
    left: u32,
}

impl Arrivals {
    /// Arrivals at `rate` requests per unit of time, above 0; `seed` fixes them.
    #[must_use]
    pub fn new(pattern: Pattern, rate: f64, seed: u64) -> Self {
        let mean = match pattern {
            Pattern::OneByOne => 1.0,
            Pattern::Bursts { mean } => mean.max(1.0),
        };
        Self { pattern, gap: mean / rate, rng: Rng::with_seed(seed), now: 0.0, left: 0 }
    }

    /// When the next request arrives; never before the one before it.
    pub fn draw(&mut self) -> f64 {
        if self.left == 0 {
            self.now += self.gap * exponential(&mut self.rng);
            self.left = match self.pattern {
                Pattern::OneByOne => 1,
                Pattern::Bursts { mean } => geometric(&mut self.rng, mean.max(1.0)),
            };
        }
        self.left -= 1;
        self.now
    }
}

/// An exponential draw of mean 1.
fn exponential(rng: &mut Rng) -> f64 {
    // 1 − u lies in (0, 1], so the logarithm is finite.
    -(1.0 - rng.f64()).ln()
}

/// How many tries until the first success, each succeeding with probability 1 / `mean`: 1, 2, 3 …
fn geometric(rng: &mut Rng, mean: f64) -> u32 {
    if mean <= 1.0 {
        return 1;
    }
    let tries = ((1.0 - rng.f64()).ln() / (1.0 - 1.0 / mean).ln()).floor();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and at most 37 times the mean")]
    let tries = tries as u32;
    tries.saturating_add(1)
}
