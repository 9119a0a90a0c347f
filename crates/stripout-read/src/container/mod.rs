//! Takes the packing off: .gz, .zst, .xz, .zip, .tar and .7z, in one another as far as the limits allow. Known by
//! their first bytes.

mod ahead;
mod document;
mod gzip;
mod order;
mod packed;
mod sevenz;
mod tar;
mod watched;
mod xz;
pub(crate) mod zip;
mod zstandard;

use std::io::{self, Read, SeekFrom};
use std::ops::ControlFlow;

use stripout_model::{Code, Problem, Severity};

use self::packed::Growth;
use crate::document::Origin;
use crate::stream::problem_of;
use crate::{Limits, Options, ReadSeek};

/// Bytes of a source with no packing left on them.
pub(crate) struct Stream<'a> {
    pub(crate) member: Option<String>,
    pub(crate) read: Bytes<'a>,
    /// Set where it is a layer of a document.
    pub(crate) origin: Option<Origin>,
}

/// Bytes as they lie in the source, or as they come out of their packing.
pub(crate) enum Bytes<'a> {
    Plain(&'a mut (dyn ReadSeek + Send)),
    Unpacked(Box<dyn Read + Send + 'a>),
}

impl Bytes<'_> {
    /// Passes from one offset, where the reading stands, to a later one.
    pub(crate) fn skip(&mut self, from: u64, to: u64) -> io::Result<()> {
        match self {
            Self::Plain(bytes) => bytes.seek(SeekFrom::Start(to)).map(drop),
            Self::Unpacked(read) => io::copy(&mut read.take(to - from), &mut io::sink()).map(drop),
        }
    }
}

impl Read for Bytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(bytes) => bytes.read(buffer),
            Self::Unpacked(read) => read.read(buffer),
        }
    }
}

/// Called for each stream, and for each member that cannot be one.
pub(crate) type Visit<'v> = dyn FnMut(Result<Stream<'_>, Problem>) -> ControlFlow<()> + 'v;

/// Which members are asked for.
pub(crate) enum Wish<'w> {
    All,
    Members(&'w [Option<&'w str>]),
}

/// Visits all streams of a source that are wished for, in order.
pub(crate) fn streams(
    bytes: &mut (dyn ReadSeek + Send),
    name: &str,
    options: &Options,
    wish: &Wish<'_>,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let mut unpack = Unpack {
        name,
        options,
        limits: &options.limits,
        wish,
        visit,
    };
    unpack.seekable(bytes, None, 0)
}

/// Whether the bytes that begin so are neither packed nor a document.
pub(crate) fn is_stream(head: &[u8], whole: bool, name: &str) -> bool {
    Packing::of(head) == Packing::None && document::by_head(head, whole, name).is_none()
}

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zstandard,
    Xz,
    Zip,
    SevenZip,
    Tar,
    None,
}

impl Packing {
    fn of(start: &[u8]) -> Self {
        match start {
            [0x1F, 0x8B, 0x08, ..] => Self::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Self::Zstandard,
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            start if start.starts_with(sevenz::MAGIC) => Self::SevenZip,
            start if tar::is_tar(start) => Self::Tar,
            _ => Self::None,
        }
    }
}

/// Bytes that tell the packing: the head of a tar archive is the longest.
const BEGINNING: u64 = 512;

struct Unpack<'u, 'v> {
    /// Of the file.
    name: &'u str,
    options: &'u Options,
    limits: &'u Limits,
    wish: &'u Wish<'u>,
    visit: &'u mut Visit<'v>,
}

impl Unpack<'_, '_> {
    fn seekable(
        &mut self,
        bytes: &mut (dyn ReadSeek + Send),
        member: Option<String>,
        nesting: usize,
    ) -> ControlFlow<()> {
        let start = match first_bytes(bytes).and_then(|start| bytes.seek(SeekFrom::Start(0)).map(|_| start)) {
            Ok(start) => start,
            Err(error) => return self.report(problem_of(error), member.as_deref()),
        };
        match Packing::of(&start) {
            Packing::Zip => self.archive(bytes, member.as_deref(), nesting),
            Packing::SevenZip if nesting < self.limits.nesting => {
                self.seven_zip(bytes, member.as_deref(), nesting)
            }
            Packing::Tar if nesting < self.limits.nesting => {
                self.tape(Box::new(bytes), member.as_deref(), nesting + 1)
            }
            Packing::None => {
                let document = document::look(&mut *bytes, self.name).document;
                if let Err(error) = bytes.seek(SeekFrom::Start(0)) {
                    return self.report(problem_of(error), member.as_deref());
                }
                match document {
                    Some(document) => self.document(document, bytes, member.as_deref(), nesting),
                    None => (self.visit)(Ok(Stream {
                        member,
                        read: Bytes::Plain(bytes),
                        origin: None,
                    })),
                }
            }
            packing => self.unpacked(packing, Box::new(bytes), member, nesting),
        }
    }

