//! The names of public bodies in a text, and at what level somebody speaks.

use std::collections::BTreeMap;
use std::ops::Range;

use stripout_catalogue::{AuthorityCue, BodyWords};
use stripout_model::{Authority, Wrap};

/// A name of a body in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) span: Range<usize>,
    /// The noun in it, lower case.
    pub(super) noun: String,
}

#[derive(Debug)]
pub(super) struct Bodies {
    words: BodyWords,
    authority: Vec<AuthorityCue>,
}

/// Lines of a signature.
const SIGNATURE: usize = 7;
/// Words of a line in which `from` tells who writes.
const SENDER_WORDS: usize = 3;
/// Lines from the top in which the name of a body may stand.
const HEAD_LINES: usize = 3;
/// Words of a first line that can be a name.
const HEAD_WORDS: usize = 8;
/// Words of a line that can be a name with a noun of bodies.
const TITLE_WORDS: usize = 12;
/// Characters of a line of a signature.
const SIGNATURE_LINE: usize = 80;

/// Whether words hold one of some, as a whole word.
fn holds_any(words: &str, some: &[String]) -> bool {
    let mut each = words.split(|c: char| !c.is_alphanumeric());
    each.any(|word| some.iter().any(|one| one.eq_ignore_ascii_case(word)))
}

struct Word<'t> {
    text: &'t str,
    span: Range<usize>,
    /// Only a blank stands before it.
    joined: bool,
}

impl Bodies {
    pub(super) fn new(words: &BodyWords, authority: &[AuthorityCue]) -> Self {
        Self {
            words: words.clone(),
            authority: authority.to_vec(),
        }
    }

    pub(super) fn is_noun(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.words.nouns.contains(&lower)
    }

    /// Whether words stand for somebody whom a text named before.
    pub(super) fn is_meant(&self, words: &str) -> bool {
        holds_any(words, &self.words.pronouns)
    }

    /// `at`: before the name of a place.
    pub(super) fn is_place_word(&self, word: &str) -> bool {
        self.words.at.iter().any(|at| word.eq_ignore_ascii_case(at))
    }

    /// Whether words name an organ or a paper through which a body speaks.
    pub(super) fn has_organ(&self, words: &str) -> bool {
        holds_any(words, &self.words.organs)
    }

