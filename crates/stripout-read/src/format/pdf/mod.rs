//! PDF: taken apart by a child process (`stripout read-pdf`), so that a hostile file can crash, hang or fill nothing but
//! that. What its pages show, what they hide and what was read from pictures become layers.

mod answer;
mod confined;
mod picture;

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use stripout_model::{Code, Problem, Reserve, Severity};

use crate::document::{Content, Document, Each, Layer, Signs};
use crate::{Limits, Options};
use answer::{About, Fault, Line, Page};
use confined::{End, Job};

pub(crate) struct Pdf;

/// Readers of PDF look for the mark this far in: mail programs and scanners put things before it.
const MARK_WITHIN: usize = 1024;
/// First bytes of a compound file.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Times that reading goes on behind a page that the child did not survive.
const RESTARTS: usize = 5;

impl Document for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn has_pages(&self) -> bool {
        true
    }

    fn bounds_itself(&self) -> bool {
        true
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        let Signs::Head(head) = signs else { return false };
        // A message may keep an attached PDF in its first sectors.
        if head.bytes.starts_with(COMPOUND) {
            return false;
        }
        let start = head.bytes.get(..MARK_WITHIN).unwrap_or(head.bytes);
        // Text may speak of the mark; only before a PDF do odd bytes stand in front of it.
        start.starts_with(b"%PDF-")
            || memchr::memmem::find(start, b"%PDF-")
                .and_then(|at| start.get(at..))
                .is_some_and(|rest| rest.get(5).is_some_and(u8::is_ascii_digit) && has_object(head.bytes))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let Some(program) = &options.pdf_reader else {
            return each(Err(no_reader()));
        };
        let mut read = Read::default();
        read.all(program, whole, options);
        let pictures = read.pictures();
        if !pictures.is_empty() {
            let problem = picture::read(&mut read.pages, &pictures, program, whole, options);
            read.problems.push(problem);
        }
        for problem in read.page_problems() {
            each(Err(problem))?;
        }
        for (name, reserve, text) in [
            (None, None, read.joined(|page| &page.text)),
            (
                Some("hidden"),
                Some(Reserve::Hidden),
                read.joined(|page| &page.hidden),
            ),
            (Some("ocr"), Some(Reserve::Ocr), read.joined(|page| &page.ocr)),
            (Some("metadata"), Some(Reserve::Hidden), read.metadata()),
        ] {
            if let Some(text) = text {
                each(Ok(Layer {
                    name: name.map(String::from),
                    content: Content::Text(text),
                    reserve,
                }))?;
            }
        }
        // Those that end the reading come last: what was read before them is kept.
        for problem in read.problems {
            each(Err(problem))?;
        }
        ControlFlow::Continue(())
    }
}

/// `1 0 obj`: no PDF is without one near its beginning, no text about PDFs has one so.
fn has_object(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b" obj").is_some()
}

/// What came from the child.
#[derive(Debug, Default)]
struct Read {
    about: Option<About>,
    pages: Vec<Page>,
    problems: Vec<Problem>,
}

impl Read {
    /// Lets a child read; where it dies, another one goes on behind the page it died of.
    fn all(&mut self, program: &Path, whole: &[u8], options: &Options) {
        let limits = &options.limits;
        let deadline = Instant::now() + limits.document_time(whole.len());
        for _ in 0..=RESTARTS {
            let mut fault = None;
            let mut ended = false;
            let mut too_many = false;
            let from = self.pages.len() + 1;
            let job = Job {
                program,
                arguments: arguments(whole.len(), limits, from),
                input: whole,
                deadline,
                stop: &options.stop,
                most: most_text(whole.len(), limits),
            };
            let end = confined::run(&job, &mut |line| {
                match serde_json::from_slice(line) {
                    Ok(Line::About(about)) => self.about = Some(about),
                    Ok(Line::Page(_)) if self.pages.len() >= limits.pdf_pages => {
                        too_many = true;
                        return ControlFlow::Break(());
                    }
                    Ok(Line::Page(page)) => self.pages.push(page),
                    Ok(Line::Fault(it)) => fault = Some(it),
                    Ok(Line::End) => ended = true,
                    // A line that was cut off with the life of its writer; how it ended is told below.
                    Err(_) => {}
                }
                ControlFlow::Continue(())
            });
            if too_many {
                self.problems.push(too_many_pages(limits));
                return;
            }
            if let Some(fault) = fault {
                self.problems.push(locked_or_broken(fault));
                return;
            }
            if ended {
                return;
            }
            let at = self.pages.len() + 1;
            let page = self.about.as_ref().filter(|about| at <= about.pages).map(|_| at);
            let problem = died(&end, page, limits, whole.len());
            let lost_page = page.is_some() && matches!(end, End::Crashed(_) | End::Memory);
            if !lost_page {
                self.problems.push(problem);
                return;
            }
            self.problems.push(Problem {
                severity: Severity::Unit,
                ..problem
            });
            self.pages.push(Page {
                number: at,
                lost: true,
                ..Page::default()
            });
            if self.about.as_ref().is_some_and(|about| at >= about.pages) {
                return;
            }
        }
        self.problems.push(Problem {
            code: Code::InputNotUnderstood,
            severity: Severity::Input,
            place: format!("page {}", self.pages.len() + 1),
            what: "reading ended".into(),
            because: format!(
                "{} pages could not be read, each of them ended the reader",
                RESTARTS + 1
            ),
            hint: "print the document anew as PDF and screen that".into(),
        });
    }

