//! What needs no tracing allocator: the programs run, and every node is met. What they do to memory is in `tests/traces.rs`.

use super::*;

#[test]
fn every_program_runs_at_the_smallest_and_at_odd_sizes() {
    for program in Program::ALL {
        for (nodes, degree) in [(1, 1), (2, 8), (300, 1), (777, 3)] {
            // Without a tracing allocator only reads and marks are noted.
            let trace = trace(program, nodes, degree, Seed(1));
            assert!(!trace.events.0.is_empty(), "{program:?}");
            assert_eq!(trace.lost, 0);
        }
    }
}
