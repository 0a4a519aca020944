//! A picture that stands alone: well-formed, whole, and with no number less than the page shows.

use super::*;
use crate::instruments::{
    bars::{Group, TimeBar},
    budget::{Bar, Mark, MarkKind, Segment},
};
use budget::StageId;
use proptest::prelude::*;
use protocol::Contender;
use roxmltree::Document;
use units::Interval;

fn around(median: f64) -> Interval {
    Interval { median, low: median * 0.98, high: median * 1.02 }
}

fn budget_figure() -> BudgetFigure {
    let bar = |contender: Contender, slice: f64| Bar {
        contender,
        label: contender.label(),
        segments: vec![
            Segment { label: "network", start: 0.0, width: 40.0, stage: Some(StageId::Network) },
            Segment { label: "logic", start: 40.0, width: 30.0, stage: Some(StageId::Logic) },
            Segment { label: "reading", start: 70.0, width: slice, stage: None },
        ],
        length: Some(around(70.0 + slice)),
        state: BarState::Measured,
        note: format!("reading {slice}; leaves copying: −13.7"),
    };
    BudgetFigure {
        max: 120.0,
        floor: Some(70.0),
        bars: vec![
            bar(Contender::SerdeJson, 30.0),
            bar(Contender::RkyvValidated, 2.3),
            Bar::missing(Contender::RkyvUnvalidated, "rkyv, unvalidated", "not measured yet".to_owned()),
        ],
        marks: vec![Mark { at: 72.0, label: "the roadmap’s 72".to_owned(), kind: MarkKind::Roadmap, bar: None }],
    }
}

fn times_figure() -> BarsFigure {
    let bar = |contender, median, note: &str| TimeBar { contender, time: Some(around(median)), note: note.to_owned() };
    let group = |title: &str, scale: f64| Group {
        title: title.to_owned(),
        bars: vec![
            bar(Contender::RcRefCell, 55.4 * scale, ""),
            bar(Contender::BumpArenaVec, 4.91 * scale, "11.3 × as fast (10.9–11.7)"),
            TimeBar { contender: Contender::IndexGraph, time: None, note: String::new() },
        ],
    };
    BarsFigure { axis: "time for one node, from 0".to_owned(), groups: vec![group("build", 1.0), group("tear down", 1e3)] }
}

fn counts_figure() -> CountsFigure {
    let bar = |contender, count, note: &str| CountBar { contender, count, note: note.to_owned() };
    CountsFigure {
        axis: "bytes, from 0".to_owned(),
        bars: vec![
            bar(Contender::SerdeJson, Some(121), "bytes looked at 96, allocations 3"),
            bar(Contender::RkyvValidated, Some(104), "bytes looked at 8, allocations 0"),
            bar(Contender::Postcard, None, ""),
        ],
    }
}

fn picture(drawing: Drawing) -> PictureData {
    PictureData {
        lab: LabId::LatencyBudget,
        subject: "1\u{2009}000 log lines, every field".to_owned(),
        number: Some("72.3".to_owned()),
        interval: Some("71.9–72.8".to_owned()),
        sentence: "With rkyv, validated, the same request takes 72.3 instead of 100.".to_owned(),
        drawing,
        small_print: "Measured in your browser’s Wasm, not on a server.".to_owned(),
        provenance: Provenance::Live,
        place: Place { browser: "Firefox 153, Linux".to_owned(), date: "2026-11-22".to_owned() },
        site: "example.org".to_owned(),
    }
}

/// The texts of HTML or SVG, apart from each other.
fn texts(markup: &str) -> Vec<String> {
    let document = format!("<x>{markup}</x>");
    let document = Document::parse(&document).unwrap();
    document.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).map(str::to_owned).collect()
}

