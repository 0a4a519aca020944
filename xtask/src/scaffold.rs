//! `new-lesson` and `new-lab`: files that compile and validate as they are, and what is left to do.
//!
//! Nothing is overwritten: what is there already is an error.

use crate::process::short;
use crate::workspace;
use anyhow::{Context, Result, bail, ensure};
use course::{folder_form, url_form};
use protocol::{LabId, Pillar};
use std::fs;
use std::path::Path;

/// Makes `lessons/<pillar>/<lesson>/` and lists it in `lessons/course.toml`.
///
/// # Errors
/// The name is not `<pillar>/<lesson>`, the pillar is unknown, the lesson exists, or a file cannot be written.
pub fn lesson(name: &str) -> Result<()> {
    let (pillar, lesson) = name.split_once('/').context("write it as <pillar>/<lesson>, for example memory/pinning")?;
    let pillar = pillar_of(pillar)?.slug();
    let lesson = folder_form(lesson);
    ensure!(is_name(&lesson), "`{lesson}`: a lower-case letter, then lower-case letters, digits and single underscores");

    let root = workspace::root();
    let order = root.join("lessons/course.toml");
    let text = fs::read_to_string(&order).with_context(|| format!("reading {}", order.display()))?;
    let text = with_lesson(&text, pillar, &lesson).with_context(|| format!("listing the lesson in {}", short(&order)))?;
    let folder = root.join("lessons").join(pillar).join(&lesson);
    let words = [("title", &*title(&lesson)), ("pillar", pillar), ("lesson", &*lesson)];
    create(&folder.join("lesson.md"), &filled(include_str!("../assets/lesson/lesson.md"), &words))?;
    create(&folder.join("first.rs"), &filled(include_str!("../assets/lesson/first.rs"), &words))?;
    fs::write(&order, text).with_context(|| format!("writing {}", order.display()))?;
    println!("Made {}, and listed it in {}.", short(&folder), short(&order));
    println!(
        "Fill in lesson.md and first.rs; `cargo xtask serve` shows them as you write, `cargo xtask course` names every fault."
    );
    Ok(())
}

/// Makes a lab's module, and its pillar's crate if that is the first.
///
/// # Errors
/// The pillar is unknown, the lab exists, or a file cannot be written.
pub fn lab(pillar: &str, lab: &str) -> Result<()> {
    let pillar = pillar_of(pillar)?.slug();
    let (slug, module) = (url_form(lab), folder_form(lab));
    ensure!(is_name(&module), "`{lab}`: a lower-case letter, then lower-case letters, digits and single hyphens");
    ensure!(LabId::from_slug(&slug).is_none(), "there is a lab `{slug}` already");

    let folder = workspace::root().join("labs").join(pillar);
    let words = [("lab", &*slug), ("pillar", pillar), ("crate", pillar)];
    let is_new = !folder.exists();
    if is_new {
        create(&folder.join("Cargo.toml"), &filled(include_str!("../assets/lab/Cargo.toml"), &words))?;
        create(&folder.join("build.rs"), &filled(include_str!("../assets/lab/build.rs"), &words))?;
        create(&folder.join("src/lib.rs"), &filled(include_str!("../assets/lab/lib.rs"), &words))?;
        create(&folder.join("src/main.rs"), &filled(include_str!("../assets/lab/main.rs"), &words))?;
    }
    create(&folder.join("src").join(format!("{module}.rs")), &filled(include_str!("../assets/lab/lab.rs"), &words))?;
    let library = folder.join("src/lib.rs");
    let text = fs::read_to_string(&library).with_context(|| format!("reading {}", library.display()))?;
    fs::write(&library, with_module(&text, &module)).with_context(|| format!("writing {}", library.display()))?;
    println!(
        "Made labs/{pillar}/src/{module}.rs. It compiles; nothing shows it yet. What is left:\n\n{}",
        left_to_do(pillar, &module, is_new)
    );
    Ok(())
}

/// What a new lab still needs, in the order that keeps the compiler's messages useful.
fn left_to_do(pillar: &str, module: &str, is_new_bundle: bool) -> String {
    let variant: String = module.split('_').map(capitalized).collect();
    let bundle = capitalized(pillar);
    let mut steps = vec![
        format!(
            "crates/protocol/src/lab.rs: `{variant}` in `LabId` and in `LabId::ALL`. The compiler then points at `slug`, `title`, \
             `summary`, `bundle`, `pillar`, `headline` and `phases` there, at `of_lab` (xtask/src/routes.rs), `settings` (xtask/src/known.rs) \
             and `LabView` (src/labs/mod.rs)."
        ),
        format!(
            "crates/protocol/src/input.rs: `{variant}(…)` in `LabInput`, with its default. The compiler then points at `lab`, at \
             `default_of` and at every `prepare`. New contenders go into crates/protocol/src/contender.rs."
        ),
        format!("labs/{pillar}/src/lib.rs: `prepare` hands the new input to `{module}`."),
        format!("src/labs/{pillar}/{module}.rs: the lab's view, fed by plain data."),
        "cargo xtask check && cargo xtask test".to_owned(),
    ];
    if is_new_bundle {
        let bundle = format!(
            "This is the pillar's first lab, so there is a bundle to name: `{bundle}` in `Bundle` and `Bundle::ALL` \
             (crates/protocol/src/lab.rs), and in index.html a copy of the link with `data-bin=\"memory\"`, for `{pillar}`."
        );
        steps.insert(0, bundle);
    }
    steps.iter().zip(1..).map(|(step, number)| format!("{number}. {step}")).collect::<Vec<_>>().join("\n")
}

