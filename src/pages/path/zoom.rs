//! How large the drawing is shown: as wide as the page, or at a multiple of its natural size. By buttons, since not everybody has two fingers to spare.

/// A size of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// As wide as there is room, as long as its words can be read.
    #[default]
    Fit,
    /// At 16 px type.
    Natural,
    /// At 24 px type.
    Large,
    /// At 32 px type: for a hall.
    Largest,
}

impl Zoom {
    const ALL: [Self; 4] = [Self::Fit, Self::Natural, Self::Large, Self::Largest];

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

    /// What a reader is told.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fit => "Fitted to the page",
            Self::Natural => "100 %",
            Self::Large => "150 %",
            Self::Largest => "200 %",
        }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Fit => "is-fitted",
            _ => "is-sized",
        }
    }

    /// The attributes that give a drawing its size, in CSS pixels; none where the page does.
    pub(super) fn size(self, width: f32, height: f32) -> String {
        let times = match self {
            Self::Fit => return String::new(),
            Self::Natural => 1.0,
            Self::Large => 1.5,
            Self::Largest => 2.0,
        };
        format!(" width=\"{}\" height=\"{}\"", width * times, height * times)
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
            (zoom, seen) = (larger, seen + 1);
        }
        assert_eq!((seen, Zoom::default().smaller()), (Zoom::ALL.len(), None));
    }

    #[test]
    fn words_can_be_as_large_as_a_hall_needs() {
        // A label is set in 13 px at natural size, a title in 16: at most doubled, all are beyond 20 px.
        assert_eq!(Zoom::Largest.size(100.0, 50.0), " width=\"200\" height=\"100\"");
        assert!(Zoom::Fit.size(1.0, 1.0).is_empty());
    }
}
