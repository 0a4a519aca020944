//! The two spellings of a slug: folders and modules with underscores, addresses with hyphens.

/// A slug as addresses spell it: `zero_copy` becomes `zero-copy`.
#[must_use]
pub fn url_form(slug: &str) -> String {
    slug.replace('_', "-")
}

/// A slug as folders spell it: `zero-copy` becomes `zero_copy`.
#[must_use]
pub fn folder_form(slug: &str) -> String {
    slug.replace('-', "_")
}

/// Whether `slug` can be a folder's: a lower-case letter, then lower-case letters, digits and single underscores. Such a slug survives
/// the way to its address and back.
#[cfg(feature = "parse")]
pub(crate) fn is_folder_slug(slug: &str) -> bool {
    slug.starts_with(|c: char| c.is_ascii_lowercase())
        && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !slug.contains("__")
        && !slug.ends_with('_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(url_form("zero_copy"), "zero-copy");
        assert_eq!(folder_form("zero-copy"), "zero_copy");
    }

    #[cfg(feature = "parse")]
    #[test]
    fn a_folder_slug_has_lower_case_letters_digits_and_single_underscores() {
        for good in ["data", "zero_copy", "io2"] {
            assert!(is_folder_slug(good), "{good}");
        }
        for bad in ["", "zero-copy", "Zero", "_x", "x_", "a__b", "2x", "ä"] {
            assert!(!is_folder_slug(bad), "{bad}");
        }
    }
}
