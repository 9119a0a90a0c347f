//! Rust files as tokens, without what is only said (comments, attributes) and what is only tested.

use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::tree::Tree;

/// Path and tokens of every source file that ends up in a build.
pub(crate) fn programs(tree: &Tree) -> Vec<(String, TokenStream)> {
    let files = tree.sources().into_iter().filter(|path| !is_test_file(path));
    files
        .map(|path| {
            let text = tree.text(&path).expect("a source file is UTF-8");
            let tokens = text
                .parse()
                .unwrap_or_else(|error| panic!("{path} is not Rust: {error}"));
            let tokens = without_tests(tokens);
            (path, tokens)
        })
        .collect()
}

/// `src/…/tests.rs` and files below `src/…/tests/`: modules behind `#[cfg(test)]`, by the custom of this repository.
fn is_test_file(path: &str) -> bool {
    Path::new(path)
        .with_extension("")
        .components()
        .any(|part| part.as_os_str() == "tests")
}

/// The tokens without attributes (so without doc comments) and without items behind `#[cfg(test)]`.
fn without_tests(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut in_test_item = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(punct) if punct.as_char() == '!'));
                let attribute = tokens.next_if(
                    |next| matches!(next, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket),
                );
                let text = attribute
                    .map(|it| it.to_string().replace(' ', ""))
                    .unwrap_or_default();
                in_test_item |= text == "[cfg(test)]";
            }
            TokenTree::Group(group) => {
                if !in_test_item {
                    let inside = without_tests(group.stream());
                    kept.push(TokenTree::Group(Group::new(group.delimiter(), inside)));
                }
                if group.delimiter() == Delimiter::Brace {
                    in_test_item = false;
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' && in_test_item => in_test_item = false,
            other if !in_test_item => kept.push(other),
            _ => {}
        }
    }
    kept.into_iter().collect()
}

/// The text of every string literal, with its quotes.
pub(crate) fn strings(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(strings(group.stream())),
            TokenTree::Literal(literal) if literal.to_string().contains('"') => {
                found.push(literal.to_string());
            }
            _ => {}
        }
    }
    found
}

/// Whether `module::item` is named, written out or inside a group of imports such as `std::{io, fs}`.
pub(crate) fn names_path(tokens: &TokenStream, module: &str, item: &str) -> bool {
    let text = tokens.to_string().replace(char::is_whitespace, "");
    let whole = |found: &str| !found.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    let direct = text.split(&format!("{module}::{item}")).skip(1).any(whole);
    let grouped = text.split(&format!("{module}::{{")).skip(1).any(|rest| {
        let group = rest.split([';', '}']).next().unwrap_or_default();
        group
            .split([',', '{'])
            .any(|one| one.strip_prefix(item).is_some_and(whole))
    });
    direct || grouped
}
