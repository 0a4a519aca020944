//! What the reader of the latency budget has chosen, guessed and been sent. Plain data with plain methods; the view only draws it.

use super::load::LoadChoices;
use crate::{
    labs::shared::{put_seed, seed_of},
    state::permalink::Permalink,
};
use budget::{Budget, Preset};
use protocol::{DataInput, Payload, PayloadSize, Read, Seed};
use units::Interval;

/// How many designs stand on the ladder: JSON, and one thing changed at each further rung.
pub const RUNGS: usize = 4;

/// Everything the page shows that no run has measured.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetState {
    /// What is chosen now.
    pub choices: Choices,
    /// What was chosen before, last one last.
    undo: Vec<Choices>,
    /// The reader's prediction.
    pub guess: Guess,
    /// How many such requests come, and to how many cores.
    pub load: LoadChoices,
    /// Which panel is open.
    pub panel: Panel,
    /// A result that came with the link.
    pub sent: Option<Sent>,
}

/// The request one looks at, and what its payload is.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// Where the stages started from.
    pub preset: Preset,
    /// How long each stage takes, in the preset's order and its axis' unit.
    pub stages: Vec<f64>,
    /// What is read.
    pub input: DataInput,
    /// What fixes the payload's values and the order of the rounds.
    pub seed: Seed,
}

/// The reader's prediction of the new request's length, today's being 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Guess {
    /// Still being made; the value is where its bar stands.
    Open(f64),
    /// Made.
    Locked(f64),
    /// The reader pressed “just show me”.
    Skipped,
}

impl Guess {
    /// Where an untouched guess stands: today's length, so that the reader has to move it.
    pub const START: Self = Self::Open(budget::TODAY);
    /// The longest request one can guess.
    pub const MAX: f64 = 120.0;

    /// Whether the other bars may be shown.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Open(_))
    }
}

/// The panels under the figure; one is open at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// What each rung bought, and a question.
    #[default]
    Why,
    /// Sliders for the stages.
    Change,
    /// Many such requests at once.
    Load,
    /// The same figures as a table.
    Table,
    /// The code that ran.
    Code,
    /// Thresholds, pies, provenance, exports.
    Details,
}

impl Panel {
    /// Every panel, in the order the tabs show them.
    pub const ALL: [Self; 6] = [Self::Why, Self::Change, Self::Load, Self::Table, Self::Code, Self::Details];

    /// The panel's name in links and element ids.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Why => "why",
            Self::Change => "change",
            Self::Load => "load",
            Self::Table => "table",
            Self::Code => "code",
            Self::Details => "details",
        }
    }

    /// The tab's label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Why => "Why",
            Self::Change => "Change the request",
            Self::Load => "Under load",
            Self::Table => "Table",
            Self::Code => "The code that ran",
            Self::Details => "Details",
        }
    }
}

/// A result that came with a link: somebody else's machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sent {
    /// What it was measured on.
    pub input: DataInput,
    /// JSON's time in nanoseconds.
    pub json_time: f64,
    /// Each rung's time over JSON's; the first is exactly 1.
    pub relative: [Interval; RUNGS],
}

impl Default for Choices {
    fn default() -> Self {
        Self::of(Preset::default())
    }
}

impl Choices {
    /// A preset as it starts.
    #[must_use]
    pub fn of(preset: Preset) -> Self {
        let stages = preset.stages().iter().map(|stage| stage.time).collect();
        Self { preset, stages, input: DataInput::default(), seed: Seed::default() }
    }

    /// The budget of these choices; `json_time` is JSON's time in nanoseconds, where one is known.
    #[must_use]
    pub fn budget(&self, json_time: Option<f64>) -> Budget {
        let mut budget = Budget::of(self.preset, json_time);
        for (stage, time) in budget.stages.iter_mut().zip(&self.stages) {
            stage.time = *time;
        }
        budget
    }

    /// The largest value a stage's slider reaches: a hundred times the preset's, so that a gain can be seen to vanish.
    #[must_use]
    pub fn stage_limit(&self, index: usize) -> f64 {
        self.preset.stages().get(index).map_or(0.0, |stage| stage.time * 100.0)
    }
}

impl Default for BudgetState {
    fn default() -> Self {
        Self {
            choices: Choices::default(),
            undo: Vec::new(),
            guess: Guess::START,
            load: LoadChoices::default(),
            panel: Panel::default(),
            sent: None,
        }
    }
}

impl BudgetState {
    /// Changes the choices, so that [`BudgetState::undo`] can take it back. Moves of one slider in a row count as one change.
    pub fn choose(&mut self, change: impl FnOnce(&mut Choices)) {
        let mut next = self.choices.clone();
        change(&mut next);
        if next == self.choices {
            return;
        }
        self.undo.push(std::mem::replace(&mut self.choices, next));
    }

    /// Moves a stage's slider. Returns to the value before the first of several moves by one [`BudgetState::undo`].
    pub fn move_stage(&mut self, index: usize, time: f64) {
        let limit = self.choices.stage_limit(index);
        let time = if time.is_finite() { time.clamp(0.0, limit) } else { return };
        let continues = self.undo.last().is_some_and(|before| differs_only_in_stage(before, &self.choices, index));
        if continues {
            if let Some(stage) = self.choices.stages.get_mut(index) {
                *stage = time;
            }
        } else {
            self.choose(|choices| {
                if let Some(stage) = choices.stages.get_mut(index) {
                    *stage = time;
                }
            });
        }
    }

    /// Starts a preset, keeping the payload.
    pub fn choose_preset(&mut self, preset: Preset) {
        self.choose(|choices| *choices = Choices { input: choices.input, seed: choices.seed, ..Choices::of(preset) });
    }

