//! The words of an RTF file, and where they stand: text, header, notes, comments, hidden or deleted.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::token::{Token, Tokens};
use crate::prose::Prose;

/// Groups inside one another, beyond which a file is made to exhaust us; word processors stay below fifty.
const DEPTH: usize = 1_000;

/// Where words go, in the order of the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Main,
    Header,
    Footer,
    Footnotes,
    Endnotes,
    Comments,
    Deleted,
    Hidden,
}

/// What a group inherits from the one around it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "words of the format that are on or off, each by itself"
)]
#[derive(Debug, Clone, Copy)]
struct State {
    side: Side,
    /// Words here are not the document's: tables of fonts and styles, pictures, codes of fields.
    passed: bool,
    hidden: bool,
    deleted: bool,
    encoding: &'static Encoding,
    /// Bytes that stand for one `\u` in old programs.
    fallback: usize,
    in_table: bool,
    fonts: bool,
}

/// What reading came to.
pub(super) struct Read {
    pub(super) sides: BTreeMap<Side, Prose>,
    /// Groups that were open at the end.
    pub(super) open: usize,
    pub(super) too_deep: bool,
}

pub(super) struct Reader {
    state: State,
    stack: Vec<State>,
    sides: BTreeMap<Side, Prose>,
    /// Encodings of fonts, by number; and the font being declared.
    fonts: BTreeMap<i32, &'static Encoding>,
    font: i32,
    default_encoding: &'static Encoding,
    /// Bytes of the text's encoding that are not decoded yet.
    bytes: Vec<u8>,
    /// The first half of a character beyond U+FFFF.
    high: Option<u16>,
    /// Bytes to pass over after a `\u`.
    skip: usize,
    /// The next word decides whether the group is one that old programs do not know.
    optional: bool,
    /// Words between the last hidden or deleted ones and the next.
    parted: bool,
}

impl Reader {
    pub(super) fn read(bytes: &[u8]) -> Read {
        let mut reader = Self {
            state: State {
                side: Side::Main,
                passed: false,
                hidden: false,
                deleted: false,
                encoding: WINDOWS_1252,
                fallback: 1,
                in_table: false,
                fonts: false,
            },
            stack: Vec::new(),
            sides: BTreeMap::new(),
            fonts: BTreeMap::new(),
            font: 0,
            default_encoding: WINDOWS_1252,
            bytes: Vec::new(),
            high: None,
            skip: 0,
            optional: false,
            parted: false,
        };
        let mut too_deep = false;
        let mut tokens = Tokens::new(bytes);
        while let Some(token) = tokens.next() {
            if !matches!(token, Token::Byte(_) | Token::Text(_)) {
                reader.decode();
            }
            match token {
                Token::Open if reader.stack.len() >= DEPTH => {
                    too_deep = true;
                    break;
                }
                Token::Open => {
                    reader.stack.push(reader.state);
                    reader.skip = 0;
                }
                Token::Close => {
                    reader.close();
                    if reader.stack.is_empty() {
                        break;
                    }
                }
                Token::Word("bin", Some(length)) => tokens.pass(usize::try_from(length).unwrap_or(0)),
                Token::Word(word, number) => reader.word(word, number),
                Token::Symbol(symbol) => reader.symbol(symbol),
                Token::Byte(byte) => reader.byte(byte),
                Token::Text(text) => text.iter().for_each(|byte| reader.byte(*byte)),
            }
        }
        reader.decode();
        Read {
            open: reader.stack.len(),
            sides: reader.sides,
            too_deep,
        }
    }

