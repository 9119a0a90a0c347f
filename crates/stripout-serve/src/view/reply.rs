//! What bodies replied to what is said of them, as it may be shown.

use std::collections::HashSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use stripout_model::{BodyId, Finding};
use stripout_register::{BodyReplies, BodyReply, BodyReplyAct, Replied};

use super::mask::masked;
use super::{Audience, View};
use crate::words::{is_link, safe};

/// A body's own words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Reply {
    /// Position in the log.
    pub(crate) id: i64,
    pub(crate) body: BodyId,
    /// The finding that it speaks to; `None`: all that is said of the body.
    pub(crate) finding: Option<String>,
    pub(crate) words: String,
    pub(crate) given: Date,
    /// Where it can be read.
    pub(crate) source: String,
    pub(crate) entered: Date,
    /// Under which name; for the private view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entered_by: Option<String>,
    pub(crate) withdrawn: Option<Withdrawal>,
}

/// A reply that was taken back.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Withdrawal {
    pub(crate) on: Date,
    /// For the private view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
}

impl Reply {
    /// The page that it can be read on.
    pub(crate) fn link(&self) -> Option<&str> {
        Some(self.source.as_str()).filter(|source| is_link(source))
    }

    /// Who entered it: by their part, for everybody.
    pub(crate) fn by(&self) -> &str {
        self.entered_by.as_deref().unwrap_or("a reviewer")
    }
}

/// Replies that this audience may read, the latest words first. For everybody a reply goes with what it speaks to: to a
/// finding that is public, or to a body with such findings of which nothing is held back.
pub(super) fn shown(
    replies: &BodyReplies,
    audience: Audience,
    findings: &[Finding],
    held: &HashSet<BodyId>,
) -> Vec<Reply> {
    let everybody = audience == Audience::Everybody;
    let is_told = |entry: &BodyReply, said: &Replied| match &said.finding {
        _ if !everybody => true,
        Some(finding) => findings.iter().any(|it| it.id == *finding),
        None => !held.contains(&entry.body) && findings.iter().any(|it| it.body == entry.body),
    };
    let words = |text: &str| match audience {
        Audience::Private => safe(text),
        Audience::Everybody => masked(&safe(text)).into_owned(),
    };
    let day = |entry: &BodyReply| entry.when.to_zoned(TimeZone::UTC).date();
    let withdrawn = |position: i64| {
        replies.log().iter().find_map(|entry| match &entry.act {
            BodyReplyAct::Withdrew { reply, why } if *reply == position => Some(Withdrawal {
                on: day(entry),
                why: (!everybody && !why.is_empty()).then(|| safe(why)),
            }),
            _ => None,
        })
    };
    let mut shown: Vec<Reply> = (1..)
        .zip(replies.log())
        .filter_map(|(id, entry)| {
            let BodyReplyAct::Replied(said) = &entry.act else {
                return None;
            };
            is_told(entry, said).then(|| Reply {
                id,
                body: entry.body.clone(),
                finding: said.finding.clone(),
                words: words(&said.words),
                given: said.given,
                source: words(&said.source),
                entered: day(entry),
                entered_by: (!everybody).then(|| safe(&entry.who)),
                withdrawn: withdrawn(id),
            })
        })
        .collect();
    shown.sort_by_key(|reply| std::cmp::Reverse((reply.given, reply.id)));
    shown
}

impl View {
    /// Replies of a body that stand, the latest first.
    pub(crate) fn replies_of<'a>(&'a self, body: &'a BodyId) -> impl Iterator<Item = &'a Reply> {
        self.standing_replies().filter(move |reply| reply.body == *body)
    }

    pub(crate) fn standing_replies(&self) -> impl Iterator<Item = &Reply> {
        self.replies.iter().filter(|reply| reply.withdrawn.is_none())
    }
}
