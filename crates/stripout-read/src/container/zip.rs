//! zip archives: what is in them, and whether they are honest about it.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, SeekFrom};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use stripout_model::{Code, Problem, Severity};
use zip::CompressionMethod;
use zip::read::{Config, ZipFileEntry};
use zip::unstable::read::ZipIterable;

use super::packed::{Bounded, Counted, Growth};
use crate::stream::{carry, problem_of};
use crate::{Limits, ReadSeek};

/// A member under the name it is read as.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) problems: Vec<Problem>,
    /// `None` when it cannot be read.
    pub(crate) packed: Option<Packed>,
}

/// Where the bytes of a member lie.
pub(crate) struct Packed {
    header: u64,
    length: u64,
    unpacked: u64,
    crc: u32,
    deflated: bool,
}

/// Lists the members that are files, in the order in which they are to be read.
pub(super) fn list(bytes: &mut (dyn ReadSeek + Send), limits: &Limits) -> Result<Vec<Entry>, Problem> {
    let mut entries = members(bytes, limits)?;
    super::order::correspondence(&mut entries, |entry| &entry.name);
    Ok(entries)
}

/// Lists the members that are files.
pub(crate) fn members(bytes: &mut (dyn ReadSeek + Send), limits: &Limits) -> Result<Vec<Entry>, Problem> {
    let broken = |error: zip::result::ZipError| {
        let because = match error {
            zip::result::ZipError::InvalidArchive(_) => {
                "the list of its parts, which stands at its end, is missing or damaged: it was probably not fetched whole".into()
            }
            other => other.to_string(),
        };
        input(
            Code::InputTruncated,
            "the archive's directory cannot be read",
            because,
            "fetch the file again",
        )
    };
    let mut archive = ZipIterable::try_new(bytes, Config::default()).map_err(broken)?;
    if archive.len() > limits.members {
        let because = format!(
            "it lists {}; the limit is members = {}",
            archive.len(),
            limits.members
        );
        return Err(input(
            Code::InputTooLarge,
            "the archive has too many members",
            because,
            "unpack it yourself",
        ));
    }
    let mut entries = Vec::new();
    let mut ends: Vec<(u64, u64)> = Vec::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for file in archive.files().map_err(broken)? {
        let file = file.map_err(broken)?;
        let given = file.name().map_or_else(
            |_| String::from_utf8_lossy(file.name_raw()).into_owned(),
            std::borrow::Cow::into_owned,
        );
        let name_length = u64::try_from(file.name_raw().len()).unwrap_or(u64::MAX);
        let end = file
            .header_start()
            .saturating_add(30 + name_length)
            .saturating_add(file.compressed_size());
        ends.push((file.header_start(), end));
        // Macs put a shadow of each file there.
        if file.is_dir() || given.starts_with("__MACOSX/") {
            continue;
        }
        let name = inside(&given);
        let mut problems = Vec::new();
        if name != given {
            problems.push(Problem {
                severity: Severity::Warning,
                ..unit(
                    Code::InputPath,
                    "a member's name points outside the archive",
                    format!("it is named {given:?}; nothing is written, and it was read as {name:?}"),
                    "be wary of who made this archive",
                )
            });
        }
        let obstacle = obstacle(&file, limits);
        let readable = obstacle.is_none();
        problems.extend(obstacle);
        *names.entry(name.clone()).or_default() += 1;
        let packed = readable.then(|| Packed {
            header: file.header_start(),
            length: file.compressed_size(),
            unpacked: file.size(),
            crc: file.crc32(),
            deflated: file.compression() == CompressionMethod::Deflated,
        });
        entries.push(Entry {
            name,
            problems,
            packed,
        });
    }
    overlap(ends)?;
    tell_apart(&mut entries, &names);
    Ok(entries)
}

/// Why a member is not read.
fn obstacle(file: &ZipFileEntry<'_>, limits: &Limits) -> Option<Problem> {
    let (packed, unpacked) = (file.compressed_size(), file.size());
    let method = file.compression();
    if file.encrypted() {
        Some(unit(
            Code::InputEncrypted,
            "a member is encrypted",
            "it needs a password".into(),
            "unpack the archive with its password and give the files",
        ))
    } else if file.is_symlink() {
        Some(unit(
            Code::InputPath,
            "a member is a link to another file",
            "links are not followed".into(),
            "give the file that it points to",
        ))
    } else if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
        Some(unit(
            Code::InputNotUnderstood,
            "a member is packed in a way that is not read",
            format!("its method is {method}"),
            "unpack the archive and give the files",
        ))
    } else if unpacked > limits.ratio_free_member && unpacked > packed.saturating_mul(limits.ratio) {
        Some(unit(
            Code::InputRatio,
            "a member grows out of proportion",
            format!(
                "{packed} bytes become {unpacked}; the limit is ratio = {}",
                limits.ratio
            ),
            "unpack it yourself if you trust it, or raise the limit",
        ))
    } else {
        None
    }
}

/// Members that share bytes are a bomb, or hide one file behind another.
fn overlap(mut ends: Vec<(u64, u64)>) -> Result<(), Problem> {
    ends.sort_unstable();
    for pair in ends.windows(2) {
        if let [(_, end), (start, _)] = pair
            && start < end
        {
            return Err(input(
                Code::InputOverlap,
                "members of the archive overlap",
                format!("one begins at byte {start}, before another ends at byte {end}"),
                "do not trust this archive; ask for another",
            ));
        }
    }
    Ok(())
}

