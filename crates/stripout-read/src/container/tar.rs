//! tar archives, read from front to back: nothing is sought, so they may come out of a packing of any size.
//!
//! The `tar` crate reads heads; its own entries cannot cross threads, which unpacking ahead needs.

use std::collections::BTreeMap;
use std::io::{self, Read};

use stripout_model::{Code, Problem, Severity};
use tar::{EntryType, Header, PaxExtensions};

use super::zip::inside;
use crate::Limits;
use crate::stream::{carry, problem_of};

/// Bytes of a head; contents are filled up to a multiple of it.
pub(super) const BLOCK: usize = 512;
/// Longest name or set of attributes.
const LONGEST: u64 = 1 << 20;

/// Whether the bytes begin with the head of a member: its checksum fits.
pub(super) fn is_tar(start: &[u8]) -> bool {
    start
        .get(..BLOCK)
        .and_then(|block| block.try_into().ok())
        .is_some_and(sound)
}

/// A member under the name it is read as.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) problems: Vec<Problem>,
    /// Whether it is a file whose content follows.
    pub(super) readable: bool,
}

/// The members of an archive, one after another.
pub(super) struct Members<R> {
    read: R,
    limits: Limits,
    /// Bytes of the content that were not read yet, and of what fills it up.
    left: u64,
    fill: u64,
    /// Where the next byte stands.
    at: u64,
    names: Names,
    count: usize,
    done: bool,
}

impl<R: Read> Members<R> {
    pub(super) fn new(read: R, limits: &Limits) -> Self {
        Self {
            read,
            limits: *limits,
            left: 0,
            fill: 0,
            at: 0,
            names: Names::default(),
            count: 0,
            done: false,
        }
    }

    /// The next member; after a problem there is none.
    pub(super) fn next(&mut self) -> Option<Result<Member, Problem>> {
        if self.done {
            return None;
        }
        let member = self.member();
        self.done = !matches!(member, Ok(Some(_)));
        member.transpose()
    }

    /// The content of the member that came last.
    pub(super) fn content(&mut self) -> Content<'_, R> {
        Content(self)
    }

    fn member(&mut self) -> Result<Option<Member>, Problem> {
        let (mut name, mut size) = (None, None);
        loop {
            self.pass()?;
            let at = self.at;
            let Some(block) = self.block()? else {
                return Ok(None);
            };
            if block.iter().all(|byte| *byte == 0) {
                // Two such blocks end an archive, but another may follow.
                continue;
            }
            if !sound(&block) {
                return Err(input(
                    Code::InputUnreadable,
                    "the archive is damaged",
                    format!("there is no member at byte {at}"),
                    "fetch the file again; the members before this place were read",
                ));
            }
            let header = Header::from_byte_slice(&block);
            let stated = header.entry_size().map_err(|error| damaged(at, &error))?;
            let kind = header.entry_type();
            match kind {
                EntryType::GNULongName => name = Some(self.attribute(stated)?),
                EntryType::GNULongLink | EntryType::XGlobalHeader => self.follow(stated),
                EntryType::XHeader => {
                    let attributes = self.attribute(stated)?;
                    for attribute in PaxExtensions::new(&attributes).filter_map(Result::ok) {
                        match attribute.key_bytes() {
                            b"path" => name = Some(attribute.value_bytes().to_vec()),
                            b"size" => size = attribute.value().ok().and_then(|value| value.parse().ok()),
                            _ => {}
                        }
                    }
                }
                kind => {
                    let given = name.take().unwrap_or_else(|| header.path_bytes().into_owned());
                    self.follow(size.take().unwrap_or(stated));
                    if let Some(member) = self.file(&given, kind)? {
                        return Ok(Some(member));
                    }
                }
            }
        }
    }

    /// A member that is no mere folder.
    fn file(&mut self, given: &[u8], kind: EntryType) -> Result<Option<Member>, Problem> {
        let given = String::from_utf8_lossy(given);
        let given = given.trim_end_matches('\0');
        let given = given.strip_prefix("./").unwrap_or(given);
        let shadow = given
            .rsplit('/')
            .next()
            .is_some_and(|last| last.starts_with("._"));
        if kind.is_dir() || given.ends_with('/') || given.is_empty() || shadow {
            return Ok(None);
        }
        self.count += 1;
        if self.count > self.limits.members {
            let limit = self.limits.members;
            return Err(input(
                Code::InputTooLarge,
                "the archive has too many members",
                format!("the limit is members = {limit}; the first {limit} were read"),
                "unpack it yourself",
            ));
        }
        let obstacle = obstacle(kind);
        let readable = obstacle.is_none();
        if !readable && (kind.is_hard_link() || kind.is_symlink()) {
            // Links state the size of what they point to, but have no content.
            (self.left, self.fill) = (0, 0);
        }
        let (name, mut problems) = self.names.give(given);
        problems.extend(obstacle);
        Ok(Some(Member {
            name,
            problems,
            readable,
        }))
    }

    /// What stands where a name or attributes should.
    fn attribute(&mut self, size: u64) -> Result<Vec<u8>, Problem> {
        if size > LONGEST {
            return Err(input(
                Code::InputTooLarge,
                "a member has a name or attributes that are too long",
                format!("they take {size} bytes"),
                "unpack the archive yourself",
            ));
        }
        self.follow(size);
        let mut bytes = Vec::new();
        self.content().read_to_end(&mut bytes).map_err(problem_of)?;
        Ok(bytes)
    }

    fn follow(&mut self, size: u64) {
        let block = u64::try_from(BLOCK).unwrap_or(1);
        self.left = size;
        self.fill = size.wrapping_neg() % block;
    }

    /// Passes over what was not read of the last content.
    fn pass(&mut self) -> Result<(), Problem> {
        io::copy(&mut self.content(), &mut io::sink()).map_err(problem_of)?;
        let fill = std::mem::take(&mut self.fill);
        let passed = io::copy(&mut (&mut self.read).take(fill), &mut io::sink()).map_err(problem_of)?;
        self.at += passed;
        Ok(())
    }

    /// `None` at the end; archives need not end as they should.
    fn block(&mut self) -> Result<Option<[u8; BLOCK]>, Problem> {
        let mut bytes = Vec::with_capacity(BLOCK);
        let wanted = u64::try_from(BLOCK).unwrap_or(u64::MAX);
        (&mut self.read)
            .take(wanted)
            .read_to_end(&mut bytes)
            .map_err(problem_of)?;
        self.at += u64::try_from(bytes.len()).unwrap_or(0);
        match <[u8; BLOCK]>::try_from(bytes) {
            Ok(block) => Ok(Some(block)),
            Err(bytes) if bytes.iter().all(|byte| *byte == 0) => Ok(None),
            Err(bytes) => Err(input(
                Code::InputTruncated,
                "the archive ends too early",
                format!("{} bytes of a head of {BLOCK} are there", bytes.len()),
                "fetch the file again; the members before this place were read",
            )),
        }
    }
}

