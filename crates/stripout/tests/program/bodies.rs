//! Whose is it: what is known of a body and from where, the same bytes in the folders of two, the name of one that is no more.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Run, stripout};

const ASSETS: &str = "Site,Make,Model,Qty\nTown Hall,Hikvision,DS-2CD2143G0-I,4\n";

fn listed(home: &Path) -> Run {
    stripout(home, &["list", "findings"]).ok()
}

#[test]
fn each_part_of_what_is_known_of_a_body_says_its_source_or_that_it_is_recalled() {
    let home = tempfile::tempdir().unwrap();
    let told = |id: &str| stripout(home.path(), &["explain", id]).ok().out;
    let leeds = told("leeds-city-council");
    assert!(
        leeds.contains("Kind council (GB-ENG, Yorkshire and The Humber), source: mySociety"),
        "{leeds}"
    );
    assert_eq!(leeds, told("body:leeds-city-council"));
    let university = told("university-of-bristol");
    assert!(
        university.contains("Verification: partly. The name was read there"),
        "{university}"
    );
    assert!(told("balmoral-estate").contains("recalled: no source was read for it"));
    let json = stripout(home.path(), &["explain", "abertay-university", "--json"]).ok();
    let [one] = <[Value; 1]>::try_from(json.lines()).unwrap();
    assert_eq!(
        (&one["verification"], &one["file"]),
        (&"recalled".into(), &"bodies/universities.csv".into())
    );
    let nobody = stripout(home.path(), &["explain", "no-such-council"]);
    assert_eq!(nobody.code, 2, "{}", nobody.out);
}

#[test]
fn the_same_bytes_in_the_folders_of_two_bodies_are_asked_about_and_never_given_to_one() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    for folder in ["in/Harrow Council", "in/copies"] {
        fs::create_dir_all(home.join(folder)).unwrap();
        fs::write(home.join(folder).join("assets.csv"), ASSETS).unwrap();
    }
    stripout(home, &["screen", "in", "--quiet"]).ok();
    let out = listed(home).out;
    assert!(
        out.contains("london-borough-of-harrow.hikvision.town-hall"),
        "{out}"
    );
    // The second comes in a later run, and no folder of a body is forgotten.
    fs::create_dir_all(home.join("in/NHS Fife")).unwrap();
    fs::write(home.join("in/NHS Fife/assets.csv"), ASSETS).unwrap();
    stripout(home, &["screen", "in", "--quiet"]).ok();
    for register in ["stripout.db", "again.db"] {
        if register == "again.db" {
            stripout(home, &["rebuild", "--out", register, "--quiet"]).ok();
        }
        let out = stripout(home, &["list", "findings", "--register", register])
            .ok()
            .out;
        assert!(!out.contains("london-borough-of-harrow.hikvision"), "{out}");
        for part in ["in/Harrow Council/assets.csv", "in/NHS Fife/assets.csv"] {
            assert!(out.contains(part), "{part} in {out}");
        }
    }
}

#[test]
fn a_letter_of_a_council_that_is_no_more_keeps_its_name() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let letter = |day: &str| {
        format!(
            "Mendip District Council\n{day}\n\nDear Ms Example\n\nFreedom of Information request 12\n\nWe have 15 Hikvision \
             cameras.\n\nYours sincerely\nInformation Officer\n"
        )
    };
    fs::write(home.join("after.txt"), letter("3 May 2024")).unwrap();
    stripout(home, &["screen", "after.txt", "--quiet"]).ok();
    let out = listed(home).out;
    assert!(
        out.contains("A reply of Mendip District Council (now Somerset Council) of 3 May 2024"),
        "{out}"
    );
    // A day that was not yet when the letter came is nobody's.
    fs::write(home.join("later.txt"), letter("3 May 2134")).unwrap();
    stripout(home, &["screen", "later.txt", "--quiet"]).ok();
    let out = listed(home).out;
    assert!(!out.contains("2134"), "{out}");
}
