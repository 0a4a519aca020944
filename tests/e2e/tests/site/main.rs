//! The built site, driven from end to end. One binary, so that it is linked once; each module is one concern.

mod audit;
mod builder;
mod compiles;
mod embed_host;
mod embed_hostile;
mod embed_matrix;
mod embed_messages;
mod every_route;
mod flow;
mod guide;
mod hosting;
mod isolation;
mod keyboard;
mod main_job;
mod offline;
mod permalink;
mod ratios;
mod reading;
mod self_test;
mod serialization;
mod stage;
mod stage_guess;
mod stage_speaker;
mod storage_denied;
mod sub_path;
mod words;
