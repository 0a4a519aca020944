//! The budget under load: what becomes of one request's latency when many arrive, by a discrete-event simulation.
//!
//! Reading times are what a run of the latency budget measured; arrivals, the queue and the other stages are a model. It must never time
//! anything, and the same question always has the same answer: all that is random follows from the question's seed.
//!
//! The model: requests arrive, pass the stages one after another, and each stage that works needs one of `cores` cores, which are given
//! first come, first served and kept until the stage ends. A stage that waits occupies nobody.

use protocol::{
    Seed,
    load::{Arriving, CoresNeeded, DesignUnderLoad, LoadAnswer, LoadDesign, LoadQuestion, LoadStage, Point},
};
use queueing::{Arrivals, Pattern, Step, System, Tail, between_batches, merged, quantile};

/// How many requests stand behind the figures at the reader's rate; the first tenth, which met an emptier system, is left out of them.
pub const REQUESTS: u32 = 40_000;

/// How many stand behind a point of a curve, and behind each try of a search: half of that does for a p99, and the answer comes sooner.
pub const CURVE_REQUESTS: u32 = 20_000;

/// Where a curve has points: shares of the design's capacity, closer together where it bends.
pub const BUSY: [f64; 12] = [0.05, 0.2, 0.35, 0.5, 0.6, 0.7, 0.77, 0.83, 0.88, 0.92, 0.95, 0.97];

/// Beyond this share of the capacity no steady state is looked for: it would take more requests than are simulated to reach it.
pub const BUSIEST: f64 = 0.98;

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no design, or a design without samples.
    #[error("there are no measured samples to simulate with: press Run first")]
    NoSamples,
    /// A time, rate or deadline that is none.
    #[error("a time, a rate or the deadline is not a positive number")]
    NotPositive,
    /// More than a simulation should be asked for.
    #[error(
        "at most {MAX_DESIGNS} designs, {MAX_STAGES} stages, {MAX_SAMPLES} samples a design and 1 to {} cores",
        LoadQuestion::MAX_CORES
    )]
    TooMuch,
}

const MAX_DESIGNS: usize = 16;
const MAX_STAGES: usize = 16;
const MAX_SAMPLES: usize = 200_000;

/// Simulates every design of the question with the same arrivals and the same luck, so that they differ by their reading alone.
///
/// # Errors
/// [`Refused`], with a sentence for the reader.
pub fn answer(question: &LoadQuestion) -> Result<LoadAnswer, Refused> {
    check(question)?;
    Ok(LoadAnswer { designs: question.designs.iter().map(|design| Simulated::new(question, design).answer()).collect() })
}

fn check(question: &LoadQuestion) -> Result<(), Refused> {
    let LoadQuestion { stages, designs, cores, rate, deadline, .. } = question;
    if designs.is_empty() || designs.iter().any(|design| design.reading.is_empty()) {
        return Err(Refused::NoSamples);
    }
    if designs.len() > MAX_DESIGNS
        || stages.len() > MAX_STAGES
        || designs.iter().any(|design| design.reading.len() > MAX_SAMPLES)
        || !(1..=LoadQuestion::MAX_CORES).contains(cores)
    {
        return Err(Refused::TooMuch);
    }
    let is_time = |time: &f64| time.is_finite() && *time >= 0.0;
    let are_times = stages.iter().all(|stage| match stage {
        LoadStage::Wait(time) | LoadStage::Work(time) => is_time(time),
        LoadStage::Read => true,
    });
    let mut samples = designs.iter().flat_map(|design| &design.reading);
    let works = designs.iter().all(|design| mean_work(stages, &design.reading) > 0.0);
    let is_positive = |value: f64| value.is_finite() && value > 0.0;
    if are_times && samples.all(is_time) && works && is_positive(*rate) && is_positive(*deadline) {
        Ok(())
    } else {
        Err(Refused::NotPositive)
    }
}

/// How long a request keeps a core busy, on average: nanoseconds.
fn mean_work(stages: &[LoadStage], reading: &[f64]) -> f64 {
    let read = reading.iter().sum::<f64>() / reading.len() as f64;
    let work = stages.iter().map(|stage| match stage {
        LoadStage::Wait(_) => 0.0,
        LoadStage::Work(time) => *time,
        LoadStage::Read => read,
    });
    work.sum()
}

/// One design, ready to be put under load.
struct Simulated<'a> {
    question: &'a LoadQuestion,
    design: &'a LoadDesign,
    /// Ascending: the same draw then means the same luck in every design.
    reading: Vec<f64>,
    /// Mean core time of a request, nanoseconds.
    work: f64,
}

impl<'a> Simulated<'a> {
    fn new(question: &'a LoadQuestion, design: &'a LoadDesign) -> Self {
        let mut reading = design.reading.clone();
        reading.sort_by(f64::total_cmp);
        let work = mean_work(&question.stages, &reading);
        Self { question, design, reading, work }
    }

