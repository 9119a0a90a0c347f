//! Every command that the documents show is run, and prints what they say.
//!
//! `TRYCMD=overwrite cargo test -p stripout --test documentation` writes what the program prints into the documents.

use std::fs;
use std::path::{Path, PathBuf};

/// Documents with `console` blocks. Each block runs in a folder of its own with the examples in it.
const DOCUMENTS: [&str; 2] = ["README.md", "docs/requests.md"];

/// What the commands read.
const EXAMPLES: [&str; 8] = [
    "examples/evidence",
    "examples/bid",
    "examples/what-if",
    "examples/catalogue",
    "examples/catalogue/bodies",
    "examples/catalogue/policies",
    "fixtures/reference",
    "fixtures/requests",
];

#[test]
fn documented_commands_print_what_is_shown() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let cases = trycmd::TestCases::new();
    for document in DOCUMENTS {
        let copy = home.path().join(document);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        fs::copy(root().join(document), &copy).expect("the document");
        // A folder of this name beside a document is where trycmd runs its blocks, each in a copy.
        for folder in EXAMPLES {
            let inside = copy.with_extension("in").join(folder);
            fs::create_dir_all(&inside).expect("a folder");
            for file in fs::read_dir(root().join(folder)).expect("the examples") {
                let file = file.expect("an example");
                if file.path().is_dir() {
                    continue;
                }
                fs::copy(file.path(), inside.join(file.file_name())).expect("a copy");
            }
        }
        cases.case(&copy);
    }
    cases.run();
    if std::env::var_os("TRYCMD").is_some_and(|wish| wish == "overwrite") {
        for document in DOCUMENTS {
            fs::copy(home.path().join(document), root().join(document)).expect("the document");
        }
    }
}

#[test]
fn every_document_with_commands_is_run() {
    for folder in [
        root(),
        root().join("docs"),
        root().join("data"),
        root().join("bench"),
    ] {
        for file in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let path = file.path();
            if path.extension().is_none_or(|end| end != "md") {
                continue;
            }
            let shows = fs::read_to_string(&path)
                .expect("a document")
                .contains("```console");
            let name = path
                .strip_prefix(root())
                .expect("inside")
                .to_string_lossy()
                .into_owned();
            let listed = DOCUMENTS.contains(&name.as_str());
            assert_eq!(
                shows, listed,
                "{name}: list it in DOCUMENTS when it shows commands"
            );
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the workspace")
}
