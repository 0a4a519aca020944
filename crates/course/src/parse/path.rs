//! `lessons/path.toml`: the learning path, checked and laid out.

use super::draw::{self, Direction};
use super::fault::{Fault, FileFaults, listed};
use super::fields::Fields;
use super::known::Known;
use super::order::Place;
use super::piece::{Located, Piece};
use crate::slug::url_form;
use crate::{LearningPath, LessonName, Station, Way};
use std::fs;
use std::path::Path;

/// The file, relative to the repository's root.
pub(super) const FILE: &str = "lessons/path.toml";

/// Reads and checks the learning path; none after a fault that leaves it incomplete.
pub(super) fn read(root: &Path, known: &Known, lessons: &[Place]) -> (Option<LearningPath>, Vec<Fault>) {
    let mut faults = FileFaults::new(FILE);
    let path = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => parse(&text.replace("\r\n", "\n"), known, lessons, &mut faults),
        Err(error) => {
            faults.add(1, format!("the learning path cannot be read: {error}"), "write it: [[stations]] and [[ways]]");
            None
        }
    };
    let faults = faults.into_inner();
    (path.filter(|_| faults.is_empty()), faults)
}

fn parse(text: &str, known: &Known, lessons: &[Place], faults: &mut FileFaults) -> Option<LearningPath> {
    let mut fields = Fields::parse("the learning path", 1, Piece::whole(text), faults)?;
    let tables = fields.tables("stations", "a station", faults);
    let ways = fields.tables("ways", "a way", faults);
    fields.finish(faults);
    let stations: Vec<Located<Station>> =
        tables?.into_iter().filter_map(|table| station(table, known, lessons, faults)).collect();
    for (index, one) in stations.iter().enumerate() {
        if stations[..index].iter().any(|other| other.value.id == one.value.id) {
            faults.add(one.line, format!("there are two stations `{}`", one.value.id), "give each an id of its own");
        }
    }
    let ways = ways?.into_iter().filter_map(|table| way(table, &stations, faults)).collect::<Vec<_>>();
    check_ways(&ways, &stations, faults);
    let mut ways: Vec<Way> = ways.into_iter().map(|way| way.value).collect();
    ways.sort_by_key(|way| (way.from, way.to));
    let stations: Vec<Station> = stations.into_iter().map(|station| station.value).collect();
    let drawing = |direction| draw::draw(&stations, &ways, direction);
    let (Some(down), Some(across)) = (drawing(Direction::Down), drawing(Direction::Across)) else {
        faults.add(
            1,
            "the learning path could not be laid out",
            "this is a fault of the program: crates/course/src/parse/draw.rs",
        );
        return None;
    };
    Some(LearningPath { stations, ways, down, across })
}

fn station(mut fields: Fields<'_>, known: &Known, lessons: &[Place], faults: &mut FileFaults) -> Option<Located<Station>> {
    let line = fields.line;
    let id = fields.text("id", faults);
    let title = fields.text("title", faults);
    let takes = fields.text("takes", faults);
    let pillar = fields.optional_text("pillar", faults);
    let served = fields.texts("lessons", faults);
    let labs = fields.texts("labs", faults);
    fields.finish(faults);
    if let Some(pillar) = &pillar {
        known.check_pillar(pillar, faults);
    }
    check_labs(&labs, known, faults);
    let found = lesson_names(served, lessons, faults);
    let title = title?.value;
    let station = Station {
        id: id?.value,
        lines: draw::lines(&title),
        title,
        takes: takes?.value,
        pillar: pillar.map(|pillar| pillar.value),
        lessons: found,
        labs: labs.into_iter().map(|lab| lab.value).collect(),
    };
    Some(Located { value: station, line })
}

/// A lab that there is not is a fault.
pub(super) fn check_labs(labs: &[Located<String>], known: &Known, faults: &mut FileFaults) {
    for lab in labs {
        if !known.labs.iter().any(|other| other.slug == lab.value) {
            let slugs = listed(known.labs.iter().map(|lab| lab.slug.as_str()));
            faults.add(lab.line, format!("there is no lab `{}`", lab.value), format!("labs: {slugs}"));
        }
    }
}

/// The lessons of these names, `<pillar>/<lesson>`; one that there is not is a fault.
pub(super) fn lesson_names(names: Vec<Located<String>>, lessons: &[Place], faults: &mut FileFaults) -> Vec<LessonName> {
    let mut found = Vec::new();
    for name in names {
        let place = name.value.split_once('/').and_then(|(pillar, slug)| {
            lessons.iter().find(|place| url_form(&place.pillar) == url_form(pillar) && url_form(&place.slug) == url_form(slug))
        });
        if let Some(place) = place {
            found.push(LessonName { pillar: place.pillar.clone(), slug: place.slug.clone() });
        } else {
            let names: Vec<String> = lessons.iter().map(|place| format!("{}/{}", place.pillar, place.slug)).collect();
            let names = listed(names.iter().map(String::as_str));
            faults.add(name.line, format!("there is no lesson `{}`", name.value), format!("lessons: {names}"));
        }
    }
    found
}

fn way(mut fields: Fields<'_>, stations: &[Located<Station>], faults: &mut FileFaults) -> Option<Located<Way>> {
    let line = fields.line;
    let from = fields.text("from", faults);
    let to = fields.text("to", faults);
    let label = fields.optional_text("label", faults);
    fields.finish(faults);
    let mut index = |id: Located<String>| {
        let found = stations.iter().position(|station| station.value.id == id.value);
        if found.is_none() {
            let ids = listed(stations.iter().map(|station| station.value.id.as_str()));
            faults.add(id.line, format!("there is no station `{}`", id.value), format!("stations: {ids}"));
        }
        found.and_then(|index| u16::try_from(index).ok())
    };
    let (from, to) = (index(from?), index(to?));
    Some(Located { value: Way { from: from?, to: to?, label: label.map(|label| label.value) }, line })
}

/// Ways lead forward, each once, and together to every station.
fn check_ways(ways: &[Located<Way>], stations: &[Located<Station>], faults: &mut FileFaults) {
    for (index, Located { value: way, line }) in ways.iter().enumerate() {
        if way.to <= way.from {
            let message = "the way does not lead to a later station".to_owned();
            faults.add(*line, message, "list the stations in the order in which one reaches them; a path has no cycles");
        }
        if ways[..index].iter().any(|other| (other.value.from, other.value.to) == (way.from, way.to)) {
            faults.add(*line, "the way is there twice", "keep one of the two");
        }
    }
    for (index, station) in stations.iter().enumerate().skip(1) {
        if !ways.iter().any(|way| usize::from(way.value.to) == index) {
            let message = format!("no way leads to the station `{}`", station.value.id);
            faults.add(station.line, message, "add a [[ways]] with from and to; only the first station is where one starts");
        }
    }
}

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
