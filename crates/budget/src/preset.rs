//! The requests one can start from. Every modelled figure names its source and date; an assumption of ours says that it is one.

/// A request to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Preset {
    /// The roadmap's two pies: shares, not times.
    #[default]
    Roadmap2026,
    /// One service calling another in the same data centre.
    WebApi,
    /// A command arriving at a server that simulates in ticks.
    GameServer,
    /// A batch of log lines on its way to disk.
    LogPipeline,
}

impl Preset {
    /// Every preset, in the order menus show them.
    pub const ALL: [Self; 4] = [Self::Roadmap2026, Self::WebApi, Self::GameServer, Self::LogPipeline];

    /// The preset's name in links.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Roadmap2026 => "roadmap",
            Self::WebApi => "web-api",
            Self::GameServer => "game-server",
            Self::LogPipeline => "log-pipeline",
        }
    }

    /// The preset whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Roadmap2026 => "Roadmap 2026",
            Self::WebApi => "Web API",
            Self::GameServer => "Game server",
            Self::LogPipeline => "Log pipeline",
        }
    }

    /// What the axis says.
    #[must_use]
    pub const fn axis(self) -> Axis {
        match self {
            Self::Roadmap2026 => Axis::Parts,
            Self::WebApi | Self::GameServer | Self::LogPipeline => Axis::Time,
        }
    }

    /// Where JSON's slice comes from.
    #[must_use]
    pub const fn json_slice(self) -> Slice {
        match self {
            Self::Roadmap2026 => Slice::Calibrated(30.0),
            Self::WebApi | Self::GameServer | Self::LogPipeline => Slice::Measured,
        }
    }

    /// The stages that no format can touch.
    #[must_use]
    pub fn stages(self) -> Vec<Stage> {
        match self {
            Self::Roadmap2026 => vec![
                Stage::new(StageId::Network, Work::Waiting, 40.0, ROADMAP),
                Stage::new(StageId::Logic, Work::Cpu, 30.0, ROADMAP),
            ],
            Self::WebApi => vec![
                Stage::new(
                    StageId::Network,
                    Work::Waiting,
                    500e3,
                    Source {
                        text: "a round trip within one data centre, 500 µs: J. Dean, “Numbers everyone should know”, LADIS keynote",
                        date: "2009-10",
                    },
                ),
                Stage::new(
                    StageId::Database,
                    Work::Waiting,
                    150e3,
                    Source {
                        text: "a random 4 kB read from SSD, 150 µs: J. Bonér, “Latency numbers every programmer should know”",
                        date: "2012-05-31",
                    },
                ),
                Stage::new(StageId::Logic, Work::Cpu, 200e3, ASSUMED),
            ],
            Self::GameServer => vec![
                Stage::new(
                    StageId::TickWait,
                    Work::Waiting,
                    7.5e6,
                    Source {
                        text: "half of a 15 ms tick, the mean wait: Valve, “Source Multiplayer Networking”, default time step",
                        date: "page of 2021",
                    },
                ),
                Stage::new(StageId::Simulation, Work::Cpu, 5e6, ASSUMED),
            ],
            Self::LogPipeline => vec![
                Stage::new(
                    StageId::Network,
                    Work::Waiting,
                    1.83e6,
                    Source {
                        text: "183 kB (1,000 of the log payload’s lines) at 20 µs for 2 kB on 1 Gbit/s: J. Dean, LADIS keynote",
                        date: "2009-10",
                    },
                ),
                Stage::new(StageId::Logic, Work::Cpu, 500e3, ASSUMED),
                Stage::new(
                    StageId::Disk,
                    Work::Waiting,
                    183e3,
                    Source {
                        text: "183 kB at 1 ms for 1 MB read in sequence from SSD, taken for writing: J. Bonér, “Latency numbers every programmer should know”",
                        date: "2012-05-31",
                    },
                ),
            ],
        }
    }
}

const ROADMAP: Source = Source { text: "the roadmap’s pie of a trading service’s request", date: "2026" };
const ASSUMED: Source = Source { text: "our assumption, with no source: move it to fit your service", date: "2026-11-22" };

/// What the numbers of a budget are measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Hundredths of today's request; never a time.
    Parts,
    /// Nanoseconds.
    Time,
}

/// Where JSON's slice comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slice {
    /// Set to so many parts, so that only the ratio is measured.
    Calibrated(f64),
    /// Measured, so that its share is an outcome.
    Measured,
}

/// A stage that no format can touch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// Which.
    pub id: StageId,
    /// Whether it keeps a core busy.
    pub work: Work,
    /// How long it takes, in the axis' unit.
    pub time: f64,
    /// Where the preset's figure comes from. A reader who moves the slider makes it their own.
    pub source: Source,
}

impl Stage {
    const fn new(id: StageId, work: Work, time: f64, source: Source) -> Self {
        Self { id, work, time, source }
    }
}

/// The stages there are. A stage keeps its name and pattern on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StageId {
    /// Waiting for the network.
    Network,
    /// What the service is for.
    Logic,
    /// Waiting for a database.
    Database,
    /// Waiting for a disk.
    Disk,
    /// Waiting for the next tick.
    TickWait,
    /// One tick's simulation.
    Simulation,
}

impl StageId {
    /// The stage's name in links.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Logic => "logic",
            Self::Database => "database",
            Self::Disk => "disk",
            Self::TickWait => "tick",
            Self::Simulation => "simulation",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Logic => "business logic",
            Self::Database => "database",
            Self::Disk => "disk",
            Self::TickWait => "wait for the tick",
            Self::Simulation => "simulation",
        }
    }
}

/// Whether a stage keeps a core busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// A core works.
    Cpu,
    /// Something else does.
    Waiting,
}

impl Work {
    /// What a reader sees beside the stage's name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cpu => "CPU",
            Self::Waiting => "waiting",
        }
    }
}

/// Where a modelled figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// What says so.
    pub text: &'static str,
    /// When it said so.
    pub date: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_stages_of_its_own_axis_and_a_slug_that_finds_it() {
        for preset in Preset::ALL {
            assert_eq!(Preset::from_slug(preset.slug()), Some(preset));
            let stages = preset.stages();
            assert!(!stages.is_empty());
            for (index, stage) in stages.iter().enumerate() {
                assert!(stage.time > 0.0 && !stage.source.text.is_empty() && !stage.source.date.is_empty());
                assert!(stages[..index].iter().all(|other| other.id != stage.id), "{preset:?} has {:?} twice", stage.id);
            }
        }
    }

    #[test]
    fn the_roadmaps_pie_sums_to_a_hundred() {
        let Slice::Calibrated(slice) = Preset::Roadmap2026.json_slice() else { panic!("calibrated") };
        let sum: f64 = Preset::Roadmap2026.stages().iter().map(|stage| stage.time).sum();
        assert!((sum + slice - crate::TODAY).abs() < 1e-9);
    }
}
