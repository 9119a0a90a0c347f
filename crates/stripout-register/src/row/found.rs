//! Sightings, leads and affiliations with their proof.

use serde::Serialize;
use stripout_model::{Affiliation, DocumentKind, Evidence, Installation, Lead, Row, Sighting};

use super::fields::Fields;
use super::{
    Cell, Column, Listed, Select, Shape, Sighted, SourceRef, evidence_columns, from_current, source_columns,
};
use crate::RowId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SightingRow {
    pub id: RowId,
    pub record: RowId,
    /// Sort of document it stands in.
    #[serde(skip)]
    pub kind: DocumentKind,
    pub source: SourceRef,
    #[serde(flatten)]
    pub sighting: Sighting,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeadRow {
    pub id: RowId,
    pub record: RowId,
    pub source: SourceRef,
    #[serde(flatten)]
    pub lead: Lead,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AffiliationRow {
    pub id: RowId,
    pub record: RowId,
    pub source: SourceRef,
    #[serde(flatten)]
    pub affiliation: Affiliation,
}

const fn shape(sighted: Sighted) -> Shape {
    Shape {
        id: "t.id",
        sighted,
        body: Some("t.body"),
        supplier: Some("t.supplier"),
        date: Some("t.date"),
        weight: Some("t.amount_minor"),
        place: "path, coalesce((SELECT r.member FROM record AS r WHERE r.id = t.record), ''), t.byte, t.start + t.mark_from",
        replaced: None,
    }
}

impl Select for SightingRow {
    const SELECT: &'static str = concat!(
        "SELECT t.id, t.record, t.maker, t.brand, t.model, t.via, t.distance, t.confidence, t.stance, t.count, ",
        "t.cue, t.why, t.site, t.sensitive, t.device, (SELECT r.kind FROM record AS r WHERE r.id = t.record) AS kind, ",
        evidence_columns!(),
        ", ",
        source_columns!(),
        from_current!("sighting")
    );
    const SHAPE: Shape = shape(Sighted::Itself);
    const COLUMNS_TOGETHER: Option<&'static [&'static str]> = Some(&[
        "id",
        "record",
        "maker",
        "brand",
        "model",
        "via",
        "distance",
        "confidence",
        "stance",
        "count",
        "cue",
        "why",
        "site",
        "sensitive",
        "device",
        "kind",
        "locator",
        "excerpt",
        "start",
        "mark_from",
        "mark_to",
        "body",
        "supplier",
        "amount_minor",
        "currency",
        "date",
        "sha256",
        "copy",
        "partial",
        "path",
    ]);

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.word("id")?,
            record: row.word("record")?,
            kind: row.word("kind")?,
            source: row.source()?,
            sighting: Sighting {
                maker: row.word("maker")?,
                brand: row.maybe_word("brand")?,
                model: row.maybe_word("model")?,
                via: row.word("via")?,
                distance: row.number("distance")?,
                confidence: row.word("confidence")?,
                stance: row.word("stance")?,
                count: row.maybe_number("count")?,
                cue: row.text("cue")?,
                why: row.text("why")?,
                installation: Installation {
                    site: row.maybe_text("site")?,
                    sensitive: row.maybe_flag("sensitive")?,
                    device: row.maybe_text("device")?,
                },
                evidence: row.evidence()?,
                row: row.row()?,
            },
        })
    }
}

impl Select for LeadRow {
    const SELECT: &'static str = concat!(
        "SELECT t.id, t.record, t.why, ",
        evidence_columns!(),
        ", ",
        source_columns!(),
        from_current!("lead")
    );
    const SHAPE: Shape = shape(Sighted::Record);

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.word("id")?,
            record: row.word("record")?,
            source: row.source()?,
            lead: Lead {
                why: row.text("why")?,
                evidence: row.evidence()?,
                row: row.row()?,
            },
        })
    }
}

impl Select for AffiliationRow {
    const SELECT: &'static str = concat!(
        "SELECT t.id, t.record, t.maker, t.brand, t.tied_at_the_time, t.why, ",
        evidence_columns!(),
        ", ",
        source_columns!(),
        from_current!("affiliation")
    );
    const SHAPE: Shape = shape(Sighted::Affiliation);

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.word("id")?,
            record: row.word("record")?,
            source: row.source()?,
            affiliation: Affiliation {
                maker: row.word("maker")?,
                brand: row.word("brand")?,
                tied_at_the_time: row.maybe_flag("tied_at_the_time")?,
                why: row.text("why")?,
                evidence: row.evidence()?,
                row: row.row()?,
            },
        })
    }
}

