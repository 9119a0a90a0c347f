//! Cutter, workers, hasher: results come back in the order of the inputs, whatever the number of threads.
//!
//! Threads that wait for each other cost as much as what they do: the cutter works too where blocks wait already, and
//! whoever waits for room is woken only if somebody does.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded, unbounded};
use stripout_identify::Identifier;
use stripout_model::{BlobId, Code, Problem, Reserve, Severity};
use stripout_read::{Block, Options, Parse, Source, Wanted, parts};

use crate::hash::blob_id;
use crate::screen::{Counting, Progress, Rows};
use crate::unit::{Outcome, Work};

/// Most bytes of blocks and results in flight; beyond it the cutter waits.
const IN_FLIGHT: usize = 64 << 20;
/// Of them, what may be worked ahead of the collector: what a block gives may weigh many times the block.
const AHEAD: usize = 8 << 20;
/// Blocks a thread that may wait to be worked on: few enough to be in the cache still when they are.
const WAITING: usize = 4;

/// What the collector is told, in order: `Start`, `Hash`, then parts, blocks and problems, then `End` of each input.
pub(crate) enum Event {
    Start {
        input: Input,
        bytes: u64,
    },
    Hash(std::io::Result<BlobId>),
    Part {
        format: &'static str,
    },
    /// Some of what a block gave; more of it follows.
    Some(Box<Outcome>),
    /// The rest of it.
    Block(Box<Outcome>),
    /// All blocks of a part have come: what they showed together can be asked for.
    PartEnd {
        parser: Arc<dyn Parse>,
        member: Option<Arc<str>>,
    },
    Problem(Problem),
    /// A member of the input that could not be opened, or something to say of one.
    Member(Problem),
    End,
}

/// A file to read, and the name it goes by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    pub file: PathBuf,
    /// Told in every result; its ending helps to recognise the format.
    pub name: PathBuf,
}

struct Job {
    number: u64,
    block: Block,
    /// How many records it holds, where the block after it tells.
    records: Option<u64>,
    parser: Arc<dyn Parse>,
    of: Layer,
}

/// What a block is a piece of.
#[derive(Clone)]
struct Layer {
    member: Option<Arc<str>>,
    reserve: Option<Reserve>,
}

pub(crate) struct Setting<'a> {
    pub(crate) identifier: &'a Identifier,
    pub(crate) reading: &'a Options,
    pub(crate) rows: Rows,
    pub(crate) counting: Counting,
    /// Whether kept rows are wanted whole.
    pub(crate) whole: bool,
    pub(crate) threads: usize,
    pub(crate) progress: &'a Progress,
}

/// Reads all inputs and hands every event, in order, to `collect`, on the calling thread. `collect` may end the rest of
/// the current input (`Skip`) or everything (`Stop`).
pub(crate) fn run(inputs: &[Input], setting: &Setting<'_>, mut collect: impl FnMut(Event) -> Next) {
    let budget = Budget::default();
    let skip: Vec<AtomicBool> = inputs.iter().map(|_| AtomicBool::new(false)).collect();
    let (events, arriving) = unbounded::<(u64, Event)>();
    let (jobs, waiting) = bounded::<Job>(setting.threads.max(1) * WAITING);
    let (to_hash, hashing) = unbounded::<(u64, usize)>();
    // The cutter is one of the threads that work, unless there is only one.
    let helps = setting.threads > 1;
    thread::scope(|scope| {
        for _ in usize::from(helps)..setting.threads.max(1) {
            let worker = Worker {
                events: events.clone(),
                setting,
                budget: &budget,
            };
            let waiting = waiting.clone();
            scope.spawn(move || waiting.iter().for_each(|job| worker.work(&job)));
        }
        {
            let (events, skip) = (events.clone(), &skip);
            scope.spawn(move || hash_all(inputs, &hashing, &events, skip, setting.progress));
        }
        {
            let (budget, skip) = (&budget, &skip);
            scope.spawn(move || {
                let mut cutter = Cutter {
                    worker: Worker {
                        events,
                        setting,
                        budget,
                    },
                    jobs,
                    waiting: helps.then_some(waiting),
                    to_hash,
                    next: 0,
                };
                for (at, input) in inputs.iter().enumerate() {
                    if setting.progress.stopped() {
                        break;
                    }
                    cutter.input(at, input, skip.get(at));
                }
            });
        }
        in_order(&arriving, &budget, &skip, setting.progress, &mut collect);
    });
}

/// What the collector wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    GoOn,
    Skip,
    Stop,
}

fn in_order(
    arriving: &Receiver<(u64, Event)>,
    budget: &Budget,
    skip: &[AtomicBool],
    progress: &Progress,
    collect: &mut impl FnMut(Event) -> Next,
) {
    let mut early: BTreeMap<u64, Vec<Event>> = BTreeMap::new();
    let mut next = 0;
    let mut input = 0;
    for (number, event) in arriving {
        early.entry(number).or_default().push(event);
        while let Some(events) = early.remove(&next) {
            let whole = !matches!(events.last(), Some(Event::Some(_)));
            for event in events {
                let weight = match &event {
                    Event::Some(outcome) | Event::Block(outcome) => outcome.weight(),
                    _ => 0,
                };
                let ends = matches!(event, Event::End);
                match collect(event) {
                    Next::GoOn => {}
                    Next::Skip => {
                        if let Some(skip) = skip.get(input) {
                            skip.store(true, Ordering::Relaxed);
                        }
                    }
                    Next::Stop => progress.stop(),
                }
                budget.collected(weight);
                input += usize::from(ends);
            }
            if !whole {
                break;
            }
            next += 1;
            budget.reached(next);
        }
    }
}

