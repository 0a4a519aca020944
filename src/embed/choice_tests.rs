//! What an embed's address holds, and what it must never hold.

use super::*;
use proptest::prelude::*;

fn site() -> SiteAddress {
    SiteAddress::parse("https://example.org/a").unwrap()
}

fn with_result() -> Choice {
    let mut choice = Choice::of(LabId::LatencyBudget);
    choice.state.set("payload", "order");
    choice.state.set("guess", "72");
    choice.state.set("r.json", "1000");
    choice
}

fn state_of(address: &str) -> Permalink {
    Permalink::of_fragment(address.split_once('#').map_or("", |(_, fragment)| fragment)).unwrap()
}

#[test]
fn what_is_default_is_left_out() {
    assert_eq!(Choice::of(LabId::LatencyBudget).address(&site()), "https://example.org/a/embed/latency-budget/?v=1");
}

#[test]
fn a_choice_stands_in_the_query_and_a_preset_in_the_path() {
    let mut choice = Choice::of(LabId::LatencyBudget);
    choice.choose_preset(Some("web-api"));
    choice.theme = Theme::Dark;
    choice.ui = Ui::Chart;
    choice.run = Start::Off;
    choice.motion = Motion::Reduce;
    choice.scale = Scale::of_percent(125).unwrap();
    choice.seed = Some(Seed(7));
    let address = choice.address(&site());
    let (path, rest) = address.split_once('?').unwrap();
    assert_eq!(path, "https://example.org/a/embed/latency-budget/web-api/");
    assert!(rest.starts_with("v=1&theme=dark&run=off&ui=chart&motion=reduce&scale=1.25&seed=7#s="), "{rest}");
    assert_eq!(state_of(&address).get("preset"), Some("web-api"));
}

#[test]
fn a_preset_of_an_input_is_in_the_state_and_drops_a_result_of_another() {
    let mut choice = Choice::of(LabId::Arena);
    choice.state.set("r.t.rc-refcell.build", "1 1 1");
    choice.choose_preset(Some("nodes-10000"));
    assert_eq!(choice.path(), "embed/arena/nodes-10000/");
    assert!(carries_result(&choice.state), "the lab starts with 10,000 nodes, so that is the same input");
    choice.choose_preset(Some("nodes-100000"));
    assert_eq!((choice.state.get("nodes"), carries_result(&choice.state)), (Some("100000"), false));
    choice.choose_preset(None);
    assert_eq!((choice.path().as_str(), choice.state.get("nodes")), ("embed/arena/", None));
    choice.choose_preset(Some("web-api"));
    assert_eq!(choice.preset, None, "another lab's");
}

#[test]
fn what_is_seen_first_is_in_the_state_and_a_result_only_where_it_is_wanted() {
    let mut choice = with_result();
    let recorded = state_of(&choice.address(&site()));
    assert_eq!((recorded.get("show"), recorded.get("r.json"), recorded.get("payload")), (None, None, Some("order")));
    choice.first = First::Question;
    let asked = state_of(&choice.address(&site()));
    assert_eq!((asked.get("show"), asked.get("guess"), asked.get("r.json")), (Some("question"), None, None));
    choice.first = First::MyRun;
    let own = state_of(&choice.address(&site()));
    assert_eq!((own.get("guess"), own.get("r.json")), (Some("skipped"), Some("1000")));
}

#[test]
fn another_preset_drops_the_stages_of_the_last_and_keeps_the_result() {
    let mut choice = with_result();
    choice.state.set("network", "55");
    choice.choose_preset(Some("web-api"));
    assert_eq!((choice.state.get("network"), choice.state.get("r.json")), (None, Some("1000")));
    choice.choose_preset(None);
    assert_eq!(choice.state.get("preset"), None);
}

#[test]
fn an_address_of_a_site_is_read_as_people_type_it() {
    for (typed, read) in [
        ("https://example.org", "https://example.org/"),
        (" HTTPS://example.org/a/b/ ", "https://example.org/a/b/"),
        ("http://localhost:8080/?x=1#y", "http://localhost:8080/"),
        ("https://example.org/a b\"><script>", "https://example.org/a%20b%22%3E%3Cscript%3E/"),
        ("https://[::1]:3000", "https://[::1]:3000/"),
    ] {
        assert_eq!(SiteAddress::parse(typed).unwrap().as_str(), read, "{typed}");
    }
    for typed in ["", "example.org", "javascript:alert(1)", "data:text/html,x", "//example.org"] {
        assert_eq!(SiteAddress::parse(typed), Err(NoSite::Scheme), "{typed}");
    }
    for typed in ["https://", "https:///a", "https://a\"b/", "https://a b/"] {
        assert_eq!(SiteAddress::parse(typed), Err(NoSite::Host), "{typed}");
    }
    assert_eq!(site().printed(), "example.org/a");
}

proptest! {
    #[test]
    fn no_text_makes_an_address_that_means_something_elsewhere(text in "(https://[a-z]{1,5}/)?.{0,60}") {
        if let Ok(site) = SiteAddress::parse(&text) {
            let address = site.as_str();
            prop_assert!(address.starts_with("http://") || address.starts_with("https://"));
            prop_assert!(address.ends_with('/'));
            prop_assert!(address.chars().all(|c| c.is_ascii_graphic() && !"\"'<>`(){}\\|^&*!$".contains(c)), "{}", address);
            prop_assert_eq!(SiteAddress::parse(address).map(|site| site.0), Ok(address.to_owned()));
        }
    }
}
