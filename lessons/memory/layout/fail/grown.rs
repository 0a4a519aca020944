//! Must not compile: a field was added, and the bound on the size no longer holds.

// anchor: grown
struct Particle {
    position: [f64; 3],
    mass: f64,
    is_fixed: bool,
}

const _: () = assert!(size_of::<Particle>() == 32);
// end: grown

fn main() {}
