//! What is put on a sheet is on it, for eyes and for programs that read it aloud.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests are no tests to clippy"
)]

use std::io::Write as _;
use std::ops::ControlFlow;
use std::process::{Command, Stdio};

use stripout_pdf::{Line, Page};
use stripout_print::{Block, PrintError, Printed, Sheet, Words, pdf, png};

fn sheet(blocks: Vec<Block>, sources: &[&str]) -> Sheet {
    Sheet {
        title: "Briefing: Sampleford".into(),
        language: "en-GB".into(),
        day: (2026, 11, 22),
        blocks,
        sources: sources.iter().map(ToString::to_string).collect(),
        foot: "State of 22 November 2026.".into(),
    }
}

fn whole() -> Sheet {
    let statement = Words {
        text: "A payment names Hikvision (杭州海康威视数字技术股份有限公司), 5 devices.".into(),
        notes: vec![1],
    };
    sheet(
        vec![
            Block::Aside("Briefing · Council".into()),
            Block::Title("Sampleford District Council".into()),
            Block::Heading("Hikvision: In use".into()),
            Block::Statement(statement),
            Block::Points(vec!["Said that it would remove them".to_owned().into()]),
        ],
        &[
            "\"5 number HIK Vision Recorders\" spend.csv, line 6; SHA-256 f154c328bd24eede4c293ee5a196aca81a80b69a9d9e9281e947696ecb167720",
        ],
    )
}

/// What this project's own reader sees, page by page.
fn pages(bytes: &[u8]) -> Vec<Page> {
    let mut pages = Vec::new();
    let _ = stripout_pdf::read(bytes.to_vec(), 1, &mut |line| {
        match line {
            Line::Page(page) => pages.push(page),
            Line::Fault(fault) => panic!("{fault:?}"),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    pages
}

/// What `pdftotext` prints; `None` where there is none.
fn pdftotext(bytes: &[u8]) -> Option<String> {
    let started = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        eprintln!("pdftotext not found: only the project's own reader looks at the sheet");
        return None;
    };
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap())
}

/// White space of any kind is one space.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn all_words_are_on_one_page_in_their_order() {
    let Printed { bytes, missing } = pdf(&whole()).unwrap();
    assert!(missing.is_empty(), "{missing:?}");
    let pages = pages(&bytes);
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].unknown, 0);
    let read = [Some(pages[0].text.clone()), pdftotext(&bytes)];
    for text in read.into_iter().flatten() {
        let text = flat(&text);
        let mut rest = text.as_str();
        for words in [
            "Briefing · Council",
            "Sampleford District Council",
            "Hikvision: In use",
            "A payment names Hikvision (杭州海康威视数字技术股份有限公司), 5 devices.",
            "Said that it would remove them",
            "Sources",
            "\"5 number HIK Vision Recorders\" spend.csv, line 6; SHA-256",
            "State of 22 November 2026.",
        ] {
            rest = rest
                .split_once(words)
                .unwrap_or_else(|| panic!("{words}: {text}"))
                .1;
        }
    }
}

#[test]
fn the_same_sheet_is_the_same_file_and_says_what_it_is() {
    let file = pdf(&whole()).unwrap().bytes;
    assert_eq!(file, pdf(&whole()).unwrap().bytes);
    let holds = |words: &[u8]| file.windows(words.len()).any(|part| part == words);
    for words in ["/MarkInfo", "/StructTreeRoot", "/Lang", "pdfuaid"] {
        assert!(holds(words.as_bytes()), "{words}");
    }
    assert!(file.len() < 150_000, "{} bytes", file.len());
}

#[test]
fn what_no_font_has_is_there_as_its_number_and_said() {
    let sheet = sheet(
        vec![
            Block::Title("Name".into()),
            Block::Statement("A \u{1f4f7} and \u{0627}".to_owned().into()),
        ],
        &[],
    );
    let printed = pdf(&sheet).unwrap();
    assert_eq!(
        printed.missing.iter().copied().collect::<String>(),
        "\u{0627}\u{1f4f7}"
    );
    let text = flat(&pages(&printed.bytes)[0].text);
    assert!(text.contains("A [U+1F4F7] and [U+0627]"), "{text}");
}

#[test]
fn many_words_get_smaller_and_too_many_are_refused() {
    let points = |count: usize| {
        let point = || {
            Words::from(
                "One of several points with about a line of words that somebody has to read".to_owned(),
            )
        };
        sheet(
            vec![
                Block::Title("Many".into()),
                Block::Points((0..count).map(|_| point()).collect()),
            ],
            &[],
        )
    };
    for count in [1, 20, 55] {
        assert_eq!(pages(&pdf(&points(count)).unwrap().bytes).len(), 1, "{count}");
    }
    assert!(matches!(pdf(&points(200)), Err(PrintError::Overfull)));
    // A word without an end is broken where it must be, and none of it is lost.
    let long = "f".repeat(700);
    let printed = pdf(&sheet(vec![Block::Title(long.clone())], &[])).unwrap();
    let read: String = pages(&printed.bytes)[0].text.split_whitespace().collect();
    assert!(read.contains(&long), "{read}");
}

#[test]
fn a_picture_is_drawn_with_the_fonts_of_this_program() {
    let svg = |words: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"40\"><text x=\"5\" y=\"25\" \
             font-family=\"'No Such Font', sans-serif\">{words}</text></svg>"
        )
    };
    let empty = png(&svg(""), 2.0).unwrap();
    let words = png(&svg("Hik"), 2.0).unwrap();
    let han = png(&svg("海康"), 2.0).unwrap();
    assert_eq!(&words[..8], b"\x89PNG\r\n\x1a\n");
    assert_ne!(words, empty);
    assert_ne!(han, empty);
    assert_eq!(words, png(&svg("Hik"), 2.0).unwrap());
    for wrong in [
        "",
        "<svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000000\" height=\"9\"/>",
    ] {
        assert!(png(wrong, 2.0).is_err(), "{wrong}");
    }
}
