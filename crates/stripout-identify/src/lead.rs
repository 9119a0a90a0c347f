//! "CCTV, maker not stated": records that speak of having or buying cameras and name no maker.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use stripout_catalogue::LeadWords;
use stripout_model::{DocumentKind, LeadSignal, Passage, Role, Shape};

use crate::normal::Normal;
use crate::scan::is_word;

/// How far what is said may stand from what it is said of.
const NEAR: usize = 100;

/// A line of a schedule is no longer than this.
const ITEM: usize = 120;

/// The signs, from the strongest to the weakest.
const CATEGORY: u8 = 0;
const CODE: u8 = 1;
const WORD: u8 = 2;
/// The payee's name alone.
const PAYEE: u8 = 3;

/// The compiled word lists.
#[derive(Debug)]
pub(crate) struct Leads {
    subjects: Option<Phrases>,
    weak_subjects: Option<Phrases>,
    settings: Option<Phrases>,
    acts: Option<Phrases>,
    categories: Option<Phrases>,
    not_cameras: Vec<Regex>,
    cpv: Vec<String>,
    weak_cpv: Vec<String>,
    /// Everything that could begin a lead.
    any: Option<Phrases>,
    /// A short line of what is read is an item by itself, as in a bid.
    items: bool,
}

#[derive(Debug)]
struct Phrases(AhoCorasick);

impl Phrases {
    fn new(list: &[String]) -> Option<Self> {
        if list.is_empty() {
            return None;
        }
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(list)
            .ok()
            .map(Self)
    }

    fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.0
            .find_iter(text)
            .map(|m| m.start()..m.end())
            .filter(|span| is_word(text, span))
    }
}

/// Why a word counts.
enum Ground {
    Word,
    Category,
    Code,
    Payee,
}

impl Leads {
    pub(crate) fn new(words: &LeadWords) -> Self {
        let lists = [
            &words.subjects,
            &words.weak_subjects,
            &words.categories,
            &words.cpv,
            &words.weak_cpv,
        ];
        let all: Vec<String> = lists.into_iter().flatten().cloned().collect();
        Self {
            any: Phrases::new(&all),
            subjects: Phrases::new(&words.subjects),
            weak_subjects: Phrases::new(&words.weak_subjects),
            settings: Phrases::new(&words.settings),
            acts: Phrases::new(&words.acts),
            categories: Phrases::new(&words.categories),
            not_cameras: words
                .not_cameras
                .iter()
                .filter_map(|p| Regex::new(p).ok())
                .collect(),
            cpv: words.cpv.clone(),
            weak_cpv: words.weak_cpv.clone(),
            items: false,
        }
    }

    /// For bids and schedules: a short line says by itself that what it names is offered.
    pub(crate) fn of_items(self) -> Self {
        Self { items: true, ..self }
    }

