//! Contracts, with the place of each statement in the history of its process.

use serde::Serialize;
use stripout_model::{Contract, Identifier, Party};

use super::fields::Fields;
use super::{Cell, Column, Listed, Select, Shape, Sighted, SourceRef, source_columns};
use crate::RowId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractRow {
    pub id: RowId,
    pub record: RowId,
    pub source: SourceRef,
    /// First line of the release in its source (member).
    pub line: u64,
    /// Path inside an archive.
    pub member: Option<String>,
    #[serde(flatten)]
    pub contract: Contract,
    /// Releases kept of this award (of this process, before there is an award).
    pub releases: u64,
    /// Other statements of the very same time that differ: which of them holds is not known.
    pub ties: u64,
    /// No later release is kept.
    pub latest: bool,
}

impl Select for ContractRow {
    const SELECT: &'static str = concat!(
        "SELECT t.*, r.line, r.member, ",
        source_columns!(),
        " FROM contract_history AS t JOIN record AS r ON r.id = t.record JOIN reading AS g ON g.id = t.reading \
         JOIN source AS s ON s.id = t.source WHERE 1 = 1"
    );
    const SHAPE: Shape = Shape {
        id: "t.id",
        sighted: Sighted::Record,
        body: Some("t.buyer"),
        supplier: Some("t.supplier"),
        date: Some("t.date"),
        weight: Some("t.amount_minor"),
        place: "path, coalesce(r.member, ''), r.byte, t.position",
        replaced: Some("t.latest = 0"),
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        let identifiers: Vec<Identifier> = row.json("buyer_ids")?;
        let suppliers: Vec<Party> = row.json("suppliers")?;
        Ok(Self {
            id: row.word("id")?,
            record: row.word("record")?,
            source: row.source()?,
            line: row.number("line")?,
            member: row.maybe_text("member")?,
            contract: Contract {
                ocid: row.text("ocid")?,
                release: row.maybe_text("release_id")?,
                released: row.filled_text("released")?,
                stage: row.word("stage")?,
                award: row.filled_text("award")?,
                title: row.maybe_text("title")?,
                buyer: row.maybe_text("buyer")?.map(|name| Party { name, identifiers }),
                suppliers,
                value: row.money()?,
                signed: row.date("signed")?,
                start: row.date("starts")?,
                end: row.date("ends")?,
                status: row.maybe_text("status")?,
                tags: row.json("tags")?,
                notices: row.json("notices")?,
                cpv: row.json("cpv")?,
                documents: row.json("documents")?,
            },
            releases: row.number("releases")?,
            ties: row.number("ties")?,
            latest: row.flag("latest")?,
        })
    }
}

impl Listed for ContractRow {
    const NAME: &'static str = "contracts";
    const COLUMNS: &'static [Column] = &[
        Column::text("id"),
        Column::text("ocid"),
        Column::text("release"),
        Column::text("released"),
        Column::text("stage"),
        Column::text("award"),
        Column::text("title"),
        Column::text("buyer"),
        Column::text("supplier"),
        Column::amount("amount"),
        Column::text("currency"),
        Column::text("date"),
        Column::text("signed"),
        Column::text("start"),
        Column::text("end"),
        Column::text("status"),
        Column::json("tags"),
        Column::json("notices"),
        Column::json("cpv"),
        Column::json("buyer_ids"),
        Column::json("suppliers"),
        Column::json("documents"),
        Column::integer("releases"),
        Column::integer("ties"),
        Column::boolean("latest"),
        Column::text("source"),
        Column::text("sha256"),
        Column::boolean("partial"),
        Column::text("member"),
        Column::integer("line"),
        Column::text("record"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let said = &self.contract;
        let names: Vec<&str> = said.suppliers.iter().map(|party| party.name.as_str()).collect();
        vec![
            Cell::shown(self.id),
            Cell::shown(&said.ocid),
            Cell::optional(said.release.as_ref()),
            Cell::optional(said.released.as_ref()),
            Cell::shown(said.stage.as_str()),
            Cell::optional(said.award.as_ref()),
            Cell::optional(said.title.as_ref()),
            Cell::optional(said.buyer.as_ref().map(|buyer| &buyer.name)),
            Cell::optional((!names.is_empty()).then(|| names.join("; "))),
            Cell::amount(said.value),
            Cell::optional(said.value.map(|value| value.currency)),
            Cell::optional(said.date()),
            Cell::optional(said.signed),
            Cell::optional(said.start),
            Cell::optional(said.end),
            Cell::optional(said.status.as_ref()),
            Cell::json(&said.tags),
            Cell::json(&said.notices),
            Cell::json(&said.cpv),
            Cell::json(
                &said
                    .buyer
                    .as_ref()
                    .map(|buyer| buyer.identifiers.as_slice())
                    .unwrap_or_default(),
            ),
            Cell::json(&said.suppliers),
            Cell::json(&said.documents),
            Cell::natural(self.releases),
            Cell::natural(self.ties),
            Cell::Boolean(self.latest),
            Cell::shown(&self.source.path),
            Cell::shown(self.source.blob),
            Cell::Boolean(self.source.partial),
            Cell::optional(self.member.as_ref()),
            Cell::natural(self.line),
            Cell::shown(self.record),
        ]
    }
}
