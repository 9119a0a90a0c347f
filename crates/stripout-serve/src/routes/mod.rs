//! The pages: one file and one line each.

mod bodies;
mod body;
mod evidence;
mod findings;
mod home;
mod methodology;
mod original;
mod search;

use crate::app::Routes;

pub(crate) const PAGES: &[Routes] = &[
    home::routes,
    search::routes,
    bodies::routes,
    body::routes,
    findings::routes,
    evidence::routes,
    original::routes,
    methodology::routes,
];
