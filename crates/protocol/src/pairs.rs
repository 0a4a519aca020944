//! A lab's input as names and values, `payload=log,size=medium,read=every`: what links, exports and command lines write.

use crate::{
    Access, AllocatorsInput, ArenaInput, Changed, Changes, ClonesInput, ColumnsInput, Cut, DataInput, Fault, Hold, InteriorInput,
    Keeps, LabId, LabInput, LayoutInput, LifetimesInput, NodeData, Operation, Order, PacketsInput, Payload, PayloadSize,
    PinInput, Query, Read, Reads, SerializationInput, Workload,
    evolution::Change,
    lens::{Field, LensInput, Record, Side, Word},
};
use std::collections::BTreeMap;

/// Words that are no input of the lab.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchInput {
    /// The lab has no such choice.
    #[error("“{0}” is no choice of this lab")]
    Name(String),
    /// The choice has no such value.
    #[error("{name} cannot be “{value}”")]
    Value {
        /// The choice.
        name: String,
        /// What was asked for.
        value: String,
    },
    /// A part without `=`.
    #[error("“{0}” is not <name>=<value>")]
    NoPair(String),
}

impl LabInput {
    /// The lab's choices, by the names that links use.
    #[must_use]
    pub fn pairs(&self) -> BTreeMap<String, String> {
        let pairs = match self {
            Self::LatencyBudget(input) => {
                vec![
                    ("payload", input.payload.slug().to_owned()),
                    ("size", input.size.slug().to_owned()),
                    ("read", input.read.slug().to_owned()),
                ]
            }
            Self::Columns(input) => vec![("rows", input.rows.to_string()), ("query", input.query.slug().to_owned())],
            Self::Packets(input) => vec![("packets", input.packets.to_string()), ("cut", input.cut.slug().to_owned())],
            // A reading operation is written as it was before there were others: older links and recordings stay what they are.
            Self::Serialization(SerializationInput { payload, size, operation }) => {
                let kind = if matches!(operation, Operation::Read(_)) { "read" } else { "operation" };
                vec![
                    ("payload", payload.slug().to_owned()),
                    ("size", size.slug().to_owned()),
                    (kind, operation.slug().to_owned()),
                ]
            }
            // A name that no reading back knows: the text itself stays with the reader.
            Self::OwnDocument(input) => vec![
                ("document", format!("{:016x}", input.digest)),
                ("bytes", input.bytes.to_string()),
                ("operation", input.operation.slug().to_owned()),
            ],
            Self::ByteLens(input) => lens_pairs(input),
            Self::Evolution(input) => vec![("change", input.change.slug().to_owned())],
            Self::Arena(input) => {
                let mut pairs = vec![("nodes", input.nodes.to_string()), ("degree", input.degree.to_string())];
                // Recordings, exports and rules made before there was a choice name none: its default stays unsaid.
                if input.order != Order::default() {
                    pairs.push(("order", input.order.slug().to_owned()));
                }
                if input.data != NodeData::default() {
                    pairs.push(("data", input.data.slug().to_owned()));
                }
                if input.changes != Changes::default() {
                    pairs.push(("changes", input.changes.slug().to_owned()));
                }
                pairs
            }
            Self::Allocators(input) => {
                vec![("workload", input.workload.slug().to_owned()), ("operations", input.operations.to_string())]
            }
            Self::Clones(input) => vec![("lines", input.lines.to_string()), ("changed", input.changed.slug().to_owned())],
            Self::InteriorMutability(input) => {
                vec![("additions", input.additions.to_string()), ("hold", input.hold.slug().to_owned())]
            }
            Self::Layout(input) => vec![("items", input.items.to_string()), ("access", input.access.slug().to_owned())],
            Self::Lifetimes(input) => vec![("words", input.words.to_string()), ("reads", input.reads.slug().to_owned())],
            Self::Pin(input) => vec![("futures", input.futures.to_string()), ("keeps", input.keeps.slug().to_owned())],
            Self::SelfTest(fault) => vec![("fault", fault.slug().to_owned())],
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The input of `lab` that these choices stand for; what they leave out is as the lab starts.
    ///
    /// # Errors
    /// [`NoSuchInput`] for a name the lab does not know, a value out of its list, or a graph beyond [`ArenaInput::MAX_NODES`] or
    /// [`ArenaInput::MAX_DEGREE`].
    pub fn of_pairs<'a>(lab: LabId, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, NoSuchInput> {
        let mut input = Self::default_of(lab);
        for (name, value) in pairs {
            let known = match &mut input {
                Self::LatencyBudget(data) => set_data(data, name, value),
                Self::Serialization(data) => set_serialization(data, name, value),
                Self::Columns(columns) => set_columns(columns, name, value),
                Self::Packets(packets) => set_packets(packets, name, value),
                // No lab starts with it.
                Self::OwnDocument(_) => None,
                Self::ByteLens(lens) => set_lens(lens, name, value),
                Self::Evolution(input) => match name {
                    "change" => Some(set(&mut input.change, Change::ALL.into_iter().find(|change| change.slug() == value))),
                    _ => None,
                },
                Self::Arena(graph) => set_graph(graph, name, value),
                Self::Allocators(calls) => set_calls(calls, name, value),
                Self::Clones(text) => set_clones(text, name, value),
                Self::InteriorMutability(counter) => set_interior(counter, name, value),
                Self::Layout(layout) => set_layout(layout, name, value),
                Self::Lifetimes(input) => set_lifetimes(input, name, value),
                Self::Pin(input) => set_pin(input, name, value),
                Self::SelfTest(fault) => match name {
                    "fault" => Some(set(fault, Fault::ALL.into_iter().find(|fault| fault.slug() == value))),
                    _ => None,
                },
            };
            match known {
                Some(Set::Done) => {}
                Some(Set::NoSuchValue) => {
                    return Err(NoSuchInput::Value { name: name.to_owned(), value: value.to_owned() });
                }
                None => return Err(NoSuchInput::Name(name.to_owned())),
            }
        }
        Ok(input)
    }

    /// The choices as one text, `payload=log,read=every,size=medium`.
    #[must_use]
    pub fn to_text(&self) -> String {
        let pairs: Vec<String> = self.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join(",")
    }

    /// The input of `lab` that such a text stands for; an empty one is the lab's default.
    ///
    /// # Errors
    /// As [`LabInput::of_pairs`]; and [`NoSuchInput::NoPair`] where a `=` is missing.
    pub fn of_text(lab: LabId, text: &str) -> Result<Self, NoSuchInput> {
        let parts = text.split(',').filter(|part| !part.is_empty());
        let pairs: Result<Vec<_>, _> =
            parts.map(|part| part.split_once('=').ok_or_else(|| NoSuchInput::NoPair(part.to_owned()))).collect();
        Self::of_pairs(lab, pairs?)
    }
}

/// What became of a value.
enum Set {
    Done,
    NoSuchValue,
}

fn set<T>(place: &mut T, value: Option<T>) -> Set {
    value.map_or(Set::NoSuchValue, |value| {
        *place = value;
        Set::Done
    })
}

/// Sets a data lab's choice; none if it has no such one.
fn set_data(input: &mut DataInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "payload" => set(&mut input.payload, Payload::ALL.into_iter().find(|payload| payload.slug() == value)),
        "size" => set(&mut input.size, PayloadSize::ALL.into_iter().find(|size| size.slug() == value)),
        "read" => set(&mut input.read, Read::ALL.into_iter().find(|read| read.slug() == value)),
        _ => return None,
    })
}