    /// Pages that are pictures of text.
    fn pictures(&self) -> Vec<usize> {
        self.numbers(|page| page.picture)
    }

    fn numbers(&self, which: impl Fn(&Page) -> bool) -> Vec<usize> {
        self.pages
            .iter()
            .filter(|page| which(page))
            .map(|page| page.number)
            .collect()
    }

    /// One text of all pages, parted by form feeds so that they count; `None` if no page has any.
    fn joined(&self, of: impl Fn(&Page) -> &str) -> Option<String> {
        if self.pages.iter().all(|page| of(page).trim().is_empty()) {
            return None;
        }
        let mut text = String::new();
        for (index, page) in self.pages.iter().enumerate() {
            if index > 0 {
                text.push('\u{c}');
            }
            if !of(page).trim().is_empty() {
                text.push_str(of(page));
                text.push_str("\n\n");
            }
        }
        // Form feeds at the end part nothing.
        text.truncate(text.trim_end().len());
        text.push('\n');
        Some(text)
    }

    fn metadata(&self) -> Option<String> {
        let about = self.about.as_ref()?;
        let line =
            |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name}: {value}\n"));
        let lines: String = [
            line("Created", &about.created),
            line("Modified", &about.modified),
            line("Title", &about.title),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!lines.is_empty()).then_some(lines)
    }

    fn page_problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(about) = &self.about {
            if let Some(promised) = about.promised {
                problems.push(Problem {
                    code: Code::InputTruncated,
                    severity: Severity::Unit,
                    place: String::new(),
                    what: format!("{promised} pages are listed, {} were found", about.pages),
                    because: "the other pages are not in the file, or damaged".into(),
                    hint: "get the file again".into(),
                });
            }
            if !about.whole {
                problems.push(Problem {
                    code: Code::InputTruncated,
                    severity: Severity::Warning,
                    place: String::new(),
                    what: "the file does not end as a PDF ends".into(),
                    because: "its end mark is missing, so pages or parts of them may be too".into(),
                    hint: "get the file again, or open it and count its pages".into(),
                });
            }
        }
        let mut told = |which: fn(&Page) -> bool, code, severity, what: &str, because: &str, hint: &str| {
            let pages = self.numbers(which);
            if !pages.is_empty() {
                problems.push(Problem {
                    code,
                    severity,
                    place: in_words(&pages),
                    what: what.into(),
                    because: because.into(),
                    hint: hint.into(),
                });
            }
        };
        told(
            |page| page.damaged,
            Code::InputNotUnderstood,
            Severity::Unit,
            "the page cannot be unpacked",
            "its drawing instructions are damaged, missing or packed in an unknown way",
            "get the file again, or print it anew as PDF",
        );
        told(
            |page| page.cut,
            Code::InputTooLarge,
            Severity::Unit,
            "the page has too many letters",
            "more than half a million letters are no page to be read",
            "look at the page by hand",
        );
        told(
            |page| !page.picture && page.unknown >= 20 && page.unknown.saturating_mul(20) > page.text.len(),
            Code::InputEncoding,
            Severity::Warning,
            "letters are missing in the text",
            "the fonts do not say which characters their shapes stand for",
            "look at the page by hand, or print it anew as PDF",
        );
        problems
    }
}

