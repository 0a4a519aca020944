//! HTML as text: whatever only shows something is written here and put into the page at once. A Leptos view is for what the reader operates.
//!
//! It is smaller (each view is a type of its own, compiled three times over; text is not), it is tested natively, and the same text can be
//! prerendered or saved as a picture. Text from outside goes through [`escaped`], always.

use leptos::prelude::*;
use std::{
    borrow::Cow,
    sync::{Arc, Mutex},
};

/// Shows a text of HTML, anew whenever it changes.
#[component]
pub fn Html(
    /// The element's class.
    class: &'static str,
    /// What it holds; written by this crate or by the course's parser.
    html: Signal<String>,
) -> impl IntoView {
    view! { <div class=class inner_html=html></div> }
}

/// A text of HTML that does not change.
pub fn html(class: &'static str, html: String) -> AnyView {
    view! { <Html class html=Signal::stored(html)/> }.into_any()
}

/// A closure that the views share one compiled form for: a bare closure would have each element compiled anew around it.
pub type Dynamic<T> = Arc<Mutex<dyn FnMut() -> T + Send>>;

/// Erases a closure's type; see [`Dynamic`].
pub fn dynamic<T: 'static>(closure: impl FnMut() -> T + Send + 'static) -> Dynamic<T> {
    Arc::new(Mutex::new(closure))
}

/// Text as it may stand in HTML, in an element or in a quoted attribute.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// The pieces one after another.
#[must_use]
pub fn all<T>(items: impl IntoIterator<Item = T>, mut piece: impl FnMut(T) -> String) -> String {
    items.into_iter().fold(String::new(), |mut out, item| {
        out.push_str(&piece(item));
        out
    })
}

/// Plain text with `code` between backticks, as HTML.
#[must_use]
pub fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    all(
        parts,
        |(index, part)| if index % 2 == 1 { format!("<code>{}</code>", escaped(part)) } else { escaped(part).into_owned() },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_can_open_an_element_or_end_an_attribute(text in ".*") {
            let safe = escaped(&text);
            prop_assert!(!safe.contains(['<', '>', '"', '\'']));
            let back = safe.replace("&#39;", "'").replace("&quot;", "\"").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&");
            prop_assert_eq!(back, text);
        }
    }
}
