//! Nothing of the facts that the catalogue was made from is lost, and nothing is upgraded.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "in tests outside of test functions too"
)]

mod shared;

use std::collections::{BTreeMap, BTreeSet};

use shared::{Row, table};
use stripout_catalogue::{Catalogue, Name, Verification};
use stripout_model::MakerId;

/// Entries that came after the facts, each recalled or cited on its own.
const MAKERS_ADDED: [&str; 1] = ["zkteco"];
const MODELS_ADDED: [&str; 14] = [
    "amcrest-doorbell",
    "annke-camera",
    "dah-accessory",
    "dah-nvr-suffix",
    "dah-prefixed",
    "grundig-camera",
    "hik-banner",
    "hik-mount",
    "imou-line",
    "safire-camera",
    "tapo-camera",
    "vigi-camera",
    "vigi-recorder",
    "zte-router",
];

fn catalogue() -> Catalogue {
    // That every file can be read is the test in rules.rs.
    Catalogue::read(None).unwrap().0
}

/// The variants: spellings that were listed with where they were met.
fn variants(catalogue: &Catalogue) -> Vec<(&str, &Name)> {
    let makers = catalogue
        .makers
        .iter()
        .flat_map(|(id, m)| m.names.iter().map(move |n| (id.as_str(), n)));
    let brands = catalogue
        .brands
        .iter()
        .flat_map(|(id, b)| b.names.iter().map(move |n| (id.as_str(), n)));
    makers
        .chain(brands)
        .filter(|(_, name)| name.kind.is_some())
        .collect()
}

#[test]
fn as_many_entries_as_facts() {
    let catalogue = catalogue();
    let relations: Vec<_> = catalogue.brands.values().flat_map(|b| &b.made_by).collect();
    assert_eq!(catalogue.makers.len(), 63 + MAKERS_ADDED.len());
    assert_eq!(catalogue.restrictions().count(), 31);
    assert_eq!(relations.len(), 253);
    assert_eq!(relations.iter().filter(|r| r.publish).count(), 55);
    assert_eq!(catalogue.models.len(), 65 + MODELS_ADDED.len());
    assert_eq!(variants(&catalogue).len(), 80);
    assert_eq!(catalogue.policies.len(), 24);
    assert_eq!(catalogue.claims.len(), 33);
    assert_eq!(catalogue.vulnerabilities.len(), 33);
    assert_eq!(catalogue.mac_prefixes.len(), 116);
}

#[test]
fn added_entries_are_no_stronger_than_their_sources() {
    let catalogue = catalogue();
    for id in MAKERS_ADDED {
        assert_eq!(
            catalogue.makers[&id.parse().unwrap()].verification,
            Verification::Recalled
        );
    }
    for id in MODELS_ADDED {
        let family = &catalogue.models[&id.parse().unwrap()];
        let unread = family.sources.iter().any(|s| s == "recalled");
        assert_eq!(unread, family.verification == Verification::Recalled, "{id}");
    }
}

/// The verification of a fact, as its table words it: the leading word, else `partly`; what it says more is in the note.
#[track_caller]
fn same_verification(what: &str, fact: &str, verification: Verification, note: Option<&str>) {
    let mixed = fact.contains("seen")
        && fact.contains("recalled")
        && !fact.contains('(')
        && !fact.starts_with("seen for the fact");
    let expected = match fact.split([' ', ':']).next().unwrap() {
        _ if mixed || fact == "seen for HBD/HBW" => Verification::Partly,
        "seen" => Verification::Seen,
        "registry" => Verification::Registry,
        "recalled" => Verification::Recalled,
        "constructed" => Verification::Constructed,
        "partly" => Verification::Partly,
        other => panic!("{what}: `{other}`"),
    };
    assert_eq!(verification, expected, "{what}: {fact}");
    let note = note.unwrap_or_default();
    let rest = fact
        .split_once(' ')
        .map_or("", |(_, rest)| rest)
        .trim_matches(['(', ')']);
    let rest = rest.replace("dc58 source field", "").replace("NVR1B seen in", "");
    let lost: Vec<_> = rest
        .split_whitespace()
        .filter(|word| !note.contains(word))
        .collect();
    assert!(
        lost.is_empty() || note.contains("Dahua-compatible list"),
        "{what}: `{fact}` became `{note}`"
    );
}

fn text(row: &Row, column: &str) -> Option<String> {
    Some(row[column].clone()).filter(|cell| !cell.is_empty() && cell != "n/d")
}