    /// A stream that is packed, or not, inside another.
    fn stream(
        &mut self,
        mut read: Box<dyn Read + Send + '_>,
        member: Option<String>,
        nesting: usize,
    ) -> ControlFlow<()> {
        let (start, error) = fill(&mut read, BEGINNING);
        let packing = Packing::of(&start);
        let read = Box::new(Resumed::new(start, error, read));
        match packing {
            Packing::Tar if nesting < self.limits.nesting => self.tape(read, member.as_deref(), nesting + 1),
            // A document may be a ZIP, and is none to be counted.
            Packing::Zip | Packing::SevenZip if packing == Packing::Zip || nesting < self.limits.nesting => {
                let mut held = Vec::new();
                let limit = self.limits.nested_archive_bytes;
                if let Err(error) = read
                    .take(u64::try_from(limit).unwrap_or(u64::MAX) + 1)
                    .read_to_end(&mut held)
                {
                    return self.report(problem_of(error), member.as_deref());
                }
                if held.len() > limit {
                    let problem = Problem {
                        code: Code::InputTooLarge,
                        severity: Severity::Unit,
                        place: String::new(),
                        what: "an archive inside another is too large".into(),
                        because: format!("it is longer than the limit nested-archive-bytes = {limit}"),
                        hint: "unpack the outer archive and give the inner one".into(),
                    };
                    return self.report(problem, member.as_deref());
                }
                let held = &mut io::Cursor::new(held);
                if packing == Packing::Zip {
                    self.archive(held, member.as_deref(), nesting)
                } else {
                    self.seven_zip(held, member.as_deref(), nesting)
                }
            }
            Packing::None => {
                let name = member.as_deref().unwrap_or(self.name);
                let mut looked = document::look(read, name);
                match looked.document {
                    Some(document) => self.document(document, &mut looked.read, member.as_deref(), nesting),
                    None => ahead::ahead(Box::new(looked.read), |read| {
                        (self.visit)(Ok(Stream {
                            member,
                            read: Bytes::Unpacked(read),
                            origin: None,
                        }))
                    }),
                }
            }
            packing => self.unpacked(packing, read, member, nesting),
        }
    }

    fn unpacked(
        &mut self,
        packing: Packing,
        read: Box<dyn Read + Send + '_>,
        member: Option<String>,
        nesting: usize,
    ) -> ControlFlow<()> {
        if nesting >= self.limits.nesting {
            return self.report(too_deep(self.limits), member.as_deref());
        }
        let growth = match packing {
            _ if nesting > 0 => Growth::of_member(self.limits),
            Packing::Zstandard | Packing::Xz => Growth::of_file(self.limits, self.limits.ratio_zstandard),
            _ => Growth::of_file(self.limits, self.limits.ratio),
        };
        let read: Box<dyn Read + Send + '_> = match packing {
            Packing::Zstandard => match zstandard::open(read, growth) {
                Ok(read) => Box::new(read),
                Err(error) => return self.report(problem_of(error), member.as_deref()),
            },
            Packing::Xz => Box::new(xz::open(read, growth)),
            _ => Box::new(gzip::open(read, growth)),
        };
        let mut read = read;
        let (start, error) = fill(&mut read, BEGINNING);
        let tape = Packing::of(&start) == Packing::Tar;
        let read = Box::new(Resumed::new(start, error, read));
        if tape {
            // .tar.gz is one packing, not two.
            return self.tape(read, member.as_deref(), nesting + 1);
        }
        self.stream(read, member, nesting + 1)
    }

    /// A tar archive, whose members stand at the depth `nesting`.
    fn tape(
        &mut self,
        read: Box<dyn Read + Send + '_>,
        path: Option<&str>,
        nesting: usize,
    ) -> ControlFlow<()> {
        let mut members = tar::Members::new(read, self.limits);
        while let Some(found) = members.next() {
            let found = match found {
                Ok(found) => found,
                Err(problem) => return self.report(problem, path),
            };
            let member = inside(path, &found.name);
            if !self.wish.wants(&member) {
                continue;
            }
            for problem in found.problems {
                self.report(problem, Some(&member))?;
            }
            if found.readable {
                self.stream(Box::new(members.content()), Some(member), nesting)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn seven_zip(
        &mut self,
        bytes: &mut (dyn ReadSeek + Send),
        path: Option<&str>,
        nesting: usize,
    ) -> ControlFlow<()> {
        let (limits, wish) = (self.limits, self.wish);
        let wants = |name: &str| wish.wants(&inside(path, name));
        sevenz::members(bytes, limits, &wants, &mut |found| match found {
            sevenz::Found::Member(name, read) => self.stream(read, Some(inside(path, &name)), nesting + 1),
            sevenz::Found::Problem(Some(name), problem) => self.report(problem, Some(&inside(path, &name))),
            sevenz::Found::Problem(None, problem) => self.report(problem, path),
        })
    }

    fn archive(
        &mut self,
        bytes: &mut (dyn ReadSeek + Send),
        path: Option<&str>,
        nesting: usize,
    ) -> ControlFlow<()> {
        let listing = match zip::list(bytes, self.limits) {
            Ok(listing) => listing,
            Err(problem) => return self.report(problem, path),
        };
        let names: Vec<&str> = listing.iter().map(|entry| entry.name.as_str()).collect();
        if let Some(document) = document::by_members(&names) {
            if let Err(error) = bytes.seek(SeekFrom::Start(0)) {
                return self.report(problem_of(error), path);
            }
            return self.document(document, bytes, path, nesting);
        }
        if let Some(kind) = names.iter().find_map(|name| zip::office(name)) {
            return self.report(unread(kind), path);
        }
        if nesting >= self.limits.nesting {
            return self.report(too_deep(self.limits), path);
        }
        for entry in listing {
            let member = inside(path, &entry.name);
            if !self.wish.wants(&member) {
                continue;
            }
            for problem in entry.problems {
                self.report(problem, Some(&member))?;
            }
            let Some(packed) = entry.packed else { continue };
            match packed.open(bytes, self.limits) {
                Ok(read) => self.stream(read, Some(member), nesting + 1)?,
                Err(problem) => self.report(problem, Some(&member))?,
            }
        }
        ControlFlow::Continue(())
    }

    fn report(&mut self, mut problem: Problem, member: Option<&str>) -> ControlFlow<()> {
        if let Some(member) = member {
            problem.place = if problem.place.is_empty() {
                member.into()
            } else {
                format!("{member}, {}", problem.place)
            };
        }
        (self.visit)(Err(problem))
    }
}

/// An Office file that no reader claims.
fn unread(kind: &str) -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Unit,
        place: String::new(),
        what: format!("{kind} is not read"),
        because: "its parts show what it is, but no reader of documents claims it".into(),
        hint: "open it and save the table as CSV (UTF-8), or its text as .txt".into(),
    }
}

