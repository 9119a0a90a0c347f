//! Single messages (.eml), by RFC 5322 and MIME.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use encoding_rs::{Encoding, REPLACEMENT};
use mail_parser::{
    HeaderForm, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use stripout_model::{Code, Problem};

use super::claims::{is_message, without_blank};
use super::guard::guard;
use super::letter::Letter;
use super::name::{Names, ending};
use super::transfer::Transfer;
use super::{input, unit, warning};
use crate::Options;
use crate::document::{Content, Document, Each, Layer, Signs};
use crate::encoding::{Coding, decode};
use crate::format::html;

pub(crate) struct Eml;

impl Document for Eml {
    fn name(&self) -> &'static str {
        "eml"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["eml"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        matches!(signs, Signs::Head(head) if is_message(head.bytes))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let raw = without_blank(whole);
        let guarded = guard(raw);
        if let Some(problem) = guarded.problem {
            each(Err(problem))?;
        }
        let parser = MessageParser::new().with_mime_headers();
        let Some(message) = parser.parse(&guarded.bytes) else {
            return each(Err(input(
                Code::InputNotUnderstood,
                "the message has no head",
                "no field like `From:` was found".into(),
                "open it in a mail program and save it again",
            )));
        };
        let mail = Mail {
            message: &message,
            raw,
            options,
            digest: inside(&message, "xigest"),
            alternatives: inside(&message, "alternative"),
        };
        let flow = mail.layers(each);
        take_apart(message);
        flow
    }
}

struct Mail<'m> {
    message: &'m Message<'m>,
    /// As it came: the parser saw a copy of it in which inner messages are closed.
    raw: &'m [u8],
    options: &'m Options,
    /// Parts of digests: messages, though they do not say so.
    digest: BTreeSet<u32>,
    alternatives: BTreeSet<u32>,
}

