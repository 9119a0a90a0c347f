//! Ctrl-C and SIGTERM inside one long document: it is left whole, and soon.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::stripout;

const GOOD: &str = "Body,Date,Supplier,Amount,Narrative\n\
    Sampleford District Council,2021-05-03,Example Ltd,120.00,2 x Hikvision dome camera\n";

/// Each of its drawings draws the next one twice: the last of them 2^40 times.
fn endless_pdf() -> String {
    let mut pdf = String::from(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
         3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>\nendobj\n\
         4 0 obj\n<</Length 5>>\nstream\n/X Do\nendstream\nendobj\n",
    );
    for number in 5..45 {
        let next = number + 1;
        write!(
            pdf,
            "{number} 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {next} 0 R>>>>/Length 11>>\n\
             stream\n/X Do /X Do\nendstream\nendobj\n"
        )
        .unwrap();
    }
    pdf + "trailer\n<</Root 1 0 R/Size 45>>\n%%EOF\n"
}

/// Rows that name many, of which there are hundreds in a block.
fn crowded_table() -> String {
    let cell = "2 x Hikvision dome camera; ".repeat(50);
    let mut table = String::from("Site,Note\n");
    for n in 0..20_000 {
        writeln!(table, "Depot {n},\"{cell}\"").unwrap();
    }
    table
}

fn begun(home: &Path) -> Child {
    let child = Command::new(env!("CARGO_BIN_EXE_stripout"))
        .args(["screen", ".", "--quiet", "--ocr", "never"])
        .current_dir(home)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !home.join("stripout.db").exists() {
        thread::sleep(Duration::from_millis(20));
    }
    thread::sleep(Duration::from_secs(2));
    child
}

#[cfg(unix)]
#[test]
fn contract_03_a_signal_inside_a_document_ends_it_soon_and_leaves_nothing_of_it() {
    for (signal, name, content) in [
        ("-TERM", "b.csv", crowded_table()),
        ("-INT", "b.pdf", endless_pdf()),
    ] {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("a-good.csv"), GOOD).unwrap();
        fs::write(home.path().join(name), content).unwrap();
        let mut child = begun(home.path());
        let asked = Instant::now();
        let kill = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success(), "{name}: it had ended by itself");
        assert_eq!(child.wait().unwrap().code(), Some(130), "{name}");
        assert!(
            asked.elapsed() < Duration::from_secs(10),
            "{name}: {:?}",
            asked.elapsed()
        );
        let sources = stripout(home.path(), &["list", "sources", "--json"]).lines();
        let names: Vec<&str> = sources.iter().filter_map(|row| row["source"].as_str()).collect();
        assert_eq!(names, ["./a-good.csv"], "{name}");
        let verified = stripout(home.path(), &["verify"]);
        assert_eq!(verified.code, 0, "{name}: {}", verified.err);
        let temporary: Vec<_> = fs::read_dir(home.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .filter(|name| name.to_string_lossy().ends_with(".tmp"))
            .collect();
        assert!(temporary.is_empty(), "{temporary:?}");
    }
}
