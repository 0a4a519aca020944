//! How a choice with names is written: once, each variant with its slug and its label.

/// An enum of named choices: `Variant => ("slug", "label")`. A slug stands in links and exports and never changes once
/// released; a label is what a reader sees.
macro_rules! slugged {
    (
        $(#[$of_enum:meta])*
        pub enum $Name:ident {
            $($(#[$of_variant:meta])* $Variant:ident => ($slug:literal, $label:literal),)*
        }
    ) => {
        $(#[$of_enum])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $Name {
            $($(#[$of_variant])* $Variant,)*
        }

        impl $Name {
            /// All, in the order in which they are offered.
            pub const ALL: [Self; [$($slug),*].len()] = [$(Self::$Variant),*];

            /// Its name in links and exports.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self {
                    $(Self::$Variant => $slug,)*
                }
            }

            /// The one whose slug this is.
            #[must_use]
            pub fn from_slug(slug: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.slug() == slug)
            }

            /// The name a reader sees.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$Variant => $label,)*
                }
            }
        }
    };
}

pub(crate) use slugged;

#[cfg(test)]
mod tests {
    slugged! {
        /// A choice of two.
        #[derive(Default)]
        pub enum Choice {
            /// The first.
            #[default]
            One => ("one", "the first"),
            /// The second.
            Two => ("two", "the second"),
        }
    }

    #[test]
    fn each_has_its_names_and_the_first_is_the_default() {
        assert_eq!(Choice::ALL, [Choice::default(), Choice::Two]);
        assert_eq!((Choice::Two.slug(), Choice::Two.label()), ("two", "the second"));
        assert_eq!((Choice::from_slug("two"), Choice::from_slug("three")), (Some(Choice::Two), None));
    }
}
