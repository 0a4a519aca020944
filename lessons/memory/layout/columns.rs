//! One table, by rows and by columns: what a walk over one field has to fetch.
//!
//! Shown by the lesson `memory/layout`.

// anchor: rows
/// A particle: 32 bytes, two to a cache line of 64.
struct Particle {
    position: [f64; 3],
    mass: f64,
}

fn mass_of_rows(particles: &[Particle]) -> f64 {
    particles.iter().map(|particle| particle.mass).sum()
}
// end: rows

// anchor: columns
/// The same particles: eight masses to a cache line.
struct Particles {
    positions: Vec<[f64; 3]>,
    masses: Vec<f64>,
}

fn mass_of_columns(particles: &Particles) -> f64 {
    particles.masses.iter().sum()
}
// end: columns

// anchor: kept_small
/// A change that makes a node larger stops the build here, not in production.
const _: () = assert!(size_of::<Particle>() == 32);
// end: kept_small

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weigh_the_same() {
        let rows: Vec<Particle> = (0..8).map(|number| Particle { position: [0.0; 3], mass: f64::from(number) }).collect();
        let columns = Particles {
            positions: rows.iter().map(|row| row.position).collect(),
            masses: rows.iter().map(|row| row.mass).collect(),
        };
        assert_eq!(mass_of_rows(&rows).to_bits(), mass_of_columns(&columns).to_bits());
        assert_eq!(columns.positions.len(), 8);
    }
}