    /// Whether only public bodies, or hardly anybody else, write from a domain.
    pub(super) fn is_public_domain(&self, domain: &str) -> bool {
        self.words.domains.iter().any(|public| {
            domain
                .strip_suffix(public.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }

    /// Whether a mailbox is an office of a body from whose domain private persons write, too.
    pub(super) fn is_office(&self, mailbox: &str, domain: &str) -> bool {
        let below = |academic: &String| {
            let rest = domain.strip_suffix(academic.as_str());
            rest.is_some_and(|rest| rest.ends_with('.'))
        };
        self.words.academic.iter().any(below)
            && self
                .words
                .offices
                .iter()
                .any(|office| mailbox.contains(office.as_str()))
    }

    /// Whether anybody can have a mailbox of a domain.
    pub(super) fn is_free_mail(&self, domain: &str) -> bool {
        self.words.free_mail.iter().any(|free| free == domain)
    }

    /// Every name in `range`, in order.
    pub(super) fn names(&self, text: &str, range: Range<usize>) -> Vec<Name> {
        let words = words(text, range);
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let end = self.run(&words, at);
            out.extend(words.get(at..end).and_then(|run| self.name(text, run)));
            at = end.max(at + 1);
        }
        out
    }

    /// How far capitalised words and what joins them go on.
    fn run(&self, words: &[Word<'_>], from: usize) -> usize {
        let mut end = from;
        let mut last = from;
        while let Some(word) = words.get(end) {
            let capital = word.text.starts_with(char::is_uppercase);
            let joins = self.words.joins.iter().any(|join| join == word.text);
            // `of the Earth`, but `10 February the Town Council`
            let anew = word.text == "the" && end == last;
            if end > from && !word.joined || !(capital || joins && end > from && !anew) {
                break;
            }
            end += 1;
            if capital {
                last = end;
            }
        }
        last
    }

    fn name(&self, text: &str, run: &[Word<'_>]) -> Option<Name> {
        let dull = |word: &Word<'_>| self.words.not.contains(&word.text.to_lowercase());
        let start = run.iter().position(|word| !dull(word))?;
        let noun_at = run
            .iter()
            .rposition(|word| self.is_noun(word.text))
            .filter(|at| *at >= start)?;
        // `Department for Harbours`, `University of X`, `HMP X` go on after the noun, `X Council FOI Team` does not.
        let goes_on = run.get(noun_at + 1).is_some_and(|word| {
            matches!(word.text, "of" | "for")
                || noun_at == start && !dull(word) && word.text.starts_with(char::is_uppercase)
        });
        let first_noun = run
            .iter()
            .position(|word| self.is_noun(word.text))
            .unwrap_or(noun_at);
        let end = if goes_on { run.len() } else { noun_at + 1 };
        let end = run.get(..end)?.iter().rposition(|word| !dull(word))? + 1;
        if end.saturating_sub(start) < 2 {
            return None;
        }
        let span = run.get(start)?.span.start..run.get(end - 1)?.span.end;
        let written = text.get(span.clone())?.to_lowercase();
        if !self.is_body(&written) {
            return None;
        }
        let noun = run
            .get(if goes_on { first_noun.max(start) } else { noun_at })?
            .text
            .to_lowercase();
        Some(Name { span, noun })
    }

    /// Whose document it is: the body it names most often, of equals the last, which signs it.
    pub(super) fn owner(&self, text: &str) -> Option<String> {
        self.owner_at(text).and_then(|span| text.get(span)).map(one_line)
    }

    /// Where that body is named last.
    pub(super) fn owner_at(&self, text: &str) -> Option<Range<usize>> {
        let all = self.names(text, 0..text.len());
        let mut counted: BTreeMap<String, (usize, Range<usize>)> = BTreeMap::new();
        for name in all {
            let Some(written) = text.get(name.span.clone()).map(one_line) else {
                continue;
            };
            let (count, last) = counted.entry(written).or_insert((0, 0..0));
            *count += 1;
            *last = name.span;
        }
        let most = counted
            .into_values()
            .max_by_key(|(count, last)| (*count, last.start));
        most.map(|(_, span)| span)
    }

    /// Whether a line is the name of a body and nothing else: `Bournemouth, Christchurch and Poole Council`.
    pub(super) fn is_titled(&self, line: &str) -> bool {
        let line = line.trim();
        let words = words(line, 0..line.len());
        let plain = line
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '&' | ','));
        let small = |text: &str| {
            let mut joins = self.words.joins.iter().chain(&self.words.title_joins);
            joins.any(|join| join == text)
        };
        let dull = |word: &Word<'_>| self.words.not.contains(&word.text.to_lowercase());
        let fits =
            |word: &Word<'_>| word.text.starts_with(char::is_uppercase) && !dull(word) || small(word.text);
        plain
            && (2..=TITLE_WORDS).contains(&words.len())
            && words.iter().all(fits)
            && words.iter().any(|word| self.is_noun(word.text))
            && words
                .first()
                .is_some_and(|word| !small(word.text) || word.text == "The")
            && self.is_body(line)
    }

    /// Whether a line is a name of the list and nothing else: `Home Office`.
    pub(super) fn is_headed(&self, line: &str) -> bool {
        let name = one_line(line)
            .to_lowercase()
            .replace('&', "and")
            .replace('’', "'");
        let name = name.strip_prefix("the ").unwrap_or(&name);
        self.words.heads.iter().any(|head| head == name)
    }

    /// Whether a line says that somebody else wrote what follows.
    pub(super) fn is_received(&self, line: &str) -> bool {
        let lower = line.trim().to_lowercase();
        self.words
            .received
            .iter()
            .any(|words| lower.starts_with(words.as_str()))
    }

    /// Whether a line is the name of a company.
    pub(super) fn is_company(&self, line: &str) -> bool {
        let last = line.split_whitespace().next_back().unwrap_or_default();
        let last = last.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        line.split_whitespace().count() > 1 && self.words.companies.contains(&last)
    }

    /// Whether a name with a noun of bodies is that of one, and not that of somebody's office in one: `Borough Surveyor`.
    fn is_body(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let officer = |title: &String| {
            let before = lower.strip_suffix(title.as_str());
            lower == format!("office of the {title}")
                || before.is_some_and(|rest| rest.ends_with(' ') && !rest.contains(" of "))
        };
        let officers = self.authority.iter().flat_map(|cue| &cue.titles);
        !self.words.never.contains(&lower) && !officers.clone().any(officer)
    }

    /// The title in the first line, where no noun tells a body: `HM Coastal Survey`.
    pub(super) fn head<'t>(&self, text: &'t str) -> Option<&'t str> {
        // `Office of the Vice-Chancellor` stands above the name of the body.
        let line = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .take(HEAD_LINES)
            .find(|line| self.level(line) == Authority::Unknown)?;
        let words = words(line, 0..line.len());
        let named = |word: &Word<'_>| {
            word.text.starts_with(char::is_uppercase) || self.words.joins.iter().any(|join| join == word.text)
        };
        let dull = |word: &Word<'_>| self.words.not.contains(&word.text.to_lowercase());
        let plain = line
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '&' | ','));
        let is_title = plain
            && (2..=HEAD_WORDS).contains(&words.len())
            && words.iter().all(named)
            // `NOTICE TO TENANTS`
            && !words.iter().any(|word| word.text.eq_ignore_ascii_case("to"))
            && !words.first().is_some_and(dull);
        is_title.then_some(line)
    }

    /// The name that `the Department` at `at` stands for: the nearest before it, else the first after it.
    /// `names`: all of the text.
    pub(super) fn meant(names: &[Name], text: &str, noun: &str, at: usize) -> Option<String> {
        let fits = |name: &&Name| {
            name.noun == noun
                || text
                    .get(name.span.clone())
                    .is_some_and(|n| n.to_lowercase().split_whitespace().any(|w| w == noun))
        };
        let before = names.iter().filter(fits).rfind(|name| name.span.end <= at);
        let found = before.or_else(|| names.iter().find(fits))?;
        text.get(found.span.clone()).map(one_line)
    }

    /// The level of whoever speaks, by the titles in a text; earlier levels of the list win.
    pub(super) fn level(&self, words: &str) -> Authority {
        let lower = words.to_lowercase();
        self.authority
            .iter()
            .find(|cue| cue.titles.iter().any(|title| holds_word(&lower, title)))
            .map_or(Authority::Unknown, |cue| cue.level)
    }

    /// The level of whoever signs.
    pub(super) fn signed(&self, text: &str) -> Authority {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        let signature = lines().rev().take(SIGNATURE).filter(|line| {
            line.chars().count() <= SIGNATURE_LINE
                && !line.ends_with(['.', '?', ':', ';'])
                && !line.to_lowercase().starts_with("dear ")
        });
        let signature: Vec<&str> = signature.collect();
        match self.level(&signature.join("\n")) {
            Authority::Unknown => {
                let head: Vec<&str> = lines().take(SIGNATURE).collect();
                self.level(&Self::sender(&head).join("\n"))
            }
            level => level,
        }
    }

    /// Lines of the head that say who writes: `Reply from the Director of Environment`.
    fn sender<'t>(lines: &[&'t str]) -> Vec<&'t str> {
        let says = |line: &&&str| {
            let mut words = line.split_whitespace().take(SENDER_WORDS);
            words.any(|word| word.eq_ignore_ascii_case("from"))
        };
        lines.iter().filter(says).copied().collect()
    }
}

