//! The header files of `docs/hosting/`: each says all that `docs/hosting.md` explains, and nothing that would forbid embeds.

use crate::workspace;
use std::fs;

/// The headers that the docs explain, with their values.
const HEADERS: [(&str, &str); 6] = [
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Document-Isolation-Policy", "isolate-and-require-corp"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-cache"),
    ("Cache-Control", "public, max-age=31536000, immutable"),
];

const FILES: [&str; 3] = ["_headers", "nginx.conf", "Caddyfile"];

fn read(path: &str) -> String {
    fs::read_to_string(workspace::root().join("docs").join(path)).unwrap()
}

#[test]
fn every_file_sends_every_header_that_the_docs_explain() {
    let docs = read("hosting.md");
    for (name, value) in HEADERS {
        assert!(docs.contains(&format!("`{name}`")) && docs.contains(&format!("`{value}`")), "the docs lack {name}: {value}");
        for file in FILES {
            let text = read(&format!("hosting/{file}"));
            assert!(text.contains(name) && text.contains(value), "{file} lacks {name}: {value}");
        }
    }
}

#[test]
fn no_file_forbids_embeds_or_policies_of_its_own() {
    for file in FILES {
        let text = read(&format!("hosting/{file}")).to_lowercase();
        for wrong in ["x-frame-options", "frame-ancestors", "content-security-policy", "cross-origin-embedder-policy"] {
            assert!(!text.contains(wrong), "{file}: {wrong}");
        }
    }
}

#[test]
fn every_file_is_named_in_the_docs() {
    let docs = read("hosting.md");
    for file in FILES {
        assert!(docs.contains(&format!("(hosting/{file})")), "{file}");
    }
}

/// `_headers` knows no patterns: what carries a hash is listed by where it lies.
#[test]
fn what_is_called_immutable_carries_a_hash() {
    let text = read("hosting/_headers");
    let immutable: Vec<_> = text.lines().filter(|line| line.starts_with('/') && *line != "/*").collect();
    assert_eq!(
        immutable,
        ["/boot-*", "/early-*", "/ferroscope-*", "/style-*", "/cards/*", "/course/*", "/recordings/*", "/workers/*"]
    );
}
