//! A folder that appears whole or not at all: written beside the one it replaces, and swapped in at the end.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use crate::ServeError;

/// Tells a folder that was published from any other, which is never replaced.
pub(super) const MARK: &str = "stripout-site.json";

/// Files that are made durable at a time: they wait for the disk, not for the processor.
const SYNCING: usize = 16;

/// A folder in the making. Dropped unfinished, it is gone.
pub(super) struct Part {
    path: PathBuf,
    old: PathBuf,
    out: PathBuf,
    files: Vec<PathBuf>,
}

impl Part {
    /// Clears away what an ended run left beside `out`.
    pub(super) fn beside(out: &Path) -> Result<Self, ServeError> {
        let Some(name) = out.file_name().map(|it| it.to_string_lossy().into_owned()) else {
            return Err(ServeError::NotASite { folder: out.into() });
        };
        let part = Self {
            path: out.with_file_name(format!(".{name}.stripout-part")),
            old: out.with_file_name(format!(".{name}.stripout-old")),
            out: out.into(),
            files: Vec::new(),
        };
        part.clear().map_err(|source| part.failed(source))?;
        if !part.may_replace().map_err(|source| part.failed(source))? {
            return Err(ServeError::NotASite { folder: out.into() });
        }
        fs::create_dir_all(&part.path).map_err(|source| part.failed(source))?;
        Ok(part)
    }

    pub(super) fn write(&mut self, file: &str, bytes: &[u8]) -> Result<(), ServeError> {
        let path = self.path.join(file);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder
            .and_then(|()| fs::write(&path, bytes))
            .map_err(|source| self.failed(source))?;
        self.files.push(path);
        Ok(())
    }

    /// Gives the folder its name, durably.
    pub(super) fn finish(self) -> Result<(), ServeError> {
        self.swap().map_err(|source| self.failed(source))
    }

    fn swap(&self) -> io::Result<()> {
        sync(&self.files)?;
        let replaces = self.out.exists();
        if replaces {
            fs::rename(&self.out, &self.old)?;
        }
        if let Err(error) = fs::rename(&self.path, &self.out) {
            if replaces {
                fs::rename(&self.old, &self.out)?;
            }
            return Err(error);
        }
        if let Some(parent) = self.out.parent() {
            let parent = if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            };
            File::open(parent)?.sync_all()?;
        }
        gone(&self.old)
    }

    fn clear(&self) -> io::Result<()> {
        // An end between the two steps of a swap left the earlier site under its other name.
        if self.old.exists() && !self.out.exists() {
            fs::rename(&self.old, &self.out)?;
        }
        gone(&self.old)?;
        gone(&self.path)
    }

    fn may_replace(&self) -> io::Result<bool> {
        if !self.out.exists() || self.out.join(MARK).is_file() {
            return Ok(true);
        }
        Ok(self.out.is_dir() && fs::read_dir(&self.out)?.next().is_none())
    }

    fn failed(&self, source: io::Error) -> ServeError {
        ServeError::Folder {
            folder: self.out.clone(),
            source,
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Nothing is there when it was renamed, which is the normal end; else the next run clears it away.
        let _gone = fs::remove_dir_all(&self.path);
    }
}

/// Together at the end: most have reached the disk by then. Several at a time wait for one journal, not each for its own.
fn sync(files: &[PathBuf]) -> io::Result<()> {
    let share = files.len().div_ceil(SYNCING).max(1);
    thread::scope(|scope| {
        let started: Vec<_> = files
            .chunks(share)
            .map(|own| scope.spawn(move || own.iter().try_for_each(|file| File::open(file)?.sync_all())))
            .collect();
        started.into_iter().try_for_each(|one| {
            one.join()
                .unwrap_or_else(|_ended| Err(io::Error::other("a thread that syncs files ended")))
        })
    })
}

fn gone(folder: &Path) -> io::Result<()> {
    fs::remove_dir_all(folder).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_a_site_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("site");
        let publish = |text: &str| {
            let mut part = Part::beside(&out)?;
            part.write("a/b.html", text.as_bytes())?;
            part.write(MARK, b"{}")?;
            part.finish()
        };
        let told = || fs::read_to_string(out.join("a/b.html")).unwrap();
        let names = || fs::read_dir(home.path()).unwrap().count();
        publish("one").unwrap();
        let mut unfinished = Part::beside(&out).unwrap();
        unfinished.write("a/b.html", b"half").unwrap();
        drop(unfinished);
        assert_eq!((told().as_str(), names()), ("one", 1));
        // A run that was ended between both steps.
        fs::rename(&out, home.path().join(".site.stripout-old")).unwrap();
        drop(Part::beside(&out).unwrap());
        assert_eq!(told(), "one");
        publish("two").unwrap();
        assert_eq!((told().as_str(), names()), ("two", 1));
        fs::remove_file(out.join(MARK)).unwrap();
        assert!(matches!(publish("three"), Err(ServeError::NotASite { .. })));
        assert_eq!(told(), "two");
    }
}
