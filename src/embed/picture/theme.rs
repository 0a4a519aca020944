//! The style sheet's colours, fixed: a picture knows no custom properties. A test keeps the two alike.

use crate::instruments::budget::MarkKind;
use protocol::Contender;

/// A picture's ground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureTheme {
    /// Light.
    #[default]
    Light,
    /// Dark.
    Dark,
}

/// A picture's colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colours {
    pub(super) ground: &'static str,
    pub(super) ink: &'static str,
    pub(super) soft: &'static str,
    pub(super) line: &'static str,
    pub(super) edge: &'static str,
    pub(super) accent: &'static str,
    right: &'static str,
    wrong: &'static str,
    guess: &'static str,
    theme: PictureTheme,
}

impl PictureTheme {
    pub(super) const fn colours(self) -> Colours {
        match self {
            Self::Light => Colours {
                ground: "#faf8f3",
                ink: "#1d1b18",
                soft: "#59554d",
                line: "#d9d4c8",
                edge: "#857f73",
                accent: "#0b4f8a",
                right: "#00664a",
                wrong: "#a33a00",
                guess: "#8a2f8f",
                theme: self,
            },
            Self::Dark => Colours {
                ground: "#17181b",
                ink: "#edebe5",
                soft: "#b0aca3",
                line: "#3b3d43",
                edge: "#85888f",
                accent: "#8cbcf2",
                right: "#5fd0a5",
                wrong: "#ff9d66",
                guess: "#e29be6",
                theme: self,
            },
        }
    }
}

impl Colours {
    /// The colour a contender keeps everywhere.
    pub(super) const fn tone(&self, contender: Contender) -> &'static str {
        let (light, dark) = match contender {
            Contender::SerdeJson
            | Contender::RcRefCell
            | Contender::JsonRows
            | Contender::PacketsOwned
            | Contender::AllocDefault
            | Contender::RowsAsWritten
            | Contender::TextOwned
            | Contender::CounterMut
            | Contender::FutureStack
            | Contender::WordsBorrowed => ("#c85200", "#f08a4b"),
            Contender::SerdeJsonBorrowed
            | Contender::BumpStdVec
            | Contender::ArrowColumns
            | Contender::TextArc
            | Contender::AllocSlab
            | Contender::CounterMutex
            | Contender::FutureDyn => ("#d99600", "#f0b93a"),
            Contender::Postcard
            | Contender::IndexGraph
            | Contender::AllocBestFit
            | Contender::RowsAsSorted
            | Contender::TextRc
            | Contender::CounterRefCell
            | Contender::FutureBoxed
            | Contender::WordsShared => ("#b5588a", "#dd93b9"),
            Contender::RkyvOwned | Contender::AllocFirstFit | Contender::SlotMap => ("#3d9fd8", "#7cc5f0"),
            Contender::RkyvValidated
            | Contender::BumpArenaVec
            | Contender::RkyvRows
            | Contender::PacketsChecked
            | Contender::AllocBump
            | Contender::StructOfArrays
            | Contender::TextCow
            | Contender::CounterCell
            | Contender::FutureReused
            | Contender::WordsPlaces => ("#0067a3", "#4fa8e0"),
            Contender::RkyvUnvalidated
            | Contender::ArrowIpc
            | Contender::PacketsTrusted
            | Contender::TextBorrowed
            | Contender::AllocTalc
            | Contender::TypedArena
            | Contender::CounterAtomic
            | Contender::FutureByHand
            | Contender::WordsOwned => ("#007a59", "#3cc49a"),
            Contender::SimdJson => ("#8c6d1f", "#cdb36a"),
            Contender::Bitcode => ("#8a3ffc", "#c19bff"),
            Contender::Prost => ("#9b3d3d", "#e39a9a"),
            Contender::Flatbuffers => ("#4b6a88", "#a3bdd6"),
            Contender::Zerocopy => ("#3d7a1f", "#93cf72"),
            Contender::BoxTree => ("#6b5bb0", "#a99be6"),
            Contender::Nothing => ("#857f73", "#85888f"),
        };
        match self.theme {
            PictureTheme::Light => light,
            PictureTheme::Dark => dark,
        }
    }

    /// A mark's colour and how its line is dashed.
    pub(super) const fn mark(&self, kind: MarkKind) -> (&'static str, &'static str) {
        match kind {
            MarkKind::Guess => (self.guess, "6 4"),
            MarkKind::Roadmap => (self.soft, "2 3"),
            MarkKind::Theirs => (self.right, "none"),
            MarkKind::Native => (self.wrong, "none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str = include_str!("../../style.css");

    #[test]
    fn colours_are_the_style_sheet_s() {
        let (light, dark) = (PictureTheme::Light.colours(), PictureTheme::Dark.colours());
        let both = |pick: fn(&Colours) -> &'static str| (pick(&light), pick(&dark));
        let named = [
            ("--ground", both(|c| c.ground)),
            ("--ink", both(|c| c.ink)),
            ("--soft", both(|c| c.soft)),
            ("--line", both(|c| c.line)),
            ("--edge", both(|c| c.edge)),
            ("--accent", both(|c| c.accent)),
            ("--right", both(|c| c.right)),
            ("--wrong", both(|c| c.wrong)),
        ];
        for (name, (light, dark)) in named {
            assert!(STYLE.contains(&format!("{name}: light-dark({light}, {dark})")), "{name}");
        }
        assert!(STYLE.contains(&format!(".guess {{ --mark: light-dark({}, {})", light.guess, dark.guess)));
        for contender in Contender::ALL {
            let class = format!(".tone-{}", contender.slug());
            let rule = STYLE.lines().find(|line| {
                line.split('{').next().is_some_and(|selectors| selectors.split(',').any(|selector| selector.trim() == class))
            });
            let rule = rule.unwrap_or_else(|| panic!("{class} has no rule"));
            let tone = format!("light-dark({}, {})", light.tone(contender), dark.tone(contender));
            assert!(
                rule.contains(&tone) || (rule.contains("var(--edge)") && light.tone(contender) == light.edge),
                "{class}: {rule}"
            );
        }
    }
}
