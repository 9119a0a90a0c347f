//! New words told from those of earlier messages.

/// The text of a message by whose words it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) new: String,
    pub(super) quoted: String,
}

/// Lines that an announcement like "On ... wrote:" may take.
const ANNOUNCEMENT: usize = 4;
/// Lines among which a copied head has its fields.
const HEAD: usize = 8;

/// What may stand between dashes above a message that is copied whole; English and Welsh, as programs of British
/// public bodies write it.
const SEPARATORS: &[&str] = &[
    "original message",
    "original appointment",
    "forwarded message",
    "forwarded by",
    "neges wreiddiol",
    "neges a anfonwyd ymlaen",
];
const WRITERS: &[&str] = &["from", "oddi wrth"];
const FIELDS: &[&[&str]] = &[
    &["sent", "date", "anfonwyd", "dyddiad"],
    &["to", "at"],
    &["subject", "pwnc", "testun"],
    &["cc", "copi"],
];

pub(super) fn split(text: &str) -> Split {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut split = Split::default();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        if begins_copy(rest) {
            for line in rest {
                push(&mut split.quoted, bare(line));
            }
            break;
        }
        if let Some((length, certain)) = announcement(rest) {
            let after = rest.iter().skip(length).find(|line| !line.trim().is_empty());
            let marked = after.is_some_and(|line| is_marked(line));
            if marked || certain {
                let end = if marked { length } else { rest.len() };
                rest.iter()
                    .take(end)
                    .for_each(|line| push(&mut split.quoted, bare(line)));
                at += end;
                continue;
            }
        }
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        let alone =
            !before.is_some_and(|line| is_marked(line)) && !rest.get(1).is_some_and(|line| is_marked(line));
        if is_marked(line) && !(alone && is_plain_despite(line)) {
            push(&mut split.quoted, bare(line));
        } else {
            push(&mut split.new, line);
        }
        at += 1;
    }
    split
}

fn push(to: &mut String, line: &str) {
    let line = line.trim_end();
    // What is taken out leaves no gap.
    if !line.is_empty() || !to.ends_with("\n\n") {
        to.push_str(line);
        to.push('\n');
    }
}

fn is_marked(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// `>From` is how mailboxes keep a line that begins so; `>50 cameras` is a number.
fn is_plain_despite(line: &str) -> bool {
    line.starts_with(">From ")
        || line
            .trim_start()
            .strip_prefix('>')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '='))
}

/// The line without the marks of quotes.
fn bare(line: &str) -> &str {
    let mut rest = line;
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    rest
}

/// Whether an earlier message is copied whole from here on.
fn begins_copy(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else { return false };
    if is_separator(first) || is_head(lines) {
        return true;
    }
    let ruled = first.trim().len() >= 10 && first.trim().bytes().all(|b| matches!(b, b'_' | b'-' | b'='));
    let next = lines.iter().skip(1).position(|line| !line.trim().is_empty());
    ruled && next.is_some_and(|next| is_head(lines.get(next + 1..).unwrap_or_default()))
}

fn is_separator(line: &str) -> bool {
    let line = line.trim().trim_matches('*');
    let inner = line.trim_matches('-');
    let dashes = line.len() - inner.len();
    let inner = inner.trim().to_lowercase();
    (dashes >= 4 && SEPARATORS.iter().any(|words| inner.starts_with(words)))
        || matches!(inner.as_str(), "begin forwarded message:")
}

/// The head that mail programs put over what they copy: `From:` and at least two more fields below it.
fn is_head(lines: &[&str]) -> bool {
    let first = lines.first().and_then(|line| field(line));
    if !first.is_some_and(|name| WRITERS.contains(&name.as_str())) {
        return false;
    }
    let below: Vec<String> = lines
        .iter()
        .skip(1)
        .take(HEAD)
        .filter_map(|line| field(line))
        .collect();
    let found = FIELDS
        .iter()
        .filter(|names| below.iter().any(|name| names.contains(&name.as_str())))
        .count();
    found >= 2
}

/// The name of the field in `*From:* somebody`.
fn field(line: &str) -> Option<String> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '|' | '>'));
    let (name, _) = line.split_once(':')?;
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '|'));
    (name.len() <= 12).then(|| name.to_lowercase())
}

/// Lines of "On Monday, 3 May 2021 at 10:12, A B <a@example.org> wrote:", and whether it can be nothing else.
fn announcement(lines: &[&str]) -> Option<(usize, bool)> {
    let first = lines.first()?.trim();
    let begins = ["On ", "Ar "].iter().any(|word| first.starts_with(word));
    if !begins && !first.contains('@') {
        return None;
    }
    let mut joined = String::new();
    for (i, line) in lines.iter().take(ANNOUNCEMENT).enumerate() {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        joined.push_str(line);
        joined.push(' ');
        let said = joined.trim_end();
        if said.ends_with("wrote:") || said.ends_with("ysgrifennodd:") {
            let short = said.chars().count() <= 300;
            let certain = begins && (said.contains('@') || has_time(said));
            return short.then_some((i + 1, certain));
        }
    }
    None
}

/// `10:12`.
fn has_time(text: &str) -> bool {
    text.as_bytes().windows(4).any(
        |w| matches!(w, [a, b':', b, c] if a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, new: &str, quoted: &str) {
        let split = split(text);
        assert_eq!(split.new.trim(), new, "new words of {text:?}");
        assert_eq!(split.quoted.trim(), quoted, "quoted words of {text:?}");
    }

    #[test]
    fn words_of_others_stand_apart() {
        check(
            "We have 12.\n\n> How many?\n>> Which make?\nThanks",
            "We have 12.\n\nThanks",
            "How many?\nWhich make?",
        );
        check(
            "None.\n\nOn Mon, 3 May 2021 at 10:12, A B <a.b@example.org>\nwrote:\n\n> Do you use any?\n\nRegards",
            "None.\n\nRegards",
            "On Mon, 3 May 2021 at 10:12, A B <a.b@example.org>\nwrote:\nDo you use any?",
        );
        check(
            "None.\nOn 3 May 2021, at 10:12, A B wrote:\nDo you use any?\nA B",
            "None.",
            "On 3 May 2021, at 10:12, A B wrote:\nDo you use any?\nA B",
        );
        check(
            "See below.\n-----Original Message-----\nFrom: A\nAny?",
            "See below.",
            "-----Original Message-----\nFrom: A\nAny?",
        );
        check(
            "See below.\n________________________________\n\nFrom: A B\nSent: 3 May 2021\nTo: FOI\nSubject: CCTV\n\nAny?",
            "See below.",
            "________________________________\n\nFrom: A B\nSent: 3 May 2021\nTo: FOI\nSubject: CCTV\n\nAny?",
        );
        check(
            "Gweler isod\n\n*Oddi wrth:* A\n*Anfonwyd:* ddoe\n*At:* B\n\nAny?",
            "Gweler isod",
            "*Oddi wrth:* A\n*Anfonwyd:* ddoe\n*At:* B\n\nAny?",
        );
        check(
            "Begin forwarded message:\n\nAny?",
            "",
            "Begin forwarded message:\n\nAny?",
        );
    }

    #[test]
    fn own_words_stay() {
        for text in [
            "On 3 May the council wrote:\nwe have none",
            "From: the site survey\nwe know that all is well",
            ">50 cameras in all",
            "- - -\n-----\nBudget",
            "Costs > 100 pounds",
            ">From now on we buy others",
        ] {
            check(text, text, "");
        }
    }
}
