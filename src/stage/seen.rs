//! A lab as the stage sees it: its element's attributes, and what it has registered. It must never reach into a view's state.

use super::{deck::LabPhase, steps::find};
use crate::{components::run_panel::describe, engine::Stage, labs::backstage::Backstage};
use leptos::prelude::WithUntracked;
use web_sys::Element;

/// A lab as its element shows it.
pub struct Seen {
    element: Element,
}

impl Seen {
    pub(super) fn within(element: &Element) -> Option<Self> {
        let lab =
            if element.has_attribute("data-lab") { Some(element.clone()) } else { element.query_selector("[data-lab]").ok()? };
        lab.map(|element| Self { element })
    }

    /// What the lab registered.
    #[must_use]
    pub fn backstage(&self) -> Option<Backstage> {
        self.instance().and_then(Backstage::find)
    }

    /// Which of the page's labs it is.
    #[must_use]
    pub fn instance(&self) -> Option<u32> {
        self.element.get_attribute("data-instance")?.parse().ok()
    }

    /// `data-state`
    #[must_use]
    pub fn state(&self) -> String {
        self.element.get_attribute("data-state").unwrap_or_default()
    }

    /// How its run stands.
    #[must_use]
    pub fn phase(&self) -> LabPhase {
        match self.state().as_str() {
            "loading" | "warming" | "sampling" => LabPhase::Running,
            "done" => LabPhase::Done,
            "stale" => LabPhase::Stale,
            "failed" => LabPhase::Failed,
            _ => LabPhase::Idle,
        }
    }

    /// The text of an element in it.
    #[must_use]
    pub fn text(&self, selector: &str) -> String {
        let found = self.element.query_selector(selector).ok().flatten();
        found.and_then(|found| found.text_content()).unwrap_or_default()
    }

    /// How far its run has come, in words; empty where none goes on.
    #[must_use]
    pub fn progress(&self) -> String {
        let Some(backstage) = self.backstage().filter(|_| self.phase() == LabPhase::Running) else { return String::new() };
        let words = backstage.runner.run().try_with_untracked(|run| {
            run.as_ref().map(|run| match run.stage {
                Stage::Sampling { fraction } => format!("{} {:.0} %", describe(run), fraction * 100.0),
                _ => describe(run),
            })
        });
        words.flatten().unwrap_or_default()
    }

    /// Presses its Run button, unless a run goes on.
    pub fn run(&self) {
        if let Some(button) = find(&self.element, "[data-action=run]") {
            button.click();
        }
    }
}