/// Every number in a text, as it is written.
fn numbers(texts: &[String]) -> Vec<String> {
    let split = |text: &String| {
        text.split(|letter: char| !letter.is_ascii_digit() && letter != '.').map(str::to_owned).collect::<Vec<_>>()
    };
    let words = texts.iter().flat_map(split).map(|word| word.trim_matches('.').to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

#[test]
fn every_number_of_the_page_s_figure_is_in_the_picture() {
    let (budget, times) = (budget_figure(), times_figure());
    let pages = [
        (budget.draw(), picture(Drawing::Budget(budget))),
        (times.draw(BarState::Measured), picture(Drawing::Times(times, BarState::Measured))),
    ];
    for (page, picture) in pages {
        let drawn = numbers(&texts(&svg(&picture, PictureTheme::Light, (WIDTH, height(&picture)))));
        let wanted = numbers(&texts(&page));
        assert!(wanted.len() >= 6, "{wanted:?}");
        for number in wanted {
            assert!(drawn.contains(&number), "{number} is not in the picture: {drawn:?}");
        }
    }
}

#[test]
fn the_picture_says_where_it_comes_from_and_names_nothing_outside_itself() {
    let picture = picture(Drawing::Budget(budget_figure()));
    for theme in [PictureTheme::Light, PictureTheme::Dark] {
        let svg = svg(&picture, theme, (1200, 630));
        assert!(svg.contains("Measured on Firefox 153, Linux, 2026-11-22.") && svg.contains(">example.org<"), "{svg}");
        assert!(
            !svg.contains("class=")
                && !svg.contains("var(")
                && !svg.contains("href")
                && !svg.contains("<style")
                && !svg.contains("stage-")
        );
        // No address but the name space's.
        assert_eq!(svg.matches("http").count(), 1);
        assert!(svg.starts_with(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\" viewBox=\"0 0 1200 630\" role=\"img\""
        ));
        let patterns = svg.matches("url(#").count();
        assert!(patterns > 0);
        for id in svg.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(svg.contains(&format!("id=\"{id}\"")), "{id} is not defined");
        }
    }
}

#[test]
fn the_words_hold_every_length_with_its_interval() {
    let words = picture(Drawing::Budget(budget_figure())).alternative();
    assert_eq!(
        words,
        "With rkyv, validated, the same request takes 72.3 instead of 100. Bar chart from Ferroscope’s lab “Latency budget” \
         (1\u{2009}000 log lines, every field). The length of a request, today’s being 100: serde_json 100 (95 % interval 98 to 102); \
         rkyv, validated 72.3 (95 % interval 70.9 to 73.7). Measured on Firefox 153, Linux, 2026-11-22."
    );
    let words = picture(Drawing::Times(times_figure(), BarState::Measured)).alternative();
    assert!(
        words.contains("build, arena + arena Vec 4.91 ns (95 % interval 4.81 ns to 5.01 ns), 11.3 × as fast (10.9–11.7)"),
        "{words}"
    );
}

#[test]
fn every_count_is_in_the_picture_and_in_its_words() {
    let picture = picture(Drawing::Counts(counts_figure(), BarState::Recorded));
    let drawn = numbers(&texts(&svg(&picture, PictureTheme::Dark, (WIDTH, height(&picture)))));
    let words = numbers(&[picture.alternative()]);
    for number in ["121", "96", "3", "104", "8", "0"] {
        assert!(drawn.iter().any(|one| one == number) && words.iter().any(|one| one == number), "{number}: {drawn:?}, {words:?}");
    }
    assert!(
        picture.alternative().contains("bytes, from 0: serde_json 121 (bytes looked at 96, allocations 3); "),
        "{}",
        picture.alternative()
    );
}

#[test]
fn nothing_is_drawn_below_the_foot_whatever_the_size() {
    let mut tall = times_figure();
    tall.groups = vec![tall.groups[0].clone(); 6];
    for drawing in [
        Drawing::Times(tall, BarState::Recorded),
        Drawing::Budget(budget_figure()),
        Drawing::Counts(counts_figure(), BarState::Measured),
    ] {
        let picture = picture(drawing);
        for size in [(1200, height(&picture)), (1200, 630), (600, 315), (1080, 1080), (1, 1)] {
            let svg = svg(&picture, PictureTheme::Light, size);
            let document = Document::parse(&svg).unwrap();
            let bottom: f64 = document.root_element().attribute("viewBox").unwrap().split(' ').nth(3).unwrap().parse().unwrap();
            if size.1 < 300 {
                continue;
            }
            for node in document.descendants().filter(|node| node.has_tag_name("text") || node.has_tag_name("rect")) {
                let y: f64 = node.attribute("y").unwrap_or("0").parse().unwrap();
                assert!((0.0..=bottom).contains(&y), "{size:?}: {:?} at {y} of {bottom}", node.text());
            }
        }
    }
}

#[test]
fn browsers_are_named_by_family_version_and_system() {
    let agents = [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox 153, Linux"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36",
            "Chromium 156, Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1",
            "Edge 156, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile/15E148 Safari/604.1",
            "Safari 19, iOS",
        ),
        ("Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36", "Chrome 156, Android"),
        ("curl/8", "a browser"),
        ("", "a browser"),
    ];
    for (agent, family) in agents {
        assert_eq!(browser_family(agent), family);
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_picture(text in "\\PC{0,60}|.{0,60}", width in 1..3000_u32, height in 1..3000_u32) {
        let picture = PictureData {
            subject: text.clone(),
            sentence: text.clone(),
            small_print: text.clone(),
            site: text.clone(),
            place: Place { browser: text.clone(), date: text.clone() },
            number: Some(text),
            ..picture(Drawing::Times(times_figure(), BarState::Stale))
        };
        let svg = svg(&picture, PictureTheme::Dark, (width, height));
        prop_assert!(Document::parse(&svg).is_ok(), "{}", svg);
    }
}
