use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use stripout_model::{Code, Problem};

use super::{Eml, Mbox, Msg};
use crate::Head;
use crate::document::{Content, Document, Layer, Signs, taken_apart};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The layers as a person would note them down.
fn noted(layers: &[Layer], problems: &[Problem]) -> String {
    let mut noted = String::new();
    for problem in problems {
        let severity = problem.severity.as_str();
        let _always = writeln!(
            noted,
            "! {} ({severity}): {}; {}",
            problem.code, problem.what, problem.because
        );
    }
    for layer in layers {
        let name = layer.name.as_deref().unwrap_or("-");
        let reserve = layer
            .reserve
            .map_or(String::new(), |reserve| format!(" ({})", reserve.clause()));
        let (kind, text) = match &layer.content {
            Content::Text(text) => ("text", text.clone()),
            Content::Table(text) => ("table", text.clone()),
            Content::File(bytes) => (
                "file",
                bytes
                    .escape_ascii()
                    .to_string()
                    .replace("\\n", "\n")
                    .replace("\\r", ""),
            ),
        };
        let _always = writeln!(noted, "== {name}: {kind}{reserve}\n{}", text.trim_end());
    }
    noted
}

fn document(bytes: &[u8]) -> Option<&'static dyn Document> {
    let head = Head {
        bytes: bytes.get(..bytes.len().min(64 << 10)).unwrap_or(bytes),
        whole: bytes.len() <= 64 << 10,
        name: "",
    };
    let all: [&'static dyn Document; 3] = [&Mbox, &Eml, &Msg];
    all.into_iter()
        .find(|document| document.claims(Signs::Head(head)))
}

/// Each sample beside what must come out of it. `UPDATE_EXPECTED=1` writes what comes out, to be read and kept.
#[test]
fn samples_give_what_is_expected() {
    let folder = root().join("fixtures/formats/mail");
    let mut seen = 0;
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    for path in names
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "eml" || e == "mbox"))
    {
        let bytes = std::fs::read(path).unwrap();
        let reader = document(&bytes).unwrap_or_else(|| panic!("nobody claims {}", path.display()));
        let (layers, problems) = taken_apart(reader, &bytes);
        assert_eq!(
            taken_apart(reader, &bytes).0,
            layers,
            "twice the same: {}",
            path.display()
        );
        let got = noted(&layers, &problems);
        let expected = path.with_added_extension("expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected, &got).unwrap();
        }
        let want = std::fs::read_to_string(&expected).unwrap();
        assert_eq!(got, want, "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 8, "only {seen} samples");
}

/// An Outlook message as Outlook would lay it out.
fn outlook() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let mut put = |path: &str, bytes: &[u8]| {
        let storage = path.rsplit_once('/').unwrap().0;
        if !storage.is_empty() {
            file.create_storage_all(storage).unwrap();
        }
        file.create_stream(path).unwrap().write_all(bytes).unwrap();
    };
    // 30 March 2016, 10:00 UTC, and the code page of the narrow strings.
    let time = (1_459_332_000_u64 + 11_644_473_600) * 10_000_000;
    let row = |kind: u16, id: u16, value: u64| {
        [
            &kind.to_le_bytes()[..],
            &id.to_le_bytes(),
            &[6, 0, 0, 0],
            &value.to_le_bytes(),
        ]
        .concat()
    };
    let table = [vec![0; 32], row(0x40, 0x39, time), row(3, 0x3fde, 1252)].concat();
    put("/__properties_version1.0", &table);
    put("/__substg1.0_0C1A001F", &wide("Estates Team"));
    put("/__substg1.0_5D01001F", &wide("estates@testshire.example"));
    put("/__substg1.0_0E04001F", &wide("Sam Reader"));
    put("/__substg1.0_0037001E", b"CCTV \x96 our reply");
    put(
        "/__substg1.0_1000001F",
        &wide(
            "We have 12 Hikvision cameras.\r\n\r\n-----Original Message-----\r\nFrom: Sam Reader\r\nHow many?\r\n",
        ),
    );
    put(
        "/__attach_version1.0_#00000000/__substg1.0_37010102",
        b"Site,Make\nDepot,Dahua\n",
    );
    put(
        "/__attach_version1.0_#00000000/__substg1.0_3707001F",
        &wide("..\\cameras.csv"),
    );
    let inner = "/__attach_version1.0_#00000001/__substg1.0_3701000D";
    put(&format!("{inner}/__properties_version1.0"), &[0; 24]);
    put(&format!("{inner}/__substg1.0_0037001F"), &wide("Survey"));
    put(
        &format!("{inner}/__substg1.0_10130102"),
        b"<p>Two at the <b>depot</b><p hidden>Pyronix",
    );
    put(
        "/__attach_version1.0_#00000002/__substg1.0_3707001F",
        &wide("linked.docx"),
    );
    file.into_inner().into_inner()
}

