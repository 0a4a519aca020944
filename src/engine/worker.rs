//! One Web Worker: started from a `blob:` address (the only kind that works in a sandboxed frame), stopped when dropped.

use super::{bundle::Loaded, hands::Happened, machine::Incoming};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use protocol::{Message, Request, wire};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

const SHIM: &str = include_str!("shim.js");

/// A running worker.
pub(super) struct LabWorker {
    worker: Worker,
    /// None for a worker started from a `data:` address.
    blob_address: Option<String>,
    /// Kept alive for as long as the worker may call them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    /// As well.
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl LabWorker {
    /// Starts a worker of a bundle; `happened` is told of everything it does.
    ///
    /// # Errors
    /// What the browser said against it.
    pub(super) fn start(bundle: &Loaded, happened: Happened) -> Result<Self, String> {
        let source = format!("{SHIM}\n{}", bundle.glue);
        let (worker, blob_address) = spawn(&source).map_err(|error| js_sys::Error::from(error).message())?;
        let on_message = {
            let happened = Rc::clone(&happened);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| happened(read(&event.data())))
        };
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            happened(Incoming::Crashed(event.message()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let started = Self { worker, blob_address, _on_message: on_message, _on_error: on_error };
        started.worker.post_message(&bundle.wasm).map_err(|error| js_sys::Error::from(error).message())?;
        Ok(started)
    }

    /// Sends a request.
    pub(super) fn send(&self, request: &Request) {
        if let Ok(bytes) = wire::encode(request) {
            // A worker that is gone has told so by its error event.
            let buffer = Uint8Array::from(bytes.as_slice()).buffer();
            let _ = self.worker.post_message_with_transfer(&buffer, &Array::of1(&buffer));
        }
    }
}

impl Drop for LabWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        if let Some(address) = &self.blob_address {
            let _ = Url::revoke_object_url(address);
        }
    }
}

/// A classic worker of this source: from a `blob:` address, or where that is refused from a `data:` one.
fn spawn(source: &str) -> Result<(Worker, Option<String>), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&source.into()), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    if let Ok(worker) = Worker::new(&address) {
        return Ok((worker, Some(address)));
    }
    let _ = Url::revoke_object_url(&address);
    let encoded = js_sys::encode_uri_component(source);
    Worker::new(&format!("data:text/javascript,{encoded}")).map(|worker| (worker, None))
}

/// What a worker's message means: bytes are a lab's, a number is a failed allocation's size, text is the shim's.
fn read(data: &JsValue) -> Incoming {
    if let Some(buffer) = data.dyn_ref::<ArrayBuffer>() {
        let bytes = Uint8Array::new(buffer).to_vec();
        return wire::decode::<Message>(&bytes).map_or(Incoming::Damaged, |message| Incoming::Message(Box::new(message)));
    }
    if let Some(size) = data.as_f64() {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in bytes, from usize")]
        return Incoming::OutOfMemory(size as u64);
    }
    match data.as_string().as_deref().and_then(|text| text.split_once(':')) {
        Some(("ready", _)) => Incoming::Loaded,
        Some(("rejected", reason)) => Incoming::Rejected(reason.to_owned()),
        Some(("crashed", reason)) => Incoming::Crashed(reason.to_owned()),
        _ => Incoming::Damaged,
    }
}
