//! Who has what a clause speaks of: the author of the text, or another party that the text names.

use std::collections::BTreeSet;
use std::ops::Range;

use stripout_catalogue::HolderWords;

use super::phrase::Compiler;
use super::set::PhraseSet;
use super::token::{CLOSE, COMMA, MENTION, OPEN, Token, Word, is_mark};

#[derive(Debug)]
pub(crate) struct HolderRules {
    own: Vec<Word>,
    companies: Vec<Word>,
    bodies: Vec<Word>,
    /// Words that begin the name of a public body, before one of `joins`: `University of`.
    of: Vec<Word>,
    /// Words inside a name: `of`.
    joins: Vec<Word>,
    /// Words that tell no name from another: `the`, `county`, `council`.
    shared: Vec<Word>,
    relatives: Vec<Word>,
    the: Word,
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
        let of = interned(&words.of);
        let joins = interned(&words.joins);
        let shared = [
            &words.before,
            &words.ranks,
            &words.bodies,
            &words.of,
            &words.companies,
        ];
        let shared = shared.into_iter().flat_map(|list| interned(list)).collect();
        let relatives = interned(&words.relatives);
        Self {
            own,
            companies,
            bodies,
            of,
            joins,
            shared,
            relatives,
            the: compiler.vocabulary.intern("the"),
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
        let named = |at: &usize| {
            word(*at).is_some_and(|t| {
                self.is_name(t) || matches!(t.word, OPEN | CLOSE) || self.joins_name(tokens, *at)
            })
        };
        let start = (0..end).rev().take(NAME).take_while(named).last()?;
        // A bracket around a word of the name opens no name.
        let start = (start..end).find(|at| word(*at).is_some_and(|t| self.is_name(t)))?;
        Some(start..end)
    }

    /// Whether the word goes on with a name that begins by what the body is: `Department for Transport`, `City of York Council`.
    fn joins_name(&self, tokens: &[Token], at: usize) -> bool {
        let token = |at: usize| tokens.get(at);
        let before = at.checked_sub(1).and_then(token);
        let begins = before.is_some_and(|t| t.capital && self.shared.contains(&t.word));
        begins
            && token(at).is_some_and(|t| self.joins.contains(&t.word))
            && token(at + 1).is_some_and(|t| self.is_name(t))
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
        // `The Council` is whoever writes.
        let mut own = name.iter().skip_while(|t| t.is(self.the));
        let first = own.next().map(|t| t.word);
        let begins = first.is_some_and(|word| self.of.contains(&word));
        let next = own.clone().next().map(|t| t.word);
        begins && next.is_some_and(|word| self.joins.contains(&word))
            || next.is_some() && name.last().is_some_and(|t| self.bodies.contains(&t.word))
    }

    /// The word that tells the name from others; none in `The Council`.
    pub(crate) fn telling<'t>(&self, name: &'t [Token]) -> Option<&'t Token> {
        name.iter().find(|t| !self.shared.contains(&t.word))
    }

    /// Telling words of the names that the text gives to other parties: `operated by NCP Ltd`.
    pub(crate) fn introduced<'t>(&self, text: &'t str, tokens: &[Token]) -> Vec<&'t str> {
        let mut names = Vec::new();
        for at in 0..tokens.len() {
            let rest = tokens.get(at..).unwrap_or_default();
            let Some(found) = self.introduces.at_start(rest) else {
                continue;
            };
            let name = rest.get(found.length..).unwrap_or_default();
            let length = name.iter().take(NAME).take_while(|t| self.is_name(t)).count();
            // A body that a text names so may well be its author.
            let name = name.get(..length).filter(|name| !self.is_body(name));
            let telling = name.and_then(|name| self.telling(name));
            names.extend(telling.and_then(|t| text.get(t.start..t.end)));
        }
        names
    }

    /// Whether any word is one of public bodies.
    pub(crate) fn holds_body(&self, name: &[Token]) -> bool {
        name.iter()
            .any(|t| self.bodies.contains(&t.word) || self.of.contains(&t.word))
    }

    /// The words of a name in lower case, without those that join them; `telling`: without those that tell no name from
    /// another either.
    pub(crate) fn words(&self, text: &str, name: &[Token], telling: bool) -> BTreeSet<String> {
        let dull = |t: &&Token| {
            self.joins.contains(&t.word) || telling && self.shared.contains(&t.word) || is_mark(t.word)
        };
        let words = name.iter().filter(|t| !dull(t));
        words
            .filter_map(|t| text.get(t.start..t.end))
            .map(str::to_lowercase)
            .collect()
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
