//! The embeds: a page of its own for every lab and for each of its presets, with the oEmbed document that hosts ask for.
//!
//! The one list is [`all`]: routes, registry, cards and oEmbed documents all walk it.

use crate::cards::{self, Card};
use crate::public::PublicUrl;
use crate::routes::Route;
use anyhow::{Context, Result};
use budget::Preset;
use protocol::{DataInput, LabId, LabInput, LabPreset};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The document that hosts ask for, beside each embed's page.
pub const OEMBED: &str = "oembed.json";

/// How wide a frame is where the host does not say, in CSS pixels.
const WIDTH: u32 = 720;

/// For how long a host may keep an oEmbed document, in seconds: a day.
const CACHE_AGE: u32 = 86_400;

/// What a frame may do: new tabs for "open the full lab", and nothing of its host.
const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/// What a frame is lent: copying a result or a link, and the whole screen.
const ALLOW: &str = "clipboard-write; fullscreen";

/// A lab in a frame, as it starts or with one of its presets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Embed {
    /// The lab.
    pub lab: LabId,
    /// What it starts with, if not with its own default.
    pub preset: Option<LabPreset>,
}

/// Every embed: for each listed lab its own start, then its presets.
pub fn all() -> Vec<Embed> {
    let labs = LabId::ALL.into_iter().filter(|lab| lab.is_listed());
    let embeds = labs.flat_map(|lab| {
        let presets = presets(lab).into_iter().map(move |preset| Embed { lab, preset: Some(preset) });
        std::iter::once(Embed { lab, preset: None }).chain(presets)
    });
    embeds.collect()
}

/// A lab's presets. The latency budget's are whole requests, which `protocol` does not know.
fn presets(lab: LabId) -> Vec<LabPreset> {
    match lab {
        LabId::LatencyBudget => Preset::ALL
            .map(|preset| LabPreset {
                slug: preset.slug(),
                title: preset.label(),
                input: LabInput::LatencyBudget(DataInput::default()),
            })
            .into(),
        LabId::Serialization
        | LabId::ByteLens
        | LabId::Evolution
        | LabId::Columns
        | LabId::Packets
        | LabId::Arena
        | LabId::Allocators
        | LabId::Clones
        | LabId::InteriorMutability
        | LabId::Layout
        | LabId::Lifetimes
        | LabId::Pin
        | LabId::SelfTest => lab.presets(),
    }
}

impl Embed {
    /// The page's folder, from the site's root: `embed/arena/`, `embed/arena/nodes-10000/`.
    pub fn path(&self) -> String {
        match self.preset {
            None => format!("embed/{}/", self.lab.slug()),
            Some(preset) => format!("embed/{}/{}/", self.lab.slug(), preset.slug),
        }
    }

    /// The frame's title: the lab, and the preset where there is one.
    pub fn title(&self) -> String {
        match self.preset {
            None => self.lab.title().to_owned(),
            Some(preset) => format!("{}: {}", self.lab.title(), preset.title),
        }
    }

    /// The page's route.
    pub fn route(&self) -> Route {
        Route::of_embed(self)
    }

    /// The oEmbed document's path, from the site's root.
    pub fn oembed(&self) -> String {
        format!("{}{OEMBED}", self.path())
    }

    fn frame(&self) -> Frame {
        Frame { path: self.path(), title: self.title(), height: self.lab.frame_heights().full.into() }
    }

    /// The embed as the registry lists it.
    pub fn entry(&self, card: Option<&Card>) -> Value {
        json!({
            "lab": self.lab.slug(),
            "preset": self.preset.map(|preset| preset.slug),
            "title": self.title(),
            "path": format!("/{}", self.path()),
            "oembed": self.oembed(),
            "card": card.map(|card| &card.path),
        })
    }
}

/// A page that is made to stand in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The page's folder, from the site's root.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// How high it is at [`WIDTH`], in CSS pixels.
    pub height: u32,
}

impl Frame {
    /// What an author pastes.
    fn iframe(&self, public: &PublicUrl) -> String {
        let source = cards::escaped(&format!("{}?v=1", public.address(&self.path)));
        let title = cards::escaped(&format!("{} · Ferroscope", self.title));
        let height = self.height;
        format!(
            "<iframe src=\"{source}\" title=\"{title}\" width=\"{WIDTH}\" height=\"{height}\" loading=\"lazy\" \
             sandbox=\"{SANDBOX}\" allow=\"{ALLOW}\" style=\"border:0;width:100%;max-width:{WIDTH}px\"></iframe>"
        )
    }

    /// The oEmbed 1.0 document: a rich embed, <https://oembed.com/>.
    pub fn document(&self, card: Option<&Card>, public: &PublicUrl) -> Value {
        let mut document = json!({
            "version": "1.0",
            "type": "rich",
            "title": format!("{} · Ferroscope", self.title),
            "provider_name": "Ferroscope",
            "provider_url": public.address(""),
            "cache_age": CACHE_AGE,
            "html": self.iframe(public),
            "width": WIDTH,
            "height": self.height,
        });
        // The three come together or not at all, says the specification.
        if let Some(card) = card {
            document["thumbnail_url"] = public.address(&card.path).into();
            document["thumbnail_width"] = cards::WIDTH.into();
            document["thumbnail_height"] = cards::HEIGHT.into();
        }
        document
    }
}

/// Writes every embed's oEmbed document into a site whose pages stand already.
///
/// # Errors
/// A file cannot be written.
pub fn write_into(site: &Path, cards: &cards::Cards, public: &PublicUrl) -> Result<()> {
    for embed in all() {
        let path = site.join(embed.oembed());
        let text = serde_json::to_string_pretty(&embed.frame().document(cards.of(&embed.route()), public))?;
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Every embed as the registry lists it.
pub fn entries(cards: &cards::Cards) -> Vec<Value> {
    all().iter().map(|embed| embed.entry(cards.of(&embed.route()))).collect()
}

#[cfg(test)]
#[path = "embeds_tests.rs"]
mod tests;
