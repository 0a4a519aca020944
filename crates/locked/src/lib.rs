//! For labs' build scripts: the versions in `Cargo.lock` of the crates that a lab measures, so that a report can name them, and
//! the bound on a bundle's memory.
//!
//! It is a build-dependency only: no code of it reaches a bundle, and it must never guess a version. A lab's `build.rs` calls
//! `locked::emit_versions(&[("bumpalo", "collections")])`, and its `lib.rs` holds
//! `pub const CRATES: &[&str] = include!(concat!(env!("OUT_DIR"), "/crates.rs"));`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Why a version could not be told.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Cargo did not set this variable: the caller is no build script.
    #[error("{0} is not set: call this from a build script")]
    NotABuildScript(&'static str),
    /// No folder above the crate holds a `Cargo.lock`.
    #[error("no Cargo.lock in {} or above it", .0.display())]
    NoLockFile(PathBuf),
    /// A file could not be read or written.
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, #[source] io::Error),
    /// The package is not among the crate's locked dependencies.
    #[error("Cargo.lock lists no {dependency} among the dependencies of {package}")]
    NoDependency {
        /// Whose dependencies were searched.
        package: String,
        /// What was sought.
        dependency: String,
    },
}

/// Hands the crate under build the array expression `&["name version (features)", …]` as the file `crates.rs` in `OUT_DIR`, and
/// the same names joined by `"; "` as the compile-time variable `FERROSCOPE_CRATES`. The pairs are a dependency's name and the
/// features worth naming (may be empty). The script then runs again only when `Cargo.lock` or the script itself changes.
///
/// # Errors
/// As [`version_of`], and [`Error::Io`] if `crates.rs` cannot be written.
#[allow(clippy::print_stdout, reason = "printing is how a build script speaks to Cargo")]
pub fn emit_versions(crates: &[(&str, &str)]) -> Result<(), Error> {
    let (path, lock) = lock_file()?;
    let package = variable("CARGO_PKG_NAME")?;
    let names = crates.iter().map(|&(name, features)| {
        let version = resolve(&lock, &package, name)?;
        Ok(if features.is_empty() { format!("{name} {version}") } else { format!("{name} {version} ({features})") })
    });
    let names = names.collect::<Result<Vec<_>, Error>>()?;

    let file = Path::new(&variable("OUT_DIR")?).join("crates.rs");
    fs::write(&file, format!("&{names:?}\n")).map_err(|error| Error::Io(file, error))?;
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=FERROSCOPE_CRATES={}", names.join("; "));
    Ok(())
}

/// Links the lab's worker bundle with a bound on its memory, so that allocating without end is a trap and not a dead phone.
/// `bytes` is rounded down to whole Wasm pages of 64 KiB. Natively it does nothing.
#[allow(clippy::print_stdout, reason = "printing is how a build script speaks to Cargo")]
pub fn limit_memory(bytes: u64) {
    const PAGE: u64 = 64 * 1024;
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-bins=--max-memory={}", bytes / PAGE * PAGE);
    }
    println!("cargo::rerun-if-changed=build.rs");
}

/// The locked version of `dependency`, a direct dependency of the crate whose build script is running.
///
/// # Errors
/// [`Error::NotABuildScript`], [`Error::NoLockFile`], [`Error::Io`] if the file cannot be read, [`Error::NoDependency`].
pub fn version_of(dependency: &str) -> Result<String, Error> {
    let (_, lock) = lock_file()?;
    resolve(&lock, &variable("CARGO_PKG_NAME")?, dependency)
}

fn variable(name: &'static str) -> Result<String, Error> {
    env::var(name).map_err(|_| Error::NotABuildScript(name))
}

/// The nearest `Cargo.lock` at or above the crate under build, and its text.
fn lock_file() -> Result<(PathBuf, String), Error> {
    let start = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let path = start.ancestors().map(|folder| folder.join("Cargo.lock")).find(|path| path.is_file());
    let path = path.ok_or(Error::NoLockFile(start))?;
    let text = fs::read_to_string(&path).map_err(|error| Error::Io(path.clone(), error))?;
    Ok((path, text))
}

/// Which version of `dependency` the lock file gives to `package`.
///
/// The format is Cargo's own and regular, so lines are enough: a table `[[package]]` with `name`, `version` and an array
/// `dependencies`, one entry a line; an entry bears a version (`"syn 2.0.1"`) only where several versions are locked.
fn resolve(lock: &str, package: &str, dependency: &str) -> Result<String, Error> {
    let missing = || Error::NoDependency { package: package.to_owned(), dependency: dependency.to_owned() };
    let tables: Vec<&str> = lock.split("[[package]]").skip(1).collect();

    let ours = tables.iter().find(|table| field(table, "name") == Some(package)).ok_or_else(missing)?;
    let mut entries = ours.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next());
    let entry = entries.find(|entry| entry.split(' ').next() == Some(dependency)).ok_or_else(missing)?;
    if let Some(version) = entry.split(' ').nth(1) {
        return Ok(version.to_owned());
    }
    let theirs = tables.iter().find(|table| field(table, "name") == Some(dependency)).ok_or_else(missing)?;
    field(theirs, "version").map(str::to_owned).ok_or_else(missing)
}

/// The value of the line `key = "value"` of a table.
fn field<'a>(table: &'a str, key: &str) -> Option<&'a str> {
    table.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"lab\"\nversion = \"0.1.0\"\ndependencies = [\n \"bumpalo\",\n \"syn 2.0.9\",\n]\n\n\
        [[package]]\nname = \"bumpalo\"\nversion = \"3.20.3\"\nsource = \"registry\"\n\n\
        [[package]]\nname = \"syn\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"syn\"\nversion = \"2.0.9\"\n";

    #[test]
    fn a_single_version_and_one_of_several_are_found() {
        assert_eq!(resolve(LOCK, "lab", "bumpalo").unwrap(), "3.20.3");
        assert_eq!(resolve(LOCK, "lab", "syn").unwrap(), "2.0.9");
    }

    #[test]
    fn what_is_not_a_dependency_is_an_error_and_no_guess() {
        for (package, dependency) in [("lab", "serde"), ("other", "syn"), ("bumpalo", "syn"), ("lab", "bump")] {
            assert!(matches!(resolve(LOCK, package, dependency), Err(Error::NoDependency { .. })), "{package} {dependency}");
        }
        assert!(resolve(&LOCK[..60], "lab", "bumpalo").is_err());
    }
}
