//! What the memory view shows, in words and tables: whoever cannot see the drawing loses nothing. It must never touch the browser.

use super::{
    cache,
    history::{BUILDING, Block, CHANGING, History, TEARING_DOWN, WALKING},
    reading::Reading,
    window::Window,
};
use crate::{
    components::table::TableData,
    markup::{all, escaped},
};
use protocol::memory::{EventKind, Owner};
use units::{Bytes, significant};

/// The most blocks that are listed.
const LISTED: usize = 16;

/// What the addresses of a history are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    /// Addresses in the worker's linear memory; what a block takes is modelled by the default allocator's rule.
    #[default]
    Memory,
    /// Places in an allocator's region, in bytes from its beginning; what a block takes, that allocator says.
    Region,
}

impl Space {
    const fn unit(self) -> &'static str {
        match self {
            Self::Memory => "address",
            Self::Region => "place",
        }
    }

    /// An address or a place, as it is said.
    fn at(self, address: u32) -> String {
        match self {
            Self::Memory => format!("{address:#x}"),
            Self::Region => address.to_string(),
        }
    }

    /// What the slider along it leads through.
    #[must_use]
    pub const fn way(self) -> &'static str {
        match self {
            Self::Memory => "Place: from the lowest address to the highest",
            Self::Region => "Place: from the region’s beginning to its end",
        }
    }

    /// Where the bytes beyond what was asked for come from.
    const fn rule(self) -> &'static str {
        match self {
            Self::Memory => ", by dlmalloc’s rule (modelled)",
            Self::Region => "",
        }
    }
}

/// The class of an owner's colour and pattern.
#[must_use]
pub const fn class(owner: Owner) -> &'static str {
    match owner {
        Owner::Node | Owner::Small => "owner-1",
        Owner::EdgeList | Owner::Middle => "owner-2",
        Owner::Table | Owner::Large => "owner-3",
        Owner::Queue => "owner-4",
        Owner::Chunk => "owner-5",
        Owner::Other => "owner-6",
    }
}

/// The part of the program that is on.
const fn part_words(part: u32) -> &'static str {
    match part {
        BUILDING => "building",
        WALKING => "walking",
        TEARING_DOWN => "tearing down",
        CHANGING => "changing its lists",
        _ => "all is done",
    }
}

fn bytes(count: u64) -> String {
    Bytes(count).to_string()
}

/// A moment in words, for whoever hears the slider.
#[must_use]
pub fn moment(history: &History, now: u32) -> String {
    let of = format!("after {now} of {} events", history.moments());
    let Some(event) = history.event(now) else { return of };
    let part = history.part(now).map(|part| format!(", {}", part_words(part))).unwrap_or_default();
    let last = match event.kind {
        EventKind::Mark => String::new(),
        kind => format!(": {} {}", kind.verb(), bytes(event.size.into())),
    };
    let live = bytes(history.sums(now)[1]);
    format!("{of}{part}{last}; {live} alive")
}

/// The finding at a moment, one sentence or two.
#[must_use]
pub fn finding(history: &History, reading: &Reading) -> String {
    let Reading { now, ref counters, part, .. } = *reading;
    if now == history.moments() {
        return at_the_end(history, reading);
    }
    let part = part.map(|part| format!(" ({})", part_words(part))).unwrap_or_default();
    let read = read_so_far(reading).map(|read| format!(" The walk has read {read}.")).unwrap_or_default();
    format!(
        "After {now} of {} events{part}: {} blocks, {} alive, {} at most so far; {} between and around them are free, {:.0} % of it not in the largest piece.{read}",
        history.moments(),
        counters.blocks,
        bytes(counters.live),
        bytes(counters.peak),
        bytes(counters.free),
        100.0 * counters.fragmentation,
    )
}

/// The cache lines that the walk has read, in all and for each node; none before it has read any.
fn read_so_far(reading: &Reading) -> Option<String> {
    let Reading { lines, visited, .. } = *reading;
    match visited {
        _ if lines == 0 => None,
        0 => Some(format!("{lines} cache lines")),
        nodes => Some(format!("{lines} cache lines for {nodes} nodes, {} a node", a_node(lines, nodes))),
    }
}

#[allow(clippy::cast_precision_loss, reason = "some hundred thousand at most")]
fn a_node(lines: usize, nodes: usize) -> String {
    significant(lines as f64 / nodes as f64)
}

