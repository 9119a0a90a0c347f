//! Which parts of a text are not the reply's own words: the request, earlier messages, and quotations with their speaker.

use std::ops::Range;

use stripout_catalogue::PartWords;

use super::body::is_broken;

/// Words of the request or of an earlier message.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) span: Range<usize>,
}

/// Words in quotation marks, and what introduces them.
#[derive(Debug, Clone)]
pub(super) struct Quotation {
    /// Between the marks.
    pub(super) span: Range<usize>,
    /// The words before or after it that say who speaks, when they hold a verb of saying; else empty.
    pub(super) speaker: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Parts {
    request: Vec<String>,
    reply: Vec<String>,
    earlier: Vec<String>,
    says: Vec<String>,
    addressed: Vec<String>,
    from: Vec<String>,
    subject: Vec<String>,
    automatic: Vec<String>,
}

/// Bytes before a quotation in which its speaker is looked for.
const INTRODUCTION: usize = 240;

impl Parts {
    pub(super) fn new(words: &PartWords) -> Self {
        Self {
            request: words.request.clone(),
            reply: words.reply.clone(),
            earlier: words.earlier.clone(),
            says: words.says.clone(),
            addressed: words.addressed.clone(),
            from: words.from.clone(),
            subject: words.subject.clone(),
            automatic: words.automatic.clone(),
        }
    }

    /// In order of the text.
    pub(super) fn requests(&self, text: &str) -> Vec<Region> {
        let mut out: Vec<Region> = Vec::new();
        let mut open: Option<(usize, bool)> = None;
        let mut at = 0;
        let answered = text.lines().any(|line| heads(&self.reply, line).is_some());
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let trimmed = line.trim();
            let lower = trimmed.to_lowercase();
            if trimmed.starts_with('>') {
                out.push(Region { span: start..at });
                continue;
            }
            if start > 0 && self.begins_earlier(&lower) {
                out.extend(open.take().map(|(from, _)| Region { span: from..start }));
                out.push(Region {
                    span: start..text.len(),
                });
                return out;
            }
            if let Some(after) = heads(&self.reply, line) {
                out.extend(open.take().map(|(from, _)| Region {
                    span: from..start + after,
                }));
            } else if open.is_none()
                && let Some(after) = heads(&self.request, line)
            {
                let inline = line.get(after..).is_some_and(|rest| !rest.trim().is_empty());
                open = Some((start, inline));
            } else if let Some((from, inline)) = open
                && !answered
                && trimmed.is_empty()
                && (inline
                    || text
                        .get(from..start)
                        .is_some_and(|t| t.lines().filter(|l| !l.trim().is_empty()).count() > 1))
            {
                // Nothing says where the reply begins: the request is one paragraph.
                out.push(Region { span: from..start });
                open = None;
            }
        }
        // Where no reply is headed any more the request is one paragraph again.
        if let Some((from, inline)) = open.filter(|_| answered) {
            out.push(Region {
                span: from..paragraph_end(text, from, inline),
            });
        }
        out
    }

    /// Whether a line names whom the document goes to.
    pub(super) fn addresses(&self, line: &str) -> bool {
        opens(&self.addressed, line)
    }

    /// Whether a line of the head of a message names who sends it.
    pub(super) fn is_from(&self, line: &str) -> bool {
        opens(&self.from, line)
    }

    /// Whether a line of the head of a message tells what it is about.
    pub(super) fn is_subject(&self, line: &str) -> bool {
        opens(&self.subject, line)
    }

    /// Whether that line is one of an automatic reply.
    pub(super) fn is_automatic(&self, line: &str) -> bool {
        let about = line.split_once(':').filter(|_| self.is_subject(line));
        about.is_some_and(|(_, words)| opens(&self.automatic, words))
    }

    fn begins_earlier(&self, line: &str) -> bool {
        self.earlier.iter().any(|mark| line.starts_with(mark.as_str()))
            || line.starts_with("on ") && line.ends_with("wrote:")
    }

