//! Whether what came after agrees with a promise: its maker, its place, its day.

use jiff::civil::Date;
use stripout_catalogue::{AlertWords, Catalogue};
use stripout_model::{Act, Commitment, Confidence, DocumentKind, MakerId, Sighting, Stance, Statement, Via};

/// What a promise is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    act: Act,
    /// The day it was given.
    given: Option<Date>,
    /// The last day that keeps it; for a promise to stop, the day from which it holds.
    by: Option<Date>,
    makers: Vec<MakerId>,
    /// ISO 3166 codes of the countries whose makers it reaches.
    countries: Vec<String>,
    /// Lower case; empty: everywhere.
    places: Vec<String>,
}

impl Promise {
    /// `beside` are makers of which the same text says that the body has or had them: `they will be removed`.
    pub fn of(said: &Commitment, beside: &[MakerId], catalogue: &Catalogue) -> Self {
        let words = &catalogue.words.alert;
        let text = format!("{} {}", said.scope, said.evidence.excerpt);
        let lower = text.to_lowercase();
        let named = |name: &String| holds(&lower, &name.to_lowercase());
        let mut makers: Vec<MakerId> = catalogue
            .makers
            .values()
            .filter(|maker| maker.short_names.iter().chain([&maker.label]).any(named))
            .map(|maker| maker.id.clone())
            .collect();
        let countries: Vec<String> = words
            .origin
            .iter()
            .filter(|origin| origin.words.iter().any(named))
            .map(|origin| origin.country.clone())
            .collect();
        if makers.is_empty() && countries.is_empty() && said.act != Act::StopBuying {
            makers.extend_from_slice(beside);
        }
        Self {
            act: said.act,
            given: said.days.said.or(said.days.document),
            by: said.by.as_ref().and_then(|by| by.date),
            makers,
            countries,
            places: places(&said.evidence.excerpt, words),
        }
    }

    /// Whether a later statement of the same body does not agree with it. What has no day, no maker or no place where the
    /// promise has one is not held against anybody.
    pub fn is_contradicted(&self, seen: &Statement<Sighting>, catalogue: &Catalogue) -> bool {
        let what = &seen.what;
        let Some(day) = what.row.date.or(seen.written) else {
            return false;
        };
        if what.stance != Stance::Has
            || what.confidence == Confidence::Review
            || !self.reaches(&what.maker, catalogue)
        {
            return false;
        }
        let site = what.installation.site.as_deref().unwrap_or_default();
        let text = format!("{} {site}", what.evidence.excerpt).to_lowercase();
        if !self.places.is_empty() && !self.places.iter().any(|place| holds(&text, place)) {
            return false;
        }
        let bought = Self::is_purchase(seen, catalogue);
        match self.act {
            Act::StopBuying => {
                bought
                    && match (self.by, self.given) {
                        (Some(by), given) => day >= by && given.is_none_or(|given| day > given),
                        (None, Some(given)) => day > given,
                        (None, None) => false,
                    }
            }
            Act::Remove | Act::Replace => {
                bought && self.given.is_some_and(|given| day > given) || self.by.is_some_and(|by| day > by)
            }
        }
    }

    /// A payment or award for equipment: neither for the upkeep of what is there nor for advice about it, and not for
    /// something that only bears the maker's name.
    pub(super) fn is_purchase(seen: &Statement<Sighting>, catalogue: &Catalogue) -> bool {
        let what = &seen.what;
        let paid = matches!(seen.kind, DocumentKind::Spend | DocumentKind::Contract);
        if !paid || what.stance != Stance::Has {
            return false;
        }
        let text = what.evidence.excerpt.to_lowercase();
        let words = &catalogue.words.alert;
        let services = words.upkeep.iter().chain(&words.advice);
        let is_service = services.into_iter().any(|word| holds(&text, word));
        !is_service
            && (what.via == Via::Model
                || what.installation.device.is_some()
                || is_equipment(&text, catalogue))
    }

    pub(super) fn reaches(&self, maker: &MakerId, catalogue: &Catalogue) -> bool {
        let from = |country: &String| {
            let maker = catalogue.makers.get(maker);
            maker.is_some_and(|maker| maker.countries.contains(country))
        };
        self.makers.contains(maker) || self.countries.iter().any(from)
    }

    pub(super) fn given(&self) -> Option<Date> {
        self.given
    }

    pub(super) fn by(&self) -> Option<Date> {
        self.by
    }

    pub(super) fn ends_something(&self) -> bool {
        self.act != Act::StopBuying
    }
}

/// Whether a text in lower case names a device.
fn is_equipment(text: &str, catalogue: &Catalogue) -> bool {
    let context = &catalogue.words.context;
    let named = |word: &String| holds(text, word) || holds(text, &format!("{word}s"));
    context.camera.iter().chain(&context.equipment).any(named)
}

/// The places that a promise names, lower case.
fn places(text: &str, words: &AlertWords) -> Vec<String> {
    let is = |list: &[String], word: &str| {
        let lower = word.to_lowercase();
        list.iter()
            .any(|known| known == lower.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    let all: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let (anything, capital) = (is(&words.at, word), is(&words.within, word));
        if !anything && !capital {
            continue;
        }
        let mut name: Vec<&str> = Vec::new();
        for next in all.get(at + 1..).unwrap_or_default() {
            let bare = next.trim_matches(|c: char| !c.is_alphanumeric());
            let article = name.is_empty() && bare == "the";
            if article {
                continue;
            }
            let starts_low = !bare.starts_with(char::is_uppercase);
            let of_time_or_origin = is(&words.months, bare)
                || words.origin.iter().any(|origin| is(&origin.words, bare))
                || bare.chars().all(|c| c.is_ascii_digit());
            if bare.is_empty()
                || of_time_or_origin
                || is(&words.ends, bare)
                || name.is_empty() && is(&words.everywhere, bare)
                || capital && starts_low
            {
                break;
            }
            name.push(bare);
            if next.ends_with([',', '.', ';', ':', ')']) {
                break;
            }
        }
        if !name.is_empty() {
            found.push(name.join(" ").to_lowercase());
        }
    }
    found
}

/// Whether `text` holds `part` as whole words; both lower case.
fn holds(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + part.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
