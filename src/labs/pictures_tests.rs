//! What a link and the recorded runs in this repository give as pictures.

use super::*;
use crate::embed::picture::{PictureTheme, WIDTH, height, svg};
use std::{fs, path::Path};

fn recorded(lab: LabId) -> Vec<Recording> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("recordings/{}.json", lab.slug()));
    Recording::list_of_json(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_listed_lab_has_a_picture_of_its_recorded_run() {
    for lab in LabId::ALL.into_iter().filter(|lab| lab.is_listed()) {
        let picture =
            picture_of(lab, &Permalink::default(), &recorded(lab), "example.org").unwrap_or_else(|| panic!("{lab:?} has none"));
        assert!(matches!(picture.provenance, Provenance::Recorded(_)), "{:?}", picture.provenance);
        // What is counted is exact.
        assert_eq!(picture.alternative().contains("95 % interval"), lab.is_timed(), "{}", picture.alternative());
        for theme in [PictureTheme::Light, PictureTheme::Dark] {
            let svg = svg(&picture, theme, (WIDTH, height(&picture)));
            assert!(svg.contains("Recorded: ") && svg.contains("example.org"));
            // For a look: FERROSCOPE_PICTURES=<folder>.
            if let Some(folder) = std::env::var_os("FERROSCOPE_PICTURES") {
                fs::write(Path::new(&folder).join(format!("{}-{theme:?}.svg", lab.slug())), &svg).unwrap();
                let card = crate::embed::picture::svg(&picture, theme, (1200, 630));
                fs::write(Path::new(&folder).join(format!("{}-{theme:?}-card.svg", lab.slug())), card).unwrap();
            }
        }
    }
}

#[test]
fn a_link_s_own_result_goes_before_the_recorded_one_and_says_where_it_is_from() {
    let mut link = Permalink::default();
    link.set("r.json", "1000000");
    for index in 1..4 {
        link.set(format!("r.{index}"), "0.2 0.19 0.21");
    }
    let lab = LabId::LatencyBudget;
    let picture = picture_of(lab, &link, &recorded(lab), "").unwrap();
    assert_eq!(picture.provenance, Provenance::Sent);
    assert_eq!(picture.number.as_deref(), Some("76"));
    assert!(picture.sentence.contains("takes 76 instead of 100"), "{}", picture.sentence);
    put_place(&mut link, &Place { browser: "Firefox 153, Linux".to_owned(), date: "2026-11-22".to_owned() });
    let placed = picture_of(lab, &link, &recorded(lab), "").unwrap();
    assert_eq!(placed.provenance_line(), "Measured on Firefox 153, Linux, 2026-11-22; brought by a link.");
}

#[test]
fn no_result_and_no_recording_is_no_picture() {
    for lab in LabId::ALL {
        assert_eq!(picture_of(lab, &Permalink::default(), &[], ""), None, "{lab:?}");
    }
}
