//! The worker's side of the browser: its clock, its messages, its panic hook.

use crate::session::{About, Answering, Prepare, PrepareDocument, Session};
use measure::Clock;
use protocol::{Event, Failure, Message, Request, RequestBody, wire};
use std::{cell::RefCell, rc::Rc};
use units::Nanos;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Performance};

thread_local! {
    /// The request that is being answered, less its body: a panic is reported in its name.
    static CURRENT: RefCell<Option<(protocol::RunId, protocol::BuildId)>> = const { RefCell::new(None) };
}

/// Answers every request the page sends, for as long as the worker lives. Called once, from a bundle's `main`.
pub fn host(prepare: Prepare, answering: Answering, crates: &'static [&'static str]) {
    serve(crates, |about| Session::new(prepare, answering, about));
}

/// As [`host`], of a bundle with a lab that takes documents.
pub fn host_with_documents(
    prepare: Prepare,
    on_document: PrepareDocument,
    answering: Answering,
    crates: &'static [&'static str],
) {
    serve(crates, |about| Session::new(prepare, answering, about).with_documents(on_document));
}

fn serve(crates: &'static [&'static str], session: impl FnOnce(About) -> Session) {
    std::panic::set_hook(Box::new(|info| answer(Event::Failed(Failure::Panic(info.to_string())))));
    let scope = scope();
    let about = About {
        user_agent: scope.navigator().user_agent().unwrap_or_default(),
        isolated: js_sys::Reflect::get(&scope, &"crossOriginIsolated".into()).is_ok_and(|value| value.is_truthy()),
        crates,
    };
    let session = Rc::new(session(about));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = js_sys::Uint8Array::new(&event.data()).to_vec();
        let Ok(request) = wire::decode::<Request>(&bytes) else {
            answer(Event::Failed(Failure::BadRequest));
            return;
        };
        CURRENT.set(Some((request.run, request.build)));
        match request.body {
            RequestBody::Run(..) | RequestBody::RunOn(..) | RequestBody::Ask(_) => respond(&session, request.body),
            // A promise that the run left rejected is told by a task of its own, which must come before the report.
            RequestBody::Analyse(_) => later(&session, request.body),
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The handler lives as long as the worker.
    on_message.forget();
}

fn respond(session: &Session, body: RequestBody) {
    session.answer(body, &PerformanceClock::new(), &mut answer);
}

/// Responds from a task behind those already queued.
fn later(session: &Rc<Session>, body: RequestBody) {
    let session = Rc::clone(session);
    let task = Closure::once_into_js(move || respond(&session, body));
    if scope().set_timeout_with_callback(task.unchecked_ref()).is_err() {
        answer(Event::Failed(Failure::BadRequest));
    }
}

/// Sends one event of the current run to the page, its bytes transferred, not copied.
fn answer(event: Event) {
    let Some((run, build)) = CURRENT.with_borrow(|current| *current) else { return };
    if let Ok(bytes) = wire::encode(&Message { run, build, event }) {
        let array = js_sys::Uint8Array::from(bytes.as_slice());
        let buffer = array.buffer();
        // A worker whose page is gone has nobody left to tell.
        let _ = scope().post_message_with_transfer(&buffer, &js_sys::Array::of1(&buffer));
    }
}

/// Tells the page that an allocation of `size` bytes failed, without allocating: a bare number stands for nothing else.
pub(crate) fn post_out_of_memory(size: usize) {
    let _ = scope().post_message(&JsValue::from_f64(size as f64));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// `performance.now`, whose step the browser makes coarse on purpose.
struct PerformanceClock {
    /// None in an engine without `performance`; then time stands still and every run says that its clock failed.
    performance: Option<Performance>,
}

impl PerformanceClock {
    fn new() -> Self {
        Self { performance: scope().performance() }
    }
}

impl Clock for PerformanceClock {
    fn now(&self) -> Nanos {
        Nanos::from_millis(self.performance.as_ref().map_or(0.0, Performance::now))
    }
}

/// Ways to go wrong that need the browser; the self-test bundle alone calls them.
pub mod faults {
    use super::scope;
    use wasm_bindgen::JsValue;

    /// Rejects a promise that nobody awaits, then lets the worker idle.
    pub fn reject_promise() {
        let _ = js_sys::Promise::reject(&JsValue::from_str("rejected on purpose by the self-test"));
    }

    /// Sends the page bytes that are no message.
    pub fn send_damaged_message() {
        let bytes = js_sys::Uint8Array::from([0xff_u8; 16].as_slice());
        let _ = scope().post_message(&bytes.buffer());
    }
}
