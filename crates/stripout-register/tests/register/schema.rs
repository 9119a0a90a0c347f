//! The schema explains itself, and agrees with the model and with docs/register.md.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Row as _};
use stripout_model::{Code, Confidence, DocumentKind, Severity, Stage, Stance, Verdict, Via};
use stripout_register::{OpenMode, Register, TallyOf};

use crate::fixture::Home;

struct Table {
    name: String,
    sql: String,
    columns: Vec<String>,
}

async fn tables() -> Vec<Table> {
    let home = Home::new();
    home.open().await.close().await;
    let mut db = SqliteConnectOptions::new()
        .filename(home.path())
        .connect()
        .await
        .unwrap();
    let rows = sqlx::query(
        "SELECT s.name, s.sql, group_concat(c.name) AS columns FROM sqlite_schema AS s, pragma_table_info(s.name) AS c \
         WHERE s.type = 'table' AND s.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND s.name NOT LIKE 'sqlite%' GROUP BY s.name",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    let table = |row: &sqlx::sqlite::SqliteRow| Table {
        name: row.get("name"),
        sql: row.get("sql"),
        columns: row
            .get::<String, _>("columns")
            .split(',')
            .map(Into::into)
            .collect(),
    };
    let tables: Vec<_> = rows.iter().map(table).collect();
    assert_eq!(tables.len(), 25);
    tables
}

#[tokio::test]
async fn every_table_and_column_has_a_comment_and_is_strict() {
    for table in tables().await {
        assert!(
            table.sql.trim_end().ends_with("STRICT"),
            "{} is not STRICT",
            table.name
        );
        let mut lines = table.sql.lines().skip(1).map(str::trim);
        assert!(
            lines.next().is_some_and(|line| line.starts_with("-- ")),
            "{} has no comment",
            table.name
        );
        for column in &table.columns {
            let line = table
                .sql
                .lines()
                .find(|line| line.trim_start().starts_with(&format!("{column} ")));
            let comment = line
                .and_then(|line| line.rsplit_once("-- "))
                .map(|(_, comment)| comment);
            assert!(
                comment.is_some_and(|words| words.len() > 2),
                "{}.{column} has no comment",
                table.name
            );
        }
    }
}

#[tokio::test]
async fn docs_name_every_table_and_column() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/register.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    for table in tables().await {
        let section = docs
            .split("\n## ")
            .find(|section| section.starts_with(&format!("`{}`", table.name)));
        let section =
            section.unwrap_or_else(|| panic!("docs/register.md has no section on `{}`", table.name));
        for column in &table.columns {
            assert!(
                section.contains(&format!("`{column}`")),
                "docs/register.md: `{}` lacks `{column}`",
                table.name
            );
        }
    }
}

#[tokio::test]
async fn closed_vocabularies_are_those_of_the_model() {
    let kinds = [
        DocumentKind::Contract,
        DocumentKind::Spend,
        DocumentKind::Foi,
        DocumentKind::Asset,
        DocumentKind::Letter,
        DocumentKind::Web,
    ];
    let stages = [Stage::Planning, Stage::Tender, Stage::Award, Stage::Contract];
    let severities = [Severity::Warning, Severity::Unit, Severity::Input];
    let lists: [(&str, &str, Vec<&str>); 8] = [
        (
            "decision",
            "verdict",
            Verdict::ALL.iter().map(|verdict| verdict.as_str()).collect(),
        ),
        ("sighting", "via", Via::ALL.map(Via::as_str).to_vec()),
        (
            "sighting",
            "confidence",
            Confidence::ALL.map(Confidence::as_str).to_vec(),
        ),
        ("sighting", "stance", Stance::ALL.map(Stance::as_str).to_vec()),
        ("record", "kind", kinds.map(DocumentKind::as_str).to_vec()),
        ("contract", "stage", stages.map(Stage::as_str).to_vec()),
        ("problem", "severity", severities.map(Severity::as_str).to_vec()),
        (
            "tally",
            "what",
            [TallyOf::Contracts, TallyOf::Payments]
                .map(TallyOf::as_str)
                .to_vec(),
        ),
    ];
    let tables = tables().await;
    for (table, column, words) in lists {
        let sql = &tables.iter().find(|found| found.name == table).unwrap().sql;
        let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
        let check = format!("CHECK ({column} IN ({}))", quoted.join(", "));
        assert!(sql.contains(&check), "{table} lacks {check}");
    }
    assert!(Code::ALL.iter().any(|code| code.as_str() == "store-full"));
}

#[tokio::test]
async fn only_the_owner_may_read_it() {
    let home = Home::new();
    let register = home.open().await;
    crate::fixture::write(&register, &crate::fixture::source(1), Vec::new()).await;
    #[cfg(unix)]
    for name in home.files() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(home.folder.path().join(&name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(home.files().first().map(String::as_str), Some("stripout.db"));
}

#[tokio::test]
async fn a_register_of_an_earlier_program_is_brought_up_to_date_by_whoever_opens_it() {
    for mode in [OpenMode::Read, OpenMode::Write, OpenMode::Create] {
        let home = Home::new();
        home.open().await.close().await;
        let mut db = SqliteConnectOptions::new()
            .filename(home.path())
            .connect()
            .await
            .unwrap();
        sqlx::raw_sql(
            "DROP TABLE embargo; DROP TABLE task; DROP TABLE answered; DROP TABLE body_reply; DROP TABLE source_page; DROP VIEW current_problem; DROP TABLE unread_problem; \
             DROP TABLE unread; DELETE FROM _sqlx_migrations WHERE version >= 9; \
             PRAGMA user_version = 8",
        )
        .execute(&mut db)
        .await
        .unwrap();
        db.close().await.unwrap();
        let register = Register::open(home.path(), mode).await.unwrap();
        assert_eq!(register.embargoes().await.unwrap(), [], "{mode:?}");
        register.close().await;
    }
}
