//! What decided, in words for people.

use stripout_model::{DocumentKind, Stance};

use super::super::Judged;
use super::{Reason, Verdict};

impl Verdict {
    pub(super) fn judged(self, kind: DocumentKind, text: &str) -> Judged {
        let quote = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let (cue, why) = match self.reason {
            Reason::Says(from, to) if self.stance == Stance::Mentions => (
                from..to,
                format!("only named, beside \"{}\": {NO_CLAIM}", quote(from, to)),
            ),
            Reason::Says(from, to) => (from..to, format!("the text says \"{}\"", quote(from, to))),
            Reason::OfAnother(from, to) => (
                from..to,
                format!("said of somebody else than the author: \"{}\"", quote(from, to)),
            ),
            Reason::Answered(from, to) => (
                from..to,
                format!("the question is answered \"{}\"", quote(from, to)),
            ),
            Reason::Value(from, to) => (from..to, format!("the value given is \"{}\"", quote(from, to))),
            Reason::Asked => (0..0, "asked for, without an answer here".into()),
            Reason::Corrected(from, to) => (from..to, format!("corrected: \"{}\"", quote(from, to))),
            Reason::Quoted => (0..0, "stands in a message that is quoted here".into()),
            Reason::Counted => (0..0, "given with a number of devices".into()),
            Reason::Kind => (0..0, format!("listed in {}", listed(kind))),
            Reason::Weighed(from, to) => (
                from..to,
                format!(
                    "the words around it, \"{}\" above all, weigh for {}",
                    quote(from, to),
                    told(self.stance)
                ),
            ),
            Reason::Nothing => (0..0, format!("only named: {NO_CLAIM}")),
        };
        Judged {
            stance: self.stance,
            cue,
            count: self.count,
            why,
            guessed: matches!(self.reason, Reason::Weighed(..)) && self.stance != Stance::Mentions,
        }
    }
}

const NO_CLAIM: &str = "nothing here says that it is in use, bought or gone";

fn told(stance: Stance) -> &'static str {
    match stance {
        Stance::Has => "use",
        Stance::Had => "use in the past",
        Stance::Removed => "removal",
        Stance::PlannedRemoval => "a removal to come",
        Stance::Denies => "a denial",
        Stance::Refuses => "a refusal to say",
        Stance::Prohibits => "a rule against buying or using",
        Stance::Mentions => "a name only",
    }
}

fn listed(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Contract => "a contract",
        DocumentKind::Spend => "a spend row",
        DocumentKind::Foi => "a reply",
        DocumentKind::Asset => "an asset register",
        DocumentKind::Letter => "a letter",
        DocumentKind::Web => "a page",
    }
}
