//! The page as the stage finds it: by attributes and classes alone, so that no lab and no lesson knows the stage. It reads what `data-steps`
//! declares, shows and hides, and operates controls as a reader would; it must never reach into a view's state.

use super::{
    control::{self, Control},
    deck::{Deck, Sight},
    pack::{Company, Item, pack, scrolled},
    plan::{self, Move, StepKind},
    seen::Seen,
    sight,
};
use leptos::prelude::{document, window};
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    ops::Range,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// What stands where a page is on its way. A panel that fetches something of its own keeps nobody from going on.
const PAGE_LOADING: &str = ".loading:not([data-panel] .loading)";
/// Hides an element altogether: it is of another screen.
const OFF: &str = "data-stage-off";
/// A part of a lab under its figures that has steps.
const PANEL: &str = "[data-panel][data-steps]";
/// Hides an element but keeps its place: its step is to come.
const HELD: &str = "data-stage-held";
/// How many of an element's steps it has had done since it was made.
const DONE: &str = "data-stage-done";

/// The page's items and the elements whose steps they have.
#[derive(Default)]
pub struct Found {
    items: Vec<Element>,
    hosts: Vec<Element>,
    sections: Vec<Element>,
    /// What holds several items and is none itself, with the items that it holds: a lab with panels under it.
    holders: Vec<(Element, Range<usize>)>,
    /// Panels that a talk has shown before: a lesson may hold the same lab twice.
    shown_before: Vec<Element>,
    /// What it was found on.
    pub signature: Signature,
}

/// What tells one page from another, and from itself with more in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Its path and its lesson.
    pub page: String,
    /// Of every `data-steps`: a lab's beats follow its choices.
    steps: u64,
}

impl Signature {
    /// Whether it is a lesson: its labs' choices are not in the address.
    #[must_use]
    pub fn is_lesson(&self) -> bool {
        !self.page.ends_with(' ')
    }
}

/// What is on the page now; none while it is still on its way.
#[must_use]
pub fn signature() -> Option<Signature> {
    let main = main()?;
    let is_there = main.query_selector("h1").ok()?.is_some() && main.query_selector(PAGE_LOADING).ok()?.is_none();
    let lesson = main.query_selector("[data-lesson]").ok()?.and_then(|lesson| lesson.get_attribute("data-lesson"));
    let mut digest = DefaultHasher::new();
    for host in hosts(&main) {
        host.get_attribute("data-steps").hash(&mut digest);
    }
    let page = format!("{} {}", window().location().pathname().unwrap_or_default(), lesson.unwrap_or_default());
    is_there.then(|| Signature { page, steps: digest.finish() })
}

/// Collects the page's items and makes screens of them. Everything is shown for a moment, so that it can be measured.
#[must_use]
pub fn collect(signature: Signature) -> (Found, Vec<super::deck::Screen>) {
    let Some(main) = main() else { return (Found::default(), Vec::new()) };
    for element in all(&main, &format!("[{OFF}]")) {
        let _ = element.remove_attribute(OFF);
    }
    let mut found = Found { hosts: hosts(&main), signature, ..Found::default() };
    let mut items: Vec<Item> = Vec::new();
    let title = main.query_selector("h1").ok().flatten().and_then(|title| title.text_content()).unwrap_or_default();
    match main.query_selector("article.lesson").ok().flatten() {
        None => {
            // A lab's page is one screen.
            for child in children(&main).into_iter().take(1) {
                found.add(&mut items, &child, &title, None, Company::Alone);
            }
        }
        Some(article) => {
            for head in all(&article, ".lesson-head") {
                found.add(&mut items, &head, &title, None, Company::Alone);
            }
            for section in all(&article, ".lesson > section") {
                found.add_section(&mut items, &section);
            }
        }
    }
    let screens = pack(&items, view_height());
    (found, screens)
}

impl Found {
    fn add_section(&mut self, items: &mut Vec<Item>, section: &Element) {
        let title = section.query_selector("h2").ok().flatten().and_then(|title| title.text_content()).unwrap_or_default();
        let id = section.id();
        for child in children(section) {
            if child.tag_name() == "H2" {
                continue;
            }
            if !child.class_list().contains("blocks") {
                self.add(items, &child, &title, Some(&id), Company::Alone);
                continue;
            }
            for block in children(&child) {
                if block.class_list().contains("prose") {
                    for paragraph in children(&block) {
                        self.add(items, &paragraph, &title, Some(&id), Company::Shared);
                    }
                } else {
                    self.add(items, &block, &title, Some(&id), Company::Shared);
                }
            }
        }
        self.sections.push(section.clone());
    }

    /// Adds an element. A lab's panels, which have steps of their own, are screens of their own behind the lab's.
    fn add(&mut self, items: &mut Vec<Item>, element: &Element, title: &str, section: Option<&str>, company: Company) {
        let panels = all(element, PANEL);
        if panels.is_empty() {
            return self.add_one(items, element, title, section, company);
        }
        let first = self.items.len();
        for lab in all(element, "[data-lab]") {
            self.add_one(items, &lab, title, section, company);
        }
        for panel in panels {
            if self.items.iter().any(|item| item.class_name() == panel.class_name() && same_title(item, &panel)) {
                self.shown_before.push(panel);
                continue;
            }
            let own = panel.query_selector("h2").ok().flatten().and_then(|title| title.text_content());
            self.add_one(items, &panel, own.as_deref().unwrap_or(title), section, Company::Alone);
        }
        self.holders.push((element.clone(), first..self.items.len()));
    }

