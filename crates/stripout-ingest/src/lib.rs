#![doc = include_str!("../README.md")]

mod destination;
mod hash;
mod item;
mod keep;
mod personal;
mod pipeline;
mod proof;
mod rebuild;
mod reference;
mod reply;
mod request;
mod screen;
mod summary;
mod unit;
mod verify;
mod walk;

pub use destination::{Begun, Destination, DryRun, IntoRegister, Source};
pub use hash::blob_id;
pub use keep::Keep;
pub use pipeline::Input;
pub use rebuild::{RebuildError, Rebuilt, rebuild};
pub use reference::{Reference, ReferenceRead, open_reference};
pub use request::{RequestsRead, read_requests};
pub use screen::{Counting, IngestError, Progress, Rows, ScreenOptions, screen, screen_as};
pub use stripout_read::Surroundings;
pub use summary::{InputOutcome, InputStatus, MoneyLine, Strongest, Summary};
pub use verify::{Difference, Verified, place_of, surroundings};
pub use walk::{Walked, walk};
