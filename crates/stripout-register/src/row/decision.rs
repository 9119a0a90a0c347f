//! Decisions as the log has them.

use stripout_model::Decision;

use super::fields::Fields;
use super::{Cell, Column, Listed, Select, Shape, Sighted};

impl Select for Decision {
    const SELECT: &'static str =
        "SELECT t.id, t.thing, t.verdict, t.who, t.at, t.why, t.body, t.maker FROM decision AS t WHERE 1 = 1";
    const SHAPE: Shape = Shape {
        id: "t.id",
        sighted: Sighted::Nothing,
        body: Some("t.body"),
        supplier: None,
        date: Some("substr(t.at, 1, 10)"),
        weight: None,
        place: "t.id",
        replaced: None,
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.number("id")?,
            thing: row.text("thing")?,
            verdict: row.word("verdict")?,
            who: row.text("who")?,
            when: row.word("at")?,
            why: row.text("why")?,
            body: row.maybe_word("body")?,
            maker: row.maybe_word("maker")?,
        })
    }
}

impl Listed for Decision {
    const NAME: &'static str = "decisions";
    const COLUMNS: &'static [Column] = &[
        Column::integer("id"),
        Column::text("thing"),
        Column::text("verdict"),
        Column::text("who"),
        Column::text("at"),
        Column::text("why"),
        Column::text("body"),
        Column::text("maker"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Integer(self.id),
            Cell::shown(&self.thing),
            Cell::shown(self.verdict),
            Cell::shown(&self.who),
            Cell::shown(self.when),
            Cell::shown(&self.why),
            Cell::optional(self.body.as_ref()),
            Cell::optional(self.maker.as_ref()),
        ]
    }
}
