//! Whose promise it is: who decided, the subject of the words that promise, and who speaks.

use std::ops::Range;

use jiff::civil::Date;
use stripout_catalogue::{PromiseWords, Verification};
use stripout_model::{Authority, DocumentKind, Voice};

use super::ReplyRules;
use super::body::{Bodies, Name};
use super::clause::Clauses;
use super::commitment::Cue;
use super::date::days;
use super::page::{Page, Said, TERM};
use super::part::Quotation;
use crate::stance::phrase::Compiler;
use crate::stance::set::PhraseSet;
use crate::stance::token::{Token, is_mark};

#[derive(Debug)]
pub(super) struct Subjects {
    own: PhraseSet,
    others: PhraseSet,
    parties: PhraseSet,
    agents: PhraseSet,
    theirs: PhraseSet,
    tells: PhraseSet,
    decides: PhraseSet,
}

/// Whose promise it is.
pub(super) struct Speaker {
    /// Who `we` is, when known.
    pub(super) body: Option<String>,
    pub(super) voice: Voice,
    pub(super) authority: Authority,
    pub(super) said: Option<Date>,
    /// The year of `said` is that in which those named held office; how well that is known.
    pub(super) year_rests_on: Option<Verification>,
}

/// Lines of a head.
const HEAD: usize = 2;
/// Words before the cue in which its subject is looked for.
const SUBJECT: usize = 12;

impl Subjects {
    pub(super) fn new(words: &PromiseWords, compiler: &mut Compiler) -> Self {
        Self {
            own: PhraseSet::new(compiler, &words.own),
            others: PhraseSet::new(compiler, &words.others),
            parties: PhraseSet::new(compiler, &words.parties),
            agents: PhraseSet::new(compiler, &words.agents),
            theirs: PhraseSet::new(compiler, &words.theirs),
            tells: PhraseSet::new(compiler, &words.tells),
            decides: PhraseSet::new(compiler, &words.decides),
        }
    }

    pub(super) fn owns(&self, tokens: &[Token]) -> bool {
        self.own.found_in(tokens)
    }

    pub(super) fn decides(&self, tokens: &[Token]) -> bool {
        self.decides.found_in(tokens)
    }

    /// Whether the sentence, or the one before it, says that the promise or the cameras are somebody else's.
    pub(super) fn is_theirs(&self, page: &Page<'_>, at: usize, cue: &Cue, clause: &Range<usize>) -> bool {
        let Some(said) = page.sentences.get(at) else {
            return false;
        };
        let rest = page.words(&(cue.tokens.end..said.tokens.end));
        let by = self.agents.found_in(rest);
        // `No contractor will fit them` promises for contractors.
        let nobody = page.words(&(cue.tokens.start + 1..cue.tokens.start + 2));
        let nobody = self.parties.found_in(nobody);
        let told = self.tells.found_in(page.words(clause));
        let before = page.words(&(said.tokens.start..cue.tokens.start));
        // `They belong to the shop. It will remove them.`
        let stands = pronoun(page, cue).is_some();
        let earlier = at
            .checked_sub(1)
            .and_then(|i| page.sentences.get(i))
            .filter(|earlier| stands && earlier.paragraph == said.paragraph && !earlier.asks)
            .map(|earlier| page.words(&earlier.tokens))
            .unwrap_or_default();
        by || nobody
            || told
            || self.theirs.found_in(before)
            || self.theirs.found_in(earlier)
            || !cue.passive && self.parties.found_in(earlier) && !self.own.found_in(earlier)
    }

    /// Who decided, where the sentence says so: `The Minister has decided that these are to be removed`.
    pub(super) fn decider(
        &self,
        rules: &ReplyRules,
        page: &Page<'_>,
        cue: &Cue,
        clause: &Range<usize>,
        speaker: &Speaker,
    ) -> Option<(String, Authority)> {
        if !cue.passive {
            return None;
        }
        let tokens = page.words(clause);
        let at = (1..tokens.len()).find(|at| {
            tokens
                .get(*at..)
                .is_some_and(|rest| self.decides.at_start(rest).is_some())
        })?;
        let span = tokens.first()?.start..tokens.get(at - 1)?.end;
        let words = page.text.get(span)?;
        let level = rules.bodies.level(words);
        if level != Authority::Unknown {
            return Some((words.to_owned(), level));
        }
        let last = words.split_whitespace().next_back()?;
        let named = rules.bodies.is_noun(last) && words.starts_with(char::is_uppercase);
        let of_body = |body: &String| holds_words(body, words);
        match speaker.body.as_ref().filter(|body| of_body(body)) {
            Some(body) => Some((body.clone(), speaker.authority)),
            None => named.then(|| (words.to_owned(), speaker.authority)),
        }
    }

