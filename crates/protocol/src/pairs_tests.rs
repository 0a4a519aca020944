//! Inputs as names and values, and back.

use super::*;
use proptest::prelude::*;

#[test]
fn what_is_written_is_read_again() {
    for payload in Payload::ALL {
        for size in PayloadSize::ALL {
            for operation in Operation::ALL {
                let input = LabInput::Serialization(SerializationInput { payload, size, operation });
                assert_eq!(LabInput::of_text(LabId::Serialization, &input.to_text()), Ok(input));
            }
            for read in Read::ALL {
                let input = LabInput::LatencyBudget(DataInput { payload, size, read });
                assert_eq!(LabInput::of_text(LabId::LatencyBudget, &input.to_text()), Ok(input));
                // What was written before there were other operations means what it meant.
                let same = LabInput::Serialization(DataInput { payload, size, read }.into());
                assert_eq!(LabInput::of_text(LabId::Serialization, &input.to_text()), Ok(same));
            }
        }
    }
    for order in Order::ALL {
        for data in NodeData::ALL {
            for changes in Changes::ALL {
                let graph = LabInput::Arena(ArenaInput { nodes: 100_000, degree: 8, order, data, changes });
                assert_eq!(LabInput::of_text(LabId::Arena, &graph.to_text()), Ok(graph));
            }
        }
    }
    for changed in Changed::ALL {
        let input = LabInput::Clones(ClonesInput { lines: 1_000, changed });
        assert_eq!(LabInput::of_text(LabId::Clones, &input.to_text()), Ok(input));
    }
    for reads in Reads::ALL {
        let input = LabInput::Lifetimes(LifetimesInput { words: 100, reads });
        assert_eq!(LabInput::of_text(LabId::Lifetimes, &input.to_text()), Ok(input));
    }
    for keeps in Keeps::ALL {
        let input = LabInput::Pin(PinInput { futures: 100, keeps });
        assert_eq!(LabInput::of_text(LabId::Pin, &input.to_text()), Ok(input));
    }
    for hold in Hold::ALL {
        let input = LabInput::InteriorMutability(InteriorInput { additions: 1_000, hold });
        assert_eq!(LabInput::of_text(LabId::InteriorMutability, &input.to_text()), Ok(input));
    }
    for access in Access::ALL {
        let input = LabInput::Layout(LayoutInput { items: 10_000, access });
        assert_eq!(LabInput::of_text(LabId::Layout, &input.to_text()), Ok(input));
    }
    for query in Query::ALL {
        let input = LabInput::Columns(ColumnsInput { rows: 10_000, query });
        assert_eq!(LabInput::of_text(LabId::Columns, &input.to_text()), Ok(input));
    }
    for cut in Cut::ALL {
        let input = LabInput::Packets(PacketsInput { packets: 1_000, cut });
        assert_eq!(LabInput::of_text(LabId::Packets, &input.to_text()), Ok(input));
    }
    for change in Change::ALL {
        let input = LabInput::Evolution(crate::evolution::EvolutionInput { change });
        assert_eq!(LabInput::of_text(LabId::Evolution, &input.to_text()), Ok(input));
    }
    for workload in Workload::ALL {
        let input = LabInput::Allocators(AllocatorsInput { workload, operations: 200 });
        assert_eq!(LabInput::of_text(LabId::Allocators, &input.to_text()), Ok(input));
    }
    for fault in Fault::ALL {
        let input = LabInput::SelfTest(fault);
        assert_eq!(LabInput::of_text(LabId::SelfTest, &input.to_text()), Ok(input));
    }
}

#[test]
fn nothing_chosen_is_the_default_and_what_is_unknown_is_named() {
    assert_eq!(LabInput::of_text(LabId::LatencyBudget, ""), Ok(LabInput::default_of(LabId::LatencyBudget)));
    let refused = |lab, text: &str| LabInput::of_text(lab, text).map_err(|error| error.to_string());
    assert_eq!(refused(LabId::Serialization, "payload=xml"), Err("payload cannot be “xml”".to_owned()));
    assert_eq!(refused(LabId::Serialization, "nodes=7"), Err("“nodes” is no choice of this lab".to_owned()));
    assert_eq!(refused(LabId::Arena, "nodes=0"), Err("nodes cannot be “0”".to_owned()));
    assert_eq!(refused(LabId::Arena, "degree=9"), Err("degree cannot be “9”".to_owned()));
    assert_eq!(refused(LabId::Arena, "degree"), Err("“degree” is not <name>=<value>".to_owned()));
}

proptest! {
    #[test]
    fn every_record_is_read_again(id: u32, price: u64, symbol in "[a-z,%= ]{0,20}", note in ".{0,8}", fill: u16) {
        let record = Record { id, price, symbol: Word::new(&symbol), note: Word::new(&note), fills: [Some(fill), None, None], ..Record::default() };
        let input = LabInput::ByteLens(LensInput { record, field: Field::Price });
        prop_assert_eq!(LabInput::of_text(LabId::ByteLens, &input.to_text()), Ok(input));
    }

    #[test]
    fn any_text_is_an_input_or_refused(lab in proptest::sample::select(LabId::ALL.to_vec()), text in "([a-z]{0,8}=[0-9a-z]{0,7},?){0,4}|.{0,40}") {
        if let Ok(input) = LabInput::of_text(lab, &text) {
            prop_assert_eq!(LabInput::of_text(lab, &input.to_text()), Ok(input));
        }
    }
}
