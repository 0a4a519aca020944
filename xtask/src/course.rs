//! The course's way into the site: validated and written below `target/` before a build, copied into the site after it.

use crate::claims::ClaimEntry;
use crate::known::known;
use crate::recorded;
use crate::registry::CourseFiles;
use crate::routes::LessonEntry;
use crate::workspace;
use anyhow::{Context, Result, bail};
use course::parse::{self, Course, Guide, SearchBuilder, WrittenFile};
use course::{Entry, Kind, TableKind, Target, url_form};
use protocol::{LabId, Page, Pillar};
use std::fs;
use std::path::Path;

/// The folder of the course's files, from the site's root, and below `target/`.
pub const FOLDER: &str = "course";

/// The course as the site holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lessons {
    /// Its files.
    pub files: CourseFiles,
    /// Every lesson, in course order.
    pub entries: Vec<LessonEntry>,
    /// Every claim of the audit, in the ledger's order.
    pub claims: Vec<ClaimEntry>,
}

/// Validates the lessons and writes their archives to `target/course`, so that a faulty lesson stops a build before it compiles.
///
/// # Errors
/// Every fault of every lesson; or a file cannot be written.
pub fn write() -> Result<()> {
    write_to(load()?, &workspace::target().join(FOLDER)).map(drop)
}

/// Validates the lessons.
///
/// # Errors
/// Every fault of every lesson.
pub fn validate() -> Result<()> {
    let (course, guide) = load()?;
    println!(
        "{} lessons, {} stations, {} claims, {} terms, no fault",
        course.lessons.len(),
        guide.path.stations.len(),
        guide.audit.claims.len(),
        guide.glossary.terms.len()
    );
    Ok(())
}

/// Writes the course into a site.
///
/// # Errors
/// As [`write`].
pub fn copy_into(site: &Path) -> Result<Lessons> {
    write_to(load()?, &site.join(FOLDER))
}

/// Every claim of the audit.
#[cfg(test)]
pub fn claims() -> Result<Vec<ClaimEntry>> {
    Ok(load()?.1.audit.claims.iter().map(ClaimEntry::of).collect())
}

fn load() -> Result<(Course, Guide)> {
    let (root, known) = (workspace::root(), known());
    match (parse::load(&root, &known), parse::load_guide(&root, &known)) {
        (Ok(course), Ok(mut guide)) => {
            take_figures(&mut guide)?;
            Ok((course, guide))
        }
        (course, guide) => {
            let faults: Vec<_> = [course.err(), guide.err()].into_iter().flatten().flatten().collect();
            let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
            bail!("{}\n\n{} faults in the course", lines.join("\n"), faults.len())
        }
    }
}

/// Gives the roadmap's tables the recorded figures that they name.
fn take_figures(guide: &mut Guide) -> Result<()> {
    let mut fault = Ok(());
    guide.pillars.take_figures(|measured| {
        recorded::of_row(measured).unwrap_or_else(|error| {
            fault = Err(error.context("a figure of a table in lessons/pillars.toml"));
            None
        })
    });
    fault
}

fn write_to((mut course, guide): (Course, Guide), folder: &Path) -> Result<Lessons> {
    // The index holds what lessons say, not the definitions that stand beside their terms.
    let search = search_of(&course, &guide);
    course.mark_terms(&guide);
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let written = course.write(folder).with_context(|| format!("writing the course to {}", folder.display()))?;
    let beside = guide.write(search, folder).with_context(|| format!("writing the course's guide to {}", folder.display()))?;
    let entries = course.lessons.iter().zip(&written.lessons).map(|(lesson, file)| LessonEntry {
        pillar: url_form(&lesson.pillar),
        slug: url_form(&lesson.slug),
        title: lesson.title.clone(),
        summary: lesson.summary.clone(),
        file: format!("{FOLDER}/{}", file.name),
        labs: lesson.labs(),
    });
    let address = |file: &WrittenFile| format!("{FOLDER}/{}", file.name);
    let files = CourseFiles {
        index: address(&written.index),
        path: address(&beside.path),
        audit: address(&beside.audit),
        glossary: address(&beside.glossary),
        search: address(&beside.search),
        placement: address(&beside.placement),
        pillars: address(&beside.pillars),
    };
    Ok(Lessons { files, entries: entries.collect(), claims: guide.audit.claims.iter().map(ClaimEntry::of).collect() })
}

/// The search index: the course's own entries, then the labs and the pillars.
fn search_of(course: &Course, guide: &Guide) -> SearchBuilder {
    let mut search = SearchBuilder::of(course, guide);
    for lab in LabId::ALL.into_iter().filter(|lab| lab.is_listed()) {
        let contenders: Vec<&str> = lab.contenders().iter().map(|contender| contender.label()).collect();
        let entry = Entry {
            kind: Kind::Lab,
            title: lab.title().to_owned(),
            context: lab.summary().to_owned(),
            target: Target::Lab(lab.slug()).to_string(),
        };
        search.add(entry, &contenders.join(", "));
    }
    for pillar in Pillar::ALL {
        let entry = Entry {
            kind: Kind::Page,
            title: pillar.title().to_owned(),
            context: pillar.summary().to_owned(),
            target: format!("pillar:{}", pillar.slug()),
        };
        // Whoever looks for a system that no lesson treats yet finds the table that names it.
        let goals = guide.pillars.pillars.iter().find(|one| one.pillar == pillar.slug());
        let tables = goals.into_iter().flat_map(|one| &one.tables).filter(|table| table.kind == TableKind::Roadmap);
        let names: Vec<&str> =
            tables.flat_map(|table| &table.rows).filter_map(|row| row.cells.first()).map(String::as_str).collect();
        search.add(entry, &names.join(", "));
    }
    for page in Page::ALL {
        let entry = Entry {
            kind: Kind::Page,
            title: page.title().to_owned(),
            context: page.summary().to_owned(),
            target: Target::Page(page.slug()).to_string(),
        };
        search.add(entry, page.slug());
    }
    search
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
