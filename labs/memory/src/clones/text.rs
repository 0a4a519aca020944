//! Five ways to keep a piece of text on its way: what is copied, what is borrowed, what is counted.

use protocol::clones::Stage;
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// Hears what happens on the way. It must never make one contender's way differ from another's.
pub(super) trait Meter {
    /// So many bytes of text were written a second time.
    fn copied(&mut self, bytes: usize);
    /// A stage is done.
    fn ended(&mut self, stage: Stage);
}

/// Hears nothing, and is compiled to nothing: what timing uses.
pub(super) struct Silent;

impl Meter for Silent {
    fn copied(&mut self, _: usize) {}
    fn ended(&mut self, _: Stage) {}
}

/// A piece of the source.
pub(super) trait Text<'a>: Sized {
    /// A line, as this design keeps it.
    fn of(line: &'a str, meter: &mut impl Meter) -> Self;
    /// The letters.
    fn as_str(&self) -> &str;
    /// The same in lower case.
    fn lower_case(self, meter: &mut impl Meter) -> Self;
    /// A second handle to the same text, for the second list.
    fn share(&self, meter: &mut impl Meter) -> Self;
    /// The sum of its letters in lower case.
    fn read(&self) -> u64 {
        self.as_str().bytes().fold(0, |sum, letter| sum + u64::from(letter))
    }
}

/// A copy of a text in lower case.
fn lowered(text: &str, meter: &mut impl Meter) -> String {
    meter.copied(text.len());
    text.to_ascii_lowercase()
}

fn is_lower(text: &str) -> bool {
    !text.bytes().any(|letter| letter.is_ascii_uppercase())
}

// anchor: owned
impl Text<'_> for String {
    fn of(line: &str, meter: &mut impl Meter) -> Self {
        meter.copied(line.len());
        line.to_owned()
    }

    fn as_str(&self) -> &str {
        self
    }

    fn lower_case(self, meter: &mut impl Meter) -> Self {
        // The easy way to write it, and a copy whether or not a letter changes.
        lowered(&self, meter)
    }

    fn share(&self, meter: &mut impl Meter) -> Self {
        meter.copied(self.len());
        self.clone()
    }
}
// end: owned

// anchor: borrowed
impl<'a> Text<'a> for &'a str {
    fn of(line: &'a str, _: &mut impl Meter) -> Self {
        line
    }

    fn as_str(&self) -> &str {
        self
    }

    fn lower_case(self, _: &mut impl Meter) -> Self {
        // What is borrowed cannot be changed: it is left to those who read.
        self
    }

    fn share(&self, _: &mut impl Meter) -> Self {
        self
    }

    fn read(&self) -> u64 {
        self.bytes().fold(0, |sum, letter| sum + u64::from(letter.to_ascii_lowercase()))
    }
}
// end: borrowed

// anchor: cow
impl<'a> Text<'a> for Cow<'a, str> {
    fn of(line: &'a str, _: &mut impl Meter) -> Self {
        Cow::Borrowed(line)
    }

    fn as_str(&self) -> &str {
        self
    }

    fn lower_case(self, meter: &mut impl Meter) -> Self {
        if is_lower(&self) { self } else { Cow::Owned(lowered(&self, meter)) }
    }

    fn share(&self, meter: &mut impl Meter) -> Self {
        if let Cow::Owned(text) = self {
            // A copy again: a Cow owns alone.
            meter.copied(text.len());
        }
        self.clone()
    }
}
// end: cow

/// The same design with either counted pointer.
macro_rules! counted {
    ($pointer:ident) => {
        impl Text<'_> for $pointer<str> {
            fn of(line: &str, meter: &mut impl Meter) -> Self {
                meter.copied(line.len());
                $pointer::from(line)
            }

            fn as_str(&self) -> &str {
                self
            }

            fn lower_case(self, meter: &mut impl Meter) -> Self {
                if is_lower(&self) {
                    return self;
                }
                // Twice: into a String, and from there behind the counts.
                meter.copied(self.len());
                $pointer::from(lowered(&self, meter))
            }

            fn share(&self, _: &mut impl Meter) -> Self {
                $pointer::clone(self)
            }
        }
    };
}

counted!(Rc);
counted!(Arc);
