//! What reviewers decide on and what they say, wherever they say it: on a terminal, in a table or on a page.

mod queue;
mod replied;
mod said;
mod thing;
mod upload;
mod worth;

pub(crate) use queue::{Desk, Item};
pub use replied::{ReplyWords, replied, stands_already};
pub use said::{Said, Unsaid, Words, body_named, maker_named};
pub(crate) use thing::undoable_together;
pub use thing::{Thing, every, left, things, undoable};
pub use upload::Screener;
pub(crate) use upload::{Lot, Untaken, Uploads};
pub(crate) use worth::worth;
