//! Where a postcode lies, as the imported directory of postcodes says.

use crate::row::Fields;
use crate::sql::fault;
use crate::{ReferencePostcode, Register, Result};

/// A postcode with the file that says where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub place: ReferencePostcode,
    /// The publisher's edition, where the file states it.
    pub vintage: Option<String>,
}

impl Register {
    /// The place of a postcode as [`ReferencePostcode::written`] writes it.
    pub async fn postcode(&self, postcode: &str) -> Result<Option<Located>> {
        let row = sqlx::query(
            "SELECT p.postcode, p.introduced, p.ended, p.district, p.county, p.constituency, p.force, p.care_board, \
             p.country, p.region, p.lat, p.long, f.vintage \
             FROM reference_postcode AS p JOIN reference_file AS f ON f.sha256 = p.file WHERE p.postcode = $1",
        )
        .bind(postcode)
        .fetch_optional(&self.readers)
        .await;
        let located = row.and_then(|row| row.map(|row| located(&Fields::Row(&row))).transpose());
        located.map_err(|error| fault(&self.path, &error))
    }

    /// Whether a directory of postcodes was imported.
    pub async fn has_postcodes(&self) -> Result<bool> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM reference_postcode)")
            .fetch_one(&self.readers)
            .await
            .map_err(|error| fault(&self.path, &error))
    }
}

fn located(row: &Fields<'_>) -> Result<Located, sqlx::Error> {
    Ok(Located {
        place: ReferencePostcode {
            postcode: row.text("postcode")?,
            introduced: row.maybe_text("introduced")?,
            ended: row.maybe_text("ended")?,
            district: row.maybe_text("district")?,
            county: row.maybe_text("county")?,
            constituency: row.maybe_text("constituency")?,
            force: row.maybe_text("force")?,
            care_board: row.maybe_text("care_board")?,
            country: row.maybe_text("country")?,
            region: row.maybe_text("region")?,
            position: row.maybe_number("lat")?.zip(row.maybe_number("long")?),
        },
        vintage: row.maybe_text("vintage")?,
    })
}
