#![doc = include_str!("../README.md")]

pub mod alert;
mod answer;
mod case;
mod code;
mod error;
mod explain;
pub mod finding;
mod gap;
mod guard;
mod holding;
mod judge;
mod next;
mod payment;
mod question;
mod request;
mod responses;
mod rule;
mod sentence;
mod subject;
mod what_if;
mod when;

pub use alert::{Alerts, Promise, Rule, Watch, alerts};
pub use answer::Answer;
pub use case::{WorkedCase, failing_cases, work_case, work_cases};
pub use code::Coded;
pub use error::JudgeError;
pub use explain::{Clause, Reasoning, Step};
pub use finding::{
    Findings, Grounds, Named, Pending, Resolve, Reviews, Unresolved, carried, findings, queue, reviewer,
};
pub use gap::{By, Decided, Gap, GapRow, Tally, gap};
pub use guard::Guard;
pub use holding::{Deed, Holding, Query, Standing};
pub use judge::{Judge, Outcome};
pub use next::{NextQuestion, next_questions};
pub use payment::{PaymentLine, payments};
pub use request::{Inquiry, RequestStanding, RequestState, standings};
pub use responses::{Asked, Responses, Share, responses, wilson};
pub use rule::Question;
pub use sentence::{long_date, says, sentence};
pub use what_if::{Change, changes};
