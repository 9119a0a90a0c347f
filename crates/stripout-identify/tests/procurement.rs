//! Real payment rows and notices: the one that names a maker, the payee of a group, and those that only look like it.
#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    reason = "figures for people; spans are on boundaries"
)]

mod support;

use jiff::civil::date;
use stripout_model::{Confidence, DocumentKind, Passage, Role, Shape, Stance, Via};
use support::{IDENTIFIER, identify_row, passage, shared};

/// A payment in the layout of a council, with other names.
#[test]
fn a_split_name_in_a_payment() {
    let found = identify_row(
        DocumentKind::Spend,
        &[
            (Role::Body, "Body Name", "Northmere Borough Council"),
            (Role::Category, "Expenditure Code", "Equipment"),
            (Role::Date, "Payment date", "2016-03-30"),
            (Role::Supplier, "Supplier Name", "KESTREL CONTROL SYSTEMS LTD"),
            (Role::Amount, "Net Amount", "3627.50"),
            (
                Role::Purpose,
                "Narrative",
                "Supply  and  Installation of 5 number HIK Vision Recorders",
            ),
        ],
    );
    let [mention] = found.mentions.as_slice() else {
        panic!("one mention, not {:?}", found.mentions)
    };
    assert_eq!(mention.maker.as_str(), "hikvision");
    assert_eq!(
        (mention.passage, mention.via, mention.stance, mention.count),
        (5, Via::Typo, Stance::Has, Some(5))
    );
    assert_eq!(mention.confidence, Confidence::Likely);
    assert!(mention.why.contains("\"HIK Vision\""), "{}", mention.why);
    assert_eq!(found.lead, None);
}

#[test]
fn a_payee_is_no_product() {
    let row = |supplier: &'static str, purpose: &'static str| {
        [
            passage(supplier, Role::Supplier, "Supplier"),
            passage(purpose, Role::Purpose, "Purpose"),
        ]
    };
    let paid = |cells: &[Passage<'_>], year| {
        IDENTIFIER.record(DocumentKind::Spend, Shape::Row, cells, Some(date(year, 10, 1)))
    };
    let found = paid(&row("PYRONIX LIMITED", "FEE EXPENSES"), 2013);
    assert_eq!(found.mentions, []);
    let [tie] = found.affiliations.as_slice() else {
        panic!("one tie, not {:?}", found.affiliations)
    };
    assert_eq!(
        (tie.maker.as_str(), tie.tied_at_the_time),
        ("hikvision", Some(false)),
        "{}",
        tie.why
    );
    assert!(
        tie.why.contains("2016") && tie.why.contains("recalled"),
        "{}",
        tie.why
    );
    let found = paid(&row("PYRONIX LIMITED", "FEE EXPENSES"), 2019);
    assert_eq!(
        found.affiliations.first().map(|t| t.tied_at_the_time),
        Some(Some(true))
    );
    assert_eq!(paid(&row("FOCUS CCTV", "EQUIPMENT"), 2019).affiliations, []);
    for supplier in [
        "SWANN ENGINEERING",
        "CP PLUS LTD T/A GROUP NEXUS",
        "TELECOM SECURITY",
        "SALTS SECURITY LTD",
    ] {
        let found = paid(&row(supplier, "CCTV camera works"), 2019);
        assert_eq!(
            (found.mentions.len(), found.affiliations.len()),
            (0, 0),
            "{supplier}"
        );
    }
}

#[test]
fn people_are_not_screened() {
    let found = identify_row(
        DocumentKind::Contract,
        &[
            (Role::Contact, "contactPoint", "Dahua Hikvision"),
            (Role::Text, "title", "CCTV cameras"),
        ],
    );
    assert_eq!(found.mentions, []);
}

struct Seed {
    file: String,
    line: usize,
    label: String,
}

fn seeds() -> Option<Vec<Seed>> {
    let path = shared("data/procurement/labels-seed.tsv")?;
    let text = std::fs::read_to_string(path).expect("labels");
    let seed = |line: &str| {
        let mut cells = line.split('\t');
        let file = cells.next()?.to_owned();
        let line = cells.next()?.parse().ok()?;
        Some(Seed {
            file,
            line,
            label: cells.nth(1)?.to_owned(),
        })
    };
    Some(text.lines().skip(1).filter_map(seed).collect())
}

/// The text of a line, each cell as free text: the worst case, in which nothing says that it is a payee.
fn cells(seed: &Seed) -> Vec<String> {
    let path = shared("data/procurement").expect("found before").join(&seed.file);
    let bytes = std::fs::read(path).expect("a file of the corpus");
    let text: String = match std::str::from_utf8(&bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    };
    let line = text.lines().nth(seed.line - 1).expect("the line");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(line.as_bytes());
    reader
        .records()
        .flat_map(|r| r.expect("cells").iter().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn what_only_looks_like_a_name_is_at_most_for_review() {
    let Some(seeds) = seeds() else { return };
    let mut checked = 0;
    for seed in seeds.iter().filter(|s| s.label == "false") {
        let cells = cells(seed);
        let passages: Vec<_> = cells.iter().map(|c| passage(c, Role::Text, "")).collect();
        let found = IDENTIFIER.record(DocumentKind::Spend, Shape::Row, &passages, None);
        for mention in &found.mentions {
            eprintln!("{} line {}: {}", seed.file, seed.line, mention.why);
            assert_eq!(
                mention.confidence,
                Confidence::Review,
                "{} line {}: {}",
                seed.file,
                seed.line,
                mention.why
            );
        }
        checked += 1;
    }
    assert_eq!(checked, 40);
}

#[test]
fn the_row_that_names_a_maker() {
    let Some(seeds) = seeds() else { return };
    for seed in seeds.iter().filter(|s| s.label == "true") {
        let cells = cells(seed);
        let passages: Vec<_> = cells.iter().map(|c| passage(c, Role::Text, "")).collect();
        assert!(IDENTIFIER.sieve(cells.join(",").as_bytes()));
        let found = IDENTIFIER.record(DocumentKind::Spend, Shape::Row, &passages, None);
        let [mention] = found.mentions.as_slice() else {
            panic!("one mention, not {:?}", found.mentions)
        };
        assert_eq!(
            (mention.maker.as_str(), mention.stance, mention.count),
            ("hikvision", Stance::Has, Some(5))
        );
    }
}

#[test]
fn campaign_texts() {
    let Some(folder) = shared("data/campaign") else {
        return;
    };
    let mut typos = 0;
    for file in std::fs::read_dir(folder).expect("the folder") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(path).expect("a text");
        let passages: Vec<_> = text.lines().map(|l| passage(l, Role::Text, "")).collect();
        let found = IDENTIFIER.record(DocumentKind::Web, Shape::Prose, &passages, None);
        let named = text.matches("Hikvision").count()
            + text.matches("Dahua").count()
            + text.matches("Hikvisoin").count();
        assert_eq!(found.mentions.len(), named, "{:?}", found.mentions);
        for mention in &found.mentions {
            let surface = &passages[mention.passage].text[mention.span.clone()];
            assert_eq!(
                mention.via == Via::Typo,
                surface == "Hikvisoin",
                "{surface}: {}",
                mention.why
            );
            typos += usize::from(mention.via == Via::Typo);
        }
    }
    assert_eq!(typos, 1);
}
