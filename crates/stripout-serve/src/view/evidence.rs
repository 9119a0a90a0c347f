//! One piece of evidence as it may be shown.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;
use stripout_model::{BlobId, BodyId, Decision, DocumentKind, Evidence, Row};
use stripout_register::{
    AffiliationRow, CommitmentRow, ContractRow, Filter, LeadRow, LedgerPayment, LedgerSighting, Listed,
    OutcomeRow, RecordRow, RegisterError, RowId, SightingRow, SourcePage, SourceRef, SourceRow,
};

use super::View;
use super::mask::{masked, masked_parts};
use super::payee::payee;
use crate::words::{self, safe};

/// The words of a source around those that were recognised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Quote {
    pub(crate) before: String,
    pub(crate) mark: String,
    pub(crate) after: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ProofOf {
    Sighting,
    Lead,
    Affiliation,
    Outcome,
    Commitment,
}

/// Evidence with all that a reader needs to find it again and to judge it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Proof {
    pub(crate) id: String,
    pub(crate) what: ProofOf,
    /// What it comes to, in a few words.
    pub(crate) says: String,
    pub(crate) quote: Quote,
    pub(crate) why: String,
    /// Of the row or notice around it.
    pub(crate) row: Row,
    pub(crate) file: String,
    pub(crate) member: Option<String>,
    pub(crate) place: String,
    pub(crate) bytes: Range<u64>,
    pub(crate) encoding: String,
    pub(crate) sha256: BlobId,
    /// Part of the source could not be read.
    pub(crate) partial: bool,
    /// The page that the source was published on.
    pub(crate) link: Option<String>,
    #[serde(skip)]
    pub(crate) record: RowId,
    #[serde(skip)]
    pub(crate) evidence: Evidence,
}

impl Proof {
    /// Without its folders, which the page of the evidence tells.
    pub(crate) fn file_name(&self) -> &str {
        name_of(&self.file)
    }
}

impl Quote {
    /// Without the mark.
    pub(crate) fn text(&self) -> String {
        format!("{}{}{}", self.before, self.mark, self.after)
    }
}

impl ProofOf {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sighting => "Sighting",
            Self::Lead => "Lead",
            Self::Affiliation => "Affiliation",
            Self::Outcome => "Answer",
            Self::Commitment => "Commitment",
        }
    }
}

/// The last part of a path.
fn name_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A row that has evidence.
trait Proven {
    fn parts(self) -> (RowId, RowId, SourceRef, ProofOf, String, String, Evidence, Row);
}

impl Proven for SightingRow {
    fn parts(self) -> (RowId, RowId, SourceRef, ProofOf, String, String, Evidence, Row) {
        let one = self.sighting;
        let says = format!(
            "{} · {} · recognised by {}",
            stripout_judge::says(self.kind, one.stance, &one.evidence.excerpt),
            words::confidence(one.confidence).to_lowercase(),
            words::via(one.via)
        );
        let (of, why) = (ProofOf::Sighting, one.why);
        (
            self.id,
            self.record,
            self.source,
            of,
            says,
            why,
            one.evidence,
            one.row,
        )
    }
}

impl Proven for LeadRow {
    fn parts(self) -> (RowId, RowId, SourceRef, ProofOf, String, String, Evidence, Row) {
        let Self {
            id,
            record,
            source,
            lead,
        } = self;
        let says = "cameras, maker not stated".to_owned();
        (
            id,
            record,
            source,
            ProofOf::Lead,
            says,
            lead.why,
            lead.evidence,
            lead.row,
        )
    }
}

impl Proven for AffiliationRow {
    fn parts(self) -> (RowId, RowId, SourceRef, ProofOf, String, String, Evidence, Row) {
        let tie = self.affiliation;
        let says = "a payee of a maker's group; it says nothing about equipment".to_owned();
        let (of, why) = (ProofOf::Affiliation, tie.why);
        (
            self.id,
            self.record,
            self.source,
            of,
            says,
            why,
            tie.evidence,
            tie.row,
        )
    }
}

