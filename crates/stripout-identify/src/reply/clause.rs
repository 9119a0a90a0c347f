//! Clauses of a sentence: how far back words hold for those that promise, and where their subject begins.

use std::ops::Range;

use stripout_catalogue::StanceWords;

use super::page::Page;
use crate::stance::phrase::Compiler;
use crate::stance::set::PhraseSet;
use crate::stance::token::{COLON, COMMA, DASH, Joint, SEMICOLON, Token};

#[derive(Debug)]
pub(super) struct Clauses {
    breaks: PhraseSet,
}

/// Words before a colon up to which they head what follows and hold for it: `Option 2:`.
const HEADING: usize = 6;
/// A clause that opens so leans on what governs it, wherever that stands: `and that`.
const LEANS: [&str; 5] = ["that", "to", "whether", "be", "all"];
/// Behind a comma these open a clause of its own.
const JOINS: [&str; 8] = [
    "and", "but", "so", "though", "although", "while", "whereas", "yet",
];
const ARTICLES: [&str; 5] = ["the", "a", "an", "our", "this"];

impl Clauses {
    pub(super) fn new(stance: &StanceWords, compiler: &mut Compiler) -> Self {
        Self {
            breaks: PhraseSet::new(compiler, &stance.sentence.breakers),
        }
    }

    pub(super) fn is_article(word: &str) -> bool {
        ARTICLES.iter().any(|article| word.eq_ignore_ascii_case(article))
    }

    /// Where the clause of a cue begins: behind the last mark or word that opens one of its own.
    pub(super) fn start(page: &Page<'_>, low: usize, cue: usize) -> usize {
        let joins = |at: usize| word(page, at).is_some_and(|word| JOINS.contains(&word.as_str()));
        let mut start = low;
        for at in low..cue {
            let Some(token) = page.tokens.get(at) else { break };
            let parted = match token.word {
                SEMICOLON => true,
                COLON => at - start > HEADING,
                COMMA => joins(at + 1),
                DASH => token.joint == Joint::Blank && joins(at + 1),
                _ => at > low && word(page, at).is_some_and(|word| Self::opens(page, at, &word)),
            };
            if parted {
                start = at + 1;
            }
        }
        while start < cue && joins(start) {
            start += 1;
        }
        start
    }

    /// Whether a word opens a clause with no mark before it: `but`, and `and we`.
    fn opens(page: &Page<'_>, at: usize, joins: &str) -> bool {
        let next = || word(page, at + 1).unwrap_or_default();
        joins == "but"
            || matches!(joins, "and" | "so") && matches!(next().as_str(), "we" | "i" | "it" | "they")
    }

    /// The words from which on everything before a cue holds for it: of `I want none, and I have decided that they will
    /// all go`, the second half.
    pub(super) fn governing(page: &Page<'_>, low: usize, cue: usize) -> Range<usize> {
        let start = Self::start(page, low, cue);
        let leans = word(page, start).is_some_and(|word| LEANS.contains(&word.as_str()));
        if leans { low..cue } else { start..cue }
    }

    /// Tokens of the clause before the cue.
    pub(super) fn subject(&self, page: &Page<'_>, low: usize, cue: usize) -> Range<usize> {
        let mut start = low;
        for at in low..cue {
            let rest: &[Token] = page.tokens.get(at..cue).unwrap_or_default();
            let comma = rest.first().is_some_and(|t| t.word == COMMA);
            if at > low && (comma || self.breaks.at_start(rest).is_some()) {
                start = at + 1;
            }
        }
        // A clause of a comma and nothing else has its subject before it.
        if start >= cue { low..cue } else { start..cue }
    }
}

/// A token as written, in lower case.
fn word(page: &Page<'_>, at: usize) -> Option<String> {
    let token = page.tokens.get(at)?;
    page.text.get(token.start..token.end).map(str::to_lowercase)
}
