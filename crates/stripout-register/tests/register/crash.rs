//! A writer killed at any moment loses nothing that it committed and half-writes nothing.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use stripout_model::Stance;
use stripout_register::{Filter, OpenMode, Register};

use crate::fixture::{Home, batch, blob, end, new, seen, source};

const CHILD: &str = "STRIPOUT_TEST_REGISTER";
const FIRST: &str = "STRIPOUT_TEST_FIRST";
const RECORDS: u64 = 40;
const ROUNDS: u32 = 12;

#[test]
fn killed_writer_leaves_whole_units_only() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    // This very test, started again as the process to be killed.
    if let Some(path) = std::env::var_os(CHILD) {
        let first = std::env::var(FIRST).unwrap().parse().unwrap();
        return runtime.block_on(write_for_ever(Path::new(&path), first));
    }
    let home = Home::new();
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        let first = round * 100_000;
        acknowledged.extend(run_and_kill(&home.path(), first, round));
        if !home.path().exists() {
            continue;
        }
        runtime.block_on(check(&home, &acknowledged, first));
    }
    assert!(
        acknowledged.len() > 5,
        "the writer was killed too early to prove anything"
    );
    let left = home.files();
    assert!(!left.iter().any(|name| name.contains(".part")), "{left:?}");
}

/// Prints the number of each source once it is committed.
async fn write_for_ever(path: &Path, first: u32) {
    // The test harness has begun a line.
    println!();
    let register = Register::open(path, OpenMode::Create).await.unwrap();
    for number in (first..).step_by(2) {
        // A unit of its own, then a group of one: both ways of committing.
        let mut unit = new(register.begin(&source(number)).await.unwrap());
        fill(&mut unit, number).await;
        unit.commit(&end(RECORDS)).await.unwrap();
        println!("ok {number}");
        let mut group = register.group().await.unwrap();
        let mut unit = new(group.begin(&source(number + 1)).await.unwrap());
        fill(&mut unit, number + 1).await;
        unit.commit(&end(RECORDS)).await.unwrap();
        group.commit().await.unwrap();
        println!("ok {}", number + 1);
    }
}

async fn fill(unit: &mut stripout_register::Unit<'_>, number: u32) {
    for half in 0..2 {
        let bytes = (0..RECORDS / 2).map(|i| (half * RECORDS / 2 + i) * 100);
        let records = bytes
            .map(|byte| seen(blob(number), byte, "dahua", Stance::Has))
            .collect();
        unit.write(batch(records)).await.unwrap();
    }
}

fn run_and_kill(path: &Path, first: u32, round: u32) -> Vec<u32> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::killed_writer_leaves_whole_units_only",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(CHILD, path)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let mut acknowledged = Vec::new();
    let mut lines = lines.filter_map(|line| {
        line.strip_prefix("ok ")
            .and_then(|number| number.parse::<u32>().ok())
    });
    // Early rounds hit the making of the file, later ones a unit or group under way.
    if round < 3 {
        std::thread::sleep(Duration::from_millis(u64::from(round) * 15));
    } else {
        acknowledged.extend(lines.by_ref().take(2 + round as usize / 2));
        std::thread::sleep(Duration::from_micros(u64::from(round) * 700));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged.extend(lines);
    acknowledged
}

async fn check(home: &Home, acknowledged: &[u32], first: u32) {
    let register = home.open().await;
    let sources = register.sources(&Filter::default()).await.unwrap();
    for number in acknowledged {
        assert!(
            sources.iter().any(|row| row.source.blob == blob(*number)),
            "{number} was acknowledged and is lost"
        );
    }
    for row in &sources {
        let filter = Filter {
            source: Some(row.source.blob.to_string()),
            ..Filter::default()
        };
        let found = register.sightings(&filter).await.unwrap().len() as u64;
        assert_eq!((row.kept, found), (RECORDS, RECORDS), "half written: {row:?}");
    }
    let of_round = |number: &&u32| **number >= first;
    let told = acknowledged.iter().filter(of_round).count();
    let there = (first..first + 100_000)
        .take_while(|number| sources.iter().any(|row| row.source.blob == blob(*number)))
        .count();
    assert!(there <= told + 1, "{there} written, {told} acknowledged");
    register.close().await;
    let mut db = SqliteConnectOptions::new()
        .filename(home.path())
        .connect()
        .await
        .unwrap();
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut db)
        .await
        .unwrap();
    assert_eq!(sound, "ok");
}
