//! A claim, always with its reply beside it.

use super::{field, list};
use crate::{Catalogue, Claim};

pub(super) fn lines(catalogue: &Catalogue, claim: &Claim) -> Vec<String> {
    let mut lines = Vec::new();
    let mut about: Vec<String> = claim
        .makers
        .iter()
        .map(|id| catalogue.maker_label(id).to_owned())
        .collect();
    about.extend(claim.about.clone());
    list(&mut lines, "About", &about);
    lines.extend(with_reply(claim));
    field(&mut lines, "Standing", Some(&claim.status));
    field(&mut lines, "How to put it", claim.wording_advice.as_deref());
    lines.push(catalogue.source_line(
        &claim.sources,
        claim.date.as_deref(),
        claim.verification,
        claim.verification_note.as_deref(),
        None,
    ));
    if let Some(reply) = &claim.reply {
        let titles: Vec<String> = reply
            .sources
            .iter()
            .map(|id| catalogue.source_title(id))
            .collect();
        field(&mut lines, "Source of the reply", Some(&titles.join("; ")));
    }
    lines
}

/// The claim in one line and the reply in the next.
pub(super) fn with_reply(claim: &Claim) -> [String; 2] {
    let date = claim.date.as_deref().unwrap_or("date not known");
    let said = format!(
        "Claim `{}` ({}, {date}): {}.",
        claim.id, claim.claimed_by, claim.claim
    );
    let reply = match &claim.reply {
        Some(reply) => {
            let by = reply.by.as_deref().unwrap_or("by whom is not noted");
            let date = reply.date.as_deref().unwrap_or("date not known");
            format!("Reply ({by}, {date}): {}.", reply.text)
        }
        None => "Reply: none was found.".into(),
    };
    [said, reply]
}