/// Sets a choice of the columns lab; none if it has no such one.
fn set_columns(input: &mut ColumnsInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "rows" => set(&mut input.rows, count(value, ColumnsInput::MAX_ROWS)),
        "query" => set(&mut input.query, Query::ALL.into_iter().find(|query| query.slug() == value)),
        _ => return None,
    })
}

/// The lens's choices. A comma parts choices, so a text that holds one would not be read again: it is written as `%2C`, `%` as `%25`.
fn lens_pairs(LensInput { record, field }: &LensInput) -> Vec<(&'static str, String)> {
    let fills: Vec<String> = record.fills.iter().flatten().map(u16::to_string).collect();
    let text = |word: &Word| word.as_str().replace('%', "%25").replace(',', "%2C");
    vec![
        ("id", record.id.to_string()),
        ("side", record.side.slug().to_owned()),
        ("price", record.price.to_string()),
        ("symbol", text(&record.symbol)),
        ("note", text(&record.note)),
        ("fills", fills.join(" ")),
        ("field", field.slug().to_owned()),
    ]
}

/// Sets a choice of the lens; none if it has no such one.
fn set_lens(LensInput { record, field }: &mut LensInput, name: &str, value: &str) -> Option<Set> {
    let word = || {
        let text = value.replace("%2C", ",").replace("%25", "%");
        (text.len() <= Word::MOST).then(|| Word::new(&text))
    };
    Some(match name {
        "id" => set(&mut record.id, value.parse().ok()),
        "side" => set(&mut record.side, Side::ALL.into_iter().find(|side| side.slug() == value)),
        "price" => set(&mut record.price, value.parse().ok()),
        "symbol" => set(&mut record.symbol, word()),
        "note" => set(&mut record.note, word()),
        "fills" => set(&mut record.fills, fills(value)),
        "field" => set(field, Field::ALL.into_iter().find(|field| field.slug() == value)),
        _ => return None,
    })
}

