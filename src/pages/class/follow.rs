//! An assignment at work on the lessons' pages: a bar that leads through them, labs that wait for their guess, and the sheet that is filled on the
//! way. It acts from outside and ends with the page; without an assignment nothing of it runs.

use super::{
    assignment::{Assignment, GuessRule},
    seen,
};
use crate::{
    app::{Route, Site, href},
    markup::{all, escaped},
};
use leptos::{ev, mount::mount_to, prelude::*};
use protocol::Page;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit};

/// The attribute of the page's root while an assignment is open: its seed, or nothing.
const ROOT: &str = "data-assignment";

/// What starts a run.
const RUNS: &str = "[data-action=run], [data-action=measure-more], [data-action=skip-guess]";

/// The open assignment.
#[derive(Clone, Copy)]
struct Open {
    assignment: RwSignal<Assignment>,
    /// The lesson at hand, among the assignment's.
    at: RwSignal<Option<usize>>,
    told: RwSignal<String>,
}

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// Takes up the assignment that a query names, or goes on with the open one, at a path of the site.
pub fn follow(site: Site, path: &str, query: &str) {
    let asked = Assignment::of_query(query);
    let open = match (OPEN.with_borrow(|open| *open), asked) {
        (None, None) => return,
        (Some(open), None) => open,
        (Some(open), Some(asked)) => {
            open.assignment.set(asked);
            open
        }
        (None, Some(asked)) => {
            let Some(open) = start(site, asked) else { return };
            OPEN.set(Some(open));
            open
        }
    };
    let at = open.assignment.with_untracked(|assignment| assignment.at(path));
    open.at.set(at);
    open.told.set(String::new());
    open.mark_root();
    if at.is_some() {
        open.keep_in_address();
    }
}

/// Puts the bar into the page and begins to listen. It lasts as long as the page.
fn start(site: Site, asked: Assignment) -> Option<Open> {
    let body = document().body()?;
    let owner = Owner::new_root(None);
    let open =
        owner.with(|| Open { assignment: RwSignal::new(asked), at: RwSignal::new(None), told: RwSignal::new(String::new()) });
    mount_to(body.clone(), move || {
        provide_context(site.clone());
        bar(open)
    })
    .forget();
    // Kept for as long as the page.
    std::mem::forget(owner);
    let gate = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| open.gate(&event));
    let gate: JsValue = gate.into_js_value();
    // Before the lab's own listeners hear of it.
    let _ = window().add_event_listener_with_callback_and_bool("click", gate.unchecked_ref(), true);
    let look = Closure::<dyn Fn()>::new(move || open.look());
    let look: JsValue = look.into_js_value();
    for event in ["change", "click"] {
        let _ = window().add_event_listener_with_callback(event, look.unchecked_ref());
    }
    // A lab that has come may have to wait; a run that has ended is noted. A figure that is drawn anew while it runs is not.
    let mark = Closure::<dyn Fn()>::new(move || open.mark_labs());
    let came = MutationObserverInit::new();
    came.set_subtree(true);
    came.set_child_list(true);
    let ended = MutationObserverInit::new();
    ended.set_subtree(true);
    ended.set_attribute_filter(&js_sys::Array::of1(&JsValue::from_str("data-state")));
    let main = document().get_element_by_id("content")?;
    for (told, what) in [(mark.into_js_value(), came), (look, ended)] {
        if let Ok(observer) = MutationObserver::new(told.unchecked_ref()) {
            let _ = observer.observe_with_options(&main, &what);
        }
    }
    Some(open)
}

impl Open {
    fn mark_root(self) {
        let Some(root) = document().document_element() else { return };
        let assignment = self.assignment.get_untracked();
        let _ = root.set_attribute(ROOT, &assignment.seed.map(|seed| seed.to_string()).unwrap_or_default());
        self.look();
    }