impl Mail<'_> {
    fn layers(&self, each: &mut Each<'_>) -> ControlFlow<()> {
        for problem in self.problems() {
            each(Err(problem))?;
        }
        let mut letter = Letter::default();
        self.head(&mut letter);
        let mut problems = Vec::new();
        let used = self.body(&mut letter, &mut problems);
        for problem in problems {
            each(Err(problem))?;
        }
        letter.layers(None, each)?;
        self.files(&used, each)
    }

    fn head(&self, letter: &mut Letter) {
        for (label, name) in [
            ("From", HeaderName::From),
            ("To", HeaderName::To),
            ("Date", HeaderName::Date),
            ("Subject", HeaderName::Subject),
        ] {
            for value in self.message.header_as(name, HeaderForm::Text) {
                if let HeaderValue::Text(words) = value {
                    letter.head(label, &words);
                }
            }
        }
    }

    /// Fills the letter with the body; gives the parts that it took.
    fn body(&self, letter: &mut Letter, problems: &mut Vec<Problem>) -> BTreeSet<u32> {
        let text = &self.bodies(&self.message.text_body);
        let rich_ids = &self.bodies(&self.message.html_body);
        let texts: BTreeSet<u32> = text.iter().copied().collect();
        let html: Vec<u32> = rich_ids
            .iter()
            .copied()
            .filter(|id| !texts.contains(id))
            .collect();
        let mut used = BTreeSet::new();
        let mut plain = Letter::default();
        let mut found = Vec::new();
        for id in text {
            self.take(*id, &mut plain, &mut used, &mut found);
        }
        if !html.is_empty() && plain.new.len() + plain.quoted.len() < 400 {
            // "Your program does not show HTML."
            let (mut rich, mut rich_used, mut rich_found) = (Letter::default(), BTreeSet::new(), Vec::new());
            for id in rich_ids {
                self.take(*id, &mut rich, &mut rich_used, &mut rich_found);
            }
            let words = |letter: &Letter| {
                letter.new.split_whitespace().count() + letter.quoted.split_whitespace().count()
            };
            if words(&plain) * 10 < words(&rich) {
                (plain, found) = (rich, rich_found);
            }
            used.extend(rich_used);
        }
        // Text that is cut off is taken for an attachment by the parser, as is a multipart without its boundary or text of
        // a kind of its own.
        for id in &self.message.attachments {
            let nameless = self.part(*id).is_some_and(|part| {
                let attached = part
                    .content_disposition()
                    .is_some_and(mail_parser::ContentType::is_attachment);
                part.attachment_name().is_none() && !attached
            });
            let cut = self.is_cut_text(*id) && !self.alternatives.contains(id);
            if nameless && (cut || plain.is_blank()) && !used.contains(id) && self.closed(*id).is_none() {
                self.take(*id, &mut plain, &mut used, &mut found);
            }
        }
        // Where both forms say the same, the other one is no attachment.
        used.extend(html);
        letter.new = plain.new;
        letter.quoted = plain.quoted;
        letter.hidden = plain.hidden;
        problems.extend(found);
        used
    }

    fn is_cut_text(&self, id: u32) -> bool {
        self.part(id).is_some_and(|part| {
            let kind = part.content_type();
            part.is_encoding_problem && kind.is_none_or(|kind| kind.ctype().eq_ignore_ascii_case("text"))
        })
    }

    /// Without the messages in a digest, which the parser takes for text once they are closed.
    fn bodies(&self, ids: &[u32]) -> Vec<u32> {
        ids.iter()
            .copied()
            .filter(|id| self.closed(*id).is_none())
            .collect()
    }

    /// Adds a part to the letter if it is text.
    fn take(&self, id: u32, letter: &mut Letter, used: &mut BTreeSet<u32>, problems: &mut Vec<Problem>) {
        let Some(part) = self.part(id) else { return };
        let decoded = match &part.body {
            PartType::Text(decoded) | PartType::Html(decoded) => decoded,
            PartType::Binary(_)
                if part
                    .content_type()
                    .is_some_and(|kind| kind.ctype() == "multipart") =>
            {
                ""
            }
            _ => return,
        };
        used.insert(id);
        let (bytes, sound) = self.bytes(part);
        if !sound {
            problems.push(damaged("the text", part));
        }
        let (text, problem) = self.text(part, &bytes, decoded);
        problems.extend(problem);
        if text.trim_start().starts_with("-----BEGIN PGP MESSAGE-----") {
            problems.push(encrypted("PGP"));
        }
        if matches!(part.body, PartType::Html(_)) || part.is_content_type("text", "html") {
            letter.html(&html::of_text(&text, html::Place::Mail));
        } else {
            letter.text(&text);
        }
    }

    /// The text in the encoding that the part states, or else looks like.
    fn text(&self, part: &MessagePart<'_>, bytes: &[u8], decoded: &str) -> (String, Option<Problem>) {
        let label = part.content_type().and_then(|kind| kind.attribute("charset"));
        let stated = label.and_then(|label| Encoding::for_label(label.as_bytes()));
        let ascii = label.is_some_and(|label| label.to_ascii_lowercase().contains("ascii"));
        match stated.filter(|encoding| *encoding != REPLACEMENT && (!ascii || bytes.is_ascii())) {
            Some(encoding) => {
                let (text, damaged) = encoding.decode_with_bom_removal(bytes);
                if !damaged {
                    return (text.into_owned(), None);
                }
                match Coding::sniff(bytes, true, self.options) {
                    Ok(coding) => (self.sniffed(bytes, coding), coding.problem()),
                    Err(_) => (text.into_owned(), None),
                }
            }
            // A few old encodings are known to the parser alone.
            None if label.is_some() && !ascii && !decoded.contains('\u{fffd}') => (decoded.into(), None),
            None => match Coding::sniff(bytes, true, self.options) {
                Ok(coding) => (self.sniffed(bytes, coding), coding.problem()),
                Err(problem) => (decoded.into(), Some(problem)),
            },
        }
    }

    #[expect(clippy::unused_self, reason = "reads beside `text`")]
    fn sniffed(&self, bytes: &[u8], coding: Coding) -> String {
        decode(bytes.get(coding.mark..).unwrap_or_default(), coding.encoding).into_owned()
    }

    fn files(&self, used: &BTreeSet<u32>, each: &mut Each<'_>) -> ControlFlow<()> {
        let mut names = Names::new();
        let limit = self.options.limits.members;
        let bare = self
            .message
            .text_body
            .iter()
            .filter(|id| self.closed(**id).is_some());
        let files = self.message.attachments.iter().chain(bare);
        for (i, id) in files.enumerate() {
            if i == limit {
                return each(Err(input(
                    Code::InputTooLarge,
                    "the message has too many attachments",
                    format!("the limit is members = {limit}; the first {limit} were read"),
                    "open it in a mail program and save the attachments you need",
                )));
            }
            let Some(part) = self.part(*id).filter(|_| !used.contains(id)) else {
                continue;
            };
            if matches!(part.body, PartType::Multipart(_)) || is_seal(part) {
                continue;
            }
            let closed = self.closed(*id);
            let kind = part.content_type();
            let (main, sub) = kind.map_or(("text", "plain"), |kind| {
                (kind.ctype(), kind.subtype().unwrap_or(""))
            });
            let ending = if closed.is_some() {
                "eml".into()
            } else {
                ending(main, sub)
            };
            let own = part.attachment_name().map(str::to_owned);
            let own = match own {
                // Mail programs name an attached message by its subject.
                Some(name) if closed.is_some() && !name.to_lowercase().ends_with(".eml") => {
                    Some(format!("{name}.eml"))
                }
                own => own,
            };
            let name = names.give(own.as_deref(), &ending);
            let (bytes, sound) = match closed {
                Some(Closed::Bare) => (self.raw.get(range(part)).unwrap_or_default().to_vec(), true),
                _ => self.bytes(part),
            };
            if !sound {
                each(Err(damaged(&format!("the attachment `{name}`"), part)))?;
            }
            each(Ok(Layer {
                name: Some(name),
                content: Content::File(bytes),
                reserve: None,
            }))?;
        }
        ControlFlow::Continue(())
    }

    /// The bytes of a part out of their transfer encoding, and whether they were sound.
    fn bytes(&self, part: &MessagePart<'_>) -> (Vec<u8>, bool) {
        let label = part.content_transfer_encoding().unwrap_or_default();
        Transfer::of(label).decode(self.raw.get(range(part)).unwrap_or_default())
    }

    fn part(&self, id: u32) -> Option<&MessagePart<'_>> {
        self.message.part(id)
    }

    /// Whether a part is a message, which the guard has closed.
    fn closed(&self, id: u32) -> Option<Closed> {
        let part = self.part(id)?;
        match part.content_type() {
            Some(kind) => (kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|sub| {
                    ["xfc822", "xlobal"]
                        .iter()
                        .any(|closed| sub.eq_ignore_ascii_case(closed))
                }))
            .then_some(Closed::Stated),
            None => self.digest.contains(&id).then_some(Closed::Bare),
        }
    }

    /// What is to be said of the message as a whole.
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut cut = false;
        for part in &self.message.parts {
            let Some(kind) = part.content_type() else { continue };
            let sub = kind.subtype().unwrap_or_default().to_ascii_lowercase();
            let main = kind.ctype().to_ascii_lowercase();
            match (main.as_str(), sub.as_str()) {
                ("multipart", "encrypted") => problems.push(encrypted("PGP")),
                ("multipart", "signed") => problems.push(warning(
                    Code::InputNotUnderstood,
                    "the message is signed; the signature was not checked",
                    "its text was read as it stands".into(),
                    "check the signature in a mail program if it matters who wrote it",
                )),
                ("application", "pkcs7-mime" | "x-pkcs7-mime") => {
                    let signed = kind
                        .attribute("smime-type")
                        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("signed"));
                    problems.push(if signed {
                        unit(
                            Code::InputNotUnderstood,
                            "the text of the message is wrapped in its signature",
                            "it is signed by S/MIME in one piece".into(),
                            "open it in a mail program and save its text",
                        )
                    } else {
                        encrypted("S/MIME")
                    });
                }
                _ => {}
            }
            if let (PartType::Multipart(_), Some(boundary)) = (&part.body, kind.attribute("boundary")) {
                let end = format!("--{boundary}--");
                let start = usize::try_from(part.offset_body).unwrap_or(0);
                let body = self.raw.get(start..).unwrap_or_default();
                if !cut && memchr::memmem::find(body, end.as_bytes()).is_none() {
                    cut = true;
                    problems.push(warning(
                        Code::InputTruncated,
                        "the message may be cut: its closing boundary is missing",
                        format!("there is no `{}`", end.escape_debug()),
                        "get the message again if an attachment is damaged or missing",
                    ));
                }
            }
        }
        problems
    }
}

