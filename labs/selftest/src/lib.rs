//! Labs that fail on purpose: panic, hang, exhaust memory, reject a promise, send damage.
//!
//! They prove that the engine contains every failure and that the next run works. No lesson may embed them, and no other crate may learn from them.

use measure::{Contender, Experiment};
use protocol::{Answer, Fact, Fault, LabInput, Question, SelfTestAnswer};

/// What the self-test needs of the browser; its bundle's `main.rs` hands it over, since labs know no web crates.
#[derive(Clone, Copy)]
pub struct Browser {
    /// Rejects a promise that nobody awaits.
    pub reject_promise: fn(),
    /// Sends bytes that are no message.
    pub send_damaged_message: fn(),
}

/// Does what `input` says is wrong, or returns a contender that does nothing.
///
/// # Errors
/// An input of another lab.
pub fn prepare(input: &LabInput, browser: Browser) -> Result<Experiment<protocol::Contender, Vec<Fact>>, String> {
    let LabInput::SelfTest(fault) = input else {
        return Err("the self-test runs no other lab’s input".to_owned());
    };
    go_wrong(*fault, browser);
    let mut state = 1_u64;
    let step = Contender::new(protocol::Contender::Nothing, move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state
    });
    Ok(Experiment { contenders: vec![step], facts: Vec::new(), afterwards: None })
}

/// Does what the question says is wrong, or tells how many bytes came with it and their sum.
///
/// # Errors
/// Another lab's question.
#[allow(clippy::needless_pass_by_value, reason = "an answer may take its question apart")]
pub fn answer(question: Question, browser: Browser, tell: &mut dyn FnMut(f64)) -> Result<Answer, String> {
    let Question::SelfTest(question) = question else {
        return Err(format!("the lab “{}” answers no questions here", question.lab().slug()));
    };
    tell(0.5);
    go_wrong(question.fault, browser);
    let bytes = &question.attachment.0;
    let sum = bytes.iter().fold(0_u64, |sum, byte| sum.wrapping_add(u64::from(*byte)));
    Ok(Answer::SelfTest(SelfTestAnswer { received: bytes.len() as u64, sum }))
}

fn go_wrong(fault: Fault, browser: Browser) {
    match fault {
        Fault::None => {}
        Fault::Panic => panic_on_purpose(),
        Fault::Hang => hang(),
        Fault::OutOfMemory => exhaust_memory(),
        // These two do not end the run by themselves: it goes on as if nothing were wrong, and the page must notice.
        Fault::RejectPromise => (browser.reject_promise)(),
        Fault::DamagedMessage => (browser.send_damaged_message)(),
    }
}

#[allow(clippy::panic, reason = "this is the fault")]
fn panic_on_purpose() {
    panic!("on purpose: the self-test panics")
}

fn hang() {
    let mut turns = 0_u64;
    loop {
        turns = std::hint::black_box(turns.wrapping_add(1));
    }
}

fn exhaust_memory() {
    let mut kept: Vec<Vec<u8>> = Vec::new();
    loop {
        kept.push(vec![1; 1 << 20]);
        std::hint::black_box(&kept);
    }
}