#[test]
fn makers_and_measures() {
    let catalogue = catalogue();
    for row in table("makers.csv") {
        let id = &row["maker_id"];
        let maker = &catalogue.makers[&id.parse().unwrap()];
        assert_eq!(maker.legal_name, row["legal_name_en"]);
        assert_eq!(maker.legal_name_local, text(&row, "legal_name_local"), "{id}");
        assert_eq!(maker.jurisdiction, row["jurisdiction_class"]);
        assert_eq!(maker.headquarters, text(&row, "hq"));
        assert_eq!(maker.countries.join("/"), row["country"]);
        assert_eq!(
            maker.parent.as_ref().map(ToString::to_string),
            text(&row, "parent_maker_id")
        );
        assert_eq!(maker.short_names.join("; "), row["short_names"]);
        assert_eq!(maker.source_date, text(&row, "source_date"), "{id}");
        let newest = maker.state_shares.first();
        assert_eq!(
            newest.and_then(|s| s.percent.clone()),
            text(&row, "state_share_pct"),
            "{id}"
        );
        assert_eq!(
            newest.and_then(|s| s.as_of.clone()),
            text(&row, "state_share_asof"),
            "{id}"
        );
        same_verification(
            id,
            &row["verification"],
            maker.verification,
            maker.verification_note.as_deref(),
        );
    }
    let measures: BTreeMap<_, _> = catalogue
        .restrictions()
        .map(|(maker, r)| (r.id.as_str(), (maker, r)))
        .collect();
    for row in table("maker_restrictions.csv") {
        let id = row["restriction_id"].as_str();
        let (maker, measure) = measures[id];
        assert_eq!(
            maker.map_or("(class)", |m| m.id.as_str()),
            row["maker_id"],
            "{id}"
        );
        assert_eq!(measure.instrument, row["instrument"]);
        assert_eq!(measure.adopted, text(&row, "date_adopted"), "{id}");
        assert_eq!(measure.effective, text(&row, "date_effective"), "{id}");
        same_verification(
            id,
            &row["verification"],
            measure.verification,
            measure.verification_note.as_deref(),
        );
    }
}

#[test]
fn labels() {
    let catalogue = catalogue();
    let mut relations = Vec::new();
    for brand in catalogue.brands.values() {
        for made_by in &brand.made_by {
            relations.push((
                made_by
                    .listed_as
                    .as_deref()
                    .unwrap_or(&brand.label)
                    .to_lowercase(),
                made_by,
            ));
        }
    }
    for row in table("brands.csv") {
        let label = &row["label"];
        let maker = text(&row, "maker_id");
        let made_by = relations
            .iter()
            .find(|(l, m)| *l == label.to_lowercase() && m.maker.as_ref().map(ToString::to_string) == maker)
            .unwrap_or_else(|| panic!("{label} of {maker:?} is lost"))
            .1;
        assert_eq!(
            made_by.relation.as_str(),
            row["relation"].replace('_', "-"),
            "{label}"
        );
        assert_eq!(made_by.certainty.as_str(), row["confidence"], "{label}");
        assert_eq!(made_by.publish, row["publish_default"] == "yes", "{label}");
        assert_eq!(made_by.lines, row["product_lines"], "{label}");
        assert_eq!(made_by.until, text(&row, "until"), "{label}");
        assert_eq!(made_by.wording, row["wording"], "{label}");
        assert_eq!(made_by.source_date, text(&row, "source_date"), "{label}");
        assert_eq!(made_by.note.is_some(), text(&row, "note").is_some(), "{label}");
        same_verification(
            label,
            &row["verification"],
            made_by.verification,
            made_by.verification_note.as_deref(),
        );
    }
}

#[test]
fn models_and_variants() {
    let catalogue = catalogue();
    for row in table("models.csv") {
        let id = &row["pattern_id"];
        let family = &catalogue.models[&id.parse().unwrap()];
        assert_eq!(
            family.maker.as_ref().map(ToString::to_string),
            text(&row, "maker_id"),
            "{id}"
        );
        assert_eq!(family.description, row["description"]);
        let mut held: BTreeSet<_> = family.examples.iter().map(String::as_str).collect();
        if id == "amc-ip" {
            held.extend(
                catalogue.models[&"amcrest-doorbell".parse().unwrap()]
                    .examples
                    .iter()
                    .map(String::as_str),
            );
        }
        for example in row["examples"].split("; ") {
            assert!(held.contains(example), "{id} lost {example}");
        }
        same_verification(
            id,
            &row["verification"],
            family.verification,
            family.verification_note.as_deref(),
        );
    }
    let variants = variants(&catalogue);
    for row in table("name_variants.csv") {
        let variant = &row["variant"];
        let (owner, name) = variants.iter().find(|(_, n)| n.text == *variant).unwrap();
        let of_maker = catalogue
            .brands
            .get(&owner.parse().unwrap())
            .and_then(|b| b.maker()?.maker.clone());
        let group = |id: &str| {
            let parent = catalogue
                .makers
                .get(&id.parse().unwrap())
                .and_then(|m| m.parent.clone());
            parent.map_or_else(|| id.to_owned(), |p| p.to_string())
        };
        let owner = of_maker.map_or_else(|| (*owner).to_owned(), |m| m.to_string());
        assert_eq!(
            group(&owner),
            group(&row["canonical_maker"]),
            "{variant} belongs to another maker"
        );
        assert_eq!(name.kind.as_deref(), Some(row["kind"].as_str()));
        same_verification(variant, &row["verification"], name.verification.unwrap(), None);
    }
}

