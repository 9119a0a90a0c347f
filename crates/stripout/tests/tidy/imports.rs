//! Who may import whom, and what a pure crate may not touch.

use toml::{Table, Value};

use crate::program::{names_path, programs};
use crate::tree::Tree;
use crate::{complaints_over, expect_clean};

/// ARCHITECTURE.md, "Who may import whom". A crate that is not here may import nothing of ours until it is.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("stripout-model", &[]),
    ("stripout-catalogue", &["model"]),
    ("stripout-wire", &["model"]),
    ("stripout-pdf", &["model"]),
    ("stripout-print", &[]),
    ("stripout-read", &["model", "wire"]),
    ("stripout-probe", &["model", "wire"]),
    ("stripout-identify", &["model", "catalogue", "wire"]),
    ("stripout-register", &["model"]),
    ("stripout-judge", &["model", "catalogue"]),
    ("stripout-act", &["model", "catalogue"]),
    (
        "stripout-ingest",
        &["model", "catalogue", "read", "probe", "identify", "register"],
    ),
    (
        "stripout-serve",
        &[
            "model",
            "catalogue",
            "register",
            "judge",
            "act",
            "ingest",
            "print",
        ],
    ),
];

/// The binary composes everything.
const COMPOSER: &str = "stripout";

/// Crates that turn values into values: no files, no network, no database, no clock, no threads of a runtime.
const PURE: &[&str] = &[
    "stripout-model",
    "stripout-wire",
    "stripout-identify",
    "stripout-judge",
    "stripout-act",
];
const OUTSIDE_CRATES: &[&str] = &[
    "axum", "ignore", "reqwest", "rusqlite", "socket2", "sqlx", "tempfile", "tokio",
];
const OUTSIDE_PATHS: &[(&str, &str)] = &[
    ("std", "fs"),
    ("std", "net"),
    ("std", "process"),
    ("SystemTime", "now"),
    ("Zoned", "now"),
    ("Timestamp", "now"),
];

fn imports(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for Member { name, manifest } in members(tree) {
        if name == COMPOSER {
            continue;
        }
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(known, _)| *known == name) else {
            complaints.push(format!(
                "{name} is not in the import map (ARCHITECTURE.md, \"Who may import whom\")"
            ));
            continue;
        };
        for dependency in dependencies(&manifest) {
            let Some(ours) = dependency.strip_prefix("stripout-") else {
                continue;
            };
            if !allowed.contains(&ours) {
                let short = name.trim_start_matches("stripout-");
                let may = if allowed.is_empty() {
                    "nothing of ours".to_owned()
                } else {
                    format!("only {}", allowed.join(", "))
                };
                complaints.push(format!(
                    "{name} imports {dependency}, but {short} may import {may} (ARCHITECTURE.md, \"Who may import whom\")"
                ));
            }
        }
    }
    complaints
}

fn purity(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for Member { name, manifest } in members(tree)
        .into_iter()
        .filter(|member| PURE.contains(&member.name.as_str()))
    {
        for dependency in dependencies(&manifest)
            .iter()
            .filter(|it| OUTSIDE_CRATES.contains(&it.as_str()))
        {
            complaints.push(format!(
                "{name} is pure, so it may not depend on {dependency}: values in, values out"
            ));
        }
        let folder = format!("crates/{name}/src/");
        for (path, program) in programs(tree)
            .iter()
            .filter(|(path, _)| path.starts_with(&folder))
        {
            for (module, item) in OUTSIDE_PATHS
                .iter()
                .filter(|(module, item)| names_path(program, module, item))
            {
                complaints.push(format!(
                    "{path}: {name} is pure, so it may not use {module}::{item}: take the value as an argument"
                ));
            }
        }
    }
    complaints
}

/// Versions stand once, in the root manifest: two crates must not drift apart.
fn versions(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for Member { name, manifest } in members(tree) {
        for (dependency, value) in tables(
            &manifest,
            &["dependencies", "dev-dependencies", "build-dependencies"],
        ) {
            let inherited = value.get("workspace").and_then(Value::as_bool) == Some(true);
            if !inherited {
                complaints.push(format!(
                    "{name} states its own version of {dependency}: put it under [workspace.dependencies] and write `{dependency}.workspace = true`"
                ));
            }
        }
    }
    complaints
}

