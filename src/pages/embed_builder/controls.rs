//! The builder's controls: what is embedded, and how it looks. Each changes [`BuilderState`] and nothing else.

use super::{Shared, section};
use crate::{
    components::controls::{Alternative, Choice as Select, number_of},
    embed::{
        builder::{BuilderState, HEIGHTS, WIDTHS, within},
        choice::First,
        query::{Motion, Scale, Start, Ui},
        snippet::{HostScript, Place},
    },
    markup::dynamic,
    state::settings::Theme,
};
use leptos::{ev, prelude::*};
use protocol::{LabId, Seed};
use std::ops::RangeInclusive;

/// All controls, in two parts: what is embedded, then its looks.
pub(super) fn controls(shared: Shared) -> AnyView {
    section("what-title", "What shall stand there", view! { {what(shared)} {looks(shared)} }.into_any())
}

fn what(shared: Shared) -> AnyView {
    let state = shared.state;
    let labs = LabId::ALL.into_iter().filter(|lab| lab.is_listed()).map(|lab| alternative(lab.slug(), lab.title())).collect();
    let presets = Memo::new(move |_| {
        let presets = state.with(BuilderState::presets);
        let presets = presets.into_iter().map(|(slug, title)| alternative(slug, title));
        std::iter::once(alternative("", "As the lab starts")).chain(presets).collect::<Vec<_>>()
    });
    let firsts = Signal::derive(move || {
        state.with(|state| state.firsts().into_iter().map(|first| alternative(first.slug(), first.label())).collect())
    });
    let hint = Signal::derive(move || {
        if state.with(|state| state.firsts().contains(&First::MyRun)) {
            "Your own run was brought along; readers see it marked SENT until they run the lab themselves."
        } else {
            "To show your own run first, run the lab on its page and press “Embed this” there."
        }
    });
    view! {
        <div class="toolbar">
            <Select label="Lab" name="builder-lab" options=Signal::stored(labs) value=slug_of(state, |state| state.choice.lab.slug())
                on_choose=move |slug: String| with(state, LabId::from_slug(&slug), BuilderState::choose_lab)/>
            <Select label="Preset" name="builder-preset" options=presets.into() value=slug_of(state, |state| state.choice.preset.unwrap_or_default())
                on_choose=move |slug: String| state.update(|state| state.choice.choose_preset(Some(&slug)))/>
            <Select label="Seen first" name="builder-first" options=firsts value=slug_of(state, |state| state.choice.shown_first().slug())
                on_choose=move |slug: String| with(state, First::from_slug(&slug), |state, first| state.choice.first = first)/>
            <Select label="How much of it" name="builder-ui" options=Signal::stored(words(Ui::ALL, Ui::slug, Ui::label))
                value=slug_of(state, |state| state.choice.ui.slug())
                on_choose=move |slug: String| with(state, Ui::from_slug(&slug), BuilderState::choose_ui)/>
            <Select label="It runs" name="builder-run" options=Signal::stored(words(Start::ALL, Start::slug, Start::label))
                value=slug_of(state, |state| state.choice.run.slug())
                on_choose=move |slug: String| with(state, Start::from_slug(&slug), |state, run| state.choice.run = run)/>
        </div>
        <p class="faint">{hint}</p>
    }
    .into_any()
}

