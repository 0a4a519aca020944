//! What the memory view shows, in words and tables: whoever cannot see the drawing loses nothing. It must never touch the browser.

use super::{
    history::{Block, History},
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
        0 => "building",
        1 => "walking",
        2 => "tearing down",
        4 => "changing its lists",
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
    let live = bytes(history.counters(now).live);
    format!("{of}{part}{last}; {live} alive")
}

/// The finding at a moment, one sentence or two.
#[must_use]
pub fn finding(history: &History, now: u32) -> String {
    let counters = history.counters(now);
    if now == history.moments() {
        return at_the_end(history);
    }
    let part = history.part(now).map(|part| format!(" ({})", part_words(part))).unwrap_or_default();
    let read = read_so_far(history, now).map(|read| format!(" The walk has read {read}.")).unwrap_or_default();
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
fn read_so_far(history: &History, now: u32) -> Option<String> {
    let lines = history.lines(now).count();
    let nodes = history.visited(now);
    #[allow(clippy::cast_precision_loss, reason = "some hundred thousand at most")]
    let each = || significant(lines as f64 / nodes as f64);
    match nodes {
        _ if lines == 0 => None,
        0 => Some(format!("{lines} cache lines")),
        nodes => Some(format!("{lines} cache lines for {nodes} nodes, {} a node", each())),
    }
}

fn at_the_end(history: &History) -> String {
    let counters = history.counters(history.moments());
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
    let owners = history.by_owner(history.moments());
    let whose: Vec<String> = owners.iter().map(|(owner, blocks, _)| format!("{blocks} × {}", owner.label())).collect();
    format!(
        "At the end {} in {} blocks are still there: {}. {asked}.",
        bytes(counters.live),
        counters.blocks,
        whose.join(", ")
    )
}

/// What is in sight, in words.
#[must_use]
pub fn place(window: &Window) -> String {
    let cell = match window.cell() {
        1 => "a cell is a byte, a row a cache line".to_owned(),
        cell => format!("a cell is {}", bytes(cell.into())),
    };
    format!("addresses {:#x} to {:#x}; {cell}", window.first(), window.last())
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
pub fn tables(history: &History, now: u32, window: &Window) -> String {
    let counters = history.counters(now);
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let mut rows = vec![
        row("blocks", counters.blocks.to_string()),
        row("asked for so far", bytes(counters.allocated)),
        row("alive", bytes(counters.live)),
        row("most alive so far", bytes(counters.peak)),
        row("taken beyond what was asked for", bytes(counters.wasted)),
        row("free in the drawn range", bytes(counters.free)),
        row("of it not in the largest piece", format!("{:.0} %", 100.0 * counters.fragmentation)),
        row("cache lines read by the walk", read_so_far(history, now).unwrap_or_else(|| "0".to_owned())),
    ];
    let visit = history.lines_of_visit(now);
    if !visit.is_empty() {
        rows.push(row("of them by the visit that is on", visit.len().to_string()));
    }
    rows.extend(
        history
            .by_owner(now)
            .into_iter()
            .map(|(owner, blocks, size)| row(&format!("alive: {}", owner.label()), format!("{blocks} blocks, {}", bytes(size)))),
    );
    let head = ["counter", "value"].map(str::to_owned).into();
    let counted = TableData { caption: format!("Memory after {now} of {} events", history.moments()), head, rows };
    format!("{}{}", counted.draw(), blocks_in_sight(history, now, window).draw())
}

fn blocks_in_sight(history: &History, now: u32, window: &Window) -> TableData {
    let in_sight: Vec<&Block> = history.alive(now).filter(|block| window.shows(block)).collect();
    let rows = in_sight.iter().take(LISTED).map(|block| {
        let Block { address, size, taken, owner, born, .. } = **block;
        let cells =
            [format!("{address:#x}"), owner.label().to_owned(), size.to_string(), taken.to_string(), (born + 1).to_string()];
        cells.into()
    });
    let shown = in_sight.len().min(LISTED);
    TableData {
        caption: format!("The first {shown} of {} blocks in sight", in_sight.len()),
        head: ["address", "whose", "bytes asked for", "bytes taken", "since event"].map(str::to_owned).into(),
        rows: rows.collect(),
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
        let said = finding(&leaking, leaking.moments());
        assert!(said.contains("12 B in 1 blocks are still there: 1 × list of edges"), "{said}");
        let clean = history(true);
        assert!(finding(&clean, clean.moments()).contains("nothing is left: 52 B were asked for"));
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
            finding(&history, 4).contains("2 blocks, 52 B alive")
                && finding(&history, 4).contains("1 cache lines for 1 nodes, 1.00 a node")
        );
        let tables = tables(&history, 3, &Window::whole(&history));
        assert!(
            tables.contains("0x40") && tables.contains("list of edges") && tables.contains("The first 2 of 2 blocks"),
            "{tables}"
        );
    }
}
