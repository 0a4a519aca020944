//! What an author pastes, for each place one writes in: a frame where frames are allowed, else a picture with its words and a link.
//!
//! No choice, address or text may end an attribute or open an element: everything goes through [`escaped`] or [`markdown_text`], and tests parse
//! every snippet back.

use super::choice::{Choice, SiteAddress, words};
use crate::markup::escaped;
use std::fmt::Write as _;

/// Where an author writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// HTML of one's own.
    #[default]
    Html,
    /// Ghost's HTML card.
    Ghost,
    /// The Custom HTML block of `WordPress`.
    WordPress,
    /// A site made by Hugo.
    Hugo,
    /// Hosts without frames.
    Picture,
}

words!(Place: Html "html" "Plain HTML", Ghost "ghost" "Ghost", WordPress "wordpress" "WordPress", Hugo "hugo" "Hugo",
    Picture "picture" "Medium, dev.to, mail, a feed");

impl Place {
    /// What the host lets through, and what it does not.
    #[must_use]
    pub const fn allows(self) -> &'static str {
        match self {
            Self::Html => {
                "Your own HTML allows everything. If the page has a content-security policy, it must let the frame in: frame-src with this \
                 site’s origin, and script-src if you use the script."
            }
            Self::Ghost => {
                "Ghost’s HTML card keeps frames and scripts as they are. Newsletters drop both: add the picture to posts that are sent by mail."
            }
            Self::WordPress => {
                "The Custom HTML block keeps a frame for those who may post unfiltered HTML: administrators and editors of a single site. For \
                 others, and on most WordPress.com plans, frames and scripts are taken out: use the picture there."
            }
            Self::Hugo => {
                "Hugo passes no raw HTML from Markdown by default, but it does pass shortcodes: this adds one to your site, once, and each \
                 article then takes one line."
            }
            Self::Picture => {
                "Medium, dev.to, mail and most feed readers take out frames. What works there is a picture with its words and a link that opens \
                 the lab in the same state."
            }
        }
    }
}

/// Whether the host's page also gets the script that gives each frame the height it asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HostScript {
    /// Yes: no empty space and no scroll bar within the frame.
    #[default]
    With,
    /// No: the frame keeps the height that is written there.
    Without,
}

/// The host script's file, from the site's root. Its name never changes: it stands in other people's pages.
pub const HOST_SCRIPT: &str = "embed-host.js";

/// What a frame may do: run scripts, and open the whole lab in a tab of its own. No storage, no cookies, no access to the page around it.
pub const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/// What a frame may ask the browser for.
pub const ALLOW: &str = "clipboard-write; fullscreen";

/// Text to paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What to do with it.
    pub what: &'static str,
    /// The control's name, for tests: unique among the snippets of a place.
    pub name: &'static str,
    /// The text.
    pub text: String,
}

/// A picture of a result, where its author has put it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureLink {
    /// Its address, or its file's name if it lies beside the page.
    pub src: String,
    /// Its content in words.
    pub alt: String,
}

/// What to paste in a place.
#[must_use]
pub fn snippets(place: Place, choice: &Choice, site: &SiteAddress, script: HostScript, picture: &PictureLink) -> Vec<Snippet> {
    let html = |what| Snippet { what, name: "snippet", text: format!("{}{}", frame(choice, site), script_tag(site, script)) };
    match place {
        Place::Html => vec![html("Paste this where the lab shall stand.")],
        Place::Ghost => vec![html("Type /html in the editor, press Enter, and paste this into the card.")],
        Place::WordPress => vec![html("Add a block “Custom HTML” and paste this into it.")],
        Place::Hugo => vec![
            Snippet { what: "In the article, where the lab shall stand:", name: "snippet", text: shortcode_use(choice, site) },
            Snippet {
                what: "Once in your site, as layouts/_shortcodes/ferroscope.html (before Hugo 0.146: layouts/shortcodes/ferroscope.html):",
                name: "snippet-shortcode",
                text: shortcode(site, script),
            },
        ],
        Place::Picture => vec![
            Snippet {
                what: "As HTML (mail, feeds, and editors that take HTML):",
                name: "snippet",
                text: picture_html(choice, site, picture),
            },
            Snippet {
                what: "As Markdown (dev.to, README files):",
                name: "snippet-markdown",
                text: picture_markdown(choice, site, picture),
            },
            Snippet {
                what: "By hand (Medium): upload the picture, give it these words as alternative text, and link it to this address:",
                name: "snippet-by-hand",
                text: format!("{}\n\n{}\n", one_line(&picture.alt), choice.lab_address(site)),
            },
        ],
    }
}

