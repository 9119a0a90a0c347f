//! Whether a bid offers what it names. A gate errs to one side: what may be offered is never passed as ruled out.

use stripout_catalogue::{BidWords, Catalogue};
use stripout_model::{Confidence, Evidence, Sighting, Stance};

/// What a bid does with a thing that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    /// It is offered, or at least named.
    Named,
    /// It may be, and a person has to look.
    Open,
    /// Ruled out, denied or spoken of as gone, in words that speak of it and of nothing else.
    RuledOut,
}

/// What the words around a name make of it.
pub(super) fn offer(sighting: &Sighting, words: &BidWords) -> Offer {
    let around = Around::of(&sighting.evidence);
    let likened = words
        .likened
        .iter()
        .any(|word| around.before.ends_with(word.as_str()));
    match sighting.stance {
        Stance::Has | Stance::Mentions if likened => Offer::Open,
        Stance::Has | Stance::Mentions => Offer::Named,
        // A guess clears nothing.
        _ if sighting.confidence == Confidence::Review => Offer::Open,
        _ if around.is_apart(&sighting.cue.to_lowercase(), words) => Offer::Named,
        _ => Offer::RuledOut,
    }
}

/// What instruments call the equipment, where the source or a model number tells.
pub(super) fn equipment(sighting: &Sighting, catalogue: &Catalogue) -> Option<String> {
    let model = sighting.model.as_ref().and_then(|id| catalogue.models.get(id));
    let kinds: Vec<String> = match (model, &sighting.installation.device) {
        (Some(model), _) => vec![model.device.clone()],
        (None, Some(device)) => vec![device.clone()],
        (None, None) => Vec::new(),
    };
    let told = catalogue.words.installation.equipment(&kinds).map(str::to_owned);
    told.or_else(|| {
        let text = sighting.evidence.excerpt.to_lowercase();
        let named = |word: &String| holds(&text, word);
        let devices = &catalogue.words.installation.device;
        let mut sorts = devices
            .iter()
            .filter(|device| device.words.iter().any(named))
            .map(|device| device.equipment.as_str());
        let first = sorts.next()?;
        sorts.all(|sort| sort == first).then(|| first.to_owned())
    })
}

/// An excerpt before and behind the recognised words, lower case.
struct Around {
    before: String,
    after: String,
}

impl Around {
    fn of(evidence: &Evidence) -> Self {
        let part = |part: Option<&str>| part.unwrap_or_default().trim().to_lowercase();
        Self {
            before: part(evidence.excerpt.get(..evidence.mark.start)),
            after: part(evidence.excerpt.get(evidence.mark.end..)),
        }
    }

    /// Whether the words that rule out or remove speak of something else than what is named.
    fn is_apart(&self, cue: &str, words: &BidWords) -> bool {
        let sentence = self.after.split(['.', '\n']).next().unwrap_or_default();
        if words.given.iter().any(|given| holds(sentence, given)) {
            return true;
        }
        // `No Other, Acme or Third equipment`: one of a list.
        if sentence.trim_start().starts_with("or ") {
            return false;
        }
        if let Some(at) = self.before.rfind(cue).filter(|_| !cue.is_empty()) {
            let between = self.before.get(at + cue.len()..).unwrap_or_default();
            counts_before(self.before.get(..at).unwrap_or_default(), cue, words)
                || begins_anew(between, sentence, words)
        } else {
            // Behind the name, after a comma: `cameras, no warranty`.
            let at = self.after.find(cue).unwrap_or_default();
            let between = self.after.get(..at).unwrap_or_default();
            between.contains([',', ';']) || counts_before(&self.before, "", words)
        }
    }
}

/// `... removed and 12 Acme cameras fitted`: something new, counted or supplied, begins between the two.
fn begins_anew(between: &str, sentence: &str, words: &BidWords) -> bool {
    let spaced = between.replace([',', ';'], " , ");
    let mut parts = spaced.split_whitespace();
    let joined = parts.any(|word| words.joins.iter().any(|join| join == word));
    let counted = between.split_whitespace().any(|word| word.parse::<u32>().is_ok());
    let clause = sentence.split([',', ';']).next().unwrap_or_default();
    joined && (counted || words.supplies.iter().any(|word| holds(clause, word)))
}

/// `16 no.` counts: a number stands right before the word, which ends the text or is the cue itself.
fn counts_before(before: &str, cue: &str, words: &BidWords) -> bool {
    let text = format!("{before} {cue}");
    let mut last = text
        .split_whitespace()
        .rev()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty());
    let count = |word: &str| words.counts.iter().any(|known| known == word);
    matches!((last.next(), last.next()), (Some(word), Some(number)) if count(word) && number.parse::<u32>().is_ok())
}

/// Whether a text holds words as whole words; both lower case.
fn holds(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + part.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_something_else_rules_nothing_out() {
        let words = Catalogue::embedded().unwrap().words.bid.clone();
        for (text, cue, apart) in [
            (
                "Existing analogue cameras to be removed and 12 <Acme> cameras fitted.",
                "removed",
                true,
            ),
            (
                "Old system stripped out, 4 <Acme> domes supplied",
                "stripped out",
                true,
            ),
            (
                "Cameras: 16 no. <Acme> 4MP turret, c/w brackets, no warranty beyond 3 years",
                "no",
                true,
            ),
            ("<Acme> turret, no warranty", "no", true),
            (
                "Our price excludes the <Acme> recorder, which is free of charge.",
                "excludes",
                true,
            ),
            ("No <Acme> equipment is offered.", "no", false),
            (
                "No Other, <Acme> or Third equipment will be supplied.",
                "no",
                false,
            ),
            ("Remove 12 <Acme> cameras and make good.", "remove", false),
            ("The existing <Acme> cameras are to be removed.", "removed", false),
            (
                "Bidders must not offer <Acme> equipment.",
                "must not offer",
                false,
            ),
            ("Remove all Other and <Acme> cameras.", "remove", false),
        ] {
            let (before, rest) = text.split_once('<').unwrap();
            let (_, after) = rest.split_once('>').unwrap();
            let around = Around {
                before: before.trim().to_lowercase(),
                after: after.trim().to_lowercase(),
            };
            assert_eq!(around.is_apart(cue, &words), apart, "{text}");
        }
    }
}
