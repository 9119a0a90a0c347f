//! Whose words may tell where a sensitive site is, and what of them may be quoted to everybody.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use stripout_catalogue::Catalogue;
use stripout_model::Evidence;

/// The criterion by which instruments ask whether a site is sensitive: a value of `data/vocab/site-criteria.toml`.
const SENSITIVE: &str = "sensitive";

/// Kinds of bodies that have sensitive sites, as far as an instrument asks whether a site of theirs is one. Which one it is
/// is hardly ever stated, so no place of theirs is told to everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guard(Option<BTreeSet<String>>);

impl Guard {
    /// Holds nothing back: for people who may see all.
    pub fn none() -> Self {
        Self(None)
    }

    pub fn of(catalogue: &Catalogue) -> Self {
        let provisions = catalogue.policies.values().flat_map(|policy| &policy.provisions);
        let asking = provisions.filter(|provision| provision.site.contains_key(SENSITIVE));
        let who = asking.filter_map(|provision| provision.body.as_ref());
        Self(Some(who.flat_map(|who| who.kind.iter().cloned()).collect()))
    }

    /// Whether words about a body of this kind are held back; so are those about a body that is not known.
    pub fn holds(&self, kind: Option<&str>) -> bool {
        self.0
            .as_ref()
            .is_some_and(|kinds| kind.is_none_or(|kind| kinds.contains(kind)))
    }

    /// Of the words of a source before, in and after the recognised ones: the recognised ones alone where they are held back.
    pub fn parts<'e>(&self, kind: Option<&str>, evidence: &'e Evidence) -> [Cow<'e, str>; 3] {
        let Range { start, end } = evidence.mark;
        let part = |range: Range<usize>| evidence.excerpt.get(range).unwrap_or_default();
        let around = |range: Range<usize>| match part(range) {
            "" => Cow::Borrowed(""),
            _ if self.holds(kind) => Cow::Borrowed(" \u{2026} "),
            whole => Cow::Borrowed(whole),
        };
        [
            around(0..start),
            Cow::Borrowed(part(start..end)),
            around(end..evidence.excerpt.len()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use stripout_model::{BlobId, Locator};

    use super::*;

    fn evidence(excerpt: &str, mark: Range<usize>) -> Evidence {
        Evidence {
            blob: BlobId::UNHASHED,
            locator: Locator::of_text(excerpt),
            excerpt: excerpt.into(),
            start: 0,
            mark,
        }
    }

    #[test]
    fn places_of_bodies_with_sensitive_sites_are_held_back() {
        let guard = Guard::of(&Catalogue::embedded().unwrap());
        assert!(guard.holds(Some("department")) && guard.holds(None));
        assert!(!guard.holds(Some("council")));
        let said = evidence("At Specimen House we will remove all of them.", 21..32);
        assert_eq!(
            guard.parts(Some("department"), &said).concat(),
            " \u{2026} will remove \u{2026} "
        );
        assert_eq!(guard.parts(Some("council"), &said).concat(), said.excerpt);
        let whole = evidence("will remove", 0..11);
        assert_eq!(guard.parts(Some("department"), &whole).concat(), "will remove");
        assert_eq!(
            Guard::none().parts(Some("department"), &said).concat(),
            said.excerpt
        );
    }
}