    pub(super) fn who(
        &self,
        rules: &ReplyRules,
        page: &Page<'_>,
        said: &Said,
        cue: &Cue,
        subject: &Range<usize>,
        speaker: &Speaker,
    ) -> Option<String> {
        if let Some(agent) = agent(rules, page, said, cue) {
            return Some(agent);
        }
        let near = subject.start.max(subject.end.saturating_sub(SUBJECT))..subject.end;
        let tokens = page.words(&near);
        let unnamed = || match (page.kind, speaker.voice) {
            // A page about somebody says by name who promises.
            (DocumentKind::Web, Voice::Own) => None,
            _ => speaker.body.clone().or_else(|| Some(String::new())),
        };
        if self.own.found_in(tokens) && !cue.passive {
            let head = || rules.bodies.head(page.text).map(str::to_owned);
            return speaker
                .body
                .clone()
                .or_else(head)
                .or_else(|| own_word(page, tokens));
        }
        if !cue.passive
            && let Some(body) = speaker
                .body
                .as_ref()
                .filter(|body| calls(page, tokens, body) || calls(page, tokens, &head(page.text)))
        {
            return Some(body.clone());
        }
        let bytes = tokens.first().map_or(0..0, |first| {
            first.start..tokens.last().map_or(first.end, |last| last.end)
        });
        let named = rules.bodies.names(page.text, bytes.clone());
        if !cue.passive && self.others.found_in(tokens) && named.is_empty() {
            return None;
        }
        // `Cameras at the X Hospital will be removed`: where they are, not who removes them.
        let place = |name: &Name| {
            let before = page.text.get(bytes.start..name.span.start).unwrap_or_default();
            let mut words = before.split_whitespace().rev();
            let word = words.find(|word| !Clauses::is_article(word)).unwrap_or_default();
            cue.passive && rules.bodies.is_place_word(word)
        };
        if let Some(name) = named.last().filter(|name| !place(name)) {
            return page.text.get(name.span.clone()).map(str::to_owned);
        }
        if cue.passive {
            // Who removes stands in the sentence, or signs.
            let anywhere = rules.bodies.names(page.text, said.span.clone());
            let name = anywhere
                .last()
                .and_then(|name| page.text.get(name.span.clone()))
                .map(str::to_owned);
            return match (page.kind, speaker.voice) {
                // `The council will replace 100 a year, and the last will be replaced by 2027.`
                (DocumentKind::Web, Voice::Own) => {
                    let before = page.words(&(said.tokens.start..cue.tokens.start));
                    name.or_else(|| {
                        speaker
                            .body
                            .clone()
                            .filter(|_| names_own_kind(rules, page, before))
                    })
                }
                _ => unnamed(),
            };
        }
        let noun = tokens.iter().rev().find_map(|token| {
            let word = page.text.get(token.start..token.end)?;
            let bare = word
                .strip_suffix("'s")
                .or_else(|| word.strip_suffix("’s"))
                .unwrap_or(word);
            rules
                .bodies
                .is_noun(bare)
                .then(|| (bare.to_lowercase(), token.start))
        });
        if let Some((noun, at)) = noun {
            let det = tokens.iter().any(|t| {
                page.text
                    .get(t.start..t.end)
                    .is_some_and(|w| matches!(w.to_lowercase().as_str(), "the" | "our" | "this" | "my"))
            });
            if !det {
                return None;
            }
            let own = speaker
                .body
                .clone()
                .filter(|body| body.to_lowercase().split_whitespace().any(|w| w == noun));
            return own
                .or_else(|| Bodies::meant(page.names(rules), page.text, &noun, at))
                .or_else(|| speaker.body.clone())
                .or_else(|| first_words(page, tokens));
        }
        // Nobody but the body itself is called as the first line is.
        let written = page.text.get(bytes).unwrap_or_default();
        if let Some(head) = rules.bodies.head(page.text).filter(|head| written.contains(head)) {
            return Some(head.to_owned());
        }
        let stranger = tokens
            .iter()
            .any(|t| t.capital && t.word == crate::stance::token::UNKNOWN && t.start > said.span.start);
        if stranger { None } else { unnamed() }
    }

