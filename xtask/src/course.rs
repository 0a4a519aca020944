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
    println!("{} lessons, {} stations, no fault", course.lessons.len(), guide.path.stations.len());
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
    Ok(Lessons { index: address(&written.index), entries: entries.collect(), path: address(&beside.path) })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_course_has_no_fault() {
        if let Err(faults) = super::load() {
            panic!("{faults:#}");
        }
    }

    /// The roadmap's graph, way by way: what `lessons/path.toml` must draw.
    const WAYS: [(&str, &str, &str); 14] = [
        ("A", "B", ""),
        ("B", "C", ""),
        ("C", "D", "backend"),
        ("C", "E", "systems"),
        ("C", "F", "data and AI"),
        ("D", "D1", ""),
        ("D", "D2", ""),
        ("E", "E1", ""),
        ("E", "E2", ""),
        ("F", "F1", ""),
        ("F", "F2", ""),
        ("D1", "G", ""),
        ("E1", "G", ""),
        ("F2", "G", ""),
    ];

    #[test]
    fn the_learning_path_is_the_roadmap_s_graph() {
        let (_, guide) = super::load().unwrap();
        let path = &guide.path;
        assert_eq!(path.stations.len(), 13);
        let id = |index: u16| path.stations[usize::from(index)].id.as_str();
        let mut drawn: Vec<_> =
            path.ways.iter().map(|way| (id(way.from), id(way.to), way.label.as_deref().unwrap_or_default())).collect();
        let mut wanted = WAYS.to_vec();
        drawn.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(drawn, wanted);
    }

    #[test]
    fn no_two_boxes_of_the_learning_path_overlap() {
        let (_, guide) = super::load().unwrap();
        for drawing in [&guide.path.down, &guide.path.across] {
            for (index, one) in drawing.boxes.iter().enumerate() {
                assert!(
                    one.x >= 0.0 && one.y >= 0.0 && one.x + one.width <= drawing.width && one.y + one.height <= drawing.height
                );
                for other in &drawing.boxes[index + 1..] {
                    let apart = one.x + one.width <= other.x
                        || other.x + other.width <= one.x
                        || one.y + one.height <= other.y
                        || other.y + other.height <= one.y;
                    assert!(apart, "{one:?} and {other:?}");
                }
            }
        }
    }
}
