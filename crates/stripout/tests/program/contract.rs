//! The rules of docs/contract.md, on own samples.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::{sightings, stripout};

const GOOD: &str = "Body,Date,Supplier,Amount,Narrative\n\
    Sampleford District Council,2021-05-03,Example Ltd,120.00,2 x Hikvision dome camera\n";

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).unwrap();
}

#[test]
fn contract_01_long_lines_and_deep_nesting_end_in_a_named_limit() {
    let home = tempfile::tempdir().unwrap();
    write(
        home.path(),
        "deep.json",
        format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
    );
    write(
        home.path(),
        "long.csv",
        format!("a,b\n\"{}\n", "x".repeat(12 << 20)),
    );
    let run = stripout(home.path(), &["screen", "deep.json", "long.csv", "--dry-run"]);
    assert_ne!(run.code, 101, "{}", run.err);
    assert!(
        run.out.contains("input-depth") && run.out.contains("input-too-large"),
        "{}",
        run.out
    );
}

#[test]
fn contract_01_a_text_of_nothing_but_one_name_ends_and_says_what_it_left_out() {
    let home = tempfile::tempdir().unwrap();
    let text = serde_json::json!({"text": "Hikvision ".repeat(20_000), "title": "Dahua"});
    write(home.path(), "names.json", text.to_string());
    let started = std::time::Instant::now();
    let run = stripout(home.path(), &["screen", "names.json", "--dry-run"]).ok();
    // It is 200 kB; before, it took minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    // Of one object a tenth of what a page may give, and the other maker is not among those left out.
    assert!(run.out.contains("501 sightings"), "{}", run.out);
    assert!(
        run.out.contains("19500 of the names were left out"),
        "{}",
        run.out
    );
}

#[test]
fn contract_01_a_row_of_nothing_but_one_name_loses_no_other() {
    let home = tempfile::tempdir().unwrap();
    let many = "Hikvision ".repeat(2_000);
    let rows = format!("Site,Make,Number\nTown Hall,{many}Dahua,1\nDepot,Axis,2\n");
    write(home.path(), "register.csv", rows);
    let run = stripout(home.path(), &["screen", "register.csv", "--dry-run"]).ok();
    assert!(run.out.contains("501 sightings"), "{}", run.out);
    assert!(run.out.contains("1500 of the names were left out"), "{}", run.out);
}

/// Each name is looked at beside all cells of its row.
#[test]
fn contract_01_a_row_of_a_thousand_cells_has_fewer_names_judged() {
    let home = tempfile::tempdir().unwrap();
    let cells = vec!["Hikvision"; 1_000].join(",");
    let blank = vec!["x"; 1_000].join(",");
    write(home.path(), "wide.csv", format!("{blank},y\n{cells},Dahua\n"));
    let run = stripout(home.path(), &["screen", "wide.csv", "--dry-run"]).ok();
    assert!(run.out.contains(" 50 sightings"), "{}", run.out);
    assert!(run.out.contains("951 of the names were left out"), "{}", run.out);
    assert!(run.out.contains("dahua"), "{}", run.out);
}

#[test]
fn contract_01_a_sentence_as_long_as_the_text_ends() {
    let home = tempfile::tempdir().unwrap();
    let text = format!("{}We have 4 Hikvision cameras.", "a1=x a2=y ".repeat(60_000));
    write(home.path(), "long.txt", text);
    let started = std::time::Instant::now();
    let run = stripout(home.path(), &["screen", "long.txt", "--dry-run"]).ok();
    // It is 600 kB; before, it took minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    assert!(run.out.contains(" 1 sighting in "), "{}", run.out);
}

