//! What a page shows, fetched before the app takes it over. Where it does not arrive the prerendered page stays: it must never be taken away for
//! an error.

use super::{STATIC, elements};
use crate::{
    app::Route,
    components::later::next_task,
    engine::Manifest,
    labs::recordings,
    pieces,
    state::{
        files,
        lessons::{self, LessonError},
    },
};
use course::folder_form;
use leptos::prelude::*;
use protocol::LabId;
use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event};

/// Something of what the page shows did not arrive.
struct Missing;

type Fetched = Result<(), Missing>;
type Coming<'a> = Pin<Box<dyn Future<Output = Fetched> + 'a>>;

/// Has at hand what a route shows. What does not arrive is asked for once more; while a prerendered page stands, the reader is told then, and it is
/// asked for again when the network comes back or the reader says so. Where nothing stands that could be lost, the route itself complains.
pub(super) async fn wait(manifest: &Manifest, route: &Route) {
    loop {
        if fetch(manifest, route).await.is_ok() || fetch(manifest, route).await.is_ok() {
            return;
        }
        let Some(page) = document().get_element_by_id(STATIC) else { return };
        tell(&page, "again");
        again().await;
    }
}

/// Has `boot.js` say in the prerendered page that the app does not come; `event` is also what its button is for.
pub(super) fn tell(page: &Element, event: &str) {
    if let Ok(event) = Event::new(event) {
        // Nobody can cancel it.
        let _ = page.dispatch_event(&event);
    }
}

/// Waits for the network to come back, or for the reader to press "Try again".
async fn again() {
    const EITHER: [&str; 2] = ["online", "again"];
    let mut listener = None;
    let promise = js_sys::Promise::new(&mut |done, _| {
        for event in EITHER {
            // A window takes any listener.
            let _ = window().add_event_listener_with_callback(event, &done);
        }
        listener = Some(done);
    });
    // The promise is never refused.
    let _ = JsFuture::from(promise).await;
    for event in EITHER {
        let _ = listener.as_ref().map(|listener| window().remove_event_listener_with_callback(event, listener));
    }
}

async fn fetch(manifest: &Manifest, route: &Route) -> Fetched {
    let index: Coming<'_> = Box::pin(async { lessons::index(manifest).await.map(drop).map_err(|_| Missing) });
    match route {
        Route::Home => index.await,
        // No lab shows which lessons there are: none waits for their index.
        Route::Lab(lab) => all(labs(manifest, &[*lab]).collect()).await,
        Route::Embed { lab, .. } => {
            let frame: Coming<'_> = Box::pin(async { piece(pieces::fetch_embed()).await });
            all(labs(manifest, &[*lab]).chain([frame]).collect()).await
        }
        Route::EmbedBuilder => piece(pieces::fetch_embed_builder()).await,
        Route::Lesson { pillar, lesson } => {
            let slug = folder_form(lesson);
            let words: Coming<'_> = Box::pin(async {
                match lessons::lesson(manifest, pillar, &slug).await {
                    Err(LessonError::Fetch(_)) => Err(Missing),
                    // To fetch again would not make one that there is not.
                    Ok(_) | Err(LessonError::Unknown) => Ok(()),
                }
            });
            // The prerendered page tells which labs it shows before the index does.
            all(labs(manifest, &labs_in_sight()).chain([words]).collect()).await?;
            let index = lessons::index(manifest).await.map_err(|_| Missing)?;
            let entry = index.lesson(pillar, &slug);
            let named: Vec<LabId> =
                entry.map(|entry| entry.labs.iter().filter_map(|lab| LabId::from_slug(lab)).collect()).unwrap_or_default();
            all(labs(manifest, &named).collect()).await
        }
        Route::EmbedClaim(_) | Route::Page(_) | Route::Pillar(_) => {
            let documents: Coming<'_> = Box::pin(async {
                let Some(guide) = route.guide() else { return Ok(()) };
                guide.fetch(manifest).await;
                let is_whole = guide.files(manifest).into_iter().all(|path| files::at_hand(path).is_some());
                is_whole.then_some(()).ok_or(Missing)
            });
            let view: Coming<'_> = Box::pin(async { piece(pieces::fetch_guide()).await });
            // A claim alone is drawn from the ledger.
            let list = (!matches!(route, Route::EmbedClaim(_))).then_some(index);
            all([documents, view].into_iter().chain(list).collect()).await
        }
    }
}

/// The labs' views and recorded runs. Without its recorded runs a lab still runs, and that is more than a picture of one: they may be missing.
fn labs<'a>(manifest: &'a Manifest, labs: &[LabId]) -> impl Iterator<Item = Coming<'a>> {
    let labs = labs.to_vec();
    labs.into_iter().flat_map(move |lab| -> [Coming<'a>; 2] {
        let recorded = async move {
            recordings::fetch(manifest, lab).await;
            if recordings::at_hand(lab).is_none() {
                recordings::fetch(manifest, lab).await;
            }
            Ok(())
        };
        [Box::pin(piece(pieces::fetch_lab(lab))), Box::pin(recorded)]
    })
}

/// A piece is made ready in the task in which it has come: what follows goes on in another.
async fn piece<E>(coming: impl Future<Output = Result<(), E>>) -> Fetched {
    let arrived = coming.await.map_err(|_| Missing);
    next_task().await;
    arrived
}

/// The labs that the prerendered page shows.
fn labs_in_sight() -> Vec<LabId> {
    let Ok(found) = document().query_selector_all(&format!("#{STATIC} [data-lab]")) else { return Vec::new() };
    let slugs = elements(&found).filter_map(|lab: Element| lab.get_attribute("data-lab"));
    slugs.filter_map(|slug| LabId::from_slug(&slug)).fold(Vec::new(), |mut labs, lab| {
        if !labs.contains(&lab) {
            labs.push(lab);
        }
        labs
    })
}

/// All of them at once: on a slow line each costs a way there and back, and one after another these add up.
async fn all(mut coming: Vec<Coming<'_>>) -> Fetched {
    let mut fetched = Ok(());
    poll_fn(|context| {
        coming.retain_mut(|one| match one.as_mut().poll(context) {
            Poll::Ready(Ok(())) => false,
            Poll::Ready(Err(missing)) => {
                fetched = Err(missing);
                false
            }
            Poll::Pending => true,
        });
        if coming.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    fetched
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::Cell, task::Context, task::Waker};

    #[test]
    fn all_are_begun_at_once_and_one_that_is_missing_does_not_keep_the_others_from_coming() {
        let begun = Cell::new(0);
        let one = |fetched: fn() -> Poll<Fetched>| -> Coming<'_> {
            begun.set(begun.get() + 1);
            Box::pin(poll_fn(move |_| fetched()))
        };
        let context = &mut Context::from_waker(Waker::noop());
        let mut waits = Box::pin(all(vec![one(|| Poll::Ready(Err(Missing))), one(|| Poll::Pending)]));
        assert!(waits.as_mut().poll(context).is_pending() && begun.get() == 2);
        let mut ends = Box::pin(all(vec![one(|| Poll::Ready(Err(Missing))), one(|| Poll::Ready(Ok(())))]));
        assert!(matches!(ends.as_mut().poll(context), Poll::Ready(Err(Missing))));
        let mut ends = Box::pin(all(Vec::new()));
        assert!(matches!(ends.as_mut().poll(context), Poll::Ready(Ok(()))));
    }
}
