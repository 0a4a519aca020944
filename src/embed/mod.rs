//! Ferroscope in other people's pages: the address of an embed, the text that an author pastes, and a result as a picture where no frame is
//! allowed. All of it is plain data and text, tested natively; it must never touch the browser.

pub mod builder;
pub mod choice;
pub mod picture;
pub mod snippet;
