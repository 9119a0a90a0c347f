//! Files that are no register, or no longer one.

use std::fs;
use std::path::Path;

use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnectOptions;
use stripout_model::{Code, Stance};
use stripout_register::{Filter, OpenMode, Register, RegisterError};

use crate::fixture::{Home, blob, seen, source, write};

const MODES: [OpenMode; 3] = [OpenMode::Create, OpenMode::Write, OpenMode::Read];

async fn refused(path: &Path, mode: OpenMode) -> RegisterError {
    match Register::open(path, mode).await {
        Ok(_) => panic!("{} was opened ({mode:?})", path.display()),
        Err(error) => error,
    }
}

#[tokio::test]
async fn what_is_no_register_is_refused_and_left_alone() {
    let home = Home::new();
    fs::write(
        home.path(),
        "a letter, long enough to hold a header of a database: ".repeat(40),
    )
    .unwrap();
    let foreign = home.folder.path().join("foreign.db");
    let mut other = SqliteConnectOptions::new()
        .filename(&foreign)
        .create_if_missing(true)
        .connect()
        .await
        .unwrap();
    sqlx::query("CREATE TABLE t (a)")
        .execute(&mut other)
        .await
        .unwrap();
    other.close().await.unwrap();
    for path in [home.path(), foreign] {
        let before = fs::read(&path).unwrap();
        for mode in MODES {
            let error = refused(&path, mode).await;
            assert!(matches!(error, RegisterError::NotARegister { .. }), "{error}");
            assert_eq!(error.code(), Some(Code::StoreCorrupt));
        }
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    assert_eq!(home.files(), ["foreign.db", "stripout.db"]);
    for mode in MODES {
        assert!(matches!(
            refused(home.folder.path(), mode).await,
            RegisterError::NotARegister { .. }
        ));
    }
}

#[tokio::test]
async fn where_there_is_none() {
    let home = Home::new();
    for mode in [OpenMode::Write, OpenMode::Read] {
        assert!(matches!(
            refused(&home.path(), mode).await,
            RegisterError::Missing { .. }
        ));
    }
    let nowhere = home.folder.path().join("no/such/folder/r.db");
    assert!(matches!(
        refused(&nowhere, OpenMode::Create).await,
        RegisterError::Io { .. }
    ));
    assert!(matches!(
        refused(&nowhere, OpenMode::Write).await,
        RegisterError::Missing { .. }
    ));
    // An empty file, as `mktemp` makes it, is as good as none.
    fs::write(home.path(), "").unwrap();
    assert!(matches!(
        refused(&home.path(), OpenMode::Read).await,
        RegisterError::NotARegister { .. }
    ));
    write(&home.open().await, &source(1), Vec::new()).await;
}

#[tokio::test]
async fn a_newer_register_is_refused_and_left_alone() {
    let home = Home::new();
    home.open().await.close().await;
    let mut db = SqliteConnectOptions::new()
        .filename(home.path())
        .connect()
        .await
        .unwrap();
    sqlx::query("PRAGMA user_version = 99")
        .execute(&mut db)
        .await
        .unwrap();
    db.close().await.unwrap();
    let before = fs::read(home.path()).unwrap();
    for mode in MODES {
        let error = refused(&home.path(), mode).await;
        assert!(matches!(error, RegisterError::Newer { found: 99, .. }), "{error}");
    }
    assert_eq!(fs::read(home.path()).unwrap(), before);
}

#[tokio::test]
async fn damage_is_named() {
    let home = Home::new();
    let register = home.open().await;
    let records = (0..300)
        .map(|i| seen(blob(1), i * 100, "dahua", Stance::Has))
        .collect();
    write(&register, &source(1), records).await;
    register.close().await;
    let mut bytes = fs::read(home.path()).unwrap();
    // All but the page with the header and the schema's root.
    bytes[4096 * 12..].fill(0xaa);
    fs::write(home.path(), &bytes).unwrap();
    let opened = Register::open(home.path(), OpenMode::Read).await;
    let error = match opened {
        Ok(register) => register.sightings(&Filter::default()).await.err().unwrap(),
        Err(error) => error,
    };
    assert_eq!(error.code(), Some(Code::StoreCorrupt), "{error}");
    assert!(error.to_string().contains("stripout.db"), "{error}");

    // A file cut in half.
    bytes.truncate(4096 * 6);
    fs::write(home.path(), &bytes).unwrap();
    let error = match Register::open(home.path(), OpenMode::Write).await {
        Ok(register) => register.sightings(&Filter::default()).await.err().unwrap(),
        Err(error) => error,
    };
    assert_eq!(error.code(), Some(Code::StoreCorrupt), "{error}");
}

#[tokio::test]
async fn a_register_opened_for_reading_is_not_written_to() {
    let home = Home::new();
    write(&home.open().await, &source(1), Vec::new()).await;
    let register = Register::open(home.path(), OpenMode::Read).await.unwrap();
    let Err(error) = register.begin(&source(2)).await else {
        panic!("began")
    };
    assert_eq!(error.code(), Some(Code::StoreReadOnly));
    assert_eq!(register.sources(&Filter::default()).await.unwrap().len(), 1);
}
