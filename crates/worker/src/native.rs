//! The same session outside the browser: a lab's binary, started natively, runs one input and prints the result as JSON.
//!
//! Nothing is measured otherwise than in a worker: [`Session`] answers the same `Run` and `Analyse`, on the machine's own clock. Where the
//! page starts several fresh workers, one after another, [`main`] starts its own executable as often: a fresh process is to native code
//! what a fresh worker is to Wasm, since memory layout and the allocator's state differ from one to the next. It must never
//! run two at once, nor go on after one has failed.

mod arguments;

use crate::session::{About, Prepare, Session, no_questions};
use arguments::{Arguments, USAGE, UnknownArgument};
use measure::Clock;
use protocol::{Effort, Event, Failure, LabId, LabInput, Report, RequestBody, ResultJson, RunPlan, RunSamples, Seed, wire};
use std::fs;
use std::io::{self, Write as _};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::Instant;
use units::Nanos;

/// Does what the command line asks of a bundle and prints a [`ResultJson`], or says on standard error why there is none. `lab` is the one
/// that runs when `--lab` is left out.
#[must_use]
pub fn main(lab: LabId, prepare: Prepare, crates: &'static [&'static str]) -> ExitCode {
    let bundle = Native::new(prepare, crates);
    let outcome = Arguments::parse(lab, std::env::args().skip(1)).map_err(NativeError::from).and_then(|asked| match asked {
        Arguments::Help => Ok(USAGE.as_bytes().to_vec()),
        Arguments::Run { input, seed, budget, workers } => {
            let report = bundle.report(input, seed, budget, workers)?;
            Ok(format!("{}\n", ResultJson::of(&report, &own_build()?).to_json()).into_bytes())
        }
        Arguments::Sample { input, plan } => Ok(wire::encode(&bundle.sample(input, plan)?)?),
    });
    match outcome.and_then(|output| io::stdout().write_all(&output).map_err(NativeError::Output)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell if even this fails; the exit code says it too.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum NativeError {
    /// The command line is not understood.
    #[error("{0}\n\n{USAGE}")]
    Arguments(#[from] UnknownArgument),
    /// The lab ended without a result.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The session answered with something else than what was asked: a fault of this crate.
    #[error("the session gave no answer")]
    NoAnswer,
    /// The executable could not be read, or not be started afresh.
    #[error("the lab’s own executable: {0}")]
    Executable(io::Error),
    /// A fresh process failed; it has said why.
    #[error("fresh process {0} failed: {1}")]
    FreshProcess(u16, ExitStatus),
    /// What a fresh process handed back is damaged.
    #[error("a fresh process handed back damaged samples: {0}")]
    Samples(#[from] wire::Damaged),
    /// The result could not be written.
    #[error("writing the result: {0}")]
    Output(io::Error),
}

/// The machine's own monotonic clock.
#[derive(Clone, Copy, Debug)]
pub struct MonotonicClock(Instant);

impl MonotonicClock {
    /// A clock that begins now.
    #[must_use]
    pub fn new() -> Self {
        Self(Instant::now())
    }
}

impl Default for MonotonicClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for MonotonicClock {
    fn now(&self) -> Nanos {
        Nanos(self.0.elapsed().as_nanos() as f64)
    }
}

/// A bundle's labs on this machine.
pub struct Native {
    session: Session,
}

impl Native {
    /// The labs that `prepare` knows.
    #[must_use]
    pub fn new(prepare: Prepare, crates: &'static [&'static str]) -> Self {
        Self { session: Session::new(prepare, no_questions, About { user_agent: processor(), isolated: false, crates }) }
    }

    /// Runs `input` in `workers` fresh processes, one after another; in this one if it is only one, which must then be fresh itself.
    ///
    /// # Errors
    /// The lab fails, or a process of its own executable does.
    pub fn report(&self, input: LabInput, seed: Seed, budget: Nanos, workers: u16) -> Result<Report, NativeError> {
        let runs = if workers <= 1 {
            vec![self.sample(input, RunPlan { seed, effort: Effort::Quick, budget })?]
        } else {
            let plan = |instance| RunPlan { seed, effort: Effort::Full { instance, of: workers }, budget };
            (0..workers).map(|instance| sample_afresh(input, plan(instance), instance)).collect::<Result<_, _>>()?
        };
        self.analyse(runs)
    }

    /// One run's samples, taken in this process.
    ///
    /// # Errors
    /// The lab fails.
    pub fn sample(&self, input: LabInput, plan: RunPlan) -> Result<RunSamples, NativeError> {
        match self.answer(RequestBody::Run(input, plan))? {
            Event::Sampled(samples) => Ok(*samples),
            _ => Err(NativeError::NoAnswer),
        }
    }

    /// One report of all runs' samples.
    ///
    /// # Errors
    /// They are of no run, or of different ones.
    pub fn analyse(&self, runs: Vec<RunSamples>) -> Result<Report, NativeError> {
        match self.answer(RequestBody::Analyse(runs))? {
            Event::Reported(report) => Ok(*report),
            _ => Err(NativeError::NoAnswer),
        }
    }

    /// The last event, which is the answer.
    fn answer(&self, request: RequestBody) -> Result<Event, NativeError> {
        let mut last = None;
        self.session.answer(request, &MonotonicClock::new(), &mut |event| last = Some(event));
        match last {
            Some(Event::Failed(failure)) => Err(failure.into()),
            Some(event) => Ok(event),
            None => Err(NativeError::NoAnswer),
        }
    }
}

/// The samples that a fresh process of this executable takes.
fn sample_afresh(input: LabInput, plan: RunPlan, instance: u16) -> Result<RunSamples, NativeError> {
    let executable = std::env::current_exe().map_err(NativeError::Executable)?;
    let child = Command::new(executable).args(Arguments::Sample { input, plan }.to_words()).stderr(Stdio::inherit()).output();
    let output = child.map_err(NativeError::Executable)?;
    if !output.status.success() {
        return Err(NativeError::FreshProcess(instance, output.status));
    }
    Ok(wire::decode(&output.stdout)?)
}

/// The processor's name as Linux gives it; “unknown processor” elsewhere.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    processor_in(&text).unwrap_or("unknown processor").to_owned()
}

fn processor_in(cpuinfo: &str) -> Option<&str> {
    let names = cpuinfo.lines().filter_map(|line| line.split_once(':'));
    names
        .map(|(key, value)| (key.trim(), value.trim()))
        .find(|(key, value)| *key == "model name" && !value.is_empty())
        .map(|it| it.1)
}

/// The executable's own hash (FNV-1a, 64 bits), for a result's `build`: the site's build id is one of other files.
fn own_build() -> Result<String, NativeError> {
    let executable = std::env::current_exe().and_then(fs::read).map_err(NativeError::Executable)?;
    let hash = executable
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    Ok(format!("{hash:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Prepared;
    use protocol::{DataInput, Mode};
    use std::hint::black_box;

    const BUDGET: Nanos = Nanos(2e6);

    fn two_loops(input: &LabInput, _: Seed) -> Result<Prepared, String> {
        if input.lab() != LabId::Serialization {
            return Err("not this one".to_owned());
        }
        let work = |id, turns: u64| {
            measure::Contender::new(id, move || (0..turns).fold(1_u64, |sum, turn| black_box(sum.wrapping_mul(31) ^ turn)))
        };
        let contenders = vec![work(protocol::Contender::SerdeJson, 400), work(protocol::Contender::RkyvValidated, 100)];
        Ok(Prepared { contenders, facts: Vec::new(), afterwards: None })
    }

    fn bundle() -> Native {
        Native::new(two_loops, &["nothing 1.0"])
    }

    #[test]
    fn a_run_ends_as_a_report_of_this_machine() {
        let input = LabInput::Serialization(DataInput::default().into());
        let report = bundle().report(input, Seed(1), BUDGET, 1).unwrap();
        assert_eq!((report.input, report.mode, report.seed), (input, Mode::Quick, Seed(1)));
        assert_eq!(report.rows.len(), 2);
        assert!(report.rows.iter().all(|row| row.time.median > 0.0 && row.samples >= 5), "{:?}", report.rows);
        assert_eq!(report.environment.user_agent, processor());
        assert!(report.environment.clock_step.0 > 0.0);
    }

    #[test]
    fn what_fresh_processes_hand_back_becomes_one_report() {
        let (bundle, input) = (bundle(), LabInput::Serialization(DataInput::default().into()));
        let run = |instance| {
            let plan = RunPlan { seed: Seed(1), effort: Effort::Full { instance, of: 2 }, budget: BUDGET };
            let bytes = wire::encode(&bundle.sample(input, plan).unwrap()).unwrap();
            wire::decode(&bytes).unwrap()
        };
        assert_eq!(bundle.analyse(vec![run(0), run(1)]).unwrap().mode, Mode::Full { workers: 2 });
    }

    #[test]
    fn a_lab_that_refuses_its_input_is_an_error() {
        let refused = bundle().report(LabInput::default_of(LabId::Arena), Seed(1), BUDGET, 1);
        assert!(matches!(&refused, Err(NativeError::Failed(Failure::Lab(why))) if why == "not this one"), "{refused:?}");
        assert!(matches!(bundle().analyse(Vec::new()), Err(NativeError::Failed(Failure::BadRequest))));
    }

    #[test]
    fn the_clock_goes_on_and_never_back() {
        let clock = MonotonicClock::new();
        let readings: Vec<f64> = (0..1_000).map(|_| clock.now().0).collect();
        assert!(readings.is_sorted() && readings.last() > readings.first());
    }

    #[test]
    fn the_processor_is_the_first_that_has_a_name() {
        assert_eq!(processor_in("processor\t: 0\nmodel name\t: A 1: fast\nmodel name\t: B"), Some("A 1: fast"));
        assert_eq!(processor_in("model name:\nflags: x"), None);
    }
}
