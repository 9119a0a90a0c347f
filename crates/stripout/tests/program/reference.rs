//! Publishers' registers, imported by the program.

use std::fs;

use super::{Run, root, stripout};

fn import(home: &std::path::Path) -> Run {
    let mut files: Vec<_> = fs::read_dir(root().join("fixtures/reference"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end != "md"))
        .map(|path| path.to_str().unwrap().to_string())
        .collect();
    files.sort();
    let mut args = vec!["reference", "import", "--json"];
    args.extend(files.iter().map(String::as_str));
    stripout(home, &args)
}

#[test]
fn every_layout_is_imported_and_the_same_file_twice_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let first = import(home.path());
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    let first: Vec<_> = first
        .lines()
        .into_iter()
        .filter(|line| line.get("layout").is_some())
        .collect();
    assert_eq!(first.len(), 10, "{first:#?}");
    assert!(first.iter().all(|line| line["units"].as_u64().unwrap() > 0));
    let before = fs::read(home.path().join("stripout.db")).unwrap();

    let second = import(home.path());
    assert_eq!(second.code, 0, "{}{}", second.out, second.err);
    let second = second.lines();
    assert_eq!(second.len(), 10, "{second:#?}");
    assert!(
        second
            .iter()
            .all(|line| line["imported_at"].is_string() && line.get("units").is_none()),
        "{second:#?}"
    );
    let after = fs::read(home.path().join("stripout.db")).unwrap();
    assert_eq!(before, after, "the register has changed");
}

#[test]
fn a_file_that_is_mostly_bad_leaves_nothing_and_the_next_is_imported() {
    let home = tempfile::tempdir().unwrap();
    let bad = home.path().join("bad.csv");
    fs::write(
        &bad,
        "government-organisation,name\n,Example\nD1,Example,too many\n",
    )
    .unwrap();
    let list = home.path().join("list.json");
    fs::write(&list, r#"{"people": []}"#).unwrap();
    let councils = root().join("fixtures/reference").join("councils.csv");
    let files = [&bad, &list, &councils].map(|path| path.to_str().unwrap());
    let run = stripout(home.path(), &[&["reference", "import"][..], &files[..]].concat());
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let told = format!("{}{}", run.out, run.err);
    assert!(!told.contains("panicked"), "{told}");
    assert!(!told.contains("get the file again"), "{told}");
    assert!(run.out.contains("councils"), "{told}");
    // The bad one left nothing behind, so it is tried again.
    let again = stripout(home.path(), &["reference", "import", files[0]]);
    assert_eq!(again.code, 5, "{}{}", again.out, again.err);
}

#[test]
fn a_file_of_another_kind_is_named_and_the_rest_is_imported() {
    let home = tempfile::tempdir().unwrap();
    let other = home.path().join("other.csv");
    fs::write(&other, "a,b\n1,2\n").unwrap();
    let councils = root().join("fixtures/reference").join("councils.csv");
    let run = stripout(
        home.path(),
        &[
            "reference",
            "import",
            other.to_str().unwrap(),
            councils.to_str().unwrap(),
        ],
    );
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("error[input-not-understood]"), "{}", run.out);
    assert!(run.out.contains("councils"), "{}", run.out);
}
