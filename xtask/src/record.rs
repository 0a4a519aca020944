//! `cargo xtask record`: runs labs on this machine and keeps the results in `recordings/<lab>.json`, for readers who have not run them yet.
//!
//! What a recording must be is one function, [`faults`]: a recording that breaks it is neither written, nor copied into a site, nor passed by the tests.

use crate::bundles;
use crate::hosts::{self, Chromium, Effort, Native};
use crate::process::{answer, command, short, step};
use crate::workspace;
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use protocol::{
    Access, AllocatorsInput, ArenaInput, Changed, Changes, ClonesInput, ColumnsInput, Contender, Cut, DataInput, FactKind, Hold,
    InteriorInput, Keeps, LabId, LabInput, LayoutInput, LifetimesInput, NodeData, PacketsInput, Payload, PayloadSize, Phase,
    PinInput, Query, Read, Reads, Recording, RecordingHost, ResultJson, Workload,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder, from the checkout's root and from the site's.
const FOLDER: &str = "recordings";

/// What is recorded, and where to.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// This lab alone.
    #[arg(long)]
    lab: Option<String>,
    /// This input of the lab alone, for example `payload=order`.
    #[arg(long, requires = "lab")]
    input: Option<String>,
    /// One worker and one process instead of five: for a try, not to be kept.
    #[arg(long)]
    quick: bool,
    /// The folder; what it holds of the same input and host is replaced, everything else stays.
    #[arg(long, default_value = FOLDER)]
    out: PathBuf,
}

/// Runs and writes.
///
/// # Errors
/// Something does not build or run, or a result is not fit to be kept.
pub fn record(options: &Options) -> Result<()> {
    let inputs = options.inputs()?;
    let effort = if options.quick { Effort::Quick } else { Effort::Full };
    let date = answer(command("date").args(["-u", "+%F"])).context("`date -u +%F` does not answer")?;
    let native = Native::build(&inputs)?;
    let mut chromium = Chromium::start()?;
    hosts::warn_of_load();
    let mut recorded: Vec<Recording> = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        step(&format!("{}/{}: {}, {}", at + 1, inputs.len(), input.lab().slug(), input.to_text()));
        let own = native.run(input, effort)?;
        let machine = format!("{}, {}", own.environment.user_agent, hosts::machine());
        // What is counted and not timed is the same in a browser.
        let browsers = if input.lab().is_timed() {
            Some((RecordingHost::Browser, format!("{machine}, {}", chromium.version), chromium.run(input, effort)?))
        } else {
            None
        };
        for (host, machine, result) in browsers.into_iter().chain([(RecordingHost::Native, machine, own)]) {
            println!("{host:?}: {}", summary(&result));
            recorded.push(Recording {
                host,
                machine,
                date: date.clone(),
                result: ResultJson { samples: std::iter::empty().collect(), ..result },
            });
        }
    }
    let folder = workspace::root().join(&options.out);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    for lab in LabId::ALL {
        let own: Vec<Recording> = recorded.iter().filter(|one| one.result.lab == lab.slug()).cloned().collect();
        if !own.is_empty() {
            merge(&folder.join(file(lab)), lab, own)?;
        }
    }
    Ok(())
}

impl Options {
    fn inputs(&self) -> Result<Vec<LabInput>> {
        let Some(slug) = &self.lab else { return Ok(LabId::ALL.into_iter().flat_map(inputs).collect()) };
        let lab = LabId::from_slug(slug).with_context(|| format!("there is no lab “{slug}”"))?;
        let input = self.input.as_ref().map(|text| LabInput::of_text(lab, text)).transpose()?;
        Ok(input.map_or_else(|| inputs(lab), |input| vec![input]))
    }
}

