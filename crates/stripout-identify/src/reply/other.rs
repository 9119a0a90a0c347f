//! What a text says of a body that is not the one who writes: `Kent County Council has 40 X`, in another council's reply.

use std::collections::BTreeSet;
use std::ops::Range;

use stripout_model::DocumentKind;

use super::ReplyRules;

/// Bytes of a sentence before a maker in which its subject is looked for.
const REACH: usize = 400;
/// Words of a name that say nothing of whose it is.
const DULL: [&str; 6] = ["the", "of", "and", "for", "&", "in"];

impl ReplyRules {
    /// Who writes, where the text says so: the name by which others are told from them.
    pub(crate) fn writer(&self, kind: DocumentKind, text: &str) -> Option<String> {
        if !matches!(kind, DocumentKind::Foi | DocumentKind::Letter) {
            return None;
        }
        self.owner(kind, text)
    }

    /// The body whose cameras a sentence speaks of, where it is named before them as the one that has, buys or removes them
    /// and is not `writer`.
    pub(crate) fn other_owner(&self, writer: &str, text: &str, span: &Range<usize>) -> Option<String> {
        let low = text.floor_char_boundary(span.start.saturating_sub(REACH));
        let near = text.get(low..span.start)?;
        let from = [". ", "? ", "! ", "; ", "\n\n"]
            .iter()
            .filter_map(|stop| near.rfind(stop).map(|at| low + at + stop.len()))
            .max()
            .unwrap_or(low);
        let name = self.bodies.names(text, from..span.start).pop()?;
        let between = text.get(name.span.end..span.start)?;
        let verb = between.split_whitespace().next()?.to_lowercase();
        let joined = between.starts_with(char::is_whitespace);
        if !joined || !self.owns.contains(&verb) {
            return None;
        }
        let words = |name: &str| -> BTreeSet<String> {
            let words = name.split(|c: char| !c.is_alphanumeric() && c != '&');
            let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
            words.filter(|word| !DULL.contains(&word.as_str())).collect()
        };
        let written = text.get(name.span.clone())?;
        let (mut own, mut other) = (words(writer), words(written));
        // A minister writes for the department of the same matters.
        if own.iter().any(|word| self.bodies.is_title(word)) {
            let plain = |word: &String| !self.bodies.is_noun(word) && !self.bodies.is_title(word);
            own.retain(plain);
            other.retain(plain);
        }
        // `The Council` is whoever writes; so is a shorter or longer form of the name.
        let alike =
            other.is_empty() || words(written).len() < 2 || own.is_subset(&other) || other.is_subset(&own);
        (!alike).then(|| written.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
