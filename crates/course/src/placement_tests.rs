//! Who is placed where, and which answers decided it.

use super::*;
use crate::PlacementArchive;
use proptest::prelude::*;

fn question(id: &str, station: &str) -> PlacementQuestion {
    let answer = |correct| Answer { text: String::new(), correct, why: String::new() };
    PlacementQuestion {
        id: id.to_owned(),
        station: station.to_owned(),
        path: String::new(),
        code: String::new(),
        answers: vec![answer(true), answer(false)],
        came: Came::Printed("1".to_owned()),
    }
}

fn placement() -> PlacementArchive {
    let level = |station: &str| Level { station: station.to_owned(), subject: String::new(), enough: 2 };
    let branch = |station: &str| Branch { station: station.to_owned(), wish: String::new() };
    let ids = [("a1", "A"), ("a2", "A"), ("a3", "A"), ("b1", "B"), ("b2", "B"), ("d1", "D")];
    PlacementArchive::of(&Placement {
        levels: vec![level("A"), level("B")],
        branches: vec![branch("D"), branch("F")],
        undecided: "C".to_owned(),
        questions: ids.map(|(id, station)| question(id, station)).into(),
    })
    .unwrap()
}

fn place(right: &[&str], wish: Option<&str>) -> Placed {
    placement().place(|id| right.contains(&id), wish)
}

#[test]
fn who_answers_nothing_starts_at_the_beginning() {
    let placed = place(&[], Some("D"));
    assert_eq!((&*placed.station, placed.stopped), ("A", true));
    assert_eq!(placed.levels, [LevelResult { level: 0, right: 0, of: 3, missed: vec![0, 1, 2] }]);
}

#[test]
fn the_first_level_that_is_not_passed_decides_whatever_comes_after() {
    let placed = place(&["a1", "b1", "b2", "d1"], Some("D"));
    assert_eq!((&*placed.station, placed.levels.len()), ("A", 1));
    let placed = place(&["a1", "a3", "b2", "d1"], Some("D"));
    assert_eq!((&*placed.station, placed.stopped), ("B", true));
    assert_eq!(placed.levels[1], LevelResult { level: 1, right: 1, of: 2, missed: vec![3] });
}

#[test]
fn past_every_level_the_wish_decides() {
    let all = ["a1", "a2", "b1", "b2", "d1"];
    assert_eq!(place(&all, None).station, "C");
    let placed = place(&all, Some("D"));
    assert_eq!((&*placed.station, placed.stopped, &*placed.branch), ("D", false, &[(5, true)][..]));
    assert_eq!(place(&all, Some("F")).station, "F");
    assert_eq!(place(&all, Some("Z")).station, "C", "a wish that there is not is none");
}

proptest! {
    /// One more right answer never places a reader lower.
    #[test]
    fn to_know_more_never_harms(right in proptest::collection::vec(any::<bool>(), 6), one in 0..6_usize) {
        let placement = placement();
        let of = |right: &[bool]| placement.place(|id| placement.questions.iter().position(|one| one.id == id).is_some_and(|at| right[at]), None).levels.len();
        let mut more = right.clone();
        more[one] = true;
        prop_assert!(of(&right) <= of(&more));
    }
}
