//! The ways out of a frame: every link that leads elsewhere opens a tab of its own; where the frame may open none, the address is shown as text.
//! Never a dead link.

use crate::{
    app::{Route, manifest},
    markup::{dynamic, escaped, html},
    state::address::IN_BROWSER,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, HtmlInputElement};

/// The field with a refused address.
const FIELD: &str = "full-address";

/// What a frame does with its outward links.
#[derive(Clone, Copy)]
pub(super) struct Outward {
    /// Where the link that was refused last leads.
    refused: RwSignal<Option<String>>,
}

impl Outward {
    /// Of a frame in which no link was pressed yet.
    pub fn new() -> Self {
        Self { refused: RwSignal::new(None) }
    }

    /// To be told of every press within the frame: opens the tab that a link asks for, or shows the link's address.
    pub fn pressed(self, event: &ev::MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        let address = link.href();
        // A place on this very page.
        if whole(&address) == whole(&window().location().href().unwrap_or_default()) {
            return;
        }
        event.prevent_default();
        // A sandbox that allows no new tabs refuses without a word.
        if let Ok(Some(opened)) = window().open_with_url_and_target(&address, "_blank") {
            // What it leads to has no business with the frame.
            let _ = opened.set_opener(&JsValue::NULL);
        } else {
            self.refused.set(Some(address));
            // The reader pressed; the field is drawn by the next frame.
            request_animation_frame(|| {
                let field = document().get_element_by_id(FIELD).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
                if let Some(field) = field {
                    let _ = field.focus();
                    field.select();
                }
            });
        }
    }

    /// The refused address, to be placed below the frame's foot.
    pub fn refused(self) -> AnyView {
        dynamic(move || {
            self.refused.get().map(|address| {
                view! {
                    <label class="selectable">
                        "This frame may not open a tab. The link’s address:"
                        <input type="text" id=FIELD readonly=true value=address data-action=FIELD/>
                    </label>
                }
                .into_any()
            })
        })
        .into_any()
    }
}

/// An address without its fragment.
fn whole(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

/// The link to the whole of what a frame shows. Where no script runs it leads the frame itself there, which every sandbox allows, and where that
/// is, on the page of `public`, stands beside it as text.
pub(super) fn open_full(words: &'static str, address: Signal<String>, public: &Route) -> AnyView {
    let target = IN_BROWSER.then_some("_blank");
    let page = manifest().filter(|_| !IN_BROWSER).map(|manifest| manifest.public_address(public));
    let beside = page.map(|page| {
        dynamic(move || address.with(|link| printed(&page, link)).map(|text| html("embed-address", escaped(&text).into_owned())))
    });
    view! { <a href=dynamic(move || address.get()) target=target data-action="open-full">{words}</a>{beside} }.into_any()
}

/// The public address of what `link` leads to, a place or a state on `page`; none where the site has no public address.
fn printed(page: &str, link: &str) -> Option<String> {
    let place = link.find('#').map(|at| &link[at..]).unwrap_or_default();
    page.starts_with("http").then(|| format!("{page}{place}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_leads_where_the_link_does() {
        let page = "https://example.org/audit/";
        assert_eq!(printed(page, "/audit/#arena-faster").as_deref(), Some("https://example.org/audit/#arena-faster"));
        assert_eq!(printed(page, "/audit/").as_deref(), Some(page));
        assert_eq!(printed("/audit/", "/audit/#arena-faster"), None, "a site without a public address");
    }
}
