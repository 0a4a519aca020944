//! Every snippet, read back as its host would read it.

use super::*;
use crate::{
    embed::{
        choice::First,
        query::{Motion, Start, Ui},
    },
    state::settings::Theme,
};
use proptest::{prelude::*, sample::select};
use protocol::{LabId, Seed};
use pulldown_cmark::{Event, Parser, Tag};
use roxmltree::{Document, Node};

/// Parses a snippet; it is well-formed XML too, so that no sloppiness of HTML hides a fault.
fn parsed<T>(snippet: &str, look: impl FnOnce(&[Node<'_, '_>]) -> T) -> T {
    let text = format!("<x>{snippet}</x>");
    let document = Document::parse(&text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    let elements: Vec<_> = document.root_element().descendants().skip(1).filter(Node::is_element).collect();
    look(&elements)
}

prop_compose! {
    fn choices()(
        lab in select(LabId::ALL.to_vec()),
        preset in any::<proptest::sample::Index>(),
        theme in select(Theme::ALL.to_vec()),
        ui in select(Ui::ALL),
        first in select(First::ALL),
        run in select(Start::ALL),
        motion in select(Motion::ALL),
        seed in proptest::option::of(any::<u64>()),
        (width, height) in any::<(u16, u16)>(),
        state in proptest::collection::vec((".{0,8}", ".{0,20}"), 0..4),
    ) -> Choice {
        let mut choice = Choice { theme, ui, first, run, motion, seed: seed.map(Seed), width, height, ..Choice::of(lab) };
        for (key, value) in state {
            choice.state.set(key, value);
        }
        let presets = crate::embed::choice::presets_of(lab);
        if !presets.is_empty() {
            choice.choose_preset(Some(presets[preset.index(presets.len())].0));
        }
        choice
    }
}

prop_compose! {
    fn sites()(host in select(vec!["example.org", "[::1]:3000"]), path in "[ -~äß\u{202e}]{0,30}") -> SiteAddress {
        SiteAddress::parse(&format!("https://{host}/{path}")).unwrap()
    }
}

fn text_of<'a>(all: &'a [Snippet], name: &str) -> &'a str {
    &all.iter().find(|one| one.name == name).unwrap().text
}

fn all(place: Place, choice: &Choice, site: &SiteAddress, picture: &PictureLink) -> Vec<Snippet> {
    snippets(place, choice, site, HostScript::With, picture)
}

fn ensure_frame(frame: &Node<'_, '_>, src: &str, title: &str) {
    assert_eq!(frame.tag_name().name(), "iframe");
    assert_eq!(frame.attribute("src"), Some(src));
    assert_eq!(frame.attribute("title"), Some(title));
    assert_eq!(frame.attribute("loading"), Some("lazy"));
    assert_eq!(frame.attribute("sandbox"), Some("allow-scripts allow-popups allow-popups-to-escape-sandbox"));
    assert_eq!(frame.attribute("allow"), Some("clipboard-write; fullscreen"));
    assert_eq!(frame.attributes().count(), 8, "an attribute too many or too few");
}

proptest! {
    #[test]
    fn a_claim_s_frame_reads_back(claim in ".{0,80}", site in sites()) {
        parsed(&claim_snippet(&site, "no-leaks", &claim, HostScript::With), |elements| {
            let title = format!("Audited: {}", one_line(&claim));
            ensure_frame(&elements[0], &format!("{}embed/claim-no-leaks/?v=1", site.as_str()), &title);
            assert_eq!(elements.len(), 2);
        });
    }
}

