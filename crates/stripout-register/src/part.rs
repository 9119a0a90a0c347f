//! Files that appear whole or not at all: written under a temporary name in the same folder, fsync'd, then renamed.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file in the making. Dropped unfinished, it is gone.
pub(crate) struct PartFile {
    pub(crate) file: File,
    pub(crate) path: PathBuf,
    target: PathBuf,
}

/// What to do when the name is taken meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Replace,
    Keep,
}

static COUNTER: AtomicU64 = AtomicU64::new(0);

impl PartFile {
    /// Clears away what killed runs left beside `target`, then makes a new file that only the owner may read.
    pub(crate) fn beside(target: &Path) -> io::Result<Self> {
        sweep(target)?;
        let name = file_name(target)?;
        let mut part = OsString::from(".");
        part.push(name);
        part.push(format!(
            ".{}-{}.part",
            std::process::id(),
            COUNTER.fetch_add(1, Ordering::Relaxed)
        ));
        let path = folder(target).join(part);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        // The lock tells the sweep of another run that this file has a living owner.
        file.lock()?;
        Ok(Self {
            file,
            path,
            target: target.to_path_buf(),
        })
    }

    /// Gives the file its name, durably. `false` when the name was taken and is kept.
    pub(crate) fn finish(self, taken: Taken) -> io::Result<bool> {
        self.file.sync_all()?;
        let placed = match taken {
            Taken::Replace => fs::rename(&self.path, &self.target).map(|()| true),
            Taken::Keep => match fs::hard_link(&self.path, &self.target) {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                Err(error) => Err(error),
            },
        }?;
        sync_folder(&folder(&self.target))?;
        Ok(placed)
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        // Fails only when it was renamed, which is the normal end.
        let _gone = fs::remove_file(&self.path);
    }
}

/// Removes temporary files of `target` whose writer is gone.
pub(crate) fn sweep(target: &Path) -> io::Result<()> {
    let name = file_name(target)?;
    let mut start = name.to_string_lossy().into_owned();
    start.insert(0, '.');
    start.push('.');
    for entry in fs::read_dir(folder(target))? {
        let entry = entry?;
        let found = entry.file_name();
        let found = found.to_string_lossy();
        let Some(rest) = found.strip_prefix(&start) else {
            continue;
        };
        let Some((owner, tail)) = rest.split_once(".part") else {
            continue;
        };
        let ours = owner
            .split_once('-')
            .is_some_and(|(pid, count)| is_number(pid) && is_number(count));
        // SQLite leaves a rollback journal beside a database that was being made.
        if !ours || !matches!(tail, "" | "-journal") {
            continue;
        }
        let path = entry.path();
        let abandoned = match File::open(&path) {
            Ok(file) => file.try_lock().is_ok(),
            Err(_) => false,
        };
        if abandoned {
            fs::remove_file(&path).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            })?;
        }
    }
    Ok(())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn file_name(path: &Path) -> io::Result<&std::ffi::OsStr> {
    path.file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))
}

pub(crate) fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.csv");
        drop(PartFile::beside(&target).unwrap());
        assert!(names(folder.path()).is_empty());
        assert!(PartFile::beside(&target).unwrap().finish(Taken::Keep).unwrap());
        assert!(!PartFile::beside(&target).unwrap().finish(Taken::Keep).unwrap());
        assert!(PartFile::beside(&target).unwrap().finish(Taken::Replace).unwrap());
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[test]
    fn sweeps_only_what_nobody_holds() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.csv");
        let mut others = [".out.csv.note.part", ".other.csv.1-0.part", "out.csv.1-0.part"];
        for name in others
            .iter()
            .chain(&[".out.csv.1-0.part", ".out.csv.1-0.part-journal"])
        {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let living = PartFile::beside(&target).unwrap();
        let second = PartFile::beside(&target).unwrap();
        assert!(living.path.exists() && second.path.exists());
        drop((living, second));
        others.sort_unstable();
        assert_eq!(names(folder.path()), others);
    }
}
