//! What a body replied, as somebody enters it.

use jiff::civil::Date;
use stripout_model::BodyId;
use stripout_register::{BodyReplies, Replied};

use super::said::{Unsaid, body_named};
use crate::Judging;

/// Letters of a reply, and of where it can be read.
const LONGEST: usize = 10_000;
const LONGEST_SOURCE: usize = 1_000;

/// A reply as it was written, in a form, in flags or by a program.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReplyWords<'a> {
    pub body: &'a str,
    /// Empty: it speaks to all that is said of the body.
    pub finding: &'a str,
    pub words: &'a str,
    pub given: &'a str,
    pub source: &'a str,
}

/// Reads it and holds it to the rules: a body of the catalogue, its own words, a day that was, and where they can be read.
/// `is_finding` knows the findings.
pub fn replied(
    entered: ReplyWords<'_>,
    judging: &Judging,
    is_finding: impl Fn(&str) -> bool,
) -> Result<(BodyId, Replied), Unsaid> {
    let unsaid = |field, what: &str, hint| Unsaid {
        field,
        what: what.to_owned(),
        hint,
    };
    let body = body_named(judging, entered.body).map_err(|what| Unsaid {
        field: "body",
        what,
        hint: "give the id of a body, or its whole name",
    })?;
    let finding = Some(entered.finding.trim()).filter(|finding| !finding.is_empty());
    if let Some(finding) = finding {
        let own = finding
            .strip_prefix(body.as_str())
            .is_some_and(|rest| rest.starts_with('.'));
        if !own || !is_finding(finding) {
            let what = format!("`{finding}` is no finding on this body");
            return Err(unsaid(
                "finding",
                &what,
                "give its id (BODY.MAKER), or leave it empty",
            ));
        }
    }
    let words = entered.words.trim();
    if words.is_empty() || words.chars().count() > LONGEST {
        let what = format!("the words of the body must have 1 to {LONGEST} letters");
        return Err(unsaid("words", &what, "give what it said, as it said it"));
    }
    let given = entered.given.trim().parse::<Date>();
    let given = given.map_err(|_no_day| {
        unsaid(
            "given",
            "the day must be one like 2026-01-31",
            "give the day of the reply",
        )
    })?;
    if given > judging.today {
        return Err(unsaid(
            "given",
            "that day is yet to come",
            "give the day of the reply",
        ));
    }
    let source = entered.source.trim();
    if source.is_empty() || source.chars().count() > LONGEST_SOURCE {
        let what = "it is not said where the reply can be read";
        return Err(unsaid(
            "source",
            what,
            "give a link, or the document that it came in",
        ));
    }
    let replied = Replied {
        finding: finding.map(str::to_owned),
        words: words.to_owned(),
        given,
        source: source.to_owned(),
    };
    Ok((body, replied))
}

/// Position of the same reply of that body, where it stands already: entered twice, it is one.
pub fn stands_already(replies: &BodyReplies, body: &BodyId, said: &Replied) -> Option<i64> {
    let mut own = replies.of_body(body);
    own.find_map(|(position, _, it)| (it == said).then_some(position))
}
