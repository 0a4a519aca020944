//! A table of variance: what may stand for what, known by what came of two programs a row, and nowhere typed in.

use crate::{ArchivedCode, Code};
use rkyv::{Archive, Deserialize, Serialize};

/// A type and a parameter of it, and two programs that ask how they vary.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct VarianceRow {
    /// The type, as inline HTML.
    pub of: String,
    /// The parameter in question, as inline HTML.
    pub place: String,
    /// A program in which the one with the longer lifetime stands for the one with the shorter.
    pub longer_for_shorter: Code,
    /// One in which the shorter stands for the longer.
    pub shorter_for_longer: Code,
    /// Why it is as it is, as inline HTML.
    pub because: String,
}

/// How a type varies in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variance {
    /// The longer may stand for the shorter, not the other way round.
    Covariant,
    /// The shorter may stand for the longer, not the other way round.
    Contravariant,
    /// Neither.
    Invariant,
    /// Both: the parameter says nothing.
    Bivariant,
}

impl Variance {
    /// The field's word for it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Covariant => "covariant",
            Self::Contravariant => "contravariant",
            Self::Invariant => "invariant",
            Self::Bivariant => "bivariant",
        }
    }
}

impl ArchivedVarianceRow {
    /// How the type varies, by what the compiler did with the row's programs.
    #[must_use]
    pub fn variance(&self) -> Variance {
        match (self.longer_for_shorter.is_accepted(), self.shorter_for_longer.is_accepted()) {
            (true, false) => Variance::Covariant,
            (false, true) => Variance::Contravariant,
            (false, false) => Variance::Invariant,
            (true, true) => Variance::Bivariant,
        }
    }

    /// Its programs, each with the question that it answers.
    #[must_use]
    pub fn questions(&self) -> [(&'static str, &ArchivedCode); 2] {
        [
            ("May the longer-lived one stand for the shorter-lived one?", &self.longer_for_shorter),
            ("May the shorter-lived one stand for the longer-lived one?", &self.shorter_for_longer),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Came;
    use rkyv::rancor::Error;

    fn program(came: Option<Came>) -> Code {
        let text = String::new();
        Code { path: text.clone(), anchor: None, first_line: 1, caption: None, html: text.clone(), text, came }
    }

    #[test]
    fn what_the_compiler_did_decides_and_nothing_else() {
        let (accepted, refused) = (|| program(None), || program(Some(Came::Refused("error".to_owned()))));
        let cases = [
            (accepted(), refused(), Variance::Covariant),
            (refused(), accepted(), Variance::Contravariant),
            (refused(), refused(), Variance::Invariant),
            (accepted(), accepted(), Variance::Bivariant),
        ];
        for (longer_for_shorter, shorter_for_longer, expected) in cases {
            let [of, place, because] = ["T", "'a", "Why."].map(str::to_owned);
            let row = VarianceRow { of, place, longer_for_shorter, shorter_for_longer, because };
            let bytes = rkyv::to_bytes::<Error>(&row).unwrap();
            let row = rkyv::access::<ArchivedVarianceRow, Error>(&bytes).unwrap();
            assert_eq!(row.variance(), expected);
        }
    }
}
