//! Kinds of files that are known but not read: said by name, with the way out, instead of screening their bytes as text.

use std::io::Read;

use stripout_model::{Code, Problem, Severity};

use crate::{Format, Head, Options, Part};

pub(super) struct Foreign;

/// A kind of file by its first bytes.
struct Kind {
    starts: &'static [&'static [u8]],
    name: &'static str,
    hint: &'static str,
}

const SHEET: &str = "open it and save the table as CSV (UTF-8)";
const TEXT: &str = "open it and save its text as a .txt file";
const IMAGE: &str = "an image";
const TYPED: &str = "a picture of text has to be typed or read by an OCR program first";

const KINDS: &[Kind] = &[
    Kind {
        starts: &[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
        name: "an old Word or PowerPoint file (.doc, .ppt), or a locked one",
        hint: "open it and save it as .docx or as text, without a password",
    },
    Kind {
        starts: &[b"<?xml"],
        name: "an XML document",
        hint: SHEET,
    },
    Kind {
        starts: &[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM"],
        name: IMAGE,
        hint: TYPED,
    },
    Kind {
        starts: &[b"SQLite format 3\0"],
        name: "an SQLite database",
        hint: "export its tables as CSV",
    },
    Kind {
        starts: &[b"PAR1"],
        name: "a Parquet file",
        hint: "export it as CSV or JSON Lines",
    },
    Kind {
        starts: &[
            b"\xd4\xc3\xb2\xa1",
            b"\xa1\xb2\xc3\xd4",
            b"\x4d\x3c\xb2\xa1",
            b"\n\r\r\n",
        ],
        name: "a network capture",
        hint: "captures are not read by this command yet",
    },
    Kind {
        starts: &[b"Rar!\x1a\x07", b"BZh"],
        name: "an archive of a kind that is not read",
        hint: "unpack it, or pack it as .zip, .7z or .tar.gz",
    },
    Kind {
        starts: &[b"\x7fELF", b"MZ"],
        name: "a program",
        hint: "leave it out: it is no evidence",
    },
];

/// Whether it is a picture: beside words, often a letterhead.
pub(crate) fn is_picture(head: Head<'_>) -> bool {
    Foreign::kind(head.bytes).is_some_and(|(name, _)| name == IMAGE)
}

impl Foreign {
    fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
        // Two letters are no magic: text may begin with them.
        let long = |start: &[u8]| start.len() > 2 || bytes.get(2..64).is_some_and(|rest| rest.contains(&0));
        let starts = |kind: &&Kind| {
            kind.starts
                .iter()
                .any(|start| bytes.starts_with(start) && long(start))
        };
        KINDS.iter().find(starts).map(|kind| (kind.name, kind.hint))
    }
}

impl Format for Foreign {
    fn name(&self) -> &'static str {
        "foreign"
    }

    fn claims(&self, head: Head<'_>) -> bool {
        Self::kind(head.bytes).is_some()
    }

    fn open<'a>(
        &self,
        head: Head<'_>,
        _: Box<dyn Read + Send + 'a>,
        _: &Options,
    ) -> Result<Part<'a>, Problem> {
        let (name, hint) = Self::kind(head.bytes).unwrap_or(("a file of an unknown kind", TEXT));
        Err(Problem {
            code: Code::InputNotUnderstood,
            severity: Severity::Input,
            place: String::new(),
            what: format!("this is {name}, which is not read"),
            because: "what a file is, is told from its first bytes".into(),
            hint: hint.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_named() {
        for (bytes, want) in [
            (&b"<?xml version=\"1.0\"?>\n<a/>"[..], Some("an XML document")),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
                Some("an old Word or PowerPoint file (.doc, .ppt), or a locked one"),
            ),
            (b"BMW parts,Amount\n", None),
            (b"Body,Supplier\n", None),
            (b"{\"a\":1}", None),
            (b"", None),
        ] {
            assert_eq!(
                Foreign::kind(bytes).map(|(name, _)| name),
                want,
                "{}",
                bytes.escape_ascii()
            );
        }
    }
}