fn words(text: &str, range: Range<usize>) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let part = text.get(range.clone()).unwrap_or_default();
    let mut from: Option<usize> = None;
    let mut ended = 0;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '&');
    for (at, c) in part.char_indices().chain([(part.len(), '\n')]) {
        match (is_part(c) && at < part.len(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                let gap = part.get(ended..start).unwrap_or("\n");
                let word = part.get(start..at).unwrap_or_default();
                let word = word
                    .strip_suffix("'s")
                    .or_else(|| word.strip_suffix("’s"))
                    .unwrap_or(word);
                out.push(Word {
                    text: word,
                    span: range.start + start..range.start + start + word.len(),
                    joined: gap == " " || gap == "\n" && is_broken(part, ended),
                });
                // A possessive ends the name.
                ended = start + word.len();
                from = None;
            }
            _ => {}
        }
    }
    out
}

/// Whether the line that ends at `end` was broken for want of room: a name may go on in the next.
pub(super) fn is_broken(text: &str, end: usize) -> bool {
    let before = text.get(..end).unwrap_or_default();
    before.rsplit('\n').next().is_some_and(Wrap::fills)
}

/// Whether `words` holds `part` as whole words.
pub(super) fn holds_word(words: &str, part: &str) -> bool {
    words
        .match_indices(part)
        .any(|(at, _)| stands_alone(words, &(at..at + part.len())))
}

/// Whether no letter or digit stands right before or behind.
pub(crate) fn stands_alone(text: &str, span: &Range<usize>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..span.start).and_then(|t| t.chars().next_back());
    let after = text.get(span.end..).and_then(|t| t.chars().next());
    !is_letter(before) && !is_letter(after)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
