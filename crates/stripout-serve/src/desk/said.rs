//! What a reviewer says of a thing.

use jiff::Timestamp;
use stripout_model::{BodyId, Decision, MakerId, Verdict};

use crate::Judging;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub verdict: Verdict,
    pub why: String,
    /// What it should be, where the program has another or none.
    pub body: Option<BodyId>,
    pub maker: Option<MakerId>,
}

/// The same as it was written, in a form or in the row of a table; an empty text says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a> {
    pub verdict: &'a str,
    pub why: &'a str,
    pub body: &'a str,
    pub maker: &'a str,
}

/// Why that is no decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// Of `Words`.
    pub field: &'static str,
    pub what: String,
    pub hint: &'static str,
}

impl Said {
    /// A verdict without a correction.
    pub fn plain(verdict: Verdict, why: String) -> Self {
        Self {
            verdict,
            why,
            body: None,
            maker: None,
        }
    }

    /// Reads it and holds it to the rules: on an alert nothing is corrected, only what is accepted is, and whoever speaks
    /// against what the program says gives a reason.
    pub fn of(words: Words<'_>, judging: &Judging, is_alert: bool) -> Result<Self, Unsaid> {
        let unsaid = |field, hint| move |what| Unsaid { field, what, hint };
        let verdict: Verdict = words.verdict.parse().map_err(unsaid(
            "verdict",
            "write accept, reject, unsure or dispute, or leave it empty",
        ))?;
        let named = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let body = named(words.body).map(|text| body_named(judging, &text));
        let maker = named(words.maker).map(|text| maker_named(judging, &text));
        let said = Self {
            verdict,
            why: words.why.trim().to_owned(),
            body: body
                .transpose()
                .map_err(unsaid("body", "give the id of a body, or leave it empty"))?,
            maker: maker
                .transpose()
                .map_err(unsaid("maker", "give the id of a maker, or leave it empty"))?,
        };
        let corrects = said.body.is_some() || said.maker.is_some();
        if said.lacks_reason() {
            let what = "a reject, a dispute or a correction without a reason".to_owned();
            return Err(unsaid("why", "say why, for whoever reads it next")(what));
        }
        if is_alert && corrects {
            let what = "a correction of an alert".to_owned();
            return Err(unsaid("body", "correct the sighting that it rests on")(what));
        }
        if said.verdict != Verdict::Accept && corrects {
            let what = format!("a correction with the verdict `{}`", said.verdict);
            let hint = "accept it as corrected, or leave `body` and `maker` empty";
            return Err(unsaid("verdict", hint)(what));
        }
        Ok(said)
    }

    pub fn decision(self, thing: String, who: &str, when: Timestamp) -> Decision {
        let Self {
            verdict,
            why,
            body,
            maker,
        } = self;
        Decision {
            id: 0,
            thing,
            verdict,
            who: who.into(),
            when,
            why,
            body,
            maker,
        }
    }

    /// The same as what the reviewer said last.
    pub fn stands(&self, last: Option<&Decision>) -> bool {
        last.is_some_and(|last| {
            (last.verdict, last.why.as_str(), &last.body, &last.maker)
                == (self.verdict, self.why.as_str(), &self.body, &self.maker)
        })
    }

    /// A reject, a dispute and a correction speak against what the program says: the next reader must know why.
    pub fn lacks_reason(&self) -> bool {
        let against = matches!(self.verdict, Verdict::Reject | Verdict::Dispute);
        let overrules = against || self.body.is_some() || self.maker.is_some();
        overrules && self.why.trim().is_empty()
    }
}

/// The body that a correction names: by its id, or a name that is surely one body's.
pub fn body_named(judging: &Judging, text: &str) -> Result<BodyId, String> {
    judging
        .body(text)
        .ok_or_else(|| format!("`{text}` is surely no one body of the catalogue"))
}

pub fn maker_named(judging: &Judging, text: &str) -> Result<MakerId, String> {
    let wanted = text.trim().to_lowercase();
    let makers = &judging.catalogue.makers;
    let found = makers
        .values()
        .find(|maker| maker.id.as_str() == wanted || maker.label.to_lowercase() == wanted);
    found
        .map(|maker| maker.id.clone())
        .ok_or_else(|| format!("`{text}` is no maker of the catalogue"))
}
