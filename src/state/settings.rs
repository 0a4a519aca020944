//! How the reader wants the page to look. Kept where storage exists; storage throws in a sandboxed frame, so every access may fail quietly.

use super::address::IN_BROWSER;
use leptos::prelude::*;
use std::cell::Cell;

/// The page's colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light ground.
    Light,
    /// Dark ground.
    Dark,
}

impl Theme {
    /// Every theme, in the order the button goes through them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The theme's name, in storage and in the `data-theme` attribute.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme whose name this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.slug() == slug)
    }

    /// What the button leads to next.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

const THEME_KEY: &str = "ferroscope.theme";

/// The stored theme, or the system's.
#[must_use]
pub fn load_theme() -> Theme {
    let stored = storage().and_then(|storage| storage.get_item(THEME_KEY).ok().flatten());
    stored.and_then(|slug| Theme::from_slug(&slug)).unwrap_or_default()
}

/// Shows a theme.
pub fn show_theme(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme.slug());
    }
}

/// Shows a theme, and keeps it where that is possible.
pub fn apply_theme(theme: Theme) {
    show_theme(theme);
    if let Some(storage) = storage() {
        let _ = storage.set_item(THEME_KEY, theme.slug());
    }
}

/// Whether a bare `/` opens the search. Who speaks their commands may want it off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchKey {
    /// It does.
    #[default]
    On,
    /// It does not; the button still does.
    Off,
}

impl SearchKey {
    /// As it stands in storage.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

const SEARCH_KEY: &str = "ferroscope.search-key";

thread_local! {
    /// What was chosen since the page began: where storage is denied it is kept here alone.
    static CHOSEN: Cell<Option<SearchKey>> = const { Cell::new(None) };
}

/// Whether a bare `/` opens the search.
#[must_use]
pub fn load_search_key() -> SearchKey {
    let is_off = || {
        storage()
            .and_then(|storage| storage.get_item(SEARCH_KEY).ok().flatten())
            .is_some_and(|slug| slug == SearchKey::Off.slug())
    };
    CHOSEN.get().unwrap_or_else(|| if is_off() { SearchKey::Off } else { SearchKey::On })
}

/// Keeps the choice, where that is possible for longer than the page stands.
pub fn save_search_key(key: SearchKey) {
    CHOSEN.set(Some(key));
    if let Some(storage) = storage() {
        let _ = storage.set_item(SEARCH_KEY, key.slug());
    }
}

/// Where the reader's settings are kept, if anywhere.
#[must_use]
pub fn storage() -> Option<web_sys::Storage> {
    if IN_BROWSER { window().local_storage().ok().flatten() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_key_that_was_chosen_holds_without_storage() {
        assert_eq!(load_search_key(), SearchKey::On);
        save_search_key(SearchKey::Off);
        assert_eq!(load_search_key(), SearchKey::Off);
    }

    #[test]
    fn the_button_goes_through_every_theme() {
        let mut theme = Theme::default();
        for _ in Theme::ALL {
            assert_eq!(Theme::from_slug(theme.slug()), Some(theme));
            theme = theme.next();
        }
        assert_eq!(theme, Theme::default());
    }
}
