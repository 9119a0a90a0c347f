//! What the columns of a table, or the keys of a flat object, hold.

pub(crate) mod party;
mod rules;
mod source;
mod words;

use stripout_model::{Currency, DocumentKind, Role};

pub use source::{Columns, SourceLayout, Sources, SourcesError};

/// The reading of one header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// One per column.
    pub roles: Vec<Role>,
    /// The header cells, trimmed; empty where there is none.
    pub header: Vec<String>,
    /// The columns that make up a payment or notice.
    pub columns: Chosen,
    pub kind: DocumentKind,
    /// Id of the publisher's layout that was used.
    pub source: Option<String>,
    /// The body, where the publisher's layout says it and no column does.
    pub body: Option<String>,
    pub day_first: Option<bool>,
    pub currency: Currency,
}

/// Which column is meant where several share a role: the net amount, the entity rather than its department.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chosen {
    pub body: Option<usize>,
    pub supplier: Option<usize>,
    pub amount: Option<usize>,
    pub date: Option<usize>,
    pub purpose: Option<usize>,
    pub category: Option<usize>,
    pub reference: Option<usize>,
    /// Column with the currency code of the row.
    pub currency: Option<usize>,
    /// Of registers and lists of notices.
    pub title: Option<usize>,
    pub published: Option<usize>,
    pub awarded: Option<usize>,
    pub start: Option<usize>,
    pub end: Option<usize>,
}

