//! Outlook messages (.msg): a compound file whose streams are named by the properties that they hold (MS-OXMSG).

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use cfb::CompoundFile;
use encoding_rs::{Encoding, UTF_16LE};
use stripout_model::Code;

use super::letter::Letter;
use super::name::{Names, ending};
use super::{input, unit, warning};
use crate::document::{Content, Document, Each, Layer, Signs};
use crate::encoding::{Coding, decode};
use crate::format::html;
use crate::{Head, Options};

pub(crate) struct Msg;

const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const PROPERTIES: &str = "__properties_version1.0";

/// Properties by number.
mod id {
    pub(super) const SUBJECT: u16 = 0x0037;
    pub(super) const SUBMITTED: u16 = 0x0039;
    pub(super) const ON_BEHALF: u16 = 0x0042;
    pub(super) const SENDER: u16 = 0x0c1a;
    pub(super) const SENDER_ADDRESS: u16 = 0x0c1f;
    pub(super) const SENDER_SMTP: u16 = 0x5d01;
    pub(super) const TO: u16 = 0x0e04;
    pub(super) const DELIVERED: u16 = 0x0e06;
    pub(super) const BODY: u16 = 0x1000;
    pub(super) const RTF: u16 = 0x1009;
    pub(super) const HTML: u16 = 0x1013;
    pub(super) const CLASS: u16 = 0x001a;
    pub(super) const DATA: u16 = 0x3701;
    pub(super) const SHORT_NAME: u16 = 0x3704;
    pub(super) const NAME: u16 = 0x3707;
    pub(super) const KIND: u16 = 0x370e;
    pub(super) const CODE_PAGE: u16 = 0x3fde;
    pub(super) const MESSAGE_CODE_PAGE: u16 = 0x3ffd;
}

impl Document for Msg {
    fn name(&self) -> &'static str {
        "msg"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["msg"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        matches!(signs, Signs::Head(head) if is_outlook(head))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let broken = |error: std::io::Error| {
            input(
                Code::InputUnreadable,
                "the Outlook message is damaged",
                error.to_string(),
                "open it in Outlook and save it again, or as .eml",
            )
        };
        let mut file = match CompoundFile::open(Cursor::new(whole)) {
            Ok(file) => file,
            Err(error) => return each(Err(broken(error))),
        };
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (i, entry) in file.walk().enumerate() {
            if i > options.limits.members * 100 {
                let because = format!("it has more than {} streams", options.limits.members * 100);
                return each(Err(input(
                    Code::InputTooLarge,
                    "the message has too many parts",
                    because,
                    "open it in Outlook and save it as .eml",
                )));
            }
            let path = entry.path().to_string_lossy().replace('\\', "/");
            if let Some((storage, name)) = path.rsplit_once('/') {
                places.entry(storage.into()).or_default().push(name.into());
            }
        }
        let known = places
            .get("")
            .is_some_and(|names| names.iter().any(|name| name == PROPERTIES));
        if !known {
            return each(Err(input(
                Code::InputNotUnderstood,
                "this is an old Office file of a kind that is not read",
                "it holds no message".into(),
                "open it and save it as CSV or text, without a password",
            )));
        }
        let mut store = Store {
            file: &mut file,
            places: &places,
            options,
            left: options.limits.unpacked_bytes,
            names: Names::new(),
        };
        store.message("", None, 0, each)
    }
}

/// An old Office file has its list of parts anywhere; where the first bytes do not show it, the two other kinds are known by
/// how they begin.
fn is_outlook(head: Head<'_>) -> bool {
    let bytes = head.bytes;
    if !bytes.starts_with(MAGIC) {
        return false;
    }
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    if ["__properties_v", "__substg1.0_", "__nameid_v"]
        .iter()
        .any(|name| memchr::memmem::find(bytes, &wide(name)).is_some())
    {
        return true;
    }
    let others = [
        "Workbook",
        "Book",
        "WordDocument",
        "EncryptedPackage",
        "PowerPoint Document",
    ];
    let other = others
        .iter()
        .any(|name| memchr::memmem::find(bytes, &wide(name)).is_some());
    let begins = bytes.get(512..514);
    !head.whole && !other && !matches!(begins, Some([0xec, 0xa5] | [0x09, 0x08]))
}

/// A message file that is open.
struct Store<'s, 'w> {
    file: &'s mut CompoundFile<Cursor<&'w [u8]>>,
    /// Names in each storage.
    places: &'s BTreeMap<String, Vec<String>>,
    options: &'s Options,
    /// Bytes that may still be read.
    left: u64,
    names: Names,
}

