//! Must not compile: in `Vec<T>`, a shorter lifetime would stand for a longer one.

// anchor: longer_vector
fn longer_vector<'short>(value: Vec<&'short str>) -> Vec<&'static str> {
    value
}
// end: longer_vector

fn main() {}
