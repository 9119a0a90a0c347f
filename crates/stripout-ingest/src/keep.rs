//! Copies of documents in a content-addressed folder beside the register.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use stripout_model::BlobId;
use stripout_register::Keeping;

use crate::personal::contacts;

/// Documents up to this size are copied; larger data sets are kept by reference.
const LARGEST_COPY: u64 = 64 << 20;

/// Which sources are copied beside the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keep {
    /// Documents up to 64 MiB, but for those that hold e-mail addresses or telephone numbers: these stay where they are.
    #[default]
    Documents,
    /// Everything.
    All,
    /// Nothing: by path and hash only.
    None,
}

/// Copies the file to `folder/ab/abcdef...` unless it is there already. Written under a temporary name, synced, renamed.
pub(crate) fn keep(path: &Path, bytes: u64, blob: &BlobId, folder: &Path, keep: Keep) -> io::Result<Keeping> {
    let wanted = match keep {
        Keep::All => true,
        Keep::None => false,
        Keep::Documents => bytes <= LARGEST_COPY && !holds_contacts(path)?,
    };
    if !wanted {
        return Ok(Keeping::Reference);
    }
    let name = blob.to_string();
    let shelf = name.get(..2).unwrap_or_default();
    let relative = format!("{shelf}/{name}");
    let target = folder.join(&relative);
    if !target.exists() {
        make_shelf(folder, shelf)?;
        let temporary = folder.join(format!("{shelf}/.{name}.tmp"));
        copy(path, &temporary)
            .and_then(|()| fs::rename(&temporary, &target))
            .inspect_err(|_| {
                let _ = fs::remove_file(&temporary);
            })?;
    }
    // Also of a copy that is there already: a killed run may have given it its name and not come to this.
    sync_folder(&folder.join(shelf))?;
    Ok(Keeping::Copy(relative))
}

/// Synced up to where the register lies: a folder whose own name is lost in a power cut takes its copies along.
fn make_shelf(folder: &Path, shelf: &str) -> io::Result<()> {
    let path = folder.join(shelf);
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(&path)?;
    sync_folder(folder)?;
    match folder.parent() {
        Some(above) if !above.as_os_str().is_empty() => sync_folder(above),
        _ => sync_folder(Path::new(".")),
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Temporary files of a run that was killed; called before anything is written. Shelves that it had made are made durable.
pub(crate) fn sweep(folder: &Path) -> io::Result<()> {
    let Ok(shelves) = fs::read_dir(folder) else {
        return Ok(());
    };
    sync_folder(folder)?;
    for shelf in shelves {
        let shelf = shelf?.path();
        if !shelf.is_dir() {
            continue;
        }
        for file in fs::read_dir(shelf)? {
            let file = file?.path();
            if file.extension().is_some_and(|end| end == "tmp") {
                fs::remove_file(file)?;
            }
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &PathBuf) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut target = File::create(to)?;
    io::copy(&mut source, &mut target)?;
    target.flush()?;
    target.sync_all()
}

/// Looks at the bytes as they are: text of packed formats is not seen here, which errs on the side of keeping.
fn holds_contacts(path: &Path) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(contacts(&String::from_utf8_lossy(&bytes)).next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_once_and_leaves_contact_data_where_it_is() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("stripout.evidence");
        let blob = BlobId::from_digest([0xab; 32]);
        let plain = home.path().join("plain.txt");
        fs::write(&plain, "Invented District Council holds 12 cameras.").unwrap();
        let kept = keep(&plain, 43, &blob, &folder, Keep::Documents).unwrap();
        assert_eq!(kept, Keeping::Copy(format!("ab/{blob}")));
        assert_eq!(
            fs::read(folder.join(format!("ab/{blob}"))).unwrap(),
            fs::read(&plain).unwrap()
        );
        let letter = home.path().join("letter.txt");
        fs::write(&letter, "Write to desk@example.org").unwrap();
        assert_eq!(
            keep(&letter, 25, &blob, &folder, Keep::Documents).unwrap(),
            Keeping::Reference
        );
        assert_eq!(
            keep(&plain, 65 << 20, &blob, &folder, Keep::Documents).unwrap(),
            Keeping::Reference
        );
        assert_eq!(
            keep(&plain, 43, &blob, &folder, Keep::None).unwrap(),
            Keeping::Reference
        );
        fs::write(folder.join("ab/.x.tmp"), "half").unwrap();
        sweep(&folder).unwrap();
        assert!(!folder.join("ab/.x.tmp").exists());
    }
}
