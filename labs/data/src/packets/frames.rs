//! Frames on a byte stream: two bytes of length, big-endian, then so many bytes. The stream comes in pieces that are cut anywhere.
//!
//! A frame that lies whole within a piece is handed on where it lies; only what was cut is copied, into one buffer that is used again.

/// Finds frames in pieces of a stream.
#[derive(Clone, Debug, Default)]
pub struct Framer {
    /// The beginning of a frame whose end has not come yet, its length included.
    carry: Vec<u8>,
    /// How many bytes were ever copied into [`Framer::carry`].
    carried: u64,
}

/// Bytes of a frame's length.
const PREFIX: usize = 2;

/// The longest frame: an Ethernet frame without its check sequence, with a VLAN tag.
pub const LONGEST: usize = 1_518;

/// A stream that cannot be read on: where the next frame begins is not known any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadStream {
    /// A length of 0, or beyond [`LONGEST`].
    #[error("a frame claims {0} bytes; between 1 and {LONGEST} are possible")]
    Length(usize),
    /// The stream ended within a frame.
    #[error("the stream ended {0} bytes into a frame")]
    Cut(usize),
}

impl Framer {
    /// Takes the stream's next piece and hands on every frame that is whole with it.
    ///
    /// # Errors
    /// The first error of `each`, or a [`BadStream`]; then the framer is not to be used again.
    // anchor: push
    pub fn push<E: From<BadStream>>(&mut self, mut piece: &[u8], each: &mut impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        // What an earlier piece left: take over no more than its frame lacks.
        while !self.carry.is_empty() {
            let lacks = match whole(&self.carry)? {
                Whole::Frame(length) => {
                    each(&self.carry[PREFIX..PREFIX + length])?;
                    self.carry.clear();
                    break;
                }
                Whole::Lacks(bytes) => bytes.min(piece.len()),
            };
            if lacks == 0 {
                return Ok(());
            }
            let (taken, rest) = piece.split_at(lacks);
            self.keep(taken);
            piece = rest;
        }
        // All else lies in the piece.
        loop {
            match whole(piece)? {
                Whole::Frame(length) => {
                    each(&piece[PREFIX..PREFIX + length])?;
                    piece = &piece[PREFIX + length..];
                }
                Whole::Lacks(_) => {
                    self.keep(piece);
                    return Ok(());
                }
            }
        }
    }
    // end: push

    fn keep(&mut self, bytes: &[u8]) {
        self.carry.extend_from_slice(bytes);
        self.carried += bytes.len() as u64;
    }

    /// Says that the stream has ended.
    ///
    /// # Errors
    /// [`BadStream::Cut`], if it ended within a frame.
    pub const fn finish(&self) -> Result<(), BadStream> {
        match self.carry.len() {
            0 => Ok(()),
            bytes => Err(BadStream::Cut(bytes)),
        }
    }

    /// How many bytes were copied because a frame was cut.
    #[must_use]
    pub const fn carried(&self) -> u64 {
        self.carried
    }
}

/// Whether bytes begin with a whole frame.
enum Whole {
    /// Of this length, behind its prefix.
    Frame(usize),
    /// At least so many more bytes are needed.
    Lacks(usize),
}

fn whole(bytes: &[u8]) -> Result<Whole, BadStream> {
    let Some(prefix) = bytes.first_chunk::<PREFIX>() else { return Ok(Whole::Lacks(PREFIX - bytes.len())) };
    let length = usize::from(u16::from_be_bytes(*prefix));
    if length == 0 || length > LONGEST {
        return Err(BadStream::Length(length));
    }
    Ok(match (PREFIX + length).checked_sub(bytes.len()) {
        None | Some(0) => Whole::Frame(length),
        Some(lacks) => Whole::Lacks(lacks),
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frames(pieces: &[&[u8]]) -> Result<(Vec<Vec<u8>>, u64), BadStream> {
        let (mut framer, mut found) = (Framer::default(), Vec::new());
        for piece in pieces {
            framer.push(piece, &mut |frame: &[u8]| {
                found.push(frame.to_vec());
                Ok::<_, BadStream>(())
            })?;
        }
        framer.finish()?;
        Ok((found, framer.carried()))
    }

    #[test]
    fn a_frame_within_a_piece_is_not_copied() {
        assert_eq!(frames(&[&[0, 2, 7, 8, 0, 1, 9]]), Ok((vec![vec![7, 8], vec![9]], 0)));
        assert_eq!(frames(&[&[0], &[2, 7], &[8, 0, 1, 9]]), Ok((vec![vec![7, 8], vec![9]], 4)));
        assert_eq!(frames(&[&[0, 2, 7]]), Err(BadStream::Cut(3)));
        assert_eq!(frames(&[&[0, 0]]), Err(BadStream::Length(0)));
        assert_eq!(frames(&[&[0xff], &[0xff, 1]]), Err(BadStream::Length(0xffff)));
    }

    proptest! {
        #[test]
        fn where_the_stream_is_cut_changes_nothing(
            bodies in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..80), 0..12),
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..40),
        ) {
            let stream: Vec<u8> = bodies.iter().flat_map(|body| [&u16::try_from(body.len()).unwrap().to_be_bytes()[..], body].concat()).collect();
            let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).chain([0, stream.len()]).collect();
            at.sort_unstable();
            let pieces: Vec<&[u8]> = at.windows(2).map(|ends| &stream[ends[0]..ends[1]]).collect();
            let (found, carried) = frames(&pieces).unwrap();
            prop_assert_eq!(&found, &bodies);
            // Of each cut, at most one frame is copied.
            prop_assert!(carried <= (cuts.len() as u64 + 1) * 82);
            prop_assert_eq!(frames(&[&stream]).unwrap(), (bodies, 0));
        }

        #[test]
        fn noise_is_frames_or_an_error(pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 0..20)) {
            let _ = frames(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>());
        }
    }
}
