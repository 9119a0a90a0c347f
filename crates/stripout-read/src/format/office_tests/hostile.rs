//! Files that others made to break readers, and our own fixtures damaged at random: whatever the bytes, no panic gets out,
//! no time is lost, and what cannot be read is told.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::fixtures;
use crate::Head;
use crate::Limits;
use crate::container::zip::members;
use crate::document::{Document, Signs, taken_apart};
use crate::format::workbook::{Xls, Xlsb, Xlsx};
use crate::format::{docx::Docx, opendocument::OpenDocument, rtf::Rtf};

static ALL: &[&dyn Document] = &[&Docx, &OpenDocument, &Xlsx, &Xlsb, &Xls, &Rtf];

/// The folder of the shared corpora, if it is there.
fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("STRIPOUT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let folder = root.join("data").join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("shared corpora not found: {}", folder.display());
    None
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push(path);
        }
    }
    into.sort();
}

/// The document that claims the bytes.
fn claimed(bytes: &[u8], name: &str) -> Option<&'static dyn Document> {
    let names: Vec<String> = members(&mut std::io::Cursor::new(bytes), &Limits::default())
        .map(|entries| entries.into_iter().map(|entry| entry.name).collect())
        .unwrap_or_default();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let head = Head {
        bytes: bytes.get(..bytes.len().min(64 << 10)).unwrap_or_default(),
        whole: bytes.len() < 64 << 10,
        name,
    };
    let signs = if bytes.starts_with(b"PK") {
        Signs::Members(&names)
    } else {
        Signs::Head(head)
    };
    ALL.iter().copied().find(|document| document.claims(signs))
}

/// Reads a file as one kind; gives how it went in a word.
fn outcome(document: &dyn Document, bytes: &[u8], path: &Path) -> String {
    let start = Instant::now();
    let (layers, problems) = taken_apart(document, bytes);
    let spent = start.elapsed();
    let megabytes = u32::try_from(bytes.len() >> 20).unwrap_or(u32::MAX) + 1;
    let allowed = Duration::from_mins(1).min(Duration::from_secs(10) * megabytes);
    assert!(
        spent < allowed,
        "{} took {spent:?} as {}",
        path.display(),
        document.name()
    );
    for problem in &problems {
        assert!(
            !problem.what.is_empty() && !problem.because.is_empty() && !problem.hint.is_empty(),
            "{} is told badly: {problem:?}",
            path.display()
        );
    }
    match (
        layers.is_empty(),
        problems.iter().max_by_key(|problem| problem.severity),
    ) {
        (false, None) => "read".into(),
        (false, Some(problem)) => format!("read with {} ({})", problem.code, problem.severity.as_str()),
        (true, Some(problem)) => problem.code.to_string(),
        (true, None) => panic!("{} gives nothing and does not say why", path.display()),
    }
}

