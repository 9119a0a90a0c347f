//! Whether what came after agrees with a promise: its maker, its place, its day.

use jiff::civil::Date;
use stripout_catalogue::{AlertWords, Catalogue, Stretch, Words};
use stripout_model::{Act, Commitment, Confidence, DocumentKind, MakerId, Sighting, Stance, Statement, Via};

/// Words of a sort of place.
const PLACE: usize = 3;

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
    /// What instruments call the devices that it names; empty: all.
    equipment: Vec<String>,
    ends: Option<Expiry>,
}

/// Up to when a promise to stop holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expiry {
    After(Date),
    /// With something that has no day.
    Unknown,
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
        // Where a unit was made is another question than where its maker is, and nothing answers it.
        let made = words.manufacture.iter().any(named);
        let countries: Vec<String> = words
            .origin
            .iter()
            .filter(|origin| !made && origin.words.iter().any(named))
            .map(|origin| origin.country.clone())
            .collect();
        if makers.is_empty() && countries.is_empty() && !made && said.act != Act::StopBuying {
            makers.extend_from_slice(beside);
        }
        Self {
            act: said.act,
            given: said.days.said.or(said.days.document),
            by: said.by.as_ref().and_then(|by| by.date),
            makers,
            countries,
            places: places(&said.evidence.excerpt, &catalogue.words),
            equipment: equipment(&lower, &catalogue.words),
            ends: (said.act == Act::StopBuying)
                .then(|| expiry(&said.evidence.excerpt, words))
                .flatten(),
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
        if !self.places.is_empty() && !self.places.iter().any(|place| at_place(&text, place)) {
            return false;
        }
        let device = what.installation.device.clone().into_iter();
        let model = what.model.as_ref().and_then(|id| catalogue.models.get(id));
        let devices: Vec<String> = device.chain(model.map(|model| model.device.clone())).collect();
        let known = catalogue
            .words
            .installation
            .equipment(&devices)
            .map(str::to_owned);
        let mut sorts = equipment(&text, &catalogue.words);
        sorts.extend(known);
        let other = |sort: &String| !self.equipment.contains(sort);
        if !self.equipment.is_empty() && !sorts.is_empty() && sorts.iter().all(other) {
            return false;
        }
        let bought = Self::is_purchase(seen, catalogue);
        match self.act {
            Act::StopBuying => {
                let over = match self.ends {
                    Some(Expiry::After(last)) => day > last,
                    Some(Expiry::Unknown) => true,
                    None => false,
                };
                bought
                    && !over
                    && match (self.by.filter(|_| self.ends.is_none()), self.given) {
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

/// What instruments call the devices that a text in lower case names.
fn equipment(text: &str, words: &Words) -> Vec<String> {
    let named = |word: &String| holds(text, word);
    let known = words.installation.device.iter();
    let known = known.filter(|device| device.words.iter().any(named));
    let mut all: Vec<String> = known.map(|device| device.equipment.clone()).collect();
    let others = words.alert.other_devices.iter().filter(|word| named(word));
    all.extend(others.map(|_| "other".to_owned()));
    all.sort();
    all.dedup();
    all
}

/// The end of a promise that does not hold for ever: `until June 2022`.
fn expiry(text: &str, words: &AlertWords) -> Option<Expiry> {
    let all: Vec<&str> = text.split_whitespace().map(bare).collect();
    let at = all.iter().position(|word| is(&words.expires, word))?;
    let rest = all.get(at + 1..).unwrap_or_default();
    let year = |word: &&str| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
    let Some(year_at) = rest.iter().position(year) else {
        return Some(Expiry::Unknown);
    };
    let before = |n: usize| {
        year_at
            .checked_sub(n)
            .and_then(|at| rest.get(at))
            .copied()
            .unwrap_or_default()
    };
    let month = words
        .months
        .iter()
        .position(|month| before(1).eq_ignore_ascii_case(month));
    let year = rest.get(year_at).copied().unwrap_or_default();
    let day: Option<u8> = before(2).trim_end_matches(char::is_alphabetic).parse().ok();
    let stretch = match (month, day) {
        (Some(month), Some(day)) => format!("{year}-{:02}-{day:02}", month + 1),
        (Some(month), None) => format!("{year}-{:02}", month + 1),
        (None, _) => year.to_owned(),
    };
    let last = stretch.parse::<Stretch>().map(|stretch| stretch.last);
    Some(last.map_or(Expiry::Unknown, Expiry::After))
}

/// The places that a promise names, lower case.
fn places(text: &str, words: &Words) -> Vec<String> {
    let mut found = named_places(text, &words.alert);
    found.extend(sorts_of_place(text, words));
    found
}

/// Sorts of places: `for its car parks` is `car park`.
fn sorts_of_place(text: &str, words: &Words) -> Vec<String> {
    let site = &words.installation.site;
    let all: Vec<String> = text
        .split_whitespace()
        .map(|word| bare(word).to_lowercase())
        .collect();
    let single = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    let mut found = Vec::new();
    for (at, _) in all.iter().enumerate().filter(|(_, word)| site.at.contains(*word)) {
        let rest = all.get(at + 1..).unwrap_or_default().iter();
        let told = |word: &&String| site.articles.contains(*word) || words.alert.everywhere.contains(*word);
        let name: Vec<&String> = rest.skip_while(told).take(PLACE).collect();
        // The longest comes first: a car park is no park.
        let sort = (1..=name.len()).rev().find_map(|length| {
            let (last, first) = name.get(..length)?.split_last()?;
            let first: Vec<&str> = first.iter().map(|word| word.as_str()).collect();
            let sort = [first.as_slice(), &[single(last).as_str()]].concat().join(" ");
            site.nouns.iter().any(|noun| single(noun) == sort).then_some(sort)
        });
        found.extend(sort.filter(|sort| !words.alert.general.contains(sort)));
    }
    found
}

/// Names of places: `at Town Hall`.
fn named_places(text: &str, words: &AlertWords) -> Vec<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let (anything, capital) = (is(&words.at, word), is(&words.within, word));
        if !anything && !capital {
            continue;
        }
        let mut name: Vec<&str> = Vec::new();
        for next in all.get(at + 1..).unwrap_or_default() {
            let bare = bare(next);
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

/// A word without marks.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a list in lower case has a word.
fn is(list: &[String], word: &str) -> bool {
    let lower = word.to_lowercase();
    list.iter().any(|known| known == bare(&lower))
}

/// Whether a text in lower case names a place, one or several of its sort.
fn at_place(text: &str, place: &str) -> bool {
    holds(text, place) || holds(text, &format!("{place}s"))
}

/// Whether `text` holds `part` as whole words; both lower case.
fn holds(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + part.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