fn at_the_end(history: &History, reading: &Reading) -> String {
    let counters = reading.counters;
    let asked = format!("{} were asked for in all, {} at once at most", bytes(counters.allocated), bytes(counters.peak));
    if history.lost > 0 {
        // What was given back later was not noted: nobody may call it a leak.
        return format!(
            "The notes end here, and the program went on: {} later events found no room. So far {asked}; {} in {} blocks are there, and what became of them is not known.",
            history.lost,
            bytes(counters.live),
            counters.blocks,
        );
    }
    if counters.blocks == 0 {
        return format!("At the end nothing is left: {asked}.");
    }
    let whose: Vec<String> = reading.owners.iter().map(|(owner, blocks, _)| format!("{blocks} × {}", owner.label())).collect();
    format!("At the end {} in {} blocks are still there: {}. {asked}.", bytes(counters.live), counters.blocks, whose.join(", "))
}

/// What is in sight, in words.
#[must_use]
pub fn place(window: &Window, space: Space) -> String {
    let cell = match window.cell() {
        1 => "a cell is a byte, a row a cache line".to_owned(),
        cell => format!("a cell is {}", bytes(cell.into())),
    };
    let (first, last) = (space.at(window.first()), space.at(window.last()));
    match space {
        Space::Memory => format!("addresses {first} to {last}; {cell}"),
        Space::Region => format!("places {first} to {last} of the region; {cell}"),
    }
}

/// The counters of a moment, always in sight, as HTML.
#[must_use]
pub fn counters(reading: &Reading, space: Space) -> String {
    let counters = reading.counters;
    let one =
        |name: &str, label: &str, value: &str| format!("<div><dt>{label}</dt><dd data-counter=\"{name}\">{value}</dd></div>");
    let held = if counters.chunks > 0 {
        one("dead", "not in use in chunks", &bytes(counters.chunks.saturating_sub(counters.carved)))
    } else {
        String::new()
    };
    format!(
        "<dl class=\"memory-counters\">{}{}{}{}{}{}{held}</dl>",
        one("allocated", "allocated so far", &bytes(counters.allocated)),
        one("live", "live", &bytes(counters.live)),
        one("peak", "peak", &bytes(counters.peak)),
        one("wasted", &format!("wasted{}", space.rule()), &bytes(counters.wasted)),
        one("free", "free", &bytes(counters.free)),
        one("fragmentation", "of it not in the largest piece", &format!("{:.0} %", 100.0 * counters.fragmentation)),
    )
}

/// Colours and patterns with their owners, as HTML.
#[must_use]
pub fn legend(history: &History) -> String {
    let owners = all(history.owners(), |owner| {
        format!("<span class=\"key\"><i class=\"swatch {}\"></i>{}</span>", class(owner), escaped(owner.label()))
    });
    format!("{owners}<span class=\"key\"><i class=\"swatch owner-free\"></i>free</span>")
}

/// The counters and the owners as a table, and the blocks in sight as another.
#[must_use]
pub fn tables(history: &History, reading: &Reading, window: &Window, space: Space) -> String {
    let counters = reading.counters;
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let mut rows = vec![
        row("blocks", counters.blocks.to_string()),
        row("asked for so far", bytes(counters.allocated)),
        row("alive", bytes(counters.live)),
        row("most alive so far", bytes(counters.peak)),
        row(&format!("taken beyond what was asked for{}", space.rule()), bytes(counters.wasted)),
        row("free in the drawn range", bytes(counters.free)),
        row("of it not in the largest piece", format!("{:.0} %", 100.0 * counters.fragmentation)),
        row("cache lines read by the walk", read_so_far(reading).unwrap_or_else(|| "0".to_owned())),
    ];
    if !reading.visit.is_empty() {
        rows.push(row("of them by the visit that is on", reading.visit.len().to_string()));
    }
    if reading.visited > 0 {
        let each = a_node(reading.fetched, reading.visited);
        let cache = format!("lines that a cache of {} KiB would have fetched for it (modelled)", cache::BYTES >> 10);
        rows.push(row(&cache, format!("{}, {each} a node", reading.fetched)));
    }
    if counters.chunks > 0 {
        rows.push(row("in use of the arena’s chunks", format!("{} of {}", bytes(counters.carved), bytes(counters.chunks))));
    }
    let of = |what: &'static str| {
        move |&(owner, count, size): &(Owner, u32, u64)| {
            let many = if what == "alive" { "blocks" } else { "pieces" };
            vec![format!("{what}: {}", owner.label()), format!("{count} {many}, {}", bytes(size))]
        }
    };
    rows.extend(reading.owners.iter().map(of("alive")));
    rows.extend(reading.carvers.iter().map(of("in use in chunks")));
    let head = ["counter", "value"].map(str::to_owned).into();
    let counted = TableData { caption: format!("Memory after {} of {} events", reading.now, history.moments()), head, rows };
    let [blocks, pieces] = [("blocks", &reading.blocks), ("pieces of chunks", &reading.pieces)]
        .map(|(what, all)| in_sight(what, all, window, space));
    format!("{}{}{}", counted.draw(), blocks.draw(), if reading.pieces.is_empty() { String::new() } else { pieces.draw() })
}

