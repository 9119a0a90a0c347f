//! Lists of rows by filter and order.

use futures_util::stream::{BoxStream, StreamExt as _, TryStreamExt as _};
use sqlx::sqlite::SqliteRow;
use stripout_model::{Confidence, Stance, Via};

use crate::row::{
    AffiliationRow, CommitmentRow, ContractRow, Fields, LeadRow, Listed, OutcomeRow, PaymentRow, ProblemRow,
    Select, Shape, Sighted, SightingRow, SourceRow, line,
};
use crate::sql::{fault, trusted};
use crate::{Error, Filter, Order, Register, Result};

impl Register {
    pub async fn sightings(&self, filter: &Filter) -> Result<Vec<SightingRow>> {
        self.list(filter).await
    }

    pub async fn leads(&self, filter: &Filter) -> Result<Vec<LeadRow>> {
        self.list(filter).await
    }

    pub async fn affiliations(&self, filter: &Filter) -> Result<Vec<AffiliationRow>> {
        self.list(filter).await
    }

    pub async fn outcomes(&self, filter: &Filter) -> Result<Vec<OutcomeRow>> {
        self.list(filter).await
    }

    pub async fn commitments(&self, filter: &Filter) -> Result<Vec<CommitmentRow>> {
        self.list(filter).await
    }

    /// The last release of each award; all of them with `Filter::every_release`.
    pub async fn contracts(&self, filter: &Filter) -> Result<Vec<ContractRow>> {
        self.list(filter).await
    }

    pub async fn payments(&self, filter: &Filter) -> Result<Vec<PaymentRow>> {
        self.list(filter).await
    }

    pub async fn sources(&self, filter: &Filter) -> Result<Vec<SourceRow>> {
        self.list(filter).await
    }

    pub async fn problems(&self, filter: &Filter) -> Result<Vec<ProblemRow>> {
        self.list(filter).await
    }

    pub async fn list<T: Listed>(&self, filter: &Filter) -> Result<Vec<T>> {
        let mut stream = self.stream::<T>(filter)?;
        let mut rows = Vec::new();
        while let Some(row) = stream.next().await {
            rows.push(row?);
        }
        Ok(rows)
    }

    /// One row after the other, for lists too long to hold. Sees the register as it is when the first row is asked for.
    pub fn stream<T: Listed>(&self, filter: &Filter) -> Result<BoxStream<'_, Result<T>>> {
        let mut question = Question::about::<T>();
        question.filter(T::NAME, &T::SHAPE, filter)?;
        question.order(&T::SHAPE, filter);
        Ok(self.ask(question))
    }

    pub(crate) fn ask<T: Select>(&self, question: Question) -> BoxStream<'_, Result<T>> {
        let Question { text, values } = question;
        let mut query = sqlx::query(trusted(text));
        for value in values {
            query = query.bind(value);
        }
        let read = |row: Result<SqliteRow, sqlx::Error>| {
            row.and_then(|row| T::from_row(&Fields::Row(&row)))
                .map_err(|error| fault(&self.path, &error))
        };
        query.fetch(&self.readers).map(read).boxed()
    }

    /// All rows at once: for as many as can be held.
    pub(crate) async fn ask_together<T: Select>(&self, question: Question) -> Result<Vec<T>> {
        let Some(names) = T::COLUMNS_TOGETHER else {
            return self.ask(question).try_collect().await;
        };
        let Question { text, values } = question;
        self.together(names, &text, values, T::from_row).await
    }

    /// The rows of a SELECT with these columns, handed over as one value.
    pub(crate) async fn together<T, V>(
        &self,
        names: &'static [&'static str],
        select: &str,
        values: impl IntoIterator<Item = V>,
        read: impl Fn(&Fields<'_>) -> Result<T, sqlx::Error>,
    ) -> Result<Vec<T>>
    where
        V: for<'q> sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + 'static,
    {
        let mut query = sqlx::query_scalar(trusted(line::together(names, select)));
        for value in values {
            query = query.bind(value);
        }
        let together: Result<Option<String>, sqlx::Error> = query.fetch_one(&self.readers).await;
        together
            .and_then(|together| line::rows(names, together.as_deref(), read))
            .map_err(|error| fault(&self.path, &error))
    }
}

