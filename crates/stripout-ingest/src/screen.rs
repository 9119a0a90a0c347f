//! Screens inputs one by one into a destination: each is there whole, or not at all.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use stripout_identify::Identifier;
use stripout_model::{BlobId, Code, Problem, Provenance, Severity};
use stripout_read::{Options, Stop};
use stripout_register::{Batch, KeptRecord, SourceEnd, Unread};

use crate::destination::{Begun, Destination, Source};
use crate::pipeline::{Event, Input, Next, Setting, run, within};
use crate::summary::{InputOutcome, InputStatus, Summary};
use crate::unit::{Outcome, Tallies, weight};

/// Kept rows written to the register at once, and what they may weigh in bytes.
const BATCH: usize = 1_000;
const BATCH_WEIGHT: usize = 4 << 20;

/// Which rows of a data set are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rows {
    /// Rows with a sighting, lead or affiliation.
    #[default]
    Matching,
    All,
}

/// What is counted of records without a hit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Counting {
    /// Every record is read for the denominators.
    #[default]
    All,
    /// Records without a hit are passed over unread: a search, no register.
    Hits,
}

#[derive(Debug, Clone)]
pub struct ScreenOptions {
    pub reading: Options,
    pub rows: Rows,
    pub counting: Counting,
    pub threads: usize,
    /// Percent of bad rows above which an input counts as failed.
    pub tolerate: u8,
    /// Stop at the first input that fails.
    pub fail_fast: bool,
    /// The clock.
    pub now: Timestamp,
    /// Name and version of the reading software.
    pub reader: String,
    /// Version of the catalogue.
    pub catalogue: String,
}

/// What has been done so far; shared with whoever shows it, and the way to stop.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicU64,
    sightings: AtomicU64,
    stop: Stop,
}

impl Progress {
    /// Bytes parsed, after decompression.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub fn sightings(&self) -> u64 {
        self.sightings.load(Ordering::Relaxed)
    }

    /// Ends the run: inputs that are finished stay, the one under way is undone.
    pub fn stop(&self) {
        self.stop.stop();
    }

    pub fn stopped(&self) -> bool {
        self.stop.stopped()
    }

    pub(crate) fn stopping(&self) -> &Stop {
        &self.stop
    }

    pub(crate) fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn add_sightings(&self, sightings: u64) {
        self.sightings.fetch_add(sightings, Ordering::Relaxed);
    }
}

/// The store failed; bad input never is an error here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    #[error(transparent)]
    Store(#[from] stripout_register::RegisterError),
    #[error("the copy of `{}` cannot be kept: {source}", path.display())]
    Keep { path: PathBuf, source: std::io::Error },
    #[error("the results cannot be handed on: {0}")]
    Output(#[from] std::io::Error),
}

/// Reads, identifies and registers all inputs, under the paths they have.
pub fn screen(
    inputs: &[PathBuf],
    identifier: &Identifier,
    options: &ScreenOptions,
    destination: &mut dyn Destination,
    progress: &Progress,
) -> Result<Summary, IngestError> {
    let inputs: Vec<Input> = inputs
        .iter()
        .map(|path| Input {
            file: path.clone(),
            name: path.clone(),
        })
        .collect();
    screen_as(&inputs, identifier, options, destination, progress)
}

/// The same for files that go by another name than they have.
pub fn screen_as(
    inputs: &[Input],
    identifier: &Identifier,
    options: &ScreenOptions,
    destination: &mut dyn Destination,
    progress: &Progress,
) -> Result<Summary, IngestError> {
    let reading = Options {
        stop: progress.stopping().clone(),
        ..options.reading.clone()
    };
    let setting = Setting {
        identifier,
        reading: &reading,
        rows: options.rows,
        counting: options.counting,
        whole: destination.keeps_rows(),
        threads: options.threads,
        progress,
    };
    let mut collector = Collector {
        options,
        progress,
        destination,
        summary: Summary::default(),
        input: UnderWay::default(),
        error: None,
    };
    run(inputs, &setting, |event| collector.take(event));
    let Collector {
        mut summary, error, ..
    } = collector;
    if let Some(error) = error {
        return Err(error);
    }
    destination.finish()?;
    summary.interrupted = progress.stopped() && summary.inputs.len() < inputs.len();
    Ok(summary)
}

/// Everything known of the input under way.
#[derive(Default)]
struct UnderWay {
    file: PathBuf,
    path: PathBuf,
    bytes: u64,
    blob: Option<BlobId>,
    already: Option<InputStatus>,
    begun: bool,
    formats: Vec<String>,
    kinds: Vec<stripout_model::DocumentKind>,
    records: u64,
    kept: u64,
    waiting: Vec<KeptRecord>,
    /// What they weigh.
    weight: usize,
    problems: Vec<Problem>,
    more_problems: u64,
    /// Problems that are kept one by one.
    told: usize,
    severities: BTreeMap<Severity, u64>,
    /// Members that could not be read, among the problems of severity `Unit`.
    lost_members: u64,
    tallies: Tallies,
    /// Added to the whole only when the input is committed.
    found: Summary,
}

struct Collector<'a> {
    options: &'a ScreenOptions,
    progress: &'a Progress,
    destination: &'a mut dyn Destination,
    summary: Summary,
    input: UnderWay,
    error: Option<IngestError>,
}

