#![doc = include_str!("../README.md")]

mod api;
mod app;
mod assets;
mod base_url;
mod cache;
mod claim;
mod connections;
mod error;
pub mod export;
mod judged;
mod list;
mod map;
mod page;
mod publish;
mod routes;
mod server;
mod trouble;
mod view;
mod words;

pub use base_url::{BaseUrl, NoBaseUrl};
pub use error::ServeError;
pub use judged::{EQUIPMENT, Judging, holding, keeping, nation};
pub use publish::{Published, publish};
pub use server::{Server, router};
pub use view::{Audience, Grounds, Names};
pub use words::{bytes, number};
