//! Parts, blocks and the way from one to the other.

use std::io::{Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use stripout_model::{DocumentKind, Problem, Record, Reserve};

use crate::Limits;
use crate::Piece;
use crate::Stop;
use crate::layout::Sources;

/// A file to be read.
pub struct Source<'a> {
    /// Path as given, for messages and layouts.
    pub name: &'a str,
    pub bytes: &'a mut (dyn ReadSeek + Send),
}

pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// What the user said instead of letting the reader find out.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// WHATWG label of the encoding.
    pub encoding: Option<String>,
    /// Order of day and month in dates like 03/04/2022, where the file itself does not decide it.
    pub day_first: Option<bool>,
    pub limits: Limits,
    /// Layouts of publishers.
    pub sources: Sources,
    /// The program that reads PDFs for us, as `PROGRAM read-pdf` with the PDF on its standard input; `None` where there is
    /// none.
    pub pdf_reader: Option<PathBuf>,
    pub ocr: Ocr,
    /// Set when the run ends early: documents under way are left.
    pub stop: Stop,
}

/// Whether pages that are only pictures are read by an OCR program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ocr {
    /// Where `tesseract` and `pdftoppm` are installed.
    #[default]
    Auto,
    Never,
}

/// A file, or one member of an archive.
pub struct Part<'a> {
    /// `b.csv` of `a.zip!b.csv`; `None` for the file itself.
    pub member: Option<String>,
    pub format: &'static str,
    pub kind: DocumentKind,
    /// Why a person should look before anything is said from it.
    pub reserve: Option<Reserve>,
    pub blocks: Box<dyn Blocks + Send + 'a>,
}

/// Cuts a stream into blocks of whole records, in order. Cheap: the work is in `Parse`.
pub trait Blocks {
    /// The next block; `None` at the end, or where reading cannot go on (then `problems` says why).
    fn next(&mut self) -> Option<Block>;
    /// Parser for the blocks of this part; shared by all threads.
    fn parser(&self) -> Arc<dyn Parse>;
    /// Problems met while cutting since the last call: assumptions, truncation, oversize records.
    fn problems(&mut self) -> Vec<Problem>;
}

/// Some whole records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub bytes: Piece,
    /// Offset of `bytes[0]` in the stream.
    pub offset: u64,
    /// Line of `bytes[0]`, from 1.
    pub line: u64,
    /// Number of its first record, from 1.
    pub record: u64,
    /// What the cutter tells its own parser about where these records stand; empty for flat formats. JSON: `lines`,
    /// `values`, `members`, or the pointer of the first record (`/releases/12`).
    pub path: String,
}

pub trait Parse: Send + Sync {
    /// Hands every record of the block, in order, to the sink.
    fn parse(&self, block: &Block, sink: &mut dyn Sink);

    /// The headings of the columns, where the blocks are rows of a table that has them.
    fn headings(&self) -> &[String] {
        &[]
    }

    /// What the blocks showed together ("41 ragged rows"); asked once, after the last block was parsed.
    fn finish(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// Takes what a parser finds.
pub trait Sink {
    fn record(&mut self, record: &dyn Record);
    fn problem(&mut self, problem: Problem);
}