/// How a part is a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closed {
    Stated,
    /// It has no head of its own: all of it is the message.
    Bare,
}

/// The parts of all multiparts of a kind.
fn inside(message: &Message<'_>, kind: &str) -> BTreeSet<u32> {
    let digests = message
        .parts
        .iter()
        .filter(|part| part.is_content_type("multipart", kind));
    let parts = digests.flat_map(|part| match &part.body {
        PartType::Multipart(parts) => parts.as_slice(),
        _ => &[],
    });
    parts.copied().collect()
}

/// Signatures and encrypted text: told as problems, and nothing to read.
fn is_seal(part: &MessagePart<'_>) -> bool {
    let seals = [
        "pkcs7-signature",
        "x-pkcs7-signature",
        "pkcs7-mime",
        "x-pkcs7-mime",
        "pgp-signature",
        "pgp-encrypted",
    ];
    seals.iter().any(|seal| part.is_content_type("application", seal))
}

fn range(part: &MessagePart<'_>) -> std::ops::Range<usize> {
    let wide = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    wide(part.offset_body)..wide(part.offset_end).max(wide(part.offset_body))
}

fn damaged(what: &str, part: &MessagePart<'_>) -> Problem {
    let label = part
        .content_transfer_encoding()
        .unwrap_or("its encoding")
        .to_owned();
    warning(
        Code::InputUnreadable,
        &format!("{what} is damaged; what is sound was read"),
        format!("some of it is no {label}"),
        "get the message again",
    )
}

fn encrypted(by: &str) -> Problem {
    unit(
        Code::InputEncrypted,
        "the message is encrypted",
        format!("its text needs a key ({by})"),
        "open it in the mail program that has the key and save its text",
    )
}

/// Messages inside one another, should the parser have opened any, are dropped one by one and not by recursion.
fn take_apart(message: Message<'_>) {
    let mut left = vec![message];
    while let Some(message) = left.pop() {
        for part in message.parts {
            if let PartType::Message(inner) = part.body {
                left.push(inner);
            }
        }
    }
}
