//! Small sources to write.

use std::path::{Path, PathBuf};

use stripout_model::{
    BlobId, Confidence, Contract, Currency, Decoding, DocumentKind, Escape, Evidence, Installation, Lead,
    Locator, Money, Party, Payment, Place, Provenance, RecordPlace, Row, Sighting, Stage, Stance, Via,
};
use stripout_register::{
    Batch, Begun, Keeping, KeptRecord, NewSource, OpenMode, Register, SourceEnd, SourceRow, Unit,
};

pub(crate) fn blob(number: u32) -> BlobId {
    let mut digest = [0x5a; 32];
    // The first bytes, so that ids differ in their first digits.
    digest[..4].copy_from_slice(&number.wrapping_mul(0x9e37_79b1).to_be_bytes());
    digest[4..8].copy_from_slice(&number.to_be_bytes());
    BlobId::from_digest(digest)
}

pub(crate) fn source(number: u32) -> NewSource {
    NewSource {
        blob: blob(number),
        size: 1000,
        provenance: Provenance::File {
            path: format!("evidence/{number}.csv"),
        },
        keeping: Keeping::Reference,
        reader: "csv 1".into(),
        catalogue: "2026-11-01".into(),
        read_at: "2026-11-21T10:00:00Z".parse().unwrap(),
    }
}

pub(crate) fn gbp(minor_units: i64) -> Money {
    Money {
        minor_units,
        currency: Currency::GBP,
    }
}

pub(crate) fn evidence(blob: BlobId, byte: u64, excerpt: &str) -> Evidence {
    Evidence {
        blob,
        locator: Locator {
            member: None,
            place: Place::Cell {
                line: byte / 100 + 1,
                record: byte / 100,
                column: 3,
                name: "Purpose".into(),
            },
            bytes: byte..byte + 90,
            decoding: Decoding {
                encoding: "UTF-8".into(),
                escape: Escape::Csv {
                    delimiter: ',',
                    column: 3,
                },
            },
        },
        excerpt: excerpt.into(),
        start: 0,
        mark: 0..excerpt.chars().next().map_or(0, char::len_utf8),
    }
}

pub(crate) fn row(body: &str, amount: i64) -> Row {
    Row {
        body: Some(body.into()),
        supplier: Some("Acme Security Ltd".into()),
        amount: Some(gbp(amount)),
        date: Some("2023-04-05".parse().unwrap()),
    }
}

pub(crate) fn sighting(blob: BlobId, byte: u64, maker: &str, stance: Stance) -> Sighting {
    Sighting {
        maker: maker.parse().unwrap(),
        brand: Some(maker.parse().unwrap()),
        model: None,
        via: Via::Name,
        distance: 0,
        confidence: Confidence::Certain,
        stance,
        count: Some(4),
        cue: "supply of".into(),
        why: "the name as registered".into(),
        installation: Installation {
            site: Some("Example Depot".into()),
            sensitive: Some(false),
            device: Some("camera".into()),
        },
        evidence: evidence(blob, byte, &format!("4 x {maker} dome cameras")),
        row: row("Example Council", 100_000),
    }
}

pub(crate) fn lead(blob: BlobId, byte: u64, body: &str) -> Lead {
    Lead {
        why: "`CCTV`".into(),
        evidence: evidence(blob, byte, "CCTV upgrade"),
        row: row(body, 5_000),
    }
}

pub(crate) fn payment(supplier: &str, amount: i64) -> Payment {
    Payment {
        body: Some("Example Council".into()),
        supplier: Some(supplier.into()),
        amount: Some(gbp(amount)),
        date: Some("2023-04-05".parse().unwrap()),
        purpose: Some("CCTV maintenance".into()),
        category: None,
        reference: Some("0007".into()),
    }
}

pub(crate) fn contract(ocid: &str, award: &str, released: &str, value: i64) -> Contract {
    Contract {
        ocid: ocid.into(),
        release: Some(format!("{ocid}-{released}")),
        released: Some(released.into()),
        stage: if award.is_empty() {
            Stage::Tender
        } else {
            Stage::Award
        },
        award: Some(award.to_string()).filter(|award| !award.is_empty()),
        title: Some("CCTV".into()),
        buyer: Some(Party {
            name: "Example Council".into(),
            identifiers: Vec::new(),
        }),
        suppliers: vec![Party {
            name: "Acme".into(),
            identifiers: Vec::new(),
        }],
        value: Some(gbp(value)),
        ..Contract::default()
    }
}

/// The record at this byte, with nothing found in it.
pub(crate) fn record(byte: u64) -> KeptRecord {
    KeptRecord {
        member: None,
        place: RecordPlace {
            number: byte / 100 + 1,
            line: byte / 100 + 2,
            byte,
        },
        kind: DocumentKind::Spend,
        letterhead: stripout_model::Letterhead::default(),
        whole_json: format!("{{\"byte\":{byte}}}"),
        sightings: Vec::new(),
        leads: Vec::new(),
        affiliations: Vec::new(),
        outcomes: Vec::new(),
        commitments: Vec::new(),
        contracts: Vec::new(),
        payment: None,
    }
}

pub(crate) fn seen(blob: BlobId, byte: u64, maker: &str, stance: Stance) -> KeptRecord {
    KeptRecord {
        sightings: vec![sighting(blob, byte, maker, stance)],
        ..record(byte)
    }
}

pub(crate) fn batch(records: Vec<KeptRecord>) -> Batch {
    Batch {
        records,
        ..Batch::default()
    }
}

pub(crate) fn end(records: u64) -> SourceEnd {
    SourceEnd {
        records,
        problems: 0,
        partial: false,
        formats: vec!["csv".into()],
        kinds: vec![DocumentKind::Spend],
    }
}

/// A register in a folder that goes with it.
pub(crate) struct Home {
    pub(crate) folder: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("stripout.db")
    }

    pub(crate) async fn open(&self) -> Register {
        Register::open(self.path(), OpenMode::Create).await.unwrap()
    }

    pub(crate) fn files(&self) -> Vec<String> {
        files(self.folder.path())
    }
}

pub(crate) fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) fn new(begun: Begun<'_>) -> Unit<'_> {
    match begun {
        Begun::New(unit) => unit,
        Begun::AlreadyRead(row) => panic!("already read: {row:?}"),
    }
}

pub(crate) fn known(begun: Begun<'_>) -> SourceRow {
    match begun {
        Begun::New(_) => panic!("not read before"),
        Begun::AlreadyRead(row) => *row,
    }
}

/// Writes a source of these records.
pub(crate) async fn write(register: &Register, source: &NewSource, records: Vec<KeptRecord>) {
    let mut unit = new(register.begin(source).await.unwrap());
    let count = records.len() as u64;
    unit.write(batch(records)).await.unwrap();
    unit.commit(&end(count)).await.unwrap();
}
