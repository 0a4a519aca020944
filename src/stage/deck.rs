//! The talk as a state machine: screens, their steps, where the speaker is, and what the next press does. It knows no browser; the director
//! carries out its [`Order`]s. A step's order is given once, when the speaker gets to it; what is shown follows from the place alone, so that a
//! reload shows the same.

pub use super::cover::{Curtain, Sheet};
pub use super::situation::{LabPhase, LabStatus, PATIENCE_MS, Replay, Situation};

use super::{
    plan::{Press, Step, StepKind},
    together::{self, Settled},
};

/// What is shown at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screen {
    /// What the speaker's window calls it.
    pub title: String,
    /// The lesson's section that it belongs to, if any.
    pub section: Option<String>,
    /// The first of the page's items on it.
    pub first: usize,
    /// How many items.
    pub count: usize,
    /// Its steps: whose they are (the element with `data-steps`), and what they are.
    pub steps: Vec<(usize, Step)>,
}

/// A place in the talk: a screen that comes up, or one of its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Beat {
    screen: usize,
    step: Option<usize>,
}

/// What the director must do after a press.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Draw what the deck says now.
    Show,
    /// Nothing: the run goes on.
    Wait,
    /// Do this step, at that element.
    Perform(usize, Step),
    /// Take this step back, at that element; then do the one once more that the speaker has come back to, if there is one.
    Undo(usize, Step, Option<Step>),
    /// Do the step once more that the speaker has come back to.
    Again(usize, Step),
    /// Show a recorded run of the present screen's lab.
    Replay,
    /// Leave the stage.
    Leave,
}

/// Whether all of the present screen that is shown can be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// It can.
    #[default]
    Whole,
    /// Something lies below the view.
    More,
}

/// The talk.
#[derive(Clone, Debug, PartialEq)]
pub struct Deck {
    screens: Vec<Screen>,
    beats: Vec<Beat>,
    at: usize,
    /// Whether the page is seen.
    pub curtain: Curtain,
    /// What lies over it.
    pub sheet: Sheet,
    /// Whether a recorded run was already offered for the present one.
    offered: bool,
    /// By how many views the present screen is moved up.
    down: u16,
    /// How the speaker came to this step.
    came: Came,
}

/// How the speaker came to a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Came {
    /// From the one before.
    #[default]
    Forward,
    /// From the one after: of a guess's values, the room has chosen this one.
    Back,
}

impl Deck {
    /// The talk of these screens, at beat `at` or, if it is shorter, at its end.
    #[must_use]
    pub fn new(screens: Vec<Screen>, at: usize) -> Self {
        let beats: Vec<Beat> = screens
            .iter()
            .enumerate()
            .flat_map(|(screen, one)| {
                let steps = (0..one.steps.len()).map(move |step| Beat { screen, step: Some(step) });
                std::iter::once(Beat { screen, step: None }).chain(steps)
            })
            .collect();
        let at = at.min(beats.len().saturating_sub(1));
        Self {
            screens,
            beats,
            at,
            curtain: Curtain::default(),
            sheet: Sheet::default(),
            offered: false,
            down: 0,
            came: Came::default(),
        }
    }

    /// Other screens of the same page (it was resized): the speaker stays where they were.
    pub fn repack(&mut self, screens: Vec<Screen>) {
        let first = self.screen().map_or(0, |screen| screen.first);
        let step = self.step().map(|(element, step)| (*element, step.clone()));
        // An element may have the same step more than once: it is the same of them.
        let earlier = self.past().filter(|one| Some(*one) == step.as_ref()).count().saturating_sub(1);
        let mut next = Self::new(screens, 0);
        let mut alike = next.beats.iter().enumerate().filter(|(_, beat)| {
            let screen = &next.screens[beat.screen];
            let holds = (screen.first..screen.first + screen.count.max(1)).contains(&first);
            holds && beat.step.and_then(|at| screen.steps.get(at)) == step.as_ref()
        });
        let place = alike.nth(earlier).map(|(at, _)| at);
        let screen_only = || next.beats.iter().rposition(|beat| next.screens[beat.screen].first <= first && beat.step.is_none());
        next.at = place.or_else(screen_only).unwrap_or_default();
        (next.curtain, next.sheet, next.offered, next.came) = (self.curtain, self.sheet, self.offered, self.came);
        *self = next;
    }

