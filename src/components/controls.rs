//! Native controls with a label each. They tell the view what was chosen and never start a run.

use crate::markup::dynamic;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};

/// One of the choices of a [`Choice`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// What the view gets back.
    pub value: String,
    /// What the reader sees.
    pub label: String,
}

/// A labelled select.
#[component]
pub fn Choice(
    /// What is chosen.
    label: &'static str,
    /// The name of the control in tests and hosts.
    name: &'static str,
    /// The choices; they may depend on other choices.
    options: Signal<Vec<Alternative>>,
    /// The chosen value.
    value: Signal<String>,
    /// Told of a new choice.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let chosen = move |event: ev::Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            on_choose.run(select.value());
        }
    };
    view! {
        <label class="choice">
            <span>{label}</span>
            <select name=name prop:value=value on:change=chosen>
                {dynamic(move || draw_options(&options.get(), &value.get_untracked()))}
            </select>
        </label>
    }
}

fn draw_options(options: &[Alternative], chosen: &str) -> Vec<AnyView> {
    let option = |option: &Alternative| {
        view! { <option value=option.value.clone() selected=option.value == chosen>{option.label.clone()}</option> }.into_any()
    };
    options.iter().map(option).collect()
}

/// A slider and a number field for the same value.
#[component]
pub fn Amount(
    /// What the value is.
    label: String,
    /// The name of the control in tests and hosts.
    name: &'static str,
    /// The largest value; the smallest is 0.
    max: f64,
    /// How far one key press goes.
    step: f64,
    /// The value.
    value: Signal<f64>,
    /// The value in words, for those who hear it.
    words: Signal<String>,
    /// How the slider's way maps to values.
    travel: Travel,
    /// Told of every move.
    #[prop(into)]
    on_move: Callback<f64>,
) -> impl IntoView {
    let slid = move |event: ev::Event| {
        if let Some(position) = number_of(&event) {
            on_move.run(travel.value(position / STEPS, max));
        }
    };
    let typed = move |event: ev::Event| {
        if let Some(number) = number_of(&event) {
            on_move.run(number);
        }
    };
    let position = Signal::derive(move || (travel.position(value.get(), max) * STEPS).round());
    view! {
        <div class="amount">
            <label>
                <span class="amount-label">{label.clone()}</span>
                <input type="range" name=name min="0" max=STEPS step="1" prop:value=position aria-valuetext=words on:input=slid/>
            </label>
            <input type="number" class="amount-number" aria-label=label min="0" max=max step=step prop:value=value on:change=typed/>
        </div>
    }
}

/// How a slider's way maps to values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travel {
    /// Evenly.
    Linear,
    /// Cubically: fine near 0, so that a hundredfold range can still be set finely where a preset stands.
    Cubic,
}

/// How many places a slider has.
const STEPS: f64 = 1000.0;

impl Travel {
    /// The value at a place, 0 to 1, of the way.
    #[must_use]
    pub fn value(self, place: f64, max: f64) -> f64 {
        let part = match self {
            Self::Linear => place,
            Self::Cubic => place.powi(3),
        };
        round_to_three(part * max)
    }

    /// The place of a value.
    #[must_use]
    pub fn position(self, value: f64, max: f64) -> f64 {
        let part = if max > 0.0 { (value / max).clamp(0.0, 1.0) } else { 0.0 };
        match self {
            Self::Linear => part,
            Self::Cubic => part.cbrt(),
        }
    }
}

/// To three significant digits: a slider's place is no more exact than that.
fn round_to_three(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let unit = 10_f64.powf(value.abs().log10().floor() - 2.0);
    (value / unit).round() * unit
}

/// The number an input's event carries, if it is one.
pub fn number_of(event: &ev::Event) -> Option<f64> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    Some(input.value_as_number()).filter(|number| number.is_finite())
}

/// Tabs over panels, one open at a time: a radio group, so that arrow keys move and screen readers say "2 of 5".
#[component]
pub fn Tabs(
    /// What the panels are about.
    legend: &'static str,
    /// The group's name.
    name: &'static str,
    /// Value and label of each.
    tabs: Vec<(&'static str, &'static str)>,
    /// The open one's value.
    open: Signal<&'static str>,
    /// Told which one to open.
    #[prop(into)]
    on_open: Callback<&'static str>,
) -> impl IntoView {
    let items = tabs.into_iter().map(|(value, label)| {
        view! {
            <label class="tab">
                <input type="radio" name=name value=value prop:checked=dynamic(move || open.get() == value) on:change=move |_| on_open.run(value)/>
                <span>{label}</span>
            </label>
        }
    });
    view! { <fieldset class="tabs"><legend class="visually-hidden">{legend}</legend>{items.collect::<Vec<_>>()}</fieldset> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sliders_place_and_value_agree(place in 0.0..=1.0_f64, max in 1.0..1e9_f64) {
            for travel in [Travel::Linear, Travel::Cubic] {
                let again = travel.position(travel.value(place, max), max);
                prop_assert!((again - place).abs() < 0.01, "{travel:?}: {place} became {again}");
            }
        }
    }
}