/// Values that stand in the table of a storage.
#[derive(Debug, Default)]
struct Table(BTreeMap<u16, u64>);

impl Store<'_, '_> {
    fn message(
        &mut self,
        at: &str,
        name: Option<&str>,
        nesting: usize,
        each: &mut Each<'_>,
    ) -> ControlFlow<()> {
        let table = self.table(at, if at.is_empty() { 32 } else { 24 });
        let pages = [id::CODE_PAGE, id::MESSAGE_CODE_PAGE];
        let page = pages.iter().find_map(|page| table.encoding(*page));
        let class = self.string(at, id::CLASS, page).unwrap_or_default();
        if class.to_ascii_lowercase().contains("smime") {
            each(Err(unit(
                Code::InputEncrypted,
                "the message is encrypted, or wrapped in its signature",
                "its text is inside of S/MIME".into(),
                "open it in Outlook and save its text",
            )))?;
        }
        let mut letter = Letter::default();
        let sender = self
            .string(at, id::SENDER, page)
            .or_else(|| self.string(at, id::ON_BEHALF, page));
        let address = [id::SENDER_SMTP, id::SENDER_ADDRESS]
            .iter()
            .find_map(|id| self.string(at, *id, page).filter(|address| address.contains('@')));
        match (sender, address) {
            (Some(sender), Some(address)) if sender != address => {
                letter.head("From", &format!("{sender} <{address}>"));
            }
            (Some(either), _) | (None, Some(either)) => letter.head("From", &either),
            (None, None) => {}
        }
        letter.head("To", &self.string(at, id::TO, page).unwrap_or_default());
        let sent = [id::SUBMITTED, id::DELIVERED]
            .iter()
            .find_map(|id| table.time(*id));
        letter.head("Date", &sent.unwrap_or_default());
        let subject = self.string(at, id::SUBJECT, page).unwrap_or_default();
        letter.head("Subject", &subject);
        let rich = self.body(at, page, &mut letter, each)?;
        letter.layers(name, each)?;
        if let Some(rtf) = rich {
            let name = self.names.give(Some("message.rtf"), "rtf");
            each(Ok(Layer {
                name: Some(name),
                content: Content::File(rtf),
                reserve: None,
            }))?;
        }
        let places = self.places;
        let attachments = places.get(at).into_iter().flatten();
        for attachment in attachments.filter(|name| name.starts_with("__attach_version1.0_")) {
            self.attachment(&format!("{at}/{attachment}"), page, nesting, each)?;
        }
        ControlFlow::Continue(())
    }

    /// Reads the body; gives it as RTF if it has no other form.
    fn body(
        &mut self,
        at: &str,
        page: Option<&'static Encoding>,
        letter: &mut Letter,
        each: &mut Each<'_>,
    ) -> ControlFlow<(), Option<Vec<u8>>> {
        if let Some(text) = self.string(at, id::BODY, page) {
            letter.text(&text);
        }
        if letter.is_blank() {
            let page_text = match self.binary(at, id::HTML) {
                Some(bytes) => Some(self.text(&bytes, page)),
                None => self.string(at, id::HTML, page),
            };
            if let Some(text) = page_text {
                letter.html(&html::of_text(&text, html::Place::Mail));
            }
        }
        if !letter.is_blank() {
            return ControlFlow::Continue(None);
        }
        let Some(packed) = self.binary(at, id::RTF) else {
            return ControlFlow::Continue(None);
        };
        match unpacked(&packed) {
            Ok(rtf) => ControlFlow::Continue(Some(rtf)),
            Err(because) => {
                each(Err(unit(
                    Code::InputUnreadable,
                    "the text of the message is damaged",
                    format!("its RTF cannot be unpacked: {because}"),
                    "open it in Outlook and save its text",
                )))?;
                ControlFlow::Continue(None)
            }
        }
    }

