//! Links from a lesson into the site: written `[arenas](lesson:memory/arenas#build)`, carried as `data-route` until the page, which alone
//! knows its routes, puts the addresses in.

use std::borrow::Cow;
use std::fmt;

/// What a link inside the site points at. Slugs are as the author wrote them; the validator has checked that each exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// `lesson:memory/arenas` or `lesson:memory/arenas#section`
    Lesson {
        /// The pillar, in folder form.
        pillar: &'a str,
        /// The lesson, in folder form.
        slug: &'a str,
        /// The section's id; none for the lesson's top.
        section: Option<&'a str>,
    },
    /// `lab:arena`: the lab's own page.
    Lab(&'a str),
    /// `claim:arena-faster`: an audited claim.
    Claim(&'a str),
    /// `page:budget`: another page of the site.
    Page(&'a str),
    /// `term:arena`: a term of the glossary. The parser writes these itself, at the term's first place in a lesson.
    Term(&'a str),
    /// `pillar:memory`: a pillar's page; in the search index alone.
    Pillar(&'a str),
}

/// Text that is no link into the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a link into the site: expected lesson:pillar/lesson#section, lab:slug, claim:id or page:name")]
pub struct UnknownTarget;

impl<'a> Target<'a> {
    /// Reads what stands in `data-route`.
    ///
    /// # Errors
    /// When the scheme is none of the six, or a part is empty.
    pub fn parse(route: &'a str) -> Result<Self, UnknownTarget> {
        let (scheme, rest) = route.split_once(':').ok_or(UnknownTarget)?;
        let target = match scheme {
            "lesson" => {
                let (path, section) = rest.split_once('#').map_or((rest, None), |(path, section)| (path, Some(section)));
                let (pillar, slug) = path.split_once('/').ok_or(UnknownTarget)?;
                if pillar.is_empty() || slug.contains('/') || section.is_some_and(str::is_empty) {
                    return Err(UnknownTarget);
                }
                (Self::Lesson { pillar, slug, section }, slug)
            }
            "lab" => (Self::Lab(rest), rest),
            "claim" => (Self::Claim(rest), rest),
            "page" => (Self::Page(rest), rest),
            "term" => (Self::Term(rest), rest),
            "pillar" => (Self::Pillar(rest), rest),
            _ => return Err(UnknownTarget),
        };
        if target.1.is_empty() { Err(UnknownTarget) } else { Ok(target.0) }
    }
}

/// As it stands in `data-route`.
impl fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lesson { pillar, slug, section: None } => write!(f, "lesson:{pillar}/{slug}"),
            Self::Lesson { pillar, slug, section: Some(section) } => write!(f, "lesson:{pillar}/{slug}#{section}"),
            Self::Lab(slug) => write!(f, "lab:{slug}"),
            Self::Claim(id) => write!(f, "claim:{id}"),
            Self::Page(name) => write!(f, "page:{name}"),
            Self::Term(id) => write!(f, "term:{id}"),
            Self::Pillar(slug) => write!(f, "pillar:{slug}"),
        }
    }
}

/// How the parser begins a link into the site. Prose cannot contain it: there, quotes and angle brackets are escaped.
const OPENING: &str = "<a href=\"#\" data-route=\"";

/// The opening tag of a link to `target`, whose text is nothing that needs escaping (slugs and ids only).
#[cfg(feature = "parse")]
pub(crate) fn opening_tag(target: &Target<'_>) -> String {
    opening_tag_with(target, "")
}

/// The same with more attributes, of the parser's own making.
#[cfg(feature = "parse")]
pub(crate) fn opening_tag_with(target: &Target<'_>, attributes: &str) -> String {
    format!("{OPENING}{target}\"{attributes}>")
}

/// `html` (of a lesson) with every link into the site given the address that `address` says. `data-route` stays, for the router.
///
/// An address is put in as it is, so it must need no escaping: `address` builds it from routes, never from what a reader typed.
pub fn resolve_links(html: &str, mut address: impl FnMut(Target<'_>) -> String) -> Cow<'_, str> {
    let mut resolved = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(OPENING) {
        let route = after.split('"').next().unwrap_or_default();
        resolved.push_str(before);
        match Target::parse(route) {
            Ok(target) => {
                resolved.push_str("<a href=\"");
                resolved.push_str(&address(target));
                resolved.push_str("\" data-route=\"");
            }
            Err(UnknownTarget) => resolved.push_str(OPENING),
        }
        rest = after;
    }
    if resolved.is_empty() {
        return Cow::Borrowed(html);
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_target_is_read_and_written_back() {
        for route in [
            "lesson:memory/arenas",
            "lesson:memory/arenas#build",
            "lab:latency-budget",
            "claim:arena-faster",
            "page:budget",
            "term:rc",
            "pillar:data",
        ] {
            assert_eq!(Target::parse(route).unwrap().to_string(), route);
        }
        for bad in [
            "",
            "lesson:",
            "lesson:memory",
            "lesson:/x",
            "lesson:a/",
            "lesson:a/b/c",
            "lesson:a/b#",
            "lab:",
            "https://x",
            "arena",
        ] {
            assert_eq!(Target::parse(bad), Err(UnknownTarget), "{bad}");
        }
    }

    #[test]
    fn links_get_the_addresses_of_the_page_that_shows_them() {
        let html = "<p><a href=\"#\" data-route=\"lab:arena\">the lab</a>, <a href=\"https://x\">x</a>, \
                    <a href=\"#\" data-route=\"lesson:data/zero_copy#cost\">cost</a></p>";
        let resolved = resolve_links(html, |target| match target {
            Target::Lab(slug) => format!("../labs/{slug}/"),
            Target::Lesson { pillar, slug, section } => {
                format!("../lessons/{pillar}/{}/#{}", crate::url_form(slug), section.unwrap())
            }
            _ => unreachable!(),
        });
        assert_eq!(
            resolved,
            "<p><a href=\"../labs/arena/\" data-route=\"lab:arena\">the lab</a>, <a href=\"https://x\">x</a>, \
             <a href=\"../lessons/data/zero-copy/#cost\" data-route=\"lesson:data/zero_copy#cost\">cost</a></p>"
        );
        assert!(matches!(resolve_links("<p>none</p>", |_| String::new()), Cow::Borrowed("<p>none</p>")));
    }
}