impl Proven for OutcomeRow {
    fn parts(self) -> (RowId, RowId, SourceRef, ProofOf, String, String, Evidence, Row) {
        let one = self.outcome;
        let mut says = one.kind.to_string().replace('-', " ");
        if !one.grounds.is_empty() {
            let grounds: Vec<String> = one.grounds.iter().map(ToString::to_string).collect();
            says = format!("{says} · {}", grounds.join(", "));
        }
        let row = Row {
            date: one.days.document,
            ..Row::default()
        };
        let (of, why) = (ProofOf::Outcome, one.why);
        (
            self.id,
            self.record,
            self.source,
            of,
            says,
            why,
            one.evidence,
            row,
        )
    }
}

impl Proven for CommitmentRow {
    fn parts(self) -> (RowId, RowId, SourceRef, ProofOf, String, String, Evidence, Row) {
        let one = self.commitment;
        let mut says = one.act.to_string().replace('-', " ");
        if let Some(by) = &one.by {
            says = match by.date {
                Some(day) => format!("{says} by {} (\"{}\")", words::day(day), by.words),
                None => format!("{says} (\"{}\")", by.words),
            };
        }
        let row = Row {
            body: Some(one.who).filter(|who| !who.is_empty()),
            date: one.days.document,
            ..Row::default()
        };
        let (of, why) = (ProofOf::Commitment, one.why);
        (
            self.id,
            self.record,
            self.source,
            of,
            says,
            why,
            one.evidence,
            row,
        )
    }
}

impl View {
    /// The evidence of this id, whatever it is evidence of.
    pub(crate) async fn proof(&self, id: RowId) -> Result<Option<Proof>, RegisterError> {
        let one = [id];
        let found = self.proofs::<SightingRow>(&one).await?;
        if let Some(proof) = found.into_iter().next() {
            return Ok(Some(proof));
        }
        let found = self.proofs::<CommitmentRow>(&one).await?;
        if let Some(proof) = found.into_iter().next() {
            return Ok(Some(proof));
        }
        let found = self.proofs::<OutcomeRow>(&one).await?;
        if let Some(proof) = found.into_iter().next() {
            return Ok(Some(proof));
        }
        let found = self.proofs::<LeadRow>(&one).await?;
        if let Some(proof) = found.into_iter().next() {
            return Ok(Some(proof));
        }
        Ok(self.proofs::<AffiliationRow>(&one).await?.into_iter().next())
    }

    /// The sightings of these ids that may be shown, in the order asked for.
    pub(crate) async fn sightings(&self, ids: &[&str]) -> Result<Vec<Proof>, RegisterError> {
        let wanted: Vec<RowId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        let mut found = self.proofs::<SightingRow>(&wanted).await?;
        found.sort_by_key(|proof| ids.iter().position(|id| *id == proof.id));
        Ok(found)
    }

    /// The sightings as the register has them, for those who compute with them.
    pub(crate) async fn ledger_sightings(&self, ids: &[&str]) -> Result<Vec<LedgerSighting>, RegisterError> {
        let wanted: Vec<RowId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        let wanted: Vec<RowId> = wanted.into_iter().filter(|id| self.may_show(*id)).collect();
        self.grounds.register.ledger_sightings(&wanted).await
    }

    async fn proofs<T: Proven + Listed>(&self, ids: &[RowId]) -> Result<Vec<Proof>, RegisterError> {
        let may: Vec<RowId> = ids.iter().copied().filter(|id| self.may_show(*id)).collect();
        let rows: Vec<T> = self.grounds.register.these(&may).await?;
        Ok(rows.into_iter().map(|row| self.shown(row)).collect())
    }

