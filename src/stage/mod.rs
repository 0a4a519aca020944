//! The stage: a lesson, a lab or the budget shown to a hall and driven from a clicker, and the speaker's window beside it.
//!
//! [`deck`] decides and knows no browser; [`steps`] reads the page and operates it; [`director`] joins the two. Nothing in a lab or a lesson knows
//! the stage: they carry `data-steps`, `data-reveal` and `data-step` attributes, and register with `labs::backstage`. All of it is reached through
//! [`start`] alone, so that it can be a Wasm module of its own.

mod actions;
mod channel;
mod control;
mod cover;
mod deck;
mod director;
mod keys;
mod memory;
mod pack;
mod past;
mod place;
mod plan;
mod qr;
mod rehearsal;
mod runs;
mod seen;
mod shown;
mod sight;
mod situation;
mod speaker;
mod steps;
mod together;
mod view;

use crate::app::Site;

/// How the stage is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// What the hall sees: `?stage=1`.
    Stage,
    /// What the speaker sees: `?speaker=1`.
    Speaker,
}

impl Entry {
    /// What an address' query asks for.
    #[must_use]
    pub fn of_query(query: &str) -> Option<Self> {
        let asks = |name: &str| {
            query
                .trim_start_matches('?')
                .split('&')
                .any(|part| part.split_once('=').is_some_and(|(key, value)| key == name && value == "1"))
        };
        if asks("speaker") { Some(Self::Speaker) } else { asks("stage").then_some(Self::Stage) }
    }
}

/// Whether the stage was left on the page that is open, and nothing has been done there since but loading it anew.
#[must_use]
pub fn was_left() -> bool {
    place::left_at().is_some()
}

/// Puts the stage, or the speaker's window, over the page that is open. On a stage that stands already nothing happens.
pub fn start(entry: Entry, site: Site) {
    match entry {
        Entry::Stage => director::start(site),
        Entry::Speaker => speaker::start(site),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_says_which_window_it_is() {
        assert_eq!(Entry::of_query("?stage=1&step=7"), Some(Entry::Stage));
        assert_eq!(Entry::of_query("?x=2&speaker=1"), Some(Entry::Speaker));
        assert_eq!(Entry::of_query("?backstage=1&stage=0"), None);
        assert_eq!(Entry::of_query(""), None);
    }
}