struct Member {
    name: String,
    manifest: Table,
}

fn members(tree: &Tree) -> Vec<Member> {
    tree.crates()
        .into_iter()
        .map(|it| Member {
            name: it.folder,
            manifest: it.manifest,
        })
        .collect()
}

/// What ends up in the build of the crate itself; test code may look across.
fn dependencies(manifest: &Table) -> Vec<String> {
    tables(manifest, &["dependencies", "build-dependencies"])
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}

/// Entries of these tables, also under `[target.…]`.
fn tables(manifest: &Table, kinds: &[&str]) -> Vec<(String, Value)> {
    let targets = manifest.get("target").and_then(Value::as_table);
    let scopes = std::iter::once(manifest).chain(
        targets
            .into_iter()
            .flat_map(Table::values)
            .filter_map(Value::as_table),
    );
    let mut entries = Vec::new();
    for scope in scopes {
        for kind in kinds {
            if let Some(table) = scope.get(*kind).and_then(Value::as_table) {
                entries.extend(table.iter().map(|(name, value)| (name.clone(), value.clone())));
            }
        }
    }
    entries
}

#[test]
fn crates_import_only_what_the_map_allows() {
    expect_clean(&imports(&Tree::here()));
}

#[test]
fn pure_crates_touch_nothing_outside() {
    expect_clean(&purity(&Tree::here()));
}

#[test]
fn versions_stand_in_the_root_manifest() {
    expect_clean(&versions(&Tree::here()));
}

#[test]
fn a_forbidden_import_is_named_with_its_rule() {
    let found = complaints_over(
        imports,
        &[
            (
                "crates/stripout-read/Cargo.toml",
                "[dependencies]\nstripout-catalogue.workspace = true\nstripout-model.workspace = true",
            ),
            (
                "crates/stripout-model/Cargo.toml",
                "[target.'cfg(unix)'.dependencies]\nstripout-wire.workspace = true",
            ),
            (
                "crates/stripout/Cargo.toml",
                "[dependencies]\nstripout-read.workspace = true",
            ),
            ("crates/stripout-new/Cargo.toml", "[package]"),
        ],
    );
    assert_eq!(
        found,
        [
            "stripout-model imports stripout-wire, but model may import nothing of ours (ARCHITECTURE.md, \"Who may import whom\")",
            "stripout-new is not in the import map (ARCHITECTURE.md, \"Who may import whom\")",
            "stripout-read imports stripout-catalogue, but read may import only model, wire (ARCHITECTURE.md, \"Who may import whom\")",
        ]
    );
}

#[test]
fn a_pure_crate_that_reads_files_is_named() {
    let found = complaints_over(
        purity,
        &[
            (
                "crates/stripout-judge/Cargo.toml",
                "[dependencies]\nsqlx.workspace = true",
            ),
            (
                "crates/stripout-judge/src/lib.rs",
                "// std::fs is for others\nuse std::fs::read;\n",
            ),
            (
                "crates/stripout-judge/src/grouped.rs",
                "use std::{fmt, net::IpAddr, fsx};\n",
            ),
            (
                "crates/stripout-judge/src/tested.rs",
                "fn f() {}\n#[cfg(test)]\nmod tests { use std::fs; }\n",
            ),
            ("crates/stripout-judge/src/stance/tests.rs", "use std::fs;\n"),
            (
                "crates/stripout-read/Cargo.toml",
                "[dependencies]\nignore.workspace = true",
            ),
        ],
    );
    assert_eq!(
        found,
        [
            "stripout-judge is pure, so it may not depend on sqlx: values in, values out",
            "crates/stripout-judge/src/grouped.rs: stripout-judge is pure, so it may not use std::net: take the value as an argument",
            "crates/stripout-judge/src/lib.rs: stripout-judge is pure, so it may not use std::fs: take the value as an argument",
        ]
    );
}

#[test]
fn a_version_of_its_own_is_named() {
    let found = complaints_over(
        versions,
        &[(
            "crates/stripout-judge/Cargo.toml",
            "[dependencies]\nserde = \"1\"\n[dev-dependencies]\ninsta.workspace = true",
        )],
    );
    assert_eq!(
        found,
        [
            "stripout-judge states its own version of serde: put it under [workspace.dependencies] and write `serde.workspace = true`"
        ]
    );
}
