//! Names of attachments: a label and never a path, each one only once.

use std::collections::BTreeSet;

/// Characters of a name.
const LONGEST: usize = 120;

/// Names given so far.
#[derive(Debug)]
pub(super) struct Names {
    given: BTreeSet<String>,
    count: usize,
}

impl Names {
    pub(super) fn new() -> Self {
        // Layers of the message itself.
        let given = ["quoted", "hidden"].into_iter().map(String::from).collect();
        Self { given, count: 0 }
    }

    /// A name for the next attachment; without one of its own it is numbered, with the ending `kind`.
    pub(super) fn give(&mut self, own: Option<&str>, kind: &str) -> String {
        self.count += 1;
        let own = own.map(safe).filter(|name| !name.is_empty());
        let name = own.unwrap_or_else(|| format!("attachment-{}.{kind}", self.count));
        let mut unique = name.clone();
        let mut nth = 1;
        while !self.given.insert(unique.to_lowercase()) {
            nth += 1;
            unique = match name.rsplit_once('.') {
                Some((stem, ending)) if !stem.is_empty() => format!("{stem}-{nth}.{ending}"),
                _ => format!("{name}-{nth}"),
            };
        }
        unique
    }
}

fn safe(name: &str) -> String {
    let last = name
        .rsplit(['/', '\\'])
        .find(|part| !part.trim().is_empty())
        .unwrap_or_default();
    let kept: String = last
        .chars()
        // Marks that turn the writing direction make `exe.txt` of `txt.exe`.
        .filter(|c| {
            !c.is_control()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .map(|c| if matches!(c, '!' | ':') { '_' } else { c })
        .collect();
    let kept = kept.trim_matches(|c: char| c.is_whitespace() || c == '.');
    if kept.chars().count() <= LONGEST {
        return kept.into();
    }
    // The ending says what it is.
    let ending: String = match kept.rsplit_once('.') {
        Some((_, ending)) if ending.chars().count() <= 10 => format!(".{ending}"),
        _ => String::new(),
    };
    let stem: String = kept.chars().take(LONGEST - ending.chars().count()).collect();
    stem + &ending
}

/// The ending for a content type.
pub(super) fn ending(kind: &str, sub: &str) -> String {
    let (kind, sub) = (kind.to_ascii_lowercase(), sub.to_ascii_lowercase());
    let known = match (kind.as_str(), sub.as_str()) {
        ("text", "plain") => "txt",
        ("text", "calendar") => "ics",
        ("image", "jpeg" | "pjpeg") => "jpg",
        ("application", "msword") => "doc",
        ("application", "vnd.ms-excel") => "xls",
        ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document") => "docx",
        ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet") => "xlsx",
        ("application", "vnd.oasis.opendocument.text") => "odt",
        ("application", "vnd.oasis.opendocument.spreadsheet") => "ods",
        ("application", "x-zip-compressed") => "zip",
        ("application", "ms-tnef" | "vnd.ms-tnef") => "dat",
        ("application", "pkcs7-signature" | "x-pkcs7-signature") => "p7s",
        ("application", "pkcs7-mime" | "x-pkcs7-mime") => "p7m",
        ("application", "octet-stream") => "bin",
        ("message", _) => "eml",
        _ => "",
    };
    let short = !sub.is_empty() && sub.len() <= 8 && sub.bytes().all(|b| b.is_ascii_alphanumeric());
    match known {
        "" if short => sub,
        "" => "bin".into(),
        known => known.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels() {
        let mut names = Names::new();
        let long = format!("{}.docx", "n".repeat(500));
        for (own, want) in [
            (Some("reply.docx"), "reply.docx"),
            (Some("../../etc/passwd"), "passwd"),
            (Some("C:\\Users\\x\\Reply.docx"), "Reply-2.docx"),
            (Some(".."), "attachment-4.pdf"),
            (None, "attachment-5.pdf"),
            (Some("a!b.csv"), "a_b.csv"),
            (Some("gpj.\u{202e}exe"), "gpj.exe"),
            (Some("quoted"), "quoted-2"),
            (Some("dir/"), "dir"),
        ] {
            assert_eq!(names.give(own, "pdf"), want, "{own:?}");
        }
        let shortened = names.give(Some(&long), "bin");
        assert!(
            shortened.len() == LONGEST && shortened.ends_with("n.docx"),
            "{shortened}"
        );
        assert_eq!(ending("application", "pdf"), "pdf");
        assert_eq!(ending("application", "x-something-long"), "bin");
    }
}
