//! `lessons/glossary.toml`: the terms, checked against each other.

use super::fault::{Fault, FileFaults};
use super::fields::Fields;
use super::known::Known;
use super::piece::{Located, Piece};
use crate::slug::folder_form;
use crate::{Glossary, Term};
use std::fs;
use std::path::Path;

/// The file, relative to the repository's root.
pub(super) const FILE: &str = "lessons/glossary.toml";

/// The longest definition, in letters: beyond it, it is a lesson.
const LONGEST: usize = 320;

/// A way in which lessons write a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// The term's id.
    pub id: String,
    /// As it stands in prose; without capitals it may begin a sentence, too.
    pub text: String,
}

/// The terms, and how lessons write them.
pub(super) type Read = (Glossary, Vec<Spelling>);

/// Reads and checks the glossary; none after a fault that leaves it incomplete.
pub(super) fn read(root: &Path, known: &Known) -> (Option<Read>, Vec<Fault>) {
    let mut faults = FileFaults::new(FILE);
    let glossary = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => parse(&text.replace("\r\n", "\n"), known, &mut faults),
        Err(error) => {
            faults.add(1, format!("the glossary cannot be read: {error}"), "write it: [[terms]]");
            None
        }
    };
    let faults = faults.into_inner();
    (glossary.filter(|_| faults.is_empty()), faults)
}

fn parse(text: &str, known: &Known, faults: &mut FileFaults) -> Option<Read> {
    let mut fields = Fields::parse("the glossary", 1, Piece::whole(text), faults)?;
    let tables = fields.tables("terms", "a term", faults);
    fields.finish(faults);
    let mut spellings = Vec::new();
    let read: Vec<(Located<Term>, Vec<Located<String>>)> =
        tables?.into_iter().filter_map(|table| term(table, known, &mut spellings, faults)).collect();
    for (index, (Located { value, line }, _)) in read.iter().enumerate() {
        if read[..index].iter().any(|(other, _)| other.value.id == value.id) {
            faults.add(*line, format!("the term `{}` is there twice", value.term), "keep one of the two");
        }
    }
    let mut terms: Vec<Term> = Vec::with_capacity(read.len());
    for (Located { value, .. }, see) in &read {
        let mut found = Vec::with_capacity(see.len());
        for name in see {
            match read.iter().find(|(other, _)| other.value.term == name.value) {
                Some((other, _)) if other.value.id == value.id => {
                    faults.add(name.line, format!("`{}` refers to itself", name.value), "take it out");
                }
                Some((other, _)) => found.push(other.value.id.clone()),
                None => {
                    let message = format!("there is no term `{}`", name.value);
                    faults.add(name.line, message, "write it as its `term` does, or add it to the glossary");
                }
            }
        }
        terms.push(Term { see: found, ..value.clone() });
    }
    terms.sort_by_key(|term| (term.term.to_lowercase(), term.id.clone()));
    Some((Glossary { terms }, spellings))
}

fn term(
    mut fields: Fields<'_>,
    known: &Known,
    spellings: &mut Vec<Spelling>,
    faults: &mut FileFaults,
) -> Option<(Located<Term>, Vec<Located<String>>)> {
    let line = fields.line;
    let term = fields.text("term", faults);
    let definition = fields.text("definition", faults);
    let pillar = fields.text("pillar", faults);
    let see = fields.texts("see", faults);
    let marked = fields.has("marked").then(|| fields.texts("marked", faults));
    fields.finish(faults);
    if let Some(pillar) = &pillar {
        known.check_pillar(pillar, faults);
    }
    if let Some(definition) = &definition {
        let letters = definition.value.chars().count();
        if letters > LONGEST {
            let message = format!("a definition of {letters} letters");
            faults.add(definition.line, message, format!("at most {LONGEST}: one or two sentences; a lesson says the rest"));
        }
        if !definition.value.ends_with('.') {
            faults.add(definition.line, "the definition is no sentence", "end it with a full stop");
        }
    }
    let term = term?;
    let id = id(&term.value);
    if id.is_empty() {
        faults.add(term.line, format!("`{}` has no letter for an address", term.value), "write it with letters or digits");
        return None;
    }
    let texts = marked.map_or_else(|| usual(&term.value), |marked| marked.into_iter().map(|text| text.value).collect());
    spellings.extend(texts.into_iter().map(|text| Spelling { id: id.clone(), text }));
    let value =
        Term { id, term: term.value, definition: definition?.value, pillar: folder_form(&pillar?.value), see: Vec::new() };
    Some((Located { value, line }, see))
}

