//! Who has what a clause speaks of: the author of the text, or another party that the text names.

use std::ops::Range;

use stripout_catalogue::HolderWords;

use super::phrase::Compiler;
use super::set::PhraseSet;
use super::token::{CLOSE, COMMA, MENTION, OPEN, Token, Word};

#[derive(Debug)]
pub(crate) struct HolderRules {
    own: Vec<Word>,
    companies: Vec<Word>,
    bodies: Vec<Word>,
    relatives: Vec<Word>,
    introduces: PhraseSet,
    works: PhraseSet,
    authors: PhraseSet,
    takes_up: PhraseSet,
    denials: PhraseSet,
    contrasts: PhraseSet,
}

/// Words between a subject and its verb: `NCP currently has`.
const ADVERBS: usize = 2;
/// Words of a name: `Places Leisure (North) Ltd`.
const NAME: usize = 8;

impl HolderRules {
    pub(crate) fn new(words: &HolderWords, compiler: &mut Compiler) -> Self {
        let mut interned = |list: &[String]| -> Vec<Word> {
            let words = list.iter().map(|word| compiler.vocabulary.intern(word));
            words.collect()
        };
        let own = interned(&words.own);
        let companies = interned(&words.companies);
        let bodies = interned(&words.bodies);
        let relatives = interned(&words.relatives);
        Self {
            own,
            companies,
            bodies,
            relatives,
            introduces: PhraseSet::new(compiler, &words.introduces),
            works: PhraseSet::new(compiler, &words.works),
            authors: PhraseSet::new(compiler, &words.authors),
            takes_up: PhraseSet::new(compiler, &words.takes_up),
            denials: PhraseSet::new(compiler, &words.denials),
            contrasts: PhraseSet::new(compiler, &words.contrasts),
        }
    }

    /// Whether one of the words is the author's.
    pub(crate) fn is_own(&self, tokens: &[Token]) -> bool {
        tokens.iter().any(|t| self.own.iter().any(|own| t.is(*own)))
    }

    /// Whether the author is named, or speaks of itself.
    pub(crate) fn names_author(&self, tokens: &[Token]) -> bool {
        self.is_own(tokens) || self.authors.found_in(tokens)
    }

    /// Whether the verb tells of work, which a company does for others: `ABC Security Ltd installed`.
    pub(crate) fn is_work(&self, verb: &[Token]) -> bool {
        self.works.found_in(verb)
    }

    /// `they have`, `several of them use`: the subject of the sentence before goes on.
    pub(crate) fn takes_up(&self, tokens: &[Token]) -> bool {
        self.takes_up.at_start(tokens).is_some()
    }

    /// The name that is the subject of the verb at token `verb`, or that a `which` before the verb stands for.
    pub(crate) fn subject(
        &self,
        tokens: &[Token],
        clause: &Range<usize>,
        verb: usize,
    ) -> Option<Range<usize>> {
        let word = |at: usize| tokens.get(at).filter(|_| clause.contains(&at));
        let mut end = verb;
        let mut adverbs = 0;
        while adverbs < ADVERBS && word(end.checked_sub(1)?).is_some_and(|t| !self.is_name(t)) {
            let before = word(end - 1)?;
            let passes = before.word == COMMA || self.relatives.contains(&before.word);
            adverbs += usize::from(!passes);
            end -= 1;
            if passes && word(end.checked_sub(1)?).is_some_and(|t| self.is_name(t)) {
                break;
            }
        }
        let named = |at: &usize| word(*at).is_some_and(|t| self.is_name(t) || matches!(t.word, OPEN | CLOSE));
        let start = (0..end).rev().take(NAME).take_while(named).last()?;
        // A bracket around a word of the name opens no name.
        let start = (start..end).find(|at| word(*at).is_some_and(|t| self.is_name(t)))?;
        Some(start..end)
    }

    fn is_name(&self, token: &Token) -> bool {
        token.word != MENTION && (token.capital || self.companies.contains(&token.word))
    }

    /// Whether the name ends as a company's does.
    pub(crate) fn is_company(&self, name: &[Token]) -> bool {
        name.len() > 1 && name.last().is_some_and(|t| self.companies.contains(&t.word))
    }

    /// Whether the name ends as that of a public body does: `Kent County Council`.
    pub(crate) fn is_body(&self, name: &[Token]) -> bool {
        name.len() > 1 && name.last().is_some_and(|t| self.bodies.contains(&t.word))
    }

    /// First words of the names that the text gives to other parties: `operated by NCP Ltd`.
    pub(crate) fn introduced<'t>(&self, text: &'t str, tokens: &[Token]) -> Vec<&'t str> {
        let mut names = Vec::new();
        for at in 0..tokens.len() {
            let rest = tokens.get(at..).unwrap_or_default();
            let Some(found) = self.introduces.at_start(rest) else {
                continue;
            };
            let name = rest.get(found.length).filter(|t| self.is_name(t));
            names.extend(name.and_then(|t| text.get(t.start..t.end)));
        }
        names
    }

    /// Where the author says that it has none itself; `contrasts`: in words that set it against what was said before.
    pub(crate) fn has_none(&self, tokens: &[Token], contrasts: bool) -> Option<Range<usize>> {
        (0..tokens.len()).find_map(|at| {
            let rest = tokens.get(at..)?;
            let itself = self.contrasts.at_start(rest);
            let found = itself.or_else(|| self.denials.at_start(rest).filter(|_| !contrasts))?;
            Some(at..at + found.length)
        })
    }
}