    fn shown(&self, row: impl Proven) -> Proof {
        let (id, record, source, what, says, why, evidence, row) = row.parts();
        let text = |text: &str| self.words(text);
        Proof {
            id: id.to_string(),
            what,
            says: text(&says),
            quote: self.quote(self.body_of(id), &evidence),
            why: text(&why),
            row: Row {
                body: row.body.as_deref().map(text),
                supplier: row.supplier.as_deref().map(|name| self.payee(name)),
                ..row
            },
            file: self.file(&source.path),
            member: evidence.locator.member.as_deref().map(safe),
            place: safe(&evidence.locator.place.to_string()),
            bytes: evidence.locator.bytes.clone(),
            encoding: evidence.locator.decoding.encoding.to_string(),
            sha256: source.blob,
            partial: source.partial,
            link: self.pages.get(&source.blob).and_then(|page| page.link.clone()),
            record,
            evidence,
        }
    }

    /// The words of a source about a body. Where a place may be a sensitive one, everybody gets the recognised words alone.
    pub(crate) fn quote(&self, body: Option<&BodyId>, evidence: &Evidence) -> Quote {
        let parts = self
            .guard
            .parts(self.kind_of(body), evidence)
            .map(|part| safe(&part));
        let [before, mark, after] = if self.is_private() {
            parts
        } else {
            masked_parts(parts.each_ref().map(String::as_str))
        };
        Quote { before, mark, after }
    }

    /// Places of this body are not told to this audience.
    pub(crate) fn is_guarded(&self, body: Option<&BodyId>) -> bool {
        self.guard.holds(self.kind_of(body))
    }

    fn kind_of(&self, body: Option<&BodyId>) -> Option<&str> {
        body.and_then(|id| self.body(id)).map(|body| body.kind.as_str())
    }

    /// Whom a piece of evidence speaks of, as far as findings and promises tell.
    fn body_of(&self, id: RowId) -> Option<&BodyId> {
        if let Some(finding) = self.finding_with(id) {
            return Some(&finding.body);
        }
        let id = id.to_string();
        let promised = self.promises.iter().find(|promised| promised.said.id == id)?;
        promised.body.as_ref().map(|body| &body.id)
    }

    /// Words of a source, safe to show to this audience.
    pub(crate) fn words(&self, text: &str) -> String {
        if self.is_private() {
            safe(text)
        } else {
            masked(&safe(text)).into_owned()
        }
    }

    /// Who was paid, safe to show to this audience.
    pub(crate) fn payee(&self, name: &str) -> String {
        if self.is_private() {
            safe(name)
        } else {
            payee(&safe(name))
        }
    }

    /// Where a source lay; to others its name alone, as folders tell of those who keep them.
    pub(crate) fn file(&self, path: &str) -> String {
        safe(if self.is_private() { path } else { name_of(path) })
    }

