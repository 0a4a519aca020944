//! Edits of the one `index.html` that Trunk writes, so that each route gets its own: text in, text out.
//!
//! What an edit looks for must be there: a missing marker is an error, never a page that silently lacks something.

use crate::cards::escaped;
use crate::routes::Route;
use crate::split::Page;
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384};

/// What every page may load and run. No inline script; blob workers inherit it, so Wasm may be compiled in them too.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob: data:; \
     connect-src 'self' blob: data:; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
     manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/// What Trunk's script for `trunk serve` holds, and nothing else does.
pub const RELOADER: &str = ".well-known/trunk/ws";

/// The page of one route; `tags` are elements for its head, see [`crate::social`].
///
/// # Errors
/// `template` lacks a marker that an edit needs.
pub fn page(template: &str, route: &Route, tags: &str, manifest: &str) -> Result<String> {
    let html = with_root(template, &route.root());
    let html = with_manifest(&html, manifest)?;
    let html = with_words(&html, route, tags)?;
    // Trunk's reloader is an inline script: under `trunk serve` the policy would only silence it.
    if html.contains(RELOADER) { Ok(html) } else { with_policy(&html, POLICY) }
}

/// Every attribute that begins with `./` leads from the site's root; makes it lead there from `root`'s page.
pub fn with_root(html: &str, root: &str) -> String {
    let quoted = ["=\"", "='", "="];
    quoted.iter().fold(html.to_owned(), |html, open| html.replace(&format!("{open}./"), &format!("{open}{root}")))
}

/// Fills the element `<script type="application/json" id="ferroscope-manifest">`.
///
/// # Errors
/// There is no such element.
pub fn with_manifest(html: &str, json: &str) -> Result<String> {
    let at = html.find("ferroscope-manifest").context(
        "index.html lacks `<script type=\"application/json\" id=\"ferroscope-manifest\"></script>`, where the manifest goes",
    )?;
    let open = at + html[at..].find('>').context("the manifest's element is not closed")? + 1;
    let close = open + html[open..].find("</script>").context("the manifest's element has no end tag")?;
    // In a script element only `</script` and `<!--` have a meaning; JSON may write every `<` otherwise.
    Ok(format!("{}{}{}", &html[..open], json.replace('<', "\\u003c"), &html[close..]))
}

/// Puts the page's own scripts in place of what Trunk would preload of them. Its Wasm is left to `boot.js`: before a reader needs it, they
/// need the words.
///
/// # Errors
/// Trunk preloads no script.
pub fn with_page(html: &str, page: &Page) -> Result<String> {
    let mut html = html.to_owned();
    let mut at = None;
    while let Some(open) = html.match_indices("<link ").map(|(open, _)| open).find(|&open| {
        let tag = &html[open..html[open..].find('>').map_or(html.len(), |end| open + end)];
        tag.contains("preload") && tag.contains("./ferroscope-")
    }) {
        let end = open + html[open..].find('>').context("a link of Trunk's is not closed")? + 1;
        html.replace_range(open..end, "");
        at.get_or_insert(open);
    }
    let at = at.context("Trunk preloads nothing of the page: has it changed?")?;
    let link = |file: &str, integrity: &str| {
        format!("<link rel=\"modulepreload\" href=\"./{file}\" integrity=\"{integrity}\" crossorigin>")
    };
    let links = link(&page.main.js, &page.main.js_integrity) + &link(&page.links, &page.links_integrity);
    html.insert_str(at, &links);
    Ok(html)
}

/// Puts the script that runs before the first paint before the style sheet.
///
/// # Errors
/// There is no style sheet.
pub fn with_early(html: &str, file: &str, script: &str) -> Result<String> {
    let sheet = html.find("stylesheet").context("index.html has no style sheet")?;
    let at = html[..sheet].rfind("<link").context("the style sheet is no link")?;
    let tag = format!("<script src=\"./{file}\" integrity=\"{}\" crossorigin></script>", integrity(script.as_bytes()));
    Ok(format!("{}{tag}{}", &html[..at], &html[at..]))
}

/// Puts the route's title, description and tags in place of the template's title.
///
/// # Errors
/// There is no title.
pub fn with_words(html: &str, route: &Route, tags: &str) -> Result<String> {
    let open = html.find("<title>").context("index.html lacks `<title>`")?;
    let end = open + html[open..].find("</title>").context("index.html lacks `</title>`")? + "</title>".len();
    let (title, description) = (escaped(&route.full_title()), escaped(&route.description));
    let words = format!("<title>{title}</title><meta name=\"description\" content=\"{description}\">{tags}");
    Ok(format!("{}{words}{}", &html[..open], &html[end..]))
}

