//! What is fuzzed, by name.

use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// A reader, through the public way in, as this file.
    Reader { file: &'static str, packed: Packed },
    /// What texts say, without a reader.
    Identify,
}

/// What a mutation should reach inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packed {
    No,
    Zip,
    Gzip,
}

/// As `run.py` lists them.
const READERS: &[(&str, &str, Packed)] = &[
    ("text", "reply.txt", Packed::No),
    ("csv", "spend.csv", Packed::No),
    ("json", "spend.json", Packed::No),
    ("ocds", "notices.json", Packed::No),
    ("zip", "request.zip", Packed::Zip),
    ("tar", "members.tar", Packed::No),
    ("7z", "members.7z", Packed::No),
    ("gz", "lines.jsonl.gz", Packed::Gzip),
    ("zst", "lines.jsonl.zst", Packed::No),
    ("xz", "lines.jsonl.xz", Packed::No),
    ("docx", "reply.docx", Packed::Zip),
    ("opendocument", "reply.odt", Packed::Zip),
    ("rtf", "reply.rtf", Packed::No),
    ("xlsx", "register.xlsx", Packed::Zip),
    ("xls", "register.xls", Packed::No),
    ("xlsb", "register.xlsb", Packed::Zip),
    ("html", "page.html", Packed::No),
    ("eml", "reply.eml", Packed::No),
    ("mbox", "two.mbox", Packed::No),
    ("msg", "reply.msg", Packed::No),
    ("pdf", "reply.pdf", Packed::No),
];

pub(crate) static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let wanted = std::env::var("STRIPOUT_FUZZ").unwrap_or_default();
    if wanted == "identify" {
        return Target::Identify;
    }
    let found = READERS.iter().find(|(name, ..)| *name == wanted);
    let (_, file, packed) = found.unwrap_or_else(|| panic!("STRIPOUT_FUZZ: `{wanted}` is no target"));
    Target::Reader {
        file,
        packed: *packed,
    }
});

impl Target {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Reader { file, .. } => file,
            Self::Identify => "identify",
        }
    }
}
