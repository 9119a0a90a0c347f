//! Whether people are reading a register now: who serves it says so, and long work beside it can give way.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::part::folder;

/// Says that people read a register, for as long as it lives.
#[derive(Debug)]
pub struct Serving {
    file: File,
    path: PathBuf,
}

impl Serving {
    /// Several may serve the same register.
    pub fn announce(register: &Path) -> io::Result<Self> {
        let path = mark(register);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        file.lock_shared()?;
        Ok(Self { file, path })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // The last to end takes the file away. One that stays, as after a kill, is locked by nobody and says nothing.
        if self.file.unlock().is_ok() && self.file.try_lock().is_ok() {
            let _gone = fs::remove_file(&self.path);
        }
    }
}

/// Whether another program serves this register.
pub fn is_served(register: &Path) -> bool {
    File::open(mark(register)).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// A hidden file beside the register: a lock on the register itself would meet the locks of its engine.
fn mark(register: &Path) -> PathBuf {
    // However it is called, it is the same register.
    let register = fs::canonicalize(register).unwrap_or_else(|_| register.into());
    let mut name = OsString::from(".");
    name.push(register.file_name().unwrap_or_default());
    name.push(".served");
    folder(&register).join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn served_until_the_last_ends() {
        let folder = tempfile::tempdir().unwrap();
        let register = folder.path().join("a.db");
        fs::write(&register, "").unwrap();
        assert!(!is_served(&register));
        let first = Serving::announce(&register).unwrap();
        let second = Serving::announce(&register).unwrap();
        assert!(is_served(&register));
        drop(first);
        assert!(is_served(&register));
        drop(second);
        assert!(!is_served(&register));
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "only the register"
        );
    }

    #[test]
    fn what_a_killed_server_left_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let register = folder.path().join("a.db");
        fs::write(mark(&register), "").unwrap();
        assert!(!is_served(&register));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_the_register_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let (register, link) = (folder.path().join("a.db"), folder.path().join("b.db"));
        fs::write(&register, "").unwrap();
        std::os::unix::fs::symlink(&register, &link).unwrap();
        let _serving = Serving::announce(&register).unwrap();
        assert!(is_served(&link));
    }
}
