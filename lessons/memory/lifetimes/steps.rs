//! The signatures of the lesson's table, each as written and as the three rules read it; a test holds that both have one type.
//!
//! Shown by the lesson `memory/lifetimes`.
#![allow(clippy::needless_lifetimes, clippy::elidable_lifetime_names, reason = "written out is what is shown")]
#![allow(mismatched_lifetime_syntaxes, reason = "that a written lifetime counts in rule 2 is what the third pair shows")]

// anchor: steps
fn one(a: &str) -> &str {
    a
}

fn one_in_full<'a>(a: &'a str) -> &'a str {
    a
}

fn nothing_returned(a: &str, b: &str) -> bool {
    a == b
}

fn nothing_returned_in_full<'a, 'b>(a: &'a str, b: &'b str) -> bool {
    a == b
}

fn written<'a>(a: &'a str, b: usize) -> &str {
    &a[b..]
}

fn written_in_full<'a>(a: &'a str, b: usize) -> &'a str {
    &a[b..]
}

struct Page {
    text: String,
}

impl Page {
    fn of_self(&self, _b: &str) -> &str {
        &self.text
    }

    fn of_self_in_full<'a, 'b>(&'a self, _b: &'b str) -> &'a str {
        &self.text
    }

    fn of_mut_self(&mut self) -> Option<&str> {
        self.text.push('.');
        self.text.strip_suffix('.')
    }

    fn of_mut_self_in_full<'a>(&'a mut self) -> Option<&'a str> {
        self.text.push('.');
        self.text.strip_suffix('.')
    }
}
// end: steps

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: same
    #[test]
    fn left_out_or_written_it_is_one_type() {
        let first = [one, one_in_full];
        let second = [nothing_returned, nothing_returned_in_full];
        let third = [written, written_in_full];
        let fourth = [Page::of_self, Page::of_self_in_full];
        let fifth = [Page::of_mut_self, Page::of_mut_self_in_full];
        let mut page = Page { text: "text".to_owned() };
        assert!(first.iter().all(|function| function("a") == "a"));
        assert!(second.iter().all(|function| function("a", "a")));
        assert!(third.iter().all(|function| function("ab", 1) == "b"));
        assert!(fourth.iter().all(|function| function(&page, "") == "text"));
        assert!(fifth.iter().all(|function| function(&mut page).is_some()));
    }
    // end: same
}
