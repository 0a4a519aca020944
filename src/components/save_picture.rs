//! A lab's result as a file, SVG or PNG, and its words. Where a frame may not save files, the picture itself is shown, to be taken from there.

use super::{
    copy::{CopyButton, SelectableText},
    provenance::Provenance,
};
use crate::{
    app::{Route, manifest},
    embed::{
        choice::SiteAddress,
        picture::{self, PictureData, PictureTheme, Place, browser_family},
    },
    markup::{Html, dynamic, escaped},
};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url};

/// A canvas holds so many pixels for each of the picture's: sharp on dense screens, too.
const DENSITY: u32 = 2;

/// What became of a press.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Saved {
    #[default]
    NotYet,
    /// The browser was given a file.
    File(String),
    /// Files are denied here: the SVG as text.
    Text(String),
    /// Files are denied here: the PNG as an address that holds it, and its words.
    Image(String, String),
    /// It did not work, for this reason.
    Failed(&'static str),
}

impl Saved {
    fn words(&self) -> String {
        match self {
            Self::NotYet => String::new(),
            Self::File(name) => format!("Saved as {name}."),
            Self::Text(_) => "A frame may not save files: select the text below and save it as a file ending in .svg.".to_owned(),
            Self::Image(..) => "A frame may not save files: keep the picture below by your browser’s menu.".to_owned(),
            Self::Failed(why) => format!("The picture could not be made: {why}. Try the SVG."),
        }
    }
}

/// Saves the picture that `picture` returns at the press; the component adds where it was measured and the site's address.
#[component]
pub fn SavePicture(
    /// The picture; none while there is no result.
    #[prop(into)]
    picture: Callback<(), Option<PictureData>>,
    /// Whether there is one.
    enabled: Signal<bool>,
) -> impl IntoView {
    let saved = RwSignal::new(Saved::NotYet);
    let drawn = Callback::new(move |()| picture.run(()).map(complete));
    let save_svg = move |_| {
        saved.set(Saved::NotYet);
        let Some(picture) = drawn.run(()) else { return };
        let text = draw(&picture);
        let name = format!("{}.svg", picture.file_stem());
        saved.set(match (may_save_files(), blob_of(&text, "image/svg+xml")) {
            (true, Some(blob)) if save(&blob, &name).is_some() => Saved::File(name),
            _ => Saved::Text(text),
        });
    };
    let save_png = move |_| {
        saved.set(Saved::NotYet);
        let Some(picture) = drawn.run(()) else { return };
        leptos::task::spawn_local(async move {
            let outcome = match png(&picture).await {
                Err(why) => Saved::Failed(why),
                Ok(canvas) => deliver(&canvas, &picture).await,
            };
            let _ = saved.try_set(outcome);
        });
    };
    let alternative = move || drawn.run(()).map(|picture| picture.alternative());
    let word = Signal::derive(move || saved.with(Saved::words));
    let text = dynamic(move || match saved.get() {
        Saved::Text(svg) => Some(view! { <SelectableText label="The picture as SVG" text=svg/> }.into_any()),
        _ => None,
    });
    let image = Signal::derive(move || match saved.get() {
        Saved::Image(address, words) => {
            format!("<img class=\"saved-picture\" src=\"{}\" alt=\"{}\"/>", escaped(&address), escaped(&words))
        }
        _ => String::new(),
    });
    let disabled = Signal::derive(move || !enabled.get());
    view! {
        <button type="button" class="quiet" data-action="save-svg" disabled=dynamic(move || disabled.get()) on:click=save_svg>"Save picture (SVG)"</button>
        <button type="button" class="quiet" data-action="save-png" disabled=dynamic(move || disabled.get()) on:click=save_png>"Save picture (PNG)"</button>
        <span role="status" class="saved">{word}</span>
        <div class="denied">{text}</div>
        <Html class="denied" html=image/>
        <CopyButton label="Copy alternative text" name="copy-alternative" text=alternative enabled/>
    }
}

