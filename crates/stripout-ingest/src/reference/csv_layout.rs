//! Tables: postcodes, schools, the NHS, government organisations, authorities that answer requests, councils.

use std::cell::Cell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use stripout_model::{Code, Problem};
use stripout_register::{ReferenceFact, ReferenceOrganisation, ReferencePostcode};

use super::cell::{area, day, degrees, month, postcode, some, text};
use super::{OTHER_REGISTER, problem};

/// Largest row, in bytes.
const ROW_LIMIT: u64 = 10 << 20;

/// Columns of tables that have no header line (NHS Organisation Data Service, `etr.csv` and its kin).
const BARE: [(&str, usize); 5] = [
    ("code", 0),
    ("name", 1),
    ("postcode", 9),
    ("opened", 10),
    ("closed", 11),
];
const BARE_WIDTH: usize = 27;

pub(super) struct Open {
    rows: csv::Reader<Bounded>,
    /// Bytes since the last row.
    since: Rc<Cell<u64>>,
    columns: Columns,
    layout: &'static Layout,
    width: usize,
}

struct Layout {
    name: &'static str,
    /// Columns that a table of this layout has, and no other.
    wants: &'static [&'static str],
    row: fn(&Columns, &csv::ByteRecord) -> Result<ReferenceFact, String>,
}

const LAYOUTS: [Layout; 8] = [
    Layout {
        name: "postcodes",
        wants: &["pcds", "lad"],
        row: postcode_row,
    },
    Layout {
        name: "schools",
        wants: &["urn", "establishmentname"],
        row: school,
    },
    Layout {
        name: "authorities",
        wants: &["name", "url name", "tags"],
        row: authority,
    },
    Layout {
        name: "councils",
        wants: &["local-authority-code", "official-name"],
        row: council,
    },
    // It has a column for the government's own code as well, mostly empty: before that register.
    Layout {
        name: "government",
        wants: &["organisation", "entity", "name"],
        row: organisation_row,
    },
    Layout {
        name: "government",
        wants: &["government-organisation", "name"],
        row: government,
    },
    Layout {
        name: "nhs",
        wants: &["code", "name", "opened", "closed"],
        row: nhs,
    },
    // Extracts of the same service with a header line.
    Layout {
        name: "nhs",
        wants: &["ods code", "name"],
        row: nhs_extract,
    },
];

/// Columns by name, lower case; those of the postcode directory without their year (`lad25cd` is `lad`).
struct Columns(HashMap<String, usize>);

impl Columns {
    fn get(&self, row: &csv::ByteRecord, name: &str) -> String {
        let cell = self.0.get(name).and_then(|place| row.get(*place));
        text(cell.unwrap_or_default()).into_owned()
    }

    fn some(&self, row: &csv::ByteRecord, name: &str) -> Option<String> {
        some(&self.get(row, name))
    }

    fn wanted(&self, row: &csv::ByteRecord, name: &str) -> Result<String, String> {
        self.some(row, name).ok_or_else(|| format!("`{name}` is empty"))
    }
}

/// Stops a row that never ends.
pub(super) struct Bounded {
    inner: BufReader<File>,
    since: Rc<Cell<u64>>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.since.set(self.since.get() + read as u64);
        if self.since.get() > ROW_LIMIT {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "a row is larger than 10 MiB",
            ));
        }
        Ok(read)
    }
}

pub(super) fn open(
    file: File,
    head: &[u8],
    name: &str,
) -> Result<(&'static str, Option<String>, Open), Problem> {
    let unknown = |what: &str| {
        problem(
            Code::InputNotUnderstood,
            "line 1",
            what.to_owned(),
            OTHER_REGISTER,
        )
    };
    let mut first = csv::ByteRecord::new();
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(head);
    if !rows
        .read_byte_record(&mut first)
        .map_err(|error| unknown(&error.to_string()))?
    {
        return Err(unknown("there is no row"));
    }
    let bare = first.len() == BARE_WIDTH
        && first
            .get(10)
            .is_some_and(|cell| cell.len() == 8 && cell.iter().all(u8::is_ascii_digit));
    let mut year = None;
    let columns = if bare {
        BARE.iter()
            .map(|(name, place)| ((*name).to_owned(), *place))
            .collect()
    } else {
        let mut columns = HashMap::new();
        for (place, cell) in first.iter().enumerate() {
            let (column, of) = plain(&text(cell).to_lowercase());
            year = year.max(of.filter(|_| column == "lad"));
            columns.entry(column).or_insert(place);
        }
        columns
    };
    let layout = LAYOUTS
        .iter()
        .find(|layout| layout.wants.iter().all(|column| columns.contains_key(*column)))
        .ok_or_else(|| unknown("its columns are those of no known register"))?;
    let since = Rc::new(Cell::new(0));
    let rows = csv::ReaderBuilder::new()
        .has_headers(!bare)
        .flexible(true)
        .from_reader(Bounded {
            inner: BufReader::new(file),
            since: since.clone(),
        });
    let vintage = dated(name).or_else(|| year.map(|year| format!("columns of 20{year:02}")));
    let open = Open {
        rows,
        since,
        columns: Columns(columns),
        layout,
        width: first.len(),
    };
    Ok((layout.name, vintage, open))
}