#[test]
fn contract_02_one_shape_for_every_problem() {
    let home = tempfile::tempdir().unwrap();
    write(
        home.path(),
        "half.json",
        r#"{"releases": [{"ocid": "ocds-x-1", "tender": {"title": "CCTV"}}, {"ocid": "#,
    );
    let run = stripout(home.path(), &["screen", "half.json", "--dry-run"]);
    let at = run
        .out
        .find("error[input-truncated]: ")
        .unwrap_or_else(|| panic!("{}", run.out));
    let block: Vec<&str> = run.out[at..].lines().take(5).map(str::trim).collect();
    for (line, label) in block
        .iter()
        .zip(["error[", "in: half.json (", "at: ", "because: ", "do: "])
    {
        assert!(line.starts_with(label), "{label} in {block:?}");
    }
    stripout(
        home.path(),
        &[
            "screen",
            "half.json",
            "--dry-run",
            "--report",
            "problems.jsonl",
            "--quiet",
        ],
    );
    let report = fs::read_to_string(home.path().join("problems.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(report.lines().next().unwrap()).unwrap();
    for field in ["code", "file", "sha256", "place", "reason", "hint"] {
        assert!(
            first.get(field).is_some_and(|value| !value.is_null()),
            "{field} in {first}"
        );
    }
}

#[test]
fn contract_03_a_failed_input_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let bad: String = (0..10).map(|_| "{\"broken\": \n").collect();
    write(
        home.path(),
        "bad.jsonl",
        format!("{{\"text\": \"12 Hikvision cameras installed\"}}\n{bad}"),
    );
    write(home.path(), "good.csv", GOOD);
    let run = stripout(home.path(), &["screen", "bad.jsonl", "good.csv"]);
    assert_eq!(run.code, 1, "{}", run.out);
    let rows = sightings(home.path(), &[]);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert_eq!(rows[0]["source"], "good.csv");
    let left: Vec<_> = fs::read_dir(home.path())
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    assert!(
        !left.iter().any(|name| name.to_string_lossy().ends_with(".tmp")),
        "{left:?}"
    );
}

#[test]
fn contract_04_others_continue_and_partial_sources_say_so() {
    let home = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (1..9)
        .map(|n| format!("Sampleford,2021-05-0{n},Example Ltd,1.00,item"))
        .collect();
    let rows = rows.join("\n");
    write(
        home.path(),
        "partial.json",
        format!(
            "{}{}",
            r#"[{"text": "4 Dahua cameras in use"}, {"text": "b"}, {"#, ""
        ),
    );
    write(home.path(), "good.csv", format!("{GOOD}{rows}"));
    let run = stripout(home.path(), &["screen", ".", "missing.csv", "--tolerate", "60"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("1 failed"), "{}", run.out);
    let sources = stripout(home.path(), &["list", "sources", "--json"]).ok().lines();
    let partial: Vec<_> = sources
        .iter()
        .filter(|row| row["partial"] == true)
        .map(|row| &row["source"])
        .collect();
    assert_eq!(partial, ["./partial.json"], "{sources:#?}");
}

#[test]
fn contract_04_what_could_not_be_read_stays_listed_until_it_is_read() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("in")).unwrap();
    write(home.path(), "in/good.csv", GOOD);
    write(home.path(), "in/bad.pdf", "%PDF-1.7\nnothing more");
    write(home.path(), "in/empty.docx", "");
    let screen = ["screen", "in", "missing.csv", "--report", "report.jsonl"];
    let run = stripout(home.path(), &screen);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("3 failed"), "{}", run.out);
    let listed = || {
        stripout(home.path(), &["list", "problems", "--order", "place", "--json"])
            .ok()
            .lines()
    };
    let report = fs::read_to_string(home.path().join("report.jsonl")).unwrap();
    let said: Vec<serde_json::Value> = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let files = |rows: &[serde_json::Value], name: &str| -> Vec<String> {
        let mut files: Vec<_> = rows
            .iter()
            .map(|row| row[name].as_str().unwrap().to_owned())
            .collect();
        files.sort();
        files
    };
    let rows = listed();
    assert_eq!(files(&rows, "source"), files(&said, "file"), "{rows:#?}");
    assert_eq!(
        files(&rows, "source"),
        ["in/bad.pdf", "in/empty.docx", "missing.csv"]
    );
    for row in &rows {
        let named = ["code", "what", "because", "hint"]
            .iter()
            .all(|name| row[name] != "");
        assert!(named && row["severity"] == "input", "{row:#}");
    }
    assert!(rows.iter().any(|row| row["sha256"].is_null()), "{rows:#?}");
    let shown = stripout(home.path(), &["list", "problems"]).ok().out;
    for line in [
        "error[input-unreadable]: ",
        "  in: missing.csv",
        "  because: ",
        "  do: ",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }

    // Again it says the same; rebuilt it is kept; once read it is gone.
    assert_eq!(stripout(home.path(), &screen).code, 1);
    assert_eq!(listed(), rows);
    stripout(home.path(), &["rebuild", "--out", "again.db"]).ok();
    let again = [
        "list",
        "problems",
        "--order",
        "place",
        "--json",
        "--register",
        "again.db",
    ];
    assert_eq!(stripout(home.path(), &again).ok().lines(), rows);
    write(home.path(), "in/bad.pdf", GOOD.replace("2 x", "3 x"));
    write(home.path(), "in/empty.docx", GOOD);
    fs::remove_file(home.path().join("report.jsonl")).unwrap();
    stripout(home.path(), &["screen", "in"]);
    let left: Vec<_> = listed()
        .into_iter()
        .filter(|row| row["severity"] == "input")
        .collect();
    assert_eq!(files(&left, "source"), ["missing.csv"], "{left:#?}");
}

