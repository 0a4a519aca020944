//! Stages and cores: one FIFO queue before `cores` cores, and any number of waits that occupy nobody.
//!
//! Events are taken in the order of time. Everyone waits equally long in a stage that waits, so whoever goes in first comes out first:
//! such a stage is a queue of departures, and only the cores need a heap.

use crate::Arrivals;
use fastrand::Rng;
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};

/// One stage, in units of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    /// So long, without a core.
    Wait(f64),
    /// With a core.
    Work {
        /// Always so long.
        fixed: f64,
        /// And one of these, ascending; none if empty.
        drawn: &'a [f64],
    },
}

/// The stages with neighbours that work joined: nobody gives a core back between two stages that both need it.
#[must_use]
pub fn merged<'a>(steps: impl IntoIterator<Item = Step<'a>>) -> Vec<Step<'a>> {
    let mut merged: Vec<Step<'a>> = Vec::new();
    for step in steps {
        match (merged.last_mut(), step) {
            (Some(Step::Work { fixed, drawn }), Step::Work { fixed: more, drawn: others })
                if drawn.is_empty() || others.is_empty() =>
            {
                *fixed += more;
                if drawn.is_empty() {
                    *drawn = others;
                }
            }
            _ => merged.push(step),
        }
    }
    merged
}

/// What requests pass through.
#[derive(Clone, Debug)]
pub struct System<'a> {
    steps: Vec<Step<'a>>,
    cores: u16,
}

/// A request on its way.
#[derive(Clone, Copy)]
struct Request {
    arrived: f64,
    /// Its luck, 0 to 1: the same in every design.
    luck: f64,
    step: usize,
}

/// An instant, and whose it is; ties go to who arrived first.
#[derive(Clone, Copy, PartialEq)]
struct Due(f64, usize);

impl Eq for Due {}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> System<'a> {
    /// A system of `cores` cores, at least one.
    #[must_use]
    pub fn new(steps: Vec<Step<'a>>, cores: u16) -> Self {
        Self { steps, cores: cores.max(1) }
    }

    /// The time each of the first `requests` requests spends here, in order of arrival. The system is empty when the first one comes.
    #[must_use]
    pub fn run(&self, arrivals: &mut Arrivals, seed: u64, requests: u32) -> Vec<f64> {
        let mut state = State {
            system: self,
            // A stream of its own: how many arrivals are drawn must not change anybody's luck.
            luck: Rng::with_seed(seed.rotate_left(32) ^ 0x9e37_79b9_7f4a_7c15),
            requests: Vec::with_capacity(requests as usize),
            latencies: vec![0.0; requests as usize],
            waiting: vec![VecDeque::new(); self.steps.len()],
            queue: VecDeque::new(),
            busy: BinaryHeap::new(),
        };
        let mut coming = (requests > 0).then(|| arrivals.draw());
        let mut left = requests;
        while let Some((at, event)) = state.next_event(coming) {
            match event {
                Event::Arrival => {
                    left -= 1;
                    state.arrive(at);
                    coming = (left > 0).then(|| arrivals.draw());
                }
                Event::WaitOver(step) => {
                    if let Some(Due(_, who)) = state.waiting[step].pop_front() {
                        state.go_on(who, at);
                    }
                }
                Event::CoreFree => {
                    if let Some(Reverse(Due(_, who))) = state.busy.pop() {
                        // The core is given on before its holder goes on, so that nobody who comes back overtakes the queue.
                        if let Some(next) = state.queue.pop_front() {
                            state.take_core(next, at);
                        }
                        state.go_on(who, at);
                    }
                }
            }
        }
        state.latencies
    }
}

/// What happens next.
#[derive(Clone, Copy)]
enum Event {
    Arrival,
    WaitOver(usize),
    CoreFree,
}

struct State<'s, 'a> {
    system: &'s System<'a>,
    luck: Rng,
    requests: Vec<Request>,
    latencies: Vec<f64>,
    /// A queue of departures for each stage that waits.
    waiting: Vec<VecDeque<Due>>,
    /// Who wants a core.
    queue: VecDeque<usize>,
    /// Who has one, and until when.
    busy: BinaryHeap<Reverse<Due>>,
}

impl State<'_, '_> {
    /// The earliest of all; departures go before arrivals at the same instant.
    fn next_event(&self, coming: Option<f64>) -> Option<(f64, Event)> {
        let core = self.busy.peek().map(|Reverse(Due(at, _))| (*at, Event::CoreFree));
        let waits = self.waiting.iter().enumerate().filter_map(|(step, due)| Some((due.front()?.0, Event::WaitOver(step))));
        let arrival = coming.map(|at| (at, Event::Arrival));
        // `min_by` keeps the first of equals.
        core.into_iter().chain(waits).chain(arrival).min_by(|a, b| a.0.total_cmp(&b.0))
    }

    fn arrive(&mut self, at: f64) {
        self.requests.push(Request { arrived: at, luck: self.luck.f64(), step: 0 });
        self.enter(self.requests.len() - 1, at);
    }

    fn go_on(&mut self, who: usize, at: f64) {
        self.requests[who].step += 1;
        self.enter(who, at);
    }

    fn enter(&mut self, who: usize, at: f64) {
        let Request { arrived, step, .. } = self.requests[who];
        match self.system.steps.get(step) {
            None => self.latencies[who] = at - arrived,
            Some(Step::Wait(time)) => self.waiting[step].push_back(Due(at + time, who)),
            Some(Step::Work { .. }) if self.busy.len() < usize::from(self.system.cores) => self.take_core(who, at),
            Some(Step::Work { .. }) => self.queue.push_back(who),
        }
    }

    fn take_core(&mut self, who: usize, at: f64) {
        let Request { luck, step, .. } = self.requests[who];
        if let Some(Step::Work { fixed, drawn }) = self.system.steps.get(step) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "luck is in [0, 1), so this is an index")]
            let index = (luck * drawn.len() as f64) as usize;
            self.busy.push(Reverse(Due(at + fixed + drawn.get(index).copied().unwrap_or(0.0), who)));
        }
    }
}