#[test]
fn outlook_messages_are_taken_apart() {
    let bytes = outlook();
    assert_eq!(document(&bytes).map(Document::name), Some("msg"));
    let (layers, problems) = taken_apart(&Msg, &bytes);
    let want = "\
! input-not-understood (warning): the attachment `linked.docx` is not in the message; it is a link to a file elsewhere, an object of another program, or damaged
== -: text
From: Estates Team <estates@testshire.example>
To: Sam Reader
Date: 2016-03-30T10:00:00Z
Subject: CCTV \u{2013} our reply

We have 12 Hikvision cameras.
== quoted: text (in a message that this one quotes)
-----Original Message-----
From: Sam Reader
How many?
== cameras.csv: file
Site,Make
Depot,Dahua
== Survey.msg: text
Subject: Survey

Two at the depot
== Survey.msg hidden: text (in a part that the document does not show)
Pyronix
";
    assert_eq!(noted(&layers, &problems), want);
}

/// Messages made to exhaust the stack, the time or the memory of a careless reader.
#[test]
fn contract_01_bombs_of_parts_end() {
    let mut multiparts = String::new();
    for i in 0..20_000 {
        let _always = write!(
            multiparts,
            "Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"
        );
    }
    let mut lost = String::new();
    for i in 0..20_000 {
        let _always = write!(lost, "--x\nContent-Type: multipart/mixed; boundary=b{i}\n\n");
    }
    for (name, bytes) in [
        ("messages", "Content-Type: message/rfc822\n\n".repeat(100_000)),
        ("commented", "Content-Type: message(;)/rfc822\n\n".repeat(100_000)),
        (
            "quoted",
            "Content-Type: \"message\"/\"rfc822\"\n\n".repeat(100_000),
        ),
        ("folded", "Content-Type:\n message/\n rfc822\n\n".repeat(100_000)),
        ("spaced", "Content-Type : message/rfc822\n\n".repeat(100_000)),
        ("upper", "CONTENT-TYPE:MESSAGE/GLOBAL\n\n".repeat(100_000)),
        (
            "digests",
            "Content-Type: multipart/digest; boundary=x\n\n--x\n\n".repeat(50_000),
        ),
        ("multiparts", multiparts),
        (
            "lost boundaries",
            "Content-Type: multipart/mixed; boundary=x\n\n".to_owned() + &lost,
        ),
        (
            "parts",
            "Content-Type: multipart/mixed; boundary=x\n\n".to_owned() + &"--x\n".repeat(500_000),
        ),
        (
            "many parts",
            "Content-Type: multipart/mixed; boundary=x\n\n".to_owned() + &"--x\n\na\n".repeat(45_000),
        ),
        ("headers", "a:\n".repeat(1_000_000)),
        ("folds", "Subject: a\n".to_owned() + &" a\n".repeat(500_000)),
        (
            "words",
            "Subject: ".to_owned() + &"=?utf-8?q?a?= ".repeat(100_000) + "\n\n",
        ),
        (
            "addresses",
            "To: ".to_owned() + &"a:(b),<".repeat(200_000) + "\n\n",
        ),
        (
            "quotes",
            "From: a\nMessage-ID: b\n\n".to_owned() + &">".repeat(1_000_000),
        ),
        (
            "marks",
            "From: a\nMessage-ID: b\n\n".to_owned() + &"On 10:00 @\n".repeat(200_000),
        ),
        (
            "fields",
            "From: a\nMessage-ID: b\n\n".to_owned() + &"From: a\n".repeat(200_000),
        ),
        (
            "rules",
            "From: a\nMessage-ID: b\n\n".to_owned() + &"----------\n\n".repeat(100_000),
        ),
    ] {
        let start = Instant::now();
        let (layers, problems) = taken_apart(&Eml, bytes.as_bytes());
        let seconds = start.elapsed().as_secs_f64();
        let codes: Vec<_> = problems.iter().map(|problem| problem.code.as_str()).collect();
        eprintln!(
            "{name}: {} bytes, {seconds:.1} s, {} layers, {codes:?}",
            bytes.len(),
            layers.len()
        );
        assert!(seconds < 60.0, "{name} took {seconds} s");
    }
}

