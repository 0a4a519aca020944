//! Must not compile: a trait object without a lifetime promises that it borrows nothing.

// anchor: boxed_dyn
fn boxed<'a>(text: &'a str) -> Box<dyn Fn() -> usize> {
    Box::new(move || text.len())
}
// end: boxed_dyn

fn main() {}
