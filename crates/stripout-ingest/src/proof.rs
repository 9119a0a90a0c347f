//! From a mention to its proof: the verbatim words around it.

use std::ops::Range;

use stripout_model::{BlobId, Evidence, Passage};

use crate::personal::contacts;

/// Longest excerpt in bytes before it is cut at a sentence or word.
const EXCERPT: usize = 300;
/// Bytes around an excerpt in which contacts are looked for: no address is longer, and a passage may be of any length.
const CONTACT: usize = 1_000;
/// Longest sentence in bytes that is quoted whole.
const SENTENCE: usize = 1_000;

/// Evidence for `span` of the passage. The excerpt is the whole passage when that is short, else the sentence, and
/// never runs over an e-mail address or telephone number.
pub(crate) fn evidence(blob: BlobId, passage: &Passage<'_>, span: &Range<usize>) -> Evidence {
    let text = passage.text.as_ref();
    let window = clear_of_contacts(text, window(text, span), span);
    let excerpt = text.get(window.clone()).unwrap_or_default().to_string();
    Evidence {
        blob,
        locator: passage.locator.clone(),
        mark: span.start - window.start..span.end - window.start,
        start: window.start,
        excerpt,
    }
}

/// Evidence of a sentence that decides or promises: the sentence whole, unless it is past all reason.
pub(crate) fn sentence_evidence(
    blob: BlobId,
    passage: &Passage<'_>,
    sentence: &Range<usize>,
    span: &Range<usize>,
) -> Evidence {
    let text = passage.text.as_ref();
    let fits = sentence.start <= span.start && span.end <= sentence.end && sentence.len() <= SENTENCE;
    if !fits || text.get(sentence.clone()).is_none() {
        return evidence(blob, passage, span);
    }
    let window = clear_of_contacts(text, sentence.clone(), span);
    Evidence {
        blob,
        locator: passage.locator.clone(),
        mark: span.start - window.start..span.end - window.start,
        start: window.start,
        excerpt: text.get(window).unwrap_or_default().to_string(),
    }
}

fn window(text: &str, span: &Range<usize>) -> Range<usize> {
    if text.len() <= EXCERPT {
        return 0..text.len();
    }
    let reach = EXCERPT.saturating_sub(span.len()) / 2;
    let low = boundary(text, span.start.saturating_sub(reach));
    let high = boundary(text, (span.end + reach).min(text.len()));
    let before = text.get(low..span.start).unwrap_or_default();
    let after = text.get(span.end..high).unwrap_or_default();
    // A sentence end or line break inside the reach is the natural cut, a space the next best.
    let start = if low == 0 {
        0
    } else {
        [". ", "? ", "! ", "; ", "\n"]
            .iter()
            .filter_map(|stop| before.rfind(stop).map(|at| at + stop.len()))
            .max()
            .or_else(|| before.find(' ').map(|at| at + 1))
            .map_or(low, |at| low + at)
    };
    let end = [". ", "? ", "! ", "\n"]
        .iter()
        .filter_map(|stop| after.find(stop).map(|at| at + stop.trim_end().len()))
        .min()
        .or_else(|| {
            if high == text.len() {
                None
            } else {
                after.rfind(' ')
            }
        })
        .map_or(high, |at| span.end + at);
    start..end
}

fn clear_of_contacts(text: &str, mut window: Range<usize>, span: &Range<usize>) -> Range<usize> {
    let low = boundary(text, window.start.saturating_sub(CONTACT));
    let high = boundary(text, (window.end + CONTACT).min(text.len()));
    for contact in contacts(text.get(low..high).unwrap_or_default()) {
        let contact = low + contact.start..low + contact.end;
        if contact.end <= span.start {
            window.start = window.start.max(contact.end);
        } else if contact.start >= span.end {
            window.end = window.end.min(contact.start);
        }
    }
    window
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, word: &str) -> Evidence {
        let passage = Passage::of_text(text);
        let at = text.find(word).unwrap();
        let evidence = evidence(BlobId::from_digest([0; 32]), &passage, &(at..at + word.len()));
        assert_eq!(evidence.marked(), Some(word));
        assert_eq!(
            text.get(evidence.start..evidence.start + evidence.excerpt.len()),
            Some(&*evidence.excerpt)
        );
        evidence
    }

    #[test]
    fn short_passages_are_whole() {
        let text = "5 number HIK Vision Recorders";
        assert_eq!(cut(text, "HIK Vision").excerpt, text);
    }

    #[test]
    fn long_passages_give_the_sentence() {
        let text = format!(
            "{}We hold 12 Examplecam units. {}",
            "Żółw. ".repeat(80),
            "More words here. ".repeat(40)
        );
        assert_eq!(cut(&text, "Examplecam").excerpt, "We hold 12 Examplecam units.");
    }

    #[test]
    fn contact_data_is_left_out() {
        let evidence = cut(
            "call 01632 960123 about Examplecam or mail desk@example.org",
            "Examplecam",
        );
        assert_eq!(evidence.excerpt, " about Examplecam or mail ");
    }
}