/// `page 3`, `pages 1-4, 9`.
fn in_words(pages: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => runs.push((*page, *page)),
        }
    }
    let runs: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            _ => format!("{first}-{last}"),
        })
        .collect();
    format!(
        "page{} {}",
        if pages.len() > 1 { "s" } else { "" },
        runs.join(", ")
    )
}

/// Bytes of text that a PDF of this length may give.
fn most_text(length: usize, limits: &Limits) -> u64 {
    let packed = u64::try_from(length).unwrap_or(u64::MAX);
    limits
        .ratio_free_member
        .saturating_add(packed.saturating_mul(limits.ratio))
        .min(limits.unpacked_bytes)
}

fn arguments(length: usize, limits: &Limits, from: usize) -> Vec<OsString> {
    let memory = limits
        .pdf_memory_bytes
        .saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
    let seconds = limits.document_time(length).as_secs();
    [
        "read-pdf".into(),
        format!("--memory={memory}"),
        format!("--seconds={seconds}"),
        format!("--from={from}"),
    ]
    .map(OsString::from)
    .into()
}

fn no_reader() -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: String::new(),
        what: "PDFs are not read here".into(),
        because: "they are only read in a process of their own, and no program for it was named".into(),
        hint: "screen it with the `stripout` program, or save its text with `pdftotext -layout FILE.pdf`"
            .into(),
    }
}

fn too_many_pages(limits: &Limits) -> Problem {
    Problem {
        code: Code::InputTooLarge,
        severity: Severity::Input,
        place: format!("page {}", limits.pdf_pages + 1),
        what: "the document has too many pages".into(),
        because: format!("the limit is pdf-pages = {}", limits.pdf_pages),
        hint: "split the document; the pages before were read".into(),
    }
}

fn locked_or_broken(fault: Fault) -> Problem {
    let (code, what, because, hint) = match fault {
        Fault::Password => (
            Code::InputEncrypted,
            "the document is locked with a password",
            "without it none of its text can be read",
            "open it with its password and print it as PDF, or ask the sender for an open copy",
        ),
        Fault::Lock => (
            Code::InputEncrypted,
            "the document is locked in a way that is not known",
            "its encryption is broken or of a kind that is not read",
            "open it in a PDF viewer and print it as PDF",
        ),
        Fault::Structure => (
            Code::InputNotUnderstood,
            "no page can be found in the document",
            "its tables of objects and pages are damaged or missing",
            "get the file again, or open it in a PDF viewer and print it as PDF",
        ),
    };
    Problem {
        code,
        severity: Severity::Input,
        place: String::new(),
        what: what.into(),
        because: because.into(),
        hint: hint.into(),
    }
}

/// A child that did not get to its end; `page` is where it was.
fn died(end: &End, page: Option<usize>, limits: &Limits, length: usize) -> Problem {
    let again = "split the document, or print it anew as PDF, and screen that";
    let (code, what, because, hint) = match end {
        End::TooLong => {
            return Problem {
                place: page.map(|page| format!("page {page}")).unwrap_or_default(),
                ..limits.too_long(length)
            };
        }
        End::Memory => (
            Code::InputMemory,
            "the document needs more memory than it may have".to_owned(),
            format!("the limit is pdf-memory-bytes = {}", limits.pdf_memory_bytes),
            again,
        ),
        End::TooMuch => (
            Code::InputRatio,
            "the document holds far more text than its size allows".to_owned(),
            format!("the limit is {} bytes of text", most_text(length, limits)),
            again,
        ),
        End::NotStarted(why) => (
            Code::InputUnreadable,
            "the program that reads PDFs cannot be run".to_owned(),
            why.clone(),
            "install `stripout` again, or save the text with `pdftotext -layout FILE.pdf`",
        ),
        End::Crashed(why) => (
            Code::InputNotUnderstood,
            "the reader of PDFs broke down over the document".to_owned(),
            why.clone(),
            again,
        ),
        End::Done | End::Enough | End::Stopped => (
            Code::InputNotUnderstood,
            "the reader of PDFs ended early".to_owned(),
            "it did not say why".to_owned(),
            again,
        ),
    };
    Problem {
        code,
        severity: Severity::Input,
        place: page.map(|page| format!("page {page}")).unwrap_or_default(),
        what,
        because,
        hint: hint.into(),
    }
}
