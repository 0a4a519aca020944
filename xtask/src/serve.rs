//! `cargo xtask serve`: the site on this machine, rebuilt on every change by Trunk.

use crate::build::{Mode, prepare, trunk};
use crate::process::step;
use crate::workspace;
use anyhow::{Context, Result, ensure};
use std::env;
use std::net::TcpListener;
use std::process::Command;
use std::time::Instant;

/// Holds the address while Trunk runs, so that the post-build hook can say it once the site is there.
const ADDRESS: &str = "FERROSCOPE_ADDRESS";

/// Builds and serves until interrupted.
///
/// # Errors
/// A tool cannot be installed, the first build fails, or the port is taken.
pub fn serve(port: u16, mode: Mode) -> Result<()> {
    // Trunk would find out only after the build.
    let is_free = TcpListener::bind(("127.0.0.1", port)).is_ok();
    ensure!(is_free, "port {port} is in use: choose another, for example `cargo xtask serve --port {}`", port.saturating_add(1));
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
    become_(&mut serve).context("starting trunk")
}

/// Hands the terminal over for good, so that whoever stops this command stops the server too.
#[cfg(unix)]
fn become_(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_(command: &mut Command) -> Result<()> {
    crate::process::run(command, "If the address is in use, choose another with --port.")
}

/// Says where the site is, when serving.
pub fn announce() {
    if let Ok(address) = env::var(ADDRESS) {
        println!("\nFerroscope is ready: {address}\n");
    }
}
