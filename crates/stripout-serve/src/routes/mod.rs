//! The pages: one file and one line each.

mod about;
mod account;
mod add;
mod alerts;
mod bodies;
mod body;
mod briefing;
mod charts;
mod embargoes;
mod embed;
mod evidence;
mod feeds;
mod findings;
pub(crate) mod gap;
mod home;
mod labels;
mod leads;
mod letters;
mod makers;
pub(crate) mod map;
mod methodology;
mod original;
mod people;
mod policies;
mod promises;
mod replies;
mod review;
mod search;
mod sectors;
mod sign_in;
mod tasks;

use crate::app::Routes;

pub(crate) const PAGES: &[Routes] = &[
    home::routes,
    search::routes,
    bodies::routes,
    body::routes,
    briefing::routes,
    map::routes,
    findings::routes,
    evidence::routes,
    original::routes,
    makers::routes,
    labels::routes,
    policies::routes,
    gap::routes,
    sectors::routes,
    charts::routes,
    alerts::routes,
    promises::routes,
    replies::routes,
    leads::routes,
    methodology::routes,
    about::routes,
    letters::routes,
    feeds::routes,
    embed::routes,
];

/// What people work with; not there where nothing can be changed.
pub(crate) const DESKS: &[Routes] = &[
    review::routes,
    add::routes,
    embargoes::routes,
    replies::desks,
    evidence::desks,
    sign_in::routes,
    people::routes,
    account::routes,
    tasks::routes,
    crate::api::decide,
    crate::api::reply,
];
