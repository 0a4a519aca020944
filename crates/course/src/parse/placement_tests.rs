//! What came of a program decides which answer is right, and every fault is told with its line.

use super::*;
use proptest::prelude::*;

const SOUND: &str = r#"undecided = "C"

[[levels]]
station = "A"
subject = "ownership"
enough = 1

[[branches]]
station = "D"
wish = "Services"

[[questions]]
id = "moved"
station = "A"
[[questions.answers]]
prints = "1"
why = "No."
[[questions.answers]]
refused = "E0382"
text = "It is refused."
why = "`a` moved."
"#;

fn read_with(text: &str, came: &Came) -> (Option<Placement>, Vec<Fault>) {
    let stations = ["A", "C", "D"].map(str::to_owned);
    let mut findings = Findings::new(FILE);
    let mut programs = |id: &str| match id {
        "moved" => Ok(Program { code: "fn main() {}".to_owned(), came: came.clone() }),
        _ => Err((format!("there is no file `{id}.rs`"), String::new())),
    };
    let placement = parse(text, &stations, &mut programs, &mut findings);
    (placement, findings.faults.into_inner())
}

fn refused() -> Came {
    Came::Refused("error[E0382]: borrow of moved value".to_owned())
}

#[test]
fn what_came_of_the_program_decides_which_answer_is_right() {
    let (placement, faults) = read_with(SOUND, &refused());
    assert_eq!(faults, []);
    let answers = &placement.as_ref().unwrap().questions[0].answers;
    assert_eq!([answers[0].correct, answers[1].correct], [false, true]);
    assert_eq!((&*answers[0].text, &*answers[1].why), ("It prints <code>1</code>", "<code>a</code> moved."));
    crate::archive::damage::is_withstood(&placement.unwrap(), |placement| {
        placement.place(|id| id.len() > 3, Some("D"));
    });
    let (placement, faults) = read_with(SOUND, &Came::Printed("1".to_owned()));
    assert_eq!(faults, []);
    assert!(placement.unwrap().questions[0].answers[0].correct);
}

#[test]
fn a_program_that_does_what_no_answer_says_is_a_fault() {
    for came in [Came::Printed("2".to_owned()), Came::Panicked("1".to_owned()), Came::Refused("error[E0499]".to_owned())] {
        let (_, faults) = read_with(SOUND, &came);
        assert!(faults.iter().any(|fault| fault.message.starts_with("0 of the 2 answers") && fault.line == 12), "{faults:?}");
    }
}

#[test]
fn every_fault_is_told_with_its_line() {
    for (old, new, line, message) in [
        ("undecided = \"C\"", "undecided = \"X\"", 1, "there is no station `X`"),
        ("enough = 1", "enough = 2", 6, "of 1 questions"),
        ("enough = 1", "enough = 0.5", 6, "of 1 questions"),
        ("station = \"D\"", "station = \"Z\"", 9, "there is no station `Z`"),
        ("id = \"moved\"", "id = \"other\"", 13, "there is no file `other.rs`"),
        ("id = \"moved\"", "id = \"../moved\"", 13, "cannot be an id"),
        ("prints = \"1\"", "prints = \"1\"\npanics = \"1\"", 15, "says one thing"),
        ("text = \"It is refused.\"\n", "", 18, "has no `text`"),
    ] {
        let text = SOUND.replacen(old, new, 1);
        assert_ne!(text, SOUND, "{old}");
        let (_, faults) = read_with(&text, &refused());
        assert!(faults.iter().any(|fault| fault.message.contains(message) && fault.line == line), "{message}: {faults:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "[\\PC\n]{0,200}", at in any::<prop::sample::Index>()) {
        read_with(&text, &refused());
        let middle = (0..=SOUND.len()).filter(|at| SOUND.is_char_boundary(*at)).nth(at.index(SOUND.len())).unwrap();
        read_with(&format!("{}{text}{}", &SOUND[..middle], &SOUND[middle..]), &refused());
    }
}