fn in_sight(what: &str, all: &[Block], window: &Window, space: Space) -> TableData {
    let mut count = 0;
    let mut rows = Vec::with_capacity(LISTED);
    for block in all.iter().filter(|block| window.shows(block)) {
        count += 1;
        if rows.len() < LISTED {
            let Block { address, size, taken, owner, born, .. } = *block;
            let cells =
                [space.at(address), owner.label().to_owned(), size.to_string(), taken.to_string(), (born + 1).to_string()];
            rows.push(cells.into());
        }
    }
    let taken = format!("bytes taken{}", space.rule());
    TableData {
        caption: format!("The first {} of {count} {what} in sight", rows.len()),
        head: [space.unit(), "whose", "bytes asked for", &taken, "since event"].map(str::to_owned).into(),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::memory::{MemoryEvent, Trace};

    fn history(freed: bool) -> History {
        let event = |kind, owner, address, size| MemoryEvent { kind, owner, align: 2, address, size, taken: size + 4 };
        let mut events = vec![
            event(EventKind::Mark, Owner::Other, 0, 0),
            event(EventKind::Alloc, Owner::Node, 64, 40),
            event(EventKind::Alloc, Owner::EdgeList, 128, 12),
            event(EventKind::Touch, Owner::Node, 64, 40),
            event(EventKind::Free, Owner::Other, 64, 40),
        ];
        if freed {
            events.push(event(EventKind::Free, Owner::Other, 128, 12));
        }
        History::of(&Trace { start: 64, end: 192, events: MemoryEvent::pack(&events), lost: 0 }).unwrap()
    }

    #[test]
    fn the_end_says_what_is_left_or_that_nothing_is() {
        let leaking = history(false);
        let at_end = |history: &History| finding(history, &history.reading(history.moments()));
        let said = at_end(&leaking);
        assert!(said.contains("12 B in 1 blocks are still there: 1 × list of edges"), "{said}");
        let clean = history(true);
        assert!(at_end(&clean).contains("nothing is left: 52 B were asked for"));
        // Where the notes ended early nobody is said to leak.
        let said = at_end(&History { lost: 7, ..leaking });
        assert!(
            said.contains("The notes end here") && said.contains("7 later events") && !said.contains("still there"),
            "{said}"
        );
    }

    #[test]
    fn the_counters_are_always_in_sight_and_say_what_is_modelled() {
        let history = history(true);
        let said = counters(&history.reading(3), Space::Memory);
        for (name, value) in [("allocated", "52 B"), ("live", "52 B"), ("peak", "52 B"), ("wasted", "8 B"), ("free", "68 B")] {
            assert!(said.contains(&format!("data-counter=\"{name}\">{value}<")), "{name}: {said}");
        }
        assert!(said.contains("by dlmalloc’s rule (modelled)"));
        assert!(!counters(&history.reading(3), Space::Region).contains("modelled"));
    }

    #[test]
    fn a_region_has_places_and_no_addresses() {
        let history = history(true);
        let window = Window::whole(&history);
        assert!(place(&window, Space::Region).starts_with("places 64 to 192 of the region"));
        assert!(place(&window, Space::Memory).starts_with("addresses 0x40 to 0xc0"));
        let drawn = tables(&history, &history.reading(3), &window, Space::Region);
        assert!(drawn.contains(">place<") && !drawn.contains("0x") && !drawn.contains("modelled)</th><td>8 B"), "{drawn}");
    }

    #[test]
    fn a_moment_is_said_and_the_tables_hold_its_counters() {
        let history = history(true);
        assert!(
            moment(&history, 3).contains("after 3 of 6 events, building: allocates 12 B; 52 B alive"),
            "{}",
            moment(&history, 3)
        );
        assert!(
            finding(&history, &history.reading(4)).contains("2 blocks, 52 B alive")
                && finding(&history, &history.reading(4)).contains("1 cache lines for 1 nodes, 1.00 a node")
        );
        let tables = tables(&history, &history.reading(3), &Window::whole(&history), Space::Memory);
        assert!(
            tables.contains("0x40") && tables.contains("list of edges") && tables.contains("The first 2 of 2 blocks"),
            "{tables}"
        );
    }
}
