//! The columns lab: the same trades kept as rows and as columns, and four questions asked of them.
//!
//! Everything starts at bytes, except the arrays that are in memory already; what is timed ends with the answer. Every contender answers
//! from what it reads alone, and all must answer alike. Nothing here may help one layout beyond what its crate does.

pub mod arrow;
pub mod ipc;
mod lines;
pub mod rows;
pub mod trade;

pub use lines::LINE;

use crate::contender::EncodeError;
use lines::Lines;
use measure::Experiment;
use protocol::{ColumnsInput, Contender, Fact, FactKind, Query, Seed};

/// How many whole rows a look-up fetches.
pub const LOOK_UPS: u32 = 1_000;

/// The filter's limit: trades above this price, in cents, count; about one in ten does.
pub const EXPENSIVE: u32 = 90_000;

/// A question with everything it needs to be answered.
#[derive(Clone, Debug)]
pub enum Ask {
    /// The sum of one column.
    Scan,
    /// The sum of one column where another is above [`EXPENSIVE`].
    Filter,
    /// The sum of one column for each value of another.
    Group,
    /// Every field of these rows.
    LookUp(Vec<u32>),
}

impl Ask {
    /// The question of `query` on `rows` rows; the rows looked up follow from `seed`.
    #[must_use]
    pub fn of(query: Query, rows: u32, seed: Seed) -> Self {
        match query {
            Query::Scan => Self::Scan,
            Query::Filter => Self::Filter,
            Query::Group => Self::Group,
            Query::LookUp => Self::LookUp(trade::places(rows, LOOK_UPS, seed)),
        }
    }
}

/// Makes the trades, encodes them once a layout, and returns everything ready to be timed: JSON rows first.
///
/// Facts are the bytes on the wire, and the cache lines that one answer touches, counted over the very addresses that are read.
///
/// # Errors
/// A format refuses the trades.
pub fn prepare(input: ColumnsInput, seed: Seed) -> Result<Experiment<Contender, Vec<Fact>>, EncodeError> {
    let rows = input.rows.clamp(1, ColumnsInput::MAX_ROWS);
    let trades = trade::trades(rows, seed);
    let ask = Ask::of(input.query, rows, seed);
    let made =
        [rows::json(&trades, &ask)?, rows::rkyv(&trades, &ask)?, arrow::stream(&trades, &ask)?, arrow::arrays(&trades, &ask)];
    let mut experiment = Experiment { contenders: Vec::new(), facts: Vec::new(), afterwards: None };
    for Made { contender, wire, touched } in made {
        let counted = [(FactKind::WireBytes, wire), (FactKind::TouchedBytes, Some(touched))];
        let fact = |(kind, value): (FactKind, Option<u64>)| Some(Fact { contender: contender.id, kind, value: value? });
        experiment.facts.extend(counted.into_iter().filter_map(fact));
        experiment.contenders.push(contender);
    }
    Ok(experiment)
}

/// A contender, and what was counted of it.
pub struct Made {
    contender: measure::Contender<Contender>,
    /// Bytes it starts from; none if it starts from arrays in memory.
    wire: Option<u64>,
    /// Bytes of the cache lines that one answer touches.
    touched: u64,
}

/// The sums by symbol as one number that depends on each and its place.
fn folded(sums: &[u64]) -> u64 {
    sums.iter().fold(0, |folded: u64, sum| folded.rotate_left(5).wrapping_add(*sum))
}

/// Bytes of the lines that hold these fields of the rows that `ask` reads; `place` is where a field of a row lies.
fn touched(ask: &Ask, rows: usize, place: impl Fn(trade::Field, usize) -> (usize, usize)) -> u64 {
    let mut lines = Lines::default();
    let mut touch = |field, row| {
        let (address, length) = place(field, row);
        lines.touch(address, length);
    };
    match ask {
        Ask::LookUp(places) => {
            for &row in places {
                for field in trade::Field::ALL {
                    touch(field, row as usize);
                }
            }
        }
        Ask::Scan | Ask::Filter | Ask::Group => {
            for &field in fields_of(ask) {
                (0..rows).for_each(|row| touch(field, row));
            }
        }
    }
    lines.bytes()
}

/// The fields that a question reads of every row it reads.
const fn fields_of(ask: &Ask) -> &'static [trade::Field] {
    use trade::Field;
    match ask {
        Ask::Scan => &[Field::Quantity],
        Ask::Filter => &[Field::Price, Field::Quantity],
        Ask::Group => &[Field::Symbol, Field::Quantity],
        Ask::LookUp(_) => &Field::ALL,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