#[test]
fn claims_weaknesses_and_address_blocks() {
    let catalogue = catalogue();
    for row in table("evidence.csv") {
        let id = row["claim_id"].replace('.', "-");
        let claim = &catalogue.claims[&id];
        assert_eq!(claim.claim, row["claim"]);
        assert_eq!(claim.claimed_by, row["claimed_by"]);
        assert!(
            claim.reply.is_some() || row["counter"].is_empty(),
            "{id} lost its reply"
        );
        same_verification(
            &id,
            &row["verification"],
            claim.verification,
            claim.verification_note.as_deref(),
        );
    }
    for row in table("vulnerabilities.csv") {
        let cve = &row["cve"];
        let held = &catalogue.vulnerabilities[cve];
        assert_eq!(held.kev, row["kev"] == "yes", "{cve}");
        assert_eq!(held.kev_due, text(&row, "kev_due"));
        assert_eq!(held.fixed_in, text(&row, "fixed_in"));
        same_verification(
            cve,
            &row["verification"],
            held.verification,
            held.verification_note.as_deref(),
        );
    }
    for row in table("oui_makers.csv") {
        let held = &catalogue.mac_prefixes[&row["oui"]];
        assert_eq!(held.registrant, row["registrant"]);
        let owner = held.maker.as_ref().map(ToString::to_string);
        let label = held
            .brand
            .as_ref()
            .map(|b| format!("label:{}", catalogue.brands[b].label));
        assert_eq!(owner.or(label).as_ref(), Some(&row["maker_or_label"]));
    }
}

#[test]
fn policies() {
    let catalogue = catalogue();
    let Some(facts) = shared::text("policies.toml") else {
        return;
    };
    let facts: toml::Table = facts.parse().unwrap();
    let facts = facts["policy"].as_array().unwrap();
    assert_eq!(facts.len(), catalogue.policies.len());
    for fact in facts {
        let id = fact["id"].as_str().unwrap();
        let policy = &catalogue.policies[id];
        assert_eq!(policy.title, fact["title"].as_str().unwrap());
        assert_eq!(policy.issuer, fact["issuer"].as_str().unwrap());
        assert_eq!(policy.adopted, plain(&fact["adopted"]), "{id}");
        assert_eq!(policy.in_force_from, fact.get("in_force_from").map(plain), "{id}");
        assert_eq!(
            policy.quote.as_deref(),
            fact.get("quote").and_then(|q| q.as_str()),
            "{id}"
        );
        let gaps = fact.get("gaps").and_then(|g| g.as_array()).map_or(0, Vec::len);
        assert_eq!(policy.gaps.len(), gaps, "{id}");
        let named = fact
            .get("subject")
            .and_then(|s| s.get("named"))
            .and_then(|n| n.as_array());
        let named: Vec<&str> = named.into_iter().flatten().filter_map(|n| n.as_str()).collect();
        let held: Vec<&str> = policy
            .subject
            .iter()
            .flat_map(|s| &s.named)
            .map(MakerId::as_str)
            .collect();
        assert_eq!(held, named, "{id}");
        let sources = fact["sources"].as_array().unwrap();
        let of_fact: Vec<&str> = sources
            .iter()
            .map(|s| s["verification"].as_str().unwrap())
            .collect();
        let held: Vec<&str> = policy.sources.iter().map(|s| s.verification.as_str()).collect();
        assert_eq!(held, of_fact, "{id}");
    }
}

/// A text or date of TOML as text.
fn plain(value: &toml::Value) -> String {
    let date = || value.as_datetime().unwrap().to_string();
    value.as_str().map_or_else(date, str::to_owned)
}
