//! `stripout screen`: the main job.

use std::fs;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use stripout_catalogue::Catalogue;
use stripout_identify::Identifier;
use stripout_ingest::{
    Counting, Destination, DryRun, IngestError, IntoRegister, Keep, Progress, Rows, ScreenOptions, Summary,
    Walked, screen, walk,
};
use stripout_read::{Ocr, Options};
#[cfg(unix)]
use stripout_register::is_served;

use super::register::{REGISTER, evidence_folder, store_failure};
use super::{CatalogueFlags, Output, limits, reading};
use crate::failure::{Exit, Failure, problem_json};
use crate::summary::Report;

/// Percent of bad rows that an input may have.
pub(super) const TOLERATED: u8 = 20;

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Screen {
    /// Files and folders of evidence.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Register to add to; made when it is not there.
    #[arg(
        long,
        value_name = "FILE",
        default_value = REGISTER,
        env = "STRIPOUT_REGISTER"
    )]
    register: PathBuf,
    /// Read and identify without a register.
    #[arg(long)]
    dry_run: bool,
    /// Look for the names of this file, one a line, in place of the catalogue. Needs --dry-run.
    #[arg(long, value_name = "FILE", requires = "dry_run")]
    names: Option<PathBuf>,
    /// Which rows of data sets are kept whole.
    #[arg(long, value_enum, default_value_t = KeepRows::Matching)]
    rows: KeepRows,
    /// Which sources are copied beside the register: documents up to 64 MiB without contact data, all, or none.
    #[arg(long, value_enum, default_value_t = KeepCopies::Documents)]
    keep: KeepCopies,
    /// Encoding of the text, where the file does not say: `windows-1252`, `utf-16le` ...
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Dates like 03/04/2022 put the day first.
    #[arg(long, conflicts_with = "month_first")]
    day_first: bool,
    /// Dates like 03/04/2022 put the month first.
    #[arg(long)]
    month_first: bool,
    /// Whether pages that are only pictures are read by `tesseract`, where that and `pdftoppm` are installed.
    #[arg(long, value_enum, default_value_t = ReadPictures::Auto)]
    ocr: ReadPictures,
    /// Percent of bad rows above which an input counts as failed.
    #[arg(long, value_name = "PERCENT", default_value_t = TOLERATED, value_parser = clap::value_parser!(u8).range(0..=100))]
    tolerate: u8,
    /// Stop at the first input that fails.
    #[arg(long)]
    fail_fast: bool,
    /// Write what could not be read, one JSON object a line, to this file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Worker threads; all cores when not given.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KeepRows {
    Matching,
    All,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KeepCopies {
    Documents,
    All,
    None,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ReadPictures {
    Auto,
    Never,
}

impl Screen {
    pub(crate) fn run(self, out: &mut dyn Write, terminal: bool) -> anyhow::Result<Exit> {
        let started = Instant::now();
        let sought = self.sought()?;
        let folder = evidence_folder(&self.register);
        let own = if self.dry_run {
            Vec::new()
        } else {
            vec![self.register.clone(), folder.clone()]
        };
        let Walked { inputs, passed_over } = walk(&self.paths, &own);
        if inputs.is_empty() {
            return Err(Failure::usage(
                "there is no file to read in the given paths",
                "give a file, or a folder with files that are not hidden",
            )
            .into());
        }
        let progress = Arc::new(Progress::default());
        stop_on_interrupt(&progress)?;
        let bar =
            (terminal && !self.output.quiet && !self.output.json).then(|| Bar::start(&inputs, &progress));
        let options = self.options()?;
        let mut lines = io::stdout();
        let (identifier, result) = if self.dry_run {
            let mut dry = DryRun::new(self.output.json.then_some(&mut lines as &mut dyn Write));
            let identifier = sought.identifier()?;
            let result = run(&inputs, &identifier, &options, &mut dry, &progress);
            (identifier, result)
        } else {
            give_way(&self.register);
            // One is ready when the other is.
            let (identifier, register) = thread::scope(|scope| {
                let identifier = scope.spawn(|| sought.identifier());
                let register = IntoRegister::open(&self.register, &folder, self.keep());
                (identifier.join(), register)
            });
            let identifier = identifier.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            let mut register = register.map_err(|error| store_failure(&error))?;
            let result = run(&inputs, &identifier, &options, &mut register, &progress);
            (identifier, result)
        };
        if let Some(bar) = bar {
            bar.finish();
        }
        // The program ends here: taking it apart, piece by piece, would only take time.
        std::mem::forget(identifier);
        let mut summary = result?;
        summary.passed_over = passed_over
            .iter()
            .map(|path| path.to_string_lossy().into_owned())
            .collect();
        if let Some(report) = &self.report {
            write_report(report, &summary)?;
        }
        let register = (!self.dry_run).then_some(self.register.as_path());
        self.print(&summary, started.elapsed(), register, out)?;
        Ok(exit(&summary))
    }

    fn keep(&self) -> Keep {
        match self.keep {
            KeepCopies::Documents => Keep::Documents,
            KeepCopies::All => Keep::All,
            KeepCopies::None => Keep::None,
        }
    }

    fn sought(&self) -> anyhow::Result<Sought> {
        let Some(path) = &self.names else {
            return Ok(Sought::Catalogue(Box::new(self.catalogue.load()?)));
        };
        let text = fs::read_to_string(path).map_err(|error| {
            Failure::usage(
                format!("`{}` cannot be read: {error}", path.display()),
                "give a UTF-8 file, one name a line",
            )
        })?;
        let names: Vec<String> = text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(String::from)
            .collect();
        if names.is_empty() {
            return Err(Failure::usage(
                format!("`{}` holds no name", path.display()),
                "give one name a line",
            )
            .into());
        }
        Ok(Sought::Names(names))
    }

    fn options(&self) -> Result<ScreenOptions, Failure> {
        let threads = self
            .threads
            .or_else(|| thread::available_parallelism().ok())
            .map_or(1, NonZeroUsize::get);
        Ok(ScreenOptions {
            reading: Options {
                encoding: self.encoding.clone(),
                day_first: if self.day_first {
                    Some(true)
                } else if self.month_first {
                    Some(false)
                } else {
                    None
                },
                ocr: match self.ocr {
                    ReadPictures::Auto => Ocr::Auto,
                    ReadPictures::Never => Ocr::Never,
                },
                ..reading()?
            },
            rows: match self.rows {
                KeepRows::Matching => Rows::Matching,
                KeepRows::All => Rows::All,
            },
            counting: if self.names.is_some() {
                Counting::Hits
            } else {
                Counting::All
            },
            threads,
            tolerate: self.tolerate,
            fail_fast: self.fail_fast,
            now: Timestamp::now(),
            reader: reader_version(),
            catalogue: catalogue_version(self.catalogue.overlay()),
        })
    }

    fn print(
        &self,
        summary: &Summary,
        took: Duration,
        register: Option<&Path>,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        if self.output.json {
            let line =
                serde_json::json!({"type": "summary", "milliseconds": took.as_millis(), "summary": summary});
            writeln!(out, "{line}")?;
            return Ok(());
        }
        let report = Report {
            summary,
            took,
            register,
            hints: !self.output.quiet,
        };
        report.write(out)?;
        Ok(())
    }
}

/// What is looked for.
enum Sought {
    Catalogue(Box<Catalogue>),
    Names(Vec<String>),
}

impl Sought {
    fn identifier(&self) -> Result<Identifier, Failure> {
        let identifier = match self {
            Self::Catalogue(catalogue) => Identifier::new(catalogue),
            Self::Names(names) => Identifier::from_names(names),
        };
        Ok(identifier.at_most(limits::given()?.names))
    }
}

/// How far a screen stands back, of the 19 steps that there are: its readers' answers take at most three times as long as alone
/// (`make bench-web`), and it still goes on.
#[cfg(unix)]
const STEPS: i32 = 10;

/// While people read the register on its pages, they are answered first. What is left of the machine is for the screen.
fn give_way(register: &Path) {
    #[cfg(unix)]
    if is_served(register) {
        // It never fails: to take less may everybody. All threads come after this and take the same.
        let _now = rustix::process::nice(STEPS);
    }
    #[cfg(not(unix))]
    let _ = register;
}

/// Runs the screen; a failing store becomes a failure with its code and hint.
fn run(
    inputs: &[PathBuf],
    identifier: &Identifier,
    options: &ScreenOptions,
    destination: &mut dyn Destination,
    progress: &Progress,
) -> anyhow::Result<Summary> {
    screen(inputs, identifier, options, destination, progress).map_err(ingest_failure)
}

pub(crate) fn ingest_failure(error: IngestError) -> anyhow::Error {
    match error {
        IngestError::Store(error) => store_failure(&error).into(),
        IngestError::Output(error) => error.into(),
        error => Failure {
            exit: Exit::Store,
            code: "store-full",
            what: error.to_string(),
            because: String::new(),
            hint: "check the folder beside the register, or give --keep none".into(),
        }
        .into(),
    }
}

/// Name and version of the reading software, and the limits that were changed: under others it reads anew.
pub(crate) fn reader_version() -> String {
    let version = env!("CARGO_PKG_VERSION");
    match limits::changed() {
        none if none.is_empty() => format!("stripout {version}"),
        changed => format!("stripout {version} with {changed}"),
    }
}

pub(crate) fn catalogue_version(overlay: Option<&Path>) -> String {
    match overlay {
        Some(folder) => format!("{} with {}", env!("CARGO_PKG_VERSION"), folder.display()),
        None => env!("CARGO_PKG_VERSION").to_string(),
    }
}

fn exit(summary: &Summary) -> Exit {
    let failed = summary.failed();
    if summary.interrupted {
        Exit::Interrupted
    } else if failed == 0 {
        Exit::AllRead
    } else if failed >= summary.inputs.len() {
        Exit::AllFailed
    } else {
        Exit::SomeFailed
    }
}

/// Ctrl-C once: finish nothing that is half done and stop. Twice: the shell's own way.
pub(crate) fn stop_on_interrupt(progress: &Arc<Progress>) -> anyhow::Result<()> {
    let progress = Arc::clone(progress);
    ctrlc::set_handler(move || progress.stop())?;
    Ok(())
}

/// All problems, one JSON object a line, under the final name only when complete.
fn write_report(path: &Path, summary: &Summary) -> anyhow::Result<()> {
    let mut text = String::new();
    for input in &summary.inputs {
        let sha256 = input.sha256.map(|blob| blob.to_string());
        for one in &input.problems {
            text.push_str(&problem_json(one, &input.path, sha256.as_deref()).to_string());
            text.push('\n');
        }
    }
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".tmp");
    let write = || -> io::Result<()> {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().map_err(|error| {
        Failure {
            exit: Exit::Store,
            code: "store-full",
            what: format!("the report `{}` cannot be written", path.display()),
            because: error.to_string(),
            hint: "give --report a path that you may write to".into(),
        }
        .into()
    })
}

/// Shows bytes, rate, hits and time left on standard error while a screen runs.
struct Bar {
    bar: ProgressBar,
    watcher: thread::JoinHandle<()>,
}

impl Bar {
    fn start(inputs: &[PathBuf], progress: &Arc<Progress>) -> Self {
        let total = inputs
            .iter()
            .filter_map(|path| fs::metadata(path).ok())
            .map(|meta| meta.len())
            .sum();
        let bar = ProgressBar::new(total);
        if let Ok(style) = ProgressStyle::with_template(
            "{bar:30} {decimal_bytes:>10} of {decimal_total_bytes}  {decimal_bytes_per_sec:>11}  {msg}  {eta} left",
        ) {
            bar.set_style(style);
        }
        let watcher = {
            let (bar, progress) = (bar.clone(), Arc::clone(progress));
            thread::spawn(move || {
                while !bar.is_finished() {
                    // Packed inputs unpack to more than they lie on disk.
                    bar.set_length(total.max(progress.bytes()));
                    bar.set_position(progress.bytes());
                    bar.set_message(format!("{} sightings", progress.sightings()));
                    thread::sleep(Duration::from_millis(100));
                }
            })
        };
        Self { bar, watcher }
    }

    fn finish(self) {
        self.bar.finish_and_clear();
        // The watcher only waits for the bar; it cannot fail.
        let _ = self.watcher.join();
    }
}
