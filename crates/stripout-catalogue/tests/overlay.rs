//! An overlay adds and overrides entries by id, and a broken one is told fault by fault.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "in tests outside of test functions too"
)]

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use stripout_catalogue::{Bodies, Catalogue, CatalogueError, Fault};
use tempfile::TempDir;

fn overlay(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Faults that the overlay adds to those of the embedded set, which another test keeps at none.
fn faults(files: &[(&str, &str)]) -> Vec<Fault> {
    static BEFORE: OnceLock<Vec<Fault>> = OnceLock::new();
    let before = BEFORE.get_or_init(|| {
        let (embedded, unreadable) = Catalogue::read(None).unwrap();
        [unreadable, embedded.check()].concat()
    });
    let folder = overlay(files);
    let (catalogue, unreadable) = Catalogue::read(Some(folder.path())).unwrap();
    [unreadable, catalogue.check()]
        .concat()
        .into_iter()
        .filter(|fault| !before.contains(fault))
        .collect()
}

#[track_caller]
fn check(path: &str, text: &str, entry: &str, what: &str) {
    let faults = faults(&[(path, text)]);
    let found = faults
        .iter()
        .find(|f| f.file == path && f.entry == entry && f.what.contains(what));
    assert!(
        found.is_some_and(|f| !f.hint.is_empty()),
        "no fault `{what}` of `{entry}` among {faults:#?}"
    );
}

const BRAND: &str = r#"
id = "examplecam"
label = "Examplecam"
names = ["Examplecam"]
examples = ["4 x Examplecam dome"]
[[made-by]]
maker = "dahua"
relation = "oem-rebrand"
certainty = "low"
publish = false
wording = "is reported to be a rebrand of equipment made by"
sources = ["recalled"]
verification = "recalled"
"#;

const MODEL: &str = r#"
[[model]]
id = "examplecam-ec"
maker = "dahua"
device = "camera"
description = "codes of the test"
pattern = '\bEC-\d{4}X\b'
examples = ["EC-1234X"]
specificity = "high"
sources = ["recalled"]
verification = "recalled"
"#;

fn brand(from: &str, to: &str) -> String {
    assert!(BRAND.contains(from), "{from}");
    BRAND.replace(from, to)
}

#[test]
fn a_sound_overlay_adds_and_overrides() {
    let hilook = BRAND.replace("examplecam", "hilook");
    let value = "[[value]]\nid = \"periscope\"\nmeaning = \"a camera on a mast\"\n";
    let folder = overlay(&[
        ("brands/examplecam.toml", BRAND),
        ("brands/hilook.toml", &hilook.replace("Examplecam", "Hilookcam")),
        (
            "models/examplecam.toml",
            &MODEL.replace("\"camera\"", "\"periscope\""),
        ),
        ("vocab/device-kinds.toml", value),
    ]);
    let (embedded, _) = Catalogue::read(None).unwrap();
    let (catalogue, unreadable) = Catalogue::read(Some(folder.path())).unwrap();
    assert_eq!(unreadable, Catalogue::read(None).unwrap().1);
    assert_eq!(catalogue.brands.len(), embedded.brands.len() + 1);
    assert_eq!(catalogue.brands[&"hilook".parse().unwrap()].label, "Hilookcam");
    assert_eq!(catalogue.models.len(), embedded.models.len() + 1);
    let values = |c: &Catalogue| c.vocabularies["device-kinds"].values.len();
    assert_eq!(
        values(&catalogue),
        values(&embedded) + 1,
        "values are added, not replaced"
    );
    assert_eq!(
        faults(&[
            ("brands/examplecam.toml", BRAND),
            ("models/examplecam.toml", MODEL)
        ]),
        []
    );
}

#[test]
fn files_that_do_not_parse() {
    check(
        "brands/examplecam.toml",
        "id = \"examplecam\"\nlabel = 3",
        "",
        "label = 3",
    );
    check(
        "brands/examplecam.toml",
        &format!("colour = \"red\"\n{BRAND}"),
        "",
        "unknown field `colour`",
    );
    check(
        "brands/examplecam.toml",
        &brand("\"low\"", "\"certain\""),
        "",
        "unknown variant `certain`",
    );
    check(
        "brands/examplecam.toml",
        &brand("names = [\"Examplecam\"]", "names = [{ txt = \"x\" }]"),
        "",
        "unknown field `txt`",
    );
    check(
        "brands/examplecam.toml",
        &brand("\"examplecam\"", "\"Example Cam\""),
        "",
        "is no id",
    );
    check(
        "vulnerabilities.csv",
        "cve,maker\nCVE-2000-0001,dahua\n",
        "",
        "missing field",
    );
    check(
        "cameras/examplecam.toml",
        BRAND,
        "",
        "no file of a catalogue has this place",
    );
}

#[test]
fn an_unreadable_overlay_is_not_loaded() {
    let folder = overlay(&[("brands/examplecam.toml", "id =")]);
    let error = Catalogue::load(Some(folder.path())).unwrap_err();
    assert!(
        matches!(&error, CatalogueError::Unreadable { faults } if faults.iter().any(|f| f.file == "brands/examplecam.toml"))
    );
    let error = Catalogue::load(Some(Path::new("no-such-folder"))).unwrap_err();
    assert!(
        matches!(&error, CatalogueError::Overlay { path, .. } if path == Path::new("no-such-folder")),
        "{error}"
    );
}

#[test]
fn ids_are_given_once_and_files_are_named_after_them() {
    let twice = [("brands/examplecam.toml", BRAND), ("brands/other.toml", BRAND)];
    assert!(
        faults(&twice)
            .iter()
            .any(|f| f.file == "brands/other.toml" && f.what.contains("a second brand"))
    );
    check(
        "brands/other.toml",
        BRAND,
        "examplecam",
        "another name than the entry",
    );
}

#[test]
fn references_lead_somewhere() {
    let path = "brands/examplecam.toml";
    check(
        path,
        &brand("\"dahua\"", "\"nobody\""),
        "examplecam",
        "no maker `nobody`",
    );
    check(
        path,
        &brand("maker = \"dahua\"", ""),
        "examplecam",
        "relation `oem-rebrand` and its maker do not fit",
    );
    check(
        path,
        &brand("\"oem-rebrand\"", "\"unknown\""),
        "examplecam",
        "relation `unknown` and its maker do not fit",
    );
    check(
        path,
        &brand("names = [\"Examplecam\"]", "spelled-in = \"makers/nobody\""),
        "examplecam",
        "where no names are",
    );
    let model = MODEL.replace("maker = \"dahua\"", "maker = \"dahua\"\nbrand = \"nolabel\"");
    check(
        "models/examplecam.toml",
        &model,
        "examplecam-ec",
        "no label `nolabel`",
    );
    let mac = "prefix,maker,brand,registrant,sources,source-date,verification\n";
    let row = |row: &str| format!("{mac}{row}\n");
    let file = "fingerprints/mac-prefixes.csv";
    check(
        file,
        &row("0A0B0C,nobody,,Nobody Ltd,recalled,2026,recalled"),
        "0A0B0C",
        "no maker `nobody`",
    );
    check(
        file,
        &row("0A0B0C,,,Nobody Ltd,recalled,2026,recalled"),
        "0A0B0C",
        "names not one owner",
    );
    check(
        file,
        &row("0a:0b,dahua,,Nobody Ltd,recalled,2026,recalled"),
        "0a:0b",
        "is no address block",
    );
}

#[test]
fn facts_cite_and_citations_are_used() {
    let path = "brands/examplecam.toml";
    check(
        path,
        &brand("[\"recalled\"]", "[]"),
        "examplecam",
        "a relation cites nothing",
    );
    check(
        path,
        &brand("[\"recalled\"]", "[\"hearsay\"]"),
        "examplecam",
        "no citation `hearsay`",
    );
    check(
        path,
        &brand("verification = \"recalled\"", "verification = \"seen\""),
        "examplecam",
        "marked as read",
    );
    let unused = "[[citation]]\nid = \"unread\"\ntitle = \"A paper nobody cites\"\n";
    check("citations.toml", unused, "unread", "nothing cites it");
}

#[test]
fn vocabularies_are_closed() {
    let model = MODEL.replace("\"camera\"", "\"camera/kettle\"");
    check(
        "models/examplecam.toml",
        &model,
        "examplecam-ec",
        "`kettle` is no value of the vocabulary `device-kinds`",
    );
    let value = "[[value]]\nid = \"cousin\"\nmeaning = \"related by marriage\"\n";
    check(
        "vocab/relations.toml",
        value,
        "relations",
        "the program knows no `cousin`",
    );
}

#[test]
fn a_name_has_one_owner() {
    let text = brand("names = [\"Examplecam\"]", "names = [\"Examplecam\", \"HiLook\"]");
    let faults = faults(&[("brands/examplecam.toml", &text)]);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(
        faults[0].what,
        "`HiLook` is also a name of the brand `examplecam`"
    );
}

#[test]
fn names_that_break_a_rule() {
    let path = "brands/examplecam.toml";
    let named = |names: &str| {
        brand(
            "names = [\"Examplecam\"]",
            &format!("names = [\"Examplecam\", {names}]"),
        )
    };
    check(
        path,
        &named("{ text = \"EXAMPLECAM\", typos = 1 }"),
        "examplecam",
        "one spelling with two rules",
    );
    check(
        path,
        &named("{ text = \"Exa\", typos = 1 }"),
        "examplecam",
        "too short for 1 typos",
    );
    check(
        path,
        &named("{ text = \"Examplecan\", typos = 3 }"),
        "examplecam",
        "too short for 3 typos",
    );
    check(
        path,
        &named("{ text = \"Exam\", rule = \"anywhere\" }"),
        "examplecam",
        "too short to count anywhere",
    );
    check(
        path,
        &named("{ text = \"Exam\", rule = \"context\" }"),
        "examplecam",
        "a weak name and no counter-example",
    );
    check(
        path,
        &brand("4 x Examplecam dome", "4 x dome"),
        "examplecam",
        "holds none of its names",
    );
    check(
        path,
        &brand("examples = [\"4 x Examplecam dome\"]", ""),
        "examplecam",
        "has no example",
    );
    check(
        path,
        &brand("names = [\"Examplecam\"]", ""),
        "examplecam",
        "has no spelling to look for",
    );
    check(
        path,
        &format!("unmatched = \"a word\"{BRAND}"),
        "examplecam",
        "is looked for and `unmatched`",
    );
}

#[test]
fn patterns_compile_and_keep_to_their_own() {
    let path = "models/examplecam.toml";
    let pattern = |pattern: &str| MODEL.replace(r"'\bEC-\d{4}X\b'", pattern);
    check(path, &pattern("'EC-(\\d'"), "examplecam-ec", "does not compile");
    check(
        path,
        &pattern(r"'\bEC-\d{4}\b'"),
        "examplecam-ec",
        "does not match its example `EC-1234X` whole",
    );
    check(
        path,
        &pattern(r"'\b[A-Z]{2}-\d{4}[A-Z]+'"),
        "examplecam-ec",
        "an example of `tvt`",
    );
    let counter = MODEL.replace("specificity", "counter-examples = [\"EC-0000X\"]\nspecificity");
    check(
        path,
        &counter,
        "examplecam-ec",
        "matches its counter-example `EC-0000X`",
    );
    let declared = MODEL.replace("specificity", "ambiguous-with = [\"tvt\"]\nspecificity");
    check(
        path,
        &declared,
        "examplecam-ec",
        "declared ambiguous with `tvt` and matches none",
    );
}

#[test]
fn only_what_was_read_and_is_well_supported_is_published() {
    let path = "brands/examplecam.toml";
    let published = brand("publish = false", "publish = true");
    check(
        path,
        &published,
        "examplecam",
        "may not be published: its source was not read",
    );
    let seen = published
        .replace("verification = \"recalled\"", "verification = \"seen\"")
        .replace("[\"recalled\"]", "[\"ipvm-6438\"]");
    check(
        path,
        &seen,
        "examplecam",
        "may not be published: the support is weaker",
    );
    let medium = seen.replace("certainty = \"low\"", "certainty = \"medium\"");
    check(
        path,
        &medium,
        "examplecam",
        "may not be published: the support is weaker",
    );
    assert_eq!(
        faults(&[(
            path,
            &medium.replace("[\"ipvm-6438\"]", "[\"ipvm-6438\", \"getscw-ban\"]")
        )]),
        []
    );
    assert_eq!(
        faults(&[(path, &seen.replace("certainty = \"low\"", "certainty = \"high\""))]),
        []
    );
}

#[test]
fn faults_of_bodies_in_an_overlay_are_told() {
    let table = "id,kind,name,nation,region,from,until,gss,ods,slug,register,companies-house,wdtk,lat,long,source,verification\n\
        example-port,harbour,Example Port,England,,2020-01-01,2019-01-01,E09000007,,,,,,,,nowhere,seen\n\
        Example Town,council,Example Town,GB-ENG,,,,,,,,,,,,,recalled\n";
    let aliases = "body,alias,kind,from,until,source,verification\n\
        leeds-city-council,Kent County Council,short,,,,recalled\n\
        nobody-at-all,Nobody,short,,,,recalled\n";
    let edges = "predecessor,successor,date,source,verification\nleeds-city-council,leeds-city-council,2020-01-01,,recalled\n";
    let folder = overlay(&[
        ("bodies/more.csv", table),
        ("bodies/aliases.csv", aliases),
        ("bodies/succession.csv", edges),
    ]);
    let (bodies, unreadable) = Bodies::read(Some(folder.path())).unwrap();
    let unreadable: Vec<&str> = unreadable.iter().map(|fault| fault.entry.as_str()).collect();
    assert_eq!(unreadable, ["Example Town"]);
    let faults: Vec<String> = bodies
        .check(&Catalogue::embedded().unwrap())
        .iter()
        .map(|fault| fault.what.clone())
        .collect();
    for what in [
        "`harbour` is no value of the vocabulary `body-kinds`",
        "`England` is no value of the vocabulary `nations`",
        "it ends on 2019-01-01, not after 2020-01-01",
        "another body has the number `E09000007` of `gss`",
        "`nowhere` is no citation",
        "there is no body `nobody-at-all`",
        "a body does not succeed itself",
        "one name of kent-county-council and leeds-city-council at one time",
    ] {
        assert!(
            faults.iter().any(|fault| fault == what),
            "not told: {what}\n{faults:#?}"
        );
    }
}

#[test]
fn numbers_of_find_a_tender_lead_to_bodies() {
    let rows = "body,scheme,value,source,verification\nleeds-city-council,ppon,ABCD-1234-EFGH,government-organisation-register,recalled\n";
    let folder = overlay(&[("bodies/identifiers.csv", rows)]);
    let bodies = Bodies::load(Some(folder.path())).unwrap();
    for written in [
        "GB-PPON-ABCD-1234-EFGH",
        "GB-PPON-PJYG-6658-PPMY",
        "GB-PPON:PJYG-6658-PPMY",
        "pjyg-6658-ppmy",
    ] {
        let found = bodies.resolve(written, None).body;
        assert_eq!(
            found.map(|id| id.to_string()).as_deref(),
            Some("leeds-city-council"),
            "{written}"
        );
    }
    // The rest stays.
    assert!(bodies.by_identifier("GB-LAE", "CMD").is_some());
}

#[test]
fn a_fault_of_a_number_names_its_file() {
    let rows =
        "body,scheme,value,source,verification\nleeds-city-council,ppon,ABCD-1234-EFGH,nowhere,recalled\n";
    let folder = overlay(&[("bodies/identifiers-own.csv", rows)]);
    let told = format!("{:?}", Bodies::load(Some(folder.path())).unwrap_err());
    assert!(
        told.contains("identifiers-own.csv") && told.contains("`nowhere` is no citation"),
        "{told}"
    );
}
