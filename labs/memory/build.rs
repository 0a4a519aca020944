//! Tells the lab the locked versions of the crates it measures, and how the machine that builds lays out the types of its catalogue.

#[path = "src/layout/catalogue/mod.rs"]
mod catalogue;

use std::{env, fs, io, path::Path};

/// Why the lab cannot be built.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Locked(#[from] locked::Error),
    #[error("OUT_DIR is not set: {0}")]
    NotABuildScript(#[from] env::VarError),
    #[error("the catalogue's layouts cannot be written: {0}")]
    Io(#[from] io::Error),
    #[error("the catalogue: {0}")]
    Lost(#[from] catalogue::Lost),
    #[error("the catalogue's layouts cannot be encoded")]
    Encode,
}

#[allow(clippy::print_stdout, reason = "printing is how a build script speaks to Cargo")]
fn main() -> Result<(), Error> {
    // 1 GiB: the largest payload needs about a quarter of it.
    locked::limit_memory(1 << 30);
    // dlmalloc: what a report says of memory for the standard library's allocator is counted in an instance of this crate.
    let crates = [("bumpalo", "boxed, collections"), ("dlmalloc", ""), ("slotmap", ""), ("talc", ""), ("typed-arena", "")];
    locked::emit_versions(&crates)?;
    // The same source that the lab compiles for its own target.
    let layouts = protocol::wire::encode(&catalogue::survey()?).map_err(|_| Error::Encode)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("layouts.bin"), layouts)?;
    println!("cargo::rerun-if-changed=src/layout/catalogue");
    Ok(())
}
