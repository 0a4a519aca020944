//! Every embed is addressed once, and its oEmbed document is what hosts expect.

use super::*;
use crate::routes;

fn card() -> Card {
    Card { path: "cards/x-1.png".to_owned(), alt: String::new() }
}

/// The value of an attribute in the frame's tag, entities undone.
fn attribute(html: &str, name: &str) -> String {
    let start = html.find(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name} in {html}")) + name.len() + 3;
    let end = start + html[start..].find('"').unwrap();
    html[start..end].replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn every_listed_lab_has_an_embed_of_its_own_and_one_a_preset() {
    let embeds = all();
    for lab in LabId::ALL {
        let own = embeds.iter().filter(|embed| embed.lab == lab).count();
        assert_eq!(own, if lab.is_listed() { 1 + presets(lab).len() } else { 0 }, "{lab:?}");
        assert!(!lab.is_listed() || presets(lab).len() >= 2, "{lab:?} has presets");
    }
    let mut paths: Vec<_> = embeds.iter().map(Embed::path).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), embeds.len());
    let routes = routes::all(&[], &[]);
    assert!(paths.iter().all(|path| routes.iter().any(|route| route.path == *path)), "every embed is a route");
}

#[test]
fn a_frame_is_sandboxed_titled_and_loaded_late() {
    let public = PublicUrl::of("https://example.org/f").unwrap();
    for embed in all() {
        let html = embed.frame().iframe(&public);
        assert!(html.starts_with("<iframe src=\"https://example.org/f/embed/") && html.ends_with("></iframe>"), "{html}");
        assert_eq!(attribute(&html, "src"), format!("https://example.org/f/{}?v=1", embed.path()));
        assert_eq!(attribute(&html, "sandbox"), "allow-scripts allow-popups allow-popups-to-escape-sandbox");
        assert_eq!(attribute(&html, "allow"), "clipboard-write; fullscreen");
        assert_eq!(attribute(&html, "loading"), "lazy");
        assert!(attribute(&html, "title").starts_with(embed.lab.title()));
    }
}

#[test]
fn a_document_holds_what_the_specification_asks_for() {
    let embed = all()[0];
    let document = embed.frame().document(Some(&card()), &PublicUrl::of("https://example.org").unwrap());
    let read: Value = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    assert_eq!((read["version"].as_str(), read["type"].as_str()), (Some("1.0"), Some("rich")));
    assert_eq!(read["thumbnail_url"], "https://example.org/cards/x-1.png");
    assert_eq!(read["provider_url"], "https://example.org/");
    for number in ["width", "height", "cache_age", "thumbnail_width", "thumbnail_height"] {
        assert!(read[number].as_u64().is_some_and(|number| number > 0), "{number}");
    }
    let bare = embed.frame().document(None, &PublicUrl::default());
    assert!(bare.as_object().unwrap().keys().all(|key| !key.starts_with("thumbnail")), "all three or none");
}

#[test]
fn a_hostile_public_address_cannot_leave_its_attribute() {
    assert!(PublicUrl::of("https://a/\"><script>").is_err());
    let html = all()[0].frame().iframe(&PublicUrl::of("https://a/&x=<").unwrap_or_default());
    assert_eq!(html.matches('<').count(), 2, "{html}");
}
