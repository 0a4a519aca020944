//! Every contender reads the same from the same value, and something else when any field is another.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test: the first surprise ends it")]

use data::contender::families;
use data::payload::{
    Dataset, Document, GameType, Kind, LogLine, Logs, Mesh, Node, Order, Orders, Player, Saves, Side, TimeInForce, Triangle,
    Vector3,
};
use data::{COMPRESS_AT_MOST, CRATES, PrepareError, prepare};
use measure::Clock;
use proptest::prelude::*;
use protocol::{
    ArenaInput, Contender, DataInput, FactKind, Fault, LabInput, Operation, Payload, PayloadSize, Read, Seed, SerializationInput,
};
use std::rc::Rc;
use units::Nanos;

/// Time stands still.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Nanos {
        Nanos(0.0)
    }
}

/// What each contender says of one operation on `value`; panics unless it is what the value itself says. Each does it twice, since
/// what is updated in place is then back where it was.
fn agreed<D: Dataset + Clone>(value: &D, operation: Operation) -> u64 {
    let shared = Rc::new(value.clone());
    let mut changed = value.clone();
    let expected = match operation {
        Operation::Read(read) => value.read(read),
        Operation::Update => changed.update(),
        Operation::Write => 0,
    };
    for family in families::<D>() {
        let Some(family) = family(&shared, operation).unwrap() else { continue };
        let length = (*family.wire).as_ref().len() as u64;
        for mut contender in family.contenders {
            let (_, checksum) = contender.time(1, &Stopped);
            let expected = if operation == Operation::Write { length } else { expected };
            assert_eq!(checksum, expected, "{:?} {operation:?}", contender.id);
            let (_, again) = contender.time(1, &Stopped);
            if operation != Operation::Update {
                assert_eq!(again, expected, "{:?} {operation:?}, again", contender.id);
            }
        }
    }
    expected
}

/// The bytes of every format that can hold the value.
fn wires<D: Dataset>(seed: Seed, entries: u32) -> Vec<Vec<u8>> {
    let value = Rc::new(D::generate(seed, entries));
    let families = families::<D>().map(|family| family(&value, Operation::default()).unwrap());
    families.into_iter().flatten().map(|family| (*family.wire).as_ref().to_vec()).collect()
}

/// The contenders of an input, and what each says of one operation.
fn checksums(lab: LabInput) -> (Vec<Contender>, Vec<u64>) {
    let mut contenders = prepare(&lab, Seed::default()).unwrap().contenders;
    let ids: Vec<Contender> = contenders.iter().map(|contender| contender.id).collect();
    (ids, contenders.iter_mut().map(|contender| contender.time(1, &Stopped).1).collect())
}

#[test]
fn contenders_of_both_labs_read_the_same_and_come_in_order() {
    for payload in Payload::ALL {
        for size in [PayloadSize::Small, PayloadSize::Medium] {
            let mut seen = Vec::new();
            for read in Read::ALL {
                let data = DataInput { payload, size, read };
                let everyone = SerializationInput::from(data);
                let ladder =
                    vec![Contender::SerdeJson, Contender::Postcard, Contender::RkyvValidated, Contender::RkyvUnvalidated];
                for (lab, of) in
                    [(LabInput::LatencyBudget(data), ladder), (LabInput::Serialization(everyone), everyone.contenders())]
                {
                    let (ids, checksums) = checksums(lab);
                    assert_eq!(ids, of, "{lab:?}");
                    assert!(checksums.iter().all(|&checksum| checksum == checksums[0]), "{lab:?}: {checksums:?}");
                    seen.push(checksums[0]);
                }
            }
            seen.dedup();
            // A message of one entry has a single price or score: field and column are the same.
            let expected = if payload.entries(size) == 1 { 2 } else { 3 };
            assert_eq!(seen.len(), expected, "{payload:?} {size:?}: reads that read the same");
        }
    }
}

#[test]
fn what_takes_part_in_writing_and_updating_is_what_the_page_expects() {
    for payload in Payload::ALL {
        for operation in [Operation::Write, Operation::Update] {
            let input = SerializationInput { payload, size: PayloadSize::Small, operation };
            let (ids, checksums) = checksums(LabInput::Serialization(input));
            assert_eq!(ids, input.contenders(), "{input:?}");
            assert_eq!(ids[0], Contender::SerdeJson);
            assert!(ids.contains(&Contender::RkyvValidated), "the headline");
            if operation == Operation::Update {
                assert!(checksums.iter().all(|&checksum| checksum == checksums[0]), "{input:?}: {checksums:?}");
            }
        }
    }
}

#[test]
fn every_operation_does_what_the_value_itself_does() {
    fn check<D: Dataset + Clone>() {
        for operation in Operation::ALL {
            agreed(&D::generate(Seed(5), 9), operation);
        }
    }
    check::<Logs<String>>();
    check::<Mesh>();
    check::<Orders<String>>();
    check::<Node<String>>();
    check::<Saves<String>>();
    check::<Document<String>>();
}

#[test]
fn an_order_whose_text_is_too_long_for_its_field_is_refused_by_zerocopy_alone() {
    let mut orders = Orders::generate(Seed(5), 2);
    orders.orders[1].symbol = "x".repeat(16);
    let orders = Rc::new(orders);
    let refused: Vec<String> =
        families().into_iter().filter_map(|family| Some(family(&orders, Operation::Write).err()?.to_string())).collect();
    assert_eq!(refused, ["zerocopy cannot encode the payload: a string is longer than its field"]);
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
    let saves = [3, 9].map(|n| Saves::generate(seed, n));
    assert_eq!(saves[0].players, saves[1].players[..3]);
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
    check::<Saves<String>>();
}