/// Members of one name are all read, as `a.csv#0`, `a.csv#1`.
fn tell_apart(entries: &mut [Entry], names: &BTreeMap<String, usize>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries.iter_mut() {
        let Some(count) = names.get(&entry.name).copied().filter(|count| *count > 1) else {
            continue;
        };
        let nth = seen.entry(entry.name.clone()).or_default();
        let name = format!("{}#{nth}", entry.name);
        *nth += 1;
        entry.problems.push(Problem {
            severity: Severity::Warning,
            ..unit(
                Code::InputPath,
                "members of the archive share a name",
                format!(
                    "{count} are named {:?}; each was read under its own number",
                    entry.name
                ),
                "ask the publisher which one counts",
            )
        });
        entry.name = name;
    }
}

/// The name without what leads out of the archive.
pub(super) fn inside(name: &str) -> String {
    let absolute = name.starts_with(['/', '\\']);
    let parts = || name.split(['/', '\\']);
    let drive = parts().next().is_some_and(|first| first.ends_with(':'));
    if !absolute && !drive && parts().all(|part| part != "..") {
        return name.into();
    }
    let kept: Vec<&str> = parts()
        .filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':'))
        .collect();
    if kept.is_empty() {
        "unnamed".into()
    } else {
        kept.join("/")
    }
}

/// The kind of Office file that holds such a member.
pub(super) fn office(name: &str) -> Option<&'static str> {
    match name {
        "xl/workbook.xml" | "xl/workbook.bin" => Some("an Excel workbook"),
        "word/document.xml" => Some("a Word document"),
        "ppt/presentation.xml" => Some("a PowerPoint presentation"),
        "[Content_Types].xml" => Some("an Office file"),
        "META-INF/manifest.xml" => Some("an OpenDocument file"),
        _ => None,
    }
}

impl Packed {
    /// Size that the archive declares for it when unpacked; reading stops there.
    pub(crate) fn unpacked(&self) -> u64 {
        self.unpacked
    }

    /// Starts unpacking.
    pub(crate) fn open<'a>(
        &self,
        bytes: &'a mut (dyn ReadSeek + Send),
        limits: &Limits,
    ) -> Result<Box<dyn Read + Send + 'a>, Problem> {
        let mut header = [0; 30];
        let read = bytes
            .seek(SeekFrom::Start(self.header))
            .and_then(|_| bytes.read_exact(&mut header));
        read.map_err(|error| Problem {
            severity: Severity::Unit,
            ..problem_of(error)
        })?;
        let [b'P', b'K', 3, 4, .., n0, n1, e0, e1] = header else {
            return Err(unit(
                Code::InputUnreadable,
                "a member is not where the archive says",
                format!("there is no member at byte {}", self.header),
                "fetch the file again",
            ));
        };
        let names = i64::from(u16::from_le_bytes([n0, n1])) + i64::from(u16::from_le_bytes([e0, e1]));
        bytes.seek(SeekFrom::Current(names)).map_err(|error| Problem {
            severity: Severity::Unit,
            ..problem_of(error)
        })?;
        let (counted, count) = Counted::new(bytes.take(self.length));
        let buffered = BufReader::with_capacity(256 << 10, counted);
        let inner: Box<dyn Read + Send + 'a> = if self.deflated {
            Box::new(DeflateDecoder::new(buffered))
        } else {
            Box::new(buffered)
        };
        let bounded = Bounded::new(inner, count, Growth::of_member(limits));
        Ok(Box::new(Checked {
            read: bounded,
            left: self.unpacked,
            wanted: self.crc,
            crc: Crc::new(),
            done: false,
        }))
    }
}

/// Holds a member to the size and checksum that it declares.
struct Checked<R> {
    read: R,
    left: u64,
    wanted: u32,
    crc: Crc,
    done: bool,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.done || buffer.is_empty() {
            return Ok(0);
        }
        let n = self.read.read(buffer)?;
        if n == 0 {
            self.done = true;
            return self.end().map(|()| 0);
        }
        let wide = u64::try_from(n).unwrap_or(u64::MAX);
        if wide > self.left {
            let declared = usize::try_from(self.left).unwrap_or(n);
            self.left = 0;
            if declared == 0 {
                self.done = true;
                return Err(carry(input(
                    Code::InputTooLarge,
                    "a member is larger than it declares",
                    "reading stopped at the declared size".into(),
                    "do not trust this archive; ask for another",
                )));
            }
            return Ok(declared);
        }
        self.left -= wide;
        self.crc.update(buffer.get(..n).unwrap_or_default());
        Ok(n)
    }
}

impl<R> Checked<R> {
    fn end(&self) -> io::Result<()> {
        if self.left > 0 {
            let because = format!("{} bytes are missing", self.left);
            Err(carry(input(
                Code::InputTruncated,
                "a member ends too early",
                because,
                "fetch the file again",
            )))
        } else if self.crc.sum() != self.wanted {
            let because = format!(
                "its checksum is {:08x} and not {:08x}",
                self.crc.sum(),
                self.wanted
            );
            Err(carry(input(
                Code::InputUnreadable,
                "a member is damaged",
                because,
                "fetch the file again",
            )))
        } else {
            Ok(())
        }
    }
}

fn input(code: Code, what: &str, because: String, hint: &str) -> Problem {
    Problem {
        severity: Severity::Input,
        ..unit(code, what, because, hint)
    }
}

fn unit(code: Code, what: &str, because: String, hint: &str) -> Problem {
    let severity = Severity::Unit;
    Problem {
        code,
        severity,
        place: String::new(),
        what: what.into(),
        because,
        hint: hint.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn names_stay_inside() {
        for (given, want) in [
            ("a/b.csv", "a/b.csv"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("..\\..\\a.csv", "a.csv"),
            ("C:\\a.csv", "a.csv"),
            ("a/..b/c..csv", "a/..b/c..csv"),
            ("..", "unnamed"),
        ] {
            assert_eq!(inside(given), want, "{given}");
        }
    }
}
