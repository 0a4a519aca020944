//! The builder's state: its address, and what follows from a choice.

use super::*;
use proptest::{prelude::*, sample::select};

fn here() -> SiteAddress {
    SiteAddress::parse("http://127.0.0.1:1/").unwrap()
}

prop_compose! {
    fn states()(
        lab in select(LabId::ALL.into_iter().filter(|lab| lab.is_listed()).collect::<Vec<_>>()),
        preset in any::<proptest::sample::Index>(),
        (theme, ui, run) in (select(Theme::ALL.to_vec()), select(Ui::ALL), select(Start::ALL)),
        (motion, place) in (select(Motion::ALL), select(Place::ALL)),
        script in select(vec![HostScript::With, HostScript::Without]),
        (width, height, scale) in (WIDTHS, HEIGHTS, Scale::PERCENTS.prop_filter_map("in range", Scale::of_percent)),
        seed in proptest::option::of(any::<u64>()),
        (site, picture) in (".{0,20}", ".{0,20}"),
        brings in any::<bool>(),
        first in select(First::ALL),
    ) -> BuilderState {
        let mut state = BuilderState { place, script, site, picture, ..BuilderState::of(lab) };
        state.choice = Choice { theme, ui, run, motion, width, height, scale, seed: seed.map(Seed), ..state.choice };
        if brings {
            state.choice.state.set("r.json", "1");
        }
        let presets = state.presets();
        state.choice.choose_preset(preset.get(&[vec![("", "")], presets].concat()).0.into());
        state.choice.first = if state.firsts().contains(&first) { first } else { First::default() };
        state
    }
}

proptest! {
    #[test]
    fn the_page_s_address_holds_the_whole_state(state in states()) {
        let (query, fragment) = state.to_address();
        prop_assert_eq!(BuilderState::of_address(&format!("?{query}"), &format!("#{fragment}")), Ok(state));
    }

    #[test]
    fn no_address_is_too_strange(search in ".{0,80}", fragment in ".{0,80}") {
        let state = BuilderState::of_address(&search, &fragment).unwrap_or_else(|(state, _)| *state);
        prop_assert!(WIDTHS.contains(&state.choice.width) && HEIGHTS.contains(&state.choice.height));
        let _ = state.previews(&here());
    }
}

#[test]
fn a_builder_as_it_starts_has_a_bare_address() {
    assert_eq!(BuilderState::default().to_address(), (String::new(), String::new()));
    assert_eq!(BuilderState::of_address("", ""), Ok(BuilderState::default()));
}

#[test]
fn who_brings_a_result_has_it_shown_first() {
    let mut link = Permalink::default();
    link.set("r.json", "1");
    let state = BuilderState::of_address("lab=latency-budget", &link.to_fragment()).unwrap();
    assert_eq!(state.choice.first, First::MyRun);
    let mut other = state;
    other.choose_lab(LabId::Arena);
    assert_eq!((other.choice.first, other.firsts().contains(&First::MyRun)), (First::RecordedRun, false));
    assert_eq!(BuilderState::of_address("first=mine", "").unwrap().choice.first, First::RecordedRun);
}

#[test]
fn a_damaged_state_is_said_and_the_choices_stay() {
    let (state, _) = BuilderState::of_address("lab=arena&theme=dark", "s=!").unwrap_err();
    assert_eq!((state.choice.lab, state.choice.theme), (LabId::Arena, Theme::Dark));
}

#[test]
fn the_self_test_cannot_be_embedded() {
    assert_eq!(BuilderState::of_address("lab=self-test", "").unwrap().choice.lab, LabId::LatencyBudget);
}

#[test]
fn previews_are_of_this_site_and_snippets_of_the_public_one() {
    let state = BuilderState { site: "https://public.example/x".to_owned(), ..BuilderState::default() };
    let [light, dark, narrow] = state.previews(&here());
    assert!([&light, &dark, &narrow].iter().all(|preview| preview.src.starts_with("http://127.0.0.1:1/embed/")));
    assert!(light.src.contains("theme=light") && dark.src.contains("theme=dark") && narrow.width == 320);
    let snippets = state.snippets(&here(), "", "x.png").unwrap();
    assert!(snippets[0].text.contains("src=\"https://public.example/x/embed/latency-budget/"), "{}", snippets[0].text);
    let typo = BuilderState { site: "public.example".to_owned(), ..state };
    assert_eq!(typo.snippets(&here(), "", "x.png"), Err(NoSite::Scheme));
}

#[test]
fn a_picture_lies_beside_the_article_until_it_is_said_where() {
    let mut state = BuilderState { place: Place::Picture, ..BuilderState::default() };
    assert!(state.snippets(&here(), "alt", "x.png").unwrap()[0].text.contains("src=\"x.png\" alt=\"alt\""));
    state.picture = "https://cdn.example/y.png".to_owned();
    assert!(state.snippets(&here(), "alt", "x.png").unwrap()[0].text.contains("src=\"https://cdn.example/y.png\""));
}