#[cfg(unix)]
#[test]
fn contract_08_links_and_pipes_are_told_and_not_followed() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("in")).unwrap();
    write(home.path(), "in/good.csv", GOOD);
    write(home.path(), "secret.csv", GOOD.replace("2 x", "9 x"));
    std::os::unix::fs::symlink("../secret.csv", home.path().join("in/link.csv")).unwrap();
    let pipe = home.path().join("pipe.csv");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    // Opening a pipe that nobody writes to would wait for ever.
    let run = stripout(home.path(), &["screen", "in", "pipe.csv"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(
        run.out.contains("1 link passed over, as in/link.csv"),
        "{}",
        run.out
    );
    assert!(run.out.contains("not a regular file"), "{}", run.out);
    assert_eq!(sightings(home.path(), &[]).len(), 1);
}

#[test]
fn contract_05_the_same_input_twice_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), "good.csv", GOOD);
    write(home.path(), "copy.csv", GOOD);
    let first = stripout(home.path(), &["screen", "good.csv"]).ok();
    assert!(first.out.contains("1 sighting"), "{}", first.out);
    let before = sightings(home.path(), &[]);
    for again in ["good.csv", "copy.csv"] {
        let run = stripout(home.path(), &["screen", again]).ok();
        assert!(run.out.contains("already read on 20"), "{}", run.out);
    }
    assert_eq!(sightings(home.path(), &[]).len(), before.len());
}

#[test]
fn contract_06_ambiguous_dates_are_asked_for_not_guessed() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), "dates.csv", GOOD.replace("2021-05-03", "03/05/2021"));
    let run = stripout(home.path(), &["screen", "dates.csv", "--dry-run"]).ok();
    assert!(
        run.out.contains("input-date") && run.out.contains("--day-first"),
        "{}",
        run.out
    );
    stripout(home.path(), &["screen", "dates.csv", "--day-first", "--quiet"]).ok();
    assert_eq!(sightings(home.path(), &[])[0]["date"], "2021-05-03");
}

#[test]
fn contract_07_deceptive_characters_are_shown_and_go_to_review() {
    let home = tempfile::tempdir().unwrap();
    write(
        home.path(),
        "spoof.csv",
        GOOD.replace("Hikvision", "\u{202e}Hik\u{200b}vision"),
    );
    let run = stripout(home.path(), &["screen", "spoof.csv"]).ok();
    assert!(
        run.out.contains("<U+200B>") && !run.out.contains('\u{202e}'),
        "{}",
        run.out
    );
    let rows = sightings(home.path(), &[]);
    assert_eq!(rows[0]["confidence"], "review", "{rows:#?}");
    stripout(home.path(), &["verify"]).ok();
}

#[test]
fn contract_09_what_is_shown_is_safe() {
    let home = tempfile::tempdir().unwrap();
    let row =
        "=HYPERLINK(\"http://127.0.0.1\") Council,2021-05-03,+Example,1.00,\"Hikvision camera \u{1b}[31m\"\n";
    write(
        home.path(),
        "formula.csv",
        format!(
            "Body,Date,Supplier,Amount,Narrative\n{}",
            row.replace("(\"", "('").replace("\")", "')")
        ),
    );
    let run = stripout(home.path(), &["screen", "formula.csv"]).ok();
    assert!(!run.out.contains('\u{1b}'), "{:?}", run.out);
    let csv = stripout(home.path(), &["export", "--format", "csv"]).ok().out;
    assert!(csv.contains("'=HYPERLINK") && csv.contains("'+Example"), "{csv}");
    let jsonl = stripout(home.path(), &["export", "--format", "jsonl"]).ok().out;
    assert!(jsonl.contains("\"=HYPERLINK"), "{jsonl}");
}

#[test]
fn contract_10_exit_codes() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), "good.csv", GOOD);
    write(
        home.path(),
        "notes.db",
        "this is no register, only some text that is long enough to look at",
    );
    for (code, arguments) in [
        (0, &["screen", "good.csv"][..]),
        (1, &["screen", "good.csv", "missing.csv"]),
        (2, &["screen"]),
        (2, &["list", "nothing"]),
        (2, &["explain", "zzzz"]),
        (4, &["screen", "good.csv", "--register", "notes.db"]),
        (5, &["screen", "missing.csv"]),
    ] {
        let run = stripout(home.path(), arguments);
        assert_eq!(run.code, code, "{arguments:?}\n{}\n{}", run.out, run.err);
    }
    let text = fs::read_to_string(home.path().join("notes.db")).unwrap();
    assert!(
        text.starts_with("this is no register"),
        "a file that is no register is left alone"
    );
}

