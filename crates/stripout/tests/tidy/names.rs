//! Makers and brands are data: none of their names stands in a string of the program.

use std::collections::BTreeSet;

use toml::Value;

use crate::program::{programs, strings};
use crate::tree::Tree;
use crate::{complaints_over, expect_clean};

/// Shorter ones are abbreviations that mean other things too.
const SHORTEST: usize = 4;

fn names_in_strings(tree: &Tree) -> Vec<String> {
    let names = catalogue_names(tree);
    if names.is_empty() {
        return vec!["no maker or brand found under data/: this rule would pass without looking".to_owned()];
    }
    let mut complaints = Vec::new();
    for (path, program) in programs(tree) {
        for string in strings(program) {
            let folded = string.to_lowercase();
            if let Some(name) = names.iter().find(|name| holds_word(&folded, name)) {
                complaints.push(format!(
                    "{path}: the string {} names `{name}`: makers and brands belong in data/",
                    string.escape_debug()
                ));
            }
        }
    }
    complaints
}

/// Labels and spellings that need no context to be believed, in lower case.
fn catalogue_names(tree: &Tree) -> BTreeSet<String> {
    let files = tree.files();
    let entries = files.iter().filter(|path| {
        (path.starts_with("data/makers/") || path.starts_with("data/brands/"))
            && path.rsplit('.').next() == Some("toml")
    });
    let mut names = BTreeSet::new();
    for path in entries {
        let entry = tree.toml(path);
        let spellings = entry.get("names").and_then(Value::as_array).into_iter().flatten();
        names.extend(spellings.filter_map(strong).map(str::to_lowercase));
    }
    names.retain(|name| name.chars().count() >= SHORTEST);
    names
}

/// The spelling, unless it is one that needs camera words beside it. A plain string needs nothing.
fn strong(name: &Value) -> Option<&str> {
    match name {
        Value::String(text) => Some(text),
        _ if name.get("rule").and_then(Value::as_str) == Some("context") => None,
        _ => name.get("text")?.as_str(),
    }
}

fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|it| it.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[test]
fn no_maker_or_brand_is_named_in_the_program() {
    expect_clean(&names_in_strings(&Tree::here()));
}

#[test]
fn a_name_in_the_program_is_found_and_one_in_a_test_is_not() {
    let found = complaints_over(
        names_in_strings,
        &[
            (
                "data/brands/examplecam.toml",
                "names = [\"Examplecam\", { text = \"Genie\", rule = \"context\" }, { text = \"Otherlabel\" }]",
            ),
            (
                "crates/x/src/lib.rs",
                r#"
                //! Examplecam is fine in a comment.
                /// Also "Examplecam" here.
                fn f() -> &'static str { g(b"an EXAMPLECAM dome"); "a genie, preexamplecams" }
                #[cfg(test)]
                mod tests { const T: &str = "Examplecam"; }
                const AFTER: &str = r"examplecam";
                const OTHER: &str = "otherlabel:";
                "#,
            ),
        ],
    );
    assert_eq!(
        found,
        [
            "crates/x/src/lib.rs: the string b\\\"an EXAMPLECAM dome\\\" names `examplecam`: makers and brands belong in data/",
            "crates/x/src/lib.rs: the string r\\\"examplecam\\\" names `examplecam`: makers and brands belong in data/",
            "crates/x/src/lib.rs: the string \\\"otherlabel:\\\" names `otherlabel`: makers and brands belong in data/",
        ]
    );
}

#[test]
fn an_empty_catalogue_is_no_excuse() {
    let found = complaints_over(names_in_strings, &[("crates/x/src/lib.rs", "")]);
    assert_eq!(
        found,
        ["no maker or brand found under data/: this rule would pass without looking"]
    );
}
