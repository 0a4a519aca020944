//! A quick native check, and no measurement to publish: `cargo run --release -p data --example ratios [full]`.
//!
//! For each payload and read: how long preparing takes, how long `serde_json` takes, and how many times as fast the others are.
//! Contenders take turns; the figure is the fastest turn, which a busy machine disturbs least.
#![allow(clippy::print_stdout, reason = "it is a command")]

use measure::Clock;
use protocol::{DataInput, LabInput, Payload, PayloadSize, Read, Seed};
use std::time::Instant;
use units::Nanos;

struct Native(Instant);

impl Clock for Native {
    fn now(&self) -> Nanos {
        Nanos(self.0.elapsed().as_secs_f64() * 1e9)
    }
}

const TURNS: usize = 15;

fn main() -> Result<(), data::PrepareError> {
    let size = if std::env::args().any(|argument| argument == "full") { PayloadSize::Full } else { PayloadSize::Medium };
    println!("{}; {} size", data::CRATES.join("; "), size.slug());
    let clock = Native(Instant::now());
    for payload in Payload::ALL {
        for read in Read::ALL {
            let begun = clock.now();
            let mut contenders =
                data::prepare(&LabInput::Serialization(DataInput { payload, size, read }), Seed::default())?.contenders;
            print!("{:5} {:6} (made in {:>7})", payload.slug(), read.slug(), (clock.now() - begun).to_string());
            let mut time = |place: usize, batch: u32| contenders[place].time(batch, &clock).0[0] * (1.0 / f64::from(batch));
            // Calls that fill about 5 ms.
            let batches = [0, 1, 2, 3, 4, 5].map(|place| {
                time(place, 2);
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number, clamped")]
                let batch = (5e6 / time(place, 3).0.max(0.5)).clamp(1.0, 5e6) as u32;
                batch
            });
            let mut turns = [const { Vec::new() }; 6];
            for _ in 0..TURNS {
                for (place, turns) in turns.iter_mut().enumerate() {
                    turns.push(time(place, batches[place]).0);
                }
            }
            let fastest = turns.map(|turns: Vec<f64>| turns.into_iter().fold(f64::INFINITY, f64::min));
            for (contender, time) in contenders.iter().zip(fastest) {
                print!(" | {} {} {:.1}x", contender.id.slug(), Nanos(time), fastest[0] / time);
            }
            println!();
        }
    }
    Ok(())
}