    fn attachment(
        &mut self,
        at: &str,
        page: Option<&'static Encoding>,
        nesting: usize,
        each: &mut Each<'_>,
    ) -> ControlFlow<()> {
        let own = [id::NAME, id::SHORT_NAME]
            .iter()
            .find_map(|id| self.string(at, *id, page));
        let kind = self.string(at, id::KIND, page).unwrap_or_default();
        let (main, sub) = kind.split_once('/').unwrap_or(("application", "octet-stream"));
        let inner = format!("{at}/__substg1.0_{:04X}000D", id::DATA);
        if self.places.contains_key(&inner) {
            let own = self
                .string(&inner, id::SUBJECT, page)
                .or(own)
                .map(|name| format!("{name}.msg"));
            let name = self.names.give(own.as_deref(), "msg");
            if nesting >= self.options.limits.nesting {
                return each(Err(unit(
                    Code::InputNesting,
                    "messages inside one another",
                    format!(
                        "`{name}` was not read; the limit is nesting = {}",
                        self.options.limits.nesting
                    ),
                    "save the inner message as a file of its own",
                )));
            }
            return self.message(&inner, Some(&name), nesting + 1, each);
        }
        let name = self.names.give(own.as_deref(), &ending(main, sub));
        match self.binary(at, id::DATA) {
            Some(bytes) => each(Ok(Layer {
                name: Some(name),
                content: Content::File(bytes),
                reserve: None,
            })),
            None => each(Err(warning(
                Code::InputNotUnderstood,
                &format!("the attachment `{name}` is not in the message"),
                "it is a link to a file elsewhere, an object of another program, or damaged".into(),
                "ask for the file itself",
            ))),
        }
    }

    fn string(&mut self, at: &str, id: u16, page: Option<&'static Encoding>) -> Option<String> {
        if let Some(bytes) = self.stream(&format!("{at}/__substg1.0_{id:04X}001F")) {
            return Some(decode(&bytes, UTF_16LE).trim_end_matches('\0').to_owned());
        }
        let bytes = self.stream(&format!("{at}/__substg1.0_{id:04X}001E"))?;
        Some(self.text(&bytes, page).trim_end_matches('\0').to_owned())
    }

    fn binary(&mut self, at: &str, id: u16) -> Option<Vec<u8>> {
        self.stream(&format!("{at}/__substg1.0_{id:04X}0102"))
    }

    fn text(&self, bytes: &[u8], page: Option<&'static Encoding>) -> String {
        match page {
            Some(encoding) => decode(bytes, encoding).into_owned(),
            None => match Coding::sniff(bytes, true, self.options) {
                Ok(coding) => {
                    decode(bytes.get(coding.mark..).unwrap_or_default(), coding.encoding).into_owned()
                }
                Err(_) => String::from_utf8_lossy(bytes).into_owned(),
            },
        }
    }

    fn table(&mut self, at: &str, head: usize) -> Table {
        let bytes = self.stream(&format!("{at}/{PROPERTIES}")).unwrap_or_default();
        let rows = bytes.get(head..).unwrap_or_default().chunks_exact(16);
        let values = rows.filter_map(|row| match row {
            [_, _, low, high, _, _, _, _, value @ ..] => Some((
                u16::from_le_bytes([*low, *high]),
                u64::from_le_bytes(value.try_into().ok()?),
            )),
            _ => None,
        });
        Table(values.collect())
    }

    /// The bytes of a stream; none when it is not there, damaged, or more than may still be read.
    fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        let (storage, name) = path.rsplit_once('/')?;
        if !self.places.get(storage)?.iter().any(|known| known == name) {
            return None;
        }
        let mut stream = self.file.open_stream(path).ok()?;
        self.left = self.left.checked_sub(stream.len())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// RTF as Outlook packs it (MS-OXRTFCP). The library believes the sizes that the head states, so they are checked first.
fn unpacked(packed: &[u8]) -> Result<Vec<u8>, String> {
    let size = match packed {
        [_, _, _, _, a, b, c, d, _, _, _, _, _, _, _, _, ..] => u32::from_le_bytes([*a, *b, *c, *d]),
        _ => return Err("it is too short".into()),
    };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let stored = packed.get(8..12) == Some(b"MELA".as_slice());
    // A reference of two bytes stands for at most 17.
    let most = if stored {
        packed.len() - 16
    } else {
        packed.len().saturating_mul(9)
    };
    if size > most {
        return Err(format!("it states {size} bytes"));
    }
    let rtf = compressed_rtf::decompress_rtf(packed).map_err(|error| error.to_string())?;
    // The library gives each byte as a character.
    Ok(rtf.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect())
}

impl Table {
    fn encoding(&self, id: u16) -> Option<&'static Encoding> {
        let page = u16::try_from(self.0.get(&id)? & 0xffff_ffff).ok()?;
        codepage::to_encoding(page)
    }

    /// A point in time, counted in 100 ns from 1601, as `2016-03-30T10:00:00Z`.
    fn time(&self, id: u16) -> Option<String> {
        let seconds = i64::try_from(self.0.get(&id)? / 10_000_000).ok()? - 11_644_473_600;
        (seconds > 0).then_some(())?;
        Some(jiff::Timestamp::from_second(seconds).ok()?.to_string())
    }
}
