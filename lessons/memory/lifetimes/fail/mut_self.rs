//! Must not compile: a method that borrows self mutably for all of the type's own lifetime can be called once.

struct Log<'text> {
    lines: Vec<&'text str>,
}

// anchor: mut_self
impl<'text> Log<'text> {
    fn add(&'text mut self, line: &'text str) {
        self.lines.push(line);
    }
}

fn main() {
    let mut log = Log { lines: Vec::new() };
    log.add("one");
    log.add("two");
}
// end: mut_self
