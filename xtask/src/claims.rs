//! The audit's claims as pages of their own: one for each frame, with the oEmbed document that hosts ask for.

use crate::cards::Cards;
use crate::embeds::{self, Frame};
use crate::public::PublicUrl;
use crate::routes::Route;
use anyhow::{Context, Result};
use course::{Claim, Verdict};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// How high a claim's frame is before it has told its own height, in CSS pixels.
const HEIGHT: u32 = 480;

/// A claim, as far as addresses and cards are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimEntry {
    /// Its id.
    pub id: String,
    /// What is claimed.
    pub claim: String,
    /// What came out.
    pub verdict: Verdict,
}

impl ClaimEntry {
    /// The entry of a claim of the ledger.
    pub fn of(claim: &Claim) -> Self {
        Self { id: claim.id.clone(), claim: claim.claim.clone(), verdict: claim.verdict }
    }

    /// The frame's folder, from the site's root.
    pub fn path(&self) -> String {
        format!("embed/claim-{}/", self.id)
    }

    /// The page's title.
    pub fn title(&self) -> String {
        format!("Audited: {}", self.claim)
    }

    /// One sentence under the title.
    pub fn summary(&self) -> String {
        format!("Verdict: {}.", self.verdict.label())
    }

    /// The oEmbed document's path, from the site's root.
    pub fn oembed(&self) -> String {
        format!("{}{}", self.path(), embeds::OEMBED)
    }

    fn frame(&self) -> Frame {
        Frame { path: self.path(), title: self.title(), height: HEIGHT }
    }

    /// The claim as the registry lists it.
    pub fn entry(&self, cards: &Cards) -> Value {
        json!({
            "id": self.id,
            "title": self.title(),
            "verdict": self.verdict.slug(),
            "path": format!("/{}", self.path()),
            "oembed": self.oembed(),
            "card": cards.of(&Route::of_claim(self)).map(|card| &card.path),
        })
    }
}

/// Writes every claim's oEmbed document into a site whose pages stand already.
///
/// # Errors
/// A file cannot be written.
pub fn write_into(site: &Path, claims: &[ClaimEntry], cards: &Cards, public: &PublicUrl) -> Result<()> {
    for claim in claims {
        let path = site.join(claim.oembed());
        let text = serde_json::to_string_pretty(&claim.frame().document(cards.of(&Route::of_claim(claim)), public))?;
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes;

    pub(crate) fn claim() -> ClaimEntry {
        ClaimEntry { id: "no-leaks".to_owned(), claim: "Rust <never> leaks.".to_owned(), verdict: Verdict::Wrong }
    }

    #[test]
    fn a_claim_has_a_route_of_its_own_and_a_document_that_frames_it() {
        let claim = claim();
        let routes = routes::all(&[], std::slice::from_ref(&claim));
        assert!(routes.iter().any(|route| route.path == "embed/claim-no-leaks/" && route.description == "Verdict: wrong."));
        let document = claim.frame().document(None, &PublicUrl::of("https://example.org/f").unwrap());
        let html = document["html"].as_str().unwrap();
        assert!(html.starts_with("<iframe src=\"https://example.org/f/embed/claim-no-leaks/?v=1\""), "{html}");
        assert!(
            html.contains("title=\"Audited: Rust &lt;never&gt; leaks. · Ferroscope\"") && html.contains("sandbox="),
            "{html}"
        );
        assert_eq!(document["type"], "rich");
    }
}
