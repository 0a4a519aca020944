//! What every lab's view does alike: its controls for a payload, its result as JSON, its link.

use crate::{
    app::{Route, href, manifest},
    components::{
        controls::{Alternative, Choice},
        copy::CopyButton,
    },
    engine::{Manifest, Runner},
    markup::dynamic,
    state::{
        address::{self, IN_BROWSER},
        permalink::Permalink,
    },
};
use leptos::{ev, prelude::*};
use protocol::{DataInput, LabId, Payload, PayloadSize, Read, ResultJson, Seed};
use std::sync::Arc;

/// A page of the site as readers elsewhere reach it, for the links that are copied from it.
#[derive(Clone, Debug)]
pub struct LinkRoot {
    manifest: Option<Arc<Manifest>>,
    route: Route,
    /// Where it is on this host, should the page have no manifest.
    path: String,
}

impl LinkRoot {
    /// Of a page. To be made while the page is drawn: later the site is no longer known.
    #[must_use]
    pub fn of(route: Route) -> Self {
        Self { manifest: manifest(), path: href(&route), route }
    }

    /// The page's address: the public one, which a speaker may set at any time.
    #[must_use]
    pub fn page(&self) -> String {
        let here = || format!("{}{}", address::origin(), self.path);
        self.manifest.as_ref().map_or_else(here, |manifest| manifest.public_address(&self.route))
    }

    /// The same with a state in it.
    #[must_use]
    pub fn link(&self, link: &Permalink) -> String {
        let root = self.page();
        let fragment = link.to_fragment();
        if fragment.is_empty() { root } else { format!("{root}#{fragment}") }
    }
}

/// Puts a state into the address, without a new entry in the history; what the entry remembers stays.
pub fn show_in_address(link: &Permalink) {
    let fragment = link.to_fragment();
    let location = window().location();
    let (path, search) = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    let address = if fragment.is_empty() { format!("{path}{search}") } else { format!("{path}{search}#{fragment}") };
    // In a sandboxed frame the history is denied; the lab works on without it.
    let _ = window().history().and_then(|history| history.replace_state_with_url(&history.state()?, "", Some(&address)));
}

/// Hands on the state of an address that changes while the lab is open: a link pasted into the same tab, back and forward.
pub fn on_new_address(open: impl Fn(Permalink) + 'static) {
    if !IN_BROWSER {
        return;
    }
    let listener = window_event_listener(ev::hashchange, move |_| {
        let fragment = address::fragment();
        // Other fragments are places on the page, and a damaged state changes nothing.
        if Permalink::state_in(&fragment).is_some()
            && let Ok(link) = Permalink::of_fragment(&fragment)
        {
            open(link);
        }
    });
    on_cleanup(move || listener.remove());
}

/// The seed that a link asks for.
#[must_use]
pub fn seed_of(link: &Permalink) -> Seed {
    link.get("seed").and_then(|seed| seed.parse().ok()).map_or_else(Seed::default, Seed)
}

/// Adds a seed to a link, unless it is the usual one.
pub fn put_seed(link: &mut Permalink, seed: Seed) {
    link.set_unless("seed", seed, Seed::default(), |seed| seed.0.to_string());
}

/// Copy the result as JSON.
#[component]
pub fn CopyResult(
    /// Whose result.
    runner: Runner,
) -> impl IntoView {
    let build = StoredValue::new(manifest().map(|manifest| manifest.build_text().to_owned()).unwrap_or_default());
    let run = runner.run();
    let text = move || run.with_untracked(|run| Some(ResultJson::of(run.as_ref()?.report()?, &build.get_value()).to_json()));
    let enabled = Signal::derive(move || run.with(|run| run.as_ref().is_some_and(|run| run.report().is_some())));
    view! { <CopyButton label="Copy result (JSON)" name="copy-result" text enabled/> }
}

/// A link to the embed builder with a lab and its state, and the reader's own result if there is one.
pub fn embed_link(lab: LabId, state: impl Fn() -> Permalink + Send + 'static) -> AnyView {
    let builder = href(&Route::EmbedBuilder);
    let address = dynamic(move || {
        let fragment = state().to_fragment();
        let mark = if fragment.is_empty() { "" } else { "#" };
        format!("{builder}?lab={}{mark}{fragment}", lab.slug())
    });
    view! { <a class="button quiet" data-action="embed" href=address>"Embed this"</a> }.into_any()
}

/// The latency budget's choices: payload, size, what is read.
#[component]
pub fn DataChoices(
    /// What is chosen.
    input: Signal<DataInput>,
    /// Told of a new choice.
    #[prop(into)]
    on_choose: Callback<DataInput>,
) -> impl IntoView {
    let reads = Read::ALL.iter().map(|read| alternative(read.slug(), read.label())).collect::<Vec<_>>();
    let choose_data = move |(payload, size)| on_choose.run(DataInput { payload, size, ..input.get_untracked() });
    let choose_read = move |slug: String| {
        if let Some(read) = Read::ALL.into_iter().find(|read| read.slug() == slug) {
            on_choose.run(DataInput { read, ..input.get_untracked() });
        }
    };
    let data = Signal::derive(move || (input.get().payload, input.get().size));
    let read = Signal::derive(move || input.get().read.slug().to_owned());
    view! {
        <PayloadChoices data on_choose=choose_data/>
        <Choice label="Then read" name="read" options=Signal::stored(reads) value=read on_choose=choose_read/>
    }
}

/// Which data, and how much of it.
#[component]
pub fn PayloadChoices(
    /// What is chosen.
    data: Signal<(Payload, PayloadSize)>,
    /// Told of a new choice.
    #[prop(into)]
    on_choose: Callback<(Payload, PayloadSize)>,
) -> impl IntoView {
    let payloads = Payload::ALL.iter().map(|payload| alternative(payload.slug(), payload.label())).collect::<Vec<_>>();
    let sizes = move || {
        let (payload, _) = data.get();
        PayloadSize::ALL
            .iter()
            .map(|size| alternative(size.slug(), &format!("{} {}", grouped(payload.entries(*size)), payload.entry_name())))
            .collect()
    };
    let choose_payload = move |slug: String| {
        if let Some(payload) = Payload::ALL.into_iter().find(|payload| payload.slug() == slug) {
            on_choose.run((payload, data.get_untracked().1));
        }
    };
    let choose_size = move |slug: String| {
        if let Some(size) = PayloadSize::ALL.into_iter().find(|size| size.slug() == slug) {
            on_choose.run((data.get_untracked().0, size));
        }
    };
    let payload = Signal::derive(move || data.get().0.slug().to_owned());
    let size = Signal::derive(move || data.get().1.slug().to_owned());
    view! {
        <Choice label="Payload" name="payload" options=Signal::stored(payloads) value=payload on_choose=choose_payload/>
        <Choice label="Amount" name="size" options=Signal::derive(sizes) value=size on_choose=choose_size/>
    }
}

/// An alternative of a select.
#[must_use]
pub fn alternative(value: &str, label: &str) -> Alternative {
    Alternative { value: value.to_owned(), label: label.to_owned() }
}

/// A count with thin spaces between thousands.
#[must_use]
pub fn grouped(count: u32) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_kept_apart() {
        assert_eq!(grouped(1), "1");
        assert_eq!(grouped(1_000), "1\u{2009}000");
        assert_eq!(grouped(125_000), "125\u{2009}000");
    }
}
