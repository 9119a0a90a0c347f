//! Where results go: a register, or nowhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use stripout_model::{BlobId, Decision, Provenance, Request};
use stripout_register::{
    Batch, BodyReply, Embargo, Group, Keeping, KeptRecord, LongUnit, NewSource, OpenMode, Register,
    SourceEnd, SourcePage, TaskEntry, Unread,
};
use tokio::runtime::Runtime;

use crate::keep::{Keep, keep, sweep};
use crate::screen::IngestError;
use crate::unit::weight;

/// Kept rows above which an input gets a transaction of its own instead of a place in a group: it is written while the rest of
/// it is read.
const LARGE: usize = 500;
/// The same for what they weigh in bytes: a few rows of nothing but names weigh more than thousands of others.
const HEAVY: usize = 8 << 20;
/// Small inputs committed at once: ten thousand small files must not wait for the disk ten thousand times.
const GROUP: usize = 200;

/// An input that has been hashed.
pub struct Source<'a> {
    pub blob: BlobId,
    pub path: &'a Path,
    pub bytes: u64,
    pub provenance: Provenance,
    pub reader: &'a str,
    pub catalogue: &'a str,
    pub now: Timestamp,
}

/// Whether an input has to be read.
pub enum Begun {
    New,
    AlreadyRead { on: String, id: String },
}

/// Takes one input after the other: `begin`, any number of `write`, then `commit` or `fail`. What could not even be
/// opened only fails.
pub trait Destination {
    fn begin(&mut self, source: Source<'_>) -> Result<Begun, IngestError>;
    fn write(&mut self, batch: Batch) -> Result<(), IngestError>;
    fn commit(&mut self, end: SourceEnd) -> Result<(), IngestError>;
    /// Leaves nothing of the input under way but why it could not be read.
    fn fail(&mut self, unread: Unread) -> Result<(), IngestError>;
    /// Whether it keeps rows whole, so that it is worth making them.
    fn keeps_rows(&self) -> bool {
        true
    }
    /// Makes everything committed durable.
    fn finish(&mut self) -> Result<(), IngestError>;
}

/// Keeps nothing; prints what is found as JSON lines when asked to.
pub struct DryRun<'a> {
    lines: Option<&'a mut dyn Write>,
    path: String,
}

impl<'a> DryRun<'a> {
    /// `lines` gets one object a sighting, lead, affiliation, outcome and commitment, as they are found.
    pub fn new(lines: Option<&'a mut dyn Write>) -> Self {
        Self {
            lines,
            path: String::new(),
        }
    }
}

impl Destination for DryRun<'_> {
    fn begin(&mut self, source: Source<'_>) -> Result<Begun, IngestError> {
        self.path = source.path.to_string_lossy().into_owned();
        Ok(Begun::New)
    }

    fn write(&mut self, batch: Batch) -> Result<(), IngestError> {
        let Some(lines) = self.lines.as_deref_mut() else {
            return Ok(());
        };
        let mut text = Vec::new();
        for record in &batch.records {
            let KeptRecord {
                sightings,
                leads,
                affiliations,
                outcomes,
                commitments,
                ..
            } = record;
            let path = &self.path;
            let mut line =
                |kind: &str, what: serde_json::Result<serde_json::Value>| -> Result<(), IngestError> {
                    let what = what.map_err(std::io::Error::from)?;
                    let object = serde_json::json!({"type": kind, "path": path, kind: what});
                    writeln!(text, "{object}")?;
                    Ok(())
                };
            sightings
                .iter()
                .try_for_each(|one| line("sighting", serde_json::to_value(one)))?;
            leads
                .iter()
                .try_for_each(|one| line("lead", serde_json::to_value(one)))?;
            affiliations
                .iter()
                .try_for_each(|one| line("affiliation", serde_json::to_value(one)))?;
            outcomes
                .iter()
                .try_for_each(|one| line("outcome", serde_json::to_value(one)))?;
            commitments
                .iter()
                .try_for_each(|one| line("commitment", serde_json::to_value(one)))?;
        }
        lines.write_all(&text)?;
        Ok(())
    }

    fn commit(&mut self, _: SourceEnd) -> Result<(), IngestError> {
        Ok(())
    }

    fn fail(&mut self, _: Unread) -> Result<(), IngestError> {
        Ok(())
    }

    fn keeps_rows(&self) -> bool {
        false
    }

    fn finish(&mut self) -> Result<(), IngestError> {
        Ok(())
    }
}

