//! Pages that are pictures: drawn by `pdftoppm` and read by `tesseract`, both confined like the reader itself, where they
//! are installed and wanted.

use std::env;
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use stripout_model::{Code, Problem, Severity};

use super::answer::Page;
use super::confined::{End, Job, run};
use super::in_words;
use crate::{Ocr, Options, Stop};

/// Pixels of the longer side of a drawn page: letters of 8 points on A4 are 27 high. A page of any size gives no more.
const PIXELS: &str = "2800";
/// Bytes of a drawn page, and of the text in it.
const DRAWN: u64 = 32 << 20;
const TEXT: u64 = 4 << 20;
/// For each of the two programs and each page.
const SECONDS: u64 = 60;
/// Memory of each of the two programs.
const MEMORY: u64 = 1 << 30;

/// Reads the pages with these numbers where possible, into their `ocr`; says what was done, and what was not.
pub(super) fn read(
    pages: &mut [Page],
    numbers: &[usize],
    reader: &Path,
    whole: &[u8],
    options: &Options,
) -> Problem {
    let not_read = |because: &str, hint: &str| Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Warning,
        place: in_words(numbers),
        what: "pictures without text".into(),
        because: because.into(),
        hint: hint.into(),
    };
    if options.ocr == Ocr::Never {
        return not_read(
            "they are scanned, and reading pictures was switched off",
            "screen it again with --ocr auto",
        );
    }
    let (Some(draw), Some(recognise)) = (found("pdftoppm"), found("tesseract")) else {
        return not_read(
            "they are scanned, and no program that reads pictures is installed",
            "install `tesseract` (tesseract-ocr) and `pdftoppm` (poppler-utils), then screen it again",
        );
    };
    let tools = Tools {
        reader,
        draw: &draw,
        recognise: &recognise,
        stop: &options.stop,
    };
    let (mut read, mut failed) = (Vec::new(), Vec::new());
    let mut why = String::new();
    for (index, number) in numbers.iter().enumerate() {
        let text = if options.stop.stopped() {
            Err("the reading was stopped".into())
        } else if index < options.limits.ocr_pages {
            tools.page(whole, *number)
        } else {
            Err(format!("the limit is ocr-pages = {}", options.limits.ocr_pages))
        };
        match (text, pages.iter_mut().find(|page| page.number == *number)) {
            (Ok(text), Some(page)) => {
                page.ocr = text;
                read.push(*number);
            }
            (Ok(_), None) => {}
            (Err(error), _) => {
                failed.push(*number);
                why = error;
            }
        }
    }
    if failed.is_empty() {
        return Problem {
            place: in_words(&read),
            what: "the text was read from pictures".into(),
            ..not_read(
                "the pages are scanned; programs misread letters and figures",
                "check it against the page; --ocr never leaves such pages out",
            )
        };
    }
    Problem {
        severity: Severity::Unit,
        place: in_words(&failed),
        ..not_read(
            &format!("they are scanned, and could not be read: {why}"),
            "look at these pages by hand",
        )
    }
}

struct Tools<'t> {
    /// Confines the other two.
    reader: &'t Path,
    draw: &'t Path,
    recognise: &'t Path,
    stop: &'t Stop,
}

impl Tools<'_> {
    fn page(&self, whole: &[u8], number: usize) -> Result<String, String> {
        let number = number.to_string();
        let drawing = [
            "-f",
            &number,
            "-l",
            &number,
            "-scale-to",
            PIXELS,
            "-gray",
            "-singlefile",
            "-q",
            "-",
        ];
        let drawn = self.output(self.draw, &drawing, whole, DRAWN)?;
        let text = self.output(self.recognise, &["stdin", "stdout", "-l", "eng"], &drawn, TEXT)?;
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.split(['\n', '\u{c}']).map(str::trim_end).collect();
        Ok(lines.join("\n").trim().to_owned())
    }

    fn output(&self, program: &Path, arguments: &[&str], input: &[u8], most: u64) -> Result<Vec<u8>, String> {
        let mut all: Vec<OsString> = [
            "read-pdf".to_owned(),
            format!("--memory={MEMORY}"),
            format!("--seconds={SECONDS}"),
            "--run".to_owned(),
        ]
        .map(OsString::from)
        .into();
        all.push(program.into());
        all.extend(arguments.iter().map(OsString::from));
        let job = Job {
            program: self.reader,
            arguments: all,
            input,
            deadline: Instant::now() + Duration::from_secs(SECONDS),
            stop: self.stop,
            most,
        };
        let mut output = Vec::new();
        let end = run(&job, &mut |line| {
            output.extend_from_slice(line);
            ControlFlow::Continue(())
        });
        let name = program.file_name().unwrap_or_default().display().to_string();
        match end {
            End::Done | End::Enough => Ok(output),
            End::TooLong => Err(format!("`{name}` took more than {SECONDS} s")),
            End::TooMuch => Err(format!("`{name}` gave more than {most} bytes")),
            End::Memory => Err(format!("`{name}` needed more than {MEMORY} bytes of memory")),
            End::Stopped => Err("the reading was stopped".into()),
            End::Crashed(why) | End::NotStarted(why) => Err(format!("`{name}` failed: {why}")),
        }
    }
}

/// The program of this name on the search path.
fn found(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
        .find(|path| path.is_file())
}
