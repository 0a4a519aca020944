//! Every station is reached by the keys alone, on both drawings.

use super::*;
use course::{Drawing, LearningPath, PathArchive, Station, StationBox, Way};
use std::collections::BTreeSet;

/// `A` leads to `B`, `B` to `D` and `E` side by side, both to `G`.
fn path() -> PathArchive {
    let station = |id: &str| Station {
        id: id.to_owned(),
        title: format!("Station {id}"),
        lines: vec![format!("Station {id}")],
        takes: "Nothing.".to_owned(),
        pillar: None,
        lessons: Vec::new(),
        labs: Vec::new(),
    };
    let way = |from, to| Way { from, to, label: None };
    let boxes = |places: [(f32, f32); 5]| places.map(|(x, y)| StationBox { x, y, width: 80.0, height: 40.0 }).into();
    let drawing = |places| Drawing { width: 400.0, height: 400.0, boxes: boxes(places), lines: Vec::new() };
    PathArchive::of(&LearningPath {
        stations: ["A", "B", "D", "E", "G"].map(station).into(),
        ways: vec![way(0, 1), way(1, 2), way(1, 3), way(2, 4), way(3, 4)],
        down: drawing([(100.0, 0.0), (100.0, 100.0), (0.0, 200.0), (150.0, 200.0), (100.0, 300.0)]),
        across: drawing([(0.0, 100.0), (100.0, 100.0), (200.0, 0.0), (200.0, 150.0), (300.0, 100.0)]),
    })
    .unwrap()
}

#[test]
fn the_arrows_go_where_they_point() {
    let path = path();
    for (drawn, forward, back, before, after) in [
        (Drawn::Down, "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"),
        (Drawn::Across, "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"),
    ] {
        let go = |from, key| step(&path, drawn, from, Step::of_key(key, drawn).unwrap());
        assert_eq!(go(0, forward), Some(1));
        // Of two ways, the one whose end lies nearer.
        assert_eq!(go(1, forward), Some(3));
        assert_eq!((go(3, before), go(2, after)), (Some(2), Some(3)));
        assert_eq!((go(2, before), go(3, after), go(0, back), go(4, forward)), (None, None, None, None));
        assert_eq!((go(2, back), go(4, "Home"), go(0, "End")), (Some(1), Some(0), Some(4)));
        assert_eq!(Step::of_key("Enter", drawn), None);
    }
}

#[test]
fn every_station_is_reached_by_arrows_alone() {
    let path = path();
    for drawn in Drawn::ALL {
        let mut reached = BTreeSet::from([0]);
        loop {
            let more: BTreeSet<usize> = reached
                .iter()
                .flat_map(|from| [Step::Forward, Step::Back, Step::Before, Step::After].map(|one| step(&path, drawn, *from, one)))
                .flatten()
                .chain(reached.iter().copied())
                .collect();
            if more == reached {
                break;
            }
            reached = more;
        }
        assert_eq!(reached.len(), path.stations.len(), "{drawn:?}");
    }
}

#[test]
fn a_station_that_there_is_not_leads_nowhere() {
    for one in [Step::Forward, Step::Back, Step::Before, Step::After, Step::First, Step::Last] {
        assert_eq!(step(&path(), Drawn::Down, 99, one), None, "{one:?}");
    }
}
