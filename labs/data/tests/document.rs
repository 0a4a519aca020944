//! A reader's own JSON: taken as it is, refused with its place, held by every format.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test: the first surprise ends it")]

use data::payload::{DEEPEST, Document, DocumentError, parse, shape};
use data::{answer, prepare_document};
use measure::Clock;
use proptest::prelude::*;
use protocol::{
    Answer, Contender, DocumentInput, DocumentQuestion, Fault, LabInput, Operation, Question, Read, SelfTestQuestion,
};
use serde_json::Value;
use units::Nanos;

/// Time stands still.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Nanos {
        Nanos(0.0)
    }
}

/// What every contender says of one operation on a text.
fn checksums(text: &str, operation: Operation) -> Vec<(Contender, u64)> {
    let input = DocumentInput::of(text.as_bytes(), operation);
    let experiment = prepare_document(&LabInput::OwnDocument(input), text.as_bytes()).unwrap();
    let checksums: Vec<(Contender, u64)> =
        experiment.contenders.into_iter().map(|mut contender| (contender.id, contender.time(1, &Stopped).1)).collect();
    assert_eq!(checksums.iter().map(|(contender, _)| *contender).collect::<Vec<_>>(), input.contenders());
    checksums
}

const ORDERS: &str =
    r#"{"orders": [{"id": 1, "side": "buy", "price": 1.5, "note": null}, {"id": 2, "side": "sell", "price": -3}], "more": true}"#;

#[test]
fn every_format_says_the_same_of_a_document() {
    for operation in Operation::ALL {
        let found = checksums(ORDERS, operation);
        if operation != Operation::Write {
            assert!(found.iter().all(|(_, checksum)| *checksum == found[0].1), "{operation:?}: {found:?}");
        }
    }
    // Each kind of value alone.
    for text in ["null", "true", "0", "-1", "18446744073709551615", "1e300", "\"\\u00e9\\n\"", "[]", "{}", "[[], {}]"] {
        let found = checksums(text, Operation::Read(Read::Every));
        assert!(found.iter().all(|(_, checksum)| *checksum == found[0].1), "{text}: {found:?}");
    }
}

#[test]
fn a_fault_is_named_with_its_line_and_column() {
    let refused = parse(b"{\n  \"a\": 1,\n  \"b\" 2\n}").unwrap_err();
    assert_eq!(refused, DocumentError::Json { line: 3, column: 7, reason: "expected `:`".to_owned() });
    assert_eq!(refused.to_string(), "line 3, column 7: expected `:`");
    for text in ["", "{", "[1,]", "nul", "\"\u{1}\"", "1 2"] {
        assert!(matches!(parse(text.as_bytes()), Err(DocumentError::Json { line: 1, .. })), "{text}");
    }
    let input = LabInput::OwnDocument(DocumentInput::of(b"[", Operation::Write));
    assert!(prepare_document(&input, b"[").err().unwrap().to_string().starts_with("line 1, column 1"));
}

#[test]
fn the_deepest_document_that_is_taken_is_read_by_every_format() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let found = checksums(&nested(DEEPEST), Operation::Read(Read::Every));
        assert!(found.iter().all(|(_, checksum)| *checksum == found[0].1), "{found:?}");
        assert_eq!(parse(nested(DEEPEST + 1).as_bytes()).unwrap_err(), DocumentError::Deep(DEEPEST + 1));
    }
}

#[test]
fn a_shape_in_words() {
    let shape = |text: &str| shape(&parse(text.as_bytes()).unwrap());
    assert_eq!(shape(ORDERS), "{ orders: list of 2 × { id: int, side: text, price: float or int, note?: null }, more: bool }");
    assert_eq!(shape("[[1], [], [1.5, \"x\"]]"), "list of 3 × list of 0–2 × int or float or text");
    assert_eq!(shape("{}"), "empty object");
    assert_eq!(shape("[]"), "empty list");
    let Ok(Answer::Serialization(answered)) = answer(&Question::Serialization(DocumentQuestion { text: b"[1]".to_vec().into() }))
    else {
        panic!("an answer of another lab")
    };
    assert_eq!(answered.shape, "list of 1 × int");
    let other = Question::SelfTest(SelfTestQuestion { fault: Fault::None, attachment: Vec::new().into() });
    assert!(answer(&other).is_err());
}

/// Any JSON, not too deep; numbers as they come back from text.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_written_again_as_it_was_and_read_alike(value in json()) {
        let text = value.to_string();
        let document: Document<String> = parse(text.as_bytes()).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&serde_json::to_string(&document).unwrap()).unwrap(), value);
        let found = checksums(&text, Operation::Read(Read::Every));
        prop_assert!(found.iter().all(|(_, checksum)| *checksum == found[0].1), "{:?}", found);
    }

    #[test]
    fn any_bytes_are_a_document_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes).map(|document| shape(&document));
    }
}
