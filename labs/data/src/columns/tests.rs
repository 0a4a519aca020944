//! Every layout answers alike, nothing is copied out of an IPC stream, and the counted lines are what the layouts say.

#![allow(clippy::unwrap_used, reason = "a test: the first surprise ends it")]

use super::{
    trade::{Field, Trade},
    *,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_buffer::Buffer;
use arrow_ipc::{
    reader::{StreamDecoder, StreamReader},
    writer::StreamWriter,
};
use ipc::{BadStream, Columns};
use proptest::prelude::*;
use protocol::columns::FIELDS;
use std::sync::Arc;

const SEED: Seed = Seed(7);

fn answers(rows: u32, ask: &Ask) -> [u64; 4] {
    let trades = trade::trades(rows, SEED);
    let made = [
        rows::json(&trades, ask).unwrap(),
        rows::rkyv(&trades, ask).unwrap(),
        arrow::stream(&trades, ask).unwrap(),
        arrow::arrays(&trades, ask),
    ];
    made.map(|mut made| made.contender.time(1, &Still).1)
}

/// A clock that stands still.
struct Still;

impl measure::Clock for Still {
    fn now(&self) -> units::Nanos {
        units::Nanos(0.0)
    }
}

#[test]
fn every_layout_answers_alike_and_every_field_counts() {
    for query in Query::ALL {
        for rows in [1, 2, 1_000, 10_007] {
            let found = answers(rows, &Ask::of(query, rows, SEED));
            assert!(found.iter().all(|answer| *answer == found[0]), "{query:?} on {rows} rows: {found:x?}");
        }
    }
    // The questions are what they are called: worked out once more, the plain way.
    let trades = trade::trades(1_000, SEED);
    let sum =
        |of: &dyn Fn(&Trade) -> bool| -> u64 { trades.iter().filter(|one| of(one)).map(|one| u64::from(one.quantity)).sum() };
    // A contender rotates its running checksum before it takes up an answer: with one operation that leaves the answer itself.
    assert_eq!(answers(1_000, &Ask::Scan)[0], sum(&|_| true));
    assert_eq!(answers(1_000, &Ask::Filter)[0], sum(&|one| one.price > EXPENSIVE));
    let by_symbol: Vec<u64> = (0..trade::SYMBOLS).map(|symbol| sum(&|one| usize::from(one.symbol) == symbol)).collect();
    assert_eq!(answers(1_000, &Ask::Group)[0], folded(&by_symbol));
    assert!(sum(&|one| one.price > EXPENSIVE) * 5 < sum(&|_| true), "the filter lets about a tenth through");
}

#[test]
fn the_arrays_of_a_stream_lie_in_the_stream_s_own_bytes() {
    let bytes = Columns::of(&trade::trades(1_000, SEED)).to_stream();
    let Columns { time, quantity, flags, .. } = Columns::in_stream(&bytes).unwrap();
    for start in [time.values().as_ptr().addr(), quantity.values().as_ptr().addr(), flags.values().as_ptr().addr()] {
        assert!((bytes.as_ptr().addr()..bytes.as_ptr().addr() + bytes.len()).contains(&start), "a column was copied");
        assert!(start.is_multiple_of(64));
    }
    // A stream that lies one byte off is refused, not copied.
    let mut off = arrow_buffer::MutableBuffer::new(bytes.len() + 1);
    off.push(0_u8);
    off.extend_from_slice(&bytes);
    assert_eq!(Columns::in_stream(&Buffer::from(off).slice(1)), Err(BadStream::Place));
}

/// The trades as `arrow-ipc` sees them.
fn batch(trades: &[Trade]) -> RecordBatch {
    let Columns { time, order, price, quantity, symbol, venue, flags } = Columns::of(trades);
    let columns: [(&str, ArrayRef); 7] = [
        ("time", Arc::new(time)),
        ("order", Arc::new(order)),
        ("price", Arc::new(price)),
        ("quantity", Arc::new(quantity)),
        ("symbol", Arc::new(symbol)),
        ("venue", Arc::new(venue)),
        ("flags", Arc::new(flags)),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

/// What `arrow-ipc` writes of the trades, in an aligned buffer.
fn written(trades: &[Trade]) -> Buffer {
    let batch = batch(trades);
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    let mut aligned = arrow_buffer::MutableBuffer::new(0);
    aligned.extend_from_slice(&writer.into_inner().unwrap());
    aligned.into()
}

#[test]
fn arrow_s_own_reader_and_writer_agree_with_ours() {
    for rows in [0, 1, 7, 1_000] {
        let trades = trade::trades(rows, SEED);
        let read: Vec<RecordBatch> =
            StreamReader::try_new(Columns::of(&trades).to_stream().as_slice(), None).unwrap().map(Result::unwrap).collect();
        assert_eq!(read, [batch(&trades)], "{rows} rows that we wrote");
        assert_eq!(Columns::in_stream(&written(&trades)), Ok(Columns::of(&trades)), "{rows} rows that arrow-ipc wrote");
    }
}

#[test]
fn a_stream_of_something_else_is_refused() {
    let trades = trade::trades(3, SEED);
    let other = RecordBatch::try_from_iter([("time", Arc::new(Columns::of(&trades).time) as ArrayRef)]).unwrap();
    let mut writer = StreamWriter::try_new(Vec::new(), &other.schema()).unwrap();
    writer.write(&other).unwrap();
    assert_eq!(Columns::in_stream(&Buffer::from(writer.into_inner().unwrap())), Err(BadStream::Schema));
    assert_eq!(Columns::in_stream(&Buffer::from(&[1_u8; 40][..])), Err(BadStream::Header));
    assert_eq!(Columns::in_stream(&Buffer::from(&[][..] as &[u8])), Err(BadStream::Cut));
}

#[test]
fn the_row_is_drawn_as_the_compiler_lays_it_out() {
    assert_eq!(size_of::<rkyv::Archived<Trade>>(), protocol::columns::ROW);
    for (field, drawn) in Field::ALL.into_iter().zip(FIELDS) {
        assert_eq!(rows::archived_field(field), (drawn.offset, drawn.width), "{field:?}");
    }
    for query in Query::ALL {
        let read: Vec<usize> = fields_of(&Ask::of(query, 10, SEED)).iter().map(|field| *field as usize).collect();
        assert_eq!(read, protocol::columns::read_by(query), "{query:?}");
    }
}

#[test]
fn a_scan_touches_every_line_of_the_rows_and_an_eighth_of_them_in_columns() {
    let rows = 64_000_u32;
    let facts = |query| prepare(ColumnsInput { rows, query }, SEED).unwrap().facts;
    let touched = |facts: &[Fact], who| {
        facts.iter().find(|fact| fact.contender == who && fact.kind == FactKind::TouchedBytes).unwrap().value
    };
    let (row_bytes, column_bytes) = (u64::from(rows) * 32, u64::from(rows) * 4);
    let scan = facts(Query::Scan);
    assert!((row_bytes..=row_bytes + 64).contains(&touched(&scan, Contender::RkyvRows)));
    assert!((column_bytes..=column_bytes + 64).contains(&touched(&scan, Contender::ArrowIpc)));
    assert!(touched(&scan, Contender::JsonRows) > row_bytes);
    // Whole rows at random places: there the columns touch seven lines for each one or two of the rows.
    let look_up = facts(Query::LookUp);
    assert!(touched(&look_up, Contender::ArrowColumns) > 3 * touched(&look_up, Contender::RkyvRows));
}

#[test]
fn fewer_rows_are_a_prefix() {
    assert_eq!(trade::trades(1_000, SEED)[..10], trade::trades(10, SEED)[..]);
    assert_ne!(trade::trades(10, SEED), trade::trades(10, Seed(8)));
}

/// What the lesson says of arrow-ipc 60.1: its reader is for streams one trusts. A length in a header that leads beyond the bytes ends in a
/// panic, not in an error. Should a later version refuse it, this fails, and the lesson must say so.
#[test]
fn arrow_s_reader_panics_at_some_damage_and_ours_does_not() {
    let stream = written(&trade::trades(50, SEED));
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let damaged = |at: usize| {
        let mut damaged = stream.to_vec();
        damaged[at] ^= 0x40;
        damaged
    };
    let reads = |bytes: Vec<u8>| StreamDecoder::new().decode(&mut Buffer::from(bytes)).is_ok();
    let panics = (0..stream.len()).filter(|&at| std::panic::catch_unwind(|| reads(damaged(at))).is_err()).count();
    std::panic::set_hook(hook);
    assert!(panics > 0, "no flip of {} bytes made the reader panic", stream.len());
    for at in 0..stream.len() {
        let _ = arrow::stream_answer(&Buffer::from(damaged(at)), &Ask::Scan);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn damaged_bytes_are_an_error_or_other_trades_but_never_a_panic(
        place in any::<prop::sample::Index>(), flip in 1..=255_u8, cut in any::<prop::sample::Index>(), noise in proptest::collection::vec(any::<u8>(), 0..80),
    ) {
        let trades = trade::trades(50, SEED);
        let archive = rkyv::to_bytes::<rkyv::rancor::Failure>(&trades).unwrap();
        let text = serde_json::to_vec(&trades).unwrap();
        let stream = Columns::of(&trades).to_stream();
        for ask in Query::ALL.map(|query| Ask::of(query, 50, SEED)) {
            let mut flipped = archive.clone();
            let at = place.index(archive.len());
            flipped[at] ^= flip;
            let _ = rows::rkyv_answer(&flipped, &ask);
            for bytes in [{ let mut flipped = stream.to_vec(); flipped[place.index(stream.len())] ^= flip; flipped }, stream[..cut.index(stream.len())].to_vec(), noise.clone()] {
                let mut aligned = arrow_buffer::MutableBuffer::new(0);
                aligned.extend_from_slice(&bytes);
                let _ = arrow::stream_answer(&aligned.into(), &ask);
            }
            let _ = rows::rkyv_answer(&archive[..cut.index(archive.len())], &ask);
            let mut flipped = text.clone();
            flipped[place.index(text.len())] ^= flip;
            for bytes in [&flipped, &text[..cut.index(text.len())], &noise] {
                let _ = rows::json_answer(bytes, &ask);
            }
        }
    }
}
