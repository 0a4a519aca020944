//! One view a lab, in its pillar's folder. The page reaches a lab's view through [`LabView`] alone.

pub mod backstage;
pub mod compared;
pub mod data;
mod foretold;
pub mod memory;
mod pictures;
pub mod port;
pub mod recordings;
mod results;
pub mod selftest;
mod sent;
mod shared;
mod times_lab;

pub use pictures::{picture_of, put_place};
pub use shared::{LinkRoot, grouped};

use crate::{
    components::{later::turn, lazy::lazy},
    pieces,
    state::{
        address,
        permalink::{Permalink, PermalinkError},
    },
};
use leptos::prelude::*;
use protocol::LabId;

/// Where a lab is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabContext {
    /// On its own page: its state is the address'.
    Page,
    /// In a lesson, which says what it starts with.
    Lesson(Permalink),
    /// In somebody else's page; what it starts with, and what was wrong with the link if it could not be read.
    Embed(Permalink, Option<PermalinkError>),
}

impl LabContext {
    /// What the lab starts with, and what was wrong with the link if it could not be read.
    fn start(&self) -> (Permalink, Option<PermalinkError>) {
        match self {
            Self::Lesson(link) => (link.clone(), None),
            Self::Embed(link, error) => (link.clone(), *error),
            Self::Page => Permalink::of_fragment(&address::fragment())
                .map_or_else(|error| (Permalink::default(), Some(error)), |link| (link, None)),
        }
    }
}

/// The view of a lab. It is fetched on need, with those of its pillar.
#[component]
pub fn LabView(
    /// Which.
    lab: LabId,
    /// Where.
    context: LabContext,
) -> impl IntoView {
    lazy(move || {
        let context = context.clone();
        async move {
            turn().await;
            pieces::lab(lab, context).await
        }
    })
}