proptest! {
    #[test]
    fn frames_read_back(choice in choices(), site in sites()) {
        let picture = PictureLink { src: String::new(), alt: String::new() };
        for place in [Place::Html, Place::Ghost, Place::WordPress] {
            let found = all(place, &choice, &site, &picture);
            parsed(text_of(&found, "snippet"), |elements| {
                let [frame, script] = elements else { panic!("{} elements", elements.len()) };
                ensure_frame(frame, &choice.address(&site), &choice.title());
                assert_eq!(script.attribute("src").unwrap(), format!("{}embed-host.js", site.as_str()));
            });
        }
    }

    #[test]
    fn a_shortcode_gives_the_same_frame(choice in choices(), site in sites()) {
        let picture = PictureLink { src: String::new(), alt: String::new() };
        let found = all(Place::Hugo, &choice, &site, &picture);
        let used = text_of(&found, "snippet").trim();
        let parameters = used.strip_prefix("{{< ferroscope ").and_then(|rest| rest.strip_suffix(" >}}")).unwrap();
        prop_assert!(!parameters.contains("}}") && !parameters.contains(">}") && !parameters.contains('\n'), "{}", parameters);
        // As Hugo reads it: parameters in double quotes, a backslash before a quote of their own.
        let mut values = std::collections::BTreeMap::new();
        let mut rest = parameters;
        while let Some((name, after)) = rest.split_once("=\"") {
            let mut value = String::new();
            let mut letters = after.char_indices();
            let end = loop {
                match letters.next().unwrap() {
                    (_, '\\') => value.push(letters.next().unwrap().1),
                    (at, '"') => break at,
                    (_, letter) => value.push(letter),
                }
            };
            values.insert(name.trim().to_owned(), value);
            rest = &after[end + 1..];
        }
        prop_assert_eq!(rest, "");
        prop_assert_eq!(&values["src"], &choice.address(&site));
        prop_assert_eq!(&values["title"], &choice.title());
        // Then the definition's attributes are filled with what Hugo has escaped.
        let mut definition = text_of(&found, "snippet-shortcode").to_owned();
        for (name, value) in &values {
            definition = definition.replace(&format!("{{{{ .Get \"{name}\" }}}}"), &escaped(value));
        }
        parsed(&definition, |elements| ensure_frame(&elements[0], &choice.address(&site), &choice.title()));
    }

    #[test]
    fn a_picture_in_html_reads_back(choice in choices(), site in sites(), src in ".{0,30}", alt in ".{0,80}") {
        let picture = PictureLink { src, alt };
        let found = all(Place::Picture, &choice, &site, &picture);
        parsed(text_of(&found, "snippet"), |elements| {
            let [link, image] = elements else { panic!("{} elements", elements.len()) };
            assert_eq!(link.attribute("href").unwrap(), choice.lab_address(&site));
            assert_eq!(image.attribute("alt").unwrap(), one_line(&picture.alt));
            assert_eq!(image.attribute("src").unwrap(), one_line(&picture.src));
        });
    }

    #[test]
    fn a_picture_in_markdown_reads_back(choice in choices(), site in sites(), src in "[ -~ä]{0,30}", alt in ".{0,80}") {
        let picture = PictureLink { src, alt };
        let found = all(Place::Picture, &choice, &site, &picture);
        let (mut links, mut images, mut words, mut others) = (Vec::new(), Vec::new(), String::new(), 0);
        for event in Parser::new(text_of(&found, "snippet-markdown")) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
                Event::Start(Tag::Image { dest_url, .. }) => images.push(dest_url.to_string()),
                Event::Text(text) => words.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                _ => others += 1,
            }
        }
        prop_assert_eq!(links, [choice.lab_address(&site)]);
        prop_assert_eq!(images.len(), 1);
        prop_assert_eq!(words, one_line(&picture.alt));
        prop_assert_eq!(others, 0, "{}", text_of(&found, "snippet-markdown"));
    }
}

#[test]
fn without_the_script_there_is_none() {
    let site = SiteAddress::parse("https://example.org/").unwrap();
    let picture = PictureLink { src: String::new(), alt: String::new() };
    for place in Place::ALL {
        let found = snippets(*place, &Choice::of(LabId::Arena), &site, HostScript::Without, &picture);
        assert!(found.iter().all(|one| !one.text.contains("<script")), "{place:?}");
        assert!(found.iter().all(|one| one.text.starts_with(['<', '{', '[']) || one.name == "snippet-by-hand"), "{place:?}");
    }
}

#[test]
fn an_iframe_as_it_is_pasted() {
    let site = SiteAddress::parse("https://example.org/").unwrap();
    let choice = Choice { theme: Theme::Dark, ..Choice::of(LabId::LatencyBudget) };
    let picture = PictureLink { src: String::new(), alt: String::new() };
    let found = all(Place::Html, &choice, &site, &picture);
    assert_eq!(
        found[0].text,
        "<iframe src=\"https://example.org/embed/latency-budget/?v=1&amp;theme=dark\" title=\"Latency budget: How long will the new request be, \
         if today’s is 100?\" width=\"720\" height=\"640\" style=\"border:0;max-width:100%\" loading=\"lazy\" sandbox=\"allow-scripts allow-popups \
         allow-popups-to-escape-sandbox\" allow=\"clipboard-write; fullscreen\"></iframe>\n\
         <script src=\"https://example.org/embed-host.js\" async=\"\"></script>\n"
    );
}
