//! The sentence that states what a source says: its kind, whose it is, its day, the words. Safe to print.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use stripout_catalogue::Catalogue;
use stripout_model::{DocumentKind, Evidence, MakerId, Sighting, Stance, Statement, Via, printable};

/// Words after the recognised ones that are quoted with them.
const TAIL: usize = 3;
/// Characters of a quotation.
const QUOTATION: usize = 80;

static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/templates/sentences.toml"))
        .expect("the embedded sentences are read by a test of this file")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sentences {
    dated: Dated,
    spend: Of,
    contract: Of,
    foi: Of,
    asset: Of,
    letter: Of,
    web: Of,
    bought_none: BoughtNone,
    assigned: Assigned,
    meaning: Meaning,
    says: Says,
}

/// In a few words, by sort of document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Says {
    bought_none: String,
    spend: Of,
    contract: Of,
    foi: Of,
    asset: Of,
    letter: Of,
    web: Of,
}

/// Of what says that none was bought, which is less than that there is none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BoughtNone {
    phrases: Vec<String>,
    foi: String,
    letter: String,
    web: String,
}

/// Behind a sentence, where a reviewer set whose the document is, or who made the equipment.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Assigned {
    body: String,
    maker: String,
}

/// By stance.
type Of = BTreeMap<Stance, String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dated {
    on: String,
    of: String,
    undated: String,
    count: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meaning {
    brand: String,
    model: String,
}

/// What a statement says of `body`, which is named as the reader knows it.
pub fn sentence(said: &Statement<Sighting>, body: &str, catalogue: &Catalogue) -> String {
    told(said, said.kind, body, catalogue)
}

/// The same of a body that a reviewer set: said of it, and not by it.
pub(crate) fn assigned(said: &Statement<Sighting>, body: &str, catalogue: &Catalogue) -> String {
    let kind = match said.kind {
        DocumentKind::Foi | DocumentKind::Letter | DocumentKind::Asset => DocumentKind::Web,
        own => own,
    };
    told(said, kind, body, catalogue) + &filled(&SENTENCES.assigned.body, &[("{body}", body)])
}

/// Behind a sentence whose source names another maker than a reviewer set.
pub(crate) fn made_by(maker: &MakerId, catalogue: &Catalogue) -> String {
    let label = catalogue
        .makers
        .get(maker)
        .map_or(maker.as_str(), |it| it.label.as_str());
    filled(&SENTENCES.assigned.maker, &[("{maker}", label)])
}

fn told(said: &Statement<Sighting>, kind: DocumentKind, body: &str, catalogue: &Catalogue) -> String {
    let one = &said.what;
    let sentences = &*SENTENCES;
    let template = sentences.template(kind, one);
    let day = one.row.date.or(said.written);
    let when = |dated: &str| match day {
        Some(day) => dated.replace("{date}", &long_date(day)),
        None => sentences.dated.undated.replace("{date}", &long_date(said.got)),
    };
    let count = one
        .count
        .map(|count| sentences.dated.count.replace("{count}", &count.to_string()));
    // Texts of sources go in last, so that braces in them stand for themselves.
    let stated = template
        .replace("{on}", &when(&sentences.dated.on))
        .replace("{of}", &when(&sentences.dated.of))
        .replace("{count}", &count.unwrap_or_default());
    let stated = filled(
        &stated,
        &[("{body}", body), ("{words}", &quoted(&one.evidence, catalogue))],
    );
    stated + &meaning(one, catalogue)
}

/// What a sighting in a document of this sort says, in a few words: `a payment names it`.
pub fn says(kind: DocumentKind, stance: Stance, excerpt: &str) -> &'static str {
    let says = &SENTENCES.says;
    if stance == Stance::Denies && SENTENCES.has_bought_none(excerpt) {
        return &says.bought_none;
    }
    let of = match kind {
        DocumentKind::Spend => &says.spend,
        DocumentKind::Contract => &says.contract,
        DocumentKind::Foi => &says.foi,
        DocumentKind::Asset => &says.asset,
        DocumentKind::Letter => &says.letter,
        DocumentKind::Web => &says.web,
    };
    of.get(&stance).map_or("", String::as_str)
}

/// `30 March 2016`
pub fn long_date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The recognised words with the equipment they name: `Examplecam` of `4 Examplecam dome cameras, Depot` becomes
/// `Examplecam dome cameras`. Nothing else is quoted, so no place and no person.
pub(crate) fn quoted(evidence: &Evidence, catalogue: &Catalogue) -> String {
    let marked = evidence.marked().unwrap_or_default();
    let rest = evidence.excerpt.get(evidence.mark.end..).unwrap_or_default();
    let context = &catalogue.words.context;
    let is_equipment = |word: &str| {
        let lower = word.to_lowercase();
        let single = lower.strip_suffix('s').unwrap_or(&lower);
        [lower.as_str(), single].iter().any(|word| {
            context
                .camera
                .iter()
                .chain(&context.equipment)
                .any(|known| known == word)
        })
    };
    let mut words: Vec<&str> = marked.split_whitespace().collect();
    // A mark that ends inside a word ends there.
    if rest.starts_with(char::is_whitespace) {
        for word in rest.split_whitespace().take(TAIL) {
            let bare = word.trim_end_matches([',', '.', ';', ':', ')', '?']);
            if !is_equipment(bare) && !is_number(bare) {
                break;
            }
            words.push(bare);
            if bare.len() < word.len() {
                break;
            }
        }
    }
    words.join(" ").chars().take(QUOTATION).collect()
}

