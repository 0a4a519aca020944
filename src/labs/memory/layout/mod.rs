//! The layout lab: readings as rows and as columns, timed; below, the catalogue of types, which is asked for and never measured.

mod catalogue;
mod draw;
mod state;

pub(super) use draw::picture as bytes_drawn;

use super::super::{
    LabContext,
    results::{Results, times_as_fast},
    shared::{alternative, grouped},
    times_lab::{Parts, TimesLab},
};
use crate::{components::controls::Choice, embed::picture::PictureData, state::permalink::Permalink};
use leptos::prelude::*;
use protocol::{Access, Contender, FactKind, LabId, LabInput, LayoutInput, Phase, Recording};
use units::Bytes;

const LAB: TimesLab = TimesLab {
    lab: LabId::Layout,
    contenders: LabId::Layout.contenders(),
    takes_part: |_| LabId::Layout.contenders().to_vec(),
    axis: "time for one answer, from 0",
    facts: &[(FactKind::PeakBytes, "bytes of memory"), (FactKind::TouchedBytes, "bytes in touched cache lines")],
    per: |_| 1.0,
    words: |input| {
        let LayoutInput { items, access } = layout_input(input);
        format!("{} readings of seven fields: {}", grouped(items), access.label())
    },
    finding,
    remark,
    small_print: "Measured in your browser’s Wasm, not on a server. The same values in all three; a cache line is taken as 64 bytes.",
    illustration: |_| String::new(),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), LayoutInput::default(), layout_input(input));
        link.set_unless("items", now.items, start.items, u32::to_string);
        link.set_unless("access", now.access, start.access, |access| access.slug().to_owned());
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Layout(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Layout(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let counts = LayoutInput::ITEMS.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let accesses = Access::ALL.map(|access| alternative(access.slug(), access.label())).to_vec();
    let choose_count = move |text: String| input.update(|input| input.items = text.parse().unwrap_or(input.items));
    let choose_access = move |slug: String| {
        if let Some(access) = Access::from_slug(&slug) {
            input.update(|input| input.access = access);
        }
    };
    let choices = view! {
        <Choice label="Readings" name="items" options=Signal::stored(counts) value=Signal::derive(move || input.get().items.to_string())
            on_choose=choose_count/>
        <Choice label="Read" name="access" options=Signal::stored(accesses) value=Signal::derive(move || input.get().access.slug().to_owned())
            on_choose=choose_access/>
    };
    let now = Signal::derive(move || LabInput::Layout(input.get()));
    let shelf = catalogue::Shelf::of_link(&link);
    let parts = Parts { beside: shelf.link(), ..Parts::plain(LAB, choices.into_any()) };
    let lab = LAB.view(&context, (&link, link_error), now, parts, move |link| {
        input.set(input_of(&link));
        shelf.open(&link);
    });
    view! {
        {lab}
        {catalogue::view(shelf)}
    }
}

fn layout_input(input: LabInput) -> LayoutInput {
    match input {
        LabInput::Layout(input) => input,
        // This lab makes no other input.
        _ => LayoutInput::default(),
    }
}

/// The input that a link stands for: one of the offered counts, else the default.
fn input_of(link: &Permalink) -> LayoutInput {
    let start = LayoutInput::default();
    let items = link.get("items").and_then(|text| text.parse().ok()).filter(|count| LayoutInput::ITEMS.contains(count));
    LayoutInput {
        items: items.unwrap_or(start.items),
        access: link.get("access").and_then(Access::from_slug).unwrap_or(start.access),
    }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: the same readings are read as rows with gaps, as rows without, and as columns.".to_owned();
    };
    let of = |contender| results.ratio(contender, Phase::Whole);
    let (Some(sorted), Some(columns)) = (of(Contender::RowsAsSorted), of(Contender::StructOfArrays)) else {
        return "Measuring.".to_owned();
    };
    format!("Against rows with their gaps: rows sorted by Rust {}; columns {}.", times_as_fast(sorted), times_as_fast(columns))
}

/// What was counted.
fn remark(results: &Results) -> Option<String> {
    let touched = |contender| results.fact(contender, FactKind::TouchedBytes).map(Bytes);
    Some(format!(
        "Cache lines touched for one answer: {} by rows as written, {} by sorted rows, {} by columns.",
        touched(Contender::RowsAsWritten)?,
        touched(Contender::RowsAsSorted)?,
        touched(Contender::StructOfArrays)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_what_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("items", "12345");
        link.set("access", "scattered");
        assert_eq!(input_of(&link), LayoutInput { items: 100_000, access: Access::Scattered });
        let input = LabInput::Layout(LayoutInput { items: 1_000, access: Access::EveryField });
        assert_eq!(LabInput::Layout(input_of(&(LAB.link)(input))), input);
    }
}