#[test]
fn contract_10_a_reader_that_has_enough_is_no_crash() {
    let home = tempfile::tempdir().unwrap();
    let row = "Sampleford District Council,2021-05-03,Example Ltd,120.00,2 x Hikvision dome camera\n";
    write(home.path(), "many.csv", format!("{GOOD}{}", row.repeat(3_000)));
    stripout(home.path(), &["screen", "many.csv", "--quiet"]).ok();
    for arguments in [
        &["list", "sightings"][..],
        &["list", "sightings", "--json"],
        &["export"],
    ] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_stripout"))
            .args(arguments)
            .current_dir(home.path())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let end = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&end.stderr);
        assert!(
            end.status.code() != Some(101) && !said.contains("panicked"),
            "{arguments:?}: {said}"
        );
    }
}

#[test]
fn personal_contact_data_is_not_kept() {
    let home = tempfile::tempdir().unwrap();
    let text = "Dear requester,\n\nThe council operates 12 Hikvision cameras. Ring 01632 960123 or write to foi@sampleford.example.\n";
    write(home.path(), "reply.txt", text);
    let row = GOOD.replace(
        "dome camera",
        "dome camera; fitter foi@sampleford.example 01632 960123",
    );
    write(home.path(), "spend.csv", row);
    stripout(home.path(), &["screen", "reply.txt", "spend.csv"]).ok();
    assert_eq!(sightings(home.path(), &[]).len(), 2);
    assert!(!holds(home.path().join("stripout.db").as_path(), b"960123"));
    assert!(!holds(home.path().join("stripout.evidence").as_path(), b"960123"));
    stripout(home.path(), &["verify"]).ok();
}

/// Whether a file, or any file under a folder, holds these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    if path.is_dir() {
        return fs::read_dir(path)
            .unwrap()
            .any(|entry| holds(&entry.unwrap().path(), bytes));
    }
    path.exists()
        && fs::read(path)
            .unwrap()
            .windows(bytes.len())
            .any(|window| window == bytes)
}

#[test]
fn an_interrupted_run_keeps_what_is_finished() {
    let home = tempfile::tempdir().unwrap();
    let mut big = fs::File::create(home.path().join("z-big.csv")).unwrap();
    writeln!(big, "Body,Date,Supplier,Amount,Narrative").unwrap();
    for n in 0..400_000 {
        writeln!(
            big,
            "Sampleford District Council,2021-05-03,Example Ltd,{n}.00,2 x Hikvision dome camera {n}"
        )
        .unwrap();
    }
    write(home.path(), "a-good.csv", GOOD);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_stripout"))
        .args(["screen", ".", "--quiet"])
        .current_dir(home.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(700));
    let pid = child.id().to_string();
    std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status()
        .unwrap();
    let code = child.wait().unwrap().code();
    // A signal that comes before the register is made leaves none.
    let listed = stripout(home.path(), &["list", "sources", "--json"]);
    let sources = if listed.code == 0 {
        listed.lines()
    } else {
        Vec::new()
    };
    let names: Vec<&str> = sources
        .iter()
        .map(|row| row["source"].as_str().unwrap())
        .collect();
    match code {
        // Fast machines may be done before the signal.
        Some(0) => assert_eq!(names.len(), 2),
        Some(130) => assert!(names.is_empty() || names == ["./a-good.csv"], "{names:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn contract_01_limits_can_be_changed_and_what_was_cut_by_one_is_read_anew() {
    let home = tempfile::tempdir().unwrap();
    let under = |limits: &str, arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_stripout"))
            .args(arguments)
            .current_dir(home.path())
            .env_remove("STRIPOUT_REGISTER")
            .env("STRIPOUT_LIMITS", limits)
            .output()
            .unwrap()
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let listed = text(&under("cell-bytes=60, members=7", &["limits", "--json"]).stdout);
    assert!(
        listed.contains("\"name\":\"members\"") && listed.contains("\"value\":7"),
        "{listed}"
    );
    for bad in ["members", "patience=7", "members=many"] {
        let run = under(bad, &["limits"]);
        assert_eq!(run.status.code(), Some(2), "{bad}");
        assert!(
            text(&run.stderr).contains("stripout limits"),
            "{}",
            text(&run.stderr)
        );
    }
    let long = "x".repeat(100);
    let csv = format!(
        "Body,Supplier,Narrative,Amount,Date\nLeeds City Council,A,{long} Hikvision cameras,9.00,30/03/2016\n"
    );
    std::fs::write(home.path().join("spend.csv"), csv).unwrap();
    let screened = |limits: &str| text(&under(limits, &["screen", "spend.csv", "--json"]).stdout);
    let cut = screened("cell-bytes=60");
    assert!(cut.contains("\"sightings\":0"), "{cut}");
    let whole = screened("");
    assert!(
        whole.contains("\"sightings\":1") && !whole.contains("already"),
        "{whole}"
    );
}
