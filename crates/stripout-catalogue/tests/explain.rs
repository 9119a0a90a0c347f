//! What a person reads about an entry.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "in tests outside of test functions too"
)]

use stripout_catalogue::{Catalogue, EntryKind};

#[track_caller]
fn explained(id: &str) -> String {
    let (catalogue, _) = Catalogue::read(None).unwrap();
    catalogue
        .explain(id)
        .unwrap_or_else(|| panic!("nothing is known of {id}"))
        .to_string()
}

#[test]
fn a_label_is_told_with_line_source_and_leave_to_publish() {
    let told = explained("annke");
    assert!(
        told.contains("Annke: some product lines are reported to be made by Hikvision (most IP cameras"),
        "{told}"
    );
    assert!(told.contains("Home Assistant documentation"), "{told}");
    assert!(
        told.contains(", 2026. Verification: seen, last checked 2026-11-21. May be published: yes."),
        "{told}"
    );
}

#[test]
fn a_recalled_tie_is_dated_and_not_for_publication() {
    let told = explained("brand:pyronix");
    assert!(
        told.contains("Pyronix: is owned by Hikvision, from 2016."),
        "{told}"
    );
    assert!(
        told.contains("Verification: recalled") && told.contains("May be published: no."),
        "{told}"
    );
}

#[test]
fn a_state_share_is_never_printed_without_its_date() {
    let (catalogue, _) = Catalogue::read(None).unwrap();
    let lines: Vec<String> = catalogue
        .makers
        .keys()
        .flat_map(|id| {
            catalogue
                .explain(&format!("maker:{id}"))
                .unwrap()
                .parts
                .remove(0)
                .lines
        })
        .filter(|line| line.contains(" % held by"))
        .collect();
    assert_eq!(
        lines.len(),
        5,
        "four shares of one maker, one of another: {lines:#?}"
    );
    for line in lines {
        let date: String = line.chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
        assert!(
            line.starts_with("State share, 20") && date.parse::<u16>().is_ok(),
            "{line}"
        );
    }
}

#[test]
fn a_claim_stands_beside_its_reply() {
    let told = explained("not-threat");
    let (claim, reply) = (
        told.find("Claim `not-threat`").unwrap(),
        told.find("Reply (UK government").unwrap(),
    );
    assert!(claim < reply, "{told}");
    assert!(explained("comparitech").contains("Reply: none was found."));
    // Wherever a maker's page tells a claim, the next line is the reply.
    let (catalogue, _) = Catalogue::read(None).unwrap();
    let lines = catalogue
        .explain("maker:hikvision")
        .unwrap()
        .parts
        .remove(0)
        .lines;
    let claims: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| l.starts_with("Claim "))
        .map(|(i, _)| i)
        .collect();
    assert!(claims.len() > 10);
    assert!(claims.iter().all(|i| lines[i + 1].starts_with("Reply")));
}

#[test]
fn a_dispute_is_told() {
    let told = explained("alibi");
    assert!(told.contains("the label alone names no maker"), "{told}");
}

#[test]
fn one_id_of_two_kinds_tells_both_and_a_kind_picks_one() {
    let (catalogue, _) = Catalogue::read(None).unwrap();
    let kinds = |id: &str| -> Vec<EntryKind> {
        catalogue
            .explain(id)
            .map(|e| e.parts.iter().map(|p| p.kind).collect())
            .unwrap_or_default()
    };
    assert_eq!(kinds("dahua"), [EntryKind::Maker, EntryKind::Brand]);
    assert_eq!(kinds("brand:dahua"), [EntryKind::Brand]);
    assert_eq!(kinds("policy:dahua"), []);
    assert_eq!(kinds("no-such-id"), []);
}

#[test]
fn every_entry_can_be_explained() {
    let (catalogue, _) = Catalogue::read(None).unwrap();
    let all = catalogue.search("e").into_iter().chain(catalogue.search("0"));
    let mut seen = 0;
    for entry in all {
        let explanation = catalogue
            .explain(&format!("{}:{}", entry.kind, entry.id))
            .unwrap();
        let part = &explanation.parts[0];
        assert!(
            !part.lines.is_empty() || part.kind == EntryKind::Citation,
            "{} is empty",
            entry.id
        );
        assert!(!part.file.is_empty(), "{} comes from no file", entry.id);
        assert!(
            part.lines
                .iter()
                .all(|line| !line.contains('\n') && !line.ends_with("..")),
            "{:#?}",
            part.lines
        );
        seen += 1;
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn search_puts_the_entry_itself_first() {
    let (catalogue, _) = Catalogue::read(None).unwrap();
    let found = catalogue.search("HILOOK");
    assert_eq!(
        (found[0].kind, found[0].id.as_str()),
        (EntryKind::Brand, "hilook")
    );
    assert!(
        found
            .iter()
            .any(|e| e.kind == EntryKind::Model && e.id == "hilook-ipc")
    );
    assert_eq!(catalogue.search("海康威视")[0].id, "hikvision");
    assert_eq!(
        catalogue.search("CVE-2021-36260")[0].kind,
        EntryKind::Vulnerability
    );
    assert!(catalogue.search("  ").is_empty());
}
