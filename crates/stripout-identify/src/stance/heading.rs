//! What stands under a heading, or behind the label of a row, by its words.

use std::collections::BTreeSet;

use stripout_catalogue::{CountWords, TableWords};
use stripout_model::Stance;

/// What a heading says of the cells under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// Nothing is written there.
    Blank,
    /// `Total`: the cells sum up others.
    Sum,
    /// `In use`, `Decommissioned`: said of what is counted there.
    Says(Stance),
    /// `Number of cameras`
    Things,
    /// `2021`, `Quarter`
    Time,
    /// `Cost`, `Model`: no number of devices.
    Other,
    /// A place, a body, or words that no list knows.
    Name,
}

#[derive(Debug)]
pub(crate) struct HeadingRules {
    places: BTreeSet<String>,
    makes: BTreeSet<String>,
    times: Vec<Vec<String>>,
    others: BTreeSet<String>,
    fillers: BTreeSet<String>,
    things: BTreeSet<String>,
    sums: Vec<Vec<String>>,
    wholes: BTreeSet<String>,
    blanks: BTreeSet<String>,
    /// The longest first.
    states: Vec<(Vec<String>, Stance)>,
    offers: BTreeSet<String>,
    successors: BTreeSet<String>,
    purchases: BTreeSet<String>,
    holdings: Vec<Vec<String>>,
    days: Vec<(String, Stance)>,
    plans: BTreeSet<String>,
    done: BTreeSet<String>,
    keeps: BTreeSet<String>,
    leaves: BTreeSet<String>,
}

const YEARS: std::ops::Range<u32> = 1_980..2_100;

impl HeadingRules {
    pub(crate) fn new(words: &TableWords, counts: &CountWords) -> Self {
        let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<String>>();
        let phrases = |list: &[String]| list.iter().map(|phrase| split(phrase)).collect::<Vec<_>>();
        let things = [&counts.units, &counts.quantity, &counts.amounts];
        let fillers = [&words.fillers, &counts.between, &counts.multipliers];
        let joined = |list: &[String]| list.iter().map(|heading| split(heading).join(" ")).collect();
        let days = words.day.iter();
        let days = days.flat_map(|day| {
            day.headings
                .iter()
                .map(|heading| (split(heading).join(" "), day.says))
        });
        let mut states: Vec<(Vec<String>, Stance)> = Vec::new();
        for state in &words.state {
            states.extend(state.headings.iter().map(|heading| (split(heading), state.says)));
        }
        states.sort_by_key(|(heading, _)| std::cmp::Reverse(heading.len()));
        Self {
            places: set(&words.places),
            makes: joined(&words.makes),
            offers: joined(&words.offers),
            successors: joined(&words.successors),
            purchases: set(&words.purchases),
            holdings: phrases(&words.holdings),
            plans: joined(&words.plans),
            done: joined(&words.done),
            keeps: set(&words.keeps),
            leaves: set(&words.leaves),
            days: days.collect(),
            times: phrases(&words.times),
            others: set(&words.others),
            fillers: fillers.into_iter().flatten().cloned().collect(),
            things: things.into_iter().flatten().cloned().collect(),
            sums: phrases(&words.sums),
            wholes: joined(&words.wholes),
            blanks: set(&words.blanks),
            states,
        }
    }

