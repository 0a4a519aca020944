//! The audit's state and words: which claims are shown, what is run and in which order, what came out, and a report that can be sent on.
//!
//! Plain structs and text, tested natively; only `hands` meets a run. It must never decide a verdict by anything but the claim's own rule, and
//! never show a figure without saying where it was measured.

pub mod auditor;
pub mod figure;
pub mod filter;
pub mod hands;
pub mod report;
pub mod report_words;
pub mod words;

#[cfg(test)]
mod samples;
