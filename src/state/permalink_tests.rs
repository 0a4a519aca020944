//! Links of every version that was released, kept in `tests/links/`: one a line, the map that it stands for behind it. All decode for ever.

use super::Permalink;

const LINKS: [(&str, &str); 1] = [("v1", include_str!("../../tests/links/v1.txt"))];

#[test]
fn every_link_ever_released_still_says_the_same() {
    for (version, links) in LINKS {
        let lines: Vec<&str> = links.lines().filter(|line| !line.starts_with("//") && !line.is_empty()).collect();
        assert!(!lines.is_empty(), "{version} keeps no link");
        for line in lines {
            let (fragment, meaning) = line.split_once('\t').unwrap();
            let link = Permalink::of_fragment(fragment).unwrap_or_else(|error| panic!("{version}: {fragment}: {error}"));
            let pairs: Vec<String> = link.0.iter().map(|(key, value)| format!("{key}={value}")).collect();
            assert_eq!(pairs.join(" & "), meaning, "{version}: {fragment}");
        }
    }
}
