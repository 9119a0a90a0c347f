//! The one place that turns text made at run time into SQL, and errors of the driver into ours.

use std::path::Path;

use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

use crate::Error;

/// SQL put together from our own constants; values always go in as parameters.
pub(crate) fn trusted(text: String) -> SqlStr {
    AssertSqlSafe(text).into_sql_str()
}

/// Says what an error of the driver means for the file.
pub(crate) fn fault(path: &Path, error: &sqlx::Error) -> Error {
    let path = path.to_path_buf();
    let because = error.to_string();
    match error {
        sqlx::Error::Database(inner) => {
            let because = inner.message().to_string();
            // Extended result codes keep the primary one in their low byte (sqlite.org/rescode.html).
            match inner
                .code()
                .and_then(|code| code.parse::<i32>().ok())
                .map(|code| code & 0xff)
            {
                Some(5 | 6) => Error::Locked { path },
                Some(8) => Error::ReadOnly { path, because },
                Some(13) => Error::Full { path, because },
                Some(11) => Error::Corrupt { path, because },
                Some(26) => Error::NotARegister { path, because },
                Some(18..=20) => Error::Refused { path, because },
                _ => Error::Io { path, because },
            }
        }
        sqlx::Error::PoolTimedOut => Error::Locked { path },
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
            Error::Corrupt { path, because }
        }
        _ => Error::Io { path, because },
    }
}

/// The same for the file system.
pub(crate) fn io_fault(path: &Path, error: &std::io::Error) -> Error {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let path = path.to_path_buf();
    let because = error.to_string();
    match error.kind() {
        PermissionDenied | ReadOnlyFilesystem => Error::ReadOnly { path, because },
        StorageFull | QuotaExceeded => Error::Full { path, because },
        _ => Error::Io { path, because },
    }
}
