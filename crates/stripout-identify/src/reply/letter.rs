//! Whom a letter goes to: who is written to is not who writes.

use std::ops::Range;

use stripout_model::Authority;

use super::ReplyRules;

/// Lines with words in which a letter greets.
const GREETING: usize = 16;
/// Words of a line that names an office holder.
const OFFICE: usize = 8;

/// The lines of a text, as far as they tell who writes to whom.
pub(super) struct Letter<'t> {
    rules: &'t ReplyRules,
    text: &'t str,
    lines: &'t [Range<usize>],
    /// The line that greets.
    greeting: Option<usize>,
    /// A message says itself who sends it and to whom.
    is_message: bool,
    signed_by_company: bool,
    /// Somebody else wrote it, and the body whose name stands above received it.
    is_received: bool,
}

impl<'t> Letter<'t> {
    pub(super) fn new(rules: &'t ReplyRules, text: &'t str, lines: &'t [Range<usize>], head: usize) -> Self {
        let line = |at: &Range<usize>| text.get(at.clone()).unwrap_or_default().trim();
        let lower = |at: &Range<usize>| line(at).to_lowercase();
        let greeting = lines
            .iter()
            .take(GREETING)
            .position(|at| lower(at).starts_with("dear "));
        let closing = lines.iter().rposition(|at| lower(at).starts_with("yours "));
        let signature = closing.and_then(|at| lines.get(at..)).unwrap_or_default();
        Self {
            greeting,
            is_message: lines.iter().take(head).any(|at| rules.parts.is_from(line(at))),
            signed_by_company: signature.iter().any(|at| rules.bodies.is_company(line(at))),
            is_received: lines
                .iter()
                .take(head.min(greeting.unwrap_or(head)))
                .any(|at| !line(at).ends_with('.') && rules.bodies.is_received(line(at))),
            rules,
            text,
            lines,
        }
    }

    fn line(&self, at: usize) -> &'t str {
        let span = self.lines.get(at).cloned().unwrap_or_default();
        self.text.get(span).unwrap_or_default().trim()
    }

    /// Whether a line names whom the document goes to. Above the greeting the writer comes first: what stands below a day, a
    /// company or an office (`The Head of Estates`) is an address, and so is a body that is greeted.
    pub(super) fn is_address(&self, at: usize) -> bool {
        if self.is_received {
            return true;
        }
        let Some(greeting) = self.greeting.filter(|greeting| at < *greeting) else {
            return false;
        };
        if self.is_message {
            return false;
        }
        let above = |at: usize| {
            let line = self.line(at);
            let span = self.lines.get(at).cloned().unwrap_or_default();
            line.starts_with(|c: char| c.is_ascii_digit()) && ReplyRules::is_day(self.text, &span)
                || self.rules.bodies.is_company(line)
        };
        self.signed_by_company
            || (0..at).any(above)
            || at
                .checked_sub(1)
                .is_some_and(|above| self.is_office(self.line(above)))
            || self.is_greeted(self.line(at), self.line(greeting))
    }

    /// `The Chief Executive`: a holder of an office, and no part of one.
    fn is_office(&self, line: &str) -> bool {
        let lower = line.to_lowercase();
        lower.starts_with("the ")
            && line.split_whitespace().count() <= OFFICE
            && self.rules.bodies.level(line) != Authority::Unknown
    }

    /// Whether a greeting holds a word of a name that is no noun of bodies: `Dear Bury Council`.
    fn is_greeted(&self, name: &str, greeting: &str) -> bool {
        let bodies = &self.rules.bodies;
        let mut greeted = bare(greeting).skip(1);
        let named: Vec<&str> = bare(name).filter(|word| !bodies.is_noun(word)).collect();
        let capital = |word: &&str| word.starts_with(char::is_uppercase);
        bare(greeting).any(|word| bodies.is_noun(word))
            && greeted.any(|word| capital(&word) && named.contains(&word))
    }
}

/// The words of a line without marks.
fn bare(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split_whitespace();
    words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
}
