//! The budget under load: what the page asks of the worker's simulation, and what it is told. It must never hold a figure whose unit is
//! not said: times are nanoseconds, rates are requests a second.

use crate::{Contender, Seed};
use serde::{Deserialize, Serialize};

/// A service under load, and what a reader wants to know of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoadQuestion {
    /// What every request passes through, in order.
    pub stages: Vec<LoadStage>,
    /// The designs, which differ in what [`LoadStage::Read`] takes.
    pub designs: Vec<LoadDesign>,
    /// How many cores there are, 1 to [`LoadQuestion::MAX_CORES`].
    pub cores: u16,
    /// How requests come.
    pub arriving: Arriving,
    /// How many requests a second the reader asks about.
    pub rate: f64,
    /// How long 99 of 100 requests may take at most: nanoseconds.
    pub deadline: f64,
    /// What fixes arrivals and luck.
    pub seed: Seed,
}

impl LoadQuestion {
    /// The most cores that are simulated.
    pub const MAX_CORES: u16 = 256;
}

/// A stage of a request.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum LoadStage {
    /// So many nanoseconds without a core.
    Wait(f64),
    /// So many nanoseconds on a core.
    Work(f64),
    /// The payload is read, on a core, for one of the design's samples.
    Read,
}

/// A way to read the payload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoadDesign {
    /// Which.
    pub contender: Contender,
    /// How long reading took, sample by sample: nanoseconds.
    pub reading: Vec<f64>,
}

/// How requests come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Arriving {
    /// One by one, each independent of all others.
    #[default]
    Poisson,
    /// In bursts: several at once, then a pause.
    Bursts,
}

impl Arriving {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Poisson, Self::Bursts];

    /// How many requests a burst has on average.
    pub const BURST: f64 = 8.0;

    /// The name in links.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Poisson => "poisson",
            Self::Bursts => "bursts",
        }
    }

    /// The pattern whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arriving| arriving.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Poisson => "one by one (Poisson)",
            Self::Bursts => "in bursts of 8 on average",
        }
    }
}

/// Every design under the same load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoadAnswer {
    /// In the question's order.
    pub designs: Vec<DesignUnderLoad>,
}

/// What becomes of a design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DesignUnderLoad {
    /// Which.
    pub contender: Contender,
    /// One request alone, with the median reading: nanoseconds.
    pub alone: f64,
    /// The rate at which the cores have nothing left to give: requests a second.
    pub capacity: f64,
    /// Latency against rate, from an almost idle system to an almost full one.
    pub curve: Vec<Point>,
    /// Where rate over p99 is greatest.
    pub knee: Option<Point>,
    /// At the rate asked for; none where the queue has no steady state that a simulation could reach.
    pub at_rate: Option<Point>,
    /// The highest rate whose p99 keeps the deadline: requests a second; none if no rate does.
    pub sustained: Option<f64>,
    /// How many cores the rate asked for needs.
    pub cores_needed: CoresNeeded,
}

/// Latencies at one rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Requests a second.
    pub rate: f64,
    /// How much of the cores' time is used, 0 to 1.
    pub busy: f64,
    /// Half of all requests take at most this: nanoseconds, as all that follow.
    pub p50: f64,
    /// Nine of ten.
    pub p90: f64,
    /// 99 of a hundred.
    pub p99: f64,
    /// 999 of a thousand.
    pub p999: f64,
    /// The 95 % interval of the p99, by batch means.
    pub p99_between: (f64, f64),
}

/// How many cores keep the deadline at the rate asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoresNeeded {
    /// So many are the fewest.
    Exactly(u16),
    /// More than so many.
    MoreThan(u16),
    /// No number: a request alone, or a burst's last one, takes too long already.
    NoneWillDo,
}