/// What works on blocks.
struct Worker<'a> {
    events: Sender<(u64, Event)>,
    setting: &'a Setting<'a>,
    budget: &'a Budget,
}

impl Worker<'_> {
    fn work(&self, job: &Job) {
        let Self {
            events,
            setting,
            budget,
        } = self;
        budget.wait_turn(job.number);
        let counted = |outcome: &Outcome| {
            let sightings = outcome.kept.iter().map(|kept| kept.sightings.len() as u64);
            setting.progress.add_sightings(sightings.sum());
            budget.take(outcome.weight());
        };
        let hand_on = |outcome: Outcome| {
            counted(&outcome);
            let _ = events.send((job.number, Event::Some(Box::new(outcome))));
            budget.wait_turn(job.number);
        };
        let outcome = if setting.progress.stopped() {
            Outcome::default()
        } else {
            let work = Work {
                identifier: setting.identifier,
                rows: setting.rows,
                counting: setting.counting,
                whole: setting.whole,
                member: job.of.member.as_deref(),
                reserve: job.of.reserve,
                progress: setting.progress,
            };
            work.block(&job.block, job.records, &*job.parser, &hand_on)
        };
        setting.progress.add_bytes(job.block.bytes.len() as u64);
        counted(&outcome);
        budget.give_back(job.block.bytes.len());
        // The collector only goes away when everything ends.
        let _ = events.send((job.number, Event::Block(Box::new(outcome))));
    }
}

fn hash_all(
    inputs: &[Input],
    hashing: &Receiver<(u64, usize)>,
    events: &Sender<(u64, Event)>,
    skip: &[AtomicBool],
    progress: &Progress,
) {
    for (number, input) in hashing {
        let Some(Input { file, .. }) = inputs.get(input) else {
            continue;
        };
        let go_on =
            || !progress.stopped() && !skip.get(input).is_some_and(|skip| skip.load(Ordering::Relaxed));
        let _ = events.send((number, Event::Hash(blob_id(file, go_on))));
    }
}

struct Cutter<'a> {
    worker: Worker<'a>,
    jobs: Sender<Job>,
    /// The other end, where the cutter works too.
    waiting: Option<Receiver<Job>>,
    to_hash: Sender<(u64, usize)>,
    next: u64,
}

impl Cutter<'_> {
    fn input(&mut self, at: usize, input: &Input, skip: Option<&AtomicBool>) {
        // Asked before it is opened: opening a pipe waits for somebody to write into it.
        let meta = fs::metadata(&input.file);
        let bytes = meta.as_ref().map_or(0, fs::Metadata::len);
        self.tell(Event::Start {
            input: input.clone(),
            bytes,
        });
        let opened = match meta {
            Ok(meta) if meta.is_dir() => Err(unlisted(&input.file)),
            Ok(meta) if !meta.is_file() => Err(no_file()),
            Ok(_) => File::open(&input.file).map_err(|error| unreadable(&error)),
            Err(error) => Err(unreadable(&error)),
        };
        match opened {
            Err(problem) => self.tell(Event::Problem(problem)),
            Ok(file) => {
                // A search keeps no evidence, so it needs no proof of what was read.
                if self.worker.setting.counting == Counting::Hits {
                    self.tell(Event::Hash(Ok(BlobId::UNHASHED)));
                } else {
                    let number = self.number();
                    let _ = self.to_hash.send((number, at));
                }
                let name = input.name.to_string_lossy();
                let mut wanted = Wanted {
                    bytes: file,
                    stop: self.worker.setting.progress.stopping(),
                };
                let source = Source {
                    name: &name,
                    bytes: &mut wanted,
                };
                parts(source, self.worker.setting.reading, &mut |part| {
                    self.part(part, skip)
                });
            }
        }
        self.tell(Event::End);
    }

    fn part(
        &mut self,
        part: Result<stripout_read::Part<'_>, Problem>,
        skip: Option<&AtomicBool>,
    ) -> ControlFlow<()> {
        let mut part = match part {
            Ok(part) => part,
            Err(problem) => {
                self.tell(Event::Member(problem));
                return ControlFlow::Continue(());
            }
        };
        self.tell(Event::Part { format: part.format });
        let member: Option<Arc<str>> = part.member.as_deref().map(Arc::from);
        let of = Layer {
            member: member.clone(),
            reserve: part.reserve,
        };
        // One block is held back until the next one tells how many records it has.
        let mut held: Option<Block> = None;
        loop {
            if self.worker.setting.progress.stopped() || skip.is_some_and(|skip| skip.load(Ordering::Relaxed))
            {
                return ControlFlow::Break(());
            }
            let block = part.blocks.next();
            for problem in part.blocks.problems() {
                self.tell(Event::Problem(within(problem, member.as_deref())));
            }
            let (ready, records) = match (held.take(), &block) {
                (Some(first), Some(second)) => {
                    let records = second
                        .record
                        .checked_sub(first.record)
                        .filter(|_| second.path == first.path);
                    (Some(first), records)
                }
                (first, _) => (first, None),
            };
            if let Some(ready) = ready
                && !self.hand_out(ready, records, part.blocks.parser(), of.clone())
            {
                return ControlFlow::Break(());
            }
            let Some(block) = block else {
                self.tell(Event::PartEnd {
                    parser: part.blocks.parser(),
                    member,
                });
                return ControlFlow::Continue(());
            };
            held = Some(block);
        }
    }

    /// Gives a block to the workers; false when nobody is left to take it.
    fn hand_out(&mut self, block: Block, records: Option<u64>, parser: Arc<dyn Parse>, of: Layer) -> bool {
        self.worker.budget.wait_for(block.bytes.len());
        let number = self.number();
        let mut job = Job {
            number,
            block,
            records,
            parser,
            of,
        };
        let Some(waiting) = &self.waiting else {
            return self.jobs.send(job).is_ok();
        };
        // Where enough wait, the one that waits longest is worked on here.
        loop {
            match self.jobs.try_send(job) {
                Ok(()) => return true,
                Err(TrySendError::Disconnected(_)) => return false,
                Err(TrySendError::Full(back)) => job = back,
            }
            waiting.try_iter().take(1).for_each(|job| self.worker.work(&job));
        }
    }

    fn tell(&mut self, event: Event) {
        let number = self.number();
        let _ = self.worker.events.send((number, event));
    }

    fn number(&mut self) -> u64 {
        let number = self.next;
        self.next += 1;
        number
    }
}

