//! What search engines look for at a site's root. It must list nothing that a reader would not want to find.

use crate::cards::escaped;
use crate::public::PublicUrl;
use crate::routes::{Route, Subject};
use anyhow::{Context, Result};
use protocol::LabId;
use std::fs;
use std::path::Path;

/// Writes `robots.txt`, and `sitemap.xml` where the public address is known: a sitemap needs full addresses.
///
/// # Errors
/// A file cannot be written.
pub fn write_into(site: &Path, public: &PublicUrl, routes: &[Route]) -> Result<()> {
    let map = public.absolute("sitemap.xml");
    let line = map.as_ref().map_or_else(String::new, |map| format!("\nSitemap: {map}\n"));
    fs::write(site.join("robots.txt"), format!("User-agent: *\nAllow: /\n{line}")).context("writing robots.txt")?;
    if map.is_some() {
        fs::write(site.join("sitemap.xml"), sitemap(public, routes)).context("writing sitemap.xml")?;
    }
    Ok(())
}

/// Every page that a reader may want to find: no embed, which shows what another page shows better, and no unlisted lab.
fn sitemap(public: &PublicUrl, routes: &[Route]) -> String {
    let is_wanted = |route: &&Route| match route.subject {
        Subject::Embed(_) | Subject::Claim(_) => false,
        Subject::Lab(lab) => LabId::is_listed(lab),
        Subject::Text => true,
    };
    let found = routes.iter().filter(is_wanted).map(|route| public.address(&route.path));
    let lines = found.fold(String::new(), |lines, address| lines + "<url><loc>" + &escaped(&address) + "</loc></url>\n");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{lines}</urlset>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes;

    fn public() -> PublicUrl {
        PublicUrl::of("https://example.org/f").unwrap()
    }

    #[test]
    fn the_sitemap_lists_what_readers_look_for() {
        let map = sitemap(&public(), &routes::all(&[], &[]));
        assert!(
            map.contains("<loc>https://example.org/f/</loc>") && map.contains("<loc>https://example.org/f/budget/</loc>"),
            "{map}"
        );
        assert!(!map.contains("/embed/arena") && !map.contains("self-test"), "{map}");
    }

    #[test]
    fn without_a_public_address_there_is_no_sitemap() {
        let site = tempfile::tempdir().unwrap();
        write_into(site.path(), &PublicUrl::default(), &[]).unwrap();
        assert!(!site.path().join("sitemap.xml").exists());
        assert!(!fs::read_to_string(site.path().join("robots.txt")).unwrap().contains("Sitemap"));
        write_into(site.path(), &public(), &[]).unwrap();
        assert!(site.path().join("sitemap.xml").exists());
        assert!(
            fs::read_to_string(site.path().join("robots.txt")).unwrap().contains("Sitemap: https://example.org/f/sitemap.xml")
        );
    }
}