fn looks(shared: Shared) -> AnyView {
    let state = shared.state;
    let themes = [(Theme::Auto, "The system’s"), (Theme::Light, "Light"), (Theme::Dark, "Dark")];
    let themes = themes.map(|(theme, label)| alternative(theme.slug(), label)).to_vec();
    let seed = Signal::derive(move || state.with(|state| state.choice.seed.map(|seed| seed.0.to_string()).unwrap_or_default()));
    let script = dynamic(move || state.with(|state| state.script == HostScript::With));
    let takes_script = dynamic(move || state.with(|state| state.place == Place::Picture));
    let site_fault = Signal::derive(move || {
        state.with(|state| state.public_site(&shared.known.get()).err()).map(|fault| format!("{fault}.")).unwrap_or_default()
    });
    let printed_here = Signal::derive(move || shared.known.with(|here| here.as_str().to_owned()));
    view! {
        <div class="toolbar">
            <Select label="Colours" name="builder-theme" options=Signal::stored(themes) value=slug_of(state, |state| state.choice.theme.slug())
                on_choose=move |slug: String| with(state, Theme::from_slug(&slug), |state, theme| state.choice.theme = theme)/>
            <Select label="Motion" name="builder-motion" options=Signal::stored(words(Motion::ALL, Motion::slug, Motion::label))
                value=slug_of(state, |state| state.choice.motion.slug())
                on_choose=move |slug: String| with(state, Motion::from_slug(&slug), |state, motion| state.choice.motion = motion)/>
            {whole("Width at most (px)", "builder-width", WIDTHS, Signal::derive(move || state.with(|state| state.choice.width)),
                Callback::new(move |width| state.update(|state| state.choice.width = width)))}
            {whole("Height at first (px)", "builder-height", HEIGHTS, Signal::derive(move || state.with(|state| state.choice.height)),
                Callback::new(move |height| state.update(|state| state.choice.height = height)))}
            {whole("Scale (%)", "builder-scale", Scale::PERCENTS,
                Signal::derive(move || state.with(|state| state.choice.scale.percent())),
                Callback::new(move |percent| with(state, Scale::of_percent(percent), |state, scale| state.choice.scale = scale)))}
            {text("Seed, if another", "builder-seed", "", seed,
                Callback::new(move |typed: String| state.update(|state| state.choice.seed = typed.trim().parse().ok().map(Seed))))}
        </div>
        <label class="check">
            <input type="checkbox" name="builder-script" prop:checked=script disabled=takes_script on:change=move |_| state.update(turn_script)/>
            <span>"Let the frame have the height it needs: a script of under 1 KB on your page"</span>
        </label>
        <details class="builder-more">
            <summary>"The site’s address"</summary>
            <p class="faint">"Snippets lead to the address below. Type another if readers reach the site elsewhere."</p>
            {text("Public address of the site", "builder-site", printed_here, slug_of(state, |state| &state.site),
                Callback::new(move |typed: String| state.update(|state| state.site = typed)))}
            <p class="fault" role="status">{site_fault}</p>
        </details>
    }
    .into_any()
}

const fn turn_script(state: &mut BuilderState) {
    state.script = match state.script {
        HostScript::With => HostScript::Without,
        HostScript::Without => HostScript::With,
    };
}

/// Changes the state by a value, if there is one.
fn with<T>(state: RwSignal<BuilderState>, value: Option<T>, change: impl FnOnce(&mut BuilderState, T)) {
    if let Some(value) = value {
        state.update(|state| change(state, value));
    }
}

fn slug_of(state: RwSignal<BuilderState>, slug: fn(&BuilderState) -> &str) -> Signal<String> {
    Signal::derive(move || state.with(|state| slug(state).to_owned()))
}

fn alternative(value: &str, label: &str) -> Alternative {
    Alternative { value: value.to_owned(), label: label.to_owned() }
}

fn words<T: Copy>(all: &[T], slug: fn(T) -> &'static str, label: fn(T) -> &'static str) -> Vec<Alternative> {
    all.iter().map(|value| alternative(slug(*value), label(*value))).collect()
}

/// A labelled field for a whole number, of pixels or percents. What is out of range is not taken, and the field then shows what holds.
fn whole(
    label: &'static str,
    name: &'static str,
    range: RangeInclusive<u16>,
    value: Signal<u16>,
    on_change: Callback<u16>,
) -> AnyView {
    let (min, max) = (*range.start(), *range.end());
    let typed = move |event: ev::Event| {
        if let Some(number) = number_of(&event).and_then(|number| within(&number.to_string(), range.clone())) {
            on_change.run(number);
        } else {
            // The browser's own bubble says which numbers fit; the state keeps the last good one.
            event.prevent_default();
        }
    };
    view! {
        <label class="choice">
            <span>{label}</span>
            <input type="number" name=name min=min max=max step="1" prop:value=value on:change=typed/>
        </label>
    }
    .into_any()
}

/// A labelled field for a line of text.
pub(super) fn text(
    label: &'static str,
    name: &'static str,
    placeholder: impl Into<Signal<String>>,
    value: Signal<String>,
    on_change: Callback<String>,
) -> AnyView {
    let placeholder = placeholder.into();
    view! {
        <label class="choice">
            <span>{label}</span>
            <input type="text" name=name placeholder=placeholder prop:value=value autocomplete="off" spellcheck="false"
                on:change=move |event| on_change.run(event_target_value(&event))/>
        </label>
    }
    .into_any()
}
