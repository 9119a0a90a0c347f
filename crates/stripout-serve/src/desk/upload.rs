//! Files that people add on a page: taken whole, then read as `stripout screen` reads them, one lot at a time.

use std::collections::VecDeque;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use stripout_ingest::{IngestError, Input, Progress, Summary};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ServeError;

/// Reads files into the register under the names that they came by.
pub type Screener = Arc<dyn Fn(&[Input], &Progress) -> Result<Summary, IngestError> + Send + Sync>;

/// Bytes of one lot: as much as a single document may have.
const LARGEST: u64 = 2 << 30;
/// Files of one lot.
const MOST: usize = 500;
/// Lots whose outcome is remembered.
const REMEMBERED: usize = 50;
/// Characters of a file name that are kept.
const LONGEST_NAME: usize = 150;

pub(crate) struct Uploads {
    screener: Screener,
    /// Where files lie while they are read.
    folder: PathBuf,
    turn: Arc<Semaphore>,
    lots: Mutex<VecDeque<Arc<Lot>>>,
}

/// What somebody sent at once.
pub(crate) struct Lot {
    pub(crate) id: String,
    pub(crate) files: Vec<String>,
    pub(crate) bytes: u64,
    pub(crate) progress: Progress,
    outcome: Mutex<Option<Arc<Result<Summary, IngestError>>>>,
}

/// A lot on its way in. Dropped before it is read, it leaves nothing.
pub(crate) struct Incoming {
    folder: PathBuf,
    inputs: Vec<Input>,
    bytes: u64,
    open: Option<tokio::fs::File>,
    _turn: OwnedSemaphorePermit,
}

/// Why a file is not taken.
#[derive(Debug)]
pub(crate) enum Untaken {
    TooLarge,
    TooMany,
    Disk(std::io::Error),
}

impl Uploads {
    /// Sweeps away what a run before that was ended has left.
    pub(crate) fn new(screener: Screener, register: &Path) -> Result<Self, ServeError> {
        let folder = register.with_extension("uploading");
        swept(&folder).map_err(|source| ServeError::Folder {
            folder: folder.clone(),
            source,
        })?;
        Ok(Self {
            screener,
            folder,
            turn: Arc::new(Semaphore::new(1)),
            lots: Mutex::default(),
        })
    }

    /// `None` while another lot is taken or read.
    pub(crate) fn begin(&self) -> Option<Result<Incoming, Untaken>> {
        let turn = self.turn.clone().try_acquire_owned().ok()?;
        let made = swept(&self.folder).and_then(|()| fs::create_dir(&self.folder));
        Some(match made {
            Ok(()) => Ok(Incoming {
                folder: self.folder.clone(),
                inputs: Vec::new(),
                bytes: 0,
                open: None,
                _turn: turn,
            }),
            Err(error) => Err(Untaken::Disk(error)),
        })
    }

    /// Reads what came, on a thread of its own.
    pub(crate) fn read(&self, incoming: Incoming, now: Timestamp) -> Arc<Lot> {
        let names = incoming
            .inputs
            .iter()
            .map(|it| it.name.to_string_lossy().into_owned());
        let lot = Arc::new(Lot {
            id: now.as_microsecond().to_string(),
            files: names.collect(),
            bytes: incoming.bytes,
            progress: Progress::default(),
            outcome: Mutex::default(),
        });
        let mut lots = self.lots.lock().unwrap_or_else(PoisonError::into_inner);
        lots.push_front(lot.clone());
        lots.truncate(REMEMBERED);
        let (screener, running) = (self.screener.clone(), lot.clone());
        tokio::task::spawn_blocking(move || {
            let read = screener(&incoming.inputs, &running.progress);
            *running.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(read));
            // The files go, and then it is the next one's turn.
            drop(incoming);
        });
        lot
    }

    pub(crate) fn lot(&self, id: &str) -> Option<Arc<Lot>> {
        let lots = self.lots.lock().unwrap_or_else(PoisonError::into_inner);
        lots.iter().find(|lot| lot.id == id).cloned()
    }

    /// Newest first.
    pub(crate) fn lots(&self) -> Vec<Arc<Lot>> {
        let lots = self.lots.lock().unwrap_or_else(PoisonError::into_inner);
        lots.iter().cloned().collect()
    }

    /// Ends what is being read: the file under way is undone.
    pub(crate) fn stop(&self) {
        for lot in self.lots() {
            lot.progress.stop();
        }
    }
}

impl Lot {
    /// `None` while it is read.
    pub(crate) fn outcome(&self) -> Option<Arc<Result<Summary, IngestError>>> {
        self.outcome
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Incoming {
    /// Begins the next file. What comes before the last `/` of its name is not believed.
    pub(crate) async fn file(&mut self, name: &str, day: jiff::civil::Date) -> Result<(), Untaken> {
        if self.inputs.len() >= MOST {
            return Err(Untaken::TooMany);
        }
        self.close().await?;
        // A folder for each, so that two of one name can come together and each keeps its ending.
        let folder = self.folder.join(self.inputs.len().to_string());
        let name = plain(name);
        let file = folder.join(&name);
        tokio::fs::create_dir(&folder).await.map_err(Untaken::Disk)?;
        let open = tokio::fs::File::create_new(&file).await.map_err(Untaken::Disk)?;
        self.open = Some(open);
        self.inputs.push(Input {
            file,
            name: PathBuf::from(format!("upload/{day}/{name}")),
        });
        Ok(())
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> Result<(), Untaken> {
        self.bytes += bytes.len() as u64;
        if self.bytes > LARGEST {
            return Err(Untaken::TooLarge);
        }
        match &mut self.open {
            Some(file) => file.write_all(bytes).await.map_err(Untaken::Disk),
            None => Ok(()),
        }
    }

    /// Sees to it that all bytes are in their files.
    pub(crate) async fn close(&mut self) -> Result<(), Untaken> {
        match self.open.take() {
            Some(mut file) => file.flush().await.map_err(Untaken::Disk),
            None => Ok(()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // What cannot be taken away now is swept before the next lot.
        let _left = swept(&self.folder);
    }
}

impl fmt::Display for Untaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("more than 2 GiB at once"),
            Self::TooMany => write!(f, "more than {MOST} files at once"),
            Self::Disk(error) => write!(f, "the files cannot be kept: {error}"),
        }
    }
}

fn swept(folder: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The last part of a name, of characters that every file system has and every screen shows.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '(' | ')');
    let name: String = last.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    let name = name.trim().trim_start_matches('.');
    let skip = name.chars().count().saturating_sub(LONGEST_NAME);
    // The end tells what sort of file it is.
    let name: String = name.chars().skip(skip).collect();
    if name.is_empty() { "unnamed".into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere() {
        for (name, want) in [
            ("spend.csv", "spend.csv"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\Reply (2).pdf", "Reply (2).pdf"),
            ("..", "unnamed"),
            ("", "unnamed"),
            (".hidden", "hidden"),
            ("a\0b\u{202e}c\n.csv", "a_b_c_.csv"),
        ] {
            assert_eq!(plain(name), want, "{name:?}");
        }
        let long = format!("{}.csv", "x".repeat(400));
        assert!(plain(&long).ends_with("xx.csv") && plain(&long).len() == LONGEST_NAME);
    }
}