/// The columns that end all three.
macro_rules! columns {
    ($($own:expr),* $(,)?) => {
        &[
            Column::text("id"), $($own,)* Column::text("why"),
            Column::text("body"), Column::text("supplier"), Column::amount("amount"), Column::text("currency"),
            Column::text("date"), Column::text("source"), Column::text("sha256"), Column::boolean("partial"),
            Column::text("place"), Column::json("locator"), Column::text("excerpt"), Column::integer("start"),
            Column::integer("mark_from"), Column::integer("mark_to"), Column::text("record"),
        ]
    };
}

fn cells(
    id: RowId,
    own: Vec<Cell>,
    (why, row, evidence): (&str, &Row, &Evidence),
    source: &SourceRef,
    record: RowId,
) -> Vec<Cell> {
    let mut cells = vec![Cell::shown(id)];
    cells.extend(own);
    cells.extend([
        Cell::shown(why),
        Cell::optional(row.body.as_ref()),
        Cell::optional(row.supplier.as_ref()),
        Cell::amount(row.amount),
        Cell::optional(row.amount.map(|amount| amount.currency)),
        Cell::optional(row.date),
        Cell::shown(&source.path),
        Cell::shown(source.blob),
        Cell::Boolean(source.partial),
        Cell::shown(&evidence.locator),
        Cell::json(&evidence.locator),
        Cell::shown(&evidence.excerpt),
        Cell::natural(evidence.start as u64),
        Cell::natural(evidence.mark.start as u64),
        Cell::natural(evidence.mark.end as u64),
        Cell::shown(record),
    ]);
    cells
}

impl Listed for SightingRow {
    const NAME: &'static str = "sightings";
    const COLUMNS: &'static [Column] = columns![
        Column::text("maker"),
        Column::text("brand"),
        Column::text("model"),
        Column::text("stance"),
        Column::integer("count"),
        Column::text("confidence"),
        Column::text("via"),
        Column::integer("distance"),
        Column::text("cue"),
        Column::text("site"),
        Column::boolean("sensitive"),
        Column::text("device"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let found = &self.sighting;
        let own = vec![
            Cell::shown(&found.maker),
            Cell::optional(found.brand.as_ref()),
            Cell::optional(found.model.as_ref()),
            Cell::shown(found.stance),
            found
                .count
                .map_or(Cell::Null, |count| Cell::Integer(count.into())),
            Cell::shown(found.confidence),
            Cell::shown(found.via),
            Cell::Integer(found.distance.into()),
            Cell::shown(&found.cue),
            Cell::optional(found.installation.site.as_ref()),
            found.installation.sensitive.map_or(Cell::Null, Cell::Boolean),
            Cell::optional(found.installation.device.as_ref()),
        ];
        cells(
            self.id,
            own,
            (&found.why, &found.row, &found.evidence),
            &self.source,
            self.record,
        )
    }
}

impl Listed for LeadRow {
    const NAME: &'static str = "leads";
    const COLUMNS: &'static [Column] = columns![];

    fn cells(&self) -> Vec<Cell> {
        let found = &self.lead;
        cells(
            self.id,
            Vec::new(),
            (&found.why, &found.row, &found.evidence),
            &self.source,
            self.record,
        )
    }
}

impl Listed for AffiliationRow {
    const NAME: &'static str = "affiliations";
    const COLUMNS: &'static [Column] = columns![
        Column::text("maker"),
        Column::text("brand"),
        Column::boolean("tied_at_the_time")
    ];

    fn cells(&self) -> Vec<Cell> {
        let found = &self.affiliation;
        let own = vec![
            Cell::shown(&found.maker),
            Cell::shown(&found.brand),
            found.tied_at_the_time.map_or(Cell::Null, Cell::Boolean),
        ];
        cells(
            self.id,
            own,
            (&found.why, &found.row, &found.evidence),
            &self.source,
            self.record,
        )
    }
}
