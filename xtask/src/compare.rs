//! `cargo xtask compare-native`: what Wasm costs. The same kernels, natively and in Chromium, in turn.
//!
//! It must never leave a kernel out for its ratio: only for being shorter than the browser's clock can tell, and then the table says so.

use crate::hosts::{self, Chromium, Effort, Native};
use anyhow::{Context, Result};
use clap::Args;
use protocol::{ArenaInput, Contender, DataInput, LabId, LabInput, Note, Payload, PayloadSize, Phase, Read, ResultJson, RowJson};
use std::fmt::Write as _;
use std::time::Instant;
use units::Nanos;

/// The geometric mean that the project aims for.
const GOAL: f64 = 1.3;

/// How often each input is run on each host.
#[derive(Args, Clone, Copy, Debug)]
pub struct Options {
    /// Two alternations instead of four: about a minute and a half.
    #[arg(long)]
    quick: bool,
}

/// Runs and prints the comparison.
///
/// # Errors
/// Something does not build or run.
pub fn compare(options: Options) -> Result<()> {
    let inputs = inputs();
    let alternations = if options.quick { 2 } else { 4 };
    let native = Native::build(&inputs)?;
    let mut chromium = Chromium::start()?;
    hosts::warn_of_load();
    println!("Chromium: {}; {} inputs, {alternations} alternations", chromium.version, inputs.len());
    let started = Instant::now();
    let mut pairs = Vec::new();
    for alternation in 0..alternations {
        for input in &inputs {
            println!("{}/{alternations} {} {}", alternation + 1, input.lab().slug(), input.to_text());
            // Each host is first half of the time: heat and other processes then favour neither.
            let pair = if alternation % 2 == 0 {
                let native = native.run(input, Effort::Quick)?;
                Pair { native, wasm: chromium.run(input, Effort::Quick)? }
            } else {
                let wasm = chromium.run(input, Effort::Quick)?;
                Pair { native: native.run(input, Effort::Quick)?, wasm }
            };
            pairs.push(pair);
        }
    }
    drop(chromium);
    let mut kernels = Vec::new();
    for pair in &pairs {
        pair.add_to(&mut kernels)?;
    }
    print!("\n{}", table(&kernels));
    println!("{} on {}, {:.0} s", processor(&pairs), hosts::machine(), started.elapsed().as_secs_f64());
    Ok(())
}

/// What is compared: all contenders on each payload, reading every field, and the arena lab as it starts.
fn inputs() -> Vec<LabInput> {
    let data = |payload| LabInput::Serialization(DataInput { payload, size: PayloadSize::Medium, read: Read::Every }.into());
    Payload::ALL.into_iter().map(data).chain([LabInput::Arena(ArenaInput::default())]).collect()
}

/// One input, once on each host.
struct Pair {
    native: ResultJson,
    wasm: ResultJson,
}

/// A contender in a phase of an input, over all alternations.
#[derive(Clone, Debug, PartialEq)]
struct Kernel {
    /// The lab's input.
    group: String,
    /// Contender, and phase where there are several.
    name: String,
    /// Medians in nanoseconds, an alternation each.
    native: Vec<f64>,
    wasm: Vec<f64>,
    /// In how many runs of either host it was noisy, or still changing when sampling began.
    unsettled: usize,
    /// Whether a clock could not tell it.
    sight: Sight,
}

/// Whether a kernel is long enough for the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    Seen,
    BelowClock,
}

impl Kernel {
    fn new(group: &str, name: String) -> Self {
        let (native, wasm) = (Vec::new(), Vec::new());
        Self { group: group.to_owned(), name, native, wasm, unsettled: 0, sight: Sight::Seen }
    }

    /// What a reader should know before trusting the ratio.
    fn remark(&self) -> String {
        match (self.sight, self.unsettled) {
            (Sight::BelowClock, _) => "  below the clock".to_owned(),
            (Sight::Seen, 0) => String::new(),
            (Sight::Seen, count) => format!("  unsettled in {count} of {} runs", self.native.len() + self.wasm.len()),
        }
    }

    /// Wasm over native, an alternation each.
    fn ratios(&self) -> Vec<f64> {
        self.wasm.iter().zip(&self.native).map(|(wasm, native)| wasm / native).collect()
    }
}

impl Pair {
    fn add_to(&self, kernels: &mut Vec<Kernel>) -> Result<()> {
        let first = |key: &str| self.native.input.get(key).map_or("", String::as_str);
        let group = format!("{} {}", self.native.lab, [first("payload"), first("nodes")].concat());
        for row in &self.native.rows {
            let wasm = self.wasm.rows.iter().find(|other| other.name == row.name && other.phase == row.phase);
            let wasm = wasm.with_context(|| format!("{group}: Chromium gives no {} {}", row.name, row.phase))?;
            let name = if row.phase == "whole" { row.name.clone() } else { format!("{}, {}", row.name, row.phase) };
            let known = kernels.iter().position(|kernel| kernel.group == group && kernel.name == name);
            let at = known.unwrap_or_else(|| {
                kernels.push(Kernel::new(&group, name));
                kernels.len() - 1
            });
            let kernel = &mut kernels[at];
            kernel.native.push(row.median);
            kernel.wasm.push(wasm.median);
            for (result, row) in [(&self.native, row), (&self.wasm, wasm)] {
                kernel.unsettled += usize::from(has_note(result, row, |contender, _| Note::Noisy(contender)) || !row.steady);
                if has_note(result, row, Note::BelowClock) {
                    kernel.sight = Sight::BelowClock;
                }
            }
        }
        Ok(())
    }
}

