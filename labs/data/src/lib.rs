//! The labs of the data pillar: serialization formats against each other.
//!
//! One value is encoded once per wire format, then each contender writes it, reads from it or changes it, again and again. It must never
//! read a clock or draw randomness but from the seed it is handed, and must never time a contender that reads nothing.
//!
//! `payload` and `contender` each hold one list: a new payload or contender is one new file and one new entry.

pub mod checksum;
pub mod columns;
pub mod contender;
mod counted;
pub mod evolution;
pub mod lens;
pub mod load;
pub mod packets;
pub mod payload;

pub use counted::COMPRESS_AT_MOST;

use contender::EncodeError;
use measure::Experiment;
use payload::{Dataset, DocumentError, Logs, Mesh, Node, Orders, Saves};
use protocol::{
    Answer, Contender, DocumentAnswer, DocumentQuestion, Fact, FactKind, LabId, LabInput, Operation, Payload, Question, Seed,
    SerializationInput,
};
use std::rc::Rc;

/// The crates under test as `name version (features)`, taken from `Cargo.lock` at build time.
pub const CRATES: &[&str] = include!(concat!(env!("OUT_DIR"), "/crates.rs"));

/// The latency budget's rungs; each takes one thing away from the one before.
const LADDER: [Contender; 4] = [Contender::SerdeJson, Contender::Postcard, Contender::RkyvValidated, Contender::RkyvUnvalidated];

/// Why an input cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// The input is another pillar's.
    #[error("the lab “{}” is not one of the data pillar’s", .0.slug())]
    NotADataLab(LabId),
    /// A lab that times nothing could not count.
    #[error("{0}")]
    Count(String),
    /// The payload could not be encoded.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The reader's document is none.
    #[error(transparent)]
    Document(#[from] DocumentError),
}

/// Makes the input's data from `seed`, encodes it, and returns everything ready to be timed: `serde_json` into owned structs first.
///
/// The latency budget gets its four rungs, the serialization lab all contenders that can do the operation, both in the order of
/// [`Contender::ALL`]. Facts are, for each contender, its bytes on the wire; the serialization lab counts the rest when timing is over
/// (`counted.rs`). No contender has been called when this returns, so that a cold call can still be seen.
///
/// # Errors
/// [`PrepareError::NotADataLab`] for another pillar's input, [`PrepareError::Encode`] if a format refuses the payload.
pub fn prepare(input: &LabInput, seed: Seed) -> Result<Experiment<Contender, Vec<Fact>>, PrepareError> {
    let (input, line_up) = match input {
        LabInput::LatencyBudget(input) => (SerializationInput::from(*input), LineUp::Ladder),
        LabInput::Serialization(input) => (*input, LineUp::Everyone),
        LabInput::Columns(input) => return Ok(columns::prepare(*input, seed)?),
        LabInput::Packets(input) => return Ok(packets::prepare(*input, seed)),
        LabInput::ByteLens(input) => return counted_only(lens::facts(*input).map_err(|error| error.to_string())),
        LabInput::Evolution(_) => return counted_only(evolution::facts()),
        LabInput::OwnDocument(_)
        | LabInput::Arena(_)
        | LabInput::Allocators(_)
        | LabInput::Clones(_)
        | LabInput::InteriorMutability(_)
        | LabInput::Layout(_)
        | LabInput::Lifetimes(_)
        | LabInput::Pin(_)
        | LabInput::SelfTest(_) => {
            return Err(PrepareError::NotADataLab(input.lab()));
        }
    };
    let of_payload = match input.payload {
        Payload::Log => experiment::<Logs<String>>,
        Payload::Mesh => experiment::<Mesh>,
        Payload::Order => experiment::<Orders<String>>,
        Payload::Tree => experiment::<Node<String>>,
        Payload::Savedata => experiment::<Saves<String>>,
    };
    Ok(of_payload(input, seed, line_up)?)
}