    /// Which beat it is, from 0.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// How many beats there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.beats.len()
    }

    /// The present screen.
    #[must_use]
    pub fn screen(&self) -> Option<&Screen> {
        self.screens.get(self.beats.get(self.at)?.screen)
    }

    /// Every step, in order.
    pub fn steps(&self) -> impl Iterator<Item = &(usize, Step)> {
        self.beats.iter().filter_map(|beat| self.step_of(*beat))
    }

    /// The present step, if the speaker is beyond the screen's beginning.
    #[must_use]
    pub fn step(&self) -> Option<&(usize, Step)> {
        self.step_of(*self.beats.get(self.at)?)
    }

    fn step_of(&self, beat: Beat) -> Option<&(usize, Step)> {
        self.screens.get(beat.screen)?.steps.get(beat.step?)
    }

    /// What the next press does, in words; `lab` is the present screen's lab.
    #[must_use]
    pub fn next_words(&self, lab: LabStatus, sight: Sight) -> String {
        if sight == Sight::More {
            return "further down".to_owned();
        }
        if self.waits(lab) {
            return "wait: the run goes on".to_owned();
        }
        if self.offers_replay(lab) {
            return "replay a recorded run (RECORDED)".to_owned();
        }
        match self.beats.get(self.following()) {
            None => "the end".to_owned(),
            Some(beat) => self.step_of(*beat).map_or_else(
                || format!("screen: {}", self.screens.get(beat.screen).map_or("", |screen| screen.title.as_str())),
                |(_, step)| step.words.clone(),
            ),
        }
    }

    /// Whether the run that this step has started is waited for.
    fn waits(&self, lab: LabStatus) -> bool {
        self.is_run() && !self.offered && Situation::of(lab) == Situation::Running
    }

    /// Whether the next press shows a recorded run: of any run that went wrong, whoever started it, and once.
    fn offers_replay(&self, lab: LabStatus) -> bool {
        !self.offered && lab.replay == Replay::Kept && Situation::of(lab).wants_replay()
    }

    /// The beat that the next press leads to. After a step back among a guess's values, it is the one behind them all, which settles the guess at
    /// the value that is shown.
    fn following(&self) -> usize {
        let host = self.step().filter(|(_, step)| self.came == Came::Back && is_offer(step)).map(|(host, _)| *host);
        let of_same = |beat: &&Beat| self.step_of(**beat).is_some_and(|(of, step)| Some(*of) == host && is_offer(step));
        self.at + 1 + self.beats.iter().skip(self.at + 1).take_while(of_same).count()
    }

    fn is_run(&self) -> bool {
        self.step().is_some_and(|(_, step)| step.kind == StepKind::Run)
    }

    /// The speaker wants the next beat; `lab` is the present screen's lab. What lies below comes first: [`Deck::go_down`].
    pub fn next(&mut self, lab: LabStatus) -> Order {
        if self.close() {
            return Order::Show;
        }
        if self.waits(lab) {
            return Order::Wait;
        }
        if self.offers_replay(lab) {
            self.offered = true;
            return Order::Replay;
        }
        let following = self.following();
        if following >= self.beats.len() {
            return Order::Show;
        }
        self.go_to(following, Came::Forward);
        if self.is_run() {
            self.offered = false;
        }
        self.step().map_or(Order::Show, |(element, step)| Order::Perform(*element, step.clone()))
    }

    /// The speaker wants the beat before.
    pub fn previous(&mut self) -> Order {
        if self.close() {
            return Order::Show;
        }
        let left = self.step().cloned();
        self.go_to(self.at.saturating_sub(1), Came::Back);
        match left {
            Some((element, step)) if is_taken_back(&step) => {
                let again = self.step().filter(|(of, step)| *of == element && is_repeatable(step)).map(|(_, step)| step.clone());
                Order::Undo(element, step, again)
            }
            left => {
                let from_press = left.filter(|(_, step)| is_repeatable(step)).map(|(element, _)| element);
                match self.step() {
                    Some((element, step)) if is_offer(step) => Order::Perform(*element, step.clone()),
                    Some((element, step)) if Some(*element) == from_press && is_repeatable(step) => {
                        Order::Again(*element, step.clone())
                    }
                    _ => Order::Show,
                }
            }
        }
    }

    fn go_to(&mut self, at: usize, came: Came) {
        let screen = |at: usize| self.beats.get(at).map(|beat| beat.screen);
        if screen(at) != screen(self.at) {
            self.offered = false;
        }
        (self.at, self.came, self.down) = (at, came, 0);
    }

    /// Another run begins: a recorded one may be offered anew.
    pub fn begin_run(&mut self) {
        self.offered = false;
    }

    /// Moves the present screen up by a view, if something lies below it; whether it did.
    pub fn go_down(&mut self, sight: Sight) -> bool {
        let moves = sight == Sight::More && !self.is_covered();
        self.down = self.down.saturating_add(u16::from(moves));
        moves
    }

    /// Moves the present screen back by a view, if it was moved; whether it did.
    pub fn go_up(&mut self) -> bool {
        let moves = self.down > 0 && !self.is_covered();
        self.down -= u16::from(moves);
        moves
    }

    /// The present screen, moved up as it was before a reload.
    pub fn stand_at(&mut self, down: u16) {
        self.down = down;
    }

    /// By how many views the present screen is moved up.
    #[must_use]
    pub const fn down(&self) -> u16 {
        self.down
    }

    /// Closes what is open; whether anything was.
    fn close(&mut self) -> bool {
        let was_open = self.is_covered();
        (self.curtain, self.sheet) = (Curtain::Open, Sheet::None);
        was_open
    }

    /// Closes what is open, or leaves.
    pub fn escape(&mut self) -> Order {
        if self.close() { Order::Show } else { Order::Leave }
    }

    /// Black, or no longer.
    pub fn toggle_curtain(&mut self) {
        self.curtain = if self.curtain == Curtain::Open { Curtain::Black } else { Curtain::Open };
    }

    /// Lays something over the page, or takes it away.
    pub fn toggle_sheet(&mut self, sheet: Sheet) {
        self.sheet = if self.sheet == sheet { Sheet::None } else { sheet };
    }

    /// Whether the QR code is shown: at its step, or when asked for.
    #[must_use]
    pub fn shows_qr(&self) -> bool {
        self.sheet == Sheet::Qr || (self.sheet == Sheet::None && self.step().is_some_and(|(_, step)| step.kind == StepKind::Qr))
    }

    /// Whether something lies over the page, or all is black: a press then closes that, and does nothing else.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.curtain == Curtain::Black || self.sheet != Sheet::None
    }

    /// Every step up to now, in order: what a reload has to do again.
    pub fn past(&self) -> impl Iterator<Item = &(usize, Step)> {
        self.beats.iter().take(self.at + 1).filter_map(|beat| self.step_of(*beat))
    }

    /// The guess that the present step settles: the one that was offered right before it.
    #[must_use]
    pub fn settles(&self) -> Option<Settled> {
        let past: Vec<_> = self.past().collect();
        self.step().and_then(|_| together::settled_by(&past, past.len().checked_sub(1)?))
    }

    /// The tokens of an element that are still hidden: its reveals to come, and `move` until a slider moves.
    #[must_use]
    pub fn hidden(&self, element: usize) -> Vec<&str> {
        let to_come = self.beats.iter().skip(self.at + 1).filter_map(|beat| self.step_of(*beat));
        let shown: Vec<&str> = self.past().filter(|(of, _)| *of == element).filter_map(|(_, step)| token(step)).collect();
        to_come.filter(|(of, _)| *of == element).filter_map(|(_, step)| token(step)).filter(|one| !shown.contains(one)).collect()
    }

    /// Whether a part of an element is on the screen: the one that the last step of that kind named, before any the one that none names.
    #[must_use]
    pub fn shows_part(&self, element: usize, part: &str) -> bool {
        let of = |(of, step): &(usize, Step)| match &step.kind {
            StepKind::Part(token) if *of == element => Some(token.clone()),
            _ => None,
        };
        match self.past().filter_map(of).last() {
            Some(present) => present == part,
            None => self.beats.iter().filter_map(|beat| of(self.step_of(*beat)?)).all(|later| later != part),
        }
    }
}

/// Whether a step back takes it back.
fn is_taken_back(step: &Step) -> bool {
    matches!(step.kind, StepKind::Move(_) | StepKind::Walk(_) | StepKind::Press(Press { back: Some(_), .. }))
}

/// Whether it may be done once more without harm, so that a step back can show what it showed.
fn is_repeatable(step: &Step) -> bool {
    matches!(step.kind, StepKind::Press(Press { back: None, .. }))
}

/// Whether it offers a value of a guess.
pub const fn is_offer(step: &Step) -> bool {
    matches!(step.kind, StepKind::Offer(_))
}

fn token(step: &Step) -> Option<&str> {
    match &step.kind {
        StepKind::Reveal(token) => Some(token),
        StepKind::Move(_) => Some("move"),
        _ => None,
    }
}

#[cfg(test)]
#[path = "deck_tests.rs"]
mod tests;