    /// The strongest sign in a record: a category, a code, then words. `dull` passages hold none.
    pub(crate) fn lead(
        &self,
        kind: DocumentKind,
        shape: Shape,
        passages: &[Passage<'_>],
        dull: impl Fn(usize) -> bool,
    ) -> Option<LeadSignal> {
        let mut best: Option<(u8, LeadSignal)> = None;
        let mut weak_code: Option<LeadSignal> = None;
        let mut cancelled = false;
        for (index, passage) in passages.iter().enumerate() {
            if dull(index)
                || matches!(
                    passage.role,
                    Role::Amount | Role::Date | Role::Url | Role::Contact
                )
            {
                continue;
            }
            let normal = Normal::new(&passage.text);
            if let Some((span, strong)) = self.code(&normal.text, passage.role) {
                let signal = signal(index, &normal, span, &passage.text, &Ground::Code);
                if strong {
                    best = stronger(best, CODE, signal);
                } else {
                    weak_code.get_or_insert(signal);
                }
            }
            let category = matches!(passage.role, Role::Category | Role::Classification);
            // Words weigh no more than what was found, and no longer cancel it.
            let settled = best.as_ref().is_some_and(|(rank, _)| *rank <= WORD);
            if settled && !category || !self.mentions_any(&normal.text) {
                continue;
            }
            let Some(found) = self.words(kind, shape, passage.role, &normal.text, &mut cancelled) else {
                continue;
            };
            let (rank, ground) = match passage.role {
                Role::Supplier => (PAYEE, Ground::Payee),
                Role::Body => continue,
                _ if category && self.is_category(&normal.text) => (CATEGORY, Ground::Category),
                _ => (WORD, Ground::Word),
            };
            best = stronger(best, rank, signal(index, &normal, found, &passage.text, &ground));
        }
        // A payee with cameras in its name sells more than cameras: what the row says of the payment wins.
        match best {
            Some((rank, signal)) => Some(signal).filter(|_| !cancelled || rank < PAYEE),
            None if cancelled => None,
            None => weak_code.filter(|_| passages.iter().any(|p| self.speaks_of_cameras(&p.text))),
        }
    }

    fn is_category(&self, text: &str) -> bool {
        self.categories
            .as_ref()
            .is_some_and(|c| c.find(text).next().is_some())
    }

    fn speaks_of_cameras(&self, text: &str) -> bool {
        let text = Normal::new(text).text;
        [&self.subjects, &self.weak_subjects]
            .into_iter()
            .flatten()
            .any(|p| p.find(&text).next().is_some())
    }

    fn code(&self, text: &str, role: Role) -> Option<(Range<usize>, bool)> {
        if !matches!(role, Role::Classification | Role::Reference | Role::Category) {
            return None;
        }
        let bare = text.trim();
        let digits = bare.split('-').next().unwrap_or(bare);
        if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let start = text.len() - text.trim_start().len();
        let span = start..start + bare.len();
        let begins = |list: &[String]| list.iter().any(|code| digits.starts_with(code.as_str()));
        begins(&self.cpv)
            .then(|| (span.clone(), true))
            .or_else(|| begins(&self.weak_cpv).then_some((span, false)))
    }

    /// The camera word that makes a text a lead.
    fn words(
        &self,
        kind: DocumentKind,
        shape: Shape,
        role: Role,
        text: &str,
        cancelled: &mut bool,
    ) -> Option<Range<usize>> {
        let found = |phrases: &Option<Phrases>, strong| -> Vec<(Range<usize>, bool)> {
            phrases
                .iter()
                .flat_map(|p| p.find(text))
                .map(|span| (span, strong))
                .collect()
        };
        let mut subjects = found(&self.subjects, true);
        subjects.extend(found(&self.weak_subjects, false));
        if subjects.is_empty() {
            return None;
        }
        let covers = self.not_cameras.iter().flat_map(|r| r.find_iter(text));
        let covers: Vec<Range<usize>> = covers.map(|m| m.range()).collect();
        // In a payment, contract or asset list the row itself says that something is bought or held.
        let stated = matches!(
            kind,
            DocumentKind::Spend | DocumentKind::Contract | DocumentKind::Asset
        ) || shape == Shape::Row
            || self.items && text.len() <= ITEM;
        for (span, is_strong) in subjects {
            if covers.iter().any(|c| c.start < span.end && span.start < c.end) {
                *cancelled = true;
                continue;
            }
            let set = is_strong || near(self.settings.as_ref(), text, &span);
            let said = stated || role == Role::Category || near(self.acts.as_ref(), text, &span);
            if set && said {
                return Some(span);
            }
        }
        None
    }

    /// Whether a text in normal form holds a word, category or code that could make a lead.
    pub(crate) fn mentions_any(&self, text: &str) -> bool {
        self.any
            .as_ref()
            .is_some_and(|any| any.find(text).next().is_some())
    }
}

fn near(phrases: Option<&Phrases>, text: &str, span: &Range<usize>) -> bool {
    phrases.is_some_and(|phrases| {
        phrases.find(text).any(|found| {
            let apart = span
                .start
                .saturating_sub(found.end)
                .max(found.start.saturating_sub(span.end));
            apart <= NEAR && (found.end <= span.start || span.end <= found.start)
        })
    })
}

fn stronger(best: Option<(u8, LeadSignal)>, rank: u8, signal: LeadSignal) -> Option<(u8, LeadSignal)> {
    match best {
        Some((held, _)) if held <= rank => best,
        _ => Some((rank, signal)),
    }
}

fn signal(passage: usize, normal: &Normal, span: Range<usize>, source: &str, ground: &Ground) -> LeadSignal {
    let span = normal.source_span(span);
    let words = source.get(span.clone()).unwrap_or_default();
    let why = match ground {
        Ground::Word => format!("the text speaks of cameras (\"{words}\") and names no maker"),
        Ground::Category => format!(
            "the spending category speaks of cameras (\"{}\") and no maker is named",
            source.trim()
        ),
        Ground::Code => format!("the procurement code {words} stands for cameras and no maker is named"),
        Ground::Payee => format!("the payee's name speaks of cameras (\"{words}\") and no maker is named"),
    };
    LeadSignal { passage, span, why }
}
