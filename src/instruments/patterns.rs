//! The hatchings of modelled stages, defined once a page: every drawing refers to them by id.

use leptos::prelude::*;

/// The definitions. They take no room and are drawn nowhere by themselves.
#[component]
pub fn Patterns() -> impl IntoView {
    // A stage keeps its hatching on every page; `reading` and `idle` are the pies' own.
    let patterns = [
        ("network", "M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6", "hatch"),
        ("logic", "M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2", "hatch"),
        ("database", "M0 2 L8 2 M0 6 L8 6", "hatch"),
        ("disk", "M2 0 L2 8 M6 0 L6 8", "hatch"),
        ("tick", "M0 8 L8 0", "hatch"),
        ("simulation", "M0 0 L8 8 M0 8 L8 0", "hatch"),
        ("reading", "M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6", "hatch dense"),
        ("idle", "M4 4 L4.01 4", "hatch dense"),
    ];
    let patterns = patterns.map(|(id, path, class)| {
        view! { <pattern id=format!("stage-{id}") width="8" height="8" patternUnits="userSpaceOnUse"><path d=path class=class/></pattern> }
    });
    view! { <svg class="visually-hidden" width="0" height="0" aria-hidden="true" focusable="false"><defs>{patterns}</defs></svg> }
}
