//! Model numbers: the catalogue's patterns, each tried only where a number of its family can begin.
//!
//! People drop hyphens and scanners read digits as letters, so each pattern also has a loose form; the strict one is
//! tried first and only a family that proves its maker by itself may be read loosely.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Repetition};
use stripout_catalogue::{Catalogue, ModelFamily, Specificity};
use stripout_model::ModelId;

use crate::attribution::{Attributions, OwnerIndex};

/// Shorter beginnings are met everywhere, so a family with one is looked for beside camera words only.
const SHORTEST_PREFIX: usize = 3;
const LONGEST_PREFIX: usize = 6;
const MOST_PREFIXES: usize = 500;

/// The families of a catalogue, in the order of their index.
#[derive(Debug, Default)]
pub(crate) struct Grammars {
    pub(crate) families: Vec<Family>,
}

/// One family of numbers.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) id: ModelId,
    /// The maker, or the label where the number belongs to one.
    pub(crate) owner: OwnerIndex,
    pub(crate) specificity: Specificity,
    pub(crate) verified: bool,
    pub(crate) description: String,
    pub(crate) ambiguous_with: Vec<ModelId>,
    /// How its numbers begin, in lower case; empty when they begin in too many ways.
    pub(crate) prefixes: Vec<String>,
    /// The bytes that can come first; empty when any can.
    first: Vec<u8>,
    strict: Regex,
    loose: Option<Regex>,
}

/// A number found at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) span: Range<usize>,
    pub(crate) reading: Reading,
}

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Strict,
    /// Hyphens missing, or letters in the place of digits.
    Loose,
}

impl Grammars {
    pub(crate) fn new(catalogue: &Catalogue, attributions: &Attributions) -> Self {
        let families = catalogue
            .models
            .values()
            .filter_map(|model| Family::new(model, attributions))
            .collect();
        Self { families }
    }

    /// Families whose numbers begin in too many ways to be looked for by their beginnings.
    pub(crate) fn unprefixed(&self) -> impl Iterator<Item = (usize, &Family)> {
        self.families
            .iter()
            .enumerate()
            .filter(|(_, f)| f.prefixes.is_empty())
    }
}

impl Family {
    fn new(model: &ModelFamily, attributions: &Attributions) -> Option<Self> {
        let brand = model.brand.as_ref().and_then(|b| attributions.brand(b));
        let maker = model.maker.as_ref().and_then(|m| attributions.maker(m));
        // A label may be made by several; the number says by whom, so the family's maker wins where they differ.
        let name = |index: OwnerIndex| attributions.owner(index).map(|o| &o.label);
        let agrees = |b: &OwnerIndex| {
            let head =
                |index: Option<OwnerIndex>| index.and_then(|i| attributions.owner(i)).map(|o| &o.maker);
            head(Some(*b)) == head(maker)
        };
        let owner = brand
            .filter(agrees)
            .filter(|b| name(*b) != maker.and_then(name))
            .or(maker)?;
        let parsed = ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(&model.pattern)
            .ok()?;
        let strict = transform(&parsed, Reading::Strict);
        let may_be_loose = model.specificity == Specificity::High;
        let loose = may_be_loose.then(|| transform(&parsed, Reading::Loose));
        let mut prefixes = beginnings(&strict).unwrap_or_default();
        if let (false, Some(loose)) = (prefixes.is_empty(), &loose) {
            prefixes.extend(beginnings(loose).unwrap_or_default());
        }
        prefixes.sort();
        prefixes.dedup();
        Some(Self {
            id: model.id.clone(),
            owner,
            specificity: model.specificity,
            verified: model.verification >= stripout_catalogue::Verification::Partly,
            description: model.description.clone(),
            ambiguous_with: model.ambiguous_with.clone(),
            prefixes,
            first: first_bytes(&strict).unwrap_or_default(),
            strict: compile(&strict)?,
            loose: loose.as_ref().and_then(compile),
        })
    }

    /// A quick look before `number_at`.
    pub(crate) fn may_begin_with(&self, byte: u8) -> bool {
        self.first.is_empty() || self.first.contains(&byte)
    }

    /// The number that begins at `at`, without trailing punctuation.
    pub(crate) fn number_at(&self, text: &str, at: usize) -> Option<Number> {
        let rest = text.as_bytes().get(at..)?;
        let found = |regex: &Regex, reading| {
            let end = regex.find(rest).map(|found| found.end())?;
            let end = at + trimmed(rest.get(..end)?);
            (end > at && !cuts_word(text, end)).then_some(Number {
                span: at..end,
                reading,
            })
        };
        // Letters may stand for digits, but a word without any digit is a word.
        let has_digit = |number: &Number| {
            text.as_bytes()
                .get(number.span.clone())
                .is_some_and(|n| n.iter().any(u8::is_ascii_digit))
        };
        found(&self.strict, Reading::Strict)
            .or_else(|| found(self.loose.as_ref()?, Reading::Loose).filter(has_digit))
    }
}

/// Whether a number that ends here would leave letters or digits of its token behind.
fn cuts_word(text: &str, end: usize) -> bool {
    let bytes = text.as_bytes();
    let last = end.checked_sub(1).and_then(|i| bytes.get(i));
    last.is_some_and(u8::is_ascii_alphanumeric) && bytes.get(end).is_some_and(u8::is_ascii_alphanumeric)
}