    fn answer(&self) -> DesignUnderLoad {
        let cores = self.question.cores;
        let capacity = self.capacity(cores);
        let curve: Vec<Point> = BUSY.iter().map(|busy| self.point(busy * capacity, cores, CURVE_REQUESTS)).collect();
        let rate = self.question.rate;
        DesignUnderLoad {
            contender: self.design.contender,
            alone: self.alone(),
            capacity,
            knee: knee(&curve),
            curve,
            at_rate: (rate <= BUSIEST * capacity).then(|| self.point(rate, cores, REQUESTS)),
            sustained: self.sustained(cores),
            cores_needed: self.cores_needed(),
        }
    }

    /// The rate, requests a second, at which `cores` cores have nothing left to give.
    fn capacity(&self, cores: u16) -> f64 {
        f64::from(cores) * 1e9 / self.work
    }

    /// One request alone, with the median reading: nanoseconds.
    fn alone(&self) -> f64 {
        let read = Tail::of(self.reading.clone()).quantile(0.5);
        let stages = self.question.stages.iter().map(|stage| match stage {
            LoadStage::Wait(time) | LoadStage::Work(time) => *time,
            LoadStage::Read => read,
        });
        stages.sum()
    }

    /// Every request's latency at `rate` requests a second, in order of arrival, those of the warm-up left out.
    fn latencies(&self, rate: f64, cores: u16, requests: u32) -> Vec<f64> {
        let system = System::new(self.steps(), cores);
        let Seed(seed) = self.question.seed;
        let mut arrivals = Arrivals::new(pattern(self.question.arriving), rate / 1e9, seed);
        system.run(&mut arrivals, seed, requests).split_off(requests as usize / 10)
    }

    fn steps(&self) -> Vec<Step<'_>> {
        let step = |stage: &LoadStage| match stage {
            LoadStage::Wait(time) => Step::Wait(*time),
            LoadStage::Work(time) => Step::Work { fixed: *time, drawn: &[] },
            LoadStage::Read => Step::Work { fixed: 0.0, drawn: &self.reading },
        };
        merged(self.question.stages.iter().map(step))
    }

    fn point(&self, rate: f64, cores: u16, requests: u32) -> Point {
        let latencies = self.latencies(rate, cores, requests);
        let p99_between = between_batches(&latencies, 0.99);
        let tail = Tail::of(latencies);
        let [p50, p90, p99, p999] = [0.5, 0.9, 0.99, 0.999].map(|share| tail.quantile(share));
        Point { rate, busy: rate / self.capacity(cores), p50, p90, p99, p999, p99_between }
    }

    fn p99(&self, rate: f64, cores: u16) -> f64 {
        quantile(&mut self.latencies(rate, cores, CURVE_REQUESTS), 0.99)
    }

    /// The highest rate whose p99 is within the deadline, to a 256th of the capacity; none if even an all but idle system misses it.
    fn sustained(&self, cores: u16) -> Option<f64> {
        let (mut low, mut high) = (0.0, BUSIEST * self.capacity(cores));
        let holds = |rate| self.p99(rate, cores) <= self.question.deadline;
        if !holds(high / 256.0) {
            return None;
        }
        if holds(high) {
            return Some(high);
        }
        for _ in 0..8 {
            let middle = f64::midpoint(low, high);
            if holds(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(low).filter(|rate| *rate > 0.0)
    }

    /// The fewest cores with which the question's rate stays within its deadline.
    fn cores_needed(&self) -> CoresNeeded {
        let rate = self.question.rate;
        let holds = |cores: u16| rate <= BUSIEST * self.capacity(cores) && self.p99(rate, cores) <= self.question.deadline;
        let (mut too_few, mut enough) = (0, LoadQuestion::MAX_CORES);
        if !holds(enough) {
            let fits = rate <= BUSIEST * self.capacity(enough);
            return if fits { CoresNeeded::NoneWillDo } else { CoresNeeded::MoreThan(enough) };
        }
        while enough - too_few > 1 {
            let middle = u16::midpoint(too_few, enough);
            if holds(middle) {
                enough = middle;
            } else {
                too_few = middle;
            }
        }
        CoresNeeded::Exactly(enough)
    }
}

/// The point where rate over p99 is greatest: before it more load costs little, beyond it each further request costs more delay than it
/// brings. (Kleinrock's power, with the p99 in the mean's place: G. Rubino, “On Kleinrock's power metric for queueing systems”, ICCCN 2011.)
#[must_use]
pub fn knee(curve: &[Point]) -> Option<Point> {
    curve.iter().copied().max_by(|a, b| (a.rate / a.p99).total_cmp(&(b.rate / b.p99)))
}

fn pattern(arriving: Arriving) -> Pattern {
    match arriving {
        Arriving::Poisson => Pattern::OneByOne,
        Arriving::Bursts => Pattern::Bursts { mean: Arriving::BURST },
    }
}

#[cfg(test)]
mod tests;
