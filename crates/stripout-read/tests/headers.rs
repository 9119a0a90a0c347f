//! Roles of columns, measured over the headers that UK publishers really use.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests are tests"
)]

use std::fmt::Write as _;
use std::path::Path;

use stripout_model::Role;
use stripout_read::{Layout, Sources};

fn role_name(role: Role) -> String {
    serde_json::to_value(role).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn columns_of_real_headers_have_the_right_role() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats/csv/headers.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let sources = Sources::default();
    let (mut right, mut all, mut headers) = (0, 0, 0);
    let mut wrong = String::new();
    for block in text.split("\n\n") {
        let columns: Vec<(&str, &str)> = block
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let header: Vec<&str> = columns.iter().map(|(cell, _)| *cell).collect();
        let layout = Layout::from_header(&header, &sources);
        headers += 1;
        for ((cell, want), role) in columns.iter().zip(&layout.roles) {
            all += 1;
            let found = role_name(*role);
            if found == *want {
                right += 1;
            } else {
                writeln!(wrong, "  {cell:?}: {found}, should be {want}").unwrap();
            }
        }
    }
    eprintln!("header roles: {right} of {all} columns right in {headers} distinct headers\n{wrong}");
    assert!(headers >= 40 && all >= 350, "the table of headers is cut short");
    assert!(right * 1000 >= all * 980, "{right} of {all}:\n{wrong}");
}

#[test]
fn of_several_columns_the_right_one_is_paid() {
    let chosen = |header: &[&str]| Layout::from_header(header, &Sources::default());
    let layout = chosen(&[
        "Gross",
        "VAT",
        "Net Amount",
        "Supplier ID",
        "Supplier Name",
        "Invoice Date",
        "Payment Date",
    ]);
    assert_eq!(
        (
            layout.columns.amount,
            layout.columns.supplier,
            layout.columns.date
        ),
        (Some(2), Some(4), Some(6))
    );
    assert_eq!(layout.other_amounts().collect::<Vec<_>>(), ["Gross", "VAT"]);
    let layout = chosen(&[
        "Department family",
        "Entity",
        "Date",
        "Supplier",
        "Purpose of Spend",
        "Amount",
    ]);
    assert_eq!((layout.columns.body, layout.columns.amount), (Some(1), Some(5)));
    let layout = chosen(&[
        "Body",
        "Body Name",
        "Merchant Category",
        "Merchant Name",
        "Net Amount",
    ]);
    assert_eq!((layout.columns.body, layout.columns.supplier), (Some(1), Some(3)));
}