/// Writes into a register and copies documents beside it.
pub struct IntoRegister {
    runtime: Runtime,
    register: Register,
    folder: PathBuf,
    keep: Keep,
    group: Option<Group>,
    in_group: usize,
    state: State,
    /// Committed to the open group, so not yet visible as already read.
    fresh: BTreeMap<BlobId, Timestamp>,
    /// Paths of inputs that could not be read before this run.
    unread: BTreeSet<String>,
}

enum State {
    Idle,
    /// Small so far: held until it is complete, then put into the group.
    Holding(Box<Held>),
    /// A transaction of its own.
    Writing(Box<LongUnit>),
}

struct Held {
    source: NewSource,
    path: PathBuf,
    batches: Vec<Batch>,
    records: usize,
    weight: usize,
}

impl IntoRegister {
    pub fn open(path: &Path, folder: &Path, keep: Keep) -> Result<Self, stripout_register::RegisterError> {
        let io = |error: &std::io::Error| stripout_register::RegisterError::Io {
            path: folder.to_path_buf(),
            because: error.to_string(),
        };
        // A thread beside the caller's: rows are written while the next ones are prepared.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_time()
            .build()
            .map_err(|error| io(&error))?;
        sweep(folder).map_err(|error| io(&error))?;
        let register = runtime.block_on(Register::open(path, OpenMode::Create))?;
        let unread = runtime.block_on(register.unread())?;
        Ok(Self {
            runtime,
            register,
            folder: folder.to_path_buf(),
            keep,
            group: None,
            in_group: 0,
            state: State::Idle,
            fresh: BTreeMap::new(),
            unread: unread.into_iter().map(|one| one.path).collect(),
        })
    }

    /// From the next input on.
    pub(crate) fn keep(&mut self, keep: Keep) {
        self.keep = keep;
    }

    /// Appends what no source holds: when each first came, by which ways, what reviewers decided, what is held back, what
    /// was asked, who took which lead to research, and what could not be read.
    pub(crate) fn append(
        &mut self,
        provenances: &HashMap<BlobId, Vec<(Provenance, Timestamp)>>,
        decisions: &[Decision],
        embargoes: &[Embargo],
        requests: &[Request],
        tasks: &[TaskEntry],
        unread: &[Unread],
    ) -> Result<(), IngestError> {
        self.commit_group()?;
        Ok(self.runtime.block_on(async {
            self.register.came(provenances).await?;
            self.register.embargo(embargoes).await?;
            self.register.decide(decisions).await?;
            self.register.keep_tasks(tasks).await?;
            self.register.keep_unread(unread).await?;
            self.register.keep_requests(requests).await.map(|_new| ())
        })?)
    }

    /// Appends what bodies replied, and where sources were published.
    pub(crate) fn keep_published(
        &mut self,
        replies: &[BodyReply],
        pages: &[SourcePage],
    ) -> Result<(), IngestError> {
        self.commit_group()?;
        Ok(self.runtime.block_on(async {
            self.register.keep_body_replies(replies).await?;
            self.register.keep_source_pages(pages).await
        })?)
    }

    fn commit_group(&mut self) -> Result<(), IngestError> {
        if let Some(group) = self.group.take() {
            self.runtime.block_on(group.commit())?;
        }
        self.in_group = 0;
        self.fresh.clear();
        Ok(())
    }

    fn kept(&self, held: &Held) -> Result<Keeping, IngestError> {
        keep(
            &held.path,
            held.source.size,
            &held.source.blob,
            &self.folder,
            self.keep,
        )
        .map_err(|source| IngestError::Keep {
            path: held.path.clone(),
            source,
        })
    }

    /// Gives a large input its own transaction.
    fn promote(&mut self, mut held: Box<Held>) -> Result<(), IngestError> {
        self.commit_group()?;
        held.source.keeping = self.kept(&held)?;
        let unit = match self.runtime.block_on(self.register.begin(&held.source))? {
            stripout_register::Begun::New(unit) => unit,
            // Another program registered it in the meantime.
            stripout_register::Begun::AlreadyRead(_) => return Ok(()),
        };
        let unit = self.runtime.block_on(async {
            let mut unit = unit.long();
            for batch in held.batches {
                unit = unit.write(batch).await?;
            }
            Ok::<_, stripout_register::RegisterError>(unit)
        })?;
        self.state = State::Writing(Box::new(unit));
        Ok(())
    }