    fn add_one(&mut self, items: &mut Vec<Item>, element: &Element, title: &str, section: Option<&str>, company: Company) {
        let place = element.get_bounding_client_rect();
        let hosts = self.hosts.iter().enumerate().filter(|(_, host)| element.contains(Some(host.as_ref())));
        let steps = hosts.flat_map(|(index, host)| {
            plan::parse(&host.get_attribute("data-steps").unwrap_or_default()).into_iter().map(move |step| (index, step))
        });
        let (title, section) = (title.to_owned(), section.map(str::to_owned));
        items.push(Item { title, section, top: place.top(), bottom: place.bottom(), company, steps: steps.collect() });
        self.items.push(element.clone());
    }

    /// Shows the present screen with what is revealed of it, and hides the rest.
    pub fn apply(&self, deck: &Deck) {
        let Some(screen) = deck.screen() else { return };
        let range = screen.first..screen.first + screen.count;
        for (index, item) in self.items.iter().enumerate() {
            mark(item, OFF, !range.contains(&index));
        }
        for panel in &self.shown_before {
            mark(panel, OFF, true);
        }
        for (holder, held) in &self.holders {
            mark(holder, OFF, held.start >= range.end || range.start >= held.end);
        }
        for section in &self.sections {
            mark(section, OFF, screen.section.as_deref() != Some(section.id().as_str()));
        }
        for (index, host) in self.hosts.iter().enumerate() {
            let hidden = deck.hidden(index);
            for element in all(host, "[data-reveal]") {
                let token = element.get_attribute("data-reveal").unwrap_or_default();
                mark(&element, HELD, hidden.contains(&token.as_str()));
            }
            for element in all(host, "[data-part]") {
                let part = element.get_attribute("data-part").unwrap_or_default();
                mark(&element, OFF, !deck.shows_part(index, &part));
            }
        }
        if let Some(main) = main() {
            #[allow(clippy::cast_possible_truncation, reason = "pixels")]
            main.set_scroll_top(scrolled(deck.down(), view_height()) as i32);
        }
    }

    /// Shows everything again, as the page was.
    pub fn release(&self) {
        for name in [OFF, HELD] {
            for element in all(&document().document_element().unwrap_or_else(|| self.items[0].clone()), &format!("[{name}]")) {
                let _ = element.remove_attribute(name);
            }
        }
    }

    /// The lab of the present screen, if it has one.
    #[must_use]
    pub fn lab(&self, deck: &Deck) -> Option<Seen> {
        let screen = deck.screen()?;
        let items = self.items.get(screen.first..screen.first + screen.count)?;
        items.iter().find_map(Seen::within)
    }

    /// The same; and on a panel's screen the lab that the panel is of, which stands before it.
    #[must_use]
    pub fn lab_at_hand(&self, deck: &Deck) -> Option<Seen> {
        let before = || {
            let first = deck.screen()?.first;
            let (_, held) = self.holders.iter().find(|(_, held)| held.contains(&first))?;
            self.items.get(held.start..first)?.iter().rev().find_map(Seen::within)
        };
        self.lab(deck).or_else(before)
    }

    /// Whether something of the present screen lies below the view.
    #[must_use]
    pub fn sight(&self, deck: &Deck) -> Sight {
        let Some((main, screen)) = main().zip(deck.screen()) else { return Sight::Whole };
        let items = self.items.get(screen.first..screen.first + screen.count).unwrap_or_default();
        sight::of(&main, items, HELD)
    }

    /// The lab that an element with steps is, or holds.
    #[must_use]
    pub fn lab_of(&self, host: usize) -> Option<Seen> {
        self.hosts.get(host).and_then(Seen::within)
    }

    /// Every lab on the page, in order.
    #[must_use]
    pub fn labs(&self) -> Vec<Seen> {
        let within = |item: &Element| {
            let itself = item.has_attribute("data-instance").then(|| item.clone());
            itself.into_iter().chain(all(item, "[data-instance]")).collect::<Vec<_>>()
        };
        self.items.iter().flat_map(within).filter_map(|lab| Seen::within(&lab)).collect()
    }

    /// Settles a guess, or shows an answer; whether that could be done, or was done before: a form that is gone was settled. In a panel the question may
    /// not be there yet.
    #[must_use]
    pub fn settle(&self, host: usize, kind: &StepKind) -> bool {
        let selector = if *kind == StepKind::Predict { "[data-step=predict]" } else { ".answer.right input" };
        let Some(host) = self.hosts.get(host) else { return false };
        match find(host, selector) {
            Some(control) => control.click(),
            None => match find(host, ".answers input").and_then(|field| field.dyn_into().ok()) {
                Some(field) if *kind == StepKind::Predict => {
                    let _ = control::settle(&field);
                }
                _ => return !host.has_attribute("data-panel"),
            },
        }
        true
    }

