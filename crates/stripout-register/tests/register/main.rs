//! The register from outside, as ingest and the commands use it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "helpers of tests stand outside of test functions"
)]

mod crash;
mod damage;
mod export;
mod fixture;
mod history;
mod schema;
mod story;
mod summary;