impl Collector<'_> {
    fn take(&mut self, event: Event) -> Next {
        if self.error.is_some() {
            return Next::Stop;
        }
        match self.handle(event) {
            Ok(next) => next,
            Err(error) => {
                self.error = Some(error);
                Next::Stop
            }
        }
    }

    fn handle(&mut self, event: Event) -> Result<Next, IngestError> {
        match event {
            // Nobody knows any more what of it is missing: the input under way is left as if it had never been begun.
            _ if self.progress.stopped() => return Ok(Next::Stop),
            Event::Start {
                input: Input { file, name },
                bytes,
            } => {
                self.input = UnderWay {
                    file,
                    path: name,
                    bytes,
                    told: self.options.reading.limits.problems,
                    ..UnderWay::default()
                }
            }
            Event::Hash(Ok(blob)) => return self.begin(blob),
            Event::Hash(Err(error)) => self.input.problem(changed(&error)),
            Event::PartEnd { parser, member } => {
                for problem in parser.finish() {
                    self.input.problem(within(problem, member.as_deref()));
                }
            }
            Event::Part { format } => {
                if !self.input.formats.iter().any(|known| known == format) {
                    self.input.formats.push(format.to_string());
                }
            }
            Event::Problem(problem) => self.input.problem(problem),
            Event::Member(problem) => {
                // One attachment that cannot be read says nothing about the others.
                self.input.lost_members += u64::from(problem.severity == Severity::Unit);
                self.input.problem(problem);
            }
            Event::Some(outcome) | Event::Block(outcome) => self.block(*outcome)?,
            Event::End => return self.end(),
        }
        Ok(Next::GoOn)
    }

    fn begin(&mut self, blob: BlobId) -> Result<Next, IngestError> {
        self.input.blob = Some(blob);
        let source = Source {
            blob,
            path: &self.input.file,
            bytes: self.input.bytes,
            provenance: Provenance::File {
                path: self.input.path.to_string_lossy().into_owned(),
            },
            reader: &self.options.reader,
            catalogue: &self.options.catalogue,
            now: self.options.now,
        };
        match self.destination.begin(source)? {
            Begun::New => {
                self.input.begun = true;
                Ok(Next::GoOn)
            }
            Begun::AlreadyRead { on, id } => {
                self.input.already = Some(InputStatus::AlreadyRead { on, id });
                Ok(Next::Skip)
            }
        }
    }

    fn block(&mut self, outcome: Outcome) -> Result<(), IngestError> {
        let (Some(blob), true) = (self.input.blob, self.input.begun) else {
            return Ok(());
        };
        let input = &mut self.input;
        input.records += outcome.records;
        outcome
            .problems
            .into_iter()
            .for_each(|problem| input.problem(problem));
        input.tallies.merge(outcome.tallies);
        let path = input.path.to_string_lossy();
        for mut kept in outcome.kept {
            kept.sightings
                .iter_mut()
                .for_each(|sighting| sighting.evidence.blob = blob);
            kept.leads.iter_mut().for_each(|lead| lead.evidence.blob = blob);
            kept.affiliations
                .iter_mut()
                .for_each(|tie| tie.evidence.blob = blob);
            kept.outcomes
                .iter_mut()
                .for_each(|outcome| outcome.evidence.blob = blob);
            kept.commitments
                .iter_mut()
                .for_each(|promise| promise.evidence.blob = blob);
            input.kept += 1;
            input.found.add_outcomes(&kept.outcomes);
            kept.commitments
                .iter()
                .for_each(|promise| input.found.add_commitment(&path, promise));
            input.found.add_sightings(&path, &kept.sightings);
            kept.leads
                .iter()
                .for_each(|lead| input.found.add_lead(&path, lead));
            kept.affiliations
                .iter()
                .for_each(|tie| input.found.add_affiliation(&path, tie));
            if !input.kinds.contains(&kept.kind) {
                input.kinds.push(kept.kind);
            }
            input.weight += weight(&kept);
            input.waiting.push(kept);
            if input.waiting.len() >= BATCH || input.weight >= BATCH_WEIGHT {
                input.weight = 0;
                self.destination.write(Batch {
                    records: std::mem::take(&mut input.waiting),
                    ..Batch::default()
                })?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<Next, IngestError> {
        let mut input = std::mem::take(&mut self.input);
        let status = match input.already.take() {
            Some(already) => {
                // What is known of it stands in the register.
                input.problems.clear();
                input.more_problems = 0;
                already
            }
            None => input.status(self.options.tolerate),
        };
        let mut committed = false;
        if status == InputStatus::Failed {
            self.destination.fail(Unread {
                path: input.path.to_string_lossy().into_owned(),
                blob: input.blob.filter(|blob| *blob != BlobId::UNHASHED),
                tried_at: self.options.now,
                problems: input.problems.clone(),
                met: input.problems.len() as u64 + input.more_problems,
            })?;
        } else if input.begun {
            self.destination.write(Batch {
                records: std::mem::take(&mut input.waiting),
                problems: input.problems.clone(),
                tallies: std::mem::take(&mut input.tallies).into_sorted(),
            })?;
            self.destination.commit(SourceEnd {
                records: input.records,
                problems: input.problems.len() as u64 + input.more_problems,
                partial: status == InputStatus::Partial,
                formats: input.formats.clone(),
                kinds: input.kinds.clone(),
            })?;
            committed = true;
        }
        let failed = status == InputStatus::Failed;
        if committed {
            self.summary.absorb(std::mem::take(&mut input.found));
        }
        self.summary.add_input(InputOutcome {
            path: input.path.to_string_lossy().into_owned(),
            sha256: input.blob.filter(|blob| *blob != BlobId::UNHASHED),
            bytes: input.bytes,
            records: if committed { input.records } else { 0 },
            kept: if committed { input.kept } else { 0 },
            status,
            formats: input.formats,
            problems: input.problems,
            more_problems: input.more_problems,
        });
        Ok(if failed && self.options.fail_fast {
            Next::Stop
        } else {
            Next::GoOn
        })
    }
}

impl UnderWay {
    fn problem(&mut self, problem: Problem) {
        *self.severities.entry(problem.severity).or_default() += 1;
        if self.problems.len() < self.told {
            self.problems.push(problem);
        } else {
            self.more_problems += 1;
        }
    }

    fn status(&mut self, tolerate: u8) -> InputStatus {
        let units = self.severities.get(&Severity::Unit).copied().unwrap_or(0);
        let bad = units.saturating_sub(self.lost_members);
        let broken = self.severities.contains_key(&Severity::Input) || self.lost_members > 0;
        if self.blob.is_none() || broken && self.records == 0 {
            return InputStatus::Failed;
        }
        if bad * 100 > (self.records + bad) * u64::from(tolerate) {
            let percent = bad * 100 / (self.records + bad).max(1);
            self.problem(too_many(bad, percent, tolerate));
            return InputStatus::Failed;
        }
        InputStatus::of(&self.severities)
    }
}

fn too_many(bad: u64, percent: u64, tolerate: u8) -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: String::new(),
        what: format!("{bad} records could not be read, {percent} % of the input"),
        because: format!(
            "more than {tolerate} % bad records make the rest doubtful; nothing of it was registered"
        ),
        hint: "look at the problems above it; --tolerate PERCENT takes the readable rest".into(),
    }
}

fn changed(error: &std::io::Error) -> Problem {
    Problem {
        code: Code::InputUnreadable,
        severity: Severity::Input,
        place: String::new(),
        what: "the file cannot be read to its end".into(),
        because: error.to_string(),
        hint: "check the disk or the connection to it, then screen it again".into(),
    }
}
