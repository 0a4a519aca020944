//! Log lines as messages.

use crate::checksum::Checksum;
use crate::payload::{self, Line, Readable, Update, read_lines};
use protocol::Read;

/// [`payload::Logs`]
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Logs {
    /// The lines.
    #[prost(message, repeated, tag = "1")]
    pub logs: Vec<LogLine>,
}

/// [`payload::LogLine`]
// anchor: message
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct LogLine {
    /// Four octets, the first lowest.
    #[prost(fixed32, tag = "1")]
    pub address: u32,
    /// As in the log.
    #[prost(string, tag = "2")]
    pub identity: String,
    /// As in the log.
    #[prost(string, tag = "3")]
    pub userid: String,
    /// As in the log.
    #[prost(string, tag = "4")]
    pub date: String,
    /// As in the log.
    #[prost(string, tag = "5")]
    pub request: String,
    /// There are no 16-bit numbers.
    #[prost(uint32, tag = "6")]
    pub code: u32,
    /// Bytes sent.
    #[prost(uint64, tag = "7")]
    pub size: u64,
}
// end: message

impl From<&payload::Logs<String>> for Logs {
    fn from(logs: &payload::Logs<String>) -> Self {
        let line = |line: &payload::LogLine<String>| LogLine {
            address: u32::from_le_bytes([line.address.x0, line.address.x1, line.address.x2, line.address.x3]),
            identity: line.identity.clone(),
            userid: line.userid.clone(),
            date: line.date.clone(),
            request: line.request.clone(),
            code: line.code.into(),
            size: line.size,
        };
        Self { logs: logs.logs.iter().map(line).collect() }
    }
}

impl Line for &LogLine {
    fn address(&self) -> [u8; 4] {
        self.address.to_le_bytes()
    }
    fn texts(&self) -> [&str; 4] {
        [&self.identity, &self.userid, &self.date, &self.request]
    }
    fn code(&self) -> u32 {
        self.code
    }
    fn size(&self) -> u64 {
        self.size
    }
}

impl Readable for Logs {
    fn read(&self, read: Read) -> u64 {
        read_lines(self.logs.iter(), read)
    }
}

impl Update for Logs {
    fn update(&mut self) -> u64 {
        let mut sum = Checksum::default();
        for line in &mut self.logs {
            line.size ^= 1;
            sum.entry([line.size]);
        }
        sum.total()
    }
}
