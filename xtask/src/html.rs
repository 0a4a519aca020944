//! Edits of the one `index.html` that Trunk writes, so that each route gets its own: text in, text out.
//!
//! What an edit looks for must be there: a missing marker is an error, never a page that silently lacks something.

use crate::cards::escaped;
use crate::routes::{Route, Subject};
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384};
use std::ops::Range;

/// What every page may load and run. No inline script but the one of [`Early::Inline`], by its hash; blob workers inherit it, so Wasm may be compiled in them too.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob: data:; \
     connect-src 'self' blob: data:; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
     manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/// What Trunk's script for `trunk serve` holds, and nothing else does.
pub const RELOADER: &str = ".well-known/trunk/ws";

/// The page of one route; `tags` are elements for its head, see [`crate::social`].
///
/// # Errors
/// `template` lacks a marker that an edit needs.
pub fn page(template: &str, route: &Route, tags: &str, manifest: &str, early: Early<'_>) -> Result<String> {
    let is_served = template.contains(RELOADER);
    let is_framed = matches!(route.subject, Subject::Embed(_) | Subject::Claim(_));
    let early = if is_served || is_framed { early } else { early.inlined() };
    let html = with_early(template, early)?;
    let html = with_root(&html, &route.root());
    let html = with_manifest(&html, manifest)?;
    let html = with_words(&html, route, tags)?;
    // Trunk's reloader is an inline script: under `trunk serve` the policy would only silence it.
    if is_served { Ok(html) } else { with_policy(&html, &early.policy()) }
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

/// Takes out what Trunk would preload of the page. `boot.js` fetches all of it after the first paint: before a reader needs it, they need
/// the words.
///
/// # Errors
/// Trunk preloads no script.
pub fn without_preloads(html: &str) -> Result<String> {
    let mut html = html.to_owned();
    let before = html.len();
    while let Some(open) = html.match_indices("<link ").map(|(open, _)| open).find(|&open| {
        let tag = &html[open..html[open..].find('>').map_or(html.len(), |end| open + end)];
        tag.contains("preload") && tag.contains("./ferroscope-")
    }) {
        let end = open + html[open..].find('>').context("a link of Trunk's is not closed")? + 1;
        html.replace_range(open..end, "");
    }
    ensure!(html.len() < before, "Trunk preloads nothing of the page: has it changed?");
    Ok(html)
}

/// The script that runs before the first paint, and how a page holds it.
#[derive(Clone, Copy, Debug)]
pub enum Early<'a> {
    /// As a file: a frame that may load no script then runs none at all, and shows what needs none.
    File {
        /// Its name, from the site's root.
        name: &'a str,
        /// What it holds.
        script: &'a str,
    },
    /// In the page, which then need not wait for one more connection before it paints.
    Inline(&'a str),
}

impl Early<'_> {
    fn inlined(self) -> Self {
        match self {
            Self::File { script, .. } => Self::Inline(script),
            Self::Inline(_) => self,
        }
    }

    fn tag(self) -> String {
        match self {
            Self::File { name, script } => {
                format!("<script src=\"./{name}\" integrity=\"{}\" crossorigin></script>", integrity(script.as_bytes()))
            }
            Self::Inline(script) => format!("<script>{}</script>", without_remarks(script)),
        }
    }

    /// [`POLICY`], with the hash of what is inline.
    fn policy(self) -> String {
        let Self::Inline(script) = self else { return POLICY.to_owned() };
        let hash = STANDARD.encode(Sha256::digest(without_remarks(script)));
        POLICY.replace("script-src 'self'", &format!("script-src 'self' 'sha256-{hash}'"))
    }
}

/// A script without its lines of remarks and its indentation.
fn without_remarks(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Puts the script that runs before the first paint before the style sheet.
///
/// # Errors
/// There is no style sheet.
fn with_early(html: &str, early: Early<'_>) -> Result<String> {
    let at = sheets(html).first().context("index.html has no style sheet")?.place.start;
    Ok(format!("{}{}{}", &html[..at], early.tag(), &html[at..]))
}

/// A style sheet's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    place: Range<usize>,
    /// The file, from the site's root.
    pub file: String,
}