/// A SELECT in the making.
pub(crate) struct Question {
    text: String,
    values: Vec<String>,
}

impl Question {
    pub(crate) fn about<T: Select>() -> Self {
        Self {
            text: T::SELECT.into(),
            values: Vec::new(),
        }
    }

    pub(crate) fn and(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
        self.values.extend(values);
    }

    pub(crate) fn order_by(&mut self, terms: &str) {
        self.text.push_str(" ORDER BY ");
        self.text.push_str(terms);
    }

    fn filter(&mut self, table: &'static str, shape: &Shape, filter: &Filter) -> Result<()> {
        let Filter {
            makers,
            brands,
            stances,
            confidences,
            vias,
            codes,
            body,
            supplier,
            source,
            from,
            until,
            every_release,
            order: _,
            limit: _,
            offset: _,
        } = filter;
        let mut own = Vec::new();
        let mut of_sighting = Vec::new();
        let mut want = |column: &'static str, values: Vec<String>, is_own: bool| {
            if !values.is_empty() {
                if is_own { &mut own } else { &mut of_sighting }.push((column, values));
            }
        };
        let named = matches!(shape.sighted, Sighted::Itself | Sighted::Affiliation);
        let itself = shape.sighted == Sighted::Itself;
        want("maker", makers.iter().map(ToString::to_string).collect(), named);
        want("brand", brands.iter().map(ToString::to_string).collect(), named);
        want(
            "stance",
            stances.iter().map(ToString::to_string).collect(),
            itself,
        );
        want(
            "confidence",
            confidences.iter().map(ToString::to_string).collect(),
            itself,
        );
        want("via", vias.iter().map(ToString::to_string).collect(), itself);
        for (column, values) in own {
            self.and(&format!("t.{column} IN ({})", marks(values.len())), values);
        }
        if !codes.is_empty() {
            if table != ProblemRow::NAME {
                return Err(Error::NoSuchFilter { table, by: "code" });
            }
            let codes = codes.iter().map(ToString::to_string);
            self.and(&format!("t.code IN ({})", marks(codes.len())), codes);
        }
        if shape.sighted == Sighted::Nothing {
            let refused = of_sighting.first().map(|(column, _)| *column);
            if let Some(by) = refused.or(source.as_ref().map(|_| "source")) {
                return Err(Error::NoSuchFilter { table, by });
            }
        } else if !of_sighting.is_empty() {
            self.has_sighting(shape.sighted, of_sighting);
        }
        for (by, column, part) in [("body", shape.body, body), ("supplier", shape.supplier, supplier)] {
            let Some(part) = part else { continue };
            let Some(column) = column else {
                return Err(Error::NoSuchFilter { table, by });
            };
            self.and(
                &format!("lower({column}) LIKE lower(?) ESCAPE '\\'"),
                [containing(part)],
            );
        }
        for (sign, date) in [(">=", from), ("<=", until)] {
            let Some(date) = date else { continue };
            let Some(column) = shape.date else {
                return Err(Error::NoSuchFilter { table, by: "date" });
            };
            self.and(&format!("{column} {sign} ?"), [date.to_string()]);
        }
        if let Some(source) = source {
            self.of_source(source, shape.sighted);
        }
        if let Some(replaced) = shape.replaced
            && !every_release
        {
            self.and(&format!("NOT ({replaced})"), []);
        }
        Ok(())
    }

    fn has_sighting(&mut self, sighted: Sighted, wanted: Vec<(&'static str, Vec<String>)>) {
        let tie = match sighted {
            Sighted::Itself | Sighted::Affiliation | Sighted::Record => "f.record = t.record",
            Sighted::Source | Sighted::SourceOrOwn => "h.source = s.id",
            // Refused before it comes to this.
            Sighted::Nothing => "0 = 1",
        };
        let mut condition = format!(
            "EXISTS (SELECT 1 FROM sighting AS f JOIN current_reading AS h ON h.id = f.reading WHERE {tie}"
        );
        let mut values = Vec::new();
        for (column, of_column) in wanted {
            condition.extend([" AND f.", column, " IN (", &marks(of_column.len()), ")"]);
            values.extend(of_column);
        }
        condition.push(')');
        self.and(&condition, values);
    }

    fn of_source(&mut self, source: &str, sighted: Sighted) {
        // Its own hash and path are those of its source, where it stands in one.
        let (hash_column, own_path) = match sighted {
            Sighted::SourceOrOwn => ("t.sha256", " OR lower(t.path) LIKE lower(?) ESCAPE '\\'"),
            _ => ("s.sha256", ""),
        };
        let named = format!(
            "EXISTS (SELECT 1 FROM provenance AS w WHERE w.source = s.id AND lower(w.path) LIKE lower(?) ESCAPE '\\'){own_path}"
        );
        let paths = || vec![containing(source); if own_path.is_empty() { 1 } else { 2 }];
        let hex = source.bytes().all(|b| b.is_ascii_hexdigit());
        let hash = source.to_ascii_lowercase();
        match source.len() {
            64 if hex => self.and(&format!("{hash_column} = ?"), [hash]),
            6..64 if hex => {
                // `g` is the letter after the last hex digit.
                let mut values = vec![hash.clone(), format!("{hash}g")];
                values.extend(paths());
                self.and(&format!("({hash_column} BETWEEN ? AND ? OR {named})"), values);
            }
            _ => self.and(&format!("({named})"), paths()),
        }
    }

    fn order(&mut self, shape: &Shape, filter: &Filter) {
        let mut terms = Vec::new();
        let weight = || shape.weight.map(|weight| format!("{weight} DESC NULLS LAST"));
        match filter.order {
            Order::Strongest if shape.sighted == Sighted::Itself => {
                terms.extend([rank_confidence(), rank_via(), rank_stance()]);
                terms.extend(weight());
            }
            Order::Strongest | Order::LargestAmount => terms.extend(weight()),
            Order::Newest => terms.extend(shape.date.map(|date| format!("{date} DESC NULLS LAST"))),
            Order::Oldest => terms.extend(shape.date.map(|date| format!("{date} NULLS LAST"))),
            Order::Place => {}
        }
        // Last of all the place and the id, so that equal rows always come in the same order.
        terms.extend([shape.place.to_string(), shape.id.to_string()]);
        self.order_by(&terms.join(", "));
        if filter.limit.is_some() || filter.offset > 0 {
            let limit = i64::try_from(filter.limit.unwrap_or(u64::MAX)).unwrap_or(i64::MAX);
            let offset = i64::try_from(filter.offset).unwrap_or(i64::MAX);
            self.text
                .extend([" LIMIT ", &limit.to_string(), " OFFSET ", &offset.to_string()]);
        }
    }
}

pub(super) fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// A LIKE pattern for any text around these very characters.
fn containing(part: &str) -> String {
    let mut pattern = String::from("%");
    for c in part.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Sorts first what comes first in the list.
fn rank<'a>(column: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    let mut case = format!("CASE {column}");
    for (rank, word) in words.into_iter().enumerate() {
        case.extend([" WHEN '", word, "' THEN ", &rank.to_string()]);
    }
    case.push_str(" END");
    case
}

fn rank_confidence() -> String {
    rank(
        "t.confidence",
        Confidence::ALL.iter().rev().map(|confidence| confidence.as_str()),
    )
}

/// An exact name says more than a model number, that more than a label others may share, and a typo least.
fn rank_via() -> String {
    rank(
        "t.via",
        [Via::Name, Via::Script, Via::Model, Via::Brand, Via::Typo].map(Via::as_str),
    )
}

fn rank_stance() -> String {
    rank("t.stance", Stance::ALL.map(Stance::as_str))
}
