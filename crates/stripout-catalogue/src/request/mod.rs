//! Requests for information: how long a body may take to answer, and how lists of requests are written: `data/requests/`.

mod clock;
mod words;

pub use clock::{Clock, Holiday};
pub use words::{RequestColumns, RequestWords, StateWord, plain};

/// What `data/requests/` holds.
#[derive(Debug, Clone, Default)]
pub struct RequestRules {
    /// The first that fits a body is its own.
    pub clocks: Vec<Clock>,
    /// In order of their dates.
    pub holidays: Vec<Holiday>,
    pub words: RequestWords,
}