impl Layout {
    pub fn from_header(header: &[&str], sources: &Sources) -> Self {
        let header: Vec<&str> = header.iter().map(|cell| cell.trim()).collect();
        let source = sources.find(&header);
        let mut guesses: Vec<rules::Guess> = header.iter().map(|cell| rules::guess(cell)).collect();
        // "Department" beside its entity is the parent body, as in "department family"; else a part of a council.
        for at in 1..guesses.len() {
            let entity = guesses.get(at).is_some_and(|g| g.role == Role::Body);
            let alone = header
                .get(at - 1)
                .is_some_and(|cell| source::same_header(cell, "department"));
            if let Some(guess) = guesses.get_mut(at - 1).filter(|_| entity && alone) {
                *guess = rules::Guess {
                    role: Role::Body,
                    rank: 1,
                };
            }
        }
        if let Some(source) = source {
            for (cell, guess) in header.iter().zip(&mut guesses) {
                if let Some(role) = source.role(cell) {
                    *guess = rules::Guess { role, rank: u8::MAX };
                }
            }
        }
        let best = |role| {
            let of_role = guesses.iter().enumerate().filter(|(_, g)| g.role == role);
            // The first of equals.
            of_role.rev().max_by_key(|(_, g)| g.rank).map(|(at, _)| at)
        };
        let columns = Chosen {
            body: best(Role::Body),
            supplier: best(Role::Supplier),
            amount: best(Role::Amount),
            date: best(Role::Date),
            purpose: best(Role::Purpose),
            category: best(Role::Category),
            reference: best(Role::Reference),
            currency: header.iter().position(|cell| rules::names_currency(cell)),
            title: column(&header, &["title"], &[]),
            published: column(&header, &["published", "publication"], &[]),
            awarded: column(
                &header,
                &["awarded", "award", "signed"],
                &["date", "awarded", "signed"],
            ),
            start: column(&header, &["start", "commencement"], &[]),
            end: column(&header, &["end", "expiry", "completion"], &[]),
        };
        Self {
            roles: guesses.iter().map(|guess| guess.role).collect(),
            kind: kind(&header, &columns),
            columns,
            body: source
                .and_then(|s| s.body.clone())
                .filter(|_| columns.body.is_none()),
            day_first: source.and_then(|s| s.day_first),
            currency: source.and_then(|s| s.currency).unwrap_or(Currency::GBP),
            source: source.map(|s| s.id.clone()),
            header: header.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Of a table without a header: nothing is known but the number of columns.
    pub fn unnamed(columns: usize) -> Self {
        Self {
            roles: vec![Role::Text; columns],
            header: vec![String::new(); columns],
            columns: Chosen::default(),
            kind: DocumentKind::Web,
            source: None,
            body: None,
            day_first: None,
            currency: Currency::GBP,
        }
    }

    pub fn role(&self, column: usize) -> Role {
        self.roles.get(column).copied().unwrap_or(Role::Text)
    }

    pub fn name(&self, column: usize) -> &str {
        self.header.get(column).map_or("", String::as_str)
    }

    /// Takes the words above the header into account: a list of requests may be told by its title alone.
    pub fn titled(&mut self, title: &str) {
        let lower = title.to_lowercase();
        let lower = lower.split_whitespace().collect::<Vec<_>>().join(" ");
        let foi = lower.contains("freedom of information")
            || lower.contains("disclosure log")
            || lower
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == "foi");
        if foi && self.kind == DocumentKind::Web {
            self.kind = DocumentKind::Foi;
        }
    }

    /// How many columns have a known role, or say what equipment is: how much this looks like a header.
    pub fn known(&self) -> usize {
        let roles = self.roles.iter().filter(|role| **role != Role::Text).count();
        let makes = self.header.iter().filter(|name| names_equipment(name)).count();
        // One such word may be a value.
        roles + if makes > 1 { makes } else { 0 }
    }

    /// Other columns with an amount, for saying which one was taken.
    pub fn other_amounts(&self) -> impl Iterator<Item = &str> {
        let amounts = self.roles.iter().zip(&self.header).enumerate();
        amounts
            .filter(|(at, (role, _))| **role == Role::Amount && Some(*at) != self.columns.amount)
            .map(|(_, (_, name))| name.as_str())
    }
}

/// `Make`, `Model no.`: the name of a column of a register of equipment, and no more.
fn names_equipment(name: &str) -> bool {
    let name = name.trim().trim_end_matches(['.', ':']).to_ascii_lowercase();
    matches!(
        name.as_str(),
        "make"
            | "manufacturer"
            | "brand"
            | "model"
            | "model no"
            | "model number"
            | "serial"
            | "serial no"
            | "serial number"
            | "firmware"
    )
}

/// The first column with one of some words, and one of others where those are given.
fn column(header: &[&str], words: &[&str], and: &[&str]) -> Option<usize> {
    header.iter().position(|cell| {
        let cell = words::Words::of(cell);
        cell.has(words) && (and.is_empty() || cell.has(and))
    })
}

fn kind(header: &[&str], columns: &Chosen) -> DocumentKind {
    let words: Vec<words::Words> = header.iter().map(|cell| words::Words::of(cell)).collect();
    let columns_with = |list: &[&str]| words.iter().filter(|w| w.mentions(list)).count();
    let identity = columns_with(&["make", "manufacturer", "model", "serial", "asset", "firmware"]);
    let place = columns_with(&[
        "location",
        "site",
        "camera",
        "device",
        "installed",
        "building",
        "room",
        "ip",
        "mac",
        "condition",
    ]);
    let answers = columns_with(&["response", "answer", "reply", "outcome", "disclosed"]);
    let questions = columns_with(&["question", "request", "requested", "foi", "foia", "eir", "query"]);
    let notice = columns_with(&[
        "tender",
        "notice",
        "award",
        "awarded",
        "deadline",
        "published",
        "cpv",
        "procedure",
        "ocid",
    ]);
    let contract = columns_with(&["contract", "start", "end", "expiry", "extension"]);
    if identity >= 2 || identity == 1 && place > 0 {
        DocumentKind::Asset
    } else if questions > 0 && (answers > 0 || columns.amount.is_none()) {
        DocumentKind::Foi
    } else if notice >= 2 || contract >= 2 {
        DocumentKind::Contract
    } else if columns.supplier.is_some() && columns.amount.is_some() {
        DocumentKind::Spend
    } else {
        DocumentKind::Web
    }
}
