//! The commands of this project: `cargo xtask <command>`.
//!
//! Everything that building, serving, testing and checking need is started from here, so that a newcomer types one command.
//! A second start does no set-up work: what is installed is told by the existence of a versioned path, and by nothing slower.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks on its standard streams")]

mod build;
mod bundles;
mod capture;
mod cards;
mod check;
mod claims;
mod compare;
mod course;
mod crawlers;
mod embeds;
mod finish;
#[cfg(test)]
mod hosting_tests;
mod hosts;
mod html;
mod known;
mod lighthouse;
mod measure_tests;
mod offline;
mod prerender;
mod process;
mod public;
mod record;
mod recorded;
mod registry;
mod routes;
mod scaffold;
mod serve;
mod sizes;
mod social;
mod split;
mod system;
mod test;
mod tidy;
mod tools;
mod workspace;
mod zip;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs what is missing, builds, serves, and rebuilds on every change.
    Serve {
        /// The port on this machine.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Serve the optimized site.
        #[arg(long)]
        release: bool,
    },
    /// Builds the optimized static site and prints what every file weighs.
    Build {
        /// The folder it is left in; what it held is lost.
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// The address under which readers will know the site, such as `https://example.org/ferroscope/`: for links, embeds and QR codes. It need
        /// not be where the site runs.
        #[arg(long)]
        public_url: Option<public::PublicUrl>,
        /// Also make one archive of it in `target/`, with a note on how to serve it on a laptop.
        #[arg(long)]
        zip: bool,
    },
    /// Runs every test: native, in a browser, end to end.
    Test {
        /// The native part alone.
        #[arg(long)]
        fast: bool,
    },
    /// Formatting, lints, licences and sources, the tidy rules, the course.
    Check {
        /// This part alone: formatting, lints, wasm-lints, licences, tidy or course.
        #[arg(long)]
        only: Option<String>,
    },
    /// Makes a lesson that validates, to be filled in.
    NewLesson {
        /// `<pillar>/<lesson>`, for example `memory/pinning`.
        lesson: String,
    },
    /// Makes a lab's module, and says what the compiler will ask for.
    NewLab {
        /// The pillar's slug.
        pillar: String,
        /// The lab's slug, with hyphens.
        lab: String,
    },
    /// Prints what every file of a built site weighs, against the limits.
    Sizes {
        /// The built site.
        #[arg(default_value = "dist")]
        site: PathBuf,
    },
    /// Runs the labs' kernels natively and in Chromium, in turn, and prints what Wasm costs.
    ///
    /// The six serialization contenders on each of the four payloads (medium size, every field read) and the arena lab's phases: 36 kernels,
    /// compiled from the same sources in the same profile (`lab`: optimization level 3, fat LTO, 128-bit SIMD on both sides), run by the same
    /// code with the same time budget, in a fresh process and in a fresh Web Worker. The hosts take turns; the table gives, for each kernel,
    /// Chromium's median over the native one, as the median over the alternations with the lowest and the highest, and below it the geometric
    /// mean of all kernels: at most 1.3 is the goal; 1.1 to 1.4 was seen. Phases shorter than Chromium's clock can tell (tearing an arena down) are
    /// shown and not counted. The allocators differ: the system's natively, Rust's dlmalloc in Wasm.
    ///
    /// It takes about three and a half minutes and wants the machine to itself. The site in dist/ is used as it is, and built if there is none.
    CompareNative(compare::Options),
    /// Runs the labs on this machine, natively and in Chromium, and keeps the results in recordings/.
    ///
    /// Five fresh workers and five fresh processes for each input: about eight minutes for all. It wants the machine to itself.
    /// The site in dist/ is used as it is, and built if there is none; the next build shows what was recorded.
    Record(record::Options),
    /// Runs the pipeline's steps and keeps what they say in captures/, for the lesson on tooling.
    Capture(capture::Options),
    /// Times the native tests with cargo test and with nextest in turn, and keeps the figures in captures/.
    ///
    /// The whole suite twice a round. It wants the machine to itself.
    MeasureTests(measure_tests::Options),
    /// Measures how the pages load on a throttled phone, with Lighthouse, and prints the table.
    ///
    /// The site in dist/ is used as it is, and built if there is none; it is served with gzip, as plain hosts do.
    Lighthouse(lighthouse::Options),
    /// Validates the lessons and writes them as data. Trunk calls it before a build.
    Course,
    /// Makes a site of what Trunk has built. Trunk calls it after a build.
    #[command(hide = true)]
    Finish,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        // Without the backtrace that `RUST_BACKTRACE` would add: the reader is at fault or the network is, rarely this program.
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve { port, release } => serve::serve(port, if release { build::Mode::Release } else { build::Mode::Debug }),
        Command::Build { out, public_url, zip } => {
            let archive = if zip { build::Archive::Zip } else { build::Archive::None };
            build::build(&out, &public_url.unwrap_or_default(), archive)
        }
        Command::Test { fast } => test::test(if fast { test::Extent::Native } else { test::Extent::All }),
        Command::Check { only } => check::check(only.as_deref()),
        Command::NewLesson { lesson } => scaffold::lesson(&lesson),
        Command::NewLab { pillar, lab } => scaffold::lab(&pillar, &lab),
        Command::Sizes { site } => sizes::report(&site),
        Command::CompareNative(options) => compare::compare(options),
        Command::Record(options) => record::record(&options),
        Command::Capture(options) => capture::capture(&options),
        Command::MeasureTests(options) => measure_tests::measure(&options),
        Command::Lighthouse(options) => lighthouse::lighthouse(&options),
        Command::Course => course::write(),
        Command::Finish => finish::from_trunk(),
    }
}
