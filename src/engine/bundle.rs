//! Fetches a worker bundle, once a page, and tells how far it has come. What is not what the build holds must never reach a worker.

use super::manifest::{BundleFiles, Manifest};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use js_sys::{ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use leptos::{leptos_dom::helpers::set_timeout_with_handle, prelude::window};
use protocol::Bundle;
use std::{cell::RefCell, collections::HashMap, rc::Rc, time::Duration};
use units::Bytes;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};

/// A bundle in memory: bytes, never a compiled module, so that each worker compiles its own.
pub(super) struct Loaded {
    /// The glue script's text.
    pub(super) glue: String,
    /// The Wasm module's bytes.
    pub(super) wasm: ArrayBuffer,
}

thread_local! {
    static LOADED: RefCell<HashMap<Bundle, Rc<Loaded>>> = RefCell::new(HashMap::new());
}

/// The bundle, from memory or the network.
///
/// # Errors
/// What went wrong, as a short phrase.
pub(super) async fn load(manifest: &Manifest, bundle: Bundle, progress: impl Fn(Bytes, Bytes)) -> Result<Rc<Loaded>, String> {
    if let Some(loaded) = LOADED.with_borrow(|all| all.get(&bundle).cloned()) {
        return Ok(loaded);
    }
    let files = manifest.bundle(bundle).ok_or_else(|| format!("this build has no bundle “{}”", bundle.name()))?;
    let loaded = Rc::new(fetch_both(manifest, files, progress).await?);
    LOADED.with_borrow_mut(|all| all.insert(bundle, Rc::clone(&loaded)));
    Ok(loaded)
}

async fn fetch_both(manifest: &Manifest, files: &BundleFiles, progress: impl Fn(Bytes, Bytes)) -> Result<Loaded, String> {
    let glue = answer(&manifest.address(&files.js), Some(&files.js_integrity)).await?;
    let glue = JsFuture::from(glue.text().map_err(said)?).await.map_err(said)?;
    let glue = glue.as_string().ok_or("the glue script is no text")?;
    // The browser checks a body only as a whole, and so nothing could be told of how far it has come: where the page can check it, the page does.
    let digests = digests();
    let left_to_browser = digests.is_none().then_some(files.wasm_integrity.as_str());
    let response = answer(&manifest.address(&files.wasm), left_to_browser).await?;
    let wasm = read_all(&response, |received| progress(received, Bytes(files.bytes))).await?;
    if let Some(digests) = digests
        && integrity(&digests, &wasm).await? != files.wasm_integrity
    {
        return Err("what came is not what this build holds".to_owned());
    }
    Ok(Loaded { glue, wasm })
}

/// The browser's `crypto.subtle`; none where it is kept from pages: on plain http, but for this machine's own.
fn digests() -> Option<JsValue> {
    let crypto = Reflect::get(&window(), &"crypto".into()).ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok().filter(JsValue::is_truthy)
}

/// The value of an `integrity` attribute for these bytes.
async fn integrity(digests: &JsValue, bytes: &ArrayBuffer) -> Result<String, String> {
    let digest: Function = Reflect::get(digests, &"digest".into()).map_err(said)?.dyn_into().map_err(said)?;
    let promise: Promise = digest.call2(digests, &"SHA-384".into(), bytes).map_err(said)?.dyn_into().map_err(said)?;
    let hash = Uint8Array::new(&JsFuture::from(promise).await.map_err(said)?);
    Ok(format!("sha384-{}", STANDARD.encode(hash.to_vec())))
}

/// How long an answer may not even begin before it is asked for once more: a lost connection otherwise keeps a reader waiting for ever.
const STALLED: Duration = Duration::from_secs(10);
/// The same for an answer that the browser checks: it begins when all of it has come, which on a slow line takes its time.
const STALLED_WHOLE: Duration = Duration::from_secs(30);

/// The answer for an address of this site. One that does not begin in time is asked for anew, once.
///
/// # Errors
/// What went wrong, as a short phrase.
pub async fn fetch(address: &str) -> Result<Response, String> {
    answer(address, None).await
}

/// The same; with an integrity it begins when all of it has come and is what it has to be.
async fn answer(address: &str, integrity: Option<&str>) -> Result<Response, String> {
    let patience = AbortController::new().map_err(said)?;
    let signal = patience.signal();
    let enough = if integrity.is_some() { STALLED_WHOLE } else { STALLED };
    let timer = set_timeout_with_handle(move || patience.abort(), enough).map_err(said)?;
    let init = RequestInit::new();
    if let Some(integrity) = integrity {
        init.set_integrity(integrity);
    }
    init.set_signal(Some(&signal));
    let first = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await;
    timer.clear();
    let answer = match first {
        Err(_) if signal.aborted() => {
            init.set_signal(None);
            JsFuture::from(window().fetch_with_str_and_init(address, &init)).await
        }
        answered => answered,
    };
    let response: Response = answer.map_err(said)?.dyn_into().map_err(said)?;
    if response.ok() { Ok(response) } else { Err(format!("the server answered {} for {address}", response.status())) }
}

/// Reads a body piece by piece; `progress` is told how many bytes have come.
async fn read_all(response: &Response, progress: impl Fn(Bytes)) -> Result<ArrayBuffer, String> {
    let body = response.body().ok_or("the server sent nothing")?;
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into().map_err(|_| "the body cannot be read")?;
    let mut pieces: Vec<Uint8Array> = Vec::new();
    let mut received = 0;
    loop {
        let step = JsFuture::from(reader.read()).await.map_err(said)?;
        if Reflect::get(&step, &"done".into()).map_err(said)?.is_truthy() {
            break;
        }
        let piece = Uint8Array::new(&Reflect::get(&step, &"value".into()).map_err(said)?);
        received += piece.length();
        pieces.push(piece);
        progress(Bytes(received.into()));
    }
    let whole = Uint8Array::new_with_length(received);
    let mut offset = 0;
    for piece in pieces {
        whole.set(&piece, offset);
        offset += piece.length();
    }
    Ok(whole.buffer())
}

/// What a JavaScript error says.
#[allow(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn said(error: JsValue) -> String {
    js_sys::Error::from(error).message().into()
}
