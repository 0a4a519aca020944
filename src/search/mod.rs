//! Search over the course: a button in the header and a key open a dialog, which comes as a piece of its own at first use.
//!
//! [`door`] is all that the main piece holds; [`found`] decides what an answer says and knows no browser; [`dialog`] draws it. Nothing here asks
//! a server: the index is a file of the site.

pub mod dialog;
pub mod door;
pub mod found;
mod marked;
