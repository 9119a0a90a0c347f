//! Whose document a text is, where the text itself says so.

use std::ops::Range;

use jiff::civil::Date;
use stripout_model::{Author, AuthorHow, DocumentKind, Letterhead, Passage, Shape};

use super::ReplyRules;
use super::date::{Day, Order, days_in};
use super::letter::Letter;
use crate::unit::units;

/// Lines with words at the head of a document in which it says whose it is.
const HEAD: usize = 5;
/// Of those, the ones in which a name and nothing else can stand.
const OPENS: usize = 2;
/// Lines with words at its end in which somebody signs.
const FOOT: usize = 8;
/// Characters of a line that can be a letterhead or a signature.
const LINE: usize = 90;
/// Words up to which a line that ends with a full stop can be a name.
const TITLE: usize = 6;
/// Bytes of `Wednesday, ` before a day.
const WEEKDAY: usize = 11;

impl ReplyRules {
    /// Of running text; rows and notices name their body themselves.
    pub(crate) fn letterhead(
        &self,
        kind: DocumentKind,
        shape: Shape,
        passages: &[Passage<'_>],
        date: Option<Date>,
    ) -> Letterhead {
        let (Shape::Prose, Some(unit)) = (shape, units(shape, passages).into_iter().next()) else {
            return Letterhead::default();
        };
        let text = unit.text.as_ref();
        let found = self.author(kind, text).map(|(how, span)| Author {
            name: text
                .get(span.clone())
                .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
                .unwrap_or_default(),
            how,
            place: unit
                .cell(&span)
                .and_then(|cell| passages.get(cell.passage))
                .map(|passage| passage.locator.to_string())
                .unwrap_or_default(),
        });
        Letterhead {
            author: found,
            sender: self.sender(text),
            written: self.holders.days(text, date).document,
        }
    }

    /// The domain in the head of a message, where it is one of public bodies: nothing else of the address is kept.
    fn sender(&self, text: &str) -> Option<String> {
        lines(text)
            .into_iter()
            .take(HEAD)
            .find_map(|line| {
                let line = text.get(line)?;
                let domain = self.parts.is_from(line).then(|| domain(line)).flatten()?;
                let is_own =
                    self.bodies.is_public_domain(&domain) || self.bodies.is_office(&mailbox(line), &domain);
                Some(is_own.then_some(domain))
            })
            .flatten()
    }

    /// The body whose text it is, as the text itself calls it.
    pub(super) fn owner(&self, kind: DocumentKind, text: &str) -> Option<String> {
        let (how, span) = self.author(kind, text)?;
        let lines = lines(text);
        let letter = Letter::new(self, text, &lines, HEAD);
        // Who is written to promises nothing in it.
        if how == AuthorHow::Text && (0..HEAD).any(|at| letter.is_address(at)) {
            return None;
        }
        let name = text.get(span)?;
        Some(name.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Who writes, where the text says so: the name by which others are told from them.
    pub(crate) fn writer(&self, kind: DocumentKind, text: &str) -> Option<String> {
        let speaks = matches!(kind, DocumentKind::Foi | DocumentKind::Letter);
        speaks.then(|| self.owner(kind, text)).flatten()
    }

    /// Whether a line is a day and nothing else.
    pub(super) fn is_day(text: &str, line: &Range<usize>) -> bool {
        let words = text.get(line.clone()).unwrap_or_default().trim();
        let found = days_in(words, Order::of(text));
        let whole = |day: &Day| day.date().is_some() && words.len() <= day.span.len() + WEEKDAY;
        found.first().is_some_and(whole)
    }

    fn author(&self, kind: DocumentKind, text: &str) -> Option<(AuthorHow, Range<usize>)> {
        let lines = lines(text);
        let speaks = matches!(
            kind,
            DocumentKind::Foi | DocumentKind::Letter | DocumentKind::Asset
        );
        // Nobody writes for a public body from a mailbox that anybody can have.
        let private = lines
            .iter()
            .take(HEAD)
            .filter_map(|line| text.get(line.clone()))
            .filter(|line| self.parts.is_from(line))
            .filter_map(domain)
            .any(|domain| self.bodies.is_free_mail(&domain));
        if private {
            return None;
        }
        let letter = Letter::new(self, text, &lines, HEAD);
        let is_name = |words: &str| self.bodies.is_titled(words) || self.bodies.is_headed(words);
        if speaks {
            let named = |(at, line): (usize, &Range<usize>)| {
                let words = text.get(line.clone()).unwrap_or_default();
                if letter.is_address(at) {
                    return None;
                }
                let short = words.chars().count() <= LINE && !self.parts.addresses(words);
                // What is told in a sentence is no head.
                if is_sentence(words) {
                    return None;
                }
                if short && is_name(words) {
                    return Some(trimmed(words, line.start));
                }
                let first = short.then(|| self.bodies.names(text, line.clone()).into_iter().next());
                first.flatten().map(|name| name.span)
            };
            if let Some(span) = lines.iter().enumerate().take(HEAD).find_map(named) {
                return Some((AuthorHow::Letterhead, span));
            }
            // Above the head's own lines everything is head.
            let foot = lines.len().saturating_sub(FOOT).max(HEAD);
            if let Some(span) = lines.iter().enumerate().skip(foot).find_map(named) {
                return Some((AuthorHow::Signature, span));
            }
        }
        // A page that opens with nothing but a name and a day is a letter without its greeting.
        let dated = || lines.iter().take(HEAD).any(|line| Self::is_day(text, line));
        let mut opens = lines.iter().enumerate().take(OPENS);
        let name = opens.find(|(at, line)| {
            !letter.is_address(*at) && is_name(text.get((*line).clone()).unwrap_or_default())
        });
        if let Some((_, line)) = name.filter(|_| dated()) {
            let words = text.get(line.clone()).unwrap_or_default();
            return Some((AuthorHow::Letterhead, trimmed(words, line.start)));
        }
        self.bodies.owner_at(text).map(|span| (AuthorHow::Text, span))
    }
}

/// Whether a line is a sentence, or the end of one.
fn is_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '?', '!']) && line.split_whitespace().count() > TITLE
}

