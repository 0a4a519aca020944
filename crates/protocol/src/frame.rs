//! How high a lab's frame is until it has told its own height: one table for everything that writes a frame, the embed builder and the oEmbed
//! documents alike. It must never be less than what holds Run.

use crate::LabId;

/// Heights of a frame 720 CSS pixels wide, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameHeights {
    /// With the whole lab: down to Run.
    pub full: u16,
    /// With the picture and Run.
    pub min: u16,
    /// With the picture alone.
    pub chart: u16,
}

impl LabId {
    /// How high a frame of this lab is at first.
    #[must_use]
    pub const fn frame_heights(self) -> FrameHeights {
        let (full, min, chart) = match self {
            Self::LatencyBudget => (640, 560, 480),
            Self::SelfTest => (560, 560, 480),
            Self::Serialization => (1_040, 860, 760),
            Self::Packets => (1_000, 860, 760),
            Self::Arena => (1_560, 1_320, 1_200),
            Self::ByteLens | Self::Evolution => (900, 620, 520),
            Self::Columns | Self::Clones | Self::InteriorMutability | Self::Layout | Self::Lifetimes | Self::Pin => {
                (900, 720, 620)
            }
            Self::Allocators => (820, 720, 580),
        };
        FrameHeights { full, min, chart }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_of_a_lab_is_never_higher() {
        for lab in LabId::ALL {
            let FrameHeights { full, min, chart } = lab.frame_heights();
            assert!(full >= min && min >= chart && chart >= 400, "{lab:?}");
        }
    }
}
