//! `log`: lines of a web server's log, small entries with four strings each.

use super::{Dataset, Readable, Text, Update, draw_length, each_sealed, generator, middle, pick};
use crate::checksum::{Checksum, text};
use protocol::{Payload, PayloadSize, Read, Seed};
use rand::Rng;
use rand_pcg::Lcg64Xsh32;
use rkyv::munge::munge;
use rkyv::seal::Seal;

/// A log file. `S` is `String`, or [`Text`] where the lines borrow.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct Logs<S> {
    /// In the order they were drawn.
    pub logs: Vec<LogLine<S>>,
}

/// One request as the server noted it.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct LogLine<S> {
    /// Who asked.
    pub address: Address,
    /// The client's identity by RFC 1413: always `-`.
    pub identity: S,
    /// The user, or `-`.
    pub userid: S,
    /// Day, month, year, time and zone, as the server wrote them.
    pub date: S,
    /// Method, path and protocol.
    pub request: S,
    /// The HTTP status.
    pub code: u16,
    /// Bytes sent.
    pub size: u64,
}

/// An IPv4 address.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct Address {
    /// First octet.
    pub x0: u8,
    /// Second octet.
    pub x1: u8,
    /// Third octet.
    pub x2: u8,
    /// Fourth octet.
    pub x3: u8,
}

/// A line's fields, whichever form they are in.
pub(crate) trait Line {
    fn address(&self) -> [u8; 4];
    /// Identity, user, date, request.
    fn texts(&self) -> [&str; 4];
    fn code(&self) -> u32;
    fn size(&self) -> u64;
}

impl<S: AsRef<str>> Line for &LogLine<S> {
    fn address(&self) -> [u8; 4] {
        [self.address.x0, self.address.x1, self.address.x2, self.address.x3]
    }
    fn texts(&self) -> [&str; 4] {
        [self.identity.as_ref(), self.userid.as_ref(), self.date.as_ref(), self.request.as_ref()]
    }
    fn code(&self) -> u32 {
        self.code.into()
    }
    fn size(&self) -> u64 {
        self.size
    }
}

impl Line for &ArchivedLogLine<String> {
    fn address(&self) -> [u8; 4] {
        [self.address.x0, self.address.x1, self.address.x2, self.address.x3]
    }
    fn texts(&self) -> [&str; 4] {
        [&self.identity, &self.userid, &self.date, &self.request]
    }
    fn code(&self) -> u32 {
        self.code.to_native().into()
    }
    fn size(&self) -> u64 {
        self.size.to_native()
    }
}

/// One field is the middle line's size, one column every line's size.
pub(crate) fn read_lines(lines: impl ExactSizeIterator<Item = impl Line>, read: Read) -> u64 {
    let mut sum = Checksum::default();
    match read {
        Read::Field => middle(lines).into_iter().for_each(|line| sum.entry([line.size()])),
        Read::Column => lines.for_each(|line| sum.entry([line.size()])),
        Read::Every => lines.for_each(|line| {
            let address = u32::from_le_bytes(line.address()).into();
            let [identity, userid, date, request] = line.texts().map(text);
            sum.entry([address, identity, userid, date, request, line.code().into(), line.size()]);
        }),
    }
    sum.total()
}

impl<S: AsRef<str>> Readable for Logs<S> {
    fn read(&self, read: Read) -> u64 {
        read_lines(self.logs.iter(), read)
    }
}

impl Readable for ArchivedLogs<String> {
    fn read(&self, read: Read) -> u64 {
        read_lines(self.logs.iter(), read)
    }
}

impl Update for Logs<String> {
    fn update(&mut self) -> u64 {
        let mut sum = Checksum::default();
        for line in &mut self.logs {
            line.size ^= 1;
            sum.entry([line.size]);
        }
        sum.total()
    }
}

impl Dataset for Logs<String> {
    type Borrowed<'a> = Logs<Text<'a>>;
    type Message = crate::contender::prost::Logs;
    type Root<'a> = crate::contender::flatbuffers::Logs<'a>;
    type Row = crate::contender::zerocopy::NoRow;

    fn generate(seed: Seed, entries: u32) -> Self {
        let mut rng = generator(seed);
        draw_length(&mut rng, Payload::Log.entries(PayloadSize::Full).into());
        Self { logs: (0..entries).map(|_| draw_line(&mut rng)).collect() }
    }

    fn update_archive(archive: Seal<'_, ArchivedLogs<String>>) -> u64 {
        let mut sum = Checksum::default();
        munge!(let ArchivedLogs { logs } = archive);
        each_sealed(logs, |line| {
            munge!(let ArchivedLogLine { size, .. } = line);
            let size = size.unseal();
            *size = (size.to_native() ^ 1).into();
            sum.entry([size.to_native()]);
        });
        sum.total()
    }
}

const USERS: [&str; 9] = ["-", "alice", "bob", "carmen", "david", "eric", "frank", "george", "harry"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "UPDATE", "DELETE"];
const PATHS: [&str; 7] = [
    "/favicon.ico",
    "/css/index.css",
    "/css/font-awsome.min.css",
    "/img/logo-full.svg",
    "/img/splash.jpg",
    "/api/login",
    "/api/logout",
];
const PROTOCOLS: [&str; 4] = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"];
const STATUSES: [u16; 63] = [
    100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308, 400, 401,
    402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429,
    431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
];

/// Draws in the public benchmark's order: date, request, address, user, status, size; numbers of a date in 32 bits, choices in 64.
fn draw_line(rng: &mut Lcg64Xsh32) -> LogLine<String> {
    let day = rng.gen_range(1..=28_u32);
    let month = pick(rng, &MONTHS);
    let year = rng.gen_range(1970..=2021_u32);
    let [hour, minute, second] = [24, 60, 60_u32].map(|below| rng.gen_range(0..below));
    // Whole hours from -1200 to +1200.
    let zone = rng.gen_range(0..25_u64).cast_signed() - 12;
    let sign = if zone < 0 { '-' } else { '+' };
    let date = format!("{day}/{month}/{year}:{hour}:{minute}:{second} {sign}{:02}00", zone.abs());
    let request = [pick(rng, &METHODS), pick(rng, &PATHS), pick(rng, &PROTOCOLS)].join(" ");
    let [x0, x1, x2, x3] = [(); 4].map(|()| rng.gen_range(0..=u8::MAX));
    LogLine {
        address: Address { x0, x1, x2, x3 },
        identity: "-".to_owned(),
        userid: pick(rng, &USERS).to_owned(),
        date,
        request,
        code: pick(rng, &STATUSES),
        size: rng.gen_range(0..100_000_000),
    }
}