fn pillar_of(slug: &str) -> Result<Pillar> {
    let all = || Pillar::ALL.map(Pillar::slug).join(", ");
    Pillar::from_slug(slug).with_context(|| format!("there is no pillar `{slug}`; the pillars: {}", all()))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !name.contains("__")
        && !name.ends_with('_')
}

/// `zero_copy` as `Zero copy`.
fn title(name: &str) -> String {
    capitalized(&name.replace('_', " "))
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn filled(template: &str, words: &[(&str, &str)]) -> String {
    words.iter().fold(template.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
}

fn create(path: &Path, text: &str) -> Result<()> {
    if path.exists() {
        bail!("{} is there already", short(path));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

/// The course's order with a lesson added at the end of its pillar. Comments and layout stay as the author wrote them.
fn with_lesson(order: &str, pillar: &str, lesson: &str) -> Result<String> {
    let entry = format!("slug = \"{pillar}\"");
    let at = order.lines().position(|line| line.trim() == entry).with_context(|| format!("it has no pillar `{pillar}`"))?;
    let from: usize = order.split_inclusive('\n').take(at).map(str::len).sum();
    let open = from + order[from..].find("lessons = [").context("the pillar has no `lessons`")? + "lessons = [".len();
    let close = open + order[open..].find(']').context("its `lessons` do not end")?;
    let list = order[open..close].trim_end().trim_end_matches(',');
    let quoted = format!("\"{lesson}\"");
    ensure!(!list.contains(&quoted), "`{lesson}` is listed already");
    let separator = if list.trim().is_empty() { "" } else { ", " };
    Ok(format!("{}{list}{separator}{quoted}{}", &order[..open], &order[close..]))
}

/// A library with one module more: after the modules it has, or else after its opening comment.
fn with_module(library: &str, module: &str) -> String {
    let lines: Vec<_> = library.lines().collect();
    let is_module = |line: &&str| (line.starts_with("mod ") || line.starts_with("pub mod ")) && line.ends_with(';');
    let declaration = format!("pub mod {module};");
    let (before, insert) = match lines.iter().rposition(is_module) {
        Some(last) => (last + 1, vec![declaration.as_str()]),
        None => (lines.iter().take_while(|line| line.starts_with("//!")).count(), vec!["", declaration.as_str()]),
    };
    let lines = lines[..before].iter().copied().chain(insert).chain(lines[before..].iter().copied());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str =
        "# order\n[[pillars]]\nslug = \"memory\"\nlessons = [\"arenas\"] # one\n\n[[pillars]]\nslug = \"data\"\nlessons = []\n";

    #[test]
    fn a_lesson_is_listed_at_its_pillar_s_end() {
        let order = with_lesson(ORDER, "memory", "pinning").unwrap();
        assert!(order.contains("lessons = [\"arenas\", \"pinning\"] # one"), "{order}");
        let order = with_lesson(&order, "data", "columns").unwrap();
        assert!(order.contains("lessons = [\"columns\"]"), "{order}");
        assert!(order.starts_with("# order"));
        assert!(with_lesson(&order, "data", "columns").is_err(), "twice");
        assert!(with_lesson(&order, "cloud", "axum").is_err(), "no such pillar");
    }

    #[test]
    fn a_module_is_added_where_modules_are() {
        assert_eq!(
            with_module("//! x\n\nmod a;\npub mod b;\n\nuse a::A;\n", "c"),
            "//! x\n\nmod a;\npub mod b;\npub mod c;\n\nuse a::A;\n"
        );
        assert_eq!(with_module("//! x\n\nuse b::B;\n", "c"), "//! x\n\npub mod c;\n\nuse b::B;\n");
    }

    #[test]
    fn names_are_checked() {
        assert!(is_name("zero_copy") && is_name("io2"));
        assert!(!is_name("Zero") && !is_name("zero__copy") && !is_name("../x") && !is_name("") && !is_name("x_"));
        assert!(pillar_of("data").is_ok() && pillar_of("date").is_err());
    }

    #[test]
    fn a_new_lesson_has_no_fault() {
        let root = std::env::temp_dir().join(format!("xtask-lesson-{}", std::process::id()));
        let words = [("title", "Pinning"), ("pillar", "memory"), ("lesson", "pinning")];
        let folder = root.join("lessons/memory/pinning");
        create(&folder.join("lesson.md"), &filled(include_str!("../assets/lesson/lesson.md"), &words)).unwrap();
        create(&folder.join("first.rs"), &filled(include_str!("../assets/lesson/first.rs"), &words)).unwrap();
        let order: String =
            Pillar::ALL.map(|pillar| format!("[[pillars]]\nslug = \"{}\"\nlessons = []\n", pillar.slug())).concat();
        create(&root.join("lessons/course.toml"), &with_lesson(&order, "memory", "pinning").unwrap()).unwrap();
        let course = course::parse::load(&root, &crate::known::known());
        assert!(create(&folder.join("first.rs"), "").is_err(), "overwritten");
        fs::remove_dir_all(root).unwrap();
        assert_eq!(course.map(|course| course.lessons.len()), Ok(1));
    }

    #[test]
    fn what_is_left_names_the_variant() {
        assert!(left_to_do("memory", "weak_rc", false).contains("`WeakRc` in `LabId`"));
        assert!(left_to_do("cloud", "x", true).starts_with("1. This is the pillar's first lab"));
    }
}
