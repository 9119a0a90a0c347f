//! The files a catalogue is made from: the embedded set, and an overlay folder of the same layout.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{fs, io};

use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../data");

/// Largest file of an overlay, in bytes. The largest embedded one is under 64 KiB.
const OVERLAY_FILE_LIMIT: u64 = 16 << 20;

/// One file, with its path relative to the data folder and `/` between the parts.
pub(crate) struct SourceFile {
    pub path: String,
    pub text: Cow<'static, str>,
}

/// The files built into the program, in order of their paths.
pub(crate) fn embedded() -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(&EMBEDDED, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<SourceFile>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        // What is not UTF-8 is no catalogue file; a test reads the folder and would miss it.
        if let Some(text) = file.contents_utf8().filter(|_| is_catalogue_file(&path)) {
            files.push(SourceFile {
                path,
                text: Cow::Borrowed(text),
            });
        }
    }
    for sub in dir.dirs() {
        collect(sub, files);
    }
}

/// The files of a folder on disk, in order of their paths. Links are not followed.
pub(crate) fn overlay(folder: &Path) -> Result<Vec<SourceFile>, (PathBuf, io::Error)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(dir) = folders.pop() {
        let at = |error| (dir.clone(), error);
        for entry in fs::read_dir(&dir).map_err(at)? {
            let entry = entry.map_err(at)?;
            let path = entry.path();
            let at = |error| (path.clone(), error);
            let kind = entry.file_type().map_err(at)?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                let relative = path
                    .strip_prefix(folder)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                if is_catalogue_file(&relative) {
                    let text = read_limited(&path).map_err(at)?;
                    files.push(SourceFile {
                        path: relative,
                        text: Cow::Owned(text),
                    });
                }
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn read_limited(path: &Path) -> io::Result<String> {
    let size = fs::metadata(path)?.len();
    if size > OVERLAY_FILE_LIMIT {
        let what = format!("{size} bytes, at most {OVERLAY_FILE_LIMIT} are read");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
    }
    fs::read_to_string(path)
}

fn is_catalogue_file(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|e| e.to_str());
    matches!(ending, Some("toml" | "csv"))
}
