//! Long names misspelt, split, glued or damaged.
//!
//! Only names that the catalogue allows typos for. A length and letter test throws away nearly every token before any
//! distance is computed; the distance is optimal string alignment on forms in which letters that scanners and clerks
//! confuse are the same.

use std::collections::HashSet;
use std::ops::Range;

use rapidfuzz::distance::osa;
use stripout_catalogue::ContextWords;

use crate::letters::{FEW, Letters, MOST, Sketch, any_near};
use crate::spelling::Spelling;
use crate::token::Token;

/// From this length on a name bears one error by itself.
pub(crate) const LONG: usize = 8;
/// The shortest beginning of a long name that a narrow column can leave of it.
pub(crate) const SHORTEST_STUMP: usize = 6;
const MOST_PARTS: usize = 3;
/// Letters that may be missing at the beginning of an ordinary word.
const CUT: usize = 2;

/// The names that may be misspelt.
#[derive(Debug)]
pub(crate) struct Fuzzy {
    /// By length.
    names: Vec<FuzzyName>,
    /// What the quick look needs of each, close together.
    sketches: Vec<(Sketch, usize)>,
    /// The letters alone, for a look at all of them before that; empty where a name bears more errors than it allows.
    masks: Vec<u32>,
    /// For each length of a word the names it could be.
    by_length: Vec<Range<usize>>,
    longest: usize,
    never: HashSet<String>,
    doubtful: HashSet<String>,
    common: HashSet<String>,
}

#[derive(Debug)]
struct FuzzyName {
    spelling: usize,
    text: String,
    letters: Letters,
    typos: usize,
}

/// A misspelling found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misspelling {
    pub(crate) spelling: usize,
    pub(crate) span: Range<usize>,
    pub(crate) distance: u8,
    pub(crate) damage: Damage,
    pub(crate) needs: Needs,
}

/// What happened to the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Damage {
    /// Written in pieces; with other letters too when the distance is above 0.
    Split,
    /// In pieces of which the last is an ordinary word.
    SplitAtWord,
    /// One letter at a time.
    SpacedOut,
    /// Letters missing, added, swapped or changed.
    Misspelt,
    /// Characters that scanners confuse with the right ones.
    MisRead,
    /// Only its beginning is there, as at the end of a narrow column.
    CutOff,
}

/// What must stand nearby before it is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Needs {
    Nothing,
    /// Camera words, words of equipment, or another maker.
    Equipment,
    /// The same as words: what the sieve sees without the name, too.
    EquipmentWord,
    /// Camera words, or another maker.
    Camera,
}

impl Fuzzy {
    pub(crate) fn new(spellings: &[Spelling], words: &ContextWords) -> Self {
        let set = |list: &[String]| list.iter().map(|w| w.replace(['-', ' '], "")).collect();
        let mut names: Vec<FuzzyName> = spellings
            .iter()
            .enumerate()
            .filter(|(_, s)| s.typos > 0 && s.letters().is_ascii())
            .filter_map(|(spelling, s)| {
                let text = s.letters();
                Some(FuzzyName {
                    spelling,
                    letters: Letters::new(&text)?,
                    text,
                    typos: s.typos.into(),
                })
            })
            .collect();
        names.sort_by_key(|n| n.letters.len());
        let most = names.iter().map(|n| n.typos).max().unwrap_or(0);
        let longest = names.iter().map(|n| n.letters.len() + n.typos).max().unwrap_or(0);
        let from = |length: usize| names.partition_point(|n| n.letters.len() + most < length);
        let to = |length: usize| names.partition_point(|n| n.letters.len() <= length + most);
        Self {
            by_length: (0..=longest).map(|length| from(length)..to(length)).collect(),
            longest,
            sketches: names.iter().map(|n| (n.letters.sketch(), n.typos)).collect(),
            masks: names
                .iter()
                .filter(|_| most <= FEW)
                .map(|n| n.letters.mask())
                .collect(),
            names,
            never: words.false_friends.iter().flat_map(|word| tails(word)).collect(),
            doubtful: set(&words.doubtful_friends),
            common: set(&words.common_pieces),
        }
    }

    /// Every misspelling in a text. `taken` says which tokens an exact hit holds already.
    pub(crate) fn find(
        &self,
        text: &str,
        tokens: &[Token],
        taken: impl Fn(&Token) -> bool,
    ) -> Vec<Misspelling> {
        let mut found = Vec::new();
        if self.names.is_empty() {
            return found;
        }
        let mut run = 0..0;
        for (index, token) in tokens.iter().enumerate() {
            let Some(word) = text.get(token.clone()).filter(|w| w.is_ascii()) else {
                continue;
            };
            if word.len() == 1 {
                let goes_on = index
                    .checked_sub(1)
                    .and_then(|i| tokens.get(i))
                    .is_some_and(|last| token.start - last.end <= 2);
                run = if run.end == index && goes_on {
                    run.start..index + 1
                } else {
                    index..index + 1
                };
                let more = tokens
                    .get(index + 1)
                    .is_some_and(|next| next.len() == 1 && next.start - token.end <= 2);
                if run.len() > 1 && !more {
                    self.spaced_out(text, tokens.get(run.clone()).unwrap_or_default(), &mut found);
                }
                if run.len() > 1 {
                    continue;
                }
            }
            if taken(token) {
                continue;
            }
            self.single(text, token, word, &mut found);
            self.joined(text, tokens, index, &taken, &mut found);
        }
        found
    }

