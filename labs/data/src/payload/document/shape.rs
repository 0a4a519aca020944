//! What a document is made of, in a line: `list of 1000 × { id: int, name: text, tags: list of 0–3 × text }`.

use super::{Document, Leaf, Value, children};
use std::fmt::Write as _;

/// The kinds that were seen at one place of a document.
#[derive(Clone, Debug, Default, PartialEq)]
struct Seen {
    /// How often anything was there.
    times: usize,
    kinds: Vec<&'static str>,
    /// The fewest and most items of the arrays here, and what they hold.
    list: Option<(usize, usize, Box<Seen>)>,
    /// The members of the objects here, in the order in which they were first seen.
    map: Option<Vec<(String, Seen)>>,
    maps: usize,
}

/// How many members of one object are named; the others are counted.
const NAMED: usize = 12;

/// The shape in words. Places of the same kind are taken together: all items of an array, all members of one name.
#[must_use]
pub fn shape(document: &Document<String>) -> String {
    let mut seen = Seen::default();
    seen.take(document);
    seen.words(0)
}

impl Seen {
    fn take<'a>(&mut self, value: impl Value<'a>) {
        self.times += 1;
        let kind = match value.leaf() {
            Leaf::Null => "null",
            Leaf::Bool(_) => "bool",
            Leaf::Int(_) | Leaf::UInt(_) => "int",
            Leaf::Float(_) => "float",
            Leaf::Text(_) => "text",
            Leaf::List(count) => {
                let (least, most, items) = self.list.get_or_insert_with(|| (count, count, Box::default()));
                (*least, *most) = ((*least).min(count), (*most).max(count));
                children(value).for_each(|(_, item)| items.take(item));
                return;
            }
            Leaf::Map(_) => {
                self.maps += 1;
                let members = self.map.get_or_insert_default();
                for (name, child) in children(value) {
                    let place = members.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                        members.push((name.to_owned(), Self::default()));
                        members.len() - 1
                    });
                    members[place].1.take(child);
                }
                return;
            }
        };
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }

    fn words(&self, depth: usize) -> String {
        let mut kinds: Vec<String> = self.kinds.iter().map(|&kind| kind.to_owned()).collect();
        if let Some((least, most, items)) = &self.list {
            let count = if least == most { least.to_string() } else { format!("{least}–{most}") };
            let what = if depth < 5 { items.words(depth + 1) } else { "…".to_owned() };
            kinds.push(if what.is_empty() { "empty list".to_owned() } else { format!("list of {count} × {what}") });
        }
        if let Some(members) = &self.map {
            kinds.push(if depth < 5 { self.object(members, depth) } else { "{ … }".to_owned() });
        }
        kinds.join(" or ")
    }

    fn object(&self, members: &[(String, Self)], depth: usize) -> String {
        let named = members.iter().take(NAMED).map(|(name, seen)| {
            // What some of the objects lack.
            let mark = if seen.times < self.maps { "?" } else { "" };
            format!("{name}{mark}: {}", seen.words(depth + 1))
        });
        let mut words = named.collect::<Vec<_>>().join(", ");
        if members.len() > NAMED {
            let _ = write!(words, ", and {} more", members.len() - NAMED);
        }
        if words.is_empty() { "empty object".to_owned() } else { format!("{{ {words} }}") }
    }
}
