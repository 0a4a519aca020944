//! How the steps of a talk belong together: which guess one settles, and which program another has taken the place of. Pure.

use super::{
    deck::is_offer,
    plan::{Step, StepKind},
};

/// A guess that a step settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Which of its element's steps settles it: an element may have several guesses at one control.
    pub nth: usize,
    /// The control that it is entered in.
    pub control: String,
}

/// What the step at a place of a talk settles, if anything.
#[must_use]
pub fn settled_by(steps: &[&(usize, Step)], at: usize) -> Option<Settled> {
    let ((host, step), (of, before)) = (steps.get(at)?, steps.get(at.checked_sub(1)?)?);
    let StepKind::Offer(to) = &before.kind else { return None };
    let nth = steps[..at].iter().filter(|(of, _)| of == host).count();
    (of == host && !is_offer(step)).then(|| Settled { nth, control: to.control.clone() })
}

/// Whether a walk's program has given way to another: behind it come a choice that was made, and then another walk. `past` is how many steps are past.
#[must_use]
pub fn is_over(steps: &[&(usize, Step)], past: usize, at: usize) -> bool {
    let Some((host, Step { kind: StepKind::Walk(_), .. })) = steps.get(at).copied() else { return false };
    let mut later = steps.iter().enumerate().skip(at + 1).filter(|(_, (of, _))| of == host);
    later.any(|(place, (_, step))| place < past && matches!(step.kind, StepKind::Move(_)))
        && later.any(|(_, (_, step))| matches!(step.kind, StepKind::Walk(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::plan::parse;

    #[test]
    fn a_program_that_has_given_way_to_another_is_over() {
        let walk = "walk [on] back [off]";
        let steps: Vec<(usize, Step)> =
            parse(&format!("press [x]; {walk}; choose b [t]; {walk}; choose c [t]")).into_iter().map(|step| (0, step)).collect();
        let steps: Vec<_> = steps.iter().collect();
        let over = |past: usize| (0..steps.len()).filter(|at| is_over(&steps, past, *at)).collect::<Vec<_>>();
        assert_eq!(over(2), [0; 0], "the other is still to be chosen");
        assert_eq!([over(3), over(4)], [[1], [1]]);
        assert_eq!(over(5), [1], "behind the last choice nothing is gone through any more: its lines stay");
    }
}
