//! The memory pillar's labs.

pub mod allocators;
pub mod arena;
mod carried;
pub mod clones;
pub mod interior;
pub mod layout;
pub mod lifetimes;
pub mod pinned;
mod reading;
mod stepper;
mod watch;

use crate::markup::{all, escaped};

/// A program's lines as a list, the present one marked.
fn lines<'a>(code: impl IntoIterator<Item = &'a str>, at: usize) -> String {
    let items = all(code.into_iter().enumerate(), |(index, line)| {
        let mark = if index == at { " aria-current=\"step\"" } else { "" };
        format!("<li{mark}><code>{}</code></li>", escaped(line))
    });
    format!("<ol class=\"owner-lines\">{items}</ol>")
}