#[test]
fn payloads_are_of_the_size_and_shape_they_claim() {
    let order = wires::<Orders<String>>(Seed::default(), 1).remove(0);
    assert!((150..=260).contains(&order.len()), "{}", String::from_utf8_lossy(&order));
    let tree = wires::<Node<String>>(Seed::default(), 1_000).remove(0);
    let text = String::from_utf8(tree).unwrap();
    // What a borrowing parser cannot borrow must occur.
    assert!(text.contains("\\\"") && text.contains("\\n") && text.contains('é'));
}

#[test]
fn bytes_are_counted_at_once_and_compressed_afterwards() {
    let input = DataInput { payload: Payload::Log, size: PayloadSize::Small, read: Read::Field };
    let count = |facts: &[protocol::Fact], kind| facts.iter().filter(|fact| fact.kind == kind).count();
    let ladder = prepare(&LabInput::LatencyBudget(input), Seed::default()).unwrap();
    assert_eq!(count(&ladder.facts, FactKind::WireBytes), 4);
    assert!(ladder.afterwards.is_none());

    let mut all = prepare(&LabInput::Serialization(input.into()), Seed::default()).unwrap();
    let everyone = SerializationInput::from(input).contenders().len();
    assert_eq!(count(&all.facts, FactKind::WireBytes), everyone);
    let later = all.afterwards.unwrap()(&mut all.contenders);
    let of_json = |facts: &[protocol::Fact], kind| {
        facts.iter().find(|fact| fact.contender == Contender::SerdeJson && fact.kind == kind).unwrap().value
    };
    let wire = of_json(&all.facts, FactKind::WireBytes);
    for kind in [FactKind::DeflatedBytes, FactKind::ZstdBytes] {
        assert_eq!(count(&later, kind), everyone);
        assert!(of_json(&later, kind) * 2 < wire, "{kind:?}");
    }
    // This test's allocator does not count, and nothing is made up.
    assert_eq!(count(&later, FactKind::Allocations), 0);
    let text = wires::<Logs<String>>(Seed::default(), Payload::Log.entries(PayloadSize::Small)).remove(0);
    assert_eq!(wire, text.len() as u64);
    assert!(text.len() < COMPRESS_AT_MOST);
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
    for (named, start) in CRATES.iter().zip([
        "serde_json 1.",
        "simd-json 0.",
        "postcard 1.",
        "bitcode 0.6",
        "prost 0.",
        "flatbuffers 25.",
        "zerocopy 0.8",
        "rkyv 0.8.",
    ]) {
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
    let every = Operation::Read(Read::Every);
    let before = agreed(value, every);
    let mut changed = value.clone();
    change(&mut changed);
    assert_ne!(agreed(&changed, every), before);
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

fn change_player(player: &mut Player<String>, field: usize) {
    match field {
        0 => player.score ^= 1,
        1 => other_text(&mut player.dimension),
        2 => player.spawn_dimension = if player.spawn_dimension.is_some() { None } else { Some("nether".to_owned()) },
        3 => player.spawn_forced = if player.spawn_forced.is_some() { None } else { Some(true) },
        4 => player.xp_p += 0.5,
        5 => player.inventory.push(player.selected_item.clone()),
        6 => player.ender_items.push(player.selected_item.clone()),
        7 => player.selected_item.count ^= 1,
        8 => player.abilities.instabuild ^= true,
        9 => player.seen_credits ^= true,
        10 => player.entered_nether_position = player.entered_nether_position.xor(Some((1.0, 2.0, 3.0))),
        11 => player.recipe_book.to_be_displayed.push("bow".to_owned()),
        12 => player.recipe_book.is_smoker_gui_open ^= true,
        13 => std::mem::swap(&mut player.shoulder_entity_left, &mut player.shoulder_entity_right),
        14 => player.recipe_book.recipes.push("bow".to_owned()),
        _ => player.game_type = if player.game_type == GameType::Creative { GameType::Survival } else { GameType::Creative },
    }
}

/// The node so many steps down, taking the last child that there is.
fn descend(root: &mut Node<String>, steps: usize) -> &mut Node<String> {
    if steps == 0 || root.children.is_empty() { root } else { descend(root.children.last_mut().unwrap(), steps - 1) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_field_is_read(seed: u64, entry in 0_usize..12, log in 0_usize..8, mesh in 0_usize..12, other in 0_usize..9, saved in 0_usize..16) {
        let seed = Seed(seed);
        notices(&Logs::generate(seed, 12), |logs| change_line(&mut logs.logs[entry], log));
        notices(&Mesh::generate(seed, 12), |all| change_triangle(&mut all.triangles[entry], mesh));
        notices(&Orders::generate(seed, 12), |orders| change_order(&mut orders.orders[entry], other));
        let saves = Saves::generate(seed, 12);
        // Both shoulders may be empty, and then nothing changes when they are exchanged.
        let is_same = saved == 13 && saves.players[entry].shoulder_entity_left == saves.players[entry].shoulder_entity_right;
        if !is_same {
            notices(&saves, |saves| change_player(&mut saves.players[entry], saved));
        }
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
            agreed(&logs, Operation::Read(read));
        }
    }
}