#[test]
fn mailboxes_end_at_the_limit() {
    let mailbox = "From a@example.org Wed Mar 30 10:00:00 2016\nFrom: a\n\nText\n\n".repeat(10_001);
    let (layers, problems) = taken_apart(&Mbox, mailbox.as_bytes());
    assert_eq!(layers.len(), 10_000);
    assert_eq!(
        problems.iter().map(|p| p.code).collect::<Vec<_>>(),
        [Code::InputTooLarge]
    );
}

proptest::proptest! {
    #[test]
    fn any_message_is_read(bytes in "((From|To|Content-Type|Content-Transfer-Encoding): ?(multipart/(mixed|alternative|digest); boundary=(a|b)|text/(html|plain)|message/rfc822|base64|quoted-printable|x)\r?\n|\r?\n|--(a|b)(--)?\n|> x|=\\PC|<p>|[a-z=]{0,4}){0,40}") {
        taken_apart(&Eml, bytes.as_bytes());
    }

    #[test]
    fn any_damage_to_an_outlook_message_is_survived(at in 0_usize..20_000, with in proptest::collection::vec(proptest::num::u8::ANY, 1..8)) {
        let mut bytes = outlook();
        let at = at % bytes.len();
        for (byte, new) in bytes.iter_mut().skip(at).zip(&with) {
            *byte = *new;
        }
        taken_apart(&Msg, &bytes);
    }
}

/// Every shared hostile file, rightly or wrongly taken for a message.
#[test]
fn contract_01_hostile_mail() {
    let shared = std::env::var_os("STRIPOUT_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let hostile = shared.join("data/hostile");
    if !hostile.is_dir() {
        eprintln!("shared corpora not found: {}", hostile.display());
        return;
    }
    let mut codes = std::collections::BTreeMap::new();
    let (mut claimed, mut read, mut all) = (0, 0, 0);
    let mut folders = vec![hostile];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            all += 1;
            let start = Instant::now();
            for reader in [&Eml as &dyn Document, &Mbox, &Msg, &crate::format::html::Html] {
                let (layers, problems) = taken_apart(reader, &bytes);
                let is_mail = path.extension().is_some_and(|e| e == "eml");
                if is_mail && reader.name() == "eml" {
                    claimed += usize::from(document(&bytes).is_some());
                    read += usize::from(!layers.is_empty());
                    for problem in problems {
                        *codes.entry(problem.code.as_str()).or_insert(0) += 1;
                    }
                }
            }
            let limit = 10.0 * (f64::from(u32::try_from(bytes.len()).unwrap()) / 1e6).max(1.0);
            assert!(
                start.elapsed().as_secs_f64() < limit,
                "{} took too long",
                path.display()
            );
        }
    }
    eprintln!("{all} files through four readers; .eml: {claimed} claimed, {read} read; problems {codes:?}");
    assert!(read > 0);
}