/// Sets the serialization lab's choice; none if it has no such one. `read` and `operation` say the same thing, each for its kind.
fn set_serialization(input: &mut SerializationInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "payload" => set(&mut input.payload, Payload::ALL.into_iter().find(|payload| payload.slug() == value)),
        "size" => set(&mut input.size, PayloadSize::ALL.into_iter().find(|size| size.slug() == value)),
        "read" | "operation" => {
            let is_kind = |operation: &Operation| matches!(operation, Operation::Read(_)) == (name == "read");
            set(&mut input.operation, Operation::ALL.into_iter().filter(is_kind).find(|one| one.slug() == value))
        }
        _ => return None,
    })
}

/// Sets a choice of the packets lab; none if it has no such one.
fn set_packets(input: &mut PacketsInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "packets" => set(&mut input.packets, count(value, PacketsInput::MAX_PACKETS)),
        "cut" => set(&mut input.cut, Cut::ALL.into_iter().find(|cut| cut.slug() == value)),
        _ => return None,
    })
}

/// Sets a choice of the clones lab; none if it has no such one.
fn set_clones(input: &mut ClonesInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "lines" => set(&mut input.lines, count(value, ClonesInput::MAX_LINES)),
        "changed" => set(&mut input.changed, Changed::from_slug(value)),
        _ => return None,
    })
}

/// Sets a choice of the interior mutability lab; none if it has no such one.
fn set_interior(input: &mut InteriorInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "additions" => set(&mut input.additions, count(value, InteriorInput::MAX_ADDITIONS)),
        "hold" => set(&mut input.hold, Hold::from_slug(value)),
        _ => return None,
    })
}

/// Sets a choice of the layout lab; none if it has no such one.
fn set_layout(input: &mut LayoutInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "items" => set(&mut input.items, count(value, LayoutInput::MAX_ITEMS)),
        "access" => set(&mut input.access, Access::from_slug(value)),
        _ => return None,
    })
}

/// Sets a choice of the Lifetimes lab; none if it has no such one.
fn set_lifetimes(input: &mut LifetimesInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "words" => set(&mut input.words, count(value, LifetimesInput::MAX_WORDS)),
        "reads" => set(&mut input.reads, Reads::from_slug(value)),
        _ => return None,
    })
}

/// Sets a choice of the Pin lab; none if it has no such one.
fn set_pin(input: &mut PinInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "futures" => set(&mut input.futures, count(value, PinInput::MAX_FUTURES)),
        "keeps" => set(&mut input.keeps, Keeps::from_slug(value)),
        _ => return None,
    })
}

/// A whole number from 1 to `most`.
fn count(value: &str, most: u32) -> Option<u32> {
    value.parse().ok().filter(|count| (1..=most).contains(count))
}

/// Numbers between spaces, at most as many as the record holds.
fn fills(text: &str) -> Option<[Option<u16>; 3]> {
    let mut fills = Record::default().fills.map(|_| None);
    for (at, part) in text.split_whitespace().enumerate() {
        *fills.get_mut(at)? = Some(part.parse().ok()?);
    }
    Some(fills)
}

/// Sets a graph's choice; none if it has no such one.
fn set_graph(input: &mut ArenaInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "nodes" => set(&mut input.nodes, count(value, ArenaInput::MAX_NODES)),
        "degree" => set(&mut input.degree, count(value, ArenaInput::MAX_DEGREE)),
        "order" => set(&mut input.order, Order::from_slug(value)),
        "data" => set(&mut input.data, NodeData::from_slug(value)),
        "changes" => set(&mut input.changes, Changes::from_slug(value)),
        _ => return None,
    })
}

/// Sets a choice of the allocator lab; none if it has no such one.
fn set_calls(input: &mut AllocatorsInput, name: &str, value: &str) -> Option<Set> {
    Some(match name {
        "workload" => set(&mut input.workload, Workload::ALL.into_iter().find(|workload| workload.slug() == value)),
        "operations" => set(&mut input.operations, count(value, AllocatorsInput::MAX_OPERATIONS)),
        _ => return None,
    })
}

#[cfg(test)]
#[path = "pairs_tests.rs"]
mod tests;