impl Open {
    pub(super) fn units<E>(
        mut self,
        take: &mut impl FnMut(Result<ReferenceFact, (String, String)>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut row = csv::ByteRecord::new();
        loop {
            self.since.set(0);
            let line = self.rows.position().line();
            match self.rows.read_byte_record(&mut row) {
                Ok(false) => return Ok(()),
                Ok(true) if row.len() != self.width => {
                    let what = format!("{} cells, {} wanted", row.len(), self.width);
                    take(Err((format!("line {line}"), what)))?;
                }
                Ok(true) => {
                    let fact = (self.layout.row)(&self.columns, &row);
                    take(fact.map_err(|what| (format!("line {line}"), what)))?;
                }
                Err(error) => {
                    take(Err((format!("line {line}"), error.to_string())))?;
                    return Ok(());
                }
            }
        }
    }
}

/// The names that one column has had: without year and `cd`, the older names as the newer.
fn plain(column: &str) -> (String, Option<u8>) {
    let older = match column {
        "oslaua" => "lad",
        "oscty" => "cty",
        "rgn" | "ctry" | "pcon" | "pfa" | "icb" => column,
        "url-name" | "url_name" => "url name",
        "short-name" => "short name",
        "home-page" => "home page",
        "id" => "internal id",
        "ods_code" | "odscode" | "organisationcode" => "ods code",
        "trust_name" | "organisationname" => "name",
        _ => "",
    };
    if !older.is_empty() {
        return (older.to_owned(), None);
    }
    let year = column.strip_suffix("cd").and_then(|rest| {
        let split = rest.len().checked_sub(2)?;
        Some((rest.get(..split)?, rest.get(split..)?.parse().ok()?))
    });
    match year {
        Some((column, year)) => (column.to_owned(), Some(year)),
        None => (column.to_owned(), None),
    }
}

/// The date in a file's name: `edubasealldata20260301.csv`, `ONSPD_MAY_2026_UK.csv`.
fn dated(name: &str) -> Option<String> {
    let mut digits = name.split(|c: char| !c.is_ascii_digit());
    if let Some(Ok(Some(day))) = digits.find(|run| run.len() == 8).map(day) {
        return Some(day);
    }
    let parts: Vec<&str> = name.split(['_', '.', '-']).collect();
    parts.windows(2).find_map(|pair| match pair {
        [month, year] if month.len() == 3 && year.len() == 4 && year.parse::<u16>().is_ok() => {
            Some(format!("{month} {year}"))
        }
        _ => None,
    })
}

fn postcode_row(columns: &Columns, row: &csv::ByteRecord) -> Result<ReferenceFact, String> {
    let code = |name: &str| area(&columns.get(row, name));
    Ok(ReferenceFact::Postcode(Box::new(ReferencePostcode {
        postcode: postcode(&columns.get(row, "pcds"))?,
        introduced: month(&columns.get(row, "dointr"))?,
        ended: month(&columns.get(row, "doterm"))?,
        district: code("lad"),
        county: code("cty"),
        constituency: code("pcon"),
        force: code("pfa"),
        care_board: code("icb"),
        country: code("ctry"),
        region: code("rgn"),
        position: degrees(&columns.get(row, "lat"), &columns.get(row, "long"))?,
    })))
}

fn organisation(organisation: ReferenceOrganisation) -> ReferenceFact {
    ReferenceFact::Organisation(Box::new(organisation))
}

/// `None` for an empty cell, a fault for one that is no postcode.
fn seat(text: &str) -> Result<Option<String>, String> {
    some(text).map(|text| postcode(&text)).transpose()
}

fn school(columns: &Columns, row: &csv::ByteRecord) -> Result<ReferenceFact, String> {
    Ok(organisation(ReferenceOrganisation {
        register: "urn",
        code: columns.wanted(row, "urn")?,
        name: columns.wanted(row, "establishmentname")?,
        kind: columns.some(row, "typeofestablishment (name)"),
        status: columns.some(row, "establishmentstatus (name)"),
        opened: day(&columns.get(row, "opendate"))?,
        closed: day(&columns.get(row, "closedate"))?,
        postcode: seat(&columns.get(row, "postcode"))?,
        area: columns.some(row, "la (code)"),
        parent: columns.some(row, "trusts (code)"),
        url: columns.some(row, "schoolwebsite"),
        ..ReferenceOrganisation::default()
    }))
}

fn nhs(columns: &Columns, row: &csv::ByteRecord) -> Result<ReferenceFact, String> {
    let closed = day(&columns.get(row, "closed"))?;
    Ok(organisation(ReferenceOrganisation {
        register: "ods",
        code: columns.wanted(row, "code")?,
        name: columns.wanted(row, "name")?,
        opened: day(&columns.get(row, "opened"))?,
        closed,
        postcode: seat(&columns.get(row, "postcode"))?,
        ..ReferenceOrganisation::default()
    }))
}

fn nhs_extract(columns: &Columns, row: &csv::ByteRecord) -> Result<ReferenceFact, String> {
    Ok(organisation(ReferenceOrganisation {
        register: "ods",
        code: columns.wanted(row, "ods code")?,
        name: columns.wanted(row, "name")?,
        kind: columns.some(row, "type"),
        postcode: seat(&columns.get(row, "postcode"))?,
        parent: columns.some(row, "parentodscode"),
        ..ReferenceOrganisation::default()
    }))
}

fn authority(columns: &Columns, row: &csv::ByteRecord) -> Result<ReferenceFact, String> {
    let tags = columns.get(row, "tags");
    let mut tags = tags.split(['|', ' ']);
    Ok(organisation(ReferenceOrganisation {
        register: "wdtk",
        code: columns.wanted(row, "url name")?,
        name: columns.wanted(row, "name")?,
        short: columns.some(row, "short name"),
        status: tags
            .clone()
            .any(|tag| tag == "defunct")
            .then(|| "defunct".to_owned()),
        area: tags.find_map(|tag| tag.strip_prefix("gss:")).map(str::to_owned),
        url: columns.some(row, "home page"),
        ..ReferenceOrganisation::default()
    }))
}

fn council(columns: &Columns, row: &csv::ByteRecord) -> Result<ReferenceFact, String> {
    let successors = columns.get(row, "replaced-by");
    Ok(organisation(ReferenceOrganisation {
        register: "local-authority",
        code: columns.wanted(row, "local-authority-code")?,
        name: columns.wanted(row, "official-name")?,
        short: columns.some(row, "nice-name"),
        kind: columns.some(row, "local-authority-type-name"),
        opened: day(&columns.get(row, "start-date"))?,
        closed: day(&columns.get(row, "end-date"))?,
        area: columns.some(row, "gss-code"),
        parent: columns.some(row, "county-la"),
        successors: successors.split(',').filter_map(some).collect(),
        ..ReferenceOrganisation::default()
    }))
}

/// The planning data's list of organisations: `local-authority-eng:LIV` is number `LIV` of a register of its own.
fn organisation_row(columns: &Columns, row: &csv::ByteRecord) -> Result<ReferenceFact, String> {
    Ok(organisation(ReferenceOrganisation {
        register: "organisation",
        code: columns.wanted(row, "organisation")?,
        name: columns.wanted(row, "name")?,
        kind: columns.some(row, "local-authority-type"),
        opened: day(&columns.get(row, "start-date"))?,
        closed: day(&columns.get(row, "end-date"))?,
        area: columns.some(row, "statistical-geography"),
        parent: columns.some(row, "combined-authority"),
        url: columns.some(row, "website"),
        ..ReferenceOrganisation::default()
    }))
}

fn government(columns: &Columns, row: &csv::ByteRecord) -> Result<ReferenceFact, String> {
    Ok(organisation(ReferenceOrganisation {
        register: "government-organisation",
        code: columns.wanted(row, "government-organisation")?,
        name: columns.wanted(row, "name")?,
        url: columns.some(row, "website"),
        ..ReferenceOrganisation::default()
    }))
}
