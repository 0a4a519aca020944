//! A lab's result as a picture, from a link and the recorded runs alone: for cards made at build time, and for the embed builder.
//!
//! It must show what the lab itself would show of that link, and must never touch the browser.

use super::{data, memory};
use crate::{
    components::provenance::Provenance,
    embed::picture::{PictureData, Place},
    state::permalink::Permalink,
};
use protocol::{LabId, Recording};

/// The keys under which a link says on what, and when, the result that it carries was measured.
const BROWSER: &str = "r.on";
const DATE: &str = "r.date";

/// The picture of what a lab shows for a link: the result that the link carries, else the recorded run of its input; none where there is
/// neither. `site` is the site's address as one would print it.
#[must_use]
pub fn picture_of(lab: LabId, link: &Permalink, recorded: &[Recording], site: &str) -> Option<PictureData> {
    let picture = match lab {
        LabId::LatencyBudget => data::latency_budget::picture_of(link, recorded),
        LabId::Serialization => data::serialization::picture_of(link, recorded),
        LabId::Columns => data::columns::picture_of(link, recorded),
        LabId::Packets => data::packets::picture_of(link, recorded),
        LabId::ByteLens => data::byte_lens::picture_of(link, recorded),
        LabId::Evolution => data::evolution::picture_of(link, recorded),
        LabId::Arena => memory::arena::picture_of(link, recorded),
        LabId::Allocators => memory::allocators::picture_of(link, recorded),
        LabId::Clones => memory::clones::picture_of(link, recorded),
        LabId::Lifetimes => memory::lifetimes::picture_of(link, recorded),
        LabId::Pin => memory::pinned::picture_of(link, recorded),
        LabId::InteriorMutability => memory::interior::picture_of(link, recorded),
        LabId::Layout => memory::layout::picture_of(link, recorded),
        LabId::SelfTest => None,
    }?;
    let place = if picture.provenance == Provenance::Sent { place_of(link) } else { None };
    Some(PictureData { place: place.unwrap_or_default(), site: site.to_owned(), ..picture })
}

/// Says in a link where its result was measured.
pub fn put_place(link: &mut Permalink, place: &Place) {
    link.set(BROWSER, &*place.browser);
    link.set(DATE, &*place.date);
}

fn place_of(link: &Permalink) -> Option<Place> {
    // Whatever a link says is shown as text, but no novel.
    let short = |key: &str| link.get(key).map(|text| text.chars().take(60).collect::<String>());
    Some(Place { browser: short(BROWSER)?, date: short(DATE)? })
}

#[cfg(test)]
#[path = "pictures_tests.rs"]
mod tests;