/// Reads the content of a member, and no further.
pub(super) struct Content<'m, R>(&'m mut Members<R>);

impl<R: Read> Read for Content<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let members = &mut *self.0;
        if members.left == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let n = match (&mut members.read).take(members.left).read(buffer) {
            Ok(n) => n,
            Err(error) => {
                // What is read after damage may never end.
                members.done = true;
                return Err(error);
            }
        };
        let wide = u64::try_from(n).unwrap_or(members.left);
        if n == 0 {
            let because = format!("{} bytes of the member are missing", members.left);
            (members.left, members.fill) = (0, 0);
            return Err(carry(input(
                Code::InputTruncated,
                "the archive ends too early",
                because,
                "fetch the file again; what came before was read",
            )));
        }
        members.left -= wide;
        members.at += wide;
        Ok(n)
    }
}

/// Names given so far, for archives that are not listed before they are read.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, usize>);

impl Names {
    /// The name that a member is read as: inside the archive, and its own. A later member of the same name is `a.csv#1`.
    pub(super) fn give(&mut self, given: &str) -> (String, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut name = inside(given);
        if name != given {
            problems.push(warning(
                "a member's name points outside the archive",
                format!("it is named {given:?}; nothing is written, and it was read as {name:?}"),
                "be wary of who made this archive",
            ));
        }
        let nth = self.0.entry(name.clone()).or_default();
        if *nth > 0 {
            problems.push(warning(
                "members of the archive share a name",
                format!("{name:?} is there again; each was read under its own number"),
                "ask the publisher which one counts; tools that unpack keep the last",
            ));
            name = format!("{name}#{nth}");
        }
        *nth += 1;
        (name, problems)
    }
}

fn sound(block: &[u8; BLOCK]) -> bool {
    // The checksum counts itself as spaces.
    let sum: u32 = block
        .iter()
        .enumerate()
        .map(|(i, byte)| {
            if (148..156).contains(&i) {
                32
            } else {
                u32::from(*byte)
            }
        })
        .sum();
    // A block of zeros has the checksum of its spaces but states none.
    block.iter().any(|byte| *byte != 0)
        && Header::from_byte_slice(block)
            .cksum()
            .is_ok_and(|stated| stated == sum)
}

/// Why a member is not read.
fn obstacle(kind: EntryType) -> Option<Problem> {
    let (code, what, because, hint) = if kind.is_file() || kind.is_contiguous() {
        return None;
    } else if kind.is_hard_link() || kind.is_symlink() {
        (
            Code::InputPath,
            "a member is a link to another file",
            "links are not followed".to_owned(),
            "give the file that it points to",
        )
    } else {
        (
            Code::InputNotUnderstood,
            "a member is no file",
            format!("its kind is {:?}", char::from(kind.as_byte())),
            "unpack the archive and give the files",
        )
    };
    Some(Problem {
        severity: Severity::Unit,
        ..input(code, what, because, hint)
    })
}

fn damaged(at: u64, error: &io::Error) -> Problem {
    input(
        Code::InputUnreadable,
        "the archive is damaged",
        format!("the head of the member at byte {at} cannot be read: {error}"),
        "fetch the file again; the members before this place were read",
    )
}

fn warning(what: &str, because: String, hint: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        ..input(Code::InputPath, what, because, hint)
    }
}

fn input(code: Code, what: &str, because: String, hint: &str) -> Problem {
    Problem {
        code,
        severity: Severity::Input,
        place: String::new(),
        what: what.into(),
        because,
        hint: hint.into(),
    }
}