/// The frame. Width and height stand in attributes, too, for pages whose policy drops inline styles.
fn frame(choice: &Choice, site: &SiteAddress) -> String {
    frame_of(&escaped(&choice.address(site)), &escaped(&choice.title()), &choice.width.to_string(), &choice.height.to_string())
}

/// What to paste where a claim of the audit shall stand; `id` is the claim's, `claim` what is claimed.
#[must_use]
pub fn claim_snippet(site: &SiteAddress, id: &str, claim: &str, script: HostScript) -> String {
    let address = format!("{}embed/claim-{id}/?v=1", site.as_str());
    let title = format!("Audited: {}", one_line(claim));
    format!("{}{}", frame_of(&escaped(&address), &escaped(&title), "720", CLAIM_HEIGHT), script_tag(site, script))
}

/// How high a claim's frame is before it has told its own height, in CSS pixels.
const CLAIM_HEIGHT: &str = "480";

/// The frame's element; what it is given is already escaped.
fn frame_of(src: &str, title: &str, width: &str, height: &str) -> String {
    format!(
        "<iframe src=\"{src}\" title=\"{title}\" width=\"{width}\" height=\"{height}\" style=\"border:0;max-width:100%\" loading=\"lazy\" \
         sandbox=\"{SANDBOX}\" allow=\"{ALLOW}\"></iframe>\n"
    )
}

fn script_tag(site: &SiteAddress, script: HostScript) -> String {
    match script {
        HostScript::With => format!("<script src=\"{}{HOST_SCRIPT}\" async=\"\"></script>\n", escaped(site.as_str())),
        HostScript::Without => String::new(),
    }
}

/// Hugo escapes what a shortcode is given for the attribute it stands in.
fn shortcode(site: &SiteAddress, script: HostScript) -> String {
    let get = |name: &str| format!("{{{{ .Get \"{name}\" }}}}");
    format!("{}{}", frame_of(&get("src"), &get("title"), &get("width"), &get("height")), script_tag(site, script))
}

fn shortcode_use(choice: &Choice, site: &SiteAddress) -> String {
    format!(
        "{{{{< ferroscope src=\"{}\" title=\"{}\" width=\"{}\" height=\"{}\" >}}}}\n",
        choice.address(site),
        shortcode_text(&choice.title()),
        choice.width,
        choice.height,
    )
}

/// Text in a shortcode's quoted parameter: backslash and quote are written with a backslash, and the braces that would end it come apart.
fn shortcode_text(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('"', "\\\"").replace("}}", "} }").replace("{{", "{ {")
}

fn picture_html(choice: &Choice, site: &SiteAddress, picture: &PictureLink) -> String {
    format!(
        "<a href=\"{}\"><img src=\"{}\" alt=\"{}\" width=\"{}\" style=\"max-width:100%;height:auto\"/></a>\n",
        escaped(&choice.lab_address(site)),
        escaped(&one_line(&picture.src)),
        escaped(&one_line(&picture.alt)),
        choice.width,
    )
}

fn picture_markdown(choice: &Choice, site: &SiteAddress, picture: &PictureLink) -> String {
    format!(
        "[![{}]({})]({})\n",
        markdown_text(&picture.alt),
        markdown_address(&picture.src),
        markdown_address(&choice.lab_address(site)),
    )
}

/// Text as it may stand in Markdown's square brackets: each of its signs with a backslash, which Markdown allows before any of them.
fn markdown_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        if letter.is_ascii_punctuation() && !".,:;–%()/+=−".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// An address as it may stand in Markdown's round brackets.
fn markdown_address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:@%+,;=?#&[]".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Text without line breaks and control characters, which no attribute needs and XML forbids.
fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|letter: char| letter.is_control() || letter.is_whitespace() || is_no_character(letter)).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Code points that Unicode keeps free of characters, and that XML refuses.
pub(super) const fn is_no_character(letter: char) -> bool {
    matches!(letter, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
#[path = "snippet_tests.rs"]
mod tests;
