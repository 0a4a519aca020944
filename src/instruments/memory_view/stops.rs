//! The moments that one looks for in a history, a button each, and the beats that press these buttons on a stage. Plain data; a beat must never name a
//! button that its history does not have.

use super::history::{BUILDING, CHANGING, History, WALKING};

/// A moment that a button leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    /// The button's words.
    pub label: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Which moment it is; none where the history has no such moment.
    pub moment: fn(&History) -> Option<u32>,
}

/// All of them, in the order of a program.
pub(super) const STOPS: [Stop; 6] = [
    Stop { label: "Start", name: "moment-start", moment: |_| Some(0) },
    Stop { label: "Built", name: "moment-built", moment: |history| history.end_of(BUILDING) },
    Stop { label: "Walked", name: "moment-walked", moment: |history| history.end_of(WALKING) },
    Stop { label: "Changed", name: "moment-changed", moment: |history| history.end_of(CHANGING) },
    Stop { label: "Fullest", name: "moment-fullest", moment: |history| (!history.has_parts()).then(|| history.fullest()) },
    Stop { label: "End", name: "moment-end", moment: |history| Some(history.moments()) },
];

/// The beats on a stage of a view behind a button `trace`, if no part of what it shows is marked: an allocator that is driven by a workload.
pub const ON_STAGE: &str = "press [data-action=trace] | trace it; press [name=moment-start] | the beginning; \
     press [name=moment-fullest] | when most is taken; press [name=moment-end] | the end: what is left";

/// What a program whose parts are marked does between building and tearing down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It walks.
    Walks,
    /// It changes what it has built, and walks nowhere.
    Changes,
    /// It walks, and changes after it.
    WalksAndChanges,
}

impl Course {
    /// Its beats on a stage, behind a button `trace`: the program runs, then its moments.
    #[must_use]
    pub fn on_stage(self) -> String {
        const WALKED: &str = "; press [name=moment-walked] | all is walked";
        const CHANGED: &str = "; press [name=moment-changed] | all is changed";
        let (walked, changed) = match self {
            Self::Walks => (WALKED, ""),
            Self::Changes => ("", CHANGED),
            Self::WalksAndChanges => (WALKED, CHANGED),
        };
        format!(
            "press [data-action=trace] | trace it; press [name=moment-start] | the beginning; press [name=moment-built] | all is built\
             {walked}{changed}; press [name=moment-end] | the end: who is left"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::memory::{EventKind, MemoryEvent, Owner, Trace};

    /// A block comes, and goes before the last mark.
    fn history(marks: &[u32]) -> History {
        let event = |kind, size| MemoryEvent { kind, owner: Owner::Node, align: 0, address: 64, size, taken: size };
        let mut events = vec![event(EventKind::Alloc, 8)];
        events.extend(marks.iter().map(|mark| event(EventKind::Mark, *mark)));
        events.insert(marks.len().max(1), event(EventKind::Free, 8));
        History::of(&Trace { start: 64, end: 128, events: MemoryEvent::pack(&events), lost: 0 }).unwrap()
    }

    /// The names of the stops that a history has, with their moments.
    fn stops(history: &History) -> Vec<(&'static str, u32)> {
        STOPS.iter().filter_map(|stop| Some((stop.name, (stop.moment)(history)?))).collect()
    }

    /// The buttons that beats press behind the first, which traces.
    fn pressed(beats: &str) -> Vec<String> {
        let presses = beats.split(';').skip(1).map(|beat| beat.split('|').next().unwrap().trim());
        presses.map(|press| press.strip_prefix("press ").unwrap().to_owned()).collect()
    }

    #[test]
    fn every_beat_presses_a_stop_of_its_history_and_no_stop_is_left_out() {
        let beats = [
            (ON_STAGE.to_owned(), &[][..]),
            (Course::Walks.on_stage(), &[0, 1, 2, 3]),
            (Course::Walks.on_stage(), &[0, 1, 0, 1, 0, 1, 2, 3]),
            (Course::Changes.on_stage(), &[0, 4, 2, 3]),
            (Course::WalksAndChanges.on_stage(), &[0, 1, 4, 2, 3]),
        ];
        for (beats, marks) in beats {
            let names: Vec<String> = stops(&history(marks)).iter().map(|(name, _)| format!("[name={name}]")).collect();
            assert_eq!(pressed(&beats), names, "{marks:?}");
        }
    }

    #[test]
    fn the_stops_lie_in_the_order_of_their_buttons_and_a_walk_ends_before_anything_changes() {
        for marks in [&[][..], &[0, 1, 2, 3], &[0, 1, 4, 2, 3], &[0, 4, 2, 3], &[0, 1, 0, 1, 0, 1, 2, 3], &[0, 1]] {
            let history = history(marks);
            let stops = stops(&history);
            assert!(stops.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{marks:?}: {stops:?}");
            assert_eq!((stops[0].1, stops[stops.len() - 1].1), (0, history.moments()), "{marks:?}");
        }
        // An event comes before the marks, and moments are counted after events.
        let both = stops(&history(&[0, 1, 4, 2, 3]));
        let named = |name: &str| both.iter().find(|stop| stop.0 == name).map(|stop| stop.1);
        assert_eq!(["moment-built", "moment-walked", "moment-changed"].map(named), [Some(3), Some(4), Some(5)]);
    }
}
