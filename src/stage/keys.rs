//! From a key to what is meant by it, on the stage. Pure. A clicker's keys (`PageUp`, `PageDown`, `.`, Escape; F5 is the browser's own and reloads) reach
//! the stage wherever the focus is; every other key belongs to the control that has the focus, if it uses it.

use miniserde::{Deserialize, Serialize};

/// What the speaker wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// The next beat.
    Next,
    /// The beat before.
    Previous,
    /// Run the lab.
    Run,
    /// A black screen, or no longer.
    Black,
    /// Close what is open, else leave the stage.
    Escape,
    /// Full screen, or no longer.
    FullScreen,
    /// The lab as it starts.
    Reset,
    /// Which key does what.
    Keys,
    /// Load the workers, warm up, check the clock.
    Rehearse,
    /// Pin the result that is shown, or let it go.
    Freeze,
    /// Show a recorded run, or the own one again.
    Replay,
    /// More contrast, or no longer.
    Contrast,
    /// Larger type, or no longer.
    LargeType,
    /// The QR code, or no longer.
    Qr,
    /// The address that the QR code leads to.
    Address,
    /// The speaker's window.
    Speaker,
    /// The first preset.
    Preset1,
    /// The second.
    Preset2,
    /// The third.
    Preset3,
    /// The fourth.
    Preset4,
    /// The fifth.
    Preset5,
    /// The sixth.
    Preset6,
    /// The seventh.
    Preset7,
    /// The eighth.
    Preset8,
    /// The ninth.
    Preset9,
}

impl Intent {
    const PRESETS: [Self; 9] = [
        Self::Preset1,
        Self::Preset2,
        Self::Preset3,
        Self::Preset4,
        Self::Preset5,
        Self::Preset6,
        Self::Preset7,
        Self::Preset8,
        Self::Preset9,
    ];

    /// Which preset is picked, from 0.
    #[must_use]
    pub fn preset(self) -> Option<usize> {
        Self::PRESETS.iter().position(|preset| *preset == self)
    }
}

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// On nothing that uses keys.
    Page,
    /// On a button or a link, which Space or Enter presses.
    Button,
    /// On a slider, a select or a radio button, which arrows, digits and letters move.
    Control,
    /// On a field for whole numbers: no point can be typed there.
    Digits,
    /// On a field for text, or for numbers with a point.
    Text,
}

/// A key press, as the browser tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press<'a> {
    /// `KeyboardEvent.key`
    pub key: &'a str,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Ctrl, Alt or Meta is held: then it is the browser's.
    pub command: bool,
    /// Where the focus is.
    pub focus: Focus,
}

impl Press<'_> {
    /// What is meant, or none for a key that is not the stage's.
    #[must_use]
    pub fn intent(self) -> Option<Intent> {
        if self.command {
            return None;
        }
        match self.key {
            "PageDown" => return Some(Intent::Next),
            "PageUp" => return Some(Intent::Previous),
            "Escape" => return Some(Intent::Escape),
            _ if self.focus == Focus::Text => return None,
            "." => return Some(Intent::Black),
            _ if self.focus == Focus::Digits => return None,
            "?" => return Some(Intent::Keys),
            " " if self.focus == Focus::Page => return Some(Intent::Run),
            _ if self.focus == Focus::Control => return None,
            "ArrowRight" | "ArrowDown" => return Some(Intent::Next),
            "ArrowLeft" | "ArrowUp" => return Some(Intent::Previous),
            _ => {}
        }
        let mut letters = self.key.chars();
        let (letter, None) = (letters.next()?.to_ascii_lowercase(), letters.next()) else { return None };
        match (letter, self.shift) {
            ('1'..='9', _) => {
                let place = usize::from(u8::try_from(letter).ok()?.saturating_sub(b'1'));
                Intent::PRESETS.get(place).copied()
            }
            ('r', true) => Some(Intent::Reset),
            ('f', false) => Some(Intent::FullScreen),
            ('w', false) => Some(Intent::Rehearse),
            ('z', false) => Some(Intent::Freeze),
            ('y', false) => Some(Intent::Replay),
            ('c', false) => Some(Intent::Contrast),
            ('l', false) => Some(Intent::LargeType),
            ('q', false) => Some(Intent::Qr),
            ('a', false) => Some(Intent::Address),
            ('n', false) => Some(Intent::Speaker),
            _ => None,
        }
    }
}

/// The keys with their meaning, as the stage lists them.
pub const LIST: [(&str, &str); 18] = [
    ("PageDown, →, ↓", "next step"),
    ("PageUp, ←, ↑", "step before"),
    ("PageUp, then PageDown", "at an offered guess: settle it there"),
    (".", "black screen"),
    ("F5", "load anew; step and state stay"),
    ("Escape", "close what is open, else leave; F5 comes back"),
    ("Space", "run the lab"),
    ("1 to 9", "pick a preset"),
    ("Shift+R", "the lab as it starts"),
    ("Z", "freeze the result, or let it go"),
    ("Y", "replay a recorded run, or show the own one"),
    ("W", "rehearse: load, warm up, check the clock"),
    ("Q", "the QR code"),
    ("A", "the address it leads to"),
    ("N", "the speaker’s window"),
    ("F", "full screen"),
    ("C, L", "more contrast, larger type"),
    ("?", "this list"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pressed(key: &str, focus: Focus) -> Option<Intent> {
        Press { key, shift: false, command: false, focus }.intent()
    }

    #[test]
    fn a_clicker_reaches_the_stage_wherever_the_focus_is() {
        for focus in [Focus::Page, Focus::Button, Focus::Control, Focus::Digits, Focus::Text] {
            assert_eq!(pressed("PageDown", focus), Some(Intent::Next));
            assert_eq!(pressed("PageUp", focus), Some(Intent::Previous));
            assert_eq!(pressed("Escape", focus), Some(Intent::Escape));
        }
        for focus in [Focus::Page, Focus::Button, Focus::Control, Focus::Digits] {
            assert_eq!(pressed(".", focus), Some(Intent::Black));
        }
        assert_eq!(pressed("F5", Focus::Page), None);
    }

    #[test]
    fn a_control_keeps_its_own_keys() {
        assert_eq!(pressed("ArrowRight", Focus::Control), None);
        assert_eq!(pressed("ArrowRight", Focus::Page), Some(Intent::Next));
        assert_eq!(pressed(" ", Focus::Button), None);
        assert_eq!(pressed(" ", Focus::Page), Some(Intent::Run));
        assert_eq!(pressed(".", Focus::Text), None);
        assert_eq!(pressed("z", Focus::Text), None);
        assert_eq!((pressed("3", Focus::Digits), pressed("ArrowUp", Focus::Digits)), (None, None));
        assert_eq!(Press { key: "r", shift: false, command: true, focus: Focus::Page }.intent(), None);
    }

    #[test]
    fn digits_pick_presets_and_only_shift_r_resets() {
        assert_eq!(pressed("1", Focus::Page).and_then(Intent::preset), Some(0));
        assert_eq!(pressed("9", Focus::Page).and_then(Intent::preset), Some(8));
        assert_eq!(pressed("0", Focus::Page), None);
        assert_eq!(pressed("r", Focus::Page), None);
        assert_eq!(Press { key: "R", shift: true, command: false, focus: Focus::Page }.intent(), Some(Intent::Reset));
    }

    proptest! {
        #[test]
        fn no_key_panics(key in ".{0,4}", shift: bool, command: bool) {
            let _ = Press { key: &key, shift, command, focus: Focus::Page }.intent();
        }
    }
}
