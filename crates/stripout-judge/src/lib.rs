#![doc = include_str!("../README.md")]

pub mod finding;
mod sentence;

pub use finding::{Findings, Grounds, Named, Resolve, Reviews, Unresolved, findings};
pub use sentence::{long_date, sentence};
