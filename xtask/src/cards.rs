//! The cards: the picture of 1200 by 630 that stands for a page where a link to it is shown.
//!
//! A lab's card shows its recorded run, with machine and date; a text's card shows its title and summary. A card must never show a figure that
//! no recording holds, nor need a font of the machine it is drawn on.

mod content;
mod raster;
mod svg;

use crate::bundles;
use crate::record;
use crate::routes::{Route, Subject};
use anyhow::{Context, Result};
use content::Content;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A card's width, in pixels: what Open Graph and Twitter show large.
pub const WIDTH: u32 = 1200;
/// A card's height, in pixels.
pub const HEIGHT: u32 = 630;
/// The folder, from the site's root.
pub const FOLDER: &str = "cards";

/// A card that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The file, from the site's root; its name holds its content's hash.
    pub path: String,
    /// What it shows, in words.
    pub alt: String,
}

/// The cards of a site, by the address of the page they stand for.
#[derive(Clone, Debug, Default)]
pub struct Cards(BTreeMap<String, Card>);

impl Cards {
    /// The card of a page.
    pub fn of(&self, route: &Route) -> Option<&Card> {
        self.0.get(&route.path)
    }
}

/// Draws the card of every route into a site. Routes that show the same share one file.
///
/// # Errors
/// A recording is damaged, a card cannot be drawn, or a file cannot be written.
pub fn draw_into(site: &Path, routes: &[Route]) -> Result<Cards> {
    let folder = site.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let pen = raster::Pen::new();
    let mut drawn: BTreeMap<String, Card> = BTreeMap::new();
    let mut cards = Cards::default();
    for route in routes {
        let content = of_route(route)?;
        let svg = svg::draw(&content);
        let card = if let Some(card) = drawn.get(&svg) {
            card.clone()
        } else {
            let png = pen.png(&svg).with_context(|| format!("drawing the card of /{}", route.path))?;
            let path = format!("{FOLDER}/{}-{:016x}.png", name(route), bundles::hash(&[&png]));
            fs::write(site.join(&path), png).with_context(|| format!("writing {path}"))?;
            let card = Card { path, alt: content.alt() };
            drawn.insert(svg, card.clone());
            card
        };
        cards.0.insert(route.path.clone(), card);
    }
    Ok(cards)
}

fn of_route(route: &Route) -> Result<Content> {
    let of_lab = |lab, preset| Ok(content::of_lab(lab, preset, &record::of_lab(lab)?));
    match &route.subject {
        Subject::Text => Ok(content::of_text(&route.title, &route.description)),
        Subject::Lab(lab) => of_lab(*lab, None),
        Subject::Embed(embed) => of_lab(embed.lab, embed.preset),
        Subject::Claim(claim) => Ok(content::of_text(&format!("“{}”", claim.claim), &claim.summary())),
    }
}

/// A file's name for people: the page's address with hyphens.
fn name(route: &Route) -> String {
    let name = route.path.trim_matches('/').replace('/', "-");
    if name.is_empty() { "home".to_owned() } else { name }
}

/// Text for an attribute or an element, of HTML and of SVG.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
#[path = "cards_tests.rs"]
mod tests;
