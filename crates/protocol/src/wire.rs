//! The binary form of requests and messages: postcard, which never panics on damage.

use serde::{Serialize, de::DeserializeOwned};

/// Bytes that are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no such message")]
pub struct Damaged;

/// The bytes of `value`.
///
/// # Errors
/// [`Damaged`] if the value has no binary form; none of this crate's types is of that kind.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Damaged> {
    postcard::to_allocvec(value).map_err(|_| Damaged)
}

/// The value that `bytes` stand for.
///
/// # Errors
/// [`Damaged`] if they are cut short, too long, or do not mean a `T`.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Damaged> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        BuildId, Contender, Event, LabId, LabInput, LiveRow, Message, Phase, Progress, RatioRow, Request, RequestBody, RunId,
        RunSamples,
    };
    use proptest::prelude::*;
    use units::Interval;

    fn message() -> Message {
        let time = Interval { median: 1.0, low: 0.5, high: 2.0 };
        let row = LiveRow { contender: Contender::RkyvValidated, phase: Phase::Whole, time, samples: 7 };
        let ratio = RatioRow { of: Contender::RkyvValidated, to: Contender::SerdeJson, phase: Phase::Whole, ratio: time };
        Message { run: RunId(1), build: BuildId(u64::MAX), event: Event::Progress(Progress::Rough { rows: vec![row; 2], ratio }) }
    }

    #[test]
    fn what_is_sent_is_received() {
        let message = message();
        assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
        let samples = RunSamples {
            input: LabInput::default_of(LabId::Arena),
            seed: crate::Seed::default(),
            effort: crate::Effort::Full { instance: 1, of: 5 },
            environment: crate::Environment::default(),
            series: Vec::new(),
            facts: Vec::new(),
            notes: Vec::new(),
        };
        let request = Request { run: RunId(2), build: BuildId(3), body: RequestBody::Analyse(vec![samples]) };
        assert_eq!(decode(&encode(&request).unwrap()), Ok(request));
    }

    #[test]
    fn cut_short_or_too_long_is_damage() {
        let bytes = encode(&message()).unwrap();
        for end in 0..bytes.len() {
            assert_eq!(decode::<Message>(&bytes[..end]), Err(Damaged), "cut to {end}");
        }
        assert_eq!(decode::<Message>(&[bytes.as_slice(), &[0]].concat()), Err(Damaged));
    }

    proptest! {
        #[test]
        fn damage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in any::<usize>(), flip in 1..=255_u8) {
            let _ = decode::<Message>(&bytes);
            let _ = decode::<Request>(&bytes);
            let mut message = encode(&message()).unwrap();
            let at = at % message.len();
            message[at] ^= flip;
            let _ = decode::<Message>(&message);
        }
    }
}