/// How a term is written where the glossary does not say: as it is, and with a plural's s unless it is a name.
fn usual(term: &str) -> Vec<String> {
    let plural = (!term.contains(char::is_uppercase)).then(|| format!("{term}s"));
    std::iter::once(term.to_owned()).chain(plural).collect()
}

/// A term as addresses spell it: `Rc<RefCell<T>>` becomes `rc-refcell-t`.
fn id(term: &str) -> String {
    let mut id = String::with_capacity(term.len());
    for letter in term.chars() {
        if letter.is_ascii_alphanumeric() {
            id.push(letter.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SOUND: &str = r#"
[[terms]]
term = "variance"
definition = "How a type's lifetime may be exchanged for another."
pillar = "memory"
see = ["Rc<RefCell<T>>"]

[[terms]]
term = "Rc<RefCell<T>>"
definition = "Shared, and changed in turns."
pillar = "memory"
"#;

    fn read(text: &str) -> (Option<Read>, Vec<Fault>) {
        let known = Known { pillars: vec!["memory".to_owned()], ..Known::default() };
        let mut faults = FileFaults::new(FILE);
        let glossary = parse(text, &known, &mut faults);
        (glossary, faults.into_inner())
    }

    #[test]
    fn a_sound_glossary_is_sorted_and_its_archive_withstands_damage() {
        let (glossary, faults) = read(SOUND);
        assert_eq!(faults, []);
        let (glossary, spellings) = glossary.unwrap();
        let spellings: Vec<_> = spellings.iter().map(|one| (&*one.id, &*one.text)).collect();
        assert_eq!(spellings, [("variance", "variance"), ("variance", "variances"), ("rc-refcell-t", "Rc<RefCell<T>>")]);
        assert_eq!(glossary.terms.iter().map(|term| &*term.id).collect::<Vec<_>>(), ["rc-refcell-t", "variance"]);
        assert_eq!(glossary.terms[1].see, ["rc-refcell-t"]);
        crate::archive::damage::is_withstood(&glossary, |glossary| {
            let _ = glossary.term("variance").map(|term| term.definition.len());
        });
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        for (old, new, line, message) in [
            ("see = [\"Rc<RefCell<T>>\"]", "see = [\"Rc\"]", 6, "there is no term `Rc`"),
            ("see = [\"Rc<RefCell<T>>\"]", "see = [\"variance\"]", 6, "refers to itself"),
            ("\"Rc<RefCell<T>>\"\nd", "\"Variance\"\nd", 8, "there twice"),
            ("turns.", "turns", 10, "no sentence"),
            ("pillar = \"memory\"\nsee", "pillar = \"x\"\nsee", 5, "there is no pillar"),
            ("term = \"variance\"", "term = \"<>\"", 3, "no letter for an address"),
        ] {
            let text = SOUND.replacen(old, new, 1);
            assert_ne!(text, SOUND, "{old}");
            let (_, faults) = read(&text);
            assert!(faults.iter().any(|fault| fault.message.contains(message) && fault.line == line), "{message}: {faults:?}");
        }
        let (_, faults) = read(&SOUND.replace("Shared", &"Shared ".repeat(60)));
        assert!(faults[0].message.contains("letters") && faults[0].line == 10, "{faults:?}");
    }

    proptest! {
        #[test]
        fn an_id_is_an_address_whatever_the_term(term in "\\PC{0,30}") {
            let id = id(&term);
            prop_assert!(id.split('-').all(|part| part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())));
            prop_assert!(!id.starts_with('-') && !id.ends_with('-') && !id.contains("--"));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "[\\PC\n]{0,200}") {
            read(&text);
            read(&format!("{SOUND}{text}"));
        }
    }
}
