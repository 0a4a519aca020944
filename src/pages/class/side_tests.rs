//! What stands beside what.

use super::*;
use protocol::Phase;

fn result(place: &str, nodes: &str, ratio: f64) -> Compared {
    let figure = Interval { median: ratio, low: ratio * 0.9, high: ratio * 1.1 };
    Compared {
        lab: LabId::Arena,
        choices: vec![("nodes".into(), nodes.into())],
        place: place.into(),
        figures: vec![(What::Ratio(Phase::Build), Contender::BumpArenaVec, figure)],
    }
}

#[test]
fn two_results_stand_beside_each_other_with_their_intervals_and_the_question() {
    let pasted = Pasted { results: vec![(1, result("<A>", "10", 0.5)), (2, result("B", "10", 0.25))], faults: Vec::new() };
    let html = draw(&pasted);
    assert!(html.contains("<th scope=\"col\">No. 1</th><th scope=\"col\">No. 2</th>"), "{html}");
    assert!(html.contains("<td>0.500 (0.450 to 0.550)</td><td>0.250 (0.225 to 0.275)</td>"), "{html}");
    assert!(html.contains("&lt;A&gt;") && html.contains("<summary>Why") && !html.contains("different choices"));
    assert_eq!(html.matches("class=\"whisker\"").count(), 2);
    assert_eq!(summary(&pasted), "2 results beside each other.");
}

#[test]
fn results_of_different_choices_are_said_to_be() {
    let pasted = Pasted { results: vec![(1, result("A", "10", 0.5)), (2, result("B", "20", 0.25))], faults: Vec::new() };
    assert!(draw(&pasted).contains("different choices"));
}

#[test]
fn one_result_asks_for_another_and_faults_are_listed() {
    let pasted = Pasted { results: vec![(1, result("A", "10", 0.5))], faults: vec![(2, PastedError::CutShort)] };
    let html = draw(&pasted);
    assert!(html.contains("Paste a second") && html.contains("<b>No. 2:</b> the JSON ends"));
    assert_eq!(summary(&pasted), "1 result. 1 could not be read.");
    assert_eq!(draw(&Pasted::default()) + &summary(&Pasted::default()), "");
}
