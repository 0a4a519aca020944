//! Where a figure comes from, as a badge beside it. A figure without one is a mistake.

use crate::markup::escaped;
use leptos::prelude::*;

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// Measured on this device.
    Live,
    /// Counted on this device: nothing was timed.
    Counted,
    /// Being measured on this device.
    Provisional,
    /// Measured on this device, for another input: the words say which.
    Stale(String),
    /// A recorded run: machine and date.
    Recorded(String),
    /// Brought by a link.
    Sent,
    /// Not measured at all.
    Modelled,
}

impl Provenance {
    const fn word(&self) -> &'static str {
        match self {
            Self::Live | Self::Counted => "LIVE",
            Self::Provisional => "LIVE, PROVISIONAL",
            Self::Stale(_) => "STALE",
            Self::Recorded(_) => "RECORDED",
            Self::Sent => "SENT",
            Self::Modelled => "MODELLED",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Live => "measured on this device".to_owned(),
            Self::Counted => "counted on this device".to_owned(),
            Self::Provisional => "settles as samples come in".to_owned(),
            Self::Stale(what) | Self::Recorded(what) => what.clone(),
            Self::Sent => "someone’s link brought it".to_owned(),
            Self::Modelled => "nothing measured yet".to_owned(),
        }
    }

    /// What the badge says, as HTML.
    #[must_use]
    pub fn words(&self) -> String {
        format!("<b>{}</b> <span>{}</span>", self.word(), escaped(&self.detail()))
    }

    const fn slug(&self) -> &'static str {
        match self {
            Self::Live | Self::Counted => "live",
            Self::Provisional => "provisional",
            Self::Stale(_) => "stale",
            Self::Recorded(_) => "recorded",
            Self::Sent => "sent",
            Self::Modelled => "modelled",
        }
    }
}

/// The badge.
#[component]
pub fn Badge(
    /// Where the figure comes from.
    provenance: Signal<Provenance>,
) -> impl IntoView {
    let class = Signal::derive(move || format!("badge is-{}", provenance.with(Provenance::slug)));
    let slug = Signal::derive(move || provenance.with(Provenance::slug).to_owned());
    let words = Signal::derive(move || provenance.with(Provenance::words));
    view! { <span class=class data-provenance=slug inner_html=words></span> }
}