/// Length without trailing hyphens, slashes and brackets that do not close.
fn trimmed(number: &[u8]) -> usize {
    let mut end = number.len();
    loop {
        let part = number.get(..end).unwrap_or_default();
        let open = memchr::memchr_iter(b'(', part).count();
        let close = memchr::memchr_iter(b')', part).count();
        match part.last() {
            Some(b'-' | b'/' | b' ' | b'_') => end -= 1,
            Some(b')') if close > open => end -= 1,
            _ if open > close => end = part.iter().rposition(|&b| b == b'(').unwrap_or(end),
            _ => return end,
        }
    }
}

fn compile(hir: &Hir) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{hir})"))
        .unicode(false)
        .build()
        .ok()
}

/// The same with every run of digits or letters at least one long: what it begins with is soon told.
fn shortened(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(shortened).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(shortened).collect()),
        HirKind::Repetition(repetition) if repetition.min > 1 => Hir::repetition(Repetition {
            min: 1,
            max: None,
            ..repetition.clone()
        }),
        _ => hir.clone(),
    }
}

/// Every way a number can begin, as long as they are few, and long enough.
fn beginnings(hir: &Hir) -> Option<Vec<String>> {
    let shortened = shortened(hir);
    (SHORTEST_PREFIX..=LONGEST_PREFIX).rev().find_map(|length| {
        let mut extractor = Extractor::new();
        extractor
            .limit_total(10 * MOST_PREFIXES)
            .limit_class(40)
            .limit_literal_len(length);
        let mut sequence = extractor.extract(&shortened);
        sequence.keep_first_bytes(length);
        sequence.dedup();
        let literals = sequence.literals().filter(|l| l.len() <= MOST_PREFIXES)?;
        let texts = literals.iter().map(|l| std::str::from_utf8(l.as_bytes()).ok());
        let texts: Option<Vec<String>> = texts
            .map(|t| t.filter(|t| is_telling(t, length)).map(str::to_owned))
            .collect();
        texts.filter(|t| !t.is_empty())
    })
}

fn first_bytes(hir: &Hir) -> Option<Vec<u8>> {
    let mut extractor = Extractor::new();
    extractor.limit_class(40).limit_literal_len(1);
    let mut sequence = extractor.extract(&shortened(hir));
    sequence.keep_first_bytes(1);
    sequence.dedup();
    sequence
        .literals()?
        .iter()
        .map(|l| l.as_bytes().first().copied())
        .collect()
}

/// Long enough, and with letters enough to be rare: figures and full stops are met everywhere.
fn is_telling(beginning: &str, length: usize) -> bool {
    beginning.len() >= length && beginning.bytes().filter(u8::is_ascii_lowercase).count() >= 2
}

/// Lower case, without the boundary at the start (`number_at` looks at that itself); loose on request.
fn transform(hir: &Hir, reading: Reading) -> Hir {
    match hir.kind() {
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(|part| transform(part, reading)).collect()),
        HirKind::Alternation(parts) => {
            Hir::alternation(parts.iter().map(|part| transform(part, reading)).collect())
        }
        HirKind::Capture(capture) => transform(&capture.sub, reading),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            sub: Box::new(transform(&repetition.sub, reading)),
            ..*repetition
        }),
        HirKind::Literal(literal) => {
            Hir::concat(literal.0.iter().map(|&byte| letter(byte, reading)).collect())
        }
        HirKind::Class(class) => lower_class(class, reading),
        HirKind::Look(_) | HirKind::Empty => Hir::empty(),
    }
}

fn letter(byte: u8, reading: Reading) -> Hir {
    let byte = byte.to_ascii_lowercase();
    let class = |bytes: &[u8]| {
        let ranges = bytes.iter().map(|&b| ClassBytesRange::new(b, b));
        Hir::class(Class::Bytes(ClassBytes::new(ranges)))
    };
    match (reading, byte) {
        (Reading::Loose, b'-') => Hir::repetition(Repetition {
            min: 0,
            max: Some(1),
            greedy: true,
            sub: Box::new(class(b"- _")),
        }),
        (Reading::Loose, b'2') => class(b"2z"),
        (Reading::Loose, b's') => class(b"s5"),
        (Reading::Strict | Reading::Loose, _) => Hir::literal([byte]),
    }
}

fn lower_class(class: &Class, reading: Reading) -> Hir {
    let ranges: Vec<(u8, u8)> = match class {
        Class::Bytes(class) => class.iter().map(|r| (r.start(), r.end())).collect(),
        Class::Unicode(class) => {
            let byte = |c: char| u8::try_from(u32::from(c)).unwrap_or(u8::MAX);
            class.iter().map(|r| (byte(r.start()), byte(r.end()))).collect()
        }
    };
    let digits_only = !ranges.is_empty()
        && ranges
            .iter()
            .all(|(a, b)| a.is_ascii_digit() && b.is_ascii_digit());
    let mut lower: Vec<ClassBytesRange> = ranges
        .iter()
        .map(|&(a, b)| ClassBytesRange::new(a.to_ascii_lowercase(), b.to_ascii_lowercase()))
        .collect();
    if digits_only && reading == Reading::Loose {
        lower.extend([b'o', b'i', b'l', b's', b'b', b'z'].map(|b| ClassBytesRange::new(b, b)));
    }
    Hir::class(Class::Bytes(ClassBytes::new(lower)))
}
