//! The course's way into the site: validated and written below `target/` before a build, copied into the site after it.

use crate::known::known;
use crate::routes::LessonEntry;
use crate::workspace;
use anyhow::{Context, Result, bail};
use course::parse::{self, Course, Guide, WrittenFile};
use course::url_form;
use std::fs;
use std::path::Path;

/// The folder of the course's files, from the site's root, and below `target/`.
pub const FOLDER: &str = "course";

/// The course as the site holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lessons {
    /// The index's file, from the site's root.
    pub index: String,
    /// Every lesson, in course order.
    pub entries: Vec<LessonEntry>,
    /// The learning path's file, from the site's root.
    pub path: String,
    /// The audit's file, from the site's root.
    pub audit: String,
}

/// Validates the lessons and writes their archives to `target/course`, so that a faulty lesson stops a build before it compiles.
///
/// # Errors
/// Every fault of every lesson; or a file cannot be written.
pub fn write() -> Result<()> {
    write_to(&load()?, &workspace::target().join(FOLDER)).map(drop)
}

/// Validates the lessons.
///
/// # Errors
/// Every fault of every lesson.
pub fn validate() -> Result<()> {
    let (course, guide) = load()?;
    println!(
        "{} lessons, {} stations, {} claims, no fault",
        course.lessons.len(),
        guide.path.stations.len(),
        guide.audit.claims.len()
    );
    Ok(())
}

/// Writes the course into a site.
///
/// # Errors
/// As [`write`].
pub fn copy_into(site: &Path) -> Result<Lessons> {
    write_to(&load()?, &site.join(FOLDER))
}

fn load() -> Result<(Course, Guide)> {
    let (root, known) = (workspace::root(), known());
    match (parse::load(&root, &known), parse::load_guide(&root, &known)) {
        (Ok(course), Ok(guide)) => Ok((course, guide)),
        (course, guide) => {
            let faults: Vec<_> = [course.err(), guide.err()].into_iter().flatten().flatten().collect();
            let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
            bail!("{}\n\n{} faults in the course", lines.join("\n"), faults.len())
        }
    }
}

fn write_to((course, guide): &(Course, Guide), folder: &Path) -> Result<Lessons> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let written = course.write(folder).with_context(|| format!("writing the course to {}", folder.display()))?;
    let beside = guide.write(folder).with_context(|| format!("writing the course's guide to {}", folder.display()))?;
    let entries = course.lessons.iter().zip(&written.lessons).map(|(lesson, file)| LessonEntry {
        pillar: url_form(&lesson.pillar),
        slug: url_form(&lesson.slug),
        title: lesson.title.clone(),
        summary: lesson.summary.clone(),
        file: format!("{FOLDER}/{}", file.name),
    });
    let address = |file: &WrittenFile| format!("{FOLDER}/{}", file.name);
    Ok(Lessons {
        index: address(&written.index),
        entries: entries.collect(),
        path: address(&beside.path),
        audit: address(&beside.audit),
    })
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
