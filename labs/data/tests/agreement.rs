//! Every contender reads the same from the same value, and something else when any field is another.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test: the first surprise ends it")]

use data::contender::families;
use data::payload::{Dataset, Kind, LogLine, Logs, Mesh, Node, Order, Orders, Side, TimeInForce, Triangle, Vector3};
use data::{CRATES, DEFLATE_AT_MOST, PrepareError, prepare};
use measure::Clock;
use proptest::prelude::*;
use protocol::{ArenaInput, Contender, DataInput, FactKind, Fault, LabInput, Payload, PayloadSize, Read, Seed};
use units::Nanos;

/// Time stands still.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Nanos {
        Nanos(0.0)
    }
}

/// What each contender reads in one operation, and what the value itself says; panics unless they agree.
fn agreed<D: Dataset>(value: &D, read: Read) -> u64 {
    let expected = value.read(read);
    for family in families::<D>() {
        for mut contender in family(value, read).unwrap().contenders {
            let (_, checksum) = contender.time(1, &Stopped);
            assert_eq!(checksum, expected, "{:?} {read:?}", contender.id);
        }
    }
    expected
}

fn wires<D: Dataset>(seed: Seed, entries: u32) -> [Vec<u8>; 3] {
    let value = D::generate(seed, entries);
    families::<D>().map(|family| (*family(&value, Read::Every).unwrap().wire).as_ref().to_vec())
}

#[test]
fn contenders_of_both_labs_read_the_same_and_come_in_order() {
    for payload in Payload::ALL {
        for size in [PayloadSize::Small, PayloadSize::Medium] {
            let mut seen = Vec::new();
            for read in Read::ALL {
                let input = DataInput { payload, size, read };
                for (lab, of) in [(LabInput::LatencyBudget(input), 4), (LabInput::Serialization(input), 6)] {
                    let mut contenders = prepare(&lab, Seed::default()).unwrap().contenders;
                    let ids: Vec<Contender> = contenders.iter().map(|contender| contender.id).collect();
                    let in_order: Vec<Contender> = Contender::ALL.into_iter().filter(|id| ids.contains(id)).collect();
                    assert_eq!(ids, in_order);
                    assert_eq!((ids.len(), ids[0]), (of, Contender::SerdeJson));
                    let checksums: Vec<u64> = contenders.iter_mut().map(|contender| contender.time(1, &Stopped).1).collect();
                    assert!(checksums.iter().all(|&checksum| checksum == checksums[0]), "{lab:?}: {checksums:?}");
                    seen.push(checksums[0]);
                }
            }
            seen.dedup();
            // A message of one order has a single price: field and column are the same.
            let expected = if (payload, size) == (Payload::Order, PayloadSize::Small) { 2 } else { 3 };
            assert_eq!(seen.len(), expected, "{payload:?} {size:?}: reads that read the same");
        }
    }
}

#[test]
fn fewer_entries_are_a_prefix() {
    let seed = Seed::default();
    let (logs, meshes, orders) = ([30, 70].map(|n| Logs::generate(seed, n)), [30, 70].map(|n| Mesh::generate(seed, n)), [3, 9]);
    assert_eq!(logs[0].logs, logs[1].logs[..30]);
    assert_eq!(meshes[0].triangles, meshes[1].triangles[..30]);
    let orders = orders.map(|n| Orders::generate(seed, n));
    assert_eq!(orders[0].orders, orders[1].orders[..3]);
    let trees = [50, 400].map(|n| nodes_in_order(&Node::generate(seed, n)));
    assert_eq!(trees.each_ref().map(Vec::len), [50, 400]);
    assert_eq!(trees[0], trees[1][..50]);
}

/// Each node's depth and content, in the document's order.
fn nodes_in_order(root: &Node<String>) -> Vec<(usize, Node<String>)> {
    fn walk(node: &Node<String>, depth: usize, found: &mut Vec<(usize, Node<String>)>) {
        found.push((depth, Node { children: Vec::new(), ..node.clone() }));
        node.children.iter().for_each(|child| walk(child, depth + 1, found));
    }
    let mut found = Vec::new();
    walk(root, 0, &mut found);
    found
}

#[test]
fn a_seed_fixes_the_bytes_and_another_seed_changes_them() {
    fn check<D: Dataset>() {
        assert_eq!(wires::<D>(Seed(7), 20), wires::<D>(Seed(7), 20));
        for (a, b) in wires::<D>(Seed(7), 20).iter().zip(wires::<D>(Seed(8), 20)) {
            assert_ne!(*a, b);
        }
    }
    check::<Logs<String>>();
    check::<Mesh>();
    check::<Orders<String>>();
    check::<Node<String>>();
}

#[test]
fn payloads_are_of_the_size_and_shape_they_claim() {
    let [order, ..] = wires::<Orders<String>>(Seed::default(), 1);
    assert!((150..=260).contains(&order.len()), "{}", String::from_utf8_lossy(&order));
    let [tree, ..] = wires::<Node<String>>(Seed::default(), 1_000);
    let text = String::from_utf8(tree).unwrap();
    // What a borrowing parser cannot borrow must occur.
    assert!(text.contains("\\\"") && text.contains("\\n") && text.contains('é'));
}