    /// Whether one token, in any case, is a misspelling that is believed without anything beside it.
    pub(crate) fn misspells(&self, token: &str) -> bool {
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 && Letters::new(token).is_none_or(|letters| self.near(&letters).next().is_none()) {
            return false;
        }
        let token = token.to_ascii_lowercase();
        let mut found = Vec::new();
        self.single(&token, &(0..token.len()), &token, &mut found);
        found.iter().any(|m| m.needs == Needs::Nothing)
    }

    /// One token, also without a number glued in front: `10xName`.
    fn single(&self, text: &str, token: &Token, word: &str, found: &mut Vec<Misspelling>) {
        if word.len() > MOST {
            return;
        }
        self.compare(
            Letters::new(word),
            || word.to_owned(),
            token,
            Damage::Misspelt,
            found,
        );
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let glued = word.get(digits..).unwrap_or_default();
            let bare = glued.strip_prefix('x').unwrap_or(glued);
            let span = token.end - bare.len()..token.end;
            self.compare(
                Letters::new(bare),
                || bare.to_owned(),
                &span,
                Damage::Misspelt,
                found,
            );
        }
        self.stump(text, token, word, found);
    }

    /// Two or three short tokens as one word.
    fn joined(
        &self,
        text: &str,
        tokens: &[Token],
        index: usize,
        taken: &impl Fn(&Token) -> bool,
        found: &mut Vec<Misspelling>,
    ) {
        let Some(first) = tokens.get(index) else { return };
        let Some(mut letters) = text.get(first.clone()).and_then(Letters::new) else {
            return;
        };
        let mut last = first;
        for next in tokens
            .get(index + 1..)
            .unwrap_or_default()
            .iter()
            .take(MOST_PARTS - 1)
        {
            let piece = text.get(next.clone()).filter(|piece| piece.is_ascii());
            let gap = text.get(last.end..next.start).unwrap_or_default();
            let Some(piece) = piece.filter(|p| letters.len() + p.len() <= self.longest && joins(gap)) else {
                return;
            };
            if taken(next) || !letters.push(piece) {
                return;
            }
            last = next;
            let damage = || {
                if self.common.contains(piece) {
                    Damage::SplitAtWord
                } else {
                    Damage::Split
                }
            };
            let parts = || {
                tokens
                    .get(index..)
                    .unwrap_or_default()
                    .iter()
                    .take_while(|t| t.end <= last.end)
            };
            let whole = || parts().filter_map(|t| text.get(t.clone())).collect();
            if self.near(&letters).next().is_some() {
                self.compare(Some(letters), whole, &(first.start..last.end), damage(), found);
            }
        }
    }

    /// A run of single letters: as a whole, and any part that is a name.
    fn spaced_out(&self, text: &str, run: &[Token], found: &mut Vec<Misspelling>) {
        let joined = |part: &[Token]| -> String { part.iter().filter_map(|t| text.get(t.clone())).collect() };
        let mut lengths: Vec<usize> = self.names.iter().map(|n| n.letters.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        for part in lengths.into_iter().flat_map(|length| run.windows(length)) {
            let letters = joined(part);
            if let ([first, .., last], true) = (part, self.names.iter().any(|n| n.text == letters)) {
                self.compare(
                    Letters::new(&letters),
                    || letters.clone(),
                    &(first.start..last.end),
                    Damage::SpacedOut,
                    found,
                );
            }
        }
        if let ([first, .., last], true) = (run, run.len() <= self.longest) {
            let whole = joined(run);
            self.compare(
                Letters::new(&whole),
                || whole.clone(),
                &(first.start..last.end),
                Damage::SpacedOut,
                found,
            );
        }
    }

    /// The beginning of a long name at the end of its cell or line.
    fn stump(&self, text: &str, token: &Token, word: &str, found: &mut Vec<Misspelling>) {
        if word.len() < SHORTEST_STUMP {
            return;
        }
        let rest = text
            .get(token.end..)
            .unwrap_or_default()
            .trim_start_matches([' ', '.']);
        if !rest.is_empty() && !rest.starts_with(['|', '\n', ';', '\t']) {
            return;
        }
        for name in self
            .names
            .iter()
            .filter(|n| n.letters.len() >= LONG && n.letters.len() > word.len())
        {
            if name.text.starts_with(word) && !self.never.contains(word) && !self.doubtful.contains(word) {
                found.push(Misspelling {
                    spelling: name.spelling,
                    span: token.clone(),
                    distance: u8::try_from(name.letters.len() - word.len()).unwrap_or(u8::MAX),
                    damage: Damage::CutOff,
                    needs: Needs::Nothing,
                });
            }
        }
    }

    /// The names that a quick look at the letters does not rule out.
    fn near(&self, letters: &Letters) -> impl Iterator<Item = &FuzzyName> {
        let mut range = self.by_length.get(letters.len()).cloned().unwrap_or(0..0);
        if let Some(masks) = self.masks.get(range.clone())
            && !any_near(masks, letters)
        {
            range = 0..0;
        }
        let sketch = letters.sketch();
        let sketches = self.sketches.get(range.clone()).unwrap_or_default();
        let near = range
            .zip(sketches)
            .filter(move |(_, (other, typos))| sketch.may_be_near(*other, *typos));
        near.filter_map(|(index, _)| self.names.get(index))
    }

    fn compare(
        &self,
        letters: Option<Letters>,
        word: impl Fn() -> String,
        span: &Range<usize>,
        damage: Damage,
        found: &mut Vec<Misspelling>,
    ) {
        let Some(letters) = letters else { return };
        for name in self.near(&letters) {
            let within = osa::Args::default().score_cutoff(name.typos);
            let (folded, registered) = (letters.as_slice(), name.letters.as_slice());
            let distance =
                osa::distance_with_args(folded.iter().copied(), registered.iter().copied(), &within);
            let Some(distance) = distance else { continue };
            let word = word();
            let misread = distance == 0 && word != name.text;
            let in_pieces = matches!(damage, Damage::Split | Damage::SplitAtWord | Damage::SpacedOut);
            if (distance == 0 && !misread && !in_pieces) || self.never.contains(&word) {
                continue;
            }
            let Some(mut needs) = needs(folded, registered, distance, damage) else {
                continue;
            };
            if self.doubtful.contains(&word) {
                needs = Needs::Camera;
            }
            found.push(Misspelling {
                spelling: name.spelling,
                span: span.clone(),
                distance: u8::try_from(distance).unwrap_or(u8::MAX),
                damage: if misread && damage == Damage::Misspelt {
                    Damage::MisRead
                } else {
                    damage
                },
                needs,
            });
        }
    }
}

