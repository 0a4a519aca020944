//! Serves the built site as a plain host does, with gzip, until its input ends; it prints its address first. For `cargo xtask lighthouse`.
//!
//! It must never rewrite what it serves.

use anyhow::{Context as _, Result};
use e2e::{Encoding, Serving, Site};
use std::io::{self, Read as _, Write as _};

fn main() -> Result<()> {
    let site = Site::serve(Serving { encoding: Encoding::Gzip, ..Serving::default() })?;
    let mut out = io::stdout();
    writeln!(out, "{}", site.address("")).and_then(|()| out.flush()).context("writing the address")?;
    io::stdin().read_to_end(&mut Vec::new()).context("waiting for the end of the input")?;
    Ok(())
}
