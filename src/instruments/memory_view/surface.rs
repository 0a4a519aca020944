//! What the canvas takes from the page, its colours and its size, kept until they may have changed; and who tells that. It must never be asked for at each frame:
//! the page's style would be computed anew each time.

use super::words;
use leptos::prelude::*;
use protocol::memory::Owner;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlCanvasElement, MediaQueryList, MutationObserver, MutationObserverInit, ResizeObserver};

/// The canvas' size before the page has given it one.
pub(super) const SIZE: (u32, u32) = (1_024, 480);

/// Colours as the page's style resolves them, so that themes and forced colours hold on the canvas too; and the size in the screen's own pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Surface {
    pub(super) ground: String,
    pub(super) ink: String,
    pub(super) line: String,
    owners: Vec<(&'static str, String)>,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Surface {
    /// As it is now; none where the browser says nothing.
    pub(super) fn of(canvas: &HtmlCanvasElement) -> Option<Self> {
        let figure = canvas.closest(".memory-view").ok().flatten()?;
        let resolved = |element: &Element, name: &str| {
            let style = window().get_computed_style(element).ok().flatten()?;
            style.get_property_value(name).ok()
        };
        let mut owners = Vec::new();
        for owner in Owner::ALL {
            let class = words::class(owner);
            if let Ok(Some(swatch)) = figure.query_selector(&format!(".swatch.{class}"))
                && let Some(colour) = resolved(&swatch, "background-color")
            {
                owners.push((class, colour));
            }
        }
        let (width, height) = pixels(canvas);
        Some(Self {
            ground: resolved(canvas, "background-color")?,
            ink: resolved(canvas, "color")?,
            line: resolved(canvas, "outline-color")?,
            owners,
            width,
            height,
        })
    }

    pub(super) fn colour(&self, owner: Owner) -> &str {
        let class = words::class(owner);
        self.owners.iter().find(|(one, _)| *one == class).map_or(&self.ink, |(_, colour)| colour)
    }
}

/// The canvas' size on the screen, a pixel of the canvas being one of the screen's.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to some thousand pixels")]
fn pixels(canvas: &HtmlCanvasElement) -> (u32, u32) {
    let ratio = window().device_pixel_ratio().clamp(1.0, 4.0);
    let on_screen = |css: i32, usual: u32| {
        if css > 0 { (f64::from(css) * ratio).round().clamp(1.0, 8_192.0) as u32 } else { usual }
    };
    (on_screen(canvas.client_width(), SIZE.0), on_screen(canvas.client_height(), SIZE.1))
}

/// What may change the colours: another theme of the system's, or its forced colours.
const MEDIA: [&str; 2] = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/// Tells whenever colours or size may have changed, for as long as it lives.
pub(super) struct Watching {
    told: Closure<dyn Fn()>,
    media: Vec<MediaQueryList>,
    root: Option<MutationObserver>,
    size: Option<ResizeObserver>,
}

impl Watching {
    /// Begins.
    pub(super) fn of(canvas: &HtmlCanvasElement, told: impl Fn() + 'static) -> Self {
        let told = Closure::<dyn Fn()>::new(told);
        let function: &js_sys::Function = told.as_ref().unchecked_ref();
        let media = MEDIA.iter().filter_map(|query| window().match_media(query).ok().flatten());
        let media: Vec<MediaQueryList> =
            media.inspect(|list| drop(list.add_event_listener_with_callback("change", function))).collect();
        // The page's own theme, an embed's, and the stage are attributes of the root.
        let root = MutationObserver::new(function).ok();
        let what = MutationObserverInit::new();
        what.set_attributes(true);
        if let (Some(observer), Some(element)) = (&root, document().document_element()) {
            let _ = observer.observe_with_options(&element, &what);
        }
        let size = ResizeObserver::new(function).ok();
        if let Some(observer) = &size {
            observer.observe(canvas);
        }
        Self { told, media, root, size }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        for list in &self.media {
            let _ = list.remove_event_listener_with_callback("change", self.told.as_ref().unchecked_ref());
        }
        if let Some(observer) = &self.root {
            observer.disconnect();
        }
        if let Some(observer) = &self.size {
            observer.disconnect();
        }
    }
}