    /// What the words of a heading or label say, without the name of a maker in it.
    pub(crate) fn of(&self, heading: &str) -> Head {
        let words = split(heading);
        let plain = |word: &String| self.fillers.contains(word) || self.things.contains(word);
        if words.is_empty() {
            return Head::Blank;
        }
        let state = self.states.iter().find_map(|(phrase, says)| {
            let at = find(&words, phrase)?;
            let mut rest = words.iter().enumerate();
            let alone =
                rest.all(|(i, word)| (at..at + phrase.len()).contains(&i) || plain(word) || is_year(word));
            alone.then_some(*says)
        });
        if let Some(says) = state {
            return Head::Says(says);
        }
        let opens = |phrase: &Vec<String>| find(&words, phrase) == Some(0);
        if words.iter().any(|word| is_year(word))
            || self.times.iter().any(|time| find(&words, time).is_some())
        {
            return Head::Time;
        }
        if self.sums.iter().any(opens) || self.wholes.contains(&words.join(" ")) {
            return Head::Sum;
        }
        if words.iter().all(plain) {
            return if words.iter().any(|word| self.things.contains(word)) {
                Head::Things
            } else {
                Head::Blank
            };
        }
        let other = |word: &String| self.others.contains(word);
        if words.iter().any(other) && words.iter().all(|word| other(word) || plain(word)) {
            return Head::Other;
        }
        Head::Name
    }

    /// `Site`, `Town Hall`
    pub(crate) fn is_place(&self, heading: &str) -> bool {
        split(heading).iter().any(|word| self.places.contains(word))
    }

    /// `Make`, `Manufacturer`
    pub(crate) fn is_make(&self, heading: &str) -> bool {
        self.makes.contains(&split(heading).join(" "))
    }

    /// `Brands offered`
    pub(crate) fn is_offer(&self, heading: &str) -> bool {
        let words = split(heading).join(" ");
        self.offers.contains(&words) || self.successors.contains(&words)
    }

    /// `Replacement make`
    pub(crate) fn is_successor(&self, heading: &str) -> bool {
        self.successors.contains(&split(heading).join(" "))
    }

    /// `Proposed action`
    pub(crate) fn is_plan(&self, heading: &str) -> bool {
        self.plans.contains(&split(heading).join(" "))
    }

    /// `Completed`, under such a heading.
    pub(crate) fn is_done(&self, cell: &str) -> bool {
        self.done.contains(&split(cell).join(" "))
    }

    /// `Retain`, under such a heading.
    pub(crate) fn is_kept(&self, cell: &str) -> bool {
        split(cell).first().is_some_and(|word| self.keeps.contains(word))
    }

    /// `decommission`, under such a heading.
    pub(crate) fn tells_removal(&self, cell: &str) -> bool {
        split(cell).iter().any(|word| self.leaves.contains(word))
    }

    /// What came to be on the days under a heading: `Date out`.
    pub(crate) fn day_of(&self, heading: &str) -> Option<Stance> {
        let words = split(heading).join(" ");
        let day = self.days.iter().find(|(known, _)| *known == words)?;
        Some(day.1)
    }

    /// `Cameras purchased`
    pub(crate) fn tells_purchases(&self, words: &str) -> bool {
        split(words).iter().any(|word| self.purchases.contains(word))
    }

    /// `Cameras in use at 31 March`
    pub(crate) fn tells_holdings(&self, words: &str) -> bool {
        let words = split(words);
        self.holdings.iter().any(|phrase| find(&words, phrase).is_some())
    }

    /// The year of a heading, the first of `2021/22`.
    pub(crate) fn year(heading: &str) -> Option<u32> {
        let words = split(heading);
        let mut years = words.iter().filter_map(|word| word.parse().ok());
        years.find(|year| YEARS.contains(year))
    }

    /// `Number of cameras`: things that are counted are named.
    pub(crate) fn names_things(&self, heading: &str) -> bool {
        split(heading).iter().any(|word| self.things.contains(word))
    }

    /// `n/a`, a dash: what is written where there is nothing to say.
    pub(crate) fn is_blank(&self, cell: &str) -> bool {
        let cell = cell.trim();
        cell.is_empty() || self.blanks.contains(&cell.to_lowercase())
    }
}

fn is_year(word: &str) -> bool {
    word.parse().is_ok_and(|year| YEARS.contains(&year))
}

/// Words in lower case, without marks.
fn split(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    parts
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Where the words of `phrase` stand in a row.
fn find(words: &[String], phrase: &[String]) -> Option<usize> {
    words.windows(phrase.len().max(1)).position(|run| run == phrase)
}