    /// A reload, or a link copied from the address, keeps the assignment.
    fn keep_in_address(self) {
        let (location, query) = (window().location(), self.assignment.with_untracked(Assignment::to_query));
        let (path, hash) = (location.pathname().unwrap_or_default(), location.hash().unwrap_or_default());
        if location.search().is_ok_and(|search| Assignment::of_query(&search).is_none())
            && let Ok(history) = window().history()
        {
            let state = history.state().unwrap_or(JsValue::NULL);
            let _ = history.replace_state_with_url(&state, "", Some(&format!("{path}?{query}{hash}")));
        }
    }

    /// Whether labs wait here.
    fn is_strict(self) -> bool {
        self.at.get_untracked().is_some() && self.assignment.with_untracked(|one| one.guess == GuessRule::Required)
    }

    /// Marks the labs that wait, and notes what was done.
    fn look(self) {
        self.mark_labs();
        let Some(at) = self.at.get_untracked() else { return };
        let noted = self.assignment.with_untracked(|one| Some((one.lessons.get(at)?.clone(), one.to_query())));
        if let Some((lesson, query)) = noted {
            seen::note(&lesson, &query);
        }
    }

    fn mark_labs(self) {
        for lab in seen::all(&document(), "[data-lab]") {
            let waits = self.is_strict() && seen::open_guess(&lab).is_some();
            let Ok(buttons) = lab.query_selector_all(RUNS) else { continue };
            for button in (0..buttons.length()).filter_map(|at| buttons.item(at)?.dyn_into::<Element>().ok()) {
                let is_marked = button.has_attribute("aria-disabled");
                if waits && !is_marked {
                    let _ = button.set_attribute("aria-disabled", "true");
                } else if !waits && is_marked {
                    let _ = button.remove_attribute("aria-disabled");
                }
            }
        }
    }

    /// Stops a press that would run a lab, or show its result, before its guess; leads to the guess instead.
    fn gate(self, event: &web_sys::Event) {
        if !self.is_strict() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(button) = target.and_then(|target| target.closest(RUNS).ok().flatten()) else { return };
        let Some(lab) = button.closest("[data-lab]").ok().flatten() else { return };
        let Some(guess) = seen::open_guess(&lab) else { return };
        event.prevent_default();
        event.stop_immediate_propagation();
        self.told.set("Your guess first: the lab runs once it is made.".to_owned());
        if let Some(field) = guess.query_selector("input").ok().flatten().and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            // The question is on the page and enabled, so it takes the focus.
            let _ = field.focus();
            guess.scroll_into_view();
        }
    }
}

/// The bar.
fn bar(open: Open) -> AnyView {
    let links = move || {
        open.assignment.with(|assignment| {
            let query = assignment.to_query();
            let items = all(assignment.lessons.iter().enumerate(), |(index, lesson)| {
                let (pillar, slug) = lesson.split_once('/').unwrap_or_default();
                let address = href(&Route::Lesson { pillar: pillar.to_owned(), lesson: slug.to_owned() });
                let current = if open.at.get() == Some(index) { " aria-current=\"page\"" } else { "" };
                format!("<li><a href=\"{}?{}\"{current}>{}</a></li>", escaped(&address), escaped(&query), words_of(slug))
            });
            let sheet = href(&Route::Page(Page::Class));
            format!("<ol>{items}<li><a href=\"{sheet}#sheet\">Hand in</a></li></ol>")
        })
    };
    let owner = Owner::current().unwrap_or_default();
    let drawn = Signal::derive(move || owner.with(links));
    let seed = move || {
        let seed = open.assignment.with(|one| one.seed);
        seed.map(|seed| format!("Seed {seed}. ")).unwrap_or_default()
    };
    let leave = move |_: ev::MouseEvent| {
        // Without the query the page is an ordinary lesson again.
        let _ = window().location().assign(&window().location().pathname().unwrap_or_default());
    };
    view! {
        <nav class="assignment-bar" aria-label="Assignment">
            <b>"Assignment"</b>
            <div inner_html=drawn></div>
            <span class="faint">{seed}</span>
            <span role="status">{open.told}</span>
            <button type="button" class="quiet" data-action="leave-assignment" on:click=leave>"Leave"</button>
        </nav>
    }
    .into_any()
}

/// A lesson's slug as words: its title is known only once it is open.
fn words_of(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    escaped(&format!("{first}{}", letters.as_str())).into_owned()
}
