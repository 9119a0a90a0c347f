//! The words of a name beside the words of a body's names.

use rapidfuzz::distance::osa;

use super::fold::key;
use super::index::{Index, Name, Token, TokenFacts};
use super::words::NameWords;

/// How much of a word counts that is written with a slip, and of one of form that stands for another of its class.
const SLIP: f32 = 0.9;
const SAME_CLASS: f32 = 0.8;

/// Weight of a word that no body's name has.
const UNKNOWN: f32 = 1.0;

/// Least share of the words of form that tells a body from others that are called after the same area.
const TELLING: f32 = 0.5;

/// How well a name fits a body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    pub name: usize,
    /// 0 to 1: share of the name that the body's has, times share of the body's own words that the name has.
    pub score: f32,
    /// A word was read as a misspelling.
    pub slip: bool,
    /// It is like the body's name, and cannot be it.
    pub other: bool,
}

struct Word<'i> {
    /// What it is, or may be a misspelling of.
    options: Vec<(Token, &'i TokenFacts)>,
    sureness: f32,
}

impl Word<'_> {
    /// It names a place that the name does not.
    fn is_place_beside(&self, name: &Name) -> bool {
        self.sureness >= 1.0
            && matches!(self.options.as_slice(), [(token, facts)] if facts.place && !name.tokens.contains(token))
    }
}

/// What the words of a name say together.
struct Said {
    classes: u32,
    ranks: u8,
    /// It has words of form.
    form: bool,
    /// Its own words are a name that many places have: then every word has to fit.
    ambiguous: bool,
    /// Words without which a council's name is another's.
    exacting: Vec<Token>,
    /// Its own words are those of a nation.
    nation: bool,
}

/// The best fit of each body that shares a rare word with the name, best first.
pub(super) fn fits(folded: &[String], index: &Index, words: &NameWords) -> Vec<(usize, Fit)> {
    let read = read(folded, index, words);
    let said = said(folded, &read, index, words);
    if said.nation {
        return Vec::new();
    }
    let slip = read
        .iter()
        .any(|word| !word.options.is_empty() && word.sureness < 1.0);
    let mut best: Vec<(usize, Fit)> = Vec::new();
    for place in candidates(&read) {
        let Some(name) = index.names.get(place) else {
            continue;
        };
        let classes = index.classes.get(name.body).copied().unwrap_or(0);
        let conflict = if said.classes == 0 {
            classes & index.areal != 0
        } else {
            said.classes & !classes != 0
        };
        // `Lancashire Combined County Authority` says nothing of a fire service, and `Combined Fire Authority` does.
        let kinds = index.kinds.get(name.body).copied().unwrap_or(0);
        let untold = name.classes & kinds & index.areal & !said.classes;
        let outranked = said.ranks != 0 && name.ranks != 0 && said.ranks & name.ranks == 0;
        let exact = |token: &Token| index.exact.contains(&(name.body, *token));
        if conflict || untold != 0 || outranked || !said.exacting.iter().all(exact) {
            continue;
        }
        if let Some((score, form)) = score(&read, name, &said) {
            // `NHS Sussex` may be a board and any of three trusts, and `NHS Surrey and Sussex` is not of Sussex alone.
            let crowded = kinds & index.crowded != 0 && form < TELLING;
            let fit = Fit {
                name: place,
                score,
                slip,
                other: crowded || read.iter().any(|word| word.is_place_beside(name)),
            };
            match best.iter_mut().find(|(body, _)| *body == name.body) {
                Some((_, best)) if best.score >= score => {}
                Some((_, best)) => *best = fit,
                None => best.push((name.body, fit)),
            }
        }
    }
    best.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
    best
}

fn read<'i>(folded: &[String], index: &'i Index, words: &NameWords) -> Vec<Word<'i>> {
    let mut read: Vec<Word<'i>> = Vec::with_capacity(folded.len());
    for word in folded.iter().filter(|word| !words.ignore.contains(*word)) {
        let known = index
            .vocabulary
            .get(word)
            .and_then(|token| Some((*token, index.token(*token)?)));
        match known {
            Some(known)
                if read
                    .iter()
                    .any(|word| word.options.iter().any(|(token, _)| *token == known.0)) => {}
            Some(known) => read.push(Word {
                options: vec![known],
                sureness: 1.0,
            }),
            None => read.push(Word {
                options: corrected(word, index, words),
                sureness: SLIP,
            }),
        }
    }
    read
}