/// Whether a result bears this note on a row's contender and phase. Results hold notes as sentences.
fn has_note(result: &ResultJson, row: &RowJson, note: impl Fn(Contender, Phase) -> Note) -> bool {
    let phases = LabId::from_slug(&result.lab).map_or(&[][..], LabId::phases);
    let phase = phases.iter().find(|phase| phase.label() == row.phase);
    let sentence = Contender::from_slug(&row.name).zip(phase).map(|(contender, phase)| note(contender, *phase).to_string());
    sentence.is_some_and(|sentence| result.notes.contains(&sentence))
}

fn processor(pairs: &[Pair]) -> &str {
    pairs.first().map_or("", |pair| &pair.native.environment.user_agent)
}

/// One line a kernel, one a group, one for all.
fn table(kernels: &[Kernel]) -> String {
    let mut text = format!("{:<20} {:<26} {:>10} {:>10}  Wasm over native\n", "input", "kernel", "native", "Chromium");
    let mut groups: Vec<&str> = kernels.iter().map(|kernel| &*kernel.group).collect();
    groups.dedup();
    for group in groups {
        for kernel in kernels.iter().filter(|kernel| kernel.group == group) {
            let Kernel { name, native, wasm, .. } = kernel;
            let _ = write!(text, "{group:<20} {name:<26} {:>10} {:>10}  ", time(native), time(wasm));
            let _ = writeln!(text, "{}{}", spread(&kernel.ratios()), kernel.remark());
        }
        let own = seen(kernels.iter().filter(|kernel| kernel.group == group));
        let _ = writeln!(text, "{group:<20} {:<26} {:>10} {:>10}  {}", "geometric mean", "", "", spread(&means(&own)));
    }
    let all = seen(kernels.iter());
    let overall = means(&all);
    let verdict = if median(&overall) <= GOAL { "met" } else { "missed" };
    let _ = writeln!(text, "\ngeometric mean of {} kernels: {}; goal: at most {GOAL}, {verdict}", all.len(), spread(&overall));
    let unseen = kernels.len() - all.len();
    if unseen > 0 {
        let _ = writeln!(text, "left out: {unseen} shorter than a clock can tell");
    }
    text
}

/// Those that the clocks can tell.
fn seen<'a>(kernels: impl Iterator<Item = &'a Kernel>) -> Vec<&'a Kernel> {
    kernels.filter(|kernel| kernel.sight == Sight::Seen).collect()
}

/// The kernels' geometric mean, an alternation each.
fn means(kernels: &[&Kernel]) -> Vec<f64> {
    let ratios: Vec<Vec<f64>> = kernels.iter().map(|kernel| kernel.ratios()).collect();
    let alternations = ratios.iter().map(Vec::len).min().unwrap_or(0);
    (0..alternations).map(|at| geometric_mean(ratios.iter().map(|ratios| ratios[at]))).collect()
}

fn geometric_mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    (values.map(f64::ln).sum::<f64>() / count).exp()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted.len().saturating_sub(1) / 2, sorted.len() / 2);
    sorted.get(low).zip(sorted.get(high)).map_or(f64::NAN, |(low, high)| f64::midpoint(*low, *high))
}

fn time(medians: &[f64]) -> String {
    Nanos(median(medians)).to_string()
}

/// The median over alternations, with the lowest and highest.
fn spread(ratios: &[f64]) -> String {
    let (low, high) = ratios.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    format!("{:>5.2} ({low:.2}–{high:.2})", median(ratios))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kernel(name: &str, native: &[f64], wasm: &[f64]) -> Kernel {
        Kernel { native: native.to_vec(), wasm: wasm.to_vec(), ..Kernel::new("lab log", name.to_owned()) }
    }

    #[test]
    fn kernels_count_alike_whatever_they_take() {
        let (fast, slow) = (kernel("a", &[1.0, 1.0], &[2.0, 4.0]), kernel("b", &[1e6, 1e6], &[0.5e6, 1e6]));
        assert_eq!(means(&[&fast, &slow]), [1.0, 2.0]);
        let table = table(&[fast, slow]);
        assert!(table.contains(" 3.00 (2.00–4.00)") && table.contains(" 0.75 (0.50–1.00)"), "{table}");
        assert!(table.ends_with("geometric mean of 2 kernels:  1.50 (1.00–2.00); goal: at most 1.3, missed\n"), "{table}");
    }

    #[test]
    fn what_a_clock_cannot_tell_is_shown_and_not_counted() {
        let unseen = Kernel { sight: Sight::BelowClock, ..kernel("c", &[1.0], &[100.0]) };
        let table = table(&[kernel("a", &[1.0], &[1.25]), unseen]);
        assert!(table.contains("100.00 (100.00–100.00)  below the clock"), "{table}");
        assert!(
            table.contains("geometric mean of 1 kernels:  1.25 (1.25–1.25); goal: at most 1.3, met\nleft out: 1 "),
            "{table}"
        );
    }

    #[test]
    fn a_median_of_an_even_count_lies_between_the_middle_two() {
        assert!(median(&[4.0, 1.0, 2.0, 9.0]) - 3.0 == 0.0 && median(&[5.0]) - 5.0 == 0.0 && median(&[]).is_nan());
    }

    #[test]
    fn every_payload_and_the_arena_are_compared() {
        assert_eq!(inputs().len(), Payload::ALL.len() + 1);
    }
}