    fn commit_held(&mut self, mut held: Box<Held>, end: &SourceEnd) -> Result<(), IngestError> {
        held.source.keeping = self.kept(&held)?;
        let Held { source, batches, .. } = *held;
        let mut group = self.take_group()?;
        self.runtime.block_on(async {
            if let stripout_register::Begun::New(mut unit) = group.begin(&source).await? {
                for batch in batches {
                    unit.write(batch).await?;
                }
                unit.commit(end).await?;
            }
            Ok::<(), stripout_register::RegisterError>(())
        })?;
        self.fresh.insert(source.blob, source.read_at);
        self.put_back(group)
    }

    fn take_group(&mut self) -> Result<Group, IngestError> {
        match self.group.take() {
            Some(group) => Ok(group),
            None => Ok(self.runtime.block_on(self.register.group())?),
        }
    }

    /// With one input more.
    fn put_back(&mut self, group: Group) -> Result<(), IngestError> {
        self.group = Some(group);
        self.in_group += 1;
        if self.in_group >= GROUP {
            self.commit_group()
        } else {
            Ok(())
        }
    }

    fn undo(&mut self) -> Result<(), IngestError> {
        if let State::Writing(unit) = std::mem::replace(&mut self.state, State::Idle) {
            self.runtime.block_on(unit.rollback())?;
        }
        Ok(())
    }

    /// Known bytes came once more: under this path too, and what lay there before may have been none that could be read.
    fn came_again(&mut self, source: &Source<'_>) -> Result<(), IngestError> {
        let Provenance::File { path } = &source.provenance else {
            return Ok(());
        };
        let mut group = self.take_group()?;
        self.runtime
            .block_on(group.seen(&source.blob, &source.provenance, source.now))?;
        if self.unread.remove(path) {
            self.runtime
                .block_on(group.read_after_all(path, &source.blob, source.now))?;
        }
        self.put_back(group)
    }
}

impl Drop for IntoRegister {
    /// After a failure: what is open is undone within the runtime, outside of which its connection cannot be given back.
    fn drop(&mut self) {
        // What this cannot undo, whoever opens the register next takes back.
        let _undone = self.undo();
        if let Some(group) = self.group.take() {
            let _undone = self.runtime.block_on(group.rollback());
        }
    }
}

impl Destination for IntoRegister {
    fn begin(&mut self, source: Source<'_>) -> Result<Begun, IngestError> {
        // What an error leaves open is given back within the runtime.
        let handle = self.runtime.handle().clone();
        let _context = handle.enter();
        if let Some(on) = self.fresh.get(&source.blob).copied() {
            self.came_again(&source)?;
            return Ok(Begun::AlreadyRead {
                on: day(on),
                id: source.blob.short(),
            });
        }
        let known = self.runtime.block_on(async {
            // While it is filled for the first time, nobody else can read it: an open group has to be asked itself.
            match &mut self.group {
                Some(group) => group.source(&source.blob).await,
                None => self.register.source(&source.blob).await,
            }
        })?;
        if let Some(row) =
            known.filter(|row| row.reader == source.reader && row.catalogue == source.catalogue)
        {
            self.came_again(&source)?;
            return Ok(Begun::AlreadyRead {
                on: day(row.read_at),
                id: row.id.to_string(),
            });
        }
        self.state = State::Holding(Box::new(Held {
            source: NewSource {
                blob: source.blob,
                size: source.bytes,
                provenance: source.provenance,
                keeping: Keeping::Reference,
                reader: source.reader.to_string(),
                catalogue: source.catalogue.to_string(),
                read_at: source.now,
            },
            path: source.path.to_path_buf(),
            batches: Vec::new(),
            records: 0,
            weight: 0,
        }));
        Ok(Begun::New)
    }

