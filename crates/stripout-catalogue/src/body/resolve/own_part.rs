//! A body's full name with a part of its own beside it: `Devon CC Highways`, `HMRC Salford`, `HCC Hertfordshire County Council`.

use std::collections::HashSet;

use jiff::civil::Date;
use stripout_model::Confidence;

use super::Found;
use super::fold::fold;
use super::parts::is_acronym;
use crate::body::bodies::Bodies;

/// Fewest letters of a word that a ledger cut off: `TRANSP`.
const CUT: usize = 4;

impl Bodies {
    /// The body whose whole name the first words are, where the rest is no name of anybody's: a department or a building, or
    /// the town that a body of the whole country sits in.
    pub(super) fn with_own_part(&self, name: &str, at: Option<Date>) -> Found {
        let words: Vec<&str> = name.split_whitespace().collect();
        for split in (1..words.len()).rev() {
            let Some((head, rest)) = words.split_at_checked(split) else {
                continue;
            };
            // `Department of` is no name, whatever it is short for; one word is, in capitals.
            let ends = head.last().map(|last| last.to_lowercase());
            let is_name = match head {
                [one] => is_acronym(one),
                // `D C` are initials.
                _ => ends
                    .is_some_and(|last| last.chars().nth(1).is_none() || !self.words.ignore.contains(&last)),
            };
            if !is_name {
                continue;
            }
            let rest = fold(&rest.join(" "), &self.words);
            if !self.is_part(&rest) && !self.is_town(&rest) {
                continue;
            }
            let whole = head.join(" ");
            let Found::One { body, sure, .. } = self.whole(&whole, at) else {
                continue;
            };
            let folded = fold(&whole, &self.words);
            // `Tower Hamlets Finance` may be a company.
            let is_part = self.is_part(&rest) && (head.len() == 1 || self.says_form(&folded));
            let told = match sure {
                Confidence::Certain => is_part || self.is_of_all(body),
                // `Wigan Council` is not in full, and none of its words is a guess.
                Confidence::Likely => is_part && self.says_form(&folded) && self.is_spelt(&folded),
                Confidence::Review => false,
            };
            if told {
                return Found::One {
                    body,
                    sure: Confidence::Likely,
                    why: format!("{} is named in full, with a part of its own", self.name(body)),
                };
            }
        }
        self.behind_initials(&words, at)
    }

    /// Words of departments and buildings alone, and not only such as companies are called by.
    fn is_part(&self, rest: &[String]) -> bool {
        let told = |word: &String| self.is_among(&self.words.parts, word);
        rest.iter()
            .all(|word| told(word) || self.is_among(&self.words.own, word))
            && rest.iter().any(told)
    }

    /// A word of the list, short for one, or cut off.
    fn is_among(&self, list: &HashSet<String>, word: &str) -> bool {
        let short = || self.words.short.get(word).into_iter().flatten();
        list.contains(word)
            || short().any(|long| list.contains(long))
            || word.chars().count() >= CUT && list.iter().any(|long| long.starts_with(word))
    }

    /// Whether each word is one that names of bodies have.
    fn is_spelt(&self, folded: &[String]) -> bool {
        folded.iter().all(|word| {
            self.index.vocabulary.contains_key(word)
                || self.words.short.contains_key(word)
                || self.words.ignore.contains(word)
        })
    }

    fn is_town(&self, rest: &[String]) -> bool {
        matches!(rest, [town] if self.index.is_place(town))
    }

    /// A body of the whole country, of which a town is no other body.
    fn is_of_all(&self, body: usize) -> bool {
        self.list
            .get(body)
            .is_some_and(|body| self.words.nation.contains_key(&body.nation) && !body.nation.contains('-'))
    }

    /// Its initials before its name.
    fn behind_initials(&self, words: &[&str], at: Option<Date>) -> Found {
        let Some((first, rest)) = words
            .split_first()
            .filter(|(first, rest)| is_acronym(first) && rest.len() > 1)
        else {
            return Found::Nothing;
        };
        let Found::One { body, .. } = self.whole(&rest.join(" "), at) else {
            return Found::Nothing;
        };
        let name = fold(self.name(body), &self.words);
        let initials: String = name
            .iter()
            .filter(|word| !self.words.ignore.contains(*word))
            .filter_map(|word| word.chars().next())
            .collect();
        if !initials.eq_ignore_ascii_case(first) {
            return Found::Nothing;
        }
        Found::One {
            body,
            sure: Confidence::Likely,
            why: format!("its initials stand before the name of {}", self.name(body)),
        }
    }
}
