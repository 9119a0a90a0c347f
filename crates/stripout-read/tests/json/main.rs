//! JSON, OCDS and archives through the public interface.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests are tests"
)]

mod archives;
mod fixtures;
mod hostile;
mod ocds;
mod reading;
mod shapes;
mod unpacking;