/// What is recorded of a lab.
fn inputs(lab: LabId) -> Vec<LabInput> {
    let payloads = Payload::ALL.map(|payload| DataInput { payload, size: PayloadSize::Medium, read: Read::Every });
    match lab {
        LabId::LatencyBudget => payloads.map(LabInput::LatencyBudget).into(),
        LabId::Columns => Query::ALL.map(|query| LabInput::Columns(ColumnsInput { query, ..ColumnsInput::default() })).into(),
        LabId::Packets => Cut::ALL.map(|cut| LabInput::Packets(PacketsInput { cut, ..PacketsInput::default() })).into(),
        LabId::Serialization => payloads.map(|data| LabInput::Serialization(data.into())).into(),
        LabId::Arena => {
            let start = ArenaInput::default();
            let sizes = [10_000, 100_000].map(|nodes| ArenaInput { nodes, ..start });
            let changes = Changes::ALL.into_iter().skip(1).map(|changes| ArenaInput { changes, ..start });
            let data = NodeData::ALL.into_iter().skip(1).map(|data| ArenaInput { data, ..start });
            sizes.into_iter().chain(changes).chain(data).map(LabInput::Arena).collect()
        }
        LabId::ByteLens | LabId::Evolution => {
            let presets = lab.presets().into_iter().map(|preset| preset.input);
            std::iter::once(LabInput::default_of(lab))
                .chain(presets.filter(|input| *input != LabInput::default_of(lab)))
                .collect()
        }
        LabId::Allocators => {
            Workload::ALL.map(|workload| LabInput::Allocators(AllocatorsInput { workload, ..AllocatorsInput::default() })).into()
        }
        LabId::Clones => Changed::ALL.map(|changed| LabInput::Clones(ClonesInput { changed, ..ClonesInput::default() })).into(),
        LabId::InteriorMutability => {
            Hold::ALL.map(|hold| LabInput::InteriorMutability(InteriorInput { hold, ..InteriorInput::default() })).into()
        }
        LabId::Lifetimes => {
            Reads::ALL.map(|reads| LabInput::Lifetimes(LifetimesInput { reads, ..LifetimesInput::default() })).into()
        }
        LabId::Pin => Keeps::ALL.map(|keeps| LabInput::Pin(PinInput { keeps, ..PinInput::default() })).into(),
        LabId::Layout => Access::ALL.map(|access| LabInput::Layout(LayoutInput { access, ..LayoutInput::default() })).into(),
        LabId::SelfTest => Vec::new(),
    }
}

/// The recordings of a site: each lab's file, by its slug. A lab without any has none.
pub type RecordingFiles = BTreeMap<&'static str, String>;

/// Copies every lab's recordings into a site, each file on one line and named by its content, so that a page never shows a run that another
/// build recorded.
///
/// # Errors
/// A recording is damaged or not fit to be shown.
pub fn copy_into(site: &Path) -> Result<RecordingFiles> {
    let folder = site.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let mut files = RecordingFiles::new();
    for lab in LabId::ALL {
        let list = of_lab(lab)?;
        if list.is_empty() {
            continue;
        }
        let text = Recording::list_to_json(&list);
        let path = format!("{FOLDER}/{}-{:016x}.json", lab.slug(), bundles::hash(&[text.as_bytes()]));
        fs::write(site.join(&path), text).with_context(|| format!("writing {path}"))?;
        files.insert(lab.slug(), path);
    }
    Ok(files)
}

/// The checkout's recordings of a lab; none if there is no file.
///
/// # Errors
/// One is damaged or not fit to be shown.
pub fn of_lab(lab: LabId) -> Result<Vec<Recording>> {
    read(&workspace::root().join(FOLDER).join(file(lab)), lab)
}

/// What makes these recordings unfit for `lab`, a sentence each.
fn faults(lab: LabId, list: &[Recording]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, recording) in list.iter().enumerate() {
        let Recording { host, machine, date, result } = recording;
        let mut fault = |what: String| faults.push(format!("recording {at} ({host:?}, {:?}): {what}", result.input));
        if result.lab != lab.slug() {
            fault(format!("it is of the lab “{}”", result.lab));
        }
        if !is_offered(lab, result) {
            fault("the lab offers no such input".to_owned());
        }
        if !is_iso_date(date) {
            fault(format!("“{date}” is no ISO date"));
        }
        if machine.is_empty() || (result.rows.is_empty() && (lab.is_timed() || result.facts.is_empty())) {
            fault("machine or times are missing".to_owned());
        }
        if !result.samples.is_empty() {
            fault("samples are not kept in recordings".to_owned());
        }
        let phases: Vec<&str> = lab.compared().map(Phase::label).collect();
        let ratios = result.ratios.iter().flat_map(|row| [(&row.of, &row.phase), (&row.to, &row.phase)]);
        for (name, phase) in result.rows.iter().map(|row| (&row.name, &row.phase)).chain(ratios) {
            if Contender::from_slug(name).is_none() || !phases.contains(&&**phase) {
                fault(format!("{name}, {phase}: no contender and phase of this lab"));
            }
        }
        for fact in &result.facts {
            if Contender::from_slug(&fact.name).is_none() || FactKind::from_slug(&fact.kind).is_none() {
                fault(format!("{}, {}: no known fact", fact.name, fact.kind));
            }
        }
        let times = result.rows.iter().map(|row| (&row.name, row.low, row.median, row.high));
        for (name, low, median, high) in times.chain(result.ratios.iter().map(|row| (&row.of, row.low, row.ratio, row.high))) {
            if !(0.0 < low && low <= median && median <= high && high.is_finite()) {
                fault(format!("{name}: {low}, {median}, {high} is no interval"));
            }
        }
        if list[..at].iter().any(|other| other.host == *host && other.result.input == result.input) {
            fault("it stands there twice".to_owned());
        }
    }
    faults
}

