//! The labs of the data pillar: serde against rkyv.
//!
//! One value is encoded once per wire format, then each contender decodes it and reads from it, again and again. It must never read
//! a clock or draw randomness but from the seed it is handed, and must never time a contender that reads nothing.
//!
//! `payload` and `contender` each hold one list: a new payload or contender is one new file and one new entry.

pub mod checksum;
pub mod columns;
pub mod contender;
pub mod load;
pub mod packets;
pub mod payload;

use contender::EncodeError;
use measure::Experiment;
use payload::{Dataset, Logs, Mesh, Node, Orders};
use protocol::{Answer, Contender, DataInput, Fact, FactKind, LabId, LabInput, Payload, Question, Seed};

/// The crates under test as `name version (features)`, taken from `Cargo.lock` at build time.
pub const CRATES: &[&str] = include!(concat!(env!("OUT_DIR"), "/crates.rs"));

/// Above this many bytes on the wire (4 MiB) nothing is deflated: it would take seconds in a browser, and a figure
/// extrapolated from a part would not be a counted one. Only `mesh` at full size is above it.
pub const DEFLATE_AT_MOST: usize = 4 << 20;

/// The latency budget's rungs; each takes one thing away from the one before.
const LADDER: [Contender; 4] = [Contender::SerdeJson, Contender::Postcard, Contender::RkyvValidated, Contender::RkyvUnvalidated];

/// Why an input cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// The input is another pillar's.
    #[error("the lab “{}” is not one of the data pillar’s", .0.slug())]
    NotADataLab(LabId),
    /// The payload could not be encoded.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

/// Makes the input's data from `seed`, encodes it, and returns everything ready to be timed: `serde_json` into owned structs first.
///
/// The latency budget gets its four rungs, the serialization lab all contenders, both in the order of [`Contender::ALL`]. Facts are, for
/// each contender, its bytes on the wire, and in the serialization lab also deflated, up to [`DEFLATE_AT_MOST`]; the latency budget
/// leaves deflating out, since its first figure must come at once. No contender has been called when this returns, so that a cold call
/// can still be seen.
///
/// # Errors
/// [`PrepareError::NotADataLab`] for another pillar's input, [`PrepareError::Encode`] if a format refuses the payload.
pub fn prepare(input: &LabInput, seed: Seed) -> Result<Experiment<Contender, Vec<Fact>>, PrepareError> {
    let (input, line_up) = match input {
        LabInput::LatencyBudget(input) => (input, LineUp::Ladder),
        LabInput::Serialization(input) => (input, LineUp::Everyone),
        LabInput::Columns(input) => return Ok(columns::prepare(*input, seed)?),
        LabInput::Packets(input) => return Ok(packets::prepare(*input, seed)),
        LabInput::Arena(_) | LabInput::SelfTest(_) => return Err(PrepareError::NotADataLab(input.lab())),
    };
    let of_payload = match input.payload {
        Payload::Log => experiment::<Logs<String>>,
        Payload::Mesh => experiment::<Mesh>,
        Payload::Order => experiment::<Orders<String>>,
        Payload::Tree => experiment::<Node<String>>,
    };
    Ok(of_payload(*input, seed, line_up)?)
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The question is another pillar's.
    #[error("the lab “{}” is not one of the data pillar’s", .0.slug())]
    NotADataLab(LabId),
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
        Question::SelfTest(_) => Err(AnswerError::NotADataLab(question.lab())),
    }
}

/// Who takes part, and with it whether there is time to deflate.
#[derive(Clone, Copy)]
enum LineUp {
    /// [`LADDER`], undeflated.
    Ladder,
    /// All contenders, deflated.
    Everyone,
}

impl LineUp {
    fn takes(self, contender: Contender) -> bool {
        match self {
            Self::Ladder => LADDER.contains(&contender),
            Self::Everyone => true,
        }
    }

    fn deflates(self, bytes: &[u8]) -> bool {
        matches!(self, Self::Everyone) && bytes.len() <= DEFLATE_AT_MOST
    }
}

fn experiment<D: Dataset>(
    input: DataInput,
    seed: Seed,
    line_up: LineUp,
) -> Result<Experiment<Contender, Vec<Fact>>, EncodeError> {
    let value = D::generate(seed, input.payload.entries(input.size));
    let mut contenders = Vec::new();
    let mut facts = Vec::new();
    for family in contender::families::<D>() {
        let family = family(&value, input.read)?;
        let wire = (*family.wire).as_ref();
        let deflated = line_up.deflates(wire).then(|| miniz_oxide::deflate::compress_to_vec(wire, 6).len());
        for contender in family.contenders.into_iter().filter(|contender| line_up.takes(contender.id)) {
            let counted = [(FactKind::WireBytes, Some(wire.len())), (FactKind::DeflatedBytes, deflated)];
            facts.extend(
                counted
                    .into_iter()
                    .filter_map(|(kind, value)| Some(Fact { contender: contender.id, kind, value: value? as u64 })),
            );
            contenders.push(contender);
        }
    }
    Ok(Experiment { contenders, facts })
}
