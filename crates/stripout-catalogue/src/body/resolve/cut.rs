//! Names that a ledger cut off where its field ends: `DEPARTMENT FOR ENVIRONMENT FOOD & R`.

use jiff::civil::Date;
use stripout_model::Confidence;

use super::Found;
use super::fold::plain;
use super::index::Name;
use crate::body::alias::AliasKind;
use crate::body::bodies::Bodies;

/// Fewest characters that are left of a name: of one that ends within a word, and of one that ends with a whole word, which may as
/// well be all of another name.
const WITHIN: usize = 20;
const WHOLE: usize = 33;

/// Fewest letters of the last word that tell anything. With fewer, what stands before them has to be enough.
const TELLING: usize = 3;

/// Names in the order of the alphabet, with the bodies they are of.
#[derive(Debug, Default)]
pub(super) struct Beginnings(Vec<(String, usize)>);

impl Beginnings {
    pub(super) fn new(names: &[Name]) -> Self {
        let told = names.iter().filter(|name| {
            !matches!(
                name.kind,
                Some(AliasKind::Acronym | AliasKind::Informal | AliasKind::Site)
            )
        });
        let mut sorted: Vec<(String, usize)> = told.map(|name| (written(&name.text), name.body)).collect();
        sorted.sort_unstable();
        Self(sorted)
    }

    /// What begins so.
    fn of<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = (&'a str, usize)> {
        let start = self.0.partition_point(|(name, _)| name.as_str() < beginning);
        let rest = self.0.get(start..).unwrap_or_default().iter();
        rest.take_while(move |(name, _)| name.starts_with(beginning))
            .map(|(name, body)| (name.as_str(), *body))
    }
}

impl Bodies {
    /// The one body whose name begins with this, where it is long enough and in capitals, as ledgers write.
    pub(super) fn cut(&self, name: &str, at: Option<Date>) -> Found {
        if name.chars().any(char::is_lowercase) {
            return Found::Nothing;
        }
        let text = written(name);
        let length = text.chars().count();
        if length < WITHIN {
            return Found::Nothing;
        }
        let mut going_on = self.index.beginnings.of(&text);
        let within = |name: &str| {
            name.strip_prefix(text.as_str())
                .is_some_and(|rest| !rest.starts_with(' '))
        };
        let Some(body) = going_on
            .find(|(name, body)| self.existed(*body, at) && (within(name) || length >= WHOLE))
            .map(|(_, body)| body)
        else {
            return Found::Nothing;
        };
        let stem = match text.rsplit_once(' ') {
            Some((before, last)) if last.chars().count() < TELLING => before,
            _ => text.as_str(),
        };
        let mut alike = self.index.beginnings.of(stem);
        if alike.any(|(_, other)| other != body && self.existed(other, at)) {
            return Found::Nothing;
        }
        Found::One {
            body,
            sure: Confidence::Likely,
            why: format!(
                "cut off, the name of {} begins so and no other does",
                self.name(body)
            ),
        }
    }
}

/// Words with single blanks between, without an article.
fn written(name: &str) -> String {
    let words = plain(name).join(" ");
    words.strip_prefix("the ").map(str::to_owned).unwrap_or(words)
}