    /// Whether there is something to take back.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Takes the last change back.
    pub fn undo(&mut self) {
        if let Some(before) = self.undo.pop() {
            self.choices = before;
        }
    }

    /// Everything as the page starts; the panel stays open.
    pub fn reset(&mut self) {
        self.reset_to(&Permalink::default());
    }

    /// Everything as a link says; the panel stays open.
    pub fn reset_to(&mut self, link: &Permalink) {
        *self = Self { panel: self.panel, ..Self::of_link(link) };
    }

    /// Moves the guess while it is still open.
    pub fn move_guess(&mut self, length: f64) {
        if let Guess::Open(value) = &mut self.guess
            && length.is_finite()
        {
            *value = length.clamp(0.0, Guess::MAX).round();
        }
    }

    /// Makes the guess final.
    pub fn lock_guess(&mut self) {
        if let Guess::Open(length) = self.guess {
            self.guess = Guess::Locked(length);
        }
    }

    /// Shows the answer without a guess, unless one was made.
    pub fn skip_guess(&mut self) {
        if !self.guess.is_settled() {
            self.guess = Guess::Skipped;
        }
    }

    /// Before a run: a guess that was moved counts, one that was not is no guess.
    pub fn settle_guess(&mut self) {
        if self.guess == Guess::START {
            self.skip_guess();
        } else {
            self.lock_guess();
        }
    }

    /// The state as a link, without a result.
    #[must_use]
    pub fn to_link(&self) -> Permalink {
        let mut link = Permalink::default();
        let Choices { preset, stages, input, seed } = &self.choices;
        link.set_unless("preset", *preset, Preset::default(), |preset| preset.slug().to_owned());
        for (stage, time) in preset.stages().iter().zip(stages) {
            link.set_unless(stage.id.slug(), *time, stage.time, f64::to_string);
        }
        put_input(&mut link, *input);
        put_seed(&mut link, *seed);
        match self.guess {
            Guess::Locked(length) => link.set("guess", length.to_string()),
            Guess::Skipped => link.set("guess", "skipped"),
            Guess::Open(_) => {}
        }
        self.load.put(&mut link);
        link.set_unless("panel", self.panel, Panel::default(), |panel| panel.slug().to_owned());
        link
    }

    /// The state that a link stands for; what it leaves out, or says wrongly, is as the page starts.
    #[must_use]
    pub fn of_link(link: &Permalink) -> Self {
        let preset = link.get("preset").and_then(Preset::from_slug).unwrap_or_default();
        let mut choices = Choices::of(preset);
        choices.input = input_of(link);
        choices.seed = seed_of(link);
        for (index, stage) in preset.stages().iter().enumerate() {
            if let Some(time) = link.number(stage.id.slug()) {
                choices.stages[index] = time.clamp(0.0, choices.stage_limit(index));
            }
        }
        let guess = match link.get("guess") {
            Some("skipped") => Guess::Skipped,
            _ => link.number("guess").map_or(Guess::START, |length| Guess::Locked(length.clamp(0.0, Guess::MAX))),
        };
        let panel =
            link.get("panel").and_then(|slug| Panel::ALL.into_iter().find(|panel| panel.slug() == slug)).unwrap_or_default();
        let sent = Sent::of_link(link, choices.input);
        Self { choices, undo: Vec::new(), guess, load: LoadChoices::of_link(link), panel, sent }
    }
}

impl Sent {
    /// Adds the result to a link.
    pub fn put(&self, link: &mut Permalink) {
        link.set("r.json", self.json_time.to_string());
        for (index, interval) in self.relative.iter().enumerate().skip(1) {
            link.set(format!("r.{index}"), format!("{:.5} {:.5} {:.5}", interval.median, interval.low, interval.high));
        }
    }

    fn of_link(link: &Permalink, input: DataInput) -> Option<Self> {
        let json_time = link.number("r.json").filter(|time| *time > 0.0)?;
        let mut relative = [Interval::exact(1.0); RUNGS];
        for (index, interval) in relative.iter_mut().enumerate().skip(1) {
            let mut parts = link
                .get(&format!("r.{index}"))?
                .split(' ')
                .map(|part| part.parse::<f64>().ok().filter(|x| x.is_finite() && *x >= 0.0));
            let (median, low, high) = (parts.next()??, parts.next()??, parts.next()??);
            if !(low <= median && median <= high) {
                return None;
            }
            *interval = Interval { median, low, high };
        }
        Some(Self { input, json_time, relative })
    }
}

/// Adds a data lab's input to a link, defaults left out.
pub fn put_input(link: &mut Permalink, input: DataInput) {
    let start = DataInput::default();
    link.set_unless("payload", input.payload, start.payload, |payload| payload.slug().to_owned());
    link.set_unless("size", input.size, start.size, |size| size.slug().to_owned());
    link.set_unless("read", input.read, start.read, |read| read.slug().to_owned());
}

/// The data lab's input that a link stands for.
#[must_use]
pub fn input_of(link: &Permalink) -> DataInput {
    let start = DataInput::default();
    let payload = link.get("payload").and_then(|slug| Payload::ALL.into_iter().find(|payload| payload.slug() == slug));
    let size = link.get("size").and_then(|slug| PayloadSize::ALL.into_iter().find(|size| size.slug() == slug));
    let read = link.get("read").and_then(|slug| Read::ALL.into_iter().find(|read| read.slug() == slug));
    DataInput { payload: payload.unwrap_or(start.payload), size: size.unwrap_or(start.size), read: read.unwrap_or(start.read) }
}

fn differs_only_in_stage(before: &Choices, now: &Choices, index: usize) -> bool {
    let mut undone = now.clone();
    if let (Some(stage), Some(was)) = (undone.stages.get_mut(index), before.stages.get(index)) {
        *stage = *was;
    }
    undone == *before && now != before
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
