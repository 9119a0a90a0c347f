#![doc = include_str!("../README.md")]

mod answer;
mod case;
mod code;
mod error;
mod explain;
mod judge;
mod question;
mod rule;
mod subject;
mod when;

pub use answer::Answer;
pub use case::{WorkedCase, work_case, work_cases};
pub use code::Coded;
pub use error::JudgeError;
pub use explain::{Clause, Reasoning, Step};
pub use judge::{Judge, Outcome};
pub use rule::Question;