fn said(folded: &[String], read: &[Word<'_>], index: &Index, words: &NameWords) -> Said {
    let mut said = Said {
        classes: 0,
        ranks: 0,
        form: false,
        ambiguous: false,
        exacting: Vec::new(),
        nation: false,
    };
    for word in read {
        if let [(_, facts)] = word.options.as_slice() {
            said.classes |= facts.classes;
            said.ranks |= facts.rank;
            said.form |= facts.form;
        }
    }
    let own: Vec<String> = folded
        .iter()
        .filter(|word| {
            index
                .vocabulary
                .get(*word)
                .and_then(|token| index.token(*token))
                .is_none_or(|facts| !facts.form)
        })
        .cloned()
        .collect();
    let mut telling = own.iter().filter(|word| !words.ignore.contains(*word)).peekable();
    let some = telling.peek().is_some();
    said.nation = some && telling.clone().all(|word| index.nations.contains(word));
    // A place, or several, without a word of form is a council's, if anybody's.
    let places = read.len() == 1 || some && telling.all(|word| index.is_place(word));
    if said.classes == 0 && (said.ranks != 0 || places && !said.form) {
        said.classes = index.implied;
    }
    said.ambiguous = key(&own, words).is_some_and(|key| index.is_ambiguous(&key));
    if said.classes & index.implied != 0 {
        let exacting = folded.iter().filter(|word| words.exacting.contains(*word));
        said.exacting = exacting
            .filter_map(|word| index.vocabulary.get(word).copied())
            .collect();
    }
    said
}

/// 0 to 1, and how many of the body's words of form are there; `None` where no word of the body's own is shared.
fn score(read: &[Word<'_>], name: &Name, said: &Said) -> Option<(f32, f32)> {
    let (mut whole, mut shared, mut core, mut form) = (0.0, 0.0, 0.0, 0.0);
    for word in read {
        if let Some((_, facts)) = word.options.iter().find(|(token, _)| name.tokens.contains(token)) {
            let weight = facts.weight * word.sureness;
            whole += facts.weight;
            shared += weight;
            *(if facts.form { &mut form } else { &mut core }) += weight;
            continue;
        }
        let weight = word
            .options
            .iter()
            .map(|(_, facts)| facts.weight)
            .fold(0.0, f32::max);
        whole += if word.options.is_empty() { UNKNOWN } else { weight };
        let stands_for_another = word
            .options
            .iter()
            .any(|(_, facts)| facts.form && (facts.classes != 0 || facts.rank & name.ranks != 0));
        if stands_for_another && !said.ambiguous {
            shared += weight * SAME_CLASS;
        } else if said.ambiguous {
            return None;
        }
    }
    if name.core <= 0.0 || core <= 0.0 || whole <= 0.0 {
        return None;
    }
    let form = if name.form > 0.0 { form / name.form } else { 1.0 };
    let own = (shared / whole) * (core / name.core);
    Some((own * (0.85 + 0.15 * form), form))
}

/// Names that have one of the two rarest words that are a body's own.
fn candidates(read: &[Word<'_>]) -> Vec<usize> {
    let mut rare: Vec<&[usize]> = read
        .iter()
        .flat_map(|word| word.options.iter().map(|(_, facts)| *facts))
        .filter(|facts| !facts.form && !facts.names.is_empty())
        .map(|facts| facts.names.as_slice())
        .collect();
    rare.sort_by_key(|names| names.len());
    let mut names: Vec<usize> = rare.into_iter().take(2).flatten().copied().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The words that this may be a misspelling of: same first letter, one slip in five letters or more, two in ten or more.
fn corrected<'i>(word: &str, index: &'i Index, words: &NameWords) -> Vec<(Token, &'i TokenFacts)> {
    let letters: Vec<char> = word.chars().collect();
    let allowed = match letters.len() {
        0..=4 => return Vec::new(),
        5..=9 => 1,
        _ => 2,
    };
    if words.places.contains(word) || words.short.contains_key(word) {
        return Vec::new();
    }
    let mut least = allowed;
    let mut near = Vec::new();
    for token in letters.first().map_or(&[][..], |first| index.near(*first)) {
        let Some(facts) = index.token(*token) else {
            continue;
        };
        if facts.text.len().abs_diff(letters.len()) > least || facts.text.len() < 4 {
            continue;
        }
        let within = osa::Args::default().score_cutoff(least);
        let distance = osa::distance_with_args(letters.iter().copied(), facts.text.iter().copied(), &within);
        if let Some(distance) = distance {
            if distance < least {
                near.clear();
                least = distance;
            }
            near.push((*token, facts));
        }
    }
    near
}
