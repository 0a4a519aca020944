//! The tidy rules: what the layout promises, held by a machine. Each rule is a function from plain data to faults.
//!
//! `cargo xtask check` runs them, and so does a test of this crate.

mod files;
mod graph;

use crate::workspace;
use anyhow::{Context, Result, bail};
use cargo_metadata::MetadataCommand;

/// Checks the workspace.
///
/// # Errors
/// It breaks rules: the message lists every fault. Or Cargo cannot describe it.
pub fn check() -> Result<()> {
    let faults = faults()?;
    if faults.is_empty() {
        println!("dependencies point down, files are short and say what they are for");
        return Ok(());
    }
    bail!("{} faults:\n{}", faults.len(), faults.join("\n"))
}

fn faults() -> Result<Vec<String>> {
    let mut command = MetadataCommand::new();
    command.manifest_path(workspace::root().join("Cargo.toml"));
    // What is compiled for the browser is what matters; without this, crates of every platform would count.
    command.other_options(["--locked".to_owned(), "--filter-platform".to_owned(), crate::system::WASM.to_owned()]);
    let metadata = command.exec().context("asking cargo for the workspace's packages")?;
    let mut faults = graph::faults(&graph::packages(&metadata)?);
    faults.extend(files::faults(&workspace::root())?);
    Ok(faults)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_workspace_is_tidy() {
        let faults = super::faults().unwrap();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