    /// In order of the text. An opening mark that nothing closes ends with its paragraph.
    pub(super) fn quotations(&self, text: &str) -> Vec<Quotation> {
        let mut out = Vec::new();
        let mut open: Option<usize> = None;
        let mut ended = 0;
        for (at, c) in text.char_indices() {
            let after = at + c.len_utf8();
            match (c, open) {
                ('“', None) => open = Some(after),
                ('"', None) => {
                    let opens = text.get(..at).and_then(|t| t.chars().next_back());
                    if opens.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':')) {
                        open = Some(after);
                    }
                }
                // A further paragraph of the same speech opens again.
                ('“', Some(from)) => {
                    out.push(self.quotation(text, from..at, ended));
                    ended = at;
                    open = Some(after);
                }
                ('”' | '"', Some(from)) => {
                    out.push(self.quotation(text, from..at, ended));
                    ended = after;
                    open = None;
                }
                _ => {}
            }
        }
        out.extend(open.map(|from| self.quotation(text, from..text.len(), ended)));
        // Paragraphs of one speech have one speaker.
        for at in 1..out.len() {
            let Some((before, rest)) = out.split_at_mut_checked(at) else {
                break;
            };
            let (Some(last), Some(next)) = (before.last(), rest.first_mut()) else {
                break;
            };
            let gap = text.get(last.span.end..next.span.start).unwrap_or_default();
            if next.speaker.is_empty() && gap.trim_matches(['“', '”', '"']).trim().is_empty() {
                next.speaker = last.speaker.clone();
            }
        }
        out
    }

    fn quotation(&self, text: &str, span: Range<usize>, ended: usize) -> Quotation {
        let mut low = ended.max(span.start.saturating_sub(INTRODUCTION)).min(span.start);
        while !text.is_char_boundary(low) {
            low += 1;
        }
        let before = text.get(low..span.start).unwrap_or_default();
        let trimmed = before.trim_end_matches(['“', '"', ' ', '\n', '\r', ':', ',']);
        // `paragraph 6.2` is no end of a sentence.
        let from = trimmed
            .rmatch_indices(['\n', '.', '?', '!'])
            .filter(|(at, stop)| *stop != "\n" || !is_broken(trimmed, *at))
            .map(|(at, stop)| at + stop.len())
            .find(|from| {
                trimmed
                    .get(*from..)
                    .is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            })
            .unwrap_or(0);
        let introduction = trimmed.get(from..).unwrap_or_default();
        let introduces = introduction
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| self.says.iter().any(|says| says.eq_ignore_ascii_case(word)));
        let speaker = if introduces {
            low + from..low + trimmed.len()
        } else {
            self.speaker_after(text, span.end)
        };
        Quotation { span, speaker }
    }

    /// `"...", said a spokesperson for the council.`
    fn speaker_after(&self, text: &str, end: usize) -> Range<usize> {
        let rest = text.get(end..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start_matches(['”', '"', ',', ' ']).len();
        let tail = rest.get(skipped..).unwrap_or_default();
        let stop = tail.find(['.', '\n', '“', '"', ':']).unwrap_or(tail.len());
        let line = tail.get(..stop).unwrap_or_default();
        let mut words = line.split_whitespace();
        let says = words
            .by_ref()
            .take(6)
            .any(|word| self.says.iter().any(|says| says.eq_ignore_ascii_case(word)));
        if says && skipped > 0 {
            end + skipped..end + skipped + stop
        } else {
            end..end
        }
    }
}

/// Where the paragraph of a heading at `from` ends; the words may begin under it.
fn paragraph_end(text: &str, from: usize, inline: bool) -> usize {
    let mut at = from;
    let mut filled = usize::from(inline);
    for line in text.get(from..).unwrap_or_default().split_inclusive('\n') {
        if line.trim().is_empty() && filled > 1 {
            return at;
        }
        filled += usize::from(!line.trim().is_empty());
        at += line.len();
    }
    text.len()
}

fn opens(openings: &[String], line: &str) -> bool {
    let lower = line.trim_start().to_lowercase();
    openings.iter().any(|opening| lower.starts_with(opening.as_str()))
}

/// Bytes of a heading that a line begins with: the whole line, or up to its colon.
fn heads(list: &[String], line: &str) -> Option<usize> {
    let start = line.len() - line.trim_start().len();
    let trimmed = line.trim();
    let lower = trimmed.to_lowercase();
    list.iter()
        .filter(|head| {
            lower
                .strip_prefix(head.as_str())
                .is_some_and(|rest| rest.is_empty() || head.ends_with(':') || rest.starts_with([':', '?']))
        })
        .map(String::len)
        .max()
        .map(|length| {
            let colon = trimmed.get(length..).is_some_and(|rest| rest.starts_with(':'));
            start + length + usize::from(colon)
        })
}
