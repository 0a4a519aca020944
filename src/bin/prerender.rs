//! `prerender`: reads an order as JSON from standard input, writes the pages as JSON to standard output. `cargo xtask build` starts it.

use ferroscope::prerender::prerender;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            leptos::logging::error!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut order = String::new();
    std::io::stdin().read_to_string(&mut order).map_err(|error| format!("reading the order: {error}"))?;
    let order = miniserde::json::from_str(&order).map_err(|_| "the order is no JSON of the expected shape".to_owned())?;
    let pages = miniserde::json::to_string(&prerender(&order)?);
    std::io::stdout().write_all(pages.as_bytes()).map_err(|error| format!("writing the pages: {error}"))
}
