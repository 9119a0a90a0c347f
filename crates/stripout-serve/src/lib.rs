#![doc = include_str!("../README.md")]

mod api;
mod app;
mod assets;
mod base_url;
mod cache;
mod claim;
mod desk;
mod error;
pub mod export;
mod gate;
mod judged;
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

pub use base_url::{BaseUrl, NoBaseUrl};
pub use desk::{Said, Thing, Unsaid, Words, body_named, every, left, maker_named, things, undoable};
pub use error::ServeError;
pub use gate::Access;
pub use judged::{EQUIPMENT, Judging, holding, keeping, nation};
pub use publish::{Published, publish};
pub use server::{Server, router};
pub use view::{Audience, Grounds, Names};
pub use words::{bytes, number};
