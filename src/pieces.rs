//! Where the page's Wasm is cut: each function here begins a piece of its own, fetched when it is first called. `xtask/src/split.rs` does the
//! cutting; natively, and in Wasm that was not cut, they are plain functions. Nothing but calls stands here. Pieces are few: what two of
//! them share becomes a file of its own.

use crate::{
    app::Site,
    components::lazy::NotArrived,
    embed::frame::EmbedFrame,
    labs::{LabContext, data, memory, selftest},
    pages::{class, embed_builder::EmbedBuilder, guide::Guide},
    search::dialog,
    stage::{self, Entry},
};
use leptos::prelude::*;
use protocol::LabId;

/// A function that begins a piece, and, where a name is given for it, one that only fetches that piece. Without the feature `split` (natively, and in
/// tests in a browser, where nothing would resolve what a cut leaves open) the same functions, with nothing to fetch.
macro_rules! piece {
    ($piece:ident $(, $fetch:ident)?; fn $name:ident($($argument:ident: $type:ty),*) -> $output:ty $body:block) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($piece, fallible, wasm_split_path = leptos::wasm_split $(, preload($fetch))?)]
        #[allow(clippy::unnecessary_wraps, reason = "the error is that of the fetch, which the macro adds")]
        fn $name($($argument: $type),*) -> $output $body

        #[cfg(not(feature = "split"))]
        #[allow(clippy::unused_async, clippy::unnecessary_wraps, reason = "it stands in for one that fetches")]
        async fn $name($($argument: $type),*) -> $output $body

        $(
            #[cfg(not(feature = "split"))]
            #[allow(clippy::unused_async, clippy::unnecessary_wraps, reason = "it stands in for one that fetches")]
            async fn $fetch() -> Result<(), NotArrived> {
                Ok(())
            }
        )?
    };
}

/// The view of a lab, from its pillar's piece.
///
/// # Errors
/// The piece did not arrive.
pub async fn lab(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
    match lab {
        LabId::LatencyBudget | LabId::Serialization | LabId::Columns | LabId::Packets => data_view(lab, context).await,
        LabId::ByteLens | LabId::Evolution => lens_view(lab, context).await,
        LabId::Lifetimes | LabId::Pin => memory_view(lab, context).await,
        LabId::Clones | LabId::InteriorMutability | LabId::Layout => values_view(lab, context).await,
        LabId::Arena | LabId::Allocators => heap_view(lab, context).await,
        LabId::SelfTest => selftest_view().await,
    }
}

/// Fetches the piece with a lab's view, so that it can be drawn at once.
///
/// # Errors
/// It did not arrive.
pub async fn fetch_lab(lab: LabId) -> Result<(), NotArrived> {
    match lab {
        LabId::LatencyBudget | LabId::Serialization | LabId::Columns | LabId::Packets => fetch_data_view().await,
        LabId::ByteLens | LabId::Evolution => fetch_lens_view().await,
        LabId::Lifetimes | LabId::Pin => fetch_memory_view().await,
        LabId::Clones | LabId::InteriorMutability | LabId::Layout => fetch_values_view().await,
        LabId::Arena | LabId::Allocators => fetch_heap_view().await,
        LabId::SelfTest => fetch_selftest_view().await,
    }
}

piece! {
    data, fetch_data_view;
    fn data_view(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
        Ok(match lab {
            LabId::LatencyBudget => view! { <data::latency_budget::LatencyBudget context/> }.into_any(),
            LabId::Columns => view! { <data::columns::Columns context/> }.into_any(),
            LabId::Packets => view! { <data::packets::Packets context/> }.into_any(),
            _ => view! { <data::serialization::Serialization context/> }.into_any(),
        })
    }
}

// Not in the piece of the data pillar's other labs: the first lesson needs those, and none of this.
piece! {
    lens, fetch_lens_view;
    fn lens_view(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
        Ok(match lab {
            LabId::ByteLens => view! { <data::byte_lens::ByteLens context/> }.into_any(),
            _ => view! { <data::evolution::Evolution context/> }.into_any(),
        })
    }
}

piece! {
    memory, fetch_memory_view;
    fn memory_view(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
        Ok(match lab {
            LabId::Lifetimes => view! { <memory::lifetimes::Lifetimes context/> }.into_any(),
            _ => view! { <memory::pinned::Pin context/> }.into_any(),
        })
    }
}

// The first lesson has a lab of the piece above, and none of this.
piece! {
    values, fetch_values_view;
    fn values_view(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
        Ok(match lab {
            LabId::Clones => view! { <memory::clones::Clones context/> }.into_any(),
            LabId::InteriorMutability => view! { <memory::interior::InteriorMutability context/> }.into_any(),
            _ => view! { <memory::layout::Layout context/> }.into_any(),
        })
    }
}

// The labs with the memory view, which the first lesson does without.
piece! {
    heap, fetch_heap_view;
    fn heap_view(lab: LabId, context: LabContext) -> Result<AnyView, NotArrived> {
        Ok(match lab {
            LabId::Allocators => view! { <memory::allocators::Allocators context/> }.into_any(),
            _ => view! { <memory::arena::Arena context/> }.into_any(),
        })
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
    tools;
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
    guide;
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

/// A part of the guide.
///
/// # Errors
/// Its piece did not arrive.
pub async fn guide(guide: Guide) -> Result<AnyView, NotArrived> {
    guide_view(guide).await
}

/// Fetches the piece with the guide, so that any part of it can be drawn at once.
///
/// # Errors
/// It did not arrive.
pub async fn fetch_guide() -> Result<(), NotArrived> {
    fetch_guide_view().await
}

piece! {
    guide, fetch_guide_view;
    fn guide_view(guide: Guide) -> Result<AnyView, NotArrived> {
        Ok(guide.draw())
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
    guide;
    fn follow_assignment(site: Site, path: String, query: String) -> Result<(), NotArrived> {
        class::follow::follow(site, &path, &query);
        Ok(())
    }
}