/// Names the member in the place of a problem.
pub(crate) fn within(mut problem: Problem, member: Option<&str>) -> Problem {
    if let Some(member) = member {
        problem.place = format!("!{member} {}", problem.place).trim_end().to_string();
    }
    problem
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem {
        code: Code::InputUnreadable,
        severity: Severity::Input,
        place: String::new(),
        what: "the file cannot be opened".into(),
        because: error.to_string(),
        hint: "check the path and its permissions, then screen it again".into(),
    }
}

/// A folder is an input only where its files are not known.
fn unlisted(folder: &Path) -> Problem {
    let error = fs::read_dir(folder).err();
    Problem {
        what: "the folder cannot be listed".into(),
        hint: "check its permissions, then screen it again".into(),
        ..unreadable(&error.unwrap_or_else(|| std::io::ErrorKind::IsADirectory.into()))
    }
}

fn no_file() -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: String::new(),
        what: "not a regular file".into(),
        because: "it is a device, pipe or socket".into(),
        hint: "save its content to a file and screen that".into(),
    }
}

/// Bytes in flight.
#[derive(Default)]
struct Budget {
    flight: Mutex<Flight>,
    freed: Condvar,
}

#[derive(Default)]
struct Flight {
    used: usize,
    /// Of it, what blocks gave and nobody has collected.
    given: usize,
    /// Number of the event that is collected next.
    next: u64,
    /// How many threads wait for any of these to change.
    waiting: usize,
}

impl Budget {
    /// Waits until there is room, then takes it. A block larger than the budget goes alone.
    fn wait_for(&self, bytes: usize) {
        self.wait_while(|flight| flight.used > 0 && flight.used + bytes > IN_FLIGHT)
            .used += bytes;
    }

    /// Waits until there is room for what a block may give, which nobody knows before. The one that is collected next
    /// never waits: all others may wait for it.
    fn wait_turn(&self, number: u64) {
        drop(self.wait_while(|flight| flight.given > AHEAD && flight.next < number));
    }

    fn reached(&self, next: u64) {
        self.change(|flight| flight.next = next);
    }

    /// Takes without waiting: a result must always get through, or nothing would be freed.
    fn take(&self, bytes: usize) {
        let mut flight = self.lock();
        flight.used += bytes;
        flight.given += bytes;
    }

    /// What a block gave was collected.
    fn collected(&self, bytes: usize) {
        self.change(|flight| {
            flight.given = flight.given.saturating_sub(bytes);
            flight.used = flight.used.saturating_sub(bytes);
        });
    }

    fn give_back(&self, bytes: usize) {
        self.change(|flight| flight.used = flight.used.saturating_sub(bytes));
    }

    fn wait_while(&self, full: impl Fn(&Flight) -> bool) -> MutexGuard<'_, Flight> {
        let mut flight = self.lock();
        while full(&flight) {
            flight.waiting += 1;
            flight = self.freed.wait(flight).unwrap_or_else(PoisonError::into_inner);
            flight.waiting -= 1;
        }
        flight
    }

    fn change(&self, change: impl FnOnce(&mut Flight)) {
        let mut flight = self.lock();
        change(&mut flight);
        let anybody = flight.waiting > 0;
        drop(flight);
        if anybody {
            self.freed.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Flight> {
        self.flight.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