/// Adds what only the browser knows.
fn complete(picture: PictureData) -> PictureData {
    let site = manifest().and_then(|manifest| SiteAddress::parse(&manifest.public_address(&Route::Home)).ok());
    let is_own = !matches!(picture.provenance, Provenance::Recorded(_) | Provenance::Sent | Provenance::Modelled);
    let place = if is_own { here() } else { picture.place.clone() };
    PictureData { place, site: site.map(|site| site.printed().to_owned()).unwrap_or_default(), ..picture }
}

/// This browser, today.
#[must_use]
pub fn here() -> Place {
    let browser = browser_family(&window().navigator().user_agent().unwrap_or_default());
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    Place { browser, date: now.get(..10).unwrap_or_default().to_owned() }
}

fn draw(picture: &PictureData) -> String {
    picture::svg(picture, theme(), (picture::WIDTH, picture::height(picture)))
}

/// The page's colours as they are now.
fn theme() -> PictureTheme {
    let chosen = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    let is_dark = match chosen.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches()),
    };
    if is_dark { PictureTheme::Dark } else { PictureTheme::Light }
}

/// A sandboxed frame drops downloads without a word, so one in a frame counts as denied.
pub(super) fn may_save_files() -> bool {
    window().parent().ok().flatten().is_some_and(|parent| parent == window())
}

/// A text as a file of this kind.
pub(super) fn blob_of(text: &str, kind: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(&format!("{kind};charset=utf-8"));
    Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&JsValue::from_str(text)), &options).ok()
}

/// Hands a file to the browser.
pub(super) fn save(blob: &Blob, name: &str) -> Option<()> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Revoked only later: the browser fetches it once this task has ended.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        std::time::Duration::from_mins(1),
    );
    Some(())
}

/// Draws the picture on a canvas.
async fn png(picture: &PictureData) -> Result<HtmlCanvasElement, &'static str> {
    const NO_IMAGE: &str = "this browser does not draw it";
    let (width, height) = (picture::WIDTH, picture::height(picture));
    let image = HtmlImageElement::new().map_err(|_| NO_IMAGE)?;
    // An address that holds the picture, not a blob's: a sandboxed frame may read its pixels, too.
    let svg = js_sys::encode_uri_component(&draw(picture));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{}", String::from(svg)));
    JsFuture::from(image.decode()).await.map_err(|_| NO_IMAGE)?;
    let canvas = document()
        .create_element("canvas")
        .ok()
        .and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok())
        .ok_or(NO_IMAGE)?;
    canvas.set_width(width * DENSITY);
    canvas.set_height(height * DENSITY);
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    context
        .ok_or(NO_IMAGE)?
        .draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            0.0,
            0.0,
            f64::from(width * DENSITY),
            f64::from(height * DENSITY),
        )
        .map_err(|_| NO_IMAGE)?;
    Ok(canvas)
}

/// The canvas as a file, or as an image where files are denied.
async fn deliver(canvas: &HtmlCanvasElement, picture: &PictureData) -> Saved {
    const NO_PIXELS: &str = "this browser does not give its pixels away";
    if !may_save_files() {
        return canvas
            .to_data_url_with_type("image/png")
            .map_or(Saved::Failed(NO_PIXELS), |address| Saved::Image(address, picture.alternative()));
    }
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        if canvas.to_blob(&resolve).is_err() {
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    });
    let blob = JsFuture::from(promise).await.ok().and_then(|blob| blob.dyn_into::<Blob>().ok());
    let name = format!("{}.png", picture.file_stem());
    blob.and_then(|blob| save(&blob, &name)).map_or(Saved::Failed(NO_PIXELS), |()| Saved::File(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denied_file_says_what_to_do_next() {
        assert_eq!(Saved::NotYet.words(), "");
        assert!(Saved::Text(String::new()).words().contains("select the text"));
        assert!(Saved::Failed("x").words().contains("Try the SVG"));
    }
}
