//! Whether bytes are a message or a mailbox: by the head that mail servers and programs write, which people do not.

/// Fields that only mail has.
const OF_MAIL: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "in-reply-to",
    "references",
    "dkim-signature",
    "authentication-results",
    "arc-seal",
    "thread-topic",
    "thread-index",
    "reply-to",
    "list-id",
    "list-unsubscribe",
    "envelope-to",
    "user-agent",
];
/// Fields that a memo may have as well.
const OF_LETTERS: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "date",
    "subject",
    "sender",
    "importance",
];

/// A message by its first bytes.
pub(super) fn is_message(bytes: &[u8]) -> bool {
    let (mut mail, mut letter, mut content, mut stamped) = (0, 0, false, false);
    for field in fields(without_blank(bytes)) {
        let Some((name, value)) = field else { break };
        let name = name.to_ascii_lowercase();
        let name = std::str::from_utf8(&name).unwrap_or_default();
        if OF_MAIL.contains(&name) {
            mail += 1;
        } else if OF_LETTERS.contains(&name) {
            letter += 1;
        } else if name.starts_with("x-") {
            mail += usize::from(mail + letter > 0);
        } else if mail + letter == 0 {
            // A message begins with a field that one knows.
            return false;
        }
        content |= name == "content-type" && is_content_type(value);
        stamped |= name == "date" && is_stamp(value);
    }
    mail + letter >= 2 && (mail > 0 || (stamped && letter >= 3)) || content
}

/// A mailbox by its first line, and the head of its first message.
pub(super) fn is_mailbox(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"From ") else {
        return false;
    };
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    let line = rest.get(..end).unwrap_or_default();
    let words = line.split(|b| *b == b' ').filter(|word| !word.is_empty()).count();
    let dated = line
        .windows(3)
        .any(|w| matches!(w, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit()));
    let head = rest.get(end + 1..).unwrap_or_default();
    let fields: Vec<_> = fields(head).take(3).collect();
    // Some mailboxes keep odd fields of their own first.
    words >= 2 && dated && !fields.is_empty() && fields.iter().all(Option::is_some)
}

/// Without what careless programs put before the head.
pub(super) fn without_blank(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let blank = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    bytes.get(blank..).unwrap_or_default()
}

/// Name and first line of each field up to the blank line; `None` for a line that is no field.
fn fields(bytes: &[u8]) -> impl Iterator<Item = Option<(&[u8], &[u8])>> {
    bytes
        .split(|b| *b == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with(b" ") && !line.starts_with(b"\t"))
        .map(|line| {
            let colon = memchr::memchr(b':', line)?;
            let (name, value) = (line.get(..colon)?, line.get(colon + 1..)?);
            let valid = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
            valid.then_some((name, value))
        })
}

/// `multipart/mixed; ...`
fn is_content_type(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    ["text/", "multipart/", "message/", "application/", "image/"]
        .iter()
        .any(|kind| {
            value
                .get(..kind.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(kind.as_bytes()))
        })
}

/// `Wed, 30 Mar 2016 10:00:00 +0100`, as programs write it.
fn is_stamp(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    let zone = value.rsplit(|b| *b == b' ').next().unwrap_or_default();
    let zoned = matches!(zone, [b'+' | b'-', digits @ ..] if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit))
        || matches!(zone, b"GMT" | b"UTC" | b"BST");
    zoned && memchr::memchr_iter(b':', value).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_from_memos() {
        for (bytes, want) in [
            (
                &b"Received: from a by b\r\nFrom: a@example.org\r\n\r\nText"[..],
                true,
            ),
            (
                b"From: a@example.org\nTo: b\nSubject: CCTV\nMIME-Version: 1.0\n\nText",
                true,
            ),
            (b"\xef\xbb\xbf\r\nFrom: a\nMessage-ID: <1@example.org>\n", true),
            (b"Content-Type: multipart/mixed; boundary=\"x\"\n\n--x\n", true),
            (
                b"From: a\nDate: Wed, 30 Mar 2016 10:00:00 +0100\nSubject: CCTV\n\nText",
                true,
            ),
            (
                b"To: All staff\nFrom: Estates\nDate: 3 May\nSubject: CCTV\n\nText",
                false,
            ),
            (b"Subject: CCTV\n\nDear Sam,", false),
            (b"Body,Supplier\nFrom: x,Message-ID: y", false),
            (b"Content-Type: see below\n", false),
            (b"X-Ray: 5\nX-Men: 7\n", false),
            (b"Dear Sam,\nReceived: yes\nMessage-ID: 4\n", false),
            (b"", false),
        ] {
            assert_eq!(is_message(bytes), want, "{}", bytes.escape_ascii());
        }
        assert!(is_mailbox(
            b"From a@example.org Wed Mar 30 10:00:00 2016\nFrom: a@example.org\n\nText\n"
        ));
        assert!(!is_mailbox(
            b"From May 2016 at 10:00 we have\nno cameras: none\nat all\n"
        ));
        assert!(!is_mailbox(b"From Sam\nX: y\n"));
    }
}