    /// What sort of document it stands in, and the record field by field: that for the private view, as rows hold places
    /// and people.
    pub(crate) async fn record(
        &self,
        proof: &Proof,
    ) -> Result<(DocumentKind, Vec<(String, String)>), RegisterError> {
        let row: RecordRow = self.grounds.register.record(proof.record).await?;
        if !self.is_private() {
            return Ok((row.kind, Vec::new()));
        }
        let whole: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&row.whole_json).unwrap_or_default();
        let shown = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => safe(&text),
            other => safe(&other.to_string()),
        };
        let fields = whole.into_iter().map(|(name, value)| (safe(&name), shown(value)));
        Ok((row.kind, fields.collect()))
    }

    /// The words as they stand in the letter or on the page, with what stands around them: for the private view, as letters
    /// hold names. The mark is that of the excerpt.
    pub(crate) async fn surroundings(&self, proof: &Proof) -> Result<Option<Quote>, RegisterError> {
        let Some(around) = self.grounds.around.clone().filter(|_| self.is_private()) else {
            return Ok(None);
        };
        let Some(row) = self.source(&proof.sha256).await? else {
            return Ok(None);
        };
        let evidence = proof.evidence.clone();
        let read = tokio::task::spawn_blocking(move || {
            let found = around(&row, &evidence.locator)?;
            let end = evidence.start + evidence.excerpt.len();
            let is_same = found.passage.get(evidence.start..end) == Some(evidence.excerpt.as_str());
            let first = found.passage.get(..evidence.start).filter(|_| is_same)?;
            Some((
                format!("{}{first}", found.before),
                format!("{}{}", found.passage.get(end..)?, found.after),
            ))
        });
        // One that cannot be read again is shown by its excerpt alone.
        let found = read.await.ok().flatten();
        Ok(found.map(|(before, after)| Quote {
            before: format!("{}{}", lines(&before), proof.quote.before),
            mark: proof.quote.mark.clone(),
            after: format!("{}{}", proof.quote.after, lines(&after)),
        }))
    }

    async fn source(&self, blob: &BlobId) -> Result<Option<SourceRow>, RegisterError> {
        let filter = Filter {
            source: Some(blob.to_string()),
            ..Filter::default()
        };
        let rows: Vec<SourceRow> = self.grounds.register.sources(&filter).await?;
        Ok(rows.into_iter().next())
    }

    /// Whom it speaks of, as far as findings and promises tell.
    pub(crate) fn subject(&self, proof: &Proof) -> Option<&BodyId> {
        self.body_of(proof.id.parse().ok()?)
    }

    /// The day of the row, else that of the document.
    pub(crate) async fn day_of(&self, proof: &Proof) -> Result<Option<Date>, RegisterError> {
        let Ok(id) = proof.id.parse::<RowId>() else {
            return Ok(None);
        };
        match proof.row.date {
            Some(day) => Ok(Some(day)),
            None if proof.what == ProofOf::Sighting => Ok(self.written(&[id]).await?.remove(&id)),
            None => Ok(None),
        }
    }

    /// Decisions on it; who decided and why is for the private view.
    pub(crate) fn decided(&self, thing: &str) -> Vec<Decision> {
        let mut decisions = self.decisions_on(thing).to_vec();
        if !self.is_private() {
            for decision in &mut decisions {
                decision.who.clear();
                decision.why.clear();
            }
        }
        decisions
    }

    pub(crate) async fn contracts(&self, records: &[RowId]) -> Result<Vec<ContractRow>, RegisterError> {
        self.grounds.register.beside(records).await
    }

    pub(crate) async fn ledger_payments(
        &self,
        records: &[RowId],
    ) -> Result<Vec<LedgerPayment>, RegisterError> {
        self.grounds.register.ledger_payments(records).await
    }

    /// Days of the documents in which these sightings stand.
    pub(crate) async fn written(&self, ids: &[RowId]) -> Result<HashMap<RowId, Date>, RegisterError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        self.grounds.register.written(ids).await
    }

    /// This audience may have the original: originals hold what excerpts leave out.
    pub(crate) fn may_have(&self, blob: &BlobId) -> bool {
        self.open.as_ref().is_none_or(|open| open.contains(blob))
    }

    /// What is known of where a source was published.
    pub(crate) fn page_of(&self, blob: &BlobId) -> Option<&SourcePage> {
        self.pages.get(blob)
    }

    /// The source with these bytes and where they lie, for whoever may have it.
    pub(crate) async fn original(
        &self,
        blob: &BlobId,
    ) -> Result<Option<(SourceRow, PathBuf)>, RegisterError> {
        if !self.may_have(blob) {
            return Ok(None);
        }
        let place = |row: SourceRow| {
            let path = stripout_ingest::place_of(&row, &self.grounds.evidence);
            (row, path)
        };
        Ok(self.source(blob).await?.map(place))
    }
}

/// Safe to show, in the lines of the source.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| safe(line.trim_end_matches('\r')))
        .collect();
    lines.join("\n")
}
