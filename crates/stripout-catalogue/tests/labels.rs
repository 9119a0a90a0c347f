//! Labels resolve to the maker that the sources support, and to none where they disagree.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "in tests outside of test functions too"
)]

use stripout_catalogue::Catalogue;
use stripout_model::MakerId;

#[track_caller]
fn check(brand: &str, expected: Option<&str>) {
    let (catalogue, _) = Catalogue::read(None).unwrap();
    let brand = &catalogue.brands[&brand.parse().unwrap()];
    let maker = brand.maker().and_then(|m| m.maker.as_ref());
    assert_eq!(maker.map(MakerId::as_str), expected, "{}", brand.label);
}

#[test]
fn labels_of_hikvision() {
    for brand in [
        "hilook",
        "hiwatch",
        "ezviz",
        "hikmicro",
        "hikrobot",
        "hikcentral",
        "annke",
        "lts",
        "safire",
        "truvision",
        "laview",
        "grundig-security",
        "swann",
        "pyronix",
    ] {
        check(brand, Some("hikvision"));
    }
}

#[test]
fn labels_of_dahua() {
    for brand in [
        "lorex",
        "amcrest",
        "imou",
        "x-security",
        "kbvision",
        "ic-realtime",
        "cp-plus",
        "intelbras",
        "loryta",
    ] {
        check(brand, Some("dahua"));
    }
}

#[test]
fn labels_of_others() {
    check("vigi", Some("tp-link"));
    check("tapo", Some("tp-link"));
    check("zkteco", Some("hikvision")); // listed so, not looked for: its name is a maker's own
}

#[test]
fn no_maker_where_sources_disagree_or_none_is_established() {
    for brand in ["alibi", "genie-cctv", "winic", "activecam", "vista", "redspeed"] {
        check(brand, None);
    }
}
