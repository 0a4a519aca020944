//! Every `lessons/<pillar>/<lesson>/<name>.rs` as a module `<pillar>__<lesson>__<name>`, with its own tests.

use std::path::Path;

#[allow(dead_code, reason = "a sample is read by people: not every field it shows is read by its tests")]
#[allow(non_snake_case, reason = "two underscores part pillar, lesson and file, whose own names may hold one")]
#[allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a sample may be a program, which prints, and stops where that is what it shows"
)]
mod lessons {
    include!(concat!(env!("OUT_DIR"), "/lessons.rs"));
}

#[path = "../find.rs"]
mod find;

/// The build script runs when Cargo sees a change; this looks at the folder as it is now.
#[test]
fn every_sample_is_compiled_here_or_must_fail() {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons");
    let mut files = find::rust_files(&lessons).unwrap();
    // tests/placement.rs runs these.
    files.retain(|file| !file.starts_with(lessons.join("placement")));
    let (failing, shown): (Vec<_>, Vec<_>) =
        files.iter().partition(|file| file.parent().is_some_and(|folder| folder.ends_with("fail")));
    let compiled = include_str!(concat!(env!("OUT_DIR"), "/lessons.rs")).matches("pub mod ").count();
    assert_eq!(shown.len(), compiled, "touch crates/samples/build.rs: the list of modules is old");
    assert_eq!(failing.len().to_string(), env!("SAMPLES_FAILING"), "touch crates/samples/build.rs: its count is old");
    assert!(compiled > 0, "no sample under {}", lessons.display());
}
