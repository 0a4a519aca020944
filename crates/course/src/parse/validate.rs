//! What can be checked only when every lesson was read: where links lead, and what is recalled.

use super::document::own_id;
use super::fault::listed;
use super::findings::Findings;
use super::known::Known;
use super::order::Place;
use super::piece::Located;
use crate::{Lesson, Target};

/// A lesson as far as it could be read.
pub(super) struct Draft {
    pub place: Place,
    pub lesson: Option<Lesson>,
    pub findings: Findings,
}

/// Checks every lesson against the others and against what is known.
pub(super) fn check(drafts: &mut [Draft], known: &Known) {
    for index in 0..drafts.len() {
        let links = std::mem::take(&mut drafts[index].findings.links);
        for link in links {
            if let Err((message, what_to_do)) = leads_somewhere(&link, index, drafts, known) {
                drafts[index].findings.fault(link.line, message, what_to_do);
            }
        }
        let findings = &mut drafts[index].findings;
        match (findings.recalled, index) {
            (None | Some(2), _) | (Some(0), 0) => {}
            (Some(recalled), _) => {
                let message = format!("the lesson asks {recalled} [[recall]] questions, not two");
                findings.fault(1, message, "ask two from an earlier lesson; only the course's first lesson may ask none");
            }
        }
    }
}

/// What is wrong with a link, and what to do.
type Wrong = (String, String);

fn leads_somewhere(link: &Located<String>, index: usize, drafts: &[Draft], known: &Known) -> Result<(), Wrong> {
    if let Some(id) = own_id(link) {
        let found = drafts[index].findings.may_have_id(id);
        return if found { Ok(()) } else { Err(no_section(id, &drafts[index])) };
    }
    match Target::parse(&link.value) {
        Ok(Target::Lesson { pillar, slug, section }) => {
            let lesson = drafts.iter().find(|draft| draft.place.pillar == pillar && draft.place.slug == slug);
            let Some(lesson) = lesson else {
                let places: Vec<String> =
                    drafts.iter().map(|draft| format!("{}/{}", draft.place.pillar, draft.place.slug)).collect();
                let lessons = listed(places.iter().map(String::as_str));
                return Err((format!("there is no lesson `{pillar}/{slug}`"), format!("lessons: {lessons}")));
            };
            match section {
                Some(id) if !lesson.findings.may_have_id(id) => Err(no_section(id, lesson)),
                _ => Ok(()),
            }
        }
        Ok(Target::Lab(slug)) => one_of("lab", slug, known.labs.iter().map(|lab| lab.slug.as_str())),
        Ok(Target::Claim(id)) => one_of("claim", id, known.claims.iter().map(String::as_str)),
        Ok(Target::Page(name)) => one_of("page", name, known.pages.iter().map(String::as_str)),
        Ok(Target::Pillar(slug)) => one_of("pillar", slug, known.pillars.iter().map(String::as_str)),
        Ok(Target::Term(id)) => {
            let message = format!("a link to the term `{id}`");
            Err((message, "write the word: its first place in a lesson leads to the glossary by itself".to_owned()))
        }
        // Reported where it was read.
        Err(_) => Ok(()),
    }
}

fn one_of<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str> + Clone) -> Result<(), Wrong> {
    if known.clone().any(|other| other == name) {
        return Ok(());
    }
    Err((format!("there is no {what} `{name}`"), format!("{what}s: {}", listed(known))))
}

fn no_section(id: &str, draft: &Draft) -> Wrong {
    let message = format!("`{}` has no `#{id}`", draft.place.slug);
    (message, format!("its sections: {}", draft.findings.section_list()))
}