    fn close(&mut self) {
        let Some(outer) = self.stack.pop() else { return };
        // A note ends with its group, whatever paragraph is open around it.
        if outer.side != self.state.side {
            self.prose(self.state.side).end_paragraph();
        }
        self.state = outer;
        self.skip = 0;
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        self.skip = 0;
        let on = number != Some(0);
        if std::mem::take(&mut self.optional) && !KNOWN.contains(&word) {
            self.state.passed = true;
        }
        match word {
            "fonttbl" => {
                self.state.fonts = true;
                self.state.passed = true;
            }
            _ if PASSED.contains(&word) => self.state.passed = true,
            "ansicpg" => {
                if let Some(encoding) = number.and_then(page) {
                    self.default_encoding = encoding;
                    self.state.encoding = encoding;
                }
            }
            "mac" => self.default_encoding = encoding_rs::MACINTOSH,
            "f" if self.state.fonts => self.font = number.unwrap_or(0),
            "fcharset" if self.state.fonts => {
                if let Some(encoding) = number.and_then(charset) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "f" => {
                let known = number.and_then(|font| self.fonts.get(&font).copied());
                self.state.encoding = known.unwrap_or(self.default_encoding);
            }
            "plain" => {
                self.state.hidden = false;
                self.state.deleted = false;
            }
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "uc" => self.state.fallback = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1),
            "u" => {
                self.unit(number.unwrap_or(0));
                self.skip = self.state.fallback;
            }
            "header" | "headerl" | "headerr" | "headerf" => self.state.side = Side::Header,
            "footer" | "footerl" | "footerr" | "footerf" => self.state.side = Side::Footer,
            "footnote" => self.state.side = Side::Footnotes,
            "ftnalt" if self.state.side == Side::Footnotes => self.state.side = Side::Endnotes,
            "annotation" => self.state.side = Side::Comments,
            "par" | "sect" => self.end_paragraph(),
            "page" | "softpage" if self.state.side == Side::Main => self.here().end_page(),
            "line" => self.say("\n"),
            "tab" => self.say("\t"),
            "trowd" | "intbl" => self.enter_table(),
            "pard" => self.state.in_table = false,
            "cell" if !self.state.passed => {
                self.enter_table();
                self.here().end_cell();
            }
            "row" if !self.state.passed => {
                self.here().close_row();
                self.state.in_table = false;
            }
            // A table inside a cell is part of what the cell says.
            "nestcell" | "nestrow" => self.say(" "),
            _ => {
                if let Some((_, text)) = NAMED.iter().find(|(name, _)| *name == word) {
                    self.say(text);
                }
            }
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.optional = true,
            b'~' => self.say("\u{a0}"),
            b'_' => self.say("-"),
            b'{' | b'}' | b'\\' => self.byte(symbol),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        self.optional = false;
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.state.passed {
            self.bytes.push(byte);
        }
    }

    /// One half or the whole of a character in UTF-16.
    fn unit(&mut self, number: i32) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "above 32,767 it is written as a negative number"
        )]
        let unit = number as u16;
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let text = String::from_utf16_lossy(&units);
        self.say(&text);
    }

    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let (text, _) = self.state.encoding.decode_without_bom_handling(&bytes);
        self.say(&text);
    }

    fn say(&mut self, text: &str) {
        if self.state.passed {
            return;
        }
        let side = if self.state.deleted {
            Side::Deleted
        } else if self.state.hidden {
            Side::Hidden
        } else {
            self.state.side
        };
        let aside = matches!(side, Side::Deleted | Side::Hidden);
        // Words that are in no table end the one before them, unless a row of it is still open.
        if !aside && !self.state.in_table && self.prose(side).is_between_rows() {
            self.prose(side).close_table();
        }
        if !aside {
            self.parted = true;
        } else if std::mem::take(&mut self.parted) && !self.prose(side).is_at_start() {
            self.prose(side).push(" ");
        }
        self.prose(side).push(text);
    }

    fn end_paragraph(&mut self) {
        if self.state.passed {
            return;
        }
        if self.state.side == Side::Main {
            self.prose(Side::Deleted).end_paragraph();
            self.prose(Side::Hidden).end_paragraph();
        }
        self.here().end_paragraph();
    }

    fn enter_table(&mut self) {
        if self.state.passed {
            return;
        }
        self.state.in_table = true;
        let prose = self.here();
        if prose.depth() == 0 {
            prose.open_table();
        }
    }

    fn here(&mut self) -> &mut Prose {
        self.prose(self.state.side)
    }

    fn prose(&mut self, side: Side) -> &mut Prose {
        self.sides.entry(side).or_default()
    }
}

/// Groups whose words are not the document's.
const PASSED: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "fldinst",
    "themedata",
    "datastore",
    "xmlnstbl",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "latentstyles",
    "colorschememapping",
    "filetbl",
    "atnid",
    "atnauthor",
    "atntime",
    "atndate",
    "atnref",
    "atrfstart",
    "atrfend",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "shppict",
    "template",
    "mmathPr",
    "xe",
    "tc",
    "ftnsep",
    "ftnsepc",
    "aftnsep",
    "aftnsepc",
    "sp",
    "private",
    "formfield",
    "shprslt",
];

/// Groups that old programs may pass over and that hold words.
const KNOWN: &[&str] = &[
    "annotation",
    "footnote",
    "shpinst",
    "shptxt",
    "nesttableprops",
    "fldrslt",
];

const NAMED: &[(&str, &str)] = &[
    ("emdash", "—"),
    ("endash", "–"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("bullet", "•"),
    ("emspace", " "),
    ("enspace", " "),
    ("qmspace", " "),
];

/// The encoding of a code page.
fn page(number: i32) -> Option<&'static Encoding> {
    codepage::to_encoding(u16::try_from(number).ok()?)
}

/// The encoding of a font's character set.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    self::page(page)
}
