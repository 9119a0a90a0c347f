//! Rows a second into the register, against the same rows through `INSERT ... SELECT ... FROM json_each`.
//!
//! `cargo bench -p stripout-register`; `STRIPOUT_BENCH_ROWS` sets the number of rows. Preparing rows is not counted; ids, the
//! fsync at the end and folding the log into the file are.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints what it measures and may stop"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};
use stripout_model::{
    BlobId, Confidence, Currency, Decoding, DocumentKind, Escape, Evidence, Installation, Locator, Money,
    Payment, Place, Provenance, RecordPlace, Row, Sighting, Stance, Via,
};
use stripout_register::{Batch, Begun, Keeping, KeptRecord, NewSource, OpenMode, Register, SourceEnd};

const BATCH: u64 = 2_000;

fn main() {
    let rows = std::env::var("STRIPOUT_BENCH_ROWS").map_or(200_000, |rows| rows.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    println!(
        "{rows} rows of {} bytes of JSON each",
        record(1, false).whole_json.len()
    );
    runtime.block_on(async {
        let payments = register(&at("payments.db"), rows, false).await;
        println!("payments kept whole    {payments}");
        let json = json_each(&at("json.db"), rows).await;
        println!(
            "the same by json_each  {json}  ({:.2} of the above)",
            json.processor / payments.processor
        );
        let sighted = register(&at("sighted.db"), rows, true).await;
        println!("with a sighting each   {sighted}");
        let small = small_sources(&at("small.db"), 5_000).await;
        println!("small sources, grouped {small}");
    });
}

fn blob(number: u64) -> BlobId {
    let mut digest = [7; 32];
    digest[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    BlobId::from_digest(digest)
}

fn source(number: u64) -> NewSource {
    NewSource {
        blob: blob(number),
        size: 1,
        provenance: Provenance::File {
            path: format!("bench/{number}.csv"),
        },
        keeping: Keeping::Reference,
        reader: "bench".into(),
        catalogue: "bench".into(),
        read_at: "2026-11-21T10:00:00Z".parse().unwrap(),
    }
}

fn payment(number: u64) -> Payment {
    Payment {
        body: Some(format!("Example Borough Council {}", number % 300)),
        supplier: Some(format!("Supplier {} Limited", number % 5_000)),
        amount: Some(Money {
            minor_units: i64::try_from(number).unwrap() * 37 % 1_000_000,
            currency: Currency::GBP,
        }),
        date: Some(jiff::civil::date(2023, 4, 5)),
        purpose: Some("Repairs and maintenance of buildings".into()),
        category: Some("Premises".into()),
        reference: Some(format!("{number:010}")),
    }
}

fn record(number: u64, sighted: bool) -> KeptRecord {
    let sighting = || Sighting {
        maker: "examplecam".parse().unwrap(),
        brand: None,
        model: None,
        via: Via::Name,
        distance: 0,
        confidence: Confidence::Certain,
        stance: Stance::Has,
        count: Some(4),
        cue: "supply of".into(),
        why: "the maker's name as registered, in the purpose of a payment".into(),
        installation: Installation::default(),
        evidence: Evidence {
            blob: blob(0),
            locator: Locator {
                member: None,
                place: Place::Cell {
                    line: number,
                    record: number,
                    column: 4,
                    name: "Purpose".into(),
                },
                bytes: number * 200..number * 200 + 200,
                decoding: Decoding {
                    encoding: "UTF-8".into(),
                    escape: Escape::Csv {
                        delimiter: ',',
                        column: 4,
                    },
                },
            },
            excerpt: "supply of 4 examplecam dome cameras and a recorder for the depot".into(),
            start: 0,
            mark: 12..22,
        },
        row: Row {
            body: Some("Example Borough Council".into()),
            ..Row::default()
        },
    };
    let payment = payment(number);
    KeptRecord {
        member: None,
        place: RecordPlace {
            number,
            line: number,
            byte: number * 200,
        },
        kind: DocumentKind::Spend,
        letterhead: stripout_model::Letterhead::default(),
        whole_json: serde_json::to_string(&payment).unwrap(),
        sightings: if sighted { vec![sighting()] } else { Vec::new() },
        leads: Vec::new(),
        affiliations: Vec::new(),
        outcomes: Vec::new(),
        commitments: Vec::new(),
        contracts: Vec::new(),
        payment: Some(payment),
    }
}

fn new(begun: Begun<'_>) -> stripout_register::Unit<'_> {
    match begun {
        Begun::New(unit) => unit,
        Begun::AlreadyRead(_) => unreachable!("a new file"),
    }
}

/// One source in one transaction, its fsync and the fold of the log included.
async fn register(path: &Path, rows: u64, sighted: bool) -> Rate {
    let register = Register::open(path, OpenMode::Create).await.unwrap();
    let mut watch = Watch::default();
    let mut unit = new(register.begin(&source(0)).await.unwrap());
    for first in (0..rows).step_by(usize::try_from(BATCH).unwrap()) {
        let records = (first..rows.min(first + BATCH))
            .map(|number| record(number, sighted))
            .collect();
        let batch = Batch {
            records,
            ..Batch::default()
        };
        let start = Moment::now();
        unit.write(batch).await.unwrap();
        watch.add(&start);
    }
    let start = Moment::now();
    unit.commit(&SourceEnd {
        records: rows,
        ..SourceEnd::default()
    })
    .await
    .unwrap();
    register.close().await;
    watch.add(&start);
    watch.rate(rows)
}

/// The same records and payments into the same tables, ids made beforehand: only the way of inserting differs.
async fn json_each(path: &Path, rows: u64) -> Rate {
    let register = Register::open(path, OpenMode::Create).await.unwrap();
    let unit = new(register.begin(&source(0)).await.unwrap());
    unit.commit(&SourceEnd::default()).await.unwrap();
    register.close().await;
    let options = SqliteConnectOptions::new().filename(path).foreign_keys(true);
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = options
        .pragma("cache_size", "-49152")
        .pragma("temp_store", "memory")
        .connect()
        .await
        .unwrap();
    let mut watch = Watch::default();
    let mut transaction = connection.begin().await.unwrap();
    for first in (0..rows).step_by(usize::try_from(BATCH).unwrap()) {
        let records: Vec<_> = (first..rows.min(first + BATCH))
            .map(|number| record(number, false))
            .collect();
        let start = Moment::now();
        let (mut whole, mut paid) = (Vec::new(), Vec::new());
        for record in &records {
            let id = format!("{:016x}", record.place.number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let said = record.payment.as_ref().unwrap();
            whole.push(serde_json::json!([
                id,
                record.place.number,
                record.place.byte,
                record.whole_json
            ]));
            paid.push(serde_json::json!([
                id,
                said.body,
                said.supplier,
                said.amount.unwrap().minor_units,
                said.amount.unwrap().currency,
                said.date,
                said.purpose,
                said.category,
                said.reference
            ]));
        }
        sqlx::query(
            "INSERT INTO record (id, reading, member, number, line, byte, kind, whole) \
             SELECT value ->> 0, (SELECT id FROM reading), NULL, value ->> 1, value ->> 1, value ->> 2, 'spend', \
             value ->> 3 FROM json_each($1)",
        )
        .bind(serde_json::to_string(&whole).unwrap())
        .execute(&mut *transaction)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO payment (id, record, body, supplier, amount_minor, currency, date, purpose, category, reference) \
             SELECT value ->> 0, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, \
             value ->> 6, value ->> 7, value ->> 8 FROM json_each($1)",
        )
        .bind(serde_json::to_string(&paid).unwrap())
        .execute(&mut *transaction)
        .await
        .unwrap();
        watch.add(&start);
    }
    let start = Moment::now();
    transaction.commit().await.unwrap();
    connection.close().await.unwrap();
    watch.add(&start);
    watch.rate(rows)
}

/// Three kept rows each, 500 sources to a commit.
async fn small_sources(path: &Path, sources: u64) -> Rate {
    let register = Register::open(path, OpenMode::Create).await.unwrap();
    let start = Moment::now();
    for first in (0..sources).step_by(500) {
        let mut group = register.group().await.unwrap();
        for number in first..first + 500 {
            let mut unit = new(group.begin(&source(number)).await.unwrap());
            let records = (0..3).map(|row| record(number * 3 + row, false)).collect();
            unit.write(Batch {
                records,
                ..Batch::default()
            })
            .await
            .unwrap();
            unit.commit(&SourceEnd {
                records: 3,
                ..SourceEnd::default()
            })
            .await
            .unwrap();
        }
        group.commit().await.unwrap();
    }
    let mut watch = Watch::default();
    watch.add(&start);
    watch.rate(sources)
}

/// Time on the wall, and of the processor where the system tells: the first says little on a busy machine.
struct Moment {
    wall: Instant,
    processor: Duration,
}

impl Moment {
    fn now() -> Self {
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        // Fields 14 and 15, in hundredths of a second; counted from the name, which may hold spaces.
        let fields = stat
            .rsplit_once(')')
            .map_or("", |(_, rest)| rest)
            .split_whitespace();
        let ticks: u64 = fields
            .skip(11)
            .take(2)
            .filter_map(|ticks| ticks.parse::<u64>().ok())
            .sum();
        Self {
            wall: Instant::now(),
            processor: Duration::from_millis(ticks * 10),
        }
    }
}

#[derive(Default)]
struct Watch {
    wall: Duration,
    processor: Duration,
}

struct Rate {
    wall: f64,
    processor: f64,
}

impl Watch {
    fn add(&mut self, start: &Moment) {
        let now = Moment::now();
        self.wall += now.wall - start.wall;
        self.processor += now.processor.saturating_sub(start.processor);
    }

    #[allow(clippy::cast_precision_loss, reason = "a rate for people")]
    fn rate(&self, count: u64) -> Rate {
        let per = |time: Duration| count as f64 / time.as_secs_f64();
        Rate {
            wall: per(self.wall),
            processor: per(self.processor),
        }
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:>9.0} /s on the clock {:>9.0} /s of processor time",
            self.wall, self.processor
        )
    }
}
