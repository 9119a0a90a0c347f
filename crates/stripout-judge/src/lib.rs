#![doc = include_str!("../README.md")]

pub mod finding;
mod sentence;

pub use finding::{Findings, Grounds, Named, Pending, Resolve, Reviews, Unresolved, findings, queue};
pub use sentence::{long_date, sentence};
