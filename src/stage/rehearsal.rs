//! The rehearsal: every lab of the page is run once, in a runner of its own that the hall does not see. So every worker is loaded and warmed up, the
//! clock is known, and there is a run to replay should one fail on stage.

use super::{director::Director, memory::Kept, place::clock_words};
use crate::{
    engine::{Runner, Stage},
    labs::backstage::{Backstage, Pin},
};
use leptos::prelude::*;
use std::{collections::VecDeque, rc::Rc};

/// Rehearses the page's labs, one after another.
pub(super) fn start(director: &Rc<Director>) {
    if director.rehearsal.borrow().starts_with(GOES_ON) {
        return;
    }
    let mut labs: VecDeque<Backstage> = VecDeque::new();
    for lab in director.found.borrow().labs().iter().filter_map(super::steps::Seen::backstage) {
        let input = (lab.request)().input;
        // A lab that stands on the page twice with the same input is rehearsed once.
        if !labs.iter().any(|other| (other.request)().input == input) {
            labs.push_back(lab);
        }
    }
    let of = labs.len();
    next(Rc::clone(director), labs, of, String::new());
}

const GOES_ON: &str = "Rehearsing";

fn next(director: Rc<Director>, mut labs: VecDeque<Backstage>, of: usize, clock: String) {
    let Some(lab) = labs.pop_front() else {
        let words = match of {
            0 => "Ready: no lab has to be loaded.".to_owned(),
            1 => format!("Ready: 1 lab ran, {clock}."),
            _ => format!("Ready: {of} labs ran, {clock}."),
        };
        return tell(&director, words);
    };
    tell(&director, format!("{GOES_ON}: {}, lab {} of {of}.", lab.lab.title(), of - labs.len()));
    let owner = director.owner.child();
    let (of_this_lab, request) = (owner.clone(), (lab.request)());
    owner.with(|| {
        let runner = Runner::new(director.site.manifest.clone());
        let rest = std::cell::RefCell::new(Some((Rc::clone(&director), labs)));
        Effect::new(move |_| {
            let ended = runner.run().with(|run| match run.as_ref().map(|run| &run.stage) {
                Some(Stage::Done(report)) => {
                    let pin = lab.pin_of(report, "this device at the rehearsal", &clock_words());
                    Some(Ok((pin, format!("clock step {}", report.environment.clock_step))))
                }
                Some(Stage::Failed(failure)) => Some(Err(failure.to_string())),
                Some(Stage::Cancelled) => Some(Err("it was stopped".to_owned())),
                _ => None,
            });
            let Some(ended) = ended else { return };
            let Some((director, labs)) = rest.take() else { return };
            let (owner, title) = (of_this_lab.clone(), lab.lab.title());
            // Not within the effect: it goes with its owner.
            leptos::task::spawn_local(async move {
                owner.cleanup();
                went(director, labs, of, title, ended);
            });
        });
        runner.start(request);
    });
}

fn went(director: Rc<Director>, labs: VecDeque<Backstage>, of: usize, title: &str, ended: Result<(Pin, String), String>) {
    match ended {
        Ok((pin, clock)) => {
            director.memory.keep(Kept::Rehearsed, &pin);
            next(director, labs, of, clock);
        }
        Err(reason) => tell(&director, format!("Not ready: {title}: {reason}.")),
    }
}

fn tell(director: &Rc<Director>, words: String) {
    *director.rehearsal.borrow_mut() = words;
    director.refresh();
}