    /// Enters a value into a guess that is still open; whether it did: a settled one keeps its own, and one that has the value needs nothing.
    pub fn offer(&self, host: usize, control: &str, value: &str) -> bool {
        self.guess(host, control).is_some_and(|field| !field.disabled() && control::offer(&field, value))
    }

    /// What stands in a guess that is still open.
    #[must_use]
    pub fn offered(&self, host: usize, control: &str) -> Option<String> {
        self.guess(host, control).filter(|field| !field.disabled()).and_then(|field| control::offered(&field))
    }

    fn guess(&self, host: usize, control: &str) -> Option<HtmlInputElement> {
        self.hosts.get(host).and_then(|host| find(host, control))?.dyn_into().ok()
    }

    /// Presses a button, if it is there and can be pressed; whether it was.
    #[must_use]
    pub fn press(&self, host: usize, button: &str) -> bool {
        let ready = self.ready(host, button);
        if let Some(button) = &ready {
            button.click();
        }
        ready.is_some()
    }

    /// Whether a button is there and can be pressed.
    #[must_use]
    pub fn can_press(&self, host: usize, button: &str) -> bool {
        self.ready(host, button).is_some()
    }

    /// Whether an element waits for its worker's answer, where it says so: `data-watch`.
    #[must_use]
    pub fn is_busy(&self, host: usize) -> bool {
        let watch = self.hosts.get(host).and_then(|host| host.get_attribute("data-watch"));
        watch.is_some_and(|watch| matches!(watch.as_str(), "loading" | "stale"))
    }

    fn ready(&self, host: usize, button: &str) -> Option<HtmlElement> {
        let found = self.hosts.get(host).and_then(|host| find(host, button));
        found.filter(|one| !one.has_attribute("disabled") && one.closest("[hidden]").ok().flatten().is_none())
    }

    /// Moves a slider, or chooses in a select, and gives back what it was at; none if it is not there yet: then its panel was asked for.
    #[must_use]
    pub fn slide(&self, host: usize, to: &Move) -> Option<String> {
        let host = self.hosts.get(host)?;
        let Some(control) = find(host, &to.control).and_then(Control::of) else {
            if let Some(opener) = to.opener.as_deref().and_then(|opener| find(host, opener)) {
                opener.click();
            }
            return None;
        };
        let before = control.value();
        if before != to.to {
            control.set(&to.to);
        }
        Some(before)
    }

    /// How many lines of the program that a panel goes through are gone already, where the panel says so: its link may have brought them.
    #[must_use]
    pub fn gone(&self, host: usize) -> u32 {
        self.count(host, "data-walked")
    }

    /// How many of an element's presses that can be taken back are in its state already, where it says so: its link may have brought them.
    #[must_use]
    pub fn pressed(&self, host: usize) -> u32 {
        self.count(host, "data-pressed")
    }

    /// How many of an element's steps were done again since it was made.
    #[must_use]
    pub fn done(&self, host: usize) -> u32 {
        self.count(host, DONE)
    }

    /// Notes how many were.
    pub fn note_done(&self, host: usize, steps: u32) {
        if let Some(host) = self.hosts.get(host) {
            let _ = host.set_attribute(DONE, &steps.to_string());
        }
    }

    fn count(&self, host: usize, name: &str) -> u32 {
        let said = self.hosts.get(host).and_then(|host| host.get_attribute(name));
        said.and_then(|count| count.parse().ok()).unwrap_or_default()
    }
}

/// Whether two panels bear the same heading.
fn same_title(one: &Element, other: &Element) -> bool {
    let title = |of: &Element| of.query_selector("h2").ok().flatten().and_then(|title| title.text_content());
    title(one).is_some_and(|one| Some(one) == title(other))
}

fn mark(element: &Element, name: &str, on: bool) {
    if on && !element.has_attribute(name) {
        let _ = element.set_attribute(name, "");
    } else if !on && element.has_attribute(name) {
        let _ = element.remove_attribute(name);
    }
}

/// How tall a screen may be: the view less the safe area, the section's heading and the strip at the foot.
fn view_height() -> f64 {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(1080.0);
    (height * 0.74).max(200.0)
}

pub(super) fn main() -> Option<Element> {
    document().get_element_by_id("content")
}

/// The elements with steps; what lies within another one, a question in a lab's panel, is that one's own business.
fn hosts(main: &Element) -> Vec<Element> {
    let mut hosts = all(main, "[data-steps]");
    hosts.retain(|host| host.parent_element().is_none_or(|parent| parent.closest("[data-steps]").ok().flatten().is_none()));
    hosts
}

pub(super) fn find(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok().flatten().and_then(|element| element.dyn_into().ok())
}

fn children(element: &Element) -> Vec<Element> {
    let list = element.children();
    (0..list.length()).filter_map(|index| list.item(index)).collect()
}

pub(super) fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = within.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index).and_then(|node| node.dyn_into().ok())).collect()
}
