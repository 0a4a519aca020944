//! The frame: a lab, drawn as its address asks, and its talk with the host.

use super::{
    host::{self, FrameMessage, Host},
    message::HostMessage,
    open_full::{Outward, open_full},
    query::{EmbedQuery, Motion, Scale, Start},
};
use crate::{
    app::{Route, href, manifest},
    engine::Stage,
    labs::{
        LabContext, LabView,
        port::{LabHandle, LabPort},
    },
    markup::{dynamic, html},
    state::{
        address,
        permalink::{Permalink, PermalinkError},
        settings::{Theme, show_theme},
    },
};
use budget::Preset;
use leptos::prelude::*;
use protocol::{LabId, ResultJson};

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
    let (start, error) = start_of(lab, preset.as_deref(), &query, link);
    let port = LabPort::default();
    provide_context(port);
    let ignored = RwSignal::new(0_u32);
    let refused = error.map(|error| error.to_string());
    Effect::new({
        let query = query.clone();
        move |_| look(query.theme, query.scale, query.motion)
    });
    talk(lab, port, ignored, query.clone(), start.clone());
    let handle = move || port.labs().with(|labs| labs.first().copied());
    let address_of_full = {
        let start = start.clone();
        Signal::derive(move || {
            let link = handle().map_or_else(|| start.clone(), |handle| handle.link.get());
            with_fragment(&href(&Route::Lab(lab)), &link)
        })
    };
    let outward = Outward::new();
    let run = query.start;
    view! {
        <main data-embed=lab.slug() data-ui=query.ui.slug() data-run=run.slug() data-ignored=dynamic(move || ignored.get().to_string()) data-link-note=refused data-refused-ms=refused_ms
            on:click=move |event| outward.pressed(&event)>
            <h1 class="visually-hidden">{lab.title()}": "{lab.summary()}</h1>
            <LabView lab context=LabContext::Embed(start, error)/>
            <p class="embed-foot">
                {open_full("Open the full lab", address_of_full)}
                {html("embed-mark", format!("{} · Ferroscope", lab.title()))}
            </p>
            {outward.refused()}
        </main>
    }
}

/// What the frame starts with: the link's state, else the preset's; and what was wrong with the link.
fn start_of(
    lab: LabId,
    of_path: Option<&str>,
    query: &EmbedQuery,
    link: Result<Permalink, PermalinkError>,
) -> (Permalink, Option<PermalinkError>) {
    let (link, error) = link.map_or_else(|error| (Permalink::default(), Some(error)), |link| (link, None));
    let preset = query.preset.as_deref().or(of_path);
    let mut start =
        if link == Permalink::default() { preset.map(|slug| preset_link(lab, slug)).unwrap_or_default() } else { link };
    if let Some(seed) = query.seed {
        start.set("seed", seed.0.to_string());
    }
    // The budget asks first; an author who shows a result does not want it hidden, unless the state says so.
    if lab == LabId::LatencyBudget && start.get("show") != Some("question") && start.get("guess").is_none() {
        start.set("guess", "skipped");
    }
    (start, error)
}

/// Whether what a message names exists.
fn makes_sense(lab: LabId, message: &HostMessage) -> bool {
    match message {
        HostMessage::Set { preset: Some(slug), .. } => match lab {
            LabId::LatencyBudget => Preset::from_slug(slug).is_some(),
            LabId::Serialization
            | LabId::ByteLens
            | LabId::Evolution
            | LabId::Columns
            | LabId::Packets
            | LabId::Arena
            | LabId::Allocators
            | LabId::Clones
            | LabId::InteriorMutability
            | LabId::Layout
            | LabId::Lifetimes
            | LabId::Pin
            | LabId::SelfTest => lab.presets().iter().any(|preset| preset.slug == slug),
        },
        _ => true,
    }
}

/// A preset as a link; an unknown one is the lab as it starts.
fn preset_link(lab: LabId, slug: &str) -> Permalink {
    let mut link = Permalink::default();
    match lab {
        LabId::LatencyBudget => link.set("preset", slug),
        LabId::Serialization
        | LabId::ByteLens
        | LabId::Evolution
        | LabId::Columns
        | LabId::Packets
        | LabId::Arena
        | LabId::Allocators
        | LabId::Clones
        | LabId::InteriorMutability
        | LabId::Layout
        | LabId::Lifetimes
        | LabId::Pin
        | LabId::SelfTest => {
            let preset = lab.presets().into_iter().find(|preset| preset.slug == slug);
            for (name, value) in preset.map(|preset| preset.input.pairs()).unwrap_or_default() {
                link.set(name, value);
            }
        }
    }
    link
}

fn with_fragment(path: &str, link: &Permalink) -> String {
    let fragment = link.to_fragment();
    if fragment.is_empty() { path.to_owned() } else { format!("{path}#{fragment}") }
}

