//! Compiles a whole program with rustc alone, runs it, and compares what came with what is stored beside it; shared by the tests of the
//! placement's programs and of the lessons'.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What came of a program, as the ending of the file that states it.
const ENDINGS: [&str; 3] = ["stdout", "stderr", "panic"];

/// Checks a program against the file beside it, and writes that file anew first where `BLESS` is set.
///
/// # Errors
/// What is stated and what came, where they differ.
pub fn check(program: &Path) -> Result<(), String> {
    let folder = program.parent().unwrap();
    let (ending, came) = run(program, folder);
    let stated = || -> Vec<&str> { ENDINGS.into_iter().filter(|ending| program.with_extension(ending).exists()).collect() };
    let holds = || {
        let text = fs::read_to_string(program.with_extension(ending)).unwrap_or_default();
        stated() == [ending] && without_addresses(&text) == without_addresses(&came)
    };
    // A file that still holds is left alone: its addresses are those of the run that wrote it.
    if env::var_os("BLESS").is_some() && !holds() {
        for other in ENDINGS {
            // What is not there need not be removed.
            let _ = fs::remove_file(program.with_extension(other));
        }
        fs::write(program.with_extension(ending), &came).unwrap();
    }
    if holds() { Ok(()) } else { Err(format!("{}: stated in {:?}, it came in .{ending}:\n{came}", program.display(), stated())) }
}

/// Compiles a program in its folder, so that paths in messages are short, and runs it.
fn run(program: &Path, folder: &Path) -> (&'static str, String) {
    let name = program.file_name().unwrap();
    // Programs of two lessons may bear one name.
    let place: String =
        program.with_extension("").iter().skip_while(|part| *part != "lessons").filter_map(|part| part.to_str()).collect();
    let binary = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(place);
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = Command::new(rustc)
        .args(["--edition=2024", "-Awarnings", "--color=never", "-o"])
        .arg(&binary)
        .arg(name)
        .current_dir(folder)
        .output()
        .unwrap();
    if !compiled.status.success() {
        return ("stderr", text(&compiled.stderr));
    }
    let ran = Command::new(&binary).current_dir(folder).env("RUST_BACKTRACE", "0").output().unwrap();
    if ran.status.success() { ("stdout", text(&ran.stdout)) } else { ("panic", without_thread(&text(&ran.stderr))) }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A panic's message without the thread's number, which differs from run to run, and without the advice on back traces.
fn without_thread(message: &str) -> String {
    let lines = message.lines().filter(|line| !line.is_empty() && !line.starts_with("note: run with"));
    let mut out = String::new();
    for line in lines {
        match (line.find(" ("), line.find(") panicked at")) {
            (Some(open), Some(close)) if line.starts_with("thread ") => out.extend([&line[..open], &line[close + 1..], "\n"]),
            _ => out.extend([line, "\n"]),
        }
    }
    out
}

/// A text with each address in it (`0x` and eight digits or more) replaced by its number among the text's addresses: where a program's stack and
/// heap lie differs from run to run, which of its addresses are the same does not.
fn without_addresses(text: &str) -> String {
    let (mut out, mut seen, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, from)) = rest.split_once("0x") {
        let end = from.find(|letter: char| !letter.is_ascii_hexdigit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        out.push_str(before);
        if digits.len() < 8 {
            out.extend(["0x", digits]);
        } else {
            let number = seen.iter().position(|other| *other == digits).unwrap_or_else(|| {
                seen.push(digits);
                seen.len() - 1
            });
            out.extend(["address ", &number.to_string()]);
        }
        rest = after;
    }
    out + rest
}

#[test]
fn addresses_count_by_which_are_the_same() {
    let (one, other) = ("at 0x7ffc00001000, then 0x7ffc00002000, 0x10", "at 0x7ffd00001000, then 0x7ffd00003000, 0x10");
    assert_eq!(without_addresses(one), without_addresses(other));
    assert_ne!(without_addresses(one), without_addresses("at 0x7ffc00001000, then 0x7ffc00001000, 0x10"));
    assert_ne!(without_addresses(one), without_addresses("at 0x7ffc00001000, then 0x7ffc00002000, 0x20"));
}
