//! What pages are built from: controls, tables, code, questions. They hold no knowledge of any one lab.

pub mod assignment;
pub mod chrome;
pub mod controls;
pub mod copy;
pub mod later;
pub mod lazy;
pub mod lesson_blocks;
pub mod lesson_marks;
pub mod offline;
pub mod provenance;
pub mod questions;
pub mod run_panel;
pub mod save_file;
pub mod save_picture;
pub mod table;