fn is_offered(lab: LabId, result: &ResultJson) -> bool {
    let pairs = result.input.iter().map(|(name, value)| (&**name, &**value));
    LabInput::of_pairs(lab, pairs).is_ok_and(|input| {
        let is_choice = match input {
            LabInput::LatencyBudget(_) | LabInput::Serialization(_) => true,
            LabInput::Columns(input) => ColumnsInput::ROWS.contains(&input.rows),
            LabInput::Packets(input) => PacketsInput::PACKETS.contains(&input.packets),
            LabInput::Arena(graph) => ArenaInput::NODES.contains(&graph.nodes) && ArenaInput::DEGREES.contains(&graph.degree),
            LabInput::Allocators(input) => AllocatorsInput::OPERATIONS.contains(&input.operations),
            LabInput::Clones(input) => ClonesInput::LINES.contains(&input.lines),
            LabInput::InteriorMutability(input) => InteriorInput::ADDITIONS.contains(&input.additions),
            LabInput::Lifetimes(input) => LifetimesInput::WORDS.contains(&input.words),
            LabInput::Pin(input) => PinInput::FUTURES.contains(&input.futures),
            LabInput::Layout(input) => LayoutInput::ITEMS.contains(&input.items),
            LabInput::OwnDocument(_) | LabInput::SelfTest(_) => false,
            // What is counted follows from the input: any record is as good as another, but only these are recorded.
            LabInput::ByteLens(_) | LabInput::Evolution(_) => inputs(lab).contains(&input),
        };
        // What the recording left out would be filled in with a default.
        is_choice && result.is_of(&input)
    })
}

fn is_iso_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, digits: usize| {
        (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<u32>().ok()).flatten()
    };
    let within = |value: Option<u32>, least, most| value.is_some_and(|value| (least..=most).contains(&value));
    within(number(year, 4), 2026, 9999) && within(number(month, 2), 1, 12) && within(number(day, 2), 1, 31)
}

/// The recordings in a file; none if there is no file.
fn read(path: &Path, lab: LabId) -> Result<Vec<Recording>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", short(path)))?;
    let list = Recording::list_of_json(&text).with_context(|| format!("{} is no list of recordings", short(path)))?;
    let faults = faults(lab, &list);
    ensure!(faults.is_empty(), "{}:\n{}", short(path), faults.join("\n"));
    Ok(list)
}

/// Writes recordings to a lab's file, in place of those of the same input and host.
fn merge(path: &Path, lab: LabId, new: Vec<Recording>) -> Result<()> {
    let mut list = read(path, lab)?;
    list.retain(|old| !new.iter().any(|new| new.host == old.host && new.result.input == old.result.input));
    list.extend(new);
    let order = inputs(lab);
    list.sort_by_key(|one| {
        (order.iter().position(|input| one.result.is_of(input)).unwrap_or(order.len()), one.host == RecordingHost::Native)
    });
    let list = Recording::list_of_json(&rounded(&list)?)?;
    let faults = faults(lab, &list);
    if !faults.is_empty() {
        bail!("nothing is written to {}:\n{}", short(path), faults.join("\n"));
    }
    fs::write(path, rounded(&list)?).with_context(|| format!("writing {}", path.display()))?;
    println!("{}: {} recordings", short(path), list.len());
    Ok(())
}

/// The text for people, its figures to six digits: more of them are noise, and readers load this.
fn rounded(list: &[Recording]) -> Result<String> {
    let mut json: Value = serde_json::from_str(&Recording::list_to_json(list))?;
    round(&mut json);
    Ok(format!("{}\n", serde_json::to_string_pretty(&json)?))
}

fn round(json: &mut Value) {
    match json {
        Value::Array(items) => items.iter_mut().for_each(round),
        Value::Object(fields) => fields.values_mut().for_each(round),
        Value::Number(number) if number.is_f64() => {
            let text = number.as_f64().map(|value| format!("{value:.5e}"));
            if let Some(value) = text.and_then(|text| text.parse::<f64>().ok()) {
                *json = value.into();
            }
        }
        Value::Number(_) | Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

fn file(lab: LabId) -> String {
    format!("{}.json", lab.slug())
}

/// Who took how long, for whoever waits.
fn summary(result: &ResultJson) -> String {
    let rows = result.rows.iter().map(|row| format!("{} {}", row.name, units::Nanos(row.median)));
    rows.chain(result.notes.iter().cloned()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
