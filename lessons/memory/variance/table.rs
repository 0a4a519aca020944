//! The half of the variance table that compiles: where a longer lifetime may stand for a shorter one, and where a shorter one for a longer one.
//!
//! Shown by the lesson `memory/variance` and by the lab Lifetimes. What the compiler refuses lies in `fail/`, under the names of the same rows.
#![allow(clippy::needless_lifetimes, clippy::elidable_lifetime_names, reason = "the lesson is about these lifetimes")]
#![allow(clippy::redundant_allocation, clippy::trivially_copy_pass_by_ref, reason = "what references and boxes do to the lifetime in them is the question")]

use std::marker::PhantomData;

// anchor: shorter_shared_loan
fn shorter_shared_loan<'short>(value: &'static u8) -> &'short u8 {
    value
}
// end: shorter_shared_loan

// anchor: shorter_shared_inner
fn shorter_shared_inner<'loan, 'short>(value: &'loan &'static str) -> &'loan &'short str {
    value
}
// end: shorter_shared_inner

// anchor: shorter_mut_loan
fn shorter_mut_loan<'short>(value: &'static mut u8) -> &'short mut u8 {
    value
}
// end: shorter_mut_loan

// anchor: shorter_boxed
fn shorter_boxed<'short>(value: Box<&'static str>) -> Box<&'short str> {
    value
}
// end: shorter_boxed

// anchor: shorter_vector
fn shorter_vector<'short>(value: Vec<&'static str>) -> Vec<&'short str> {
    value
}
// end: shorter_vector

// anchor: shorter_const_pointer
fn shorter_const_pointer<'short>(value: *const &'static str) -> *const &'short str {
    value
}
// end: shorter_const_pointer

// anchor: longer_takes
fn longer_takes<'short>(value: fn(&'short str)) -> fn(&'static str) {
    value
}
// end: longer_takes

// anchor: shorter_gives
fn shorter_gives<'short>(value: fn() -> &'static str) -> fn() -> &'short str {
    value
}
// end: shorter_gives

// anchor: longer_argument
fn longer_argument<'short>(value: fn(&'short str) -> u8) -> fn(&'static str) -> u8 {
    value
}
// end: longer_argument

// anchor: shorter_result
fn shorter_result<'short>(value: fn(u8) -> &'static str) -> fn(u8) -> &'short str {
    value
}
// end: shorter_result

// anchor: shorter_phantom
fn shorter_phantom<'short>(value: PhantomData<&'static str>) -> PhantomData<&'short str> {
    value
}
// end: shorter_phantom

// anchor: longer_phantom_takes
fn longer_phantom_takes<'short>(value: PhantomData<fn(&'short str)>) -> PhantomData<fn(&'static str)> {
    value
}
// end: longer_phantom_takes

// anchor: shorter_hidden
fn shorter_hidden<'short>(value: Box<dyn Fn() + 'static>) -> Box<dyn Fn() + 'short> {
    value
}
// end: shorter_hidden

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing_with(_: &str) {}

    fn hello() -> &'static str {
        "hello"
    }

    #[test]
    fn nothing_happens_to_the_values() {
        static FOUR: u8 = 4;
        assert_eq!(*shorter_shared_loan(&FOUR), 4);
        assert_eq!(*shorter_shared_inner(&"a"), "a");
        assert_eq!(*shorter_mut_loan(Box::leak(Box::new(4))), 4);
        assert_eq!(*shorter_boxed(Box::new("a")), "a");
        assert_eq!(shorter_vector(vec!["a"]), ["a"]);
        let text: *const &'static str = &"a";
        assert!(std::ptr::addr_eq(shorter_const_pointer(text), text));
        longer_takes(nothing_with)("a");
        assert_eq!(longer_argument(|text| u8::from(text.is_empty()))(""), 1);
        assert_eq!(shorter_result(|_| "hello")(0), "hello");
        assert_eq!(shorter_gives(hello)(), "hello");
        assert_eq!(size_of_val(&shorter_phantom(PhantomData)) + size_of_val(&longer_phantom_takes(PhantomData)), 0);
        shorter_hidden(Box::new(|| ()))();
    }
}
