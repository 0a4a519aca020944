//! `cargo xtask serve`: the site on this machine, rebuilt on every change by Trunk.

use crate::build::{Mode, prepare, trunk};
use crate::process::{run, step};
use crate::workspace;
use anyhow::Result;
use std::env;
use std::time::Instant;

/// Holds the address while Trunk runs, so that the post-build hook can say it once the site is there.
const ADDRESS: &str = "FERROSCOPE_ADDRESS";

/// Builds and serves until interrupted.
///
/// # Errors
/// A tool cannot be installed, the first build fails, or the port is taken.
pub fn serve(port: u16, mode: Mode) -> Result<()> {
    let started = Instant::now();
    step("1/2 Tools");
    let tools = prepare(mode)?;
    println!("ready after {:.1} s", started.elapsed().as_secs_f64());
    step("2/2 Build and serve (the first build compiles everything; later ones take seconds)");
    let mut serve = trunk("serve", mode, &tools)?;
    serve.args(["--address", "127.0.0.1", "--serve-base", "/", "--port"]).arg(port.to_string());
    // A folder of its own: `dist/` stays what `cargo xtask build` made.
    serve.arg("--dist").arg(workspace::target().join("site"));
    serve.env(ADDRESS, format!("http://127.0.0.1:{port}/"));
    run(&mut serve, &format!("If the address is in use, choose another: cargo xtask serve --port {}", port.saturating_add(1)))
}

/// Says where the site is, when serving.
pub fn announce() {
    if let Ok(address) = env::var(ADDRESS) {
        println!("\nFerroscope is ready: {address}\n");
    }
}
