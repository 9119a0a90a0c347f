#![doc = include_str!("../README.md")]

mod account;
mod ahead;
mod api;
mod app;
mod aside;
mod assets;
mod base_url;
mod briefing;
mod cache;
mod called;
mod chart;
mod claim;
mod connections;
mod desk;
mod embargo;
mod error;
pub mod export;
mod gate;
mod judged;
mod ledger;
mod list;
mod map;
mod page;
mod person;
mod publish;
mod routes;
mod server;
mod trouble;
mod view;
mod words;

pub use account::{AccountError, Accounts};
pub use base_url::{BaseUrl, NoBaseUrl};
pub use briefing::{Report, named, report};
pub use desk::{
    ReplyWords, Said, Screener, Thing, Unsaid, Words, body_named, every, left, maker_named, replied,
    stands_already, things, undoable,
};
pub use embargo::{source_named, thing_named};
pub use error::ServeError;
pub use gate::Access;
pub use judged::{EQUIPMENT, Judging, PURCHASE, holding, keeping, nation};
pub use publish::{Published, publish};
pub use server::{Server, router};
pub use view::{Around, Audience, Grounds, Names};
pub use words::{bytes, is_link, number};
