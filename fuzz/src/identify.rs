//! Texts through the identify entry: the first byte chooses what they are, blank lines part them.

use std::borrow::Cow;
use std::sync::LazyLock;

use stripout_catalogue::Catalogue;
use stripout_identify::Identifier;
use stripout_model::{Decoding, DocumentKind, Escape, Locator, Passage, Place, Role, Shape};

static IDENTIFIER: LazyLock<Identifier> =
    LazyLock::new(|| Identifier::new(&Catalogue::embedded().expect("the embedded catalogue loads")));

const KINDS: &[(DocumentKind, Shape, Role)] = &[
    (DocumentKind::Web, Shape::Prose, Role::Text),
    (DocumentKind::Foi, Shape::Prose, Role::Text),
    (DocumentKind::Spend, Shape::Row, Role::Purpose),
    (DocumentKind::Asset, Shape::Row, Role::Purpose),
    (DocumentKind::Contract, Shape::Fields, Role::Text),
];

pub(crate) fn identify(bytes: &[u8]) {
    let Some((choice, text)) = bytes.split_first() else {
        return;
    };
    let Some((kind, shape, role)) = KINDS.get(usize::from(*choice) % KINDS.len()).copied() else {
        return;
    };
    let text = String::from_utf8_lossy(text);
    let passages: Vec<Passage<'_>> = text
        .split("\n\n")
        .map(|text| Passage {
            text: Cow::Borrowed(text),
            role,
            name: Cow::Borrowed(""),
            locator: Locator {
                member: None,
                place: Place::Text { line: 1, column: 1 },
                bytes: 0..text.len() as u64,
                decoding: Decoding {
                    encoding: "UTF-8".into(),
                    escape: Escape::Plain,
                },
            },
        })
        .collect();
    let identifier = &*IDENTIFIER;
    let found = identifier.record(kind, shape, &passages, None);
    let spans = found
        .mentions
        .iter()
        .map(|mention| (mention.passage, &mention.span))
        .chain(found.lead.iter().map(|lead| (lead.passage, &lead.span)))
        .chain(found.affiliations.iter().map(|tie| (tie.passage, &tie.span)));
    for (passage, span) in spans {
        let text = &passages[passage].text;
        assert!(text.get(span.clone()).is_some_and(|named| !named.is_empty()), "{span:?} of {text:?}");
    }
    // The fast first look may say yes too often, never no wrongly.
    assert!(
        found.mentions.is_empty() || identifier.sieve(text.as_bytes()),
        "the sieve passes over {:?}",
        found.mentions
    );
}
