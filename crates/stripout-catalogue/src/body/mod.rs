//! Public bodies: who they are, what they are called, since when, and who came after them: `data/bodies/`.
//!
//! The bodies are loaded apart from the `Catalogue`, so that a program which only reads text does not pay for them. Load
//! once, share by reference:
//!
//! ```
//! use stripout_catalogue::Bodies;
//!
//! let bodies = Bodies::embedded()?;
//! let answer = bodies.resolve("LB Camden", None);
//! let body = answer.body.and_then(|id| bodies.get(&id)).expect("a London borough");
//! assert_eq!((body.kind.as_str(), body.region.as_deref()), ("council", Some("London")));
//! # Ok::<(), stripout_catalogue::CatalogueError>(())
//! ```
//!
//! Best first: `by_identifier` and `by_domain` for a buyer's id or a sender's address, then `resolve` for a name, with the
//! date of the document, which picks the body that existed then. `body` is `None` whenever the name could be another's:
//! `candidates` and `why` are then for a person.

mod alias;
mod bodies;
mod check;
mod explain;
mod load;
mod public_body;
mod resolve;
mod row;

pub use alias::{Alias, AliasKind};
pub use bodies::{Bodies, Succession};
pub use explain::ExplainedBody;
pub use public_body::{Identifier, Position, PublicBody};
pub use resolve::{Candidate, Resolution};