/// Puts the policy right after the `<meta charset>`, before anything that it governs.
///
/// # Errors
/// There is no `<meta charset>`, or a policy already.
pub fn with_policy(html: &str, policy: &str) -> Result<String> {
    ensure!(
        !html.contains("Content-Security-Policy"),
        "index.html holds a policy of its own: xtask/src/html.rs is its one place"
    );
    let at = html.find("<meta charset").context("index.html lacks `<meta charset=\"utf-8\">`")?;
    let end = at + html[at..].find('>').context("`<meta charset` is not closed")? + 1;
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Ok(format!("{}{meta}{}", &html[..end], &html[end..]))
}

/// The page for unknown addresses. It loads nothing by a path of its own, since it may be served anywhere below the site.
pub fn not_found() -> String {
    let script = include_str!("../assets/404.js");
    let hash = STANDARD.encode(Sha256::digest(script));
    let policy = format!("default-src 'none'; script-src 'sha256-{hash}'; connect-src 'self'; base-uri 'none'");
    include_str!("../assets/404.html").replace("{policy}", &policy).replace("{script}", script)
}

/// The value of an `integrity` attribute for these bytes.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "<!doctype html><html><head><meta charset=utf-8><title>x</title>\
        <link rel=\"stylesheet\" href=\"./style-1.css\"><link rel=modulepreload href=./page-1.js></head>\
        <body><p>1=./2</p><script type=\"application/json\" id=\"ferroscope-manifest\">old</script>\
        <script type='module' src='./boot-1.js'></script></body></html>";

    fn lab() -> Route {
        Route::new("labs/arena/", "Arenas", "Four kinds of \"ownership\" & <three> bills")
    }

    #[test]
    fn paths_lead_to_the_root_however_they_are_quoted() {
        let html = with_root(TEMPLATE, "../../");
        for path in ["\"../../style-1.css\"", "=../../page-1.js", "'../../boot-1.js'"] {
            assert!(html.contains(path), "{path} in {html}");
        }
        assert_eq!(with_root(TEMPLATE, "./"), TEMPLATE, "home needs no change");
    }

    #[test]
    fn the_manifest_replaces_what_stood_there_and_cannot_close_its_element() {
        let html = with_manifest(TEMPLATE, r#"{"a":"</script><!--"}"#).unwrap();
        assert!(html.contains(r#"id="ferroscope-manifest">{"a":"\u003c/script>\u003c!--"}</script>"#), "{html}");
        assert!(!html.contains("old"));
        assert!(with_manifest("<html></html>", "{}").is_err());
        assert!(with_manifest("<script id=ferroscope-manifest>", "{}").is_err());
    }

    #[test]
    fn words_are_escaped() {
        let html = with_words(TEMPLATE, &lab(), "<meta name=x>").unwrap();
        assert!(html.contains("<title>Arenas · Ferroscope</title>"), "{html}");
        assert!(html.contains("&quot;ownership&quot; &amp; &lt;three&gt; bills\"><meta name=x><link"), "{html}");
        assert!(with_words("<head>", &lab(), "").is_err());
    }

    #[test]
    fn a_built_page_has_the_policy_and_a_served_one_has_not() {
        let built = page(TEMPLATE, &lab(), "", "{}").unwrap();
        assert!(built.find("Content-Security-Policy").unwrap() < built.find("stylesheet").unwrap());
        let served = page(&TEMPLATE.replace("1=./2", RELOADER), &lab(), "", "{}").unwrap();
        assert!(!served.contains("Content-Security-Policy"));
        assert!(with_policy(&built, POLICY).is_err(), "two policies");
    }

    #[test]
    fn no_policy_allows_inline_scripts() {
        let scripts = POLICY.split(';').find(|rule| rule.trim().starts_with("script-src")).unwrap();
        assert!(!scripts.contains("unsafe-inline") && !scripts.contains("'unsafe-eval'"));
        assert!(!POLICY.contains('"') && !POLICY.contains("http"));
        assert!(!not_found().contains("{policy}") && !not_found().contains("{script}"));
    }

    #[test]
    fn integrity_is_what_browsers_expect() {
        // `printf '' | openssl dgst -sha384 -binary | base64`
        assert_eq!(integrity(b""), "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }
}
