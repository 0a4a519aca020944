//! What lies over the page on the stage. Plain values; what a press does to them is the deck's.

/// The screen's curtain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Curtain {
    /// The page is seen.
    #[default]
    Open,
    /// All is black.
    Black,
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// Nothing.
    #[default]
    None,
    /// The list of keys.
    Keys,
    /// The QR code, though it is not its step.
    Qr,
    /// The form for the public address.
    Address,
}
