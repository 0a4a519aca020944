//! Schema evolution: one side of the wire has changed, the other has not, and five formats are read across. Every outcome is run, none is
//! known beforehand. serde's types and rkyv's carry no attribute that prepares them; protobuf's and `FlatBuffers`' fields keep their numbers,
//! as their guides ask.

mod flat;
mod versions;

use crate::lens::aligned;
use protocol::{
    Fact,
    evolution::{Cell, Change, Direction, EvolutionAnswer, Outcome},
    lens::Format,
};
use versions::{Meanings, Version};

/// Every cell of the matrix.
///
/// # Errors
/// A library cannot write one of the versions; it is said which.
pub fn answer() -> Result<EvolutionAnswer, String> {
    let mut cells = Vec::with_capacity(Format::ALL.len() * Change::ALL.len() * Direction::ALL.len());
    for format in Format::ALL {
        for change in Change::ALL {
            for direction in Direction::ALL {
                cells.push(cell(format, change, direction)?);
            }
        }
    }
    Ok(EvolutionAnswer { cells })
}

/// What a run counts.
///
/// # Errors
/// As [`answer`].
pub fn facts() -> Result<Vec<Fact>, String> {
    Ok(answer()?.facts())
}

fn cell(format: Format, change: Change, direction: Direction) -> Result<Cell, String> {
    let (old, new) = (versions::base::version(), changed(change));
    let (writer, reader) = match direction {
        Direction::OldReadsNew => (new, old),
        Direction::NewReadsOld => (old, new),
    };
    let bytes = write(format, &writer).map_err(|error| format!("{}: {error}", format.label()))?;
    let (outcome, says, read) = match read(format, &reader, &bytes) {
        Err(error) => (Outcome::Refused, error, None),
        Ok(read) => {
            let (outcome, says) = judged(&writer.written, &read);
            (outcome, says, Some(line(&read)))
        }
    };
    Ok(Cell { format, change, direction, outcome, says, bytes: bytes.into(), written: line(&writer.written), read })
}

fn changed(change: Change) -> Version {
    match change {
        Change::Added => versions::added::version(),
        Change::Removed => versions::removed::version(),
        Change::Renamed => versions::renamed::version(),
        Change::Reordered => versions::reordered::version(),
        Change::Widened => versions::widened::version(),
        Change::Variant => versions::variant::version(),
    }
}

fn write(format: Format, version: &Version) -> Result<Vec<u8>, String> {
    match format {
        Format::Json => (version.to_json)(),
        Format::Postcard => (version.to_postcard)(),
        Format::Protobuf => Ok((version.to_protobuf)()),
        Format::Flatbuffers => Ok(flat::write(&version.values)),
        Format::Rkyv => (version.to_rkyv)(),
    }
}

fn read(format: Format, version: &Version, bytes: &[u8]) -> Result<Meanings, String> {
    // In-place readers want their bytes aligned; the others do not mind.
    let place = aligned(bytes, 0);
    let bytes = place.as_slice();
    match format {
        Format::Json => (version.of_json)(bytes),
        Format::Postcard => (version.of_postcard)(bytes),
        Format::Protobuf => (version.of_protobuf)(bytes),
        Format::Flatbuffers => flat::read(bytes, &version.schema).map_err(|error| error.to_string()),
        Format::Rkyv => (version.of_rkyv)(bytes),
    }
}

