//! The address under which the site is known, which is not always where it runs: a conference laptop says `localhost`.
//!
//! It is one value, given to `cargo xtask build --public-url` and handed through Trunk by an environment variable. Where it is not known, no page
//! may claim one.

use crate::cards::escaped;
use crate::html;
use crate::routes::{Route, of_lab};
use anyhow::{Context, Result};
use protocol::LabId;
use serde::Serialize;
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::{env, fs};
use url::Url;

/// The way through Trunk's hook.
pub const VARIABLE: &str = "FERROSCOPE_PUBLIC_URL";

/// An absolute address of a site's root, with a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicUrl(String);

/// Why a text is no address of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    /// Not an address at all.
    #[error("“{0}” is no absolute address: write it as https://example.org/ferroscope/")]
    NoAddress(String),
    /// Only the web's own schemes can be opened by a reader.
    #[error("“{0}:” addresses cannot be opened by readers: use https: or http:")]
    Scheme(String),
    /// A root has neither; and credentials must not be published.
    #[error("a site's address has no {0}")]
    Surplus(&'static str),
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let mut url = Url::parse(text.trim()).map_err(|_| PublicUrlError::NoAddress(text.to_owned()))?;
        if !["http", "https"].contains(&url.scheme()) {
            return Err(PublicUrlError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(PublicUrlError::Surplus("user name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(PublicUrlError::Surplus("query or fragment"));
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(Self(url.into()))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PublicUrl {
    /// What the environment says; nothing where it says nothing.
    ///
    /// # Errors
    /// It says something that is no address.
    pub fn of_environment() -> Result<Option<Self>> {
        match env::var(VARIABLE) {
            Ok(text) if !text.is_empty() => text.parse().map(Some).with_context(|| format!("reading {VARIABLE}")),
            Ok(_) | Err(env::VarError::NotPresent) => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {VARIABLE}")),
        }
    }

    /// The public address of a path below the site's root, which begins with no slash.
    pub fn of(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// A page with the link that says where it is known, for search engines; what shows previews asks [`crate::social`].
    ///
    /// # Errors
    /// The page has no title.
    pub fn name(&self, page: &str, route: &Route) -> Result<String> {
        let address = escaped(&self.of(&route.path));
        html::with_head(page, &format!("<link rel=\"canonical\" href=\"{address}\">"))
    }
}

/// Writes what search engines look for at a site's root. A sitemap needs full addresses, so there is one only where they are known.
///
/// # Errors
/// A file cannot be written.
pub fn write_for_crawlers(site: &Path, public: Option<&PublicUrl>, routes: &[Route]) -> Result<()> {
    let robots = public.map_or_else(String::new, |public| format!("\nSitemap: {}\n", public.of("sitemap.xml")));
    fs::write(site.join("robots.txt"), format!("User-agent: *\nAllow: /\n{robots}")).context("writing robots.txt")?;
    let Some(public) = public else { return Ok(()) };
    fs::write(site.join("sitemap.xml"), sitemap(public, routes)).context("writing sitemap.xml")
}

/// Every page that a reader may want to find: no embeds, which show what another page shows better, and no unlisted lab.
fn sitemap(public: &PublicUrl, routes: &[Route]) -> String {
    let unlisted: Vec<_> = LabId::ALL.into_iter().filter(|lab| !lab.is_listed()).map(of_lab).collect();
    let is_embed = |path: &str| path.strip_prefix("embed/").is_some_and(|rest| !rest.is_empty());
    let found = routes.iter().filter(|route| !is_embed(&route.path) && !unlisted.contains(&route.path));
    let lines = found.map(|route| format!("<url><loc>{}</loc></url>\n", escaped(&public.of(&route.path))));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
        lines.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes;
    use proptest::prelude::*;

    fn public() -> PublicUrl {
        "https://example.org/ferroscope".parse().unwrap()
    }

    #[test]
    fn an_address_ends_with_a_slash_and_is_written_as_browsers_do() {
        assert_eq!(public().to_string(), "https://example.org/ferroscope/");
        assert_eq!(" HTTPS://Example.ORG ".parse::<PublicUrl>().unwrap().to_string(), "https://example.org/");
        assert_eq!(public().of("labs/arena/"), "https://example.org/ferroscope/labs/arena/");
    }

    #[test]
    fn what_is_no_root_of_a_site_is_refused_by_its_fault() {
        let error = |text: &str| text.parse::<PublicUrl>().unwrap_err();
        assert!(matches!(error("example.org"), PublicUrlError::NoAddress(_)));
        assert!(matches!(error("/a/b/"), PublicUrlError::NoAddress(_)));
        assert_eq!(error("javascript:alert(1)"), PublicUrlError::Scheme("javascript".to_owned()));
        assert_eq!(error("https://a:b@example.org/"), PublicUrlError::Surplus("user name or password"));
        assert_eq!(error("https://example.org/?a=1"), PublicUrlError::Surplus("query or fragment"));
        assert_eq!(error("https://example.org/#a"), PublicUrlError::Surplus("query or fragment"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_root_or_an_error(text in ".*") {
            if let Ok(public) = text.parse::<PublicUrl>() {
                let shown = public.to_string();
                prop_assert!(shown.starts_with("http") && shown.ends_with('/'));
                prop_assert!(!shown.contains(['"', '<', '>', '?', '#', ' ']));
                prop_assert_eq!(shown.parse::<PublicUrl>().unwrap(), public);
            }
        }

        #[test]
        fn so_is_any_text_that_begins_like_one(text in "https?://[a-z.]{1,8}(:[0-9]{1,5})?(/[a-z?#@<>\" ]{0,8}){0,3}") {
            if let Ok(public) = text.parse::<PublicUrl>() {
                prop_assert!(!public.to_string().contains(['"', '<', '>', '?', '#', ' ']));
            }
        }
    }

    #[test]
    fn a_page_names_its_public_address_once_and_before_its_title() {
        let route = Route::new("labs/arena/", "Arenas", "");
        let page = public().name("<head><title>x</title></head>", &route).unwrap();
        let link = "<link rel=\"canonical\" href=\"https://example.org/ferroscope/labs/arena/\">";
        assert!(page.contains(&format!("<head>{link}")), "{page}");
        assert!(public().name("<head></head>", &route).is_err());
    }

    #[test]
    fn the_sitemap_lists_what_readers_look_for() {
        let mut all = routes::all(&[]);
        all.push(Route::new("embed/arena/", "", ""));
        let map = sitemap(&public(), &all);
        assert!(map.contains("<loc>https://example.org/ferroscope/</loc>") && map.contains("/ferroscope/budget/</loc>"), "{map}");
        assert!(!map.contains("embed/arena") && !map.contains("self-test"), "{map}");
    }

    #[test]
    fn without_a_public_address_there_is_no_sitemap() {
        let site = tempfile::tempdir().unwrap();
        write_for_crawlers(site.path(), None, &[]).unwrap();
        assert!(!site.path().join("sitemap.xml").exists());
        assert!(!fs::read_to_string(site.path().join("robots.txt")).unwrap().contains("Sitemap"));
        write_for_crawlers(site.path(), Some(&public()), &[]).unwrap();
        assert!(site.path().join("sitemap.xml").exists());
    }
}
