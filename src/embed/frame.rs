//! The frame: a lab, drawn as its address asks, and its talk with the host.

use super::{
    choice::preset_from_slug,
    host,
    onward::{Shown, not_taken, note, onward},
    open_full::{Outward, open_full},
    query::{EmbedQuery, Motion, Scale, Start},
    talk::talk,
};
use crate::{
    app::{Route, href},
    engine::{NothingRuns, Run},
    labs::{LabContext, LabView, port::LabPort},
    markup::{dynamic, html},
    state::{
        address,
        permalink::{Permalink, PermalinkError},
        settings::{Theme, show_theme},
    },
};
use leptos::prelude::*;
use protocol::{LabId, LabInput, RunId};

/// A lab in somebody else's page.
#[component]
pub fn EmbedFrame(
    /// Which lab.
    lab: LabId,
    /// The preset that the address' path names, if any.
    preset: Option<String>,
) -> impl IntoView {
    let query = EmbedQuery::of(&address::query());
    let began = address::now_ms();
    let link = Permalink::of_fragment(&address::fragment());
    let refused_ms = link.is_err().then(|| format!("{:.1}", address::now_ms() - began));
    let mut of_address = link.clone().unwrap_or_default();
    // The query's own seed goes first; the state's is then no fault.
    of_address.retain(|key| key != "seed" || query.seed.is_none());
    let (start, error) = start_of(lab, preset.as_deref(), &query, link);
    let port = LabPort::default();
    provide_context(port);
    if query.start == Start::Off {
        provide_context(NothingRuns);
    }
    let ignored = RwSignal::new(0_u32);
    let refused = error.map(|error| error.to_string());
    Effect::new({
        let query = query.clone();
        move |_| look(query.theme, query.scale, query.motion)
    });
    talk(lab, port, ignored, &query, &start);
    let handle = move || port.labs().with(|labs| labs.first().copied());
    let ran = Memo::new(move |_| handle()?.runner.run().with(|run| run.as_ref().filter(|run| run.report().is_some()).map(id_of)));
    let full = href(&Route::Lab(lab));
    let address_of_full = {
        let start = start.clone();
        Signal::derive(move || {
            let Some(handle) = handle() else { return with_fragment(&full, &start) };
            let (link, ran) = (handle.link.get(), ran.get().map(|(_, input)| input));
            let shown = Shown { link: &link, ran, start: &start };
            with_fragment(&full, &onward(lab, &shown, || handle.link_with_result.run(())))
        })
    };
    // What the state asks for in vain shows once the lab has taken it; what it became later is the reader's.
    let wrong = query.wrong(lab);
    let in_vain = Memo::new(move |before: Option<&Option<Vec<String>>>| {
        before.cloned().flatten().or_else(|| Some(not_taken(lab, &of_address, &handle()?.link.get_untracked())))
    });
    let notes = Memo::new(move |_| in_vain.with(|state| note(&wrong, state.as_deref().unwrap_or_default())));
    let notes = dynamic(move || Some(notes.get()).filter(|note| !note.is_empty()).map(|note| html("link-note", note)));
    let outward = Outward::new();
    let run = query.start;
    view! {
        <main data-embed=lab.slug() data-ui=query.ui.slug() data-run=run.slug() data-ignored=dynamic(move || ignored.get().to_string()) data-link-note=refused data-refused-ms=refused_ms
            on:click=move |event| outward.pressed(&event)>
            <h1 class="visually-hidden">{lab.title()}": "{lab.summary()}</h1>
            {notes}
            <LabView lab context=LabContext::Embed(start, error)/>
            <div class="embed-foot">
                {open_full("Open the full lab", address_of_full, &Route::Lab(lab))}
                {html("embed-mark", format!("{} · Ferroscope", lab.title()))}
            </div>
            {outward.refused()}
        </main>
    }
}

