//! Files of the site, each fetched once and kept for as long as the page stands. Where they are at hand a view is drawn at once: that is how the
//! app takes over a prerendered page in one frame, and how pages are prerendered, without a browser, from files held beforehand.

use crate::engine::{Manifest, fetch};
use js_sys::Uint8Array;
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static HELD: RefCell<HashMap<String, Rc<[u8]>>> = RefCell::new(HashMap::new());
}

/// A file that was fetched or held before; `path` is relative to the site's root.
#[must_use]
pub fn at_hand(path: &str) -> Option<Rc<[u8]>> {
    HELD.with_borrow(|held| held.get(path).cloned())
}

/// Keeps a file.
pub fn hold(path: &str, bytes: Vec<u8>) {
    HELD.with_borrow_mut(|held| held.insert(path.to_owned(), bytes.into()));
}

/// Forgets a file that turned out to be damaged, so that it is fetched anew the next time.
pub fn drop_damaged(path: &str) {
    HELD.with_borrow_mut(|held| held.remove(path));
}

/// A file of the site, fetched if it is not at hand.
///
/// # Errors
/// A sentence, where it did not arrive whole.
pub async fn get(manifest: &Manifest, path: &str) -> Result<Rc<[u8]>, String> {
    if let Some(bytes) = at_hand(path) {
        return Ok(bytes);
    }
    let response = fetch(&manifest.address(path)).await?;
    let promise = response.array_buffer().map_err(|_| "the server sent nothing".to_owned())?;
    let buffer = JsFuture::from(promise).await.map_err(|_| "the connection broke".to_owned())?;
    hold(path, Uint8Array::new(&buffer).to_vec());
    at_hand(path).ok_or_else(|| "it was not kept".to_owned())
}