    /// Whether a name is another body's than the one whose document it is.
    pub(super) fn is_another(who: &str, owner: Option<&String>) -> bool {
        let named = who.split_whitespace().filter(|word| !Clauses::is_article(word));
        named.count() > 1 && owner.is_some_and(|owner| !(holds_words(owner, who) || holds_words(who, owner)))
    }
}

/// Who does what is promised, where it is told behind it: `will be removed by Kent Police`, `removal by Kent Police is to be complete`.
fn agent(rules: &ReplyRules, page: &Page<'_>, said: &Said, cue: &Cue) -> Option<String> {
    let first = page.tokens.get(cue.tokens.start).filter(|_| cue.passive)?;
    let names = rules.bodies.names(page.text, first.start..said.span.end);
    let agent = names.into_iter().find(|name| {
        let before = page.text.get(first.start..name.span.start).unwrap_or_default();
        let mut words = before.split_whitespace().rev();
        let word = words.find(|word| !Clauses::is_article(word));
        word.is_some_and(|word| word.eq_ignore_ascii_case("by"))
    })?;
    page.text.get(agent.span).map(str::to_owned)
}

/// The pronoun right before the cue that may stand for anybody.
fn pronoun<'t>(page: &Page<'t>, cue: &Cue) -> Option<&'t str> {
    let token = page.tokens.get(cue.tokens.start.checked_sub(1)?)?;
    let word = page.text.get(token.start..token.end)?;
    ["it", "they", "he", "she"]
        .iter()
        .any(|one| word.eq_ignore_ascii_case(one))
        .then_some(word)
}

/// What stands before a place in its paragraph.
fn paragraph_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    before.rsplit("\n\n").next().unwrap_or_default()
}

/// The lines of the head of a text, which may name its body more fully than its name is known.
fn head(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.take(HEAD).collect::<Vec<_>>().join(" ")
}

/// Whether every capitalised word of a subject is one of the body's name: `The Museum`, `the Brigade`.
fn calls(page: &Page<'_>, tokens: &[Token], body: &str) -> bool {
    let capital = |token: &&Token| token.capital;
    // `They have resolved that the Foundation`
    let opens = tokens.iter().filter(capital).count() > 1
        && tokens
            .first()
            .is_some_and(|token| token.capital && token.word != crate::stance::token::UNKNOWN);
    let named: Vec<&str> = tokens
        .iter()
        .skip(usize::from(opens))
        .filter(capital)
        .filter_map(|token| page.text.get(token.start..token.end))
        .filter(|word| !Clauses::is_article(word))
        .collect();
    !named.is_empty() && holds_words(body, &named.join(" "))
}

/// Whether words name a body by its kind alone: `the council`.
fn names_own_kind(rules: &ReplyRules, page: &Page<'_>, tokens: &[Token]) -> bool {
    let word = |token: &Token| page.text.get(token.start..token.end).unwrap_or_default();
    tokens
        .array_windows()
        .any(|[article, noun]| Clauses::is_article(word(article)) && rules.bodies.is_noun(word(noun)))
}

/// Whether a name holds all words of another, articles aside.
fn holds_words(name: &str, words: &str) -> bool {
    let bare = |word: &str| -> String {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let owner = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s"));
        owner.map(str::to_owned).unwrap_or(lower)
    };
    let held: Vec<String> = name.split_whitespace().map(bare).collect();
    let mut wanted = words
        .split_whitespace()
        .filter(|word| !Clauses::is_article(word))
        .map(bare)
        .peekable();
    wanted.peek().is_some() && wanted.all(|word| held.contains(&word))
}

/// Whose text it is.
pub(super) fn owner(rules: &ReplyRules, page: &Page<'_>) -> Option<String> {
    if !matches!(page.kind, DocumentKind::Foi | DocumentKind::Letter) {
        return rules.bodies.owner(page.text);
    }
    let head = || rules.bodies.head(page.text).map(str::to_owned);
    rules.owner(page.kind, page.text).or_else(head)
}