/// Where the words of a line stand.
fn trimmed(line: &str, start: usize) -> Range<usize> {
    let from = start + line.len() - line.trim_start().len();
    from..from + line.trim().len()
}

/// What follows the last `@` of a line, in lower case.
fn domain(line: &str) -> Option<String> {
    let (_, host) = line.rsplit_once('@')?;
    let end = host
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
        .unwrap_or(host.len());
    let host = host.get(..end)?.trim_end_matches('.');
    host.contains('.').then(|| host.to_ascii_lowercase())
}

/// What stands before the last `@` of a line, in lower case.
fn mailbox(line: &str) -> String {
    let before = line.rsplit_once('@').map_or("", |(before, _)| before);
    let start = before
        .rfind(|c: char| c.is_whitespace() || matches!(c, '<' | ':'))
        .map_or(0, |at| at + 1);
    before.get(start..).unwrap_or_default().to_ascii_lowercase()
}

/// The lines that hold words, as byte ranges.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.chars().any(char::is_alphanumeric) {
            lines.push(start..start + line.trim_end().len());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use stripout_catalogue::Catalogue;

    use super::*;

    fn letterhead(kind: DocumentKind, text: &str) -> Letterhead {
        let rules = ReplyRules::new(&Catalogue::embedded().unwrap().words);
        rules.letterhead(kind, Shape::Prose, &[Passage::of_text(text)], None)
    }

    #[test]
    fn a_name_that_fills_its_line_is_whole() {
        for name in [
            "Blackburn with Darwen Borough Council",
            "Bournemouth, Christchurch and Poole Council",
            "Barking, Havering and Redbridge University Hospitals NHS Trust",
            "Estuary and Marsh Constabulary",
        ] {
            let text =
                format!("{name}\n3 May 2024\n\nDear Ms Price\n\nWe have 30 cameras.\n\nYours sincerely");
            let author = letterhead(DocumentKind::Letter, &text)
                .author
                .map(|a| (a.name, a.how));
            assert_eq!(author, Some((name.to_owned(), AuthorHow::Letterhead)), "{name}");
            // Without a greeting, and without a word of what it is.
            let bare = format!("{name}\n3 May 2024\n\nWe have 30 cameras.\n");
            let author = letterhead(DocumentKind::Web, &bare)
                .author
                .map(|a| (a.name, a.how));
            assert_eq!(author, Some((name.to_owned(), AuthorHow::Letterhead)), "{name}");
        }
    }

    #[test]
    fn who_is_written_to_does_not_write() {
        let told = |text: &str| {
            let author = letterhead(DocumentKind::Letter, text).author;
            author
                .filter(|author| author.how != AuthorHow::Text)
                .map(|author| author.name)
        };
        for text in [
            "Baydale Systems Ltd\nUnit 4, Trading Estate\n3 May 2024\n\nThe Head of Estates\nWigan Council\nTown Hall\n\nDear Sir\n\n\
             We have 6 cameras.\n\nYours faithfully\nA Manager",
            "3 May 2024\n\nWalsall Council\nCivic Centre\n\nDear Planning\n\nI object to 5 cameras.\n\nYours faithfully\nA Resident",
            "The Chief Executive\nOldham Council\n\nDear Sir\n\nOur office uses 12 cameras.\n\nYours faithfully\nChair",
            "Bury Council\nTown Hall\n\nDear Bury Council\n\nPlease tell me.\n\nYours faithfully",
            "Oldham Council\nTown Hall\n\nDear Sirs\n\nWe offer cameras.\n\nYours faithfully\nA Manager\nBaydale Systems Ltd",
            "Hart District Council\nObjection by a resident, received 3 May 2024\n\nMy neighbour has 4 cameras.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
        for (text, name) in [
            (
                "Wigan Council\nTown Hall\n3 May 2024\n\nMs J Price\n12 High Street\n\nDear Ms Price\n\nWe have 6 cameras.\n\nYours sincerely",
                "Wigan Council",
            ),
            (
                "3 May 2024\n\nMs J Price\n12 High Street\n\nDear Ms Price\n\nWe have 6 cameras.\n\nYours sincerely\n\nA Officer\nWigan Council",
                "Wigan Council",
            ),
            (
                "Hart District Council\n3 May 2024\n\nDear Ms Price\n\nObjections from residents were received.\n\nYours sincerely",
                "Hart District Council",
            ),
        ] {
            assert_eq!(told(text).as_deref(), Some(name), "{text}");
        }
    }

    /// Every body whose name has no noun of bodies is on the list of those that are a letterhead all the same.
    #[test]
    fn every_body_is_told_by_its_name_alone_at_the_head() {
        let catalogue = Catalogue::embedded().unwrap();
        let rules = ReplyRules::new(&catalogue.words);
        let bodies = stripout_catalogue::Bodies::embedded().unwrap();
        let mut missed = Vec::new();
        for body in bodies
            .iter()
            .filter(|body| !body.name.contains(|c: char| c.is_ascii_digit()))
        {
            let text = format!(
                "{}\n3 May 2024\n\nDear Ms Price\n\nWe have 30 cameras.\n",
                body.name
            );
            let head = rules.letterhead(
                DocumentKind::Letter,
                Shape::Prose,
                &[Passage::of_text(&text)],
                None,
            );
            if head
                .author
                .is_none_or(|author| author.how != AuthorHow::Letterhead)
            {
                missed.push(body.name.as_str());
            }
        }
        assert!(missed.len() <= 20, "{} missed: {missed:?}", missed.len());
    }

    #[test]
    fn a_mailbox_of_a_university_is_the_universitys_where_an_office_has_it() {
        for (from, sender) in [
            ("foi@example.ac.uk", Some("example.ac.uk")),
            (
                "Information Office <information-requests@example.ac.uk>",
                Some("example.ac.uk"),
            ),
            ("j.smith@example.ac.uk", None),
            ("foi@example.org", None),
        ] {
            let text = format!("From: {from}\nTo: a@example.org\nSubject: FOI 12\n\nWe have 9 cameras.");
            assert_eq!(
                letterhead(DocumentKind::Foi, &text).sender.as_deref(),
                sender,
                "{from}"
            );
        }
    }

    #[test]
    fn who_is_written_of_does_not_write() {
        let told = "From: jsmith@gmail.com\nTo: foi@babergh.gov.uk\nSubject: cameras\n\n\
                    I think Babergh District Council uses many cameras.";
        assert_eq!(letterhead(DocumentKind::Letter, told).author, None);
        let of = "From: office@example.org\nSubject: Babergh District Council cameras\n\n\
                  I think Babergh District Council uses many cameras in the streets of its towns.";
        let how = letterhead(DocumentKind::Letter, of)
            .author
            .map(|author| author.how);
        assert_eq!(how, Some(AuthorHow::Text));
        // A page with a headline and a day is no letter of the body in it.
        let page = "Sample Borough Council uses many cameras\n3 May 2024\n\nIt has 30.";
        let how = letterhead(DocumentKind::Web, page)
            .author
            .map(|author| author.how);
        assert_eq!(how, Some(AuthorHow::Text));
    }

    #[test]
    fn a_message_was_written_on_the_day_of_its_head() {
        let text = "From: foi@norwich.gov.uk\nTo: a@example.org\nDate: Thu, 4 Apr 2024 10:12:00 +0100\nSubject: FOI 12\n\n\
                    The cameras were bought on 1 January 2020.";
        let head = letterhead(DocumentKind::Foi, text);
        assert_eq!(
            head.written.map(|day| day.to_string()).as_deref(),
            Some("2024-04-04")
        );
        assert_eq!(head.sender.as_deref(), Some("norwich.gov.uk"));
    }

    #[test]
    fn of_an_address_the_domain_is_kept() {
        for (line, want) in [
            (
                "From: FOI Team <foi@Sampleford.gov.uk>",
                Some("sampleford.gov.uk"),
            ),
            (
                "From: foi@planning.sampleford.gov.uk.",
                Some("planning.sampleford.gov.uk"),
            ),
            ("From: The FOI team", None),
            ("From: a@localhost", None),
        ] {
            assert_eq!(domain(line).as_deref(), want, "{line}");
        }
    }
}
