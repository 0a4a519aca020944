//! Where the page's Wasm is cut: each function here begins a piece of its own, fetched when it is first called. `xtask/src/split.rs` does the
//! cutting; natively, and in Wasm that was not cut, they are plain functions. Nothing but calls stands here.

#![allow(clippy::unnecessary_wraps, reason = "the error is that of the fetch, which the macro adds")]

use crate::{
    app::Site,
    components::lazy::NotArrived,
    embed::frame::EmbedFrame,
    labs::{LabContext, data, memory, selftest},
    stage::{self, Entry},
};
use leptos::{prelude::*, wasm_split::wasm_split};
use protocol::LabId;

/// The view of a lab, from its pillar's piece.
///
/// # Errors
/// The piece did not arrive.
pub async fn lab(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
    match lab {
        LabId::LatencyBudget | LabId::Serialization => data_view(lab, context).await,
        LabId::Arena => memory_view(context).await,
        LabId::SelfTest => selftest_view().await,
    }
}

/// Fetches the piece with a lab's view, so that it can be drawn at once.
///
/// # Errors
/// It did not arrive.
pub async fn fetch_lab(lab: LabId) -> Result<(), NotArrived> {
    match lab {
        LabId::LatencyBudget | LabId::Serialization => fetch_data_view().await,
        LabId::Arena => fetch_memory_view().await,
        LabId::SelfTest => fetch_selftest_view().await,
    }
}

#[wasm_split(data, fallible, wasm_split_path = leptos::wasm_split, preload(fetch_data_view))]
fn data_view(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
    Ok(match lab {
        LabId::LatencyBudget => view! { <data::latency_budget::LatencyBudget context/> }.into_any(),
        _ => view! { <data::serialization::Serialization context/> }.into_any(),
    })
}

#[wasm_split(memory, fallible, wasm_split_path = leptos::wasm_split, preload(fetch_memory_view))]
fn memory_view(context: LabContext) -> Result<AnyView, NotArrived> {
    Ok(view! { <memory::arena::Arena context/> }.into_any())
}

/// A lab in somebody else's page.
///
/// # Errors
/// The piece did not arrive.
pub async fn embed(lab: LabId, preset: Option<String>) -> Result<AnyView, NotArrived> {
    embed_view(lab, preset).await
}

/// Fetches the piece with what surrounds a lab in a frame.
///
/// # Errors
/// It did not arrive.
pub async fn fetch_embed() -> Result<(), NotArrived> {
    fetch_embed_view().await
}

#[wasm_split(embed, fallible, wasm_split_path = leptos::wasm_split, preload(fetch_embed_view))]
fn embed_view(lab: LabId, preset: Option<String>) -> Result<AnyView, NotArrived> {
    Ok(view! { <EmbedFrame lab preset/> }.into_any())
}

/// Puts the stage, or the speaker's window, over the page.
///
/// # Errors
/// The piece did not arrive.
pub async fn stage(entry: Entry, site: Site) -> Result<(), NotArrived> {
    start_stage(entry, site).await
}

#[wasm_split(stage, fallible, wasm_split_path = leptos::wasm_split)]
fn start_stage(entry: Entry, site: Site) -> Result<(), NotArrived> {
    stage::start(entry, site);
    Ok(())
}

#[wasm_split(selftest, fallible, wasm_split_path = leptos::wasm_split, preload(fetch_selftest_view))]
fn selftest_view() -> Result<AnyView, NotArrived> {
    Ok(view! { <selftest::SelfTest/> }.into_any())
}
