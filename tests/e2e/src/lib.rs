//! End-to-end tests: WebDriver on the built site.