/// What the frame starts with: the link's state, else the preset's; and what was wrong with the link.
pub(super) fn start_of(
    lab: LabId,
    of_path: Option<&str>,
    query: &EmbedQuery,
    link: Result<Permalink, PermalinkError>,
) -> (Permalink, Option<PermalinkError>) {
    let (link, error) = link.map_or_else(|error| (Permalink::default(), Some(error)), |link| (link, None));
    let preset = query.preset.as_deref().or(of_path);
    let mut start =
        if link == Permalink::default() { preset.and_then(|slug| preset_of(lab, slug)).unwrap_or_default() } else { link };
    // A question that nothing in the frame could answer would leave it empty.
    if query.is_picture() {
        start.retain(|key| key != "show");
    }
    if let Some(seed) = query.seed {
        start.set("seed", seed.0.to_string());
    }
    // The budget asks first; an author who shows a result does not want it hidden, unless the state says so.
    if lab == LabId::LatencyBudget && start.get("show") != Some("question") && start.get("guess").is_none() {
        start.set("guess", "skipped");
    }
    (start, error)
}

/// A preset of a lab as a link, if it has one of this name.
pub(super) fn preset_of(lab: LabId, slug: &str) -> Option<Permalink> {
    let known = preset_from_slug(lab, slug)?;
    let mut link = Permalink::default();
    if lab == LabId::LatencyBudget {
        // A whole request, of which an input is a part.
        link.set("preset", known);
        return Some(link);
    }
    for (name, value) in lab.presets().into_iter().find(|preset| preset.slug == known)?.input.pairs() {
        link.set(name, value);
    }
    Some(link)
}

/// A run and its input.
fn id_of(run: &Run) -> (RunId, LabInput) {
    (run.id(), run.request.input)
}

fn with_fragment(path: &str, link: &Permalink) -> String {
    let fragment = link.to_fragment();
    if fragment.is_empty() { path.to_owned() } else { format!("{path}#{fragment}") }
}

/// How a frame looks.
pub(super) fn look(theme: Theme, scale: Scale, motion: Motion) {
    show_theme(theme);
    host::set_scale(scale);
    if motion == Motion::Reduce
        && let Some(root) = document().document_element()
    {
        let _ = root.set_attribute("data-motion", "reduce");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(lab: LabId, path: Option<&str>, query: &str, link: &Permalink) -> Permalink {
        start_of(lab, path, &EmbedQuery::of(query), Ok(link.clone())).0
    }

    #[test]
    fn the_link_wins_over_the_query_and_the_query_over_the_path() {
        let none = Permalink::default();
        assert_eq!(start(LabId::Serialization, Some("tree"), "", &none).get("payload"), Some("tree"));
        assert_eq!(start(LabId::Serialization, Some("tree"), "?preset=mesh", &none).get("payload"), Some("mesh"));
        let mut link = Permalink::default();
        link.set("payload", "order");
        assert_eq!(start(LabId::Serialization, Some("tree"), "?preset=mesh", &link).get("payload"), Some("order"));
        assert_eq!(start(LabId::Serialization, Some("no-such"), "", &none), none);
    }

    #[test]
    fn a_frame_shows_the_result_unless_its_author_wants_the_question() {
        let none = Permalink::default();
        assert_eq!(start(LabId::LatencyBudget, None, "", &none).get("guess"), Some("skipped"));
        let mut asks = Permalink::default();
        asks.set("show", "question");
        assert_eq!(start(LabId::LatencyBudget, None, "", &asks).get("guess"), None);
        for picture in ["?ui=chart", "?run=off"] {
            assert_eq!(start(LabId::LatencyBudget, None, picture, &asks).get("guess"), Some("skipped"));
            assert_eq!(start(LabId::Arena, None, picture, &asks).get("show"), None);
        }
        assert_eq!(start(LabId::Arena, None, "?seed=7", &none).get("seed"), Some("7"));
    }

    #[test]
    fn a_damaged_link_is_said_to_be_one() {
        let (start, error) = start_of(LabId::Arena, None, &EmbedQuery::default(), Err(PermalinkError::Damaged));
        assert_eq!((start, error), (Permalink::default(), Some(PermalinkError::Damaged)));
    }
}
