//! What a worker does with a request: plain data in, events out, on whatever clock it is handed.

use crate::{analyse::analyse, convert};
use measure::{Clock, Experiment, Plan, Rough};
use protocol::{
    Answer, Contender, Environment, Event, Fact, Failure, LabId, LabInput, Progress, Question, RequestBody, RunPlan, RunSamples,
    Seed,
};
use units::Nanos;

/// What a lab hands over to be run.
pub type Prepared = Experiment<Contender, Vec<Fact>>;

/// Makes a lab's contenders for an input; the error is shown to the reader.
pub type Prepare = fn(&LabInput, Seed) -> Result<Prepared, String>;

/// As [`Prepare`], on a document that came with the request; the seed draws nothing there.
pub type PrepareDocument = fn(&LabInput, &[u8]) -> Result<Prepared, String>;

/// Answers a question, which it may take apart. The function it is handed takes how much is done, 0 to 1, and tells the page; a lab calls it
/// a few times a second at most. The error is shown to the reader.
pub type Answering = fn(Question, &mut dyn FnMut(f64)) -> Result<Answer, String>;

/// What a bundle passes whose labs answer no questions.
///
/// # Errors
/// Always: it refuses.
#[allow(clippy::needless_pass_by_value, reason = "the form of `Answering`, whose labs may take a question apart")]
pub fn no_questions(question: Question, _: &mut dyn FnMut(f64)) -> Result<Answer, String> {
    Err(format!("the lab “{}” answers no questions here", question.lab().slug()))
}

/// Where the session runs, as far as it does not change.
#[derive(Clone, Debug)]
pub struct About {
    /// What the browser calls itself; natively the processor's name.
    pub user_agent: String,
    /// Whether the page is cross-origin isolated.
    pub isolated: bool,
    /// The crates under test.
    pub crates: &'static [&'static str],
}

/// Answers requests, one after another.
pub struct Session {
    prepare: Prepare,
    answering: Answering,
    on_document: PrepareDocument,
    about: About,
}

impl Session {
    /// A session of the bundle whose labs `prepare` and `answering` know.
    #[must_use]
    pub const fn new(prepare: Prepare, answering: Answering, about: About) -> Self {
        Self { prepare, answering, on_document: |_, _| Err("this lab takes no documents".to_owned()), about }
    }

    /// The same, of a bundle with a lab that takes documents.
    #[must_use]
    pub fn with_documents(self, on_document: PrepareDocument) -> Self {
        Self { on_document, ..self }
    }

    /// Does what `request` asks and tells `emit` about it; the last event is the answer.
    pub fn answer(&self, request: RequestBody, clock: &dyn Clock, emit: &mut dyn FnMut(Event)) {
        let answer = match request {
            RequestBody::Run(input, plan) => sampled(self.run(input, plan, &|| (self.prepare)(&input, plan.seed), clock, emit)),
            RequestBody::RunOn(input, plan, document) => {
                sampled(self.run(input, plan, &|| (self.on_document)(&input, &document.0), clock, emit))
            }
            RequestBody::Analyse(runs) => {
                analyse(runs).map_or(Event::Failed(Failure::BadRequest), |report| Event::Reported(Box::new(report)))
            }
            RequestBody::Ask(question) => {
                let mut tell = |fraction| emit(Event::Progress(Progress::Answering { fraction }));
                (self.answering)(question, &mut tell)
                    .map_or_else(|refusal| Event::Failed(Failure::Lab(refusal)), |answer| Event::Answered(Box::new(answer)))
            }
        };
        emit(answer);
    }

    fn run(
        &self,
        input: LabInput,
        plan: RunPlan,
        prepare: &dyn Fn() -> Result<Prepared, String>,
        clock: &dyn Clock,
        emit: &mut dyn FnMut(Event),
    ) -> Result<RunSamples, Failure> {
        emit(Event::Progress(Progress::Preparing));
        let Prepared { mut contenders, mut facts, afterwards } = prepare().map_err(Failure::Lab)?;
        let lab = input.lab();
        // Nothing to time: what was counted is the result, and no clock is read.
        if contenders.is_empty() {
            let environment = self.environment(Nanos::default(), Nanos::default());
            let (series, notes) = (Vec::new(), Vec::new());
            return Ok(RunSamples { input, seed: plan.seed, effort: plan.effort, environment, series, facts, notes });
        }
        let instance = convert::instance(plan.effort);
        // Each worker of a full run orders its rounds anew, and each the same way every time.
        let mut how = Plan::quick(plan.seed.0.wrapping_add(u64::from(instance)), plan.budget);
        if instance == 0 {
            how.rough = rough_pair(lab, &contenders);
        }
        let outcome = measure::run(&mut contenders, &how, clock, &mut |progress| {
            emit(Event::Progress(convert::progress(&input, progress)));
        });
        // A full run counts once: the report takes the first worker's facts.
        if let Some(count) = afterwards.filter(|_| instance == 0) {
            facts.extend(count(&mut contenders));
        }
        let environment = self.environment(outcome.clock_step, outcome.empty_loop);
        let (series, notes) = convert::series(&input, instance, &outcome, how.min_rounds);
        Ok(RunSamples { input, seed: plan.seed, effort: plan.effort, environment, series, facts, notes })
    }

    fn environment(&self, clock_step: Nanos, empty_loop: Nanos) -> Environment {
        Environment {
            user_agent: self.about.user_agent.clone(),
            isolated: self.about.isolated,
            clock_step,
            empty_loop,
            rustc: env!("FERROSCOPE_RUSTC").to_owned(),
            crates: self.about.crates.iter().map(|&text| text.to_owned()).collect(),
        }
    }
}

/// How a run that ended is told.
fn sampled(run: Result<RunSamples, Failure>) -> Event {
    run.map_or_else(Event::Failed, |samples| Event::Sampled(Box::new(samples)))
}

/// The two contenders whose first rough figure a reader waits for: the lab's headline against its first.
fn rough_pair(lab: LabId, contenders: &[measure::Contender<Contender>]) -> Option<Rough> {
    let headline = lab.headline()?;
    contenders.iter().position(|contender| contender.id == headline).map(|of| Rough::new(of, 0))
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
