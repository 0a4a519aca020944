//! `lessons/course.toml`: which lessons there are, and in which order.

use super::fault::{Fault, FileFaults};
use super::fields::Fields;
use super::known::Known;
use super::piece::{Located, Piece};
use crate::slug::is_folder_slug;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The file, relative to the repository's root.
pub(super) const FILE: &str = "lessons/course.toml";

/// A lesson's place: its pillar's folder and its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub pillar: String,
    pub slug: String,
}

impl Place {
    /// The lesson's folder, relative to the root.
    pub fn folder(&self) -> String {
        format!("lessons/{}/{}", self.pillar, self.slug)
    }

    /// The lesson's file, relative to the root.
    pub fn file(&self) -> String {
        format!("{}/lesson.md", self.folder())
    }
}

/// The lessons to read: those listed, in order, then those that lie there unlisted. A listed lesson that is not there, and one that is
/// there but not listed, are faults.
pub(super) fn read(root: &Path, known: &Known) -> (Vec<Place>, Vec<Fault>) {
    let mut faults = FileFaults::new(FILE);
    let listed = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => parse(&text.replace("\r\n", "\n"), known, &mut faults),
        Err(error) => {
            faults.add(
                1,
                format!("the course's order cannot be read: {error}"),
                "list each pillar's lessons here: [[pillars]] slug, lessons",
            );
            Vec::new()
        }
    };
    let present = folders(root);
    let mut places = Vec::new();
    let mut all_faults = Vec::new();
    for entry in listed {
        let file = entry.value.file();
        if places.contains(&entry.value) {
            faults.add(entry.line, format!("`{}` is listed twice", entry.value.slug), "keep one of the two");
        } else if root.join(&file).is_file() {
            places.push(entry.value);
        } else {
            faults.add(entry.line, format!("there is no {file}"), "write the lesson, or take it from the list");
        }
    }
    for place in present {
        let file = place.file();
        if !root.join(&file).is_file() {
            let message = "a folder without a lesson.md".to_owned();
            all_faults.push(Fault {
                file: place.folder(),
                line: 1,
                message,
                what_to_do: "write one, or remove the folder".to_owned(),
            });
        } else if !places.contains(&place) {
            let message = format!("the lesson is not listed in {FILE}");
            let what_to_do = format!("add \"{}\" to the lessons of the pillar `{}`", place.slug, place.pillar);
            all_faults.push(Fault { file, line: 1, message, what_to_do });
            places.push(place);
        }
    }
    all_faults.append(&mut faults.into_inner());
    (places, all_faults)
}

fn parse(text: &str, known: &Known, faults: &mut FileFaults) -> Vec<Located<Place>> {
    let Some(mut fields) = Fields::parse("the course's order", 1, Piece::whole(text), faults) else { return Vec::new() };
    let pillars = fields.tables("pillars", "a pillar", faults);
    fields.finish(faults);
    let mut places = Vec::new();
    let mut seen = BTreeSet::new();
    for mut pillar in pillars.into_iter().flatten() {
        let slug = pillar.text("slug", faults);
        let lessons = pillar.texts("lessons", faults);
        pillar.finish(faults);
        let Some(slug) = slug else { continue };
        known.check_pillar(&slug, faults);
        let Located { value: slug, line } = slug;
        if !seen.insert(slug.clone()) {
            faults.add(line, format!("the pillar `{slug}` is listed twice"), "join the two lists");
        }
        for Located { value: lesson, line } in lessons {
            if is_folder_slug(&slug) && is_folder_slug(&lesson) {
                places.push(Located { value: Place { pillar: slug.clone(), slug: lesson }, line });
            } else {
                let message = format!("`{slug}/{lesson}` cannot be a lesson's folder");
                faults.add(
                    line,
                    message,
                    "begin with a lower-case letter; then lower-case letters, digits and single underscores",
                );
            }
        }
    }
    places
}

/// Every `lessons/<pillar>/<lesson>/`, sorted.
fn folders(root: &Path) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    for pillar in subfolders(&root.join("lessons")) {
        for slug in subfolders(&root.join("lessons").join(&pillar)) {
            places.insert(Place { pillar: pillar.clone(), slug });
        }
    }
    places
}

/// Names of the folders in `folder` that are not hidden; none if it cannot be read, which a missing lesson then reports.
fn subfolders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| !name.starts_with('.')).collect()
}