    fn write(&mut self, batch: Batch) -> Result<(), IngestError> {
        let handle = self.runtime.handle().clone();
        let _context = handle.enter();
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Idle => {}
            State::Writing(unit) => {
                let unit = self.runtime.block_on(unit.write(batch))?;
                self.state = State::Writing(Box::new(unit));
            }
            State::Holding(mut held) => {
                held.records += batch.records.len();
                held.weight += batch.records.iter().map(weight).sum::<usize>();
                held.batches.push(batch);
                if held.records > LARGE || held.weight > HEAVY {
                    self.promote(held)?;
                } else {
                    self.state = State::Holding(held);
                }
            }
        }
        Ok(())
    }

    fn commit(&mut self, end: SourceEnd) -> Result<(), IngestError> {
        let handle = self.runtime.handle().clone();
        let _context = handle.enter();
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Idle => Ok(()),
            State::Writing(unit) => Ok(self.runtime.block_on(unit.commit(&end))?),
            State::Holding(held) => self.commit_held(held, &end),
        }
    }

    fn fail(&mut self, unread: Unread) -> Result<(), IngestError> {
        let handle = self.runtime.handle().clone();
        let _context = handle.enter();
        self.undo()?;
        let mut group = self.take_group()?;
        self.runtime.block_on(group.unread(&unread))?;
        self.put_back(group)
    }

    fn finish(&mut self) -> Result<(), IngestError> {
        let handle = self.runtime.handle().clone();
        let _context = handle.enter();
        self.undo()?;
        self.commit_group()?;
        self.runtime.block_on(self.register.clone().close());
        Ok(())
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use stripout_model::{DocumentKind, Letterhead, RecordPlace};

    use super::*;

    fn record(number: u64) -> KeptRecord {
        KeptRecord {
            member: None,
            place: RecordPlace {
                number,
                line: number,
                byte: 0,
            },
            kind: DocumentKind::Spend,
            letterhead: Letterhead::default(),
            whole_json: format!("{{\"row\":{number}}}"),
            sightings: Vec::new(),
            leads: Vec::new(),
            affiliations: Vec::new(),
            outcomes: Vec::new(),
            commitments: Vec::new(),
            contracts: Vec::new(),
            payment: None,
        }
    }

    fn begin(into: &mut IntoRegister, path: &Path) -> Begun {
        let source = Source {
            blob: BlobId::from_digest([7; 32]),
            path,
            bytes: 3,
            provenance: Provenance::Stdin,
            reader: "test",
            catalogue: "test",
            now: Timestamp::UNIX_EPOCH,
        };
        into.begin(source).unwrap()
    }

    #[test]
    fn what_is_left_in_the_middle_leaves_nothing_and_the_next_run_writes_at_once() {
        let home = tempfile::tempdir().unwrap();
        let (path, folder) = (home.path().join("r.db"), home.path().join("r.evidence"));
        let input = home.path().join("in.csv");
        std::fs::write(&input, "row").unwrap();
        // Small and held; grouped with others; large, with a transaction of its own.
        for (rows, grouped) in [(2, false), (2, true), (LARGE + 1, false)] {
            let mut into = IntoRegister::open(&path, &folder, Keep::None).unwrap();
            assert!(matches!(begin(&mut into, &input), Begun::New));
            let records = (1..).map(record).take(rows).collect();
            into.write(Batch {
                records,
                ..Batch::default()
            })
            .unwrap();
            assert_eq!(matches!(into.state, State::Writing(_)), rows > LARGE);
            if grouped {
                into.commit(SourceEnd::default()).unwrap();
                assert!(into.group.is_some());
            }
            drop(into);
        }
        let mut into = IntoRegister::open(&path, &folder, Keep::None).unwrap();
        assert!(matches!(begin(&mut into, &input), Begun::New));
        into.write(Batch {
            records: vec![record(1)],
            ..Batch::default()
        })
        .unwrap();
        into.commit(SourceEnd::default()).unwrap();
        into.finish().unwrap();
        let mut into = IntoRegister::open(&path, &folder, Keep::None).unwrap();
        assert!(matches!(begin(&mut into, &input), Begun::AlreadyRead { .. }));
    }

    #[test]
    fn what_the_store_refuses_is_an_error_and_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let (path, folder) = (home.path().join("r.db"), home.path().join("r.evidence"));
        let input = home.path().join("in.csv");
        std::fs::write(&input, "row").unwrap();
        // In a group, and in a transaction of its own.
        for rows in [1, LARGE + 1] {
            let mut into = IntoRegister::open(&path, &folder, Keep::None).unwrap();
            assert!(matches!(begin(&mut into, &input), Begun::New));
            let records = (1..).map(record).take(rows).chain([record(u64::MAX)]);
            let batch = Batch {
                records: records.collect(),
                ..Batch::default()
            };
            let done = into.write(batch).and_then(|()| into.commit(SourceEnd::default()));
            assert!(matches!(done, Err(IngestError::Store(_))), "{rows} rows");
            into.finish().unwrap();
        }
        let mut into = IntoRegister::open(&path, &folder, Keep::None).unwrap();
        assert!(matches!(begin(&mut into, &input), Begun::New));
    }
}
