//! A lab's recorded runs, fetched once.

use crate::{app::manifest, components::later::next_task, engine::Manifest, state::files};
use leptos::prelude::*;
use protocol::{LabId, Recording};
use std::{cell::RefCell, collections::HashMap, sync::Arc};

/// Recorded runs, shared by all who show them: a lab has dozens, and a copy for each would take longer than what is shown of it.
pub type Recordings = Arc<[Recording]>;

thread_local! {
    static PARSED: RefCell<HashMap<LabId, Recordings>> = RefCell::new(HashMap::new());
}

/// The recorded runs of a lab: empty until they have come, and for ever where there are none.
#[must_use]
pub fn recordings(lab: LabId) -> ReadSignal<Recordings> {
    let (found, set_found) = signal(at_hand(lab).unwrap_or_default());
    Effect::new(move |_| {
        let Some(manifest) = manifest().filter(|_| found.with_untracked(|found| found.is_empty())) else { return };
        leptos::task::spawn_local(async move {
            fetch(&manifest, lab).await;
            // Without recordings a lab shows its question and its Run button: nothing is lost.
            if let Some(recordings) = at_hand(lab) {
                let _ = set_found.try_set(recordings);
            }
        });
    });
    found
}

/// The recorded runs of a lab, if they are in memory.
#[must_use]
pub fn at_hand(lab: LabId) -> Option<Recordings> {
    let parsed = PARSED.with_borrow(|parsed| parsed.get(&lab).cloned());
    // Nothing is fetched while a page is prerendered: its file was held before.
    parsed.or_else(|| manifest().and_then(|manifest| parse(&manifest, lab)))
}

/// Has a lab's recorded runs at hand, if there are any.
pub async fn fetch(manifest: &Manifest, lab: LabId) {
    let Some(path) = manifest.recordings(lab) else { return };
    // What does not arrive is not shown; see `recordings`.
    if files::get(manifest, path).await.is_ok() {
        // Parsed in a task of its own, so that a page which waits for it is not held up at once by both.
        next_task().await;
        let _ = at_hand(lab).or_else(|| parse(manifest, lab));
    }
}

/// Parses what was fetched, once.
fn parse(manifest: &Manifest, lab: LabId) -> Option<Recordings> {
    let bytes = files::at_hand(manifest.recordings(lab)?)?;
    let list: Recordings = Recording::list_of_json(std::str::from_utf8(&bytes).ok()?).ok()?.into();
    PARSED.with_borrow_mut(|parsed| parsed.insert(lab, Arc::clone(&list)));
    Some(list)
}