/// A run that times nothing.
fn counted_only(facts: Result<Vec<Fact>, String>) -> Result<Experiment<Contender, Vec<Fact>>, PrepareError> {
    let facts = facts.map_err(PrepareError::Count)?;
    Ok(Experiment { contenders: Vec::new(), facts, afterwards: None })
}

/// As [`prepare`], on the JSON text that a reader brought: what is timed is the equivalent dynamic value in each format.
///
/// # Errors
/// As [`prepare`]; and [`PrepareError::Document`] for a text that is no JSON, with its line and column, or is nested too deeply.
pub fn prepare_document(input: &LabInput, text: &[u8]) -> Result<Experiment<Contender, Vec<Fact>>, PrepareError> {
    let LabInput::OwnDocument(input) = input else { return Err(PrepareError::NotADataLab(input.lab())) };
    Ok(of_value(Rc::new(payload::parse(text)?), input.operation, LineUp::Everyone)?)
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The question is another pillar's.
    #[error("the lab “{}” is not one of the data pillar’s", .0.slug())]
    NotADataLab(LabId),
    /// The reader's document is none.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A library refuses what it should be able to write.
    #[error("{0}")]
    Count(String),
    /// The load cannot be simulated.
    #[error(transparent)]
    Load(#[from] load::Refused),
}

/// Computes what the page asks and no run measures.
///
/// # Errors
/// [`AnswerError`], with a sentence for the reader.
pub fn answer(question: &Question) -> Result<Answer, AnswerError> {
    match question {
        Question::Load(question) => Ok(Answer::Load(load::answer(question)?)),
        Question::Packet(question) => Ok(Answer::Packet(packets::answer(question))),
        Question::Serialization(DocumentQuestion { text }) => {
            Ok(Answer::Serialization(DocumentAnswer { shape: payload::shape(&payload::parse(&text.0)?) }))
        }
        Question::ByteLens(question) => {
            lens::answer(question).map(Answer::ByteLens).map_err(|error| AnswerError::Count(error.to_string()))
        }
        Question::Evolution => evolution::answer().map(Answer::Evolution).map_err(AnswerError::Count),
        Question::Memory(_)
        | Question::Clones(_)
        | Question::InteriorMutability(_)
        | Question::Layout(_)
        | Question::Lifetimes(_)
        | Question::Pin(_)
        | Question::SelfTest(_) => Err(AnswerError::NotADataLab(question.lab())),
    }
}

/// Who takes part, and with it whether there is anything to count afterwards.
#[derive(Clone, Copy)]
enum LineUp {
    /// [`LADDER`].
    Ladder,
    /// All contenders.
    Everyone,
}

impl LineUp {
    fn takes(self, contender: Contender) -> bool {
        match self {
            Self::Ladder => LADDER.contains(&contender),
            Self::Everyone => true,
        }
    }
}

fn experiment<D: Dataset>(
    input: SerializationInput,
    seed: Seed,
    line_up: LineUp,
) -> Result<Experiment<Contender, Vec<Fact>>, EncodeError> {
    of_value(Rc::new(D::generate(seed, input.payload.entries(input.size))), input.operation, line_up)
}

#[allow(clippy::needless_pass_by_value, reason = "the value's last owner but the contenders")]
fn of_value<D: Dataset>(
    value: Rc<D>,
    operation: Operation,
    line_up: LineUp,
) -> Result<Experiment<Contender, Vec<Fact>>, EncodeError> {
    let mut contenders = Vec::new();
    let mut facts = Vec::new();
    let mut wires = Vec::new();
    for family in contender::families::<D>() {
        let Some(family) = family(&value, operation)? else { continue };
        let length = (*family.wire).as_ref().len() as u64;
        for contender in family.contenders.into_iter().filter(|contender| line_up.takes(contender.id)) {
            facts.push(Fact { contender: contender.id, kind: FactKind::WireBytes, value: length });
            wires.push((contender.id, Rc::clone(&family.wire)));
            contenders.push(contender);
        }
    }
    let afterwards = match line_up {
        LineUp::Ladder => None,
        LineUp::Everyone => Some(counted::afterwards(wires)),
    };
    Ok(Experiment { contenders, facts, afterwards })
}
