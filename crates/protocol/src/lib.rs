//! What the page and the labs say to each other: plain data, and its binary form.
//!
//! It must never compute a statistic, read a clock, or name a web API. What crosses between page and worker is exactly
//! [`Request`] one way and [`Message`] the other, each encoded by [`wire`].

pub mod allocators;
mod arena;
mod bundle;
pub mod clones;
pub mod columns;
mod contender;
mod export;
mod frame;
mod input;
pub mod interior;
mod lab;
pub mod layout;
pub mod lifetimes;
pub mod load;
pub mod memory;
pub mod packets;
mod page;
mod pairs;
mod pillar;
pub mod pinned;
mod preset;
mod question;
mod report;
mod run;
mod slugged;
pub mod wire;

pub(crate) use slugged::slugged;

pub use allocators::{AllocatorsInput, Workload};
pub use arena::{ArenaInput, Changes, NodeData, Order};
pub use bundle::Bundle;
pub use clones::{Changed, ClonesInput};
pub use columns::{ColumnsInput, Query};
pub use contender::Contender;
pub use export::{EnvironmentJson, FactJson, RatioJson, Recording, RecordingHost, ResultJson, RowJson};
pub use frame::FrameHeights;
pub use input::{DataInput, DocumentInput, Fault, LabInput, Operation, Payload, PayloadSize, Read, SerializationInput};
pub use interior::{Hold, InteriorInput};
pub use lab::{LabId, Phase};
pub use layout::{Access, LayoutInput};
pub use lifetimes::{LifetimesInput, Reads};
pub use packets::{Cut, PacketsInput};
pub use page::Page;
pub use pairs::NoSuchInput;
pub use pillar::Pillar;
pub use pinned::{Keeps, PinInput};
pub use preset::LabPreset;
pub use question::{Answer, Attachment, DocumentAnswer, DocumentQuestion, Question, SelfTestAnswer, SelfTestQuestion};
pub use question::{evolution, lens};
pub use report::{Cold, Environment, Fact, FactKind, LiveRow, Mode, Note, RatioRow, Report, Row, RunSamples, Series};
pub use run::{BuildId, Effort, Event, Failure, Message, Progress, Request, RequestBody, RunId, RunPlan, Seed};
