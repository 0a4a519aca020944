//! Copy on write: a text that is copied only where it must change.

use std::borrow::Cow;

// anchor: cow
/// Each tab becomes four spaces; a text without tabs is handed back as it is.
fn without_tabs(text: &str) -> Cow<'_, str> {
    if text.contains('\t') { Cow::Owned(text.replace('\t', "    ")) } else { Cow::Borrowed(text) }
}

fn main() {
    for text in ["a plain line", "a\tline"] {
        let clean = without_tabs(text);
        let how = match &clean {
            Cow::Borrowed(_) => "borrowed",
            Cow::Owned(_) => "a copy",
        };
        println!("{text:?}: {how}, at the same address: {}", std::ptr::eq(text.as_ptr(), clean.as_ptr()));
    }
}
// end: cow
