//! Captures: what is read, what is refused, what is shown where nothing was captured.

use super::*;
use proptest::prelude::*;

const PIPELINE: &str = r#"
[[steps]]
id = "tidy"
date = "2026-11-22"
machine = "2 cores, a <system>"
passed = true
output = ["dependencies point down", "<b>"]

[[steps]]
id = "formatting"
date = "2026-11-22"
machine = "2 cores"
passed = false
output = []
"#;

const TIMING: &str = r#"
date = "2026-11-22"
machine = "2 cores"
tests = 300
[[rounds]]
cargo_test = 30.0
nextest = 20.0
[[rounds]]
cargo_test = 36.0
nextest = 20.0
[[rounds]]
cargo_test = 20.0
nextest = 10.0
"#;

fn faults_of(read: impl FnOnce(&mut FileFaults)) -> Vec<String> {
    let mut faults = FileFaults::new("x");
    read(&mut faults);
    faults.into_inner().iter().map(ToString::to_string).collect()
}

fn whole_pipeline() -> Vec<Step> {
    let mut faults = FileFaults::new("x");
    let steps = steps(PIPELINE, &mut faults);
    assert!(faults.into_inner().is_empty());
    steps
}

#[test]
fn steps_come_in_the_pipeline_s_order() {
    let steps = whole_pipeline();
    assert_eq!(steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["formatting", "tidy"]);
    assert_eq!(steps[1].output, "dependencies point down\n<b>");
}

#[test]
fn what_was_not_captured_is_said_to_be_missing_and_a_failure_to_be_one() {
    let steps = whole_pipeline();
    let html = overview(&steps);
    assert_eq!(html.matches("<tr><td>").count(), STEPS.len());
    assert_eq!(html.matches("not captured yet").count(), STEPS.len() - 2);
    assert!(html.contains("failed, 2026-11-22"));
    assert!(said("lints", &steps).contains("not captured yet"));
    assert!(said("formatting", &steps).contains("(it prints nothing)"));
    assert!(said("tidy", &steps).ends_with("(passed; RECORDED 2026-11-22, 2 cores, a <system>)"));
}

#[test]
fn medians_and_spreads_are_computed_from_the_rounds() {
    let mut faults = FileFaults::new("x");
    let timing = timing(TIMING, &mut faults).unwrap();
    assert_eq!(timing.ratio(), Some(Spread { median: 1.8, low: 1.5, high: 2.0 }));
    let html = times(Some(&timing));
    assert!(html.contains("30.00 s") && html.contains("20.00 to 36.00 s") && html.contains("1.80 times"), "{html}");
    assert!(times(None).contains("Not measured yet"));
    assert_eq!(Spread::of([4.0, 1.0, 2.0, 3.0]).map(|of| of.median), Some(2.5));
    assert_eq!(Spread::of([]), None);
}

#[test]
fn every_fault_of_a_record_is_named() {
    let unknown = PIPELINE.replace("\"tidy\"", "\"tidiness\"");
    assert!(faults_of(|faults| drop(steps(&unknown, faults)))[0].contains("there is no step `tidiness`"));
    let dateless = PIPELINE.replacen("date = \"2026-11-22\"", "", 1);
    assert_eq!(faults_of(|faults| drop(steps(&dateless, faults))).len(), 1);
    let few = TIMING.replacen("[[rounds]]\ncargo_test = 30.0\nnextest = 20.0", "", 1);
    assert!(faults_of(|faults| drop(timing(&few, faults)))[0].contains("2 rounds tell nothing"));
    let instant = TIMING.replace("nextest = 10.0", "nextest = 0.0");
    assert!(faults_of(|faults| drop(timing(&instant, faults)))[0].contains("took no time"));
}

#[test]
fn a_fence_names_what_there_is() {
    let root = tempfile::tempdir().unwrap();
    assert!(matches!(block(root.path(), "pipeline", None), Ok(Block::Prose(_))));
    assert!(matches!(block(root.path(), "step", Some("tests")), Ok(Block::Output(_))));
    for (show, step) in [("step", None), ("step", Some("speed")), ("pipeline", Some("tests")), ("speed", None)] {
        assert!(block(root.path(), show, step).is_err(), "{show} {step:?}");
    }
    fs::create_dir(root.path().join("captures")).unwrap();
    fs::write(root.path().join(PIPELINE_FILE), "steps = 1").unwrap();
    assert!(block(root.path(), "pipeline", None).unwrap_err().0.contains("damaged"));
}

proptest! {
    #[test]
    fn damage_is_a_fault_and_never_a_panic(text in "[a-z_\\[\\]=\"0-9.\\n ]{0,200}", at in 0_usize..400, with in any::<char>()) {
        let mut damaged = PIPELINE.to_owned() + TIMING;
        if damaged.is_char_boundary(at) && at < damaged.len() {
            damaged.insert(at, with);
        }
        for text in [text, damaged] {
            let mut faults = FileFaults::new("x");
            steps(&text, &mut faults);
            timing(&text, &mut faults);
        }
    }
}
