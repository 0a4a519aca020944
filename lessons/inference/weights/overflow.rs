//! A sum in a type that is too small for it: it compiles, and what it gives depends on a switch of the build.
//!
//! Shown by the lesson `inference/weights`. Compiled twice more on its own, with overflow checks and without: `crates/samples/tests/alone.rs`.

// anchor: dot
/// Products of bytes, summed in a byte: 127 times 127 is 16,129 already.
#[must_use]
pub fn dot_in_bytes(left: &[i8], right: &[i8]) -> i8 {
    let mut sum = 0;
    for (one, other) in left.iter().zip(right) {
        sum += one * other;
    }
    sum
}

/// Summed in 32 bits, which 131,071 of the largest products do not overflow.
#[must_use]
pub fn dot_in_words(left: &[i8], right: &[i8]) -> i32 {
    left.iter().zip(right).map(|(one, other)| i32::from(*one) * i32::from(*other)).sum()
}
// end: dot

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: same
    #[test]
    fn small_sums_agree() {
        assert_eq!(dot_in_bytes(&[3, -2], &[4, 5]), 2);
        assert_eq!(dot_in_words(&[3, -2], &[4, 5]), 2);
    }

    #[test]
    fn words_hold_what_bytes_do_not() {
        assert_eq!(dot_in_words(&[100, 100], &[2, 1]), 300);
    }
    // end: same

    #[test]
    fn the_largest_products_fit() {
        let most = vec![-128; 131_071];
        assert_eq!(dot_in_words(&most, &most), 131_071 * 16_384);
    }
}