/// What a reading without an error amounts to: each field is set against what was written for its meaning.
fn judged(written: &Meanings, read: &Meanings) -> (Outcome, String) {
    let is_default = |text: &str| ["0", "", "Free"].contains(&text);
    let mut outcome = Outcome::Works;
    let mut says = Vec::new();
    for (meaning, text) in read {
        let was = written.iter().find(|(other, _)| other == meaning).map(|(_, was)| was);
        let (one, words) = match was {
            Some(was) if was == text => continue,
            // An open enum keeps a number that has no name yet: nothing is lost, and the reader can tell.
            Some(_) if text.starts_with(flat::UNKNOWN) => {
                says.push(format!("{meaning} is {text}: a number without a name here, which the reader can tell"));
                continue;
            }
            Some(was) if is_default(text) => (Outcome::Default, format!("{meaning} is its default, and {was} was written")),
            Some(was) => (Outcome::Wrong, format!("{meaning} is {text}, and {was} was written")),
            None if is_default(text) => (Outcome::Default, format!("{meaning} is its default: the data have none")),
            None => (Outcome::Wrong, format!("{meaning} is {text}, and nothing was written for it")),
        };
        says.push(words);
        outcome = if Outcome::ALL.iter().position(|known| *known == one) > Outcome::ALL.iter().position(|known| *known == outcome)
        {
            one
        } else {
            outcome
        };
    }
    let says = if says.is_empty() { "every field that both sides know came over".to_owned() } else { says.join("; ") };
    (outcome, says)
}

/// Fields in one line.
fn line(meanings: &Meanings) -> String {
    meanings.iter().map(|(meaning, text)| format!("{meaning}: {text}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(format: Format, change: Change, direction: Direction) -> (Outcome, String) {
        let cell = cell(format, change, direction).unwrap();
        (cell.outcome, cell.says)
    }

    #[test]
    fn every_format_reads_its_own_version() {
        for format in Format::ALL {
            for version in Change::ALL.map(changed) {
                let bytes = write(format, &version).unwrap();
                assert_eq!(read(format, &version, &bytes).as_ref(), Ok(&version.written), "{format:?}");
            }
        }
    }

    #[test]
    fn what_the_formats_promise_they_keep() {
        use Change::{Added, Removed, Renamed, Reordered, Variant, Widened};
        for direction in Direction::ALL {
            // Names decide in JSON, numbers in the two with a schema; places in the two without either.
            assert_eq!(outcome(Format::Json, Reordered, direction).0, Outcome::Works);
            assert_eq!(outcome(Format::Json, Renamed, direction).0, Outcome::Refused);
            for format in [Format::Protobuf, Format::Flatbuffers] {
                for change in [Renamed, Reordered] {
                    assert_eq!(outcome(format, change, direction).0, Outcome::Works, "{format:?} {change:?}");
                }
            }
            for format in [Format::Postcard, Format::Rkyv] {
                assert_eq!(outcome(format, Renamed, direction).0, Outcome::Works);
                assert_eq!(outcome(format, Reordered, direction).0, Outcome::Wrong);
            }
        }
        for format in [Format::Protobuf, Format::Flatbuffers] {
            assert_eq!(outcome(format, Added, Direction::OldReadsNew).0, Outcome::Works);
            assert_eq!(outcome(format, Added, Direction::NewReadsOld).0, Outcome::Default);
            assert_eq!(outcome(format, Removed, Direction::OldReadsNew).0, Outcome::Default);
        }
        assert_eq!(outcome(Format::Json, Variant, Direction::OldReadsNew).0, Outcome::Refused);
        assert_eq!(outcome(Format::Protobuf, Variant, Direction::OldReadsNew).0, Outcome::Default);
        let (kept, says) = outcome(Format::Flatbuffers, Variant, Direction::OldReadsNew);
        assert!(kept == Outcome::Works && says.contains("can tell"), "{says}");
        assert_eq!(outcome(Format::Json, Widened, Direction::OldReadsNew).0, Outcome::Refused);
    }

    #[test]
    fn the_matrix_is_whole_and_its_counts_add_up() {
        let cells = answer().unwrap().cells;
        assert_eq!(cells.len(), 60);
        for format in Format::ALL {
            let sum: u64 =
                facts().unwrap().iter().filter(|fact| fact.contender == format.contender()).map(|fact| fact.value).sum();
            assert_eq!(sum, 12);
        }
        for cell in &cells {
            println!(
                "{:12} {:10} {:14} {:8} {}",
                cell.format.slug(),
                cell.change.slug(),
                cell.direction.slug(),
                cell.outcome.slug(),
                cell.says
            );
        }
    }
}
