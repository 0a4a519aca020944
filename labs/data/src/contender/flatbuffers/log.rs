//! Log lines as tables.

use super::Root;
use crate::payload::{self, Line as Fields, Readable, read_lines};
use flatbuffers::{FlatBufferBuilder, ForwardsUOffset, Vector, WIPOffset};
use protocol::Read;
use std::marker::PhantomData;

table! {
    /// [`payload::Logs`]
    Logs, NewLogs {
        numbers {}
        required { logs: Vector<'a, ForwardsUOffset<Line<'a>>> = 4 }
        optional {}
    }
}

// anchor: table
table! {
    /// [`payload::LogLine`]
    Line, NewLine {
        numbers { size: u64 = 4, address: u32 = 6, code: u16 = 8 }
        required { identity: &'a str = 10, userid: &'a str = 12, date: &'a str = 14, request: &'a str = 16 }
        optional {}
    }
}
// end: table

impl<'a> Root<'a, payload::Logs<String>> for Logs<'a> {
    fn build(value: &payload::Logs<String>, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Self> {
        let mut line = |of: &payload::LogLine<String>| {
            let address = u32::from_le_bytes([of.address.x0, of.address.x1, of.address.x2, of.address.x3]);
            let [identity, userid, date, request] =
                [&of.identity, &of.userid, &of.date, &of.request].map(|text| builder.create_string(text));
            NewLine { size: of.size, address, code: of.code, identity, userid, date, request, of: PhantomData }.finish(builder)
        };
        let lines: Vec<_> = value.logs.iter().map(&mut line).collect();
        let logs = builder.create_vector(&lines);
        NewLogs { logs, of: PhantomData }.finish(builder)
    }
}

impl Fields for Line<'_> {
    fn address(&self) -> [u8; 4] {
        self.address().to_le_bytes()
    }
    fn texts(&self) -> [&str; 4] {
        [self.identity(), self.userid(), self.date(), self.request()]
    }
    fn code(&self) -> u32 {
        self.code().into()
    }
    fn size(&self) -> u64 {
        self.size()
    }
}

impl Readable for Logs<'_> {
    fn read(&self, read: Read) -> u64 {
        read_lines(self.logs().iter(), read)
    }
}
