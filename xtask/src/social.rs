//! What a page tells those who show a link to it: Open Graph, Twitter's card, and the way to an embed's oEmbed document.

use crate::cards::{Card, HEIGHT, WIDTH, escaped};
use crate::public::PublicUrl;
use crate::routes::{Route, Subject};
use std::fmt::Write as _;

/// The elements for a page's head. Addresses are full where the public one is known, else relative to the page.
pub fn tags(route: &Route, card: Option<&Card>, public: &PublicUrl) -> String {
    let root = route.root();
    let address = |path: &str| escaped(&public.absolute(path).unwrap_or_else(|| format!("{root}{path}")));
    let title = escaped(&route.full_title());
    let page = public.absolute(&route.path).unwrap_or_else(|| "./".to_owned());
    let mut tags = format!(
        "<meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{}\">\
         <meta property=\"og:type\" content=\"website\"><meta property=\"og:site_name\" content=\"Ferroscope\">\
         <meta property=\"og:url\" content=\"{}\">",
        escaped(&route.description),
        escaped(&page),
    );
    if let Some(address) = public.absolute(&route.path) {
        // Writing to a string cannot fail.
        let _ = write!(tags, "<link rel=\"canonical\" href=\"{}\">", escaped(&address));
    }
    let _ = match card {
        Some(card) => write!(
            tags,
            "<meta property=\"og:image\" content=\"{}\"><meta property=\"og:image:type\" content=\"image/png\">\
             <meta property=\"og:image:width\" content=\"{WIDTH}\"><meta property=\"og:image:height\" content=\"{HEIGHT}\">\
             <meta property=\"og:image:alt\" content=\"{}\"><meta name=\"twitter:card\" content=\"summary_large_image\">",
            address(&card.path),
            escaped(&card.alt),
        ),
        None => write!(tags, "<meta name=\"twitter:card\" content=\"summary\">"),
    };
    let document = match &route.subject {
        Subject::Embed(embed) => Some(embed.oembed()),
        Subject::Claim(claim) => Some(claim.oembed()),
        Subject::Text | Subject::Lab(_) => None,
    };
    if let Some(document) = document {
        let _ = write!(
            tags,
            "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}\" title=\"{title}\">",
            address(&document)
        );
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embeds;
    use protocol::LabId;

    fn card() -> Card {
        Card { path: "cards/arena-1.png".to_owned(), alt: "Bars & \"numbers\"".to_owned() }
    }

    #[test]
    fn a_known_public_address_makes_every_address_full() {
        let embed = embeds::all()[0];
        let tags = tags(&embed.route(), Some(&card()), &PublicUrl::of("https://example.org/f").unwrap());
        for wanted in [
            "og:url\" content=\"https://example.org/f/embed/latency-budget/\"",
            "<link rel=\"canonical\" href=\"https://example.org/f/embed/latency-budget/\">",
            "og:image\" content=\"https://example.org/f/cards/arena-1.png\"",
            "href=\"https://example.org/f/embed/latency-budget/oembed.json\"",
            "og:image:width\" content=\"1200\"",
            "og:image:height\" content=\"630\"",
            "og:image:alt\" content=\"Bars &amp; &quot;numbers&quot;\"",
            "twitter:card\" content=\"summary_large_image\"",
        ] {
            assert!(tags.contains(wanted), "{wanted} in {tags}");
        }
    }

    #[test]
    fn without_one_addresses_lead_from_the_page_itself() {
        let embed = embeds::all().into_iter().find(|embed| embed.preset.is_some()).unwrap();
        let tags = tags(&embed.route(), Some(&card()), &PublicUrl::default());
        assert!(tags.contains("og:image\" content=\"../../../cards/arena-1.png\""), "{tags}");
        assert!(tags.contains(&format!("href=\"../../../{}\"", embed.oembed())), "{tags}");
        assert!(tags.contains("og:url\" content=\"./\"") && !tags.contains("canonical"), "{tags}");
    }

    #[test]
    fn only_an_embed_has_an_oembed_document_and_no_card_means_no_picture() {
        let mut route = Route::new("labs/arena/", "A <b>", "\"x\" & y");
        route.subject = Subject::Lab(LabId::Arena);
        let tags = tags(&route, None, &PublicUrl::default());
        assert!(!tags.contains("oembed") && !tags.contains("og:image"));
        assert!(tags.contains("A &lt;b&gt; · Ferroscope") && tags.contains("&quot;x&quot; &amp; y"), "{tags}");
    }
}
