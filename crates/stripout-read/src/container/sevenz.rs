//! 7z archives. Their members are packed together, so they come in the order in which they lie.

mod list;

use std::collections::BTreeSet;
use std::io::{self, Read, SeekFrom};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use sevenz_rust2::{Archive, ArchiveEntry, BlockDecoder, Password};
use stripout_model::{Code, Problem, Severity};

use super::tar::Names;
use crate::stream::{carry, problem_of};
use crate::{Limits, ReadSeek};

pub(super) const MAGIC: &[u8] = b"7z\xbc\xaf\x27\x1c";

/// Bytes handed over at a time.
const STEP: u64 = 1 << 20;
/// Steps that may wait.
const WAITING: usize = 2;

/// A member that is wanted, or what is wrong with it or with the archive.
pub(super) enum Found<'f> {
    Member(String, Box<dyn Read + Send + 'f>),
    Problem(Option<String>, Problem),
}

/// Calls `each` for every member whose name is wanted, until it breaks. Unpacks on a thread of its own: the library hands
/// members out one inside another.
pub(super) fn members(
    bytes: &mut (dyn ReadSeek + Send),
    limits: &Limits,
    wants: &(dyn Fn(&str) -> bool + Sync),
    each: &mut dyn FnMut(Found<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    thread::scope(|scope| {
        let (give, mut take) = sync_channel(WAITING);
        scope.spawn(move || {
            let unpacking = Unpacking {
                limits,
                wants,
                give: &give,
            };
            // Nobody takes any more: the reader had enough.
            if let Err(problem) = unpacking.archive(bytes) {
                let _nobody_takes = give.send(Step::Problem(None, problem));
            }
        });
        while let Ok(step) = take.recv() {
            match step {
                Step::Problem(member, problem) => each(Found::Problem(member, problem))?,
                Step::Member(name) => {
                    let mut content = Content::new(&mut take);
                    each(Found::Member(name, Box::new(&mut content)))?;
                    // What the reader left; whatever is wrong with it is of no interest.
                    let _left = io::copy(&mut content, &mut io::sink());
                }
                Step::Bytes(_) | Step::Broken(_) | Step::End => {}
            }
        }
        ControlFlow::Continue(())
    })
}

enum Step {
    Problem(Option<String>, Problem),
    /// A member begins: its bytes follow up to `End` or `Broken`.
    Member(String),
    Bytes(Vec<u8>),
    Broken(Problem),
    End,
}

/// Whether a member could be read to its end.
enum State {
    Sound,
    Damaged,
}

struct Unpacking<'u> {
    limits: &'u Limits,
    wants: &'u (dyn Fn(&str) -> bool + Sync),
    give: &'u SyncSender<Step>,
}