#[test]
fn contract_01_hostile_office() {
    let mut paths = fixtures("docx", &["docx"]);
    for (folder, suffix) in [("xlsx", "xlsx"), ("xls", "xls"), ("rtf", "rtf")] {
        paths.extend(fixtures(folder, &[suffix]));
    }
    for folder in [
        "hostile/xlsx",
        "hostile/csv",
        "hostile/zip",
        "hostile/made/zip",
        "procurement/nhs",
    ] {
        if let Some(folder) = shared(folder) {
            files(&folder, &mut paths);
        }
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrongly = 0;
    for path in &paths {
        let bytes = fs::read(path).expect("it can be read");
        let name = path.to_string_lossy();
        let right = claimed(&bytes, &name);
        if let Some(document) = right {
            let went = outcome(document, &bytes, path);
            *counts.entry(format!("{}: {went}", document.name())).or_default() += 1;
        }
        // Wrongly named, every other reader gets it too.
        for document in ALL
            .iter()
            .filter(|other| right.is_none_or(|right| right.name() != other.name()))
        {
            outcome(*document, &bytes, path);
            wrongly += 1;
        }
    }
    eprintln!(
        "{} files, {wrongly} more readings by readers that do not claim them",
        paths.len()
    );
    for (went, count) in counts {
        eprintln!("{count:5}  {went}");
    }
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

/// One to four bytes changed, a run of them taken out, or the end cut off.
fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    match dice.roll(8) {
        0 => damaged.truncate(dice.roll(bytes.len())),
        1 => {
            let start = dice.roll(bytes.len());
            let end = (start + 1 + dice.roll(64)).min(bytes.len());
            damaged.drain(start..end);
        }
        _ => {
            for _ in 0..=dice.roll(4) {
                let at = dice.roll(damaged.len());
                if let Some(byte) = damaged.get_mut(at) {
                    *byte = match dice.roll(4) {
                        0 => 0xff,
                        1 => 0,
                        _ => u8::try_from(dice.roll(256)).unwrap_or(0),
                    };
                }
            }
        }
    }
    damaged
}

#[test]
fn contract_01_damaged_office() {
    // More by hand: `OFFICE_ROUNDS=20000`.
    let rounds: usize = std::env::var("OFFICE_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(600);
    let mut seeds = Vec::new();
    for (folder, suffixes) in [
        ("docx", &["docx"][..]),
        ("opendocument", &["odt", "ods"]),
        ("xlsx", &["xlsx"]),
        ("xlsb", &["xlsb"]),
        ("xls", &["xls"]),
        ("rtf", &["rtf"]),
    ] {
        seeds.extend(fixtures(folder, suffixes));
    }
    // Those that are slow on purpose are not what is looked for here.
    seeds.retain(|path| {
        let name = path.to_string_lossy();
        !["far-cell", "one-string", "right-edge"]
            .iter()
            .any(|slow| name.contains(slow))
    });
    let seeds: Vec<(PathBuf, Seed)> = seeds
        .into_iter()
        .map(|path| (path.clone(), Seed::of(fs::read(path).expect("it can be read"))))
        .collect();
    let mut dice = Dice(0x5eed_0ff1_ce00_0001);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..rounds {
        let (path, seed) = seeds.get(dice.roll(seeds.len())).expect("there are seeds");
        let damaged = seed.damaged(&mut dice);
        let name = format!("{} damaged in round {round}", path.display());
        if let Ok(folder) = std::env::var("OFFICE_KEEP") {
            fs::write(Path::new(&folder).join("last"), &damaged).expect("it can be written");
        }
        let document = claimed(&damaged, &name)
            .or_else(|| claimed(&seed.whole, &name))
            .expect("its seed is claimed");
        *counts
            .entry(outcome(document, &damaged, Path::new(&name)))
            .or_default() += 1;
    }
    eprintln!("{rounds} rounds");
    for (went, count) in counts {
        eprintln!("{count:6}  {went}");
    }
}

/// A file to be damaged; of a ZIP the parts, so that damage reaches the readers behind its checksums.
struct Seed {
    whole: Vec<u8>,
    parts: Vec<(String, Vec<u8>)>,
}

impl Seed {
    fn of(whole: Vec<u8>) -> Self {
        let bytes = whole.as_slice();
        let entries = members(&mut std::io::Cursor::new(bytes), &Limits::default()).unwrap_or_default();
        let parts = entries.into_iter().map(|entry| {
            let mut part = Vec::new();
            let mut cursor = std::io::Cursor::new(bytes);
            let mut read = entry.packed?.open(&mut cursor, &Limits::default()).ok()?;
            std::io::Read::read_to_end(&mut read, &mut part).ok()?;
            drop(read);
            Some((entry.name, part))
        });
        // One that is damaged already is damaged as it is.
        let parts = parts.collect::<Option<Vec<_>>>().unwrap_or_default();
        Self { whole, parts }
    }

    fn damaged(&self, dice: &mut Dice) -> Vec<u8> {
        if self.parts.is_empty() || dice.roll(8) == 0 {
            return damage(&self.whole, dice);
        }
        let hit = dice.roll(self.parts.len());
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (nth, (name, bytes)) in self.parts.iter().enumerate() {
            let bytes = if nth == hit {
                damage(bytes, dice)
            } else {
                bytes.clone()
            };
            out.start_file(name.as_str(), stored).expect("it can be written");
            std::io::Write::write_all(&mut out, &bytes).expect("it can be written");
        }
        out.finish().expect("it can be written").into_inner()
    }
}
