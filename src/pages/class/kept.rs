//! Where the sheet is kept: on this device where storage exists, else for as long as the page stands. It never leaves the device by itself.

use super::sheet::Sheet;
use crate::state::settings::storage;
use std::cell::RefCell;

const KEY: &str = "ferroscope.sheet";

thread_local! {
    static HERE: RefCell<Option<Sheet>> = const { RefCell::new(None) };
}

/// The sheet as it stands; empty where there is none, or none that can be read.
#[must_use]
pub fn sheet() -> Sheet {
    let stored = || storage()?.get_item(KEY).ok().flatten().and_then(|text| Sheet::of_json(&text).ok());
    // What another tab has stored is newer than what this page remembers.
    stored().or_else(|| HERE.with_borrow(Clone::clone)).unwrap_or_default()
}

/// Changes the sheet; what was changed.
pub fn change(change: impl FnOnce(&mut Sheet)) -> Sheet {
    let mut sheet = sheet();
    let before = sheet.clone();
    change(&mut sheet);
    if sheet != before {
        if let Some(storage) = storage() {
            // Full or denied: then the page remembers it.
            let _ = storage.set_item(KEY, &sheet.to_json());
        }
        HERE.set(Some(sheet.clone()));
    }
    sheet
}

/// Forgets the sheet.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
    HERE.set(None);
}

/// Whether the sheet outlives the page.
#[must_use]
pub fn is_stored() -> bool {
    storage().is_some()
}
