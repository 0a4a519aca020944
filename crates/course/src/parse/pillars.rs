//! `lessons/pillars.toml`: what each pillar leads to, checked against the lessons and labs that there are.

use super::fault::{Fault, FileFaults};
use super::fields::Fields;
use super::path::{check_labs, lesson_names};
use super::piece::{Located, Piece};
use super::roadmap_table::{self, Around};
use crate::slug::folder_form;
use crate::{Competency, PillarGoals, Pillars, RoadmapTable};
use std::fs;
use std::path::Path;

/// The file, relative to the repository's root.
const FILE: &str = "lessons/pillars.toml";

/// Reads and checks the pillars' goals; none after a fault that leaves them incomplete.
pub(super) fn read(root: &Path, around: Around<'_>) -> (Option<Pillars>, Vec<Fault>) {
    let mut faults = FileFaults::new(FILE);
    let pillars = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => parse(&text.replace("\r\n", "\n"), around, &mut faults),
        Err(error) => {
            faults.add(1, format!("the pillars' goals cannot be read: {error}"), "write them: [[pillars]]");
            None
        }
    };
    let faults = faults.into_inner();
    (pillars.filter(|_| faults.is_empty()), faults)
}

fn parse(text: &str, around: Around<'_>, faults: &mut FileFaults) -> Option<Pillars> {
    let mut fields = Fields::parse("the pillars' goals", 1, Piece::whole(text), faults)?;
    let tables = fields.tables("pillars", "a pillar", faults);
    fields.finish(faults);
    let read: Vec<Located<PillarGoals>> = tables?.into_iter().filter_map(|table| pillar(table, around, faults)).collect();
    for (index, one) in read.iter().enumerate() {
        if read[..index].iter().any(|other| other.value.pillar == one.value.pillar) {
            faults.add(one.line, format!("the pillar `{}` is there twice", one.value.pillar), "keep one of the two");
        }
    }
    for slug in &around.known.pillars {
        if !read.iter().any(|one| one.value.pillar == folder_form(slug)) {
            faults.add(1, format!("the pillar `{slug}` has no goals"), "add a [[pillars]] with slug, able and competencies");
        }
    }
    Some(Pillars { pillars: read.into_iter().map(|one| one.value).collect() })
}

fn pillar(mut fields: Fields<'_>, around: Around<'_>, faults: &mut FileFaults) -> Option<Located<PillarGoals>> {
    let line = fields.line;
    let slug = fields.text("slug", faults);
    let able = fields.texts("able", faults);
    let competencies = fields.tables("competencies", "a competency", faults);
    let tables = fields.tables("tables", "a table", faults);
    fields.finish(faults);
    let slug = slug?;
    around.known.check_pillar(&slug, faults);
    let competencies: Vec<Competency> = competencies?.into_iter().filter_map(|table| competency(table, around, faults)).collect();
    if able.is_empty() || competencies.is_empty() {
        faults.add(
            line,
            format!("the pillar `{}` leads nowhere", slug.value),
            "say what one is able to do, and the competencies",
        );
    }
    let able = able.into_iter().map(|one| one.value).collect();
    let pillar = folder_form(&slug.value);
    let mut tables: Vec<RoadmapTable> =
        tables?.into_iter().filter_map(|table| roadmap_table::read(table, around, faults)).collect();
    for (index, table) in tables.iter().enumerate() {
        if tables[..index].iter().any(|other| other.id == table.id) {
            faults.add(line, format!("the pillar has two tables `{}`", table.id), "give each an id of its own");
        }
    }
    tables.extend(around.audit.and_then(|audit| RoadmapTable::of_ledger(audit, &pillar)));
    Some(Located { value: PillarGoals { pillar, able, competencies, tables }, line })
}

fn competency(mut fields: Fields<'_>, around: Around<'_>, faults: &mut FileFaults) -> Option<Competency> {
    let text = fields.text("text", faults);
    let served = fields.texts("lessons", faults);
    let labs = fields.texts("labs", faults);
    fields.finish(faults);
    check_labs(&labs, around.known, faults);
    let lessons = lesson_names(served, around.lessons, faults);
    Some(Competency { text: text?.value, lessons, labs: labs.into_iter().map(|lab| lab.value).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::order::Place;
    use crate::parse::{Known, KnownLab};
    use proptest::prelude::*;

    const SOUND: &str = r#"[[pillars]]
slug = "memory"
able = ["choose an allocator"]
[[pillars.competencies]]
text = "Arenas"
lessons = ["memory/arenas"]
labs = ["arena"]
[[pillars.competencies]]
text = "Variance"
"#;

    fn read(text: &str) -> (Option<Pillars>, Vec<Fault>) {
        let known = Known {
            pillars: vec!["memory".to_owned()],
            labs: vec![KnownLab { slug: "arena".to_owned(), ..KnownLab::default() }],
            ..Known::default()
        };
        let lessons = [Place { pillar: "memory".to_owned(), slug: "arenas".to_owned() }];
        let mut faults = FileFaults::new(FILE);
        let pillars = parse(text, Around { known: &known, lessons: &lessons, audit: None }, &mut faults);
        (pillars, faults.into_inner())
    }

    #[test]
    fn sound_goals_are_read_and_their_archive_withstands_damage() {
        let (pillars, faults) = read(SOUND);
        assert_eq!(faults, []);
        let pillars = pillars.unwrap();
        let [one, other] = &pillars.pillars[0].competencies[..] else { panic!("{pillars:?}") };
        assert_eq!((one.lessons.len(), one.labs.len(), other.lessons.len(), other.labs.len()), (1, 1, 0, 0));
        crate::archive::damage::is_withstood(&pillars, |pillars| {
            let _ = pillars.of("memory").map(|one| one.able.len());
        });
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        for (old, new, line, message) in [
            ("memory/arenas", "memory/none", 6, "there is no lesson"),
            ("[\"arena\"]", "[\"none\"]", 7, "there is no lab"),
            ("slug = \"memory\"", "slug = \"data\"", 2, "there is no pillar"),
            ("slug = \"memory\"", "slug = \"data\"", 1, "`memory` has no goals"),
            ("[\"choose an allocator\"]", "[]", 1, "leads nowhere"),
            ("text = \"Variance\"", "lesson = \"x\"", 8, "has no `text`"),
        ] {
            let text = SOUND.replacen(old, new, 1);
            assert_ne!(text, SOUND, "{old}");
            let (_, faults) = read(&text);
            assert!(faults.iter().any(|fault| fault.message.contains(message) && fault.line == line), "{message}: {faults:?}");
        }
        let (_, faults) = read(&format!("{SOUND}{SOUND}"));
        assert!(faults.iter().any(|fault| fault.message.contains("there twice") && fault.line == 10), "{faults:?}");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "[\\PC\n]{0,200}") {
            read(&text);
            read(&format!("{SOUND}{text}"));
        }
    }
}