/// The links to style sheets of the site's own, in order.
pub fn sheets(html: &str) -> Vec<Sheet> {
    let links = html.match_indices("<link ").filter_map(|(start, _)| {
        let end = start + html[start..].find('>')? + 1;
        let tag = &html[start..end];
        let path = &tag[tag.find("./")? + 2..];
        let file = &path[..path.find(['"', '\'', ' ', '>'])?];
        tag.contains("stylesheet").then(|| Sheet { place: start..end, file: file.to_owned() })
    });
    links.collect()
}

/// Puts one style sheet in place of all.
///
/// # Errors
/// There is none.
pub fn with_one_sheet(html: &str, file: &str) -> Result<String> {
    let sheets = sheets(html);
    let first = sheets.first().context("index.html has no style sheet")?;
    let mut one = html.to_owned();
    for sheet in sheets.iter().rev() {
        one.replace_range(sheet.place.clone(), "");
    }
    one.insert_str(first.place.start, &format!("<link rel=\"stylesheet\" href=\"./{file}\">"));
    Ok(one)
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
    fn nothing_of_the_page_is_preloaded() {
        let trunks = TEMPLATE.replace("./page-1.js", "./ferroscope-1.js");
        assert_eq!(without_preloads(&trunks).unwrap(), TEMPLATE.replace("<link rel=modulepreload href=./page-1.js>", ""));
        assert!(without_preloads(TEMPLATE).is_err(), "Trunk preloads the page, or has changed");
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
        let early = Early::File { name: "early-1.js", script: "// why\n  run();\n" };
        let built = page(TEMPLATE, &lab(), "", "{}", early).unwrap();
        assert!(built.find("Content-Security-Policy").unwrap() < built.find("stylesheet").unwrap());
        let served = page(&TEMPLATE.replace("1=./2", RELOADER), &lab(), "", "{}", early).unwrap();
        assert!(!served.contains("Content-Security-Policy") && served.contains("<script src=\"../../early-1.js\""));
        assert!(with_policy(&built, POLICY).is_err(), "two policies");
    }

    #[test]
    fn the_early_script_is_inline_by_its_hash_but_for_frames() {
        let early = Early::File { name: "early-1.js", script: "// why\n  run();\n" };
        let whole = page(TEMPLATE, &lab(), "", "{}", early).unwrap();
        let hash = STANDARD.encode(Sha256::digest("run();"));
        assert!(whole.contains("<script>run();</script><link") && whole.contains(&format!("'sha256-{hash}'")), "{whole}");
        let embed = crate::embeds::all().remove(0);
        let claim = crate::claims::ClaimEntry { id: "x".to_owned(), claim: "x".to_owned(), verdict: course::Verdict::Holds };
        for route in [Route::of_embed(&embed), Route::of_claim(&claim)] {
            let framed = page(TEMPLATE, &route, "", "{}", early).unwrap();
            assert!(framed.contains("early-1.js\" integrity=\"sha384-") && !framed.contains("sha256-"), "{framed}");
        }
    }

    #[test]
    fn style_sheets_become_one_where_the_first_stood() {
        let two =
            "<link rel=icon href=./i><link data-x href=./a-1.css rel=stylesheet><p><link rel=\"stylesheet\" href=\"./b-2.css\">";
        let files: Vec<_> = sheets(two).into_iter().map(|sheet| sheet.file).collect();
        assert_eq!(files, ["a-1.css", "b-2.css"]);
        let one = "<link rel=icon href=./i><link rel=\"stylesheet\" href=\"./c.css\"><p>";
        assert_eq!(with_one_sheet(two, "c.css").unwrap(), one);
        assert!(with_one_sheet("<p>", "c.css").is_err());
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
