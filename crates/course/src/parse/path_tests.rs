//! A sound path is drawn, and every fault of one that is not is told with its line.

use super::*;
use crate::parse::KnownLab;
use proptest::prelude::*;

const SOUND: &str = r#"
[[stations]]
id = "A"
title = "Beginner: syntax and ownership"
takes = "Nothing."
lessons = ["memory/arenas"]

[[stations]]
id = "B"
title = "Zero copy"
takes = "A."
pillar = "data"
labs = ["arena"]

[[ways]]
from = "A"
to = "B"
label = "data and AI"
"#;

fn known() -> Known {
    Known {
        pillars: vec!["memory".to_owned(), "data".to_owned()],
        labs: vec![KnownLab { slug: "arena".to_owned(), ..KnownLab::default() }],
        ..Known::default()
    }
}

fn read(text: &str) -> (Option<LearningPath>, Vec<Fault>) {
    let mut faults = FileFaults::new(FILE);
    let lessons = [Place { pillar: "memory".to_owned(), slug: "arenas".to_owned() }];
    let path = parse(text, &known(), &lessons, &mut faults);
    (path, faults.into_inner())
}

#[test]
fn a_sound_path_is_drawn_without_overlap_and_its_archive_withstands_damage() {
    let (path, faults) = read(SOUND);
    assert_eq!(faults, []);
    let path = path.unwrap();
    for drawing in [&path.down, &path.across] {
        let [one, other] = drawing.boxes[..] else { panic!("{drawing:?}") };
        let apart = one.x + one.width <= other.x || one.y + one.height <= other.y;
        assert!(apart, "{drawing:?}");
        assert!(other.x + other.width <= drawing.width && other.y + other.height <= drawing.height, "{drawing:?}");
        assert!(drawing.lines[0].label.is_some() && drawing.lines[0].points.len() >= 2);
    }
    assert_eq!(path.stations[0].lines, ["Beginner: syntax", "and ownership"]);
    crate::archive::damage::is_withstood(&path, |path| {
        let ends: Vec<usize> = (0..3).flat_map(|station| path.next(station).chain(path.before(station))).collect();
        assert!(ends.len() <= 2 * path.ways.len());
    });
}

#[test]
fn every_fault_is_told_with_its_line() {
    let line = |text: &str, part: &str| u32::try_from(text[..text.find(part).unwrap()].matches('\n').count()).unwrap() + 1;
    for (old, new, part, message) in [
        ("memory/arenas", "memory/nothing", "memory/nothing", "there is no lesson"),
        ("[\"arena\"]", "[\"nothing\"]", "[\"nothing\"]", "there is no lab"),
        ("pillar = \"data\"", "pillar = \"x\"", "pillar = \"x\"", "there is no pillar"),
        ("to = \"B\"", "to = \"C\"", "to = \"C\"", "there is no station"),
        ("from = \"A\"\nto = \"B\"", "from = \"B\"\nto = \"A\"", "[[ways]]", "does not lead to a later station"),
        ("to = \"B\"", "to = \"A\"", "[[ways]]", "does not lead to a later station"),
        ("id = \"B\"", "id = \"A\"", "[[stations]]\nid = \"A\"\ntitle = \"Zero", "two stations"),
        ("takes = \"A.\"", "", "[[stations]]\nid = \"B\"", "has no `takes`"),
        ("takes = \"A.\"", "takes = \"A.\"\nhue = \"red\"", "hue", "unknown key `hue`"),
    ] {
        let text = SOUND.replace(old, new);
        assert_ne!(text, SOUND, "{old}");
        let (_, faults) = read(&text);
        let there = line(&text, part);
        assert!(
            faults.iter().any(|fault| fault.message.contains(message) && fault.line == there),
            "{message}, line {there}: {faults:?}"
        );
    }
}

#[test]
fn a_way_that_is_missing_or_there_twice_is_a_fault() {
    let ways: Vec<&str> = SOUND.split("[[ways]]").collect();
    let (_, faults) = read(ways[0]);
    assert!(faults.iter().any(|fault| fault.message.contains("no way leads to the station `B`")), "{faults:?}");
    let (_, faults) = read(&format!("{SOUND}\n[[ways]]{}", ways[1]));
    assert!(faults.iter().any(|fault| fault.message.contains("there twice")), "{faults:?}");
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "[\\PC\n]{0,200}", at in any::<prop::sample::Index>()) {
        read(&text);
        let middle = (0..=SOUND.len()).filter(|at| SOUND.is_char_boundary(*at)).nth(at.index(SOUND.len())).unwrap();
        read(&format!("{}{text}{}", &SOUND[..middle], &SOUND[middle..]));
    }
}
