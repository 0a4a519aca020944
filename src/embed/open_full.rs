//! The way from a frame to the whole of what it shows, in a tab of its own; where the frame may open none, the address as text. Never a dead link.

use crate::markup::dynamic;
use leptos::{ev, prelude::*};

/// The link, and what is shown once it was refused.
pub(super) struct OpenFull {
    /// To be placed in the frame's foot.
    pub link: AnyView,
    /// To be placed below the foot.
    pub refused: AnyView,
}

impl OpenFull {
    /// A link with these words to an address of this site; `whose` names what the address belongs to, as in “The lab’s”.
    pub fn new(words: &'static str, whose: &'static str, address: Signal<String>) -> Self {
        let shown = RwSignal::new(None::<String>);
        let open = move |event: ev::MouseEvent| {
            event.prevent_default();
            let address = address.get_untracked();
            // A sandbox that allows no new tabs refuses without a word: then the address is shown instead.
            if !matches!(window().open_with_url_and_target(&address, "_blank"), Ok(Some(_))) {
                shown.set(Some(absolute(&address)));
            }
        };
        let link = view! {
            <a href=dynamic(move || address.get()) target="_blank" data-action="open-full" on:click=open>{words}</a>
        };
        let refused = dynamic(move || {
            shown.get().map(|address| {
                view! {
                    <label class="selectable">
                        {format!("This frame may not open a tab. {whose} own address:")}
                        <input type="text" readonly=true value=address data-action="full-address"/>
                    </label>
                }
                .into_any()
            })
        });
        Self { link: link.into_any(), refused: refused.into_any() }
    }
}

/// An address as somebody outside can use it.
fn absolute(address: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(address, &base).map_or_else(|_| address.to_owned(), |url| url.href())
}