/// What a misspelling at this distance needs; `None` when it is too far whatever stands beside it.
fn needs(word: &[u8], name: &[u8], distance: usize, damage: Damage) -> Option<Needs> {
    let long = name.len() >= LONG;
    let first_kept =
        word.first() == name.first() || (word.get(1) == name.first() && word.first() == name.get(1));
    let same_start = word.iter().zip(name).take_while(|(a, b)| a == b).count();
    let same_end = word
        .iter()
        .rev()
        .zip(name.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (damage, distance) {
        (Damage::Split | Damage::SplitAtWord, 0) if long => Some(Needs::Nothing),
        (Damage::Split | Damage::SplitAtWord, 0) => Some(Needs::Equipment),
        // Pieces that only nearly make the name may be two ordinary words.
        (Damage::Split, 1) if long && same_start >= 3 => Some(Needs::EquipmentWord),
        (Damage::Split, 1) if long && same_end >= 4 => Some(Needs::Camera),
        (Damage::SplitAtWord, 1) if long && same_start >= 3 => Some(Needs::Camera),
        (Damage::Split | Damage::SplitAtWord, _) => None,
        (_, 0) => Some(if long || damage == Damage::SpacedOut {
            Needs::Nothing
        } else {
            Needs::Equipment
        }),
        // A run of single letters with an error in it could be anybody's initials.
        (Damage::SpacedOut, 1) if long => Some(Needs::EquipmentWord),
        (_, 1) if long && first_kept => Some(Needs::Nothing),
        (_, 1) if first_kept => Some(Needs::Equipment),
        (_, 1 | 2) if long && same_start >= 4 => Some(Needs::EquipmentWord),
        (_, 1 | 2) if long => Some(Needs::Camera),
        _ => None,
    }
}

/// A word and what a narrow column leaves of it that cuts off its beginning: `elevision`.
fn tails(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let most = if letters.len() > LONG { CUT } else { 0 };
    (0..=most).map(move |cut| letters.iter().skip(cut).collect())
}

/// What may stand between the pieces of one word.
fn joins(gap: &str) -> bool {
    matches!(
        gap,
        " " | "-" | "." | "_" | "\n" | "'" | "\r\n" | "  " | "- " | " -" | " - " | "," | "/" | ""
    )
}
