//! Where a longer lifetime may stand for a shorter one: each function compiles because of the variance that its name says.
//!
//! Shown by the lesson `memory/variance`. What the compiler refuses lies in `fail/`.
#![allow(clippy::needless_lifetimes, clippy::elidable_lifetime_names, reason = "the lesson is about these lifetimes")]
#![allow(clippy::redundant_allocation, reason = "what a box does to the lifetime in it is the question")]

use std::marker::PhantomData;

// anchor: shared
fn shorten<'short>(text: &'static str) -> &'short str {
    text
}
// end: shared

// anchor: shared_inner
fn shorten_inside<'outer, 'short>(text: &'outer &'static str) -> &'outer &'short str {
    text
}
// end: shared_inner

// anchor: mut_outer
fn shorten_loan<'long: 'short, 'short>(number: &'long mut u32) -> &'short mut u32 {
    number
}
// end: mut_outer

// anchor: owned
fn shorten_owned<'short>(list: Vec<&'static str>, one: Box<&'static str>) -> (Vec<&'short str>, Box<&'short str>) {
    (list, one)
}
// end: owned

// anchor: returns
fn returns_shorter<'short>(function: fn() -> &'static str) -> fn() -> &'short str {
    function
}
// end: returns

// anchor: takes
fn takes_less<'short>(function: fn(&'short str) -> usize) -> fn(&'static str) -> usize {
    function
}
// end: takes

// anchor: phantom
struct Id<T> {
    number: u32,
    of: PhantomData<fn() -> T>,
}

fn shorten_id<'short>(id: Id<&'static str>) -> Id<&'short str> {
    id
}
// end: phantom

// anchor: phantom_takes
struct Sink<T> {
    taken: u32,
    takes: PhantomData<fn(T)>,
}

fn widen_sink<'short>(sink: Sink<&'short str>) -> Sink<&'static str> {
    sink
}
// end: phantom_takes

// anchor: boxed_dyn
fn counter<'a>(text: &'a str) -> Box<dyn Fn() -> usize + 'a> {
    Box::new(move || text.len())
}
// end: boxed_dyn

// anchor: list
fn add<'a>(list: &mut Vec<&'a str>, text: &'a str) {
    list.push(text);
}

fn added(text: &str) -> usize {
    let mut list = vec!["static"];
    add(&mut list, text);
    list.len()
}
// end: list

#[cfg(test)]
mod tests {
    use super::*;

    fn hello() -> &'static str {
        "hello"
    }

    #[test]
    fn nothing_happens_to_the_values() {
        assert_eq!(*shorten_inside(&shorten("a")), "a");
        assert_eq!(*shorten_loan(&mut 4), 4);
        let (list, one) = shorten_owned(vec!["a"], Box::new("b"));
        assert_eq!((list[0], *one), ("a", "b"));
        assert_eq!(returns_shorter(hello)(), "hello");
        assert_eq!(takes_less(str::len)("four"), 4);
        assert_eq!(shorten_id(Id { number: 7, of: PhantomData }).number, 7);
        assert_eq!(widen_sink(Sink { taken: 1, takes: PhantomData }).taken, 1);
        assert_eq!(counter("four")(), 4);
        assert_eq!(added(&String::from("local")), 2);
    }

    #[test]
    fn markers_have_no_size() {
        assert_eq!(size_of::<Id<String>>(), size_of::<u32>());
    }
}