impl Unpacking<'_> {
    fn archive(&self, bytes: &mut (dyn ReadSeek + Send)) -> Result<(), Problem> {
        let length = bytes.seek(SeekFrom::End(0)).map_err(problem_of)?;
        list::check(bytes, length)?;
        let password = Password::empty();
        let mut bytes = bytes;
        bytes.seek(SeekFrom::Start(0)).map_err(problem_of)?;
        let archive = Archive::read(&mut bytes, &password).map_err(|error| broken(&error))?;
        self.consent(&archive, length)?;
        let mut names = Names::default();
        let mut met = BTreeSet::new();
        for block in 0..archive.blocks.len() {
            let decoder = BlockDecoder::new(1, block, &archive, &password, &mut bytes);
            let result = decoder.for_each_entries(&mut |entry, read| {
                met.insert(std::ptr::from_ref(entry).addr());
                match self.member(entry, &mut names, read) {
                    // What is read after damage may never end.
                    ControlFlow::Continue(State::Damaged) => {
                        Err(sevenz_rust2::Error::Other("a member is damaged".into()))
                    }
                    ControlFlow::Continue(State::Sound) => Ok(true),
                    ControlFlow::Break(()) => Ok(false),
                }
            });
            match result {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => {
                    let problem = Problem {
                        severity: Severity::Unit,
                        ..broken(&error)
                    };
                    if self.give.send(Step::Problem(None, problem)).is_err() {
                        return Ok(());
                    }
                }
            }
        }
        // Empty files are in no block.
        for entry in &archive.files {
            let new = !met.contains(&std::ptr::from_ref(entry).addr());
            if new && !entry.has_stream && self.member(entry, &mut names, &mut io::empty()).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Whether the archive keeps to the limits.
    fn consent(&self, archive: &Archive, length: u64) -> Result<(), Problem> {
        let limit = self.limits.members;
        let count = archive.files.len();
        if count > limit {
            let because = format!("it lists {count}; the limit is members = {limit}");
            return Err(input(
                Code::InputTooLarge,
                "the archive has too many members",
                because,
                "unpack it yourself",
            ));
        }
        let mut coders = archive.blocks.iter().flat_map(|block| &block.coders);
        if coders.any(|coder| list::is_cipher(coder.encoder_method_id())) {
            return Err(encrypted());
        }
        // Unpacking stops at the declared sizes, so they can be believed.
        let unpacked = archive
            .files
            .iter()
            .fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
        let ratio = self.limits.ratio_zstandard;
        if unpacked > self.limits.ratio_free_stream && unpacked > length.saturating_mul(ratio) {
            let because = format!("{length} bytes become {unpacked}; the limit is ratio-zstandard = {ratio}");
            return Err(input(
                Code::InputRatio,
                "the archive grows out of proportion",
                because,
                "unpack it yourself if you trust it, or raise the limit",
            ));
        }
        Ok(())
    }

    /// Breaks when nobody takes any more.
    fn member(&self, entry: &ArchiveEntry, names: &mut Names, read: &mut dyn Read) -> ControlFlow<(), State> {
        // Macs put a shadow of each file there.
        let shadow = entry
            .name
            .rsplit('/')
            .next()
            .is_some_and(|last| last.starts_with("._"));
        if entry.is_directory || entry.is_anti_item || shadow {
            return ControlFlow::Continue(State::Sound);
        }
        let (name, mut problems) = names.give(&entry.name);
        if !(self.wants)(&name) {
            return ControlFlow::Continue(State::Sound);
        }
        let link = is_link(entry);
        if link {
            problems.push(Problem {
                severity: Severity::Unit,
                ..input(
                    Code::InputPath,
                    "a member is a link to another file",
                    "links are not followed".into(),
                    "give the file that it points to",
                )
            });
        }
        for problem in problems {
            self.give(Step::Problem(Some(name.clone()), problem))?;
        }
        if link {
            return ControlFlow::Continue(State::Sound);
        }
        self.give(Step::Member(name))?;
        loop {
            let mut step = Vec::new();
            let result = (&mut *read).take(STEP).read_to_end(&mut step);
            let full = u64::try_from(step.len()).is_ok_and(|n| n == STEP);
            if !step.is_empty() {
                self.give(Step::Bytes(step))?;
            }
            match result {
                Ok(_) if full => {}
                Ok(_) => {
                    self.give(Step::End)?;
                    return ControlFlow::Continue(State::Sound);
                }
                Err(error) => {
                    self.give(Step::Broken(input(
                        Code::InputUnreadable,
                        "a member is damaged",
                        error.to_string(),
                        "fetch the file again; what came before was read",
                    )))?;
                    return ControlFlow::Continue(State::Damaged);
                }
            }
        }
    }

    fn give(&self, step: Step) -> ControlFlow<()> {
        match self.give.send(step) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// The content of a member as it comes from the other thread.
struct Content<'t> {
    take: &'t mut Receiver<Step>,
    step: io::Cursor<Vec<u8>>,
    done: bool,
}

impl<'t> Content<'t> {
    fn new(take: &'t mut Receiver<Step>) -> Self {
        Self {
            take,
            step: io::Cursor::new(Vec::new()),
            done: false,
        }
    }
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.step.read(buffer)?;
            if n > 0 || buffer.is_empty() || self.done {
                return Ok(n);
            }
            match self.take.recv() {
                Ok(Step::Bytes(bytes)) => self.step = io::Cursor::new(bytes),
                Ok(Step::Broken(problem)) => {
                    self.done = true;
                    return Err(carry(problem));
                }
                _ => self.done = true,
            }
        }
    }
}

/// Unix keeps the kind of a file in the upper half of the attributes.
fn is_link(entry: &ArchiveEntry) -> bool {
    entry.has_windows_attributes && (entry.windows_attributes >> 16) & 0o170_000 == 0o120_000
}

fn broken(error: &sevenz_rust2::Error) -> Problem {
    use sevenz_rust2::Error;
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => encrypted(),
        Error::UnsupportedCompressionMethod(method) => input(
            Code::InputNotUnderstood,
            "the archive is packed in a way that is not read",
            format!("its method is {method}"),
            "unpack the archive and give the files",
        ),
        Error::Io(error, _) if error.kind() == io::ErrorKind::UnexpectedEof => input(
            Code::InputTruncated,
            "the archive ends too early",
            error.to_string(),
            "fetch the file again",
        ),
        error => input(
            Code::InputUnreadable,
            "the archive is damaged",
            error.to_string(),
            "fetch the file again; members before the damage were read",
        ),
    }
}

fn encrypted() -> Problem {
    input(
        Code::InputEncrypted,
        "the archive is encrypted",
        "it needs a password".into(),
        "unpack the archive with its password and give the files",
    )
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
