//! How large the drawing is shown: as wide as there is room, or a multiple of that. By buttons, since not everybody has two fingers to spare.

/// A size of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// As wide as there is room: all of it is seen, on a phone as an overview.
    #[default]
    Fit,
    /// Half as wide again.
    Larger,
    /// Twice as wide.
    Double,
    /// Three times: about the size of text on a phone.
    Triple,
    /// Four times: for a hall, too.
    Largest,
}

impl Zoom {
    const ALL: [Self; 5] = [Self::Fit, Self::Larger, Self::Double, Self::Triple, Self::Largest];

    /// The next larger size, if there is one.
    #[must_use]
    pub fn larger(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The next smaller size, if there is one.
    #[must_use]
    pub fn smaller(self) -> Option<Self> {
        Self::ALL.get((self as usize).checked_sub(1)?).copied()
    }

    /// How wide the drawing is, as a part of what there is room for, in percent.
    const fn percent(self) -> u16 {
        match self {
            Self::Fit => 100,
            Self::Larger => 150,
            Self::Double => 200,
            Self::Triple => 300,
            Self::Largest => 400,
        }
    }

    /// What a reader is told.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Fit => "Fitted to the page".to_owned(),
            larger => format!("{} % of the page’s width", larger.percent()),
        }
    }

    /// The attribute that gives a drawing its width; its height follows. A part of the room, so that a press on “Larger” is larger on any screen.
    pub(super) fn size(self) -> String {
        format!(" width=\"{}%\"", self.percent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buttons_go_through_every_size_and_stop_at_the_ends() {
        let mut zoom = Zoom::default();
        let mut seen = 1;
        while let Some(larger) = zoom.larger() {
            assert_eq!(larger.smaller(), Some(zoom));
            assert!(larger.percent() > zoom.percent());
            (zoom, seen) = (larger, seen + 1);
        }
        assert_eq!((seen, Zoom::default().smaller()), (Zoom::ALL.len(), None));
    }

    #[test]
    fn fitted_it_is_as_wide_as_there_is_room() {
        assert_eq!((Zoom::Fit.size().as_str(), Zoom::Triple.words().as_str()), (" width=\"100%\"", "300 % of the page’s width"));
    }
}