/// A state as hosts get it: what stands behind the address of the frame or of the full lab, with its `#`.
fn state_text(link: &Permalink) -> String {
    format!("#{}", link.to_state())
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

/// Listens to the host and tells it what happens.
fn talk(lab: LabId, port: LabPort, ignored: RwSignal<u32>, query: EmbedQuery, start: Permalink) {
    let handle = Memo::new_with_compare(
        move |_| port.labs().with(|labs| labs.first().copied()),
        |before, now| before.map(Option::is_some) != Some(now.is_some()),
    );
    let asked = StoredValue::new(None::<super::message::Id>);
    let query_start = query.start;
    let build = manifest().map(|manifest| manifest.build_text().to_owned()).unwrap_or_default();
    let build = StoredValue::new(build);
    let result = move || {
        let handle = handle.get_untracked()?;
        handle.runner.run().with_untracked(|run| Some(ResultJson::of(run.as_ref()?.report()?, &build.get_value()).to_json()))
    };
    Effect::new(move |_| {
        let start = start.clone();
        let host = Host::listen(move |message| {
            let Some(message) = message.ok().filter(|message| makes_sense(lab, message)) else {
                return ignored.update(|count| *count = count.saturating_add(1));
            };
            let lab_now = handle.get_untracked();
            match message {
                HostMessage::Set { theme, scale, preset } => {
                    if let Some(theme) = theme {
                        show_theme(theme);
                    }
                    if let Some(scale) = scale {
                        host::set_scale(scale);
                    }
                    if let (Some(slug), Some(lab_now)) = (preset, lab_now) {
                        let query = EmbedQuery { preset: Some(slug), ..EmbedQuery::default() };
                        lab_now.open.run(start_of(lab, None, &query, Ok(Permalink::default())).0);
                    }
                }
                HostMessage::Run(id) if query_start == Start::Off => {
                    host::post(&FrameMessage::Error {
                        code: "run-off",
                        message: "this frame’s address says that nothing runs here",
                        id,
                    });
                }
                HostMessage::Run(id) => {
                    asked.set_value(Some(id));
                    if let Some(lab_now) = lab_now {
                        lab_now.run();
                    }
                }
                HostMessage::Cancel => {
                    asked.set_value(None);
                    if let Some(lab_now) = lab_now {
                        lab_now.runner.cancel();
                    }
                }
                HostMessage::Reset => {
                    if let Some(lab_now) = lab_now {
                        lab_now.reset(start.clone());
                    }
                }
                HostMessage::GetState(id) => {
                    let hash = lab_now.map(|lab_now| state_text(&lab_now.link.get_untracked())).unwrap_or_default();
                    host::post(&FrameMessage::State { hash: &hash, id });
                }
                HostMessage::GetResult(id) => match result() {
                    Some(json) => host::post(&FrameMessage::Result { json: &json, id }),
                    None => host::post(&FrameMessage::Error { code: "no-result", message: "nothing has been run here yet", id }),
                },
            }
        });
        on_cleanup(move || drop(host));
    });
    Effect::new(move |_| {
        let Some(handle) = handle.get() else { return };
        host::post(&FrameMessage::Ready { lab: lab.slug(), build: &build.get_value() });
        if query.start == Start::Auto {
            untrack(|| handle.run());
        }
    });
    tell(handle, asked, result);
}

/// Tells the host of every state, result and failure.
fn tell(
    handle: Memo<Option<LabHandle>>,
    asked: StoredValue<Option<super::message::Id>>,
    result: impl Fn() -> Option<String> + 'static,
) {
    let hash = Memo::new(move |_| handle.get().map(|handle| state_text(&handle.link.get())));
    Effect::new(move |_| {
        if let Some(hash) = hash.get() {
            host::post(&FrameMessage::State { hash: &hash, id: None });
        }
    });
    let ended = Memo::new(move |_| {
        let runner = handle.get()?.runner;
        runner.run().with(|run| {
            let run = run.as_ref()?;
            match &run.stage {
                Stage::Done(_) => Some((run.id(), Ok(()))),
                Stage::Failed(failure) => Some((run.id(), Err((failure.code(), failure.to_string())))),
                _ => None,
            }
        })
    });
    Effect::new(move |_| {
        let Some((_, end)) = ended.get() else { return };
        let id = asked.try_update_value(Option::take).flatten().flatten();
        match end {
            Ok(()) => {
                if let Some(json) = result() {
                    host::post(&FrameMessage::Result { json: &json, id });
                }
            }
            Err((code, message)) => host::post(&FrameMessage::Error { code, message: &message, id }),
        }
    });
    Effect::new(|_| host::report_height());
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
        assert_eq!(start(LabId::Arena, None, "?seed=7", &none).get("seed"), Some("7"));
    }

    #[test]
    fn an_unknown_preset_is_no_order() {
        let order = |slug: &str| HostMessage::Set { theme: Some(Theme::Dark), scale: None, preset: Some(slug.to_owned()) };
        assert!(makes_sense(LabId::LatencyBudget, &order("web-api")) && makes_sense(LabId::Serialization, &order("mesh")));
        assert!(!makes_sense(LabId::LatencyBudget, &order("mesh")) && !makes_sense(LabId::Arena, &order("https://a/x.js")));
    }

    #[test]
    fn a_damaged_link_is_said_to_be_one() {
        let (start, error) = start_of(LabId::Arena, None, &EmbedQuery::default(), Err(PermalinkError::Damaged));
        assert_eq!((start, error), (Permalink::default(), Some(PermalinkError::Damaged)));
    }
}
