//! Tables whose headings name makers, and items of notices that count them, through the whole program.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{sightings, stripout};

/// Maker, stance, count, excerpt and site of each sighting in `file`, in the order of the file.
fn told(home: &Path, file: &str, text: &str) -> Vec<String> {
    fs::write(home.join(file), text).unwrap();
    stripout(home, &["screen", file, "--quiet"]);
    let mut rows: Vec<Value> = sightings(home, &[]);
    rows.retain(|row| {
        row["source"]
            .as_str()
            .is_some_and(|source| source.ends_with(file))
    });
    rows.sort_by_key(|row| {
        let bytes = &row["locator"]["bytes"]["start"];
        let column = &row["locator"]["decoding"]["escape"]["column"];
        (bytes.as_u64(), column.as_u64(), row["id"].as_u64())
    });
    let word = |row: &Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    rows.iter()
        .map(|row| {
            let count = row["count"]
                .as_u64()
                .map_or("-".into(), |count| count.to_string());
            format!(
                "{} {} {count} {:?}",
                word(row, "maker"),
                word(row, "stance"),
                word(row, "excerpt")
            )
        })
        .collect()
}

#[test]
fn a_column_for_each_maker_is_read_with_its_heading() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    for (file, text, wanted) in [
        (
            "sites.csv",
            "Site,Hikvision,Dahua,Axis\nTown Hall,12,0,3\nDepot,4,-,1\nPool,,Yes,\nTotal,16,0,4\n",
            vec![
                r#"hikvision has 12 "Hikvision: 12""#,
                r#"dahua denies 0 "Dahua: 0""#,
                r#"hikvision has 4 "Hikvision: 4""#,
                r#"dahua has - "Dahua: Yes""#,
                // Its parts are counted.
                r#"hikvision has - "Hikvision: 16""#,
                r#"dahua denies 0 "Dahua: 0""#,
            ],
        ),
        (
            "answers.tsv",
            "Building\tHikvision cameras\tDahua cameras\nHall\tYes\tNo\nPool\tNo\tNo\n",
            vec![
                r#"hikvision has - "Hikvision cameras: Yes""#,
                r#"dahua denies - "Dahua cameras: No""#,
                r#"hikvision denies - "Hikvision cameras: No""#,
                r#"dahua denies - "Dahua cameras: No""#,
            ],
        ),
        (
            "removed.csv",
            "\"Depot, or site\";\"Hikvision\nremoved\";Dahua in use\n\"Hall; east\";3;2\nYard;0;1\n",
            vec![
                "hikvision removed 3 \"Hikvision\\nremoved: 3\"",
                r#"dahua has 2 "Dahua in use: 2""#,
                "hikvision mentions - \"Hikvision\\nremoved: 0\"",
                r#"dahua has 1 "Dahua in use: 1""#,
            ],
        ),
        (
            "states.csv",
            "Make,In use,Decommissioned\nHikvision,12,4\nDahua,0,7\n",
            vec![r#"hikvision has 12 "Hikvision""#, r#"dahua removed 7 "Dahua""#],
        ),
        (
            "places.csv",
            "Make,Town Hall,Depot,Library\nHikvision,12,0,3\nDahua,0,0,0\n",
            vec![r#"hikvision has 15 "Hikvision""#, r#"dahua denies 0 "Dahua""#],
        ),
        // Sales, prices and years are nobody's cameras.
        (
            "years.csv",
            "Year,Hikvision,Dahua\n2019,12,0\n",
            vec![
                r#"hikvision mentions - "Hikvision: 12""#,
                r#"dahua mentions - "Dahua: 0""#,
            ],
        ),
        (
            "prices.csv",
            "Site,Hikvision price,Dahua price\nHall,120,90\n",
            vec![],
        ),
        (
            "page.html",
            "<table><tr><th>Site</th><th>Hikvision</th><th>Dahua</th></tr><tr><td>Hall</td><td>12</td><td></td></tr>\
             <tr><td>Depot</td><td>2</td><td>0</td></tr></table>",
            vec![
                r#"hikvision has 14 "| Site | Hikvision | Dahua |""#,
                r#"dahua denies 0 "| Site | Hikvision | Dahua |""#,
            ],
        ),
    ] {
        assert_eq!(told(home, file, text), wanted, "{file}");
    }
    let verified = stripout(home, &["verify"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
}

#[test]
fn an_excerpt_under_another_heading_is_found_out() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    told(home, "sites.csv", "Site,Hikvision,Other\nTown Hall,12,3\n");
    // Kept copies are of no help where there are none.
    let _ = fs::remove_dir_all(home.join("stripout.evidence"));
    fs::write(home.join("sites.csv"), "Site,Somewhat,Other\nTown Hall,12,3\n").unwrap();
    assert_eq!(stripout(home, &["verify"]).code, 6);
}

#[test]
fn an_item_gives_its_quantity() {
    let home = tempfile::tempdir().unwrap();
    let release = |items: &str| {
        format!(
            r#"{{"ocid":"ocds-x-1","id":"1","date":"2024-02-01T00:00:00Z","tag":["award"],"buyer":{{"name":"Example Council"}},"tender":{{"id":"1","title":"CCTV","items":[{items}]}},"awards":[{{"id":"1","status":"active"}}]}}"#
        )
    };
    for (file, items, wanted) in [
        (
            "each.json",
            r#"{"id":"1","description":"Hikvision dome camera","quantity":12,"unit":{"name":"Each"}},{"id":"2","description":"Dahua recorder","quantity":3.0,"unit":{"scheme":"UNCEFACT","id":"C62"}}"#,
            vec!["hikvision has 12", "dahua has 3"],
        ),
        // Metres, lots and months are no devices, and one of something unsaid is one lot.
        (
            "metres.json",
            r#"{"id":"1","description":"Hikvision dome camera","quantity":250,"unit":{"name":"metre"}},{"id":"2","description":"Dahua cameras","quantity":1}"#,
            vec!["hikvision has -", "dahua has -"],
        ),
        (
            "several.json",
            r#"{"id":"1","description":"Hikvision and Dahua cameras","quantity":9,"unit":{"name":"unit"}}"#,
            vec!["dahua has -", "hikvision has -"],
        ),
    ] {
        let told = told(home.path(), file, &release(items));
        let mut plain: Vec<String> = told
            .iter()
            .map(|row| row.split(" \"").next().unwrap_or_default().to_owned())
            .collect();
        plain.sort();
        let mut wanted = wanted;
        wanted.sort_unstable();
        assert_eq!(plain, wanted, "{file}");
    }
}
