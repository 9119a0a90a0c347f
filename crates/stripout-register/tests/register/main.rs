//! The register from outside, as ingest and the commands use it.

#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "helpers stand outside of test functions, and tables of cases are long"
)]

mod crash;
mod damage;
mod decision;
mod export;
mod fixture;
mod history;
mod schema;
mod story;
mod summary;
mod unread;