/// What looks like the number of a model.
fn is_number(word: &str) -> bool {
    word.len() > 3
        && word.chars().any(|c| c.is_ascii_digit())
        && word.chars().any(|c| c.is_ascii_alphabetic())
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'))
}

/// What the words stand for, where the catalogue may say so in public.
fn meaning(one: &Sighting, catalogue: &Catalogue) -> String {
    let Some(maker) = catalogue.makers.get(&one.maker) else {
        return String::new();
    };
    let meaning = &SENTENCES.meaning;
    match (&one.brand, one.via) {
        (Some(id), _) => {
            let brand = catalogue.brands.get(id);
            let made_by = brand.and_then(|brand| {
                let mut relations = brand.made_by.iter();
                relations.find(|relation| relation.publish && relation.maker.as_ref() == Some(&one.maker))
            });
            brand.zip(made_by).map_or_else(String::new, |(brand, made_by)| {
                filled(
                    &meaning.brand,
                    &[
                        ("{label}", &brand.label),
                        ("{wording}", &made_by.wording),
                        ("{maker}", &maker.label),
                    ],
                )
            })
        }
        (None, Via::Model) => filled(&meaning.model, &[("{maker}", &maker.label)]),
        (None, _) => String::new(),
    }
}

/// Puts values in their places, each once from the left: a brace in a value is only a brace.
pub(crate) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((at, place, value)) = values
        .iter()
        .filter_map(|(place, value)| Some((rest.find(place)?, *place, *value)))
        .min()
    {
        out.push_str(rest.get(..at).unwrap_or_default());
        out.push_str(&printable(value));
        rest = rest.get(at + place.len()..).unwrap_or_default();
    }
    out + rest
}

impl Sentences {
    fn template(&self, kind: DocumentKind, one: &Sighting) -> &str {
        let less = match kind {
            DocumentKind::Foi => Some(&self.bought_none.foi),
            DocumentKind::Letter => Some(&self.bought_none.letter),
            DocumentKind::Web => Some(&self.bought_none.web),
            _ => None,
        };
        if let (Stance::Denies, Some(less)) = (one.stance, less)
            && self.has_bought_none(&one.evidence.excerpt)
        {
            return less;
        }
        self.of(kind).get(&one.stance).map_or("", String::as_str)
    }

    fn has_bought_none(&self, excerpt: &str) -> bool {
        let words = excerpt.to_lowercase();
        let phrases = &self.bought_none.phrases;
        phrases.iter().any(|phrase| words.contains(phrase))
    }

    fn of(&self, kind: DocumentKind) -> &Of {
        match kind {
            DocumentKind::Spend => &self.spend,
            DocumentKind::Contract => &self.contract,
            DocumentKind::Foi => &self.foi,
            DocumentKind::Asset => &self.asset,
            DocumentKind::Letter => &self.letter,
            DocumentKind::Web => &self.web,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_evidence_says_is_no_more_than_its_document_does() {
        let forbidden = &Catalogue::embedded().unwrap().words.forbidden;
        let says = &SENTENCES.says;
        for of in [
            &says.spend,
            &says.contract,
            &says.foi,
            &says.asset,
            &says.letter,
            &says.web,
        ] {
            for stance in Stance::ALL {
                let words = &of[&stance];
                assert!(words.starts_with("a "), "{stance}: {words}");
                assert_eq!(forbidden.first_in(words), None, "{words}");
            }
        }
        // A purchase is no proof of use, and a list names what it names.
        for of in [&says.spend, &says.contract, &says.asset] {
            assert!(of[&Stance::Has].ends_with(" names it"));
        }
    }

    #[test]
    fn every_kind_and_stance_has_a_sentence_with_body_words_and_day() {
        let sentences = &*SENTENCES;
        for kind in [
            DocumentKind::Spend,
            DocumentKind::Contract,
            DocumentKind::Foi,
            DocumentKind::Asset,
            DocumentKind::Letter,
            DocumentKind::Web,
        ] {
            for stance in Stance::ALL {
                let text = sentences
                    .of(kind)
                    .get(&stance)
                    .unwrap_or_else(|| panic!("{kind:?} {stance}"));
                assert!(text.contains("{body}") && text.contains("{words}"), "{text}");
                assert!(text.contains("{on}") || text.contains("{of}"), "{text}");
            }
        }
    }

    #[test]
    fn values_hold_no_places() {
        assert_eq!(
            filled(
                "a {body} b {words}",
                &[("{body}", "{words}"), ("{words}", "x\u{202e}")]
            ),
            "a {words} b x<U+202E>"
        );
    }
}
