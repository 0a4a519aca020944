//! Must not compile: a radio that is off has no method that sends.

use core::marker::PhantomData;

struct Off;
struct On;
struct Radio<State>(PhantomData<State>);

impl Radio<Off> {
    fn on(self) -> Radio<On> {
        Radio(PhantomData)
    }
}

impl Radio<On> {
    fn send(&mut self, _byte: u8) {}
}

// anchor: misuse
fn main() {
    let mut radio = Radio::<Off>(PhantomData);
    radio.send(1);
    radio.on().send(2);
}
// end: misuse
