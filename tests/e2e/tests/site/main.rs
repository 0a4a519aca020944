//! The built site, driven from end to end. One binary, so that it is linked once; each module is one concern.

mod builder;
mod every_route;
mod keyboard;
mod main_job;
mod permalink;
mod ratios;
mod self_test;
mod storage_denied;
mod sub_path;
