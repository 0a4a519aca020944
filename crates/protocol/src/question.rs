//! What the page asks of a worker that is computed and not measured: the page knows no lab's code, so a lab computes for it.
//!
//! One variant a lab, each lab's types in a file of its own. A question never carries a clock, and its answer no statistic: what is
//! timed is a run. Large texts and files travel as [`Attachment`]s.

mod attachment;
mod document;
pub mod evolution;
pub mod lens;
mod selftest;

pub use attachment::Attachment;
pub use document::{DocumentAnswer, DocumentQuestion};
pub use selftest::{SelfTestAnswer, SelfTestQuestion};

use crate::{
    Bundle, LabId,
    clones::{ClonesAnswer, ClonesQuestion},
    interior::{InteriorAnswer, InteriorQuestion},
    layout::{LayoutAnswer, LayoutQuestion},
    lifetimes::{LifetimesAnswer, LifetimesQuestion},
    load::{LoadAnswer, LoadQuestion},
    memory::{MemoryAnswer, MemoryQuestion},
    packets::{PacketAnswer, PacketQuestion},
    pinned::{PinAnswer, PinQuestion},
};
use evolution::EvolutionAnswer;
use lens::{LensAnswer, LensQuestion};
use serde::{Deserialize, Serialize};

/// What the page asks of a lab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// The latency budget: its designs under load.
    Load(LoadQuestion),
    /// The packets lab: what its reader says of a frame.
    Packet(PacketQuestion),
    /// The serialization lab: what a document is made of.
    Serialization(DocumentQuestion),
    /// The byte lens: a record, and what is broken of it.
    ByteLens(LensQuestion),
    /// Schema evolution: the whole matrix.
    Evolution,
    /// The memory view: what a program or an allocator does to memory.
    Memory(MemoryQuestion),
    /// The clones lab: what each stage costs, and what owners do.
    Clones(ClonesQuestion),
    /// The interior mutability lab: a program of cells, or a panic.
    InteriorMutability(InteriorQuestion),
    /// The layout lab: the catalogue of types.
    Layout(LayoutQuestion),
    /// The Lifetimes lab: what the elision rules make of a signature.
    Lifetimes(LifetimesQuestion),
    /// The Pin lab: a program of addresses.
    Pin(PinQuestion),
    /// The self-test: a fault, or an echo.
    SelfTest(SelfTestQuestion),
}

/// What the lab answers, in the variant of its question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The latency budget's.
    Load(LoadAnswer),
    /// The packets lab's.
    Packet(PacketAnswer),
    /// The serialization lab's.
    Serialization(DocumentAnswer),
    /// The byte lens's.
    ByteLens(LensAnswer),
    /// Schema evolution's.
    Evolution(EvolutionAnswer),
    /// The memory view's.
    Memory(MemoryAnswer),
    /// The clones lab's.
    Clones(ClonesAnswer),
    /// The interior mutability lab's.
    InteriorMutability(InteriorAnswer),
    /// The layout lab's.
    Layout(Box<LayoutAnswer>),
    /// The Lifetimes lab's.
    Lifetimes(LifetimesAnswer),
    /// The Pin lab's.
    Pin(PinAnswer),
    /// The self-test's.
    SelfTest(SelfTestAnswer),
}

impl Question {
    /// The lab that is asked.
    #[must_use]
    pub const fn lab(&self) -> LabId {
        match self {
            Self::Load(_) => LabId::LatencyBudget,
            Self::Packet(_) => LabId::Packets,
            Self::Serialization(_) => LabId::Serialization,
            Self::ByteLens(_) => LabId::ByteLens,
            Self::Evolution => LabId::Evolution,
            Self::Memory(_) => LabId::Arena,
            Self::Clones(_) => LabId::Clones,
            Self::InteriorMutability(_) => LabId::InteriorMutability,
            Self::Layout(_) => LabId::Layout,
            Self::Lifetimes(_) => LabId::Lifetimes,
            Self::Pin(_) => LabId::Pin,
            Self::SelfTest(_) => LabId::SelfTest,
        }
    }

    /// The bundle whose worker answers: the lab's own, but for what needs a tracing allocator.
    #[must_use]
    pub const fn bundle(&self) -> Bundle {
        match self {
            Self::Memory(_) => Bundle::MemoryTrace,
            other => other.lab().bundle(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BuildId, Event, Fault, Message, Progress, Request, RequestBody, RunId, wire};
    use proptest::prelude::*;

    fn request(attachment: Vec<u8>) -> Request {
        let question = Question::SelfTest(SelfTestQuestion { fault: Fault::None, attachment: attachment.into() });
        Request { run: RunId(1), build: BuildId(2), body: RequestBody::Ask(question) }
    }

    fn message(event: Event) -> Message {
        Message { run: RunId(1), build: BuildId(2), event }
    }

    #[test]
    fn ten_megabytes_cross_as_they_are_with_a_few_bytes_around() {
        let request = request((0..10_000_000_u32).map(|index| index.to_le_bytes()[0]).collect());
        let bytes = wire::encode(&request).unwrap();
        assert!(bytes.len() < 10_000_000 + 32, "{}", bytes.len());
        assert_eq!(wire::decode(&bytes), Ok(request));
    }

    #[test]
    fn an_answer_and_its_progress_are_received_as_sent() {
        let answer = Answer::SelfTest(SelfTestAnswer { received: 7, sum: 9 });
        for event in [Event::Answered(Box::new(answer)), Event::Progress(Progress::Answering { fraction: 0.5 })] {
            let message = message(event);
            assert_eq!(wire::decode(&wire::encode(&message).unwrap()), Ok(message));
        }
    }

    proptest! {
        #[test]
        fn a_damaged_question_is_an_error_or_another_question(
            attachment in proptest::collection::vec(any::<u8>(), 0..64), at in any::<usize>(), flip in 1..=255_u8, cut in any::<usize>(),
        ) {
            let mut bytes = wire::encode(&request(attachment)).unwrap();
            let cut = cut % bytes.len();
            prop_assert!(wire::decode::<Request>(&bytes[..cut]).is_err());
            let at = at % bytes.len();
            bytes[at] ^= flip;
            if let Ok(read) = wire::decode::<Request>(&bytes) {
                // postcard has more than one way to write a number, so another text may stand for it; never another meaning.
                prop_assert_eq!(wire::decode::<Request>(&wire::encode(&read).unwrap()), Ok(read));
            }
        }
    }
}
