//! Where the page's Wasm is cut: each function here begins a piece of its own, fetched when it is first called. `xtask/src/split.rs` does the
//! cutting; natively, and in Wasm that was not cut, they are plain functions. Nothing but calls stands here. Pieces are few: what two of
//! them share becomes a file of its own.

use crate::{
    app::Site,
    components::lazy::NotArrived,
    embed::{claim::ClaimFrame, frame::EmbedFrame},
    labs::{LabContext, data, memory, selftest},
    pages::{audit, class, embed_builder::EmbedBuilder, glossary, path, pillar::PillarGuide, progress, start},
    search::dialog,
    stage::{self, Entry},
};
use leptos::prelude::*;
use protocol::{LabId, Page, Pillar};

/// A function that begins a piece, and one that only fetches that piece. Without the feature `split` (natively, and in tests in a browser,
/// where nothing would resolve what a cut leaves open) the same functions, with nothing to fetch.
macro_rules! piece {
    ($piece:ident, $fetch:ident; fn $name:ident($($argument:ident: $type:ty),*) -> $output:ty $body:block) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($piece, fallible, wasm_split_path = leptos::wasm_split, preload(
            #[allow(dead_code, reason = "not every piece is fetched before it is called")] $fetch
        ))]
        #[allow(clippy::unnecessary_wraps, reason = "the error is that of the fetch, which the macro adds")]
        fn $name($($argument: $type),*) -> $output $body

        #[cfg(not(feature = "split"))]
        #[allow(clippy::unused_async, clippy::unnecessary_wraps, reason = "it stands in for one that fetches")]
        async fn $name($($argument: $type),*) -> $output $body

        #[cfg(not(feature = "split"))]
        #[allow(dead_code, clippy::unused_async, clippy::unnecessary_wraps, reason = "it stands in for one that fetches")]
        async fn $fetch() -> Result<(), NotArrived> {
            Ok(())
        }
    };
}

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

piece! {
    data, fetch_data_view;
    fn data_view(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
        Ok(match lab {
            LabId::LatencyBudget => view! { <data::latency_budget::LatencyBudget context/> }.into_any(),
            _ => view! { <data::serialization::Serialization context/> }.into_any(),
        })
    }
}

piece! {
    memory, fetch_memory_view;
    fn memory_view(context: LabContext) -> Result<AnyView, NotArrived> {
        Ok(view! { <memory::arena::Arena context/> }.into_any())
    }
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

piece! {
    embed, fetch_embed_view;
    fn embed_view(lab: LabId, preset: Option<String>) -> Result<AnyView, NotArrived> {
        Ok(view! { <EmbedFrame lab preset/> }.into_any())
    }
}

/// A claim of the audit in somebody else's page, by its id. Its piece is that of the audit's page, [`Page::Audit`].
///
/// # Errors
/// The piece did not arrive.
pub async fn claim(id: String) -> Result<AnyView, NotArrived> {
    audit_view(Some(id)).await
}

/// The embed builder.
///
/// # Errors
/// The piece did not arrive.
pub async fn embed_builder() -> Result<AnyView, NotArrived> {
    builder_view().await
}

/// Fetches the piece with the embed builder, so that it can be drawn at once.
///
/// # Errors
/// It did not arrive.
pub async fn fetch_embed_builder() -> Result<(), NotArrived> {
    fetch_builder_view().await
}

piece! {
    tools, fetch_builder_view;
    fn builder_view() -> Result<AnyView, NotArrived> {
        Ok(view! { <EmbedBuilder/> }.into_any())
    }
}

/// Puts the stage, or the speaker's window, over the page.
///
/// # Errors
/// The piece did not arrive.
pub async fn stage(entry: Entry, site: Site) -> Result<(), NotArrived> {
    start_stage(entry, site).await
}

piece! {
    tools, fetch_stage;
    fn start_stage(entry: Entry, site: Site) -> Result<(), NotArrived> {
        stage::start(entry, site);
        Ok(())
    }
}

/// Opens the search.
///
/// # Errors
/// The piece did not arrive.
pub async fn search(site: Site) -> Result<(), NotArrived> {
    open_search(site).await
}

piece! {
    guide, fetch_search;
    fn open_search(site: Site) -> Result<(), NotArrived> {
        dialog::open(site);
        Ok(())
    }
}

piece! {
    tools, fetch_selftest_view;
    fn selftest_view() -> Result<AnyView, NotArrived> {
        Ok(view! { <selftest::SelfTest/> }.into_any())
    }
}

/// A page of [`Page::ALL`].
///
/// # Errors
/// Its piece did not arrive.
pub async fn page(page: Page) -> Result<AnyView, NotArrived> {
    match page {
        Page::Path | Page::Start | Page::Progress | Page::Glossary => guide_view(page).await,
        Page::Audit => audit_view(None).await,
        Page::Class => class_view().await,
    }
}

/// Fetches the piece with a page, so that it can be drawn at once.
///
/// # Errors
/// It did not arrive.
pub async fn fetch_page(page: Page) -> Result<(), NotArrived> {
    match page {
        Page::Path | Page::Start | Page::Progress | Page::Glossary => fetch_guide_view().await,
        Page::Audit => fetch_audit_view().await,
        Page::Class => fetch_class_view().await,
    }
}

piece! {
    guide, fetch_guide_view;
    fn guide_view(page: Page) -> Result<AnyView, NotArrived> {
        Ok(match page {
            Page::Start => view! { <start::Start/> }.into_any(),
            Page::Progress => view! { <progress::Progress/> }.into_any(),
            Page::Glossary => view! { <glossary::Glossary/> }.into_any(),
            _ => view! { <path::Path/> }.into_any(),
        })
    }
}

/// A pillar's page.
///
/// # Errors
/// Its piece did not arrive.
pub async fn pillar(pillar: Pillar) -> Result<AnyView, NotArrived> {
    pillar_view(pillar).await
}

piece! {
    guide, fetch_pillar_view;
    fn pillar_view(pillar: Pillar) -> Result<AnyView, NotArrived> {
        Ok(view! { <PillarGuide pillar/> }.into_any())
    }
}

/// Fetches the piece with the pillars' pages, so that one can be drawn at once.
///
/// # Errors
/// It did not arrive.
pub async fn fetch_pillar() -> Result<(), NotArrived> {
    fetch_pillar_view().await
}

piece! {
    guide, fetch_audit_view;
    fn audit_view(claim: Option<String>) -> Result<AnyView, NotArrived> {
        Ok(match claim {
            None => view! { <audit::Audit/> }.into_any(),
            Some(id) => view! { <ClaimFrame id/> }.into_any(),
        })
    }
}

/// Leads through the assignment that a query names, or that is open already.
///
/// # Errors
/// The piece did not arrive.
pub async fn assignment(site: Site, path: String, query: String) -> Result<(), NotArrived> {
    follow_assignment(site, path, query).await
}

piece! {
    guide, fetch_assignment;
    fn follow_assignment(site: Site, path: String, query: String) -> Result<(), NotArrived> {
        class::follow::follow(site, &path, &query);
        Ok(())
    }
}

piece! {
    guide, fetch_class_view;
    fn class_view() -> Result<AnyView, NotArrived> {
        Ok(view! { <class::Class/> }.into_any())
    }
}
