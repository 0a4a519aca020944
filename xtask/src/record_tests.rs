//! The recordings in the checkout are fit to be shown, and [`faults`] tells those that are not.

use super::*;
use protocol::{EnvironmentJson, RatioJson, RowJson};

/// Makes a recording unfit.
type Damage = fn(&mut Recording);

fn sound() -> Recording {
    let input = inputs(LabId::Serialization)[0];
    let environment = EnvironmentJson {
        user_agent: "A processor".to_owned(),
        isolated: false,
        clock_step_ns: 30.0,
        empty_loop_ns: 0.25,
        rustc: "rustc".to_owned(),
        crates: Vec::new(),
    };
    let (name, phase) = (Contender::SerdeJson.slug().to_owned(), Phase::Whole.label().to_owned());
    let of = Contender::RkyvValidated.slug().to_owned();
    let row = RowJson {
        name: name.clone(),
        phase: phase.clone(),
        unit: "ns".to_owned(),
        median: 1_234.567_89,
        low: 1_200.0,
        high: 1_300.0,
        mad: 1.0,
        n: 200,
        cold: Some(9_999.0),
        steady: true,
    };
    let result = ResultJson {
        lab: input.lab().slug().to_owned(),
        build: "0123456789abcdef".to_owned(),
        seed: "18446744073709551615".to_owned(),
        input: input.pairs(),
        workers: 5,
        environment,
        rows: vec![row],
        ratios: vec![RatioJson { of, to: name, phase, ratio: 0.05, low: 0.04, high: 0.06 }],
        facts: Vec::new(),
        samples: std::iter::empty().collect(),
        notes: Vec::new(),
    };
    Recording { host: RecordingHost::Native, machine: "A processor, 2 cores".to_owned(), date: "2026-11-22".to_owned(), result }
}

#[test]
fn every_recording_in_the_checkout_is_fit_to_be_shown() {
    let folder = workspace::root().join(FOLDER);
    let Ok(entries) = fs::read_dir(&folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let lab = LabId::from_slug(&stem).unwrap_or_else(|| panic!("{}: there is no such lab", path.display()));
        assert_eq!(path.file_name().unwrap().to_string_lossy(), file(lab));
        let list = read(&path, lab).unwrap();
        assert!(!list.is_empty(), "{}", path.display());
        for one in &list {
            assert!(
                one.result.workers >= 5,
                "{}: a quick run's intervals do not hold the differences between instances",
                path.display()
            );
        }
    }
}

#[test]
fn a_sound_recording_has_no_fault_and_each_damage_is_seen() {
    assert_eq!(faults(LabId::Serialization, &[sound()]), Vec::<String>::new());
    let damages: [(&str, Damage); 12] = [
        ("it is of the lab", |one| one.result.lab = "arena".to_owned()),
        ("no such input", |one| drop(one.result.input.insert("payload".to_owned(), "xml".to_owned()))),
        ("no such input", |one| drop(one.result.input.remove("read"))),
        ("no ISO date", |one| one.date = "22.11.2026".to_owned()),
        ("no ISO date", |one| one.date = "2026-13-01".to_owned()),
        ("missing", |one| one.machine.clear()),
        ("samples", |one| drop(one.result.samples.insert("a/whole/0".to_owned(), vec![1.0]))),
        ("no contender", |one| one.result.rows[0].name = "xml".to_owned()),
        ("no contender", |one| one.result.ratios[0].phase = "build".to_owned()),
        ("no interval", |one| one.result.rows[0].low = 1e9),
        ("no interval", |one| one.result.ratios[0].high = f64::NAN),
        ("no interval", |one| one.result.rows[0].low = -1.0),
    ];
    for (word, damage) in damages {
        let mut recording = sound();
        damage(&mut recording);
        let found = faults(LabId::Serialization, &[recording]);
        assert!(found.iter().any(|fault| fault.contains(word)), "{word}: {found:?}");
    }
    assert!(faults(LabId::Serialization, &[sound(), sound()])[0].contains("twice"));
}

#[test]
fn a_graph_that_readers_cannot_choose_is_not_recorded() {
    let offers = |nodes| {
        let input = LabInput::Arena(ArenaInput { nodes, degree: 3, ..ArenaInput::default() });
        is_offered(LabId::Arena, &ResultJson { lab: "arena".to_owned(), input: input.pairs(), ..sound().result })
    };
    assert!(offers(10_000) && offers(100_000) && !offers(10_001));
}

#[test]
fn everything_that_is_recorded_is_offered() {
    for lab in LabId::ALL {
        for input in inputs(lab) {
            let result = ResultJson { lab: lab.slug().to_owned(), input: input.pairs(), ..sound().result };
            assert!(is_offered(lab, &result), "{}", input.to_text());
        }
    }
}

#[test]
fn recordings_are_replaced_by_input_and_host_and_their_figures_rounded() {
    let folder = workspace::target().join(format!("xtask-record-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("serialization.json");
    merge(&path, LabId::Serialization, vec![sound()]).unwrap();
    merge(&path, LabId::Serialization, vec![Recording { host: RecordingHost::Browser, ..sound() }]).unwrap();
    merge(&path, LabId::Serialization, vec![Recording { date: "2027-01-01".to_owned(), ..sound() }]).unwrap();
    let list = read(&path, LabId::Serialization).unwrap();
    let seen: Vec<_> = list.iter().map(|one| (one.host, &*one.date)).collect();
    assert_eq!(seen, [(RecordingHost::Browser, "2026-11-22"), (RecordingHost::Native, "2027-01-01")]);
    assert_eq!(list[0].result.rows[0].median.to_string(), "1234.57");
    assert_eq!(list[0].result.seed, sound().result.seed);
    let unfit = Recording { date: String::new(), ..sound() };
    assert!(merge(&path, LabId::Serialization, vec![unfit]).is_err());
    assert_eq!(read(&path, LabId::Serialization).unwrap(), list);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_site_holds_every_recording_in_a_file_named_by_its_content() {
    let site = tempfile::tempdir().unwrap();
    let files = copy_into(site.path()).unwrap();
    for lab in LabId::ALL {
        let source = of_lab(lab).unwrap();
        let Some(path) = files.get(lab.slug()) else {
            assert!(source.is_empty(), "{}", lab.slug());
            continue;
        };
        let text = fs::read_to_string(site.path().join(path)).unwrap();
        assert_eq!(*path, format!("recordings/{}-{:016x}.json", lab.slug(), bundles::hash(&[text.as_bytes()])));
        assert_eq!(Recording::list_of_json(&text).unwrap(), source, "{}", lab.slug());
        assert!(!text.contains('\n'));
    }
    assert!(!files.is_empty());
}
