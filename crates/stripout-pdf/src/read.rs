//! From bytes to pages.

use std::ops::ControlFlow;

use hayro_interpret::hayro_syntax::metadata::Metadata;
use hayro_interpret::hayro_syntax::object::{Array, DateTime, Dict};
use hayro_interpret::hayro_syntax::page::Page as Source;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use serde::Serialize;

use crate::collect::Collector;
use crate::page::{About, Line, Page};
use crate::{layout, shown};

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Locked with a password that is not empty.
    Password,
    /// Locked in a way that is not known, or broken.
    Lock,
    /// No PDF, or one without a page tree.
    Structure,
}

/// Pages read before everything that was unpacked for them is let go.
const BATCH: usize = 128;

/// Reads `bytes` and hands out the lines of the answer: about the document, then every page from page `from` (counted from
/// 1) on, then the end. Stops when `each` breaks.
pub fn read(bytes: Vec<u8>, from: usize, each: &mut dyn FnMut(Line) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut bytes = PdfData::from(bytes);
    let mut pdf = match open(&bytes) {
        Ok(pdf) => pdf,
        // Only its attachments are locked, which are not read here.
        Err(_) if find(bytes.as_ref(), b"/EFF").is_some() => {
            bytes = PdfData::from(unlocked(bytes.as_ref()));
            match open(&bytes) {
                Ok(pdf) => pdf,
                Err(fault) => return each(Line::Fault(fault)),
            }
        }
        Err(fault) => return each(Line::Fault(fault)),
    };
    let pages = pdf.pages().len();
    each(Line::About(about(&pdf, bytes.as_ref())))?;
    let mut next = from.max(1);
    while next <= pages {
        batch(&pdf, next, each)?;
        next += BATCH;
        if next <= pages {
            // What was unpacked hangs on the document: the next batch starts on a fresh one.
            pdf = match open(&bytes) {
                Ok(pdf) => pdf,
                Err(fault) => return each(Line::Fault(fault)),
            };
        }
    }
    each(Line::End)
}

fn open(bytes: &PdfData) -> Result<Pdf, Fault> {
    Pdf::new(bytes.clone()).map_err(fault)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// The same document with its lock not found. Where more than attachments is locked, nothing can be unpacked then.
fn unlocked(bytes: &[u8]) -> Vec<u8> {
    const NAME: &[u8] = b"/Encrypt ";
    let mut bytes = bytes.to_vec();
    while let Some(at) = find(&bytes, NAME) {
        if let Some(letter) = bytes.get_mut(at + 1) {
            *letter = b'X';
        }
    }
    bytes
}

fn batch(pdf: &Pdf, first: usize, each: &mut dyn FnMut(Line) -> ControlFlow<()>) -> ControlFlow<()> {
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings::default();
    for (index, source) in pdf.pages().iter().enumerate().skip(first - 1).take(BATCH) {
        let mut page = page(pdf, source, &cache, &settings);
        page.number = index + 1;
        each(Line::Page(page))?;
    }
    ControlFlow::Continue(())
}

fn page<'a>(
    pdf: &'a Pdf,
    source: &Source<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
) -> Page {
    let (width, height) = source.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let start = source.initial_transform(true);
    let mut context = Context::new(
        Affine::new(start.as_coeffs()),
        Rect::new(0.0, 0.0, width, height),
        cache,
        pdf.xref(),
        settings.clone(),
    );
    let mut collected = Collector::default();
    interpret_page(source, &mut context, &mut collected);
    let damaged = source.page_stream().is_none() && source.raw().contains_key(&b"Contents"[..]);
    let sorted = shown::sort(&mut collected, (width, height));
    let picture = is_picture(&collected, &sorted, Rect::new(0.0, 0.0, width, height));
    Page {
        number: 0,
        text: layout::text(&sorted.shown, &collected.rules),
        hidden: layout::text(&sorted.hidden, &[]),
        ocr: layout::text(&sorted.ocr, &[]),
        picture,
        unknown: collected.unknown,
        damaged,
        cut: collected.cut,
    }
}

/// Whether a page is a scan that nobody has read: a picture over most of it, and next to no letters.
fn is_picture(collected: &Collector, sorted: &shown::Sorted, page: Rect) -> bool {
    /// A stamp, a page number, a file reference.
    const FEW: usize = 60;
    const MOST: f64 = 0.4;
    let letters =
        |glyphs: &[crate::glyph::Glyph]| glyphs.iter().filter(|glyph| !glyph.text.is_blank()).count();
    let largest = collected
        .pictures
        .iter()
        .map(|rect| rect.intersect(page).area().max(0.0))
        .sum::<f64>();
    let covered = largest >= MOST * page.area();
    let mute = collected.unknown > letters(&sorted.shown);
    letters(&sorted.ocr) < FEW
        && ((covered && letters(&sorted.shown) < FEW) || (mute && collected.unknown >= FEW))
}

fn about(pdf: &Pdf, bytes: &[u8]) -> About {
    /// How far from the end the end mark may stand: what readers of PDF allow.
    const TAIL: usize = 1024;
    let pages = pdf.pages().len();
    let xref = pdf.xref();
    let promised = xref
        .get::<Dict<'_>>(xref.root_id())
        .and_then(|root| root.get::<Dict<'_>>(&b"Pages"[..]))
        .filter(|tree| tree.get::<Array<'_>>(&b"Kids"[..]).is_some())
        .and_then(|tree| tree.get::<i32>(&b"Count"[..]))
        .and_then(|count| usize::try_from(count).ok())
        .filter(|count| *count > pages);
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    let metadata: &Metadata = pdf.metadata();
    About {
        pages,
        promised,
        whole: tail.windows(5).any(|end| end == b"%%EOF"),
        created: metadata.creation_date.map(date),
        modified: metadata.modification_date.map(date),
        title: metadata
            .title
            .as_deref()
            .map(title)
            .filter(|title| !title.is_empty()),
    }
}

fn date(date: DateTime) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.year, date.month, date.day, date.hour, date.minute, date.second
    )
}

/// A text string of PDF: UTF-16 or UTF-8 when marked so, else Latin as good as.
fn title(bytes: &[u8]) -> String {
    let text: String = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0,
            });
            char::decode_utf16(units)
                .map(|unit| unit.unwrap_or('\u{FFFD}'))
                .collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().copied().map(char::from).collect(),
    };
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn fault(error: LoadPdfError) -> Fault {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::Password,
        LoadPdfError::Decryption(_) => Fault::Lock,
        LoadPdfError::Invalid => Fault::Structure,
    }
}
