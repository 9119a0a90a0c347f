//! `stripout check` errs to one side: what may be offered is never passed as ruled out, and what is no camera is no camera.

use std::fs;

use crate::stripout;

const BUYER: [&str; 11] = [
    "--body",
    "department",
    "--nation",
    "GB",
    "--site",
    "sensitive",
    "--date",
    "2026-03-01",
    "--policy",
    "uk-wms-2022-11-24",
    "--json",
];

/// Exit code and how many items are covered, not known, neither, and left out.
fn gated(text: &str, name: &str) -> (i32, [u64; 4]) {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(name), text).unwrap();
    let run = stripout(home.path(), &[&["check", name], &BUYER[..]].concat());
    let lines = run.lines();
    let items = &lines.last().expect("a summary")["items"];
    let of = |what: &str| items[what].as_u64().unwrap();
    (
        run.code,
        [of("covered"), of("unknown"), of("neither"), of("left_out")],
    )
}

#[test]
fn what_is_offered_is_not_cleared_by_words_about_something_else() {
    for text in [
        "Existing analogue cameras to be removed and 12 Hikvision cameras fitted.\n",
        "Cameras: 16 no. Hikvision 4MP turret, c/w brackets, no warranty beyond 3 years\n",
        "Our price excludes the Hikvision recorder, which is free of charge.\n",
        "Supply 4 no. Hikvision cameras.\n",
    ] {
        let (code, [covered, ..]) = gated(text, "bid.txt");
        assert_eq!((code, covered), (6, 1), "{text}");
    }
    for text in [
        "Bidders must not offer Hikvision or Dahua equipment. We offer 6 Axis P3245-V cameras.\n",
        "No Hikvision parts are included.\n",
    ] {
        let (code, [covered, ..]) = gated(text, "bid.txt");
        assert_eq!((code, covered), (0, 0), "{text}");
    }
}

#[test]
fn a_guess_and_a_likeness_are_not_known() {
    for text in [
        "Hikvision DS-2CD2143G2-I dome\nCCTV cameras as drawing\n",
        "Cameras equivalent to Hikvision, but Hanwha supplied.\n",
    ] {
        let (code, [covered, unknown, ..]) = gated(text, "bid.txt");
        assert!(covered + unknown > 0, "{text}");
        assert!(code == 6 || unknown > 0, "{text}");
    }
}

#[test]
fn an_alarm_and_a_switch_are_no_cameras() {
    let table = "Item,Make,Model,Qty,Notes\n\
        1,Hikvision,DS-2CD2143G2-I,4,dome\n\
        8,Hikvision,DS-PWA64-L-WE,1,AX PRO alarm hub\n\
        9,Hikvision,DS-3E0510P-E,1,PoE switch\n";
    assert_eq!(gated(table, "bid.csv"), (6, [1, 0, 2, 0]));
    let alarms = table.replace("1,Hikvision,DS-2CD2143G2-I,4,dome\n", "");
    assert_eq!(gated(&alarms, "bid.csv"), (0, [0, 0, 2, 0]));
}
