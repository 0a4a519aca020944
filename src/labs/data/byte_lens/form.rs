//! The record's form. What cannot be a field's value changes nothing.

use crate::{components::controls::Choice, labs::shared::alternative};
use leptos::{ev, prelude::*};
use protocol::lens::{Field, LensInput, Side, Word};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The record, field by field, and which of them is read.
#[component]
pub(super) fn RecordForm(
    /// The record.
    input: RwSignal<LensInput>,
) -> impl IntoView {
    let sides = Side::ALL.map(|side| alternative(side.slug(), side.slug())).to_vec();
    let choose_side = move |slug: String| {
        if let Some(side) = Side::ALL.into_iter().find(|side| side.slug() == slug) {
            input.update(|input| input.record.side = side);
        }
    };
    let fields = Field::ALL.map(|field| alternative(field.slug(), field.slug())).to_vec();
    let choose_field = move |slug: String| {
        if let Some(field) = Field::ALL.into_iter().find(|field| field.slug() == slug) {
            input.update(|input| input.field = field);
        }
    };
    let id = number("id (32 bits)", "id", Signal::derive(move || input.get().record.id.into()), move |id| {
        input.update(|input| input.record.id = u32::try_from(id).unwrap_or(input.record.id));
    });
    let price = number("price (64 bits)", "price", Signal::derive(move || input.get().record.price), move |price| {
        input.update(|input| input.record.price = price);
    });
    let symbol =
        text("symbol (text)", "symbol", Signal::derive(move || input.get().record.symbol.as_str().to_owned()), move |text| {
            input.update(|input| input.record.symbol = Word::new(&text));
        });
    let note = text(
        "note (optional: empty is none)",
        "note",
        Signal::derive(move || input.get().record.note.as_str().to_owned()),
        move |text| {
            input.update(|input| input.record.note = Word::new(&text));
        },
    );
    let fills = text("fills (at most three numbers)", "fills", Signal::derive(move || fills_text(&input.get())), move |text| {
        if let Some(fills) = fills_of(&text) {
            input.update(|input| input.record.fills = fills);
        }
    });
    view! {
        {id}
        <Choice label="side (enum)" name="side" options=Signal::stored(sides) value=Signal::derive(move || input.get().record.side.slug().to_owned()) on_choose=choose_side/>
        {price}{symbol}{note}{fills}
        <Choice label="Field to read" name="field" options=Signal::stored(fields) value=Signal::derive(move || input.get().field.slug().to_owned()) on_choose=choose_field/>
    }
}

fn fills_text(input: &LensInput) -> String {
    input.record.fills.iter().flatten().map(u16::to_string).collect::<Vec<_>>().join(" ")
}

/// Numbers of 16 bits between spaces or commas, at most three.
fn fills_of(text: &str) -> Option<[Option<u16>; 3]> {
    let mut fills = [None; 3];
    let parts = text.split([' ', ',']).filter(|part| !part.is_empty());
    for (at, part) in parts.enumerate() {
        *fills.get_mut(at)? = Some(part.parse().ok()?);
    }
    Some(fills)
}

fn typed(event: &ev::Event) -> Option<String> {
    Some(event.target()?.dyn_into::<HtmlInputElement>().ok()?.value())
}

/// A whole number. What is none, or too large, changes nothing.
pub(super) fn number(label: &'static str, name: &'static str, value: Signal<u64>, set: impl Fn(u64) + 'static) -> AnyView {
    let input = move |event: ev::Event| {
        if let Some(number) = typed(&event).and_then(|text| text.parse().ok()) {
            set(number);
        }
    };
    view! {
        <label class="choice"><span>{label}</span>
            <input type="number" name=name min="0" step="1" prop:value=move || value.get().to_string() value=value.get_untracked().to_string() on:input=input/>
        </label>
    }
    .into_any()
}

fn text(label: &'static str, name: &'static str, value: Signal<String>, set: impl Fn(String) + 'static) -> AnyView {
    let input = move |event: ev::Event| {
        if let Some(text) = typed(&event) {
            set(text);
        }
    };
    view! {
        <label class="choice"><span>{label}</span>
            <input type="text" name=name maxlength=Word::MOST.to_string() autocomplete="off" prop:value=value value=value.get_untracked() on:change=input/>
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_are_numbers_that_fit_and_no_more_than_there_is_room_for() {
        assert_eq!(fills_of("1, 2 3"), Some([Some(1), Some(2), Some(3)]));
        assert_eq!(fills_of(""), Some([None; 3]));
        for text in ["1 2 3 4", "70000", "-1", "x"] {
            assert_eq!(fills_of(text), None, "{text}");
        }
    }
}
