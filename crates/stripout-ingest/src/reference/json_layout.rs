//! Lists in JSON: government organisations, NHS organisations, boundaries.

use std::fs::File;
use std::io::BufReader;

use serde_json::Value;
use stripout_model::{Code, Problem};
use stripout_register::{ReferenceArea, ReferenceFact, ReferenceOrganisation};

use super::cell::{day, postcode, some};
use super::{OTHER_REGISTER, problem};

pub(super) struct Open {
    key: &'static str,
    members: Vec<Value>,
    unit: Unit,
}

type Unit = fn(&Value) -> Result<ReferenceFact, String>;

const LAYOUTS: [(&str, &str, Unit); 3] = [
    ("government", "results", government),
    ("nhs", "Organisations", nhs),
    ("boundaries", "features", boundary),
];

pub(super) fn open(file: File) -> Result<(&'static str, Option<String>, Open), Problem> {
    let mut whole: Value = serde_json::from_reader(BufReader::new(file)).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        problem(
            Code::InputNotUnderstood,
            &place,
            error.to_string(),
            "get the file again",
        )
    })?;
    for (layout, key, unit) in LAYOUTS {
        if let Some(Value::Array(members)) = whole.get_mut(key).map(Value::take) {
            let years = members
                .first()
                .and_then(|member| member.get("properties"))
                .and_then(code_key);
            let vintage = years
                .and_then(|(_, year)| year)
                .map(|year| format!("areas of 20{year}"));
            return Ok((layout, vintage, Open { key, members, unit }));
        }
    }
    Err(problem(
        Code::InputNotUnderstood,
        "",
        "it is a list of no known register".into(),
        OTHER_REGISTER,
    ))
}

impl Open {
    pub(super) fn units<E>(
        self,
        take: &mut impl FnMut(Result<ReferenceFact, (String, String)>) -> Result<(), E>,
    ) -> Result<(), E> {
        for (place, member) in self.members.iter().enumerate() {
            take((self.unit)(member).map_err(|what| (format!("/{}/{place}", self.key), what)))?;
        }
        Ok(())
    }
}

fn cell(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer).and_then(Value::as_str).and_then(some)
}

fn wanted(value: &Value, pointer: &str) -> Result<String, String> {
    cell(value, pointer).ok_or_else(|| format!("`{pointer}` is empty"))
}

/// The last part of an address: `.../api/organisations/hm-revenue-customs`.
fn slug(address: &str) -> Option<String> {
    address.rsplit('/').next().and_then(some)
}

fn government(value: &Value) -> Result<ReferenceFact, String> {
    let slugs = |key: &str| -> Vec<String> {
        let list = value.get(key).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(|one| slug(&cell(one, "/id")?))
            .collect()
    };
    Ok(ReferenceFact::Organisation(Box::new(ReferenceOrganisation {
        register: "slug",
        code: wanted(value, "/details/slug")?,
        name: wanted(value, "/title")?,
        short: cell(value, "/details/abbreviation"),
        kind: cell(value, "/format"),
        status: cell(value, "/details/govuk_closed_status").or_else(|| cell(value, "/details/govuk_status")),
        closed: day(&cell(value, "/details/closed_at").unwrap_or_default())?,
        parent: slugs("parent_organisations").into_iter().next(),
        successors: slugs("superseding_organisations"),
        url: cell(value, "/web_url"),
        ..ReferenceOrganisation::default()
    })))
}

fn nhs(value: &Value) -> Result<ReferenceFact, String> {
    Ok(ReferenceFact::Organisation(Box::new(ReferenceOrganisation {
        register: "ods",
        code: wanted(value, "/OrgId")?,
        name: wanted(value, "/Name")?,
        kind: cell(value, "/PrimaryRoleDescription"),
        status: cell(value, "/Status"),
        postcode: cell(value, "/PostCode").map(|text| postcode(&text)).transpose()?,
        ..ReferenceOrganisation::default()
    })))
}

/// The property that holds the code of an area, and the two digits of its year: `PCON24CD`, `LADCD`.
fn code_key(properties: &Value) -> Option<(&str, Option<&str>)> {
    let keys = properties.as_object()?.keys();
    let key = keys.map(String::as_str).find(|key| key.ends_with("CD"))?;
    let year = key.len().checked_sub(4).and_then(|at| key.get(at..at + 2));
    Some((key, year.filter(|year| year.bytes().all(|b| b.is_ascii_digit()))))
}

fn boundary(value: &Value) -> Result<ReferenceFact, String> {
    let properties = value.get("properties").ok_or("it has no properties")?;
    let (key, _) = code_key(properties).ok_or("it has no code")?;
    let name = format!("{}NM", key.trim_end_matches("CD"));
    let geometry = value
        .get("geometry")
        .filter(|geometry| geometry.get("type").is_some());
    Ok(ReferenceFact::Area(ReferenceArea {
        code: wanted(properties, &format!("/{key}"))?,
        name: wanted(properties, &format!("/{name}"))?,
        geometry: geometry.ok_or("it has no geometry")?.to_string(),
    }))
}
