//! What lies over the page on the stage: the step, the seed, watermarks, the black screen, the list of keys, the QR code and the form for its address.

use super::{keys, qr::typed};
use crate::markup::{Html, all, dynamic, escaped};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement};

/// What stands across a recorded result, large; machine and time stand at the foot.
const ACROSS: &str = "RECORDED";

/// What stands under a code that carries no result, though there may be one.
const SHORT: &str = "<br><small class=\"stage-short\">Without the result: with it, the address is too long for a code.</small>";

/// Everything that is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// How the run stands, for `data-stage-state`.
    pub situation: &'static str,
    /// Which beat it is, from 0.
    pub beat: u32,
    /// Of how many.
    pub beats: u32,
    /// What lies over all else: `black`, `keys`, `qr`, `address`, or nothing.
    pub over: String,
    /// What the next press does.
    pub next: String,
    /// How many steps wait for the page.
    pub pending: usize,
    /// By how many views the screen is moved up.
    pub down: u16,
    /// The seed of the lab at hand.
    pub seed: String,
    /// What must stand across a recorded result.
    pub watermark: String,
    /// What the stage has to say.
    pub note: String,
    /// What the next press does, where it is not what was planned.
    pub offer: String,
    /// The QR code as SVG.
    pub qr: String,
    /// The address it stands for.
    pub link: String,
    /// Whether it carries less than there is, since a code holds no more.
    pub is_short: bool,
    /// Where the audience reaches the site, as it was entered.
    pub public: String,
    /// How far the rehearsal has come.
    pub rehearsal: String,
}

impl Overlay {
    /// The rehearsal's state, for `data-rehearsal`.
    const fn rehearsal_slug(&self) -> &'static str {
        match self.rehearsal.as_bytes() {
            [] => "none",
            [b'R', b'e', b'a', ..] => "ready",
            [b'N', ..] => "failed",
            _ => "running",
        }
    }

    fn draw(&self) -> String {
        let sheet = match self.over.as_str() {
            "black" => "<div class=\"stage-black\"></div>".to_owned(),
            "keys" => format!(
                "<div class=\"stage-sheet\"><h2>Keys</h2><dl>{}</dl></div>",
                all(keys::LIST, |(key, what)| format!("<div><dt>{}</dt><dd>{}</dd></div>", escaped(key), escaped(what)))
            ),
            "qr" => format!(
                "<div class=\"stage-qr\">{}<p class=\"stage-address\" data-link=\"{}\">{}{}</p></div>",
                self.qr,
                escaped(&self.link),
                escaped(typed(&self.link)),
                if self.is_short { SHORT } else { "" },
            ),
            _ => String::new(),
        };
        let seed = if self.seed.is_empty() { String::new() } else { format!("seed {} · ", escaped(&self.seed)) };
        let watermark = if self.watermark.is_empty() {
            String::new()
        } else {
            format!("<p class=\"stage-across\" aria-hidden=\"true\">{ACROSS}</p>")
        };
        format!(
            "{watermark}<p class=\"stage-strip\"><b class=\"stage-watermark\">{}</b><span class=\"stage-offer\">{}</span><span class=\"stage-note\" role=\"status\">{}</span>\
             <span class=\"stage-step\">{seed}{} of {}</span></p>{sheet}",
            escaped(&self.watermark),
            escaped(&self.offer),
            escaped(&self.note),
            self.beat + 1,
            self.beats,
        )
    }
}

/// The overlay; `on_address` is told of a new public address.
pub fn overlay_view(overlay: RwSignal<Overlay>, on_address: UnsyncCallback<String>) -> impl IntoView {
    let html = Signal::derive(move || overlay.with(Overlay::draw));
    let asks = Memo::new(move |_| overlay.with(|overlay| overlay.over == "address"));
    let callback = StoredValue::new_local(on_address);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let field = form.and_then(|form| form.query_selector("input").ok().flatten());
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            callback.with_value(|callback| callback.run(field.value()));
        }
    };
    let form = dynamic(move || {
        asks.get().then(|| {
            let public = overlay.with_untracked(|overlay| overlay.public.clone());
            view! {
                <form class="stage-sheet" on:submit=submit>
                    <label>
                        <span>"Where the audience reaches this site (empty: where it runs)"</span>
                        <input type="text" name="public" inputmode="url" placeholder="https://" value=public/>
                    </label>
                    <button type="submit" class="primary">"Use it"</button>
                </form>
            }
            .into_any()
        })
    });
    view! {
        <section id="stage" aria-label="Stage"
            data-stage-state=dynamic(move || overlay.with(|overlay| overlay.situation))
            data-step=dynamic(move || overlay.with(|overlay| overlay.beat.to_string()))
            data-next=dynamic(move || overlay.with(|overlay| overlay.next.clone()))
            data-pending=dynamic(move || overlay.with(|overlay| overlay.pending.to_string()))
            data-down=dynamic(move || overlay.with(|overlay| overlay.down.to_string()))
            data-steps-in-all=dynamic(move || overlay.with(|overlay| overlay.beats.to_string()))
            data-over=dynamic(move || overlay.with(|overlay| overlay.over.clone()))
            data-rehearsal=dynamic(move || overlay.with(Overlay::rehearsal_slug))>
            <Html class="stage-drawn" html/>
            {form}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_result_is_never_shown_without_its_watermark() {
        let overlay = Overlay { watermark: "RECORDED <x>, 15:43".into(), beats: 4, ..Overlay::default() };
        assert!(overlay.draw().contains("stage-watermark\">RECORDED &lt;x&gt;, 15:43</b>"));
        assert!(overlay.draw().contains("stage-across") && !Overlay::default().draw().contains("stage-across"));
    }

    #[test]
    fn a_code_without_its_result_says_so() {
        let drawn = |is_short| Overlay { over: "qr".into(), is_short, ..Overlay::default() }.draw();
        assert!(drawn(true).contains("Without the result") && !drawn(false).contains("Without the result"));
    }

    #[test]
    fn the_rehearsals_words_give_its_state() {
        let of = |words: &str| Overlay { rehearsal: words.into(), ..Overlay::default() }.rehearsal_slug();
        assert_eq!([of(""), of("Rehearsing: x"), of("Ready: 1 lab"), of("Not ready: x")], ["none", "running", "ready", "failed"]);
    }
}