#[test]
fn bytes_are_counted_and_deflated_where_there_is_time() {
    let input = |payload, size| DataInput { payload, size, read: Read::Field };
    let facts = |lab| prepare(&lab, Seed::default()).unwrap().facts;
    let count = |facts: &[protocol::Fact], kind| facts.iter().filter(|fact| fact.kind == kind).count();

    let ladder = facts(LabInput::LatencyBudget(input(Payload::Log, PayloadSize::Small)));
    assert_eq!([FactKind::WireBytes, FactKind::DeflatedBytes].map(|kind| count(&ladder, kind)), [4, 0]);

    let all = facts(LabInput::Serialization(input(Payload::Log, PayloadSize::Small)));
    assert_eq!([FactKind::WireBytes, FactKind::DeflatedBytes].map(|kind| count(&all, kind)), [6, 6]);
    let json = |kind| all.iter().find(|fact| fact.contender == Contender::SerdeJson && fact.kind == kind).unwrap().value;
    assert!(json(FactKind::DeflatedBytes) * 2 < json(FactKind::WireBytes));
    let [text, ..] = wires::<Logs<String>>(Seed::default(), Payload::Log.entries(PayloadSize::Small));
    assert_eq!(json(FactKind::WireBytes), text.len() as u64);
    assert!(text.len() < DEFLATE_AT_MOST);
}

#[test]
fn another_pillars_input_is_refused() {
    for input in [LabInput::Arena(ArenaInput::default()), LabInput::SelfTest(Fault::None)] {
        let lab = input.lab();
        assert!(matches!(prepare(&input, Seed::default()), Err(PrepareError::NotADataLab(refused)) if refused == lab));
    }
}

#[test]
fn the_crates_under_test_are_named_with_their_versions() {
    for (named, start) in CRATES.iter().zip(["serde_json 1.", "postcard 1.", "rkyv 0.8."]) {
        assert!(named.starts_with(start), "{named}");
    }
}

/// Replaces the first byte: another string of the same length, or a longer one if it was empty.
fn other_text(text: &mut String) {
    let first = if text.starts_with('x') { "y" } else { "x" };
    let rest = text.chars().skip(1).collect::<String>();
    *text = first.to_owned() + &rest;
}

/// Changes one field of `value`, chosen by its number, and checks that reading everything notices.
fn notices<D: Dataset + Clone>(value: &D, change: impl FnOnce(&mut D)) {
    let before = agreed(value, Read::Every);
    let mut changed = value.clone();
    change(&mut changed);
    assert_ne!(agreed(&changed, Read::Every), before);
}

fn change_line(line: &mut LogLine<String>, field: usize) {
    match field {
        0 => line.address.x0 ^= 1,
        1 => line.address.x3 ^= 128,
        2 => other_text(&mut line.identity),
        3 => other_text(&mut line.userid),
        4 => other_text(&mut line.date),
        5 => other_text(&mut line.request),
        6 => line.code ^= 1,
        _ => line.size ^= 1 << 26,
    }
}

fn change_triangle(triangle: &mut Triangle, field: usize) {
    let vectors = [&mut triangle.v0, &mut triangle.v1, &mut triangle.v2, &mut triangle.normal];
    let Vector3 { x, y, z } = vectors.into_iter().nth(field / 3).unwrap();
    let number = [x, y, z].into_iter().nth(field % 3).unwrap();
    *number = f32::from_bits(number.to_bits() ^ 1);
}

fn change_order(order: &mut Order<String>, field: usize) {
    match field {
        0 => order.order_id ^= 1,
        1 => order.account ^= 1,
        2 => other_text(&mut order.symbol),
        3 => order.side = if order.side == Side::Buy { Side::Sell } else { Side::Buy },
        4 => order.price_ticks = -order.price_ticks - 1,
        5 => order.quantity ^= 1,
        6 => {
            let day = order.time_in_force == TimeInForce::Day;
            order.time_in_force = if day { TimeInForce::FillOrKill } else { TimeInForce::Day };
        }
        7 => order.sent_at_ns ^= 1,
        _ => other_text(&mut order.client_tag),
    }
}

fn change_node(node: &mut Node<String>, field: usize) {
    match field {
        0 => node.kind = if node.kind == Kind::Note { Kind::Figure } else { Kind::Note },
        1 => other_text(&mut node.title),
        2 => other_text(&mut node.body),
        3 => node.published ^= true,
        4 => node.score += 0.5,
        5 => node.views ^= 1,
        6 => node.tags.push("added".to_owned()),
        7 => drop(node.attributes.insert("added".to_owned(), "value".to_owned())),
        _ => node.children.push(Node { children: Vec::new(), ..node.clone() }),
    }
}

/// The node so many steps down, taking the last child that there is.
fn descend(root: &mut Node<String>, steps: usize) -> &mut Node<String> {
    if steps == 0 || root.children.is_empty() { root } else { descend(root.children.last_mut().unwrap(), steps - 1) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_field_is_read(seed: u64, entry in 0_usize..12, log in 0_usize..8, mesh in 0_usize..12, other in 0_usize..9) {
        let seed = Seed(seed);
        notices(&Logs::generate(seed, 12), |logs| change_line(&mut logs.logs[entry], log));
        notices(&Mesh::generate(seed, 12), |all| change_triangle(&mut all.triangles[entry], mesh));
        notices(&Orders::generate(seed, 12), |orders| change_order(&mut orders.orders[entry], other));
        notices(&Node::generate(seed, 12), |root| change_node(descend(root, entry), other));
    }

    #[test]
    fn any_string_survives_every_format(text in any::<String>(), field in 2_usize..6) {
        let mut logs = Logs::generate(Seed::default(), 3);
        let line = &mut logs.logs[1];
        for (place, string) in [&mut line.identity, &mut line.userid, &mut line.date, &mut line.request].into_iter().enumerate() {
            if place + 2 == field {
                string.clone_from(&text);
            }
        }
        for read in Read::ALL {
            agreed(&logs, read);
        }
    }
}