fn too_deep(limits: &Limits) -> Problem {
    Problem {
        code: Code::InputNesting,
        severity: Severity::Unit,
        place: String::new(),
        what: "packed files inside one another".into(),
        because: format!("the limit is nesting = {}", limits.nesting),
        hint: "unpack the outer ones and give the inner one".into(),
    }
}

impl Wish<'_> {
    /// Whether this very stream is wished for.
    fn is_for(&self, member: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Members(wished) => wished.contains(&member),
        }
    }

    /// Whether the member, or one inside it, is wished for.
    fn wants(&self, member: &str) -> bool {
        match self {
            Self::All => true,
            Self::Members(wished) => wished.iter().flatten().any(|wish| {
                wish.strip_prefix(member)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('!'))
            }),
        }
    }
}

/// The path of a member, through the archives around it.
fn inside(path: Option<&str>, name: &str) -> String {
    path.map_or_else(|| name.into(), |path| format!("{path}!{name}"))
}

fn first_bytes(bytes: &mut (dyn ReadSeek + Send)) -> io::Result<Vec<u8>> {
    bytes.seek(SeekFrom::Start(0))?;
    match fill(bytes, BEGINNING) {
        (start, None) => Ok(start),
        (_, Some(error)) => Err(error),
    }
}

/// Up to `wanted` bytes, and what stopped the reading before them.
pub(crate) fn fill(read: &mut (impl Read + ?Sized), wanted: u64) -> (Vec<u8>, Option<io::Error>) {
    let mut bytes = Vec::new();
    let error = read.take(wanted).read_to_end(&mut bytes).err();
    (bytes, error)
}

/// A stream whose beginning was looked at.
pub(crate) struct Resumed<R> {
    start: io::Cursor<Vec<u8>>,
    error: Option<io::Error>,
    rest: R,
}

impl<R: Read> Resumed<R> {
    pub(crate) fn new(start: Vec<u8>, error: Option<io::Error>, rest: R) -> Self {
        Self {
            start: io::Cursor::new(start),
            error,
            rest,
        }
    }
}

impl<R: Read> Read for Resumed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.start.read(buffer)? {
            0 => match self.error.take() {
                Some(error) => Err(error),
                None => self.rest.read(buffer),
            },
            n => Ok(n),
        }
    }

    fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        let n = self.start.read_to_end(buffer)?;
        match self.error.take() {
            Some(error) => Err(error),
            None => self.rest.read_to_end(buffer).map(|m| n + m),
        }
    }
}
