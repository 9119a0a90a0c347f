//! Every command that the documents show is run, and prints what they say.

use std::fs;
use std::path::Path;

/// Documents with `console` blocks. Each runs in a folder of its own with the examples beside it.
const DOCUMENTS: [&str; 1] = ["README.md"];

#[test]
fn documented_commands_print_what_is_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let cases = trycmd::TestCases::new();
    for document in DOCUMENTS {
        cases.case(root.join(document));
    }
    cases.run();
}

#[test]
fn every_document_with_commands_is_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut documents = vec![
        root.clone(),
        root.join("docs"),
        root.join("data"),
        root.join("bench"),
    ];
    documents.retain(|folder| folder.is_dir());
    for folder in documents {
        for file in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let path = file.path();
            if path.extension().is_none_or(|end| end != "md") {
                continue;
            }
            let shows = fs::read_to_string(&path)
                .expect("a document")
                .contains("```console");
            let name = path
                .strip_prefix(&root)
                .expect("inside")
                .to_string_lossy()
                .into_owned();
            assert_eq!(
                shows,
                DOCUMENTS.contains(&name.as_str()),
                "{name}: list it in DOCUMENTS when it shows commands"
            );
        }
    }
}
