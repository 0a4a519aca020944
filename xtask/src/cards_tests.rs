//! Every page has a card that is small, within its edges, of a recorded run, and without fonts of this machine.

use super::*;
use crate::{embeds, routes};
use protocol::Contender;
use resvg::usvg::{Group, Node};

fn lines(group: &Group, found: &mut Vec<(String, resvg::tiny_skia::Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => lines(group, found),
            Node::Text(text) => {
                let words: String = text.chunks().iter().map(|chunk| chunk.text().to_owned()).collect();
                found.push((words, text.abs_bounding_box()));
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn texts(svg: &str) -> Vec<(String, resvg::tiny_skia::Rect)> {
    let tree = raster::Pen::new().tree(svg).unwrap();
    let mut found = Vec::new();
    lines(tree.root(), &mut found);
    found
}

#[test]
fn every_embed_shows_a_recorded_run_with_its_machine_and_date() {
    for embed in embeds::all() {
        let content = of_route(&embed.route()).unwrap();
        if !embed.lab.is_timed() {
            assert!(content.finding.is_none(), "{content:?}");
            continue;
        }
        let finding = content.finding.as_ref().unwrap_or_else(|| panic!("{} has no recording", embed.path()));
        // Rows of a fixed size hold not every payload.
        let all = embed.lab.contenders().iter().filter(|contender| **contender != Contender::Zerocopy).count();
        let told = |panel: &content::Panel| panel.bars.iter().filter(|bar| bar.contender != Contender::Zerocopy).count();
        assert!(finding.panels.iter().all(|panel| told(panel) == all), "{content:?}");
        let svg = svg::draw(&content);
        assert!(svg.contains(">RECORDED<") && svg.contains("2026-"), "{svg}");
        assert!(content.alt().contains(&finding.recorded));
    }
}

#[test]
fn no_text_leaves_the_card_or_runs_into_another() {
    for route in routes::all(&[], &crate::course::claims().unwrap()) {
        let texts = texts(&svg::draw(&of_route(&route).unwrap()));
        assert!(texts.len() >= 3, "{}: {texts:?}", route.path);
        for (index, (words, place)) in texts.iter().enumerate() {
            assert!(
                place.left() >= 40.0 && place.right() <= 1160.0 && place.top() >= 30.0 && place.bottom() <= 620.0,
                "{}: {words:?} at {place:?}",
                route.path
            );
            for (other, there) in &texts[index + 1..] {
                let apart = place.right() <= there.left()
                    || there.right() <= place.left()
                    || place.bottom() <= there.top()
                    || there.bottom() <= place.top();
                assert!(apart, "{}: {words:?} at {place:?} and {other:?} at {there:?}", route.path);
            }
        }
    }
}

#[test]
fn a_card_is_a_small_png_of_the_stated_size() {
    let pen = raster::Pen::new();
    for route in routes::all(&[], &[]).iter().step_by(4) {
        let png = pen.png(&svg::draw(&of_route(route).unwrap())).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!((&png[16..20], &png[20..24]), (&WIDTH.to_be_bytes()[..], &HEIGHT.to_be_bytes()[..]));
        assert!(png.len() < 60_000, "{}: {} bytes", route.path, png.len());
    }
}

#[test]
fn a_contender_keeps_its_colour() {
    let style = fs::read_to_string(crate::workspace::root().join("src/style.css")).unwrap();
    for contender in Contender::ALL.into_iter().filter(|one| *one != Contender::Nothing) {
        let class = format!(".tone-{}", contender.slug());
        let rule = style.lines().find(|line| line.split([',', ' ']).any(|word| word == class)).unwrap();
        assert!(rule.contains(&format!("light-dark({},", svg::tone(contender))), "{contender:?}: {rule}");
    }
}

#[test]
fn words_are_escaped_and_no_markup_gets_through() {
    let svg = svg::draw(&content::of_text("A <b> & \"c\"", "</svg><script>"));
    assert!(svg.contains("A &lt;b&gt; &amp; &quot;c&quot;") && !svg.contains("<script"), "{svg}");
    let found = texts(&svg);
    assert!(found.iter().any(|(words, _)| words == "A <b> & \"c\""), "{found:?}");
}

#[test]
fn pages_that_show_the_same_share_a_file_and_every_page_has_one() {
    let site = std::env::temp_dir().join(format!("ferroscope-cards-{}", std::process::id()));
    let claims = crate::course::claims().unwrap();
    let is_drawn = |route: &Route| route.path.contains("arena") || route.path == "audit/";
    let routes: Vec<Route> = routes::all(&[], &claims).into_iter().filter(is_drawn).collect();
    let cards = draw_into(&site, &routes).unwrap();
    for route in &routes {
        assert!(site.join(&cards.of(route).unwrap().path).is_file(), "{}", route.path);
    }
    let path = |path: &str| &cards.of(&Route::new(path, "", "")).unwrap().path;
    assert_eq!(path("labs/arena/"), path("embed/arena/nodes-10000/"));
    assert_ne!(path("labs/arena/"), path("embed/arena/nodes-100000/"));
    assert_ne!(path("audit/"), path("embed/claim-arena-faster/"), "a claim has a card of its own");
    fs::remove_dir_all(site).unwrap();
}