/// Who speaks in a sentence. `None` when it is somebody who cannot promise for a public body.
pub(super) fn speaker(
    rules: &ReplyRules,
    page: &Page<'_>,
    said: &Said,
    owner: Option<String>,
) -> Option<Speaker> {
    let signs = matches!(page.kind, DocumentKind::Foi | DocumentKind::Letter);
    let signed = || match rules.bodies.signed(page.text) {
        _ if !signs => Authority::Unknown,
        // A request for information is answered by an official, who need not sign.
        Authority::Unknown if page.kind == DocumentKind::Foi => Authority::Official,
        level => level,
    };
    let Some(quotation) = said
        .quotation
        .and_then(|i| page.quotations.get(i))
        .filter(|q| q.span.len() > TERM)
    else {
        return Some(Speaker {
            body: owner,
            voice: Voice::Own,
            authority: signed(),
            said: None,
            year_rests_on: None,
        });
    };
    let introduction = page.text.get(quotation.speaker.clone())?;
    if introduction.is_empty() {
        return None;
    }
    let level = match rules.bodies.level(introduction) {
        // `The Chief Executive has replied. In her words, "..."`
        Authority::Unknown if rules.bodies.is_meant(introduction) => rules
            .bodies
            .level(paragraph_before(page.text, quotation.speaker.start)),
        level => level,
    };
    let body = quoted_body(rules, page, owner.as_ref(), quotation, level)?;
    let day = days(introduction).into_iter().next();
    Some(Speaker {
        voice: if owner.as_ref() == Some(&body) && signs {
            Voice::Own
        } else {
            Voice::Quoted
        },
        body: Some(body),
        authority: if level == Authority::Unknown {
            signed()
        } else {
            level
        },
        year_rests_on: day
            .as_ref()
            .and_then(|day| rules.holders.year_rests_on(day, page.days.document)),
        said: day.and_then(|day| rules.holders.resolve(page.text, &day, page.days.document)),
    })
}

/// The body whose words are quoted: named in the introduction, or meant there, or by the words themselves.
fn quoted_body(
    rules: &ReplyRules,
    page: &Page<'_>,
    owner: Option<&String>,
    quotation: &Quotation,
    level: Authority,
) -> Option<String> {
    let signs = matches!(page.kind, DocumentKind::Foi | DocumentKind::Letter);
    let introduction = page.text.get(quotation.speaker.clone())?;
    let named = rules
        .bodies
        .names(page.text, quotation.speaker.clone())
        .last()
        .and_then(|name| page.text.get(name.span.clone()))
        .map(str::to_owned);
    let noun = introduction
        .split(|c: char| !c.is_alphanumeric())
        .zip(introduction.split(|c: char| !c.is_alphanumeric()).skip(1))
        .find(|(det, word)| {
            matches!(det.to_lowercase().as_str(), "the" | "a" | "our" | "this") && rules.bodies.is_noun(word)
        })
        .map(|(_, noun)| noun.to_lowercase());
    named
        .or_else(|| {
            Bodies::meant(
                page.names(rules),
                page.text,
                noun.as_deref()?,
                quotation.speaker.start,
            )
        })
        .or_else(|| {
            let organ = rules.bodies.has_organ(introduction);
            (noun.is_some() || level == Authority::Minister || signs && organ)
                .then(|| owner.cloned())
                .flatten()
        })
        // Words that begin with the name of a body are told as that body's.
        .or_else(|| {
            let inside = rules.bodies.names(page.text, quotation.span.clone());
            let first = inside.into_iter().next()?;
            let opens = page.text.get(quotation.span.start..first.span.start)?;
            let opens = opens.split_whitespace().all(Clauses::is_article);
            opens
                .then(|| page.text.get(first.span).map(str::to_owned))
                .flatten()
        })
}

/// The pronoun alone, where nothing says whose it is.
fn own_word(page: &Page<'_>, tokens: &[Token]) -> Option<String> {
    let mut words = tokens
        .iter()
        .rev()
        .filter_map(|token| page.text.get(token.start..token.end));
    let own = words.find(|word| ["we", "i"].iter().any(|one| word.eq_ignore_ascii_case(one)));
    own.map(str::to_owned).or_else(|| first_words(page, tokens))
}

fn first_words(page: &Page<'_>, tokens: &[Token]) -> Option<String> {
    let own: Vec<&Token> = tokens.iter().rev().filter(|t| !is_mark(t.word)).take(3).collect();
    let (start, end) = (own.last()?.start, own.first()?.end);
    page.text.get(start..end).map(str::to_owned)
}
