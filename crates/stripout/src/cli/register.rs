//! Opening the register for the commands that read it.

use std::path::{Path, PathBuf};

use clap::Args;
use stripout_register::{OpenMode, Register};
use tokio::runtime::Runtime;

use crate::failure::{Exit, Failure};

/// The register that is meant when none is named.
pub(crate) const REGISTER: &str = "stripout.db";

/// Where the register is.
#[derive(Debug, Clone, Args)]
pub(crate) struct RegisterFlags {
    /// The register.
    #[arg(
        long,
        value_name = "FILE",
        default_value = REGISTER,
        env = "STRIPOUT_REGISTER"
    )]
    pub(crate) register: PathBuf,
}

/// An open register and what runs its queries.
pub(crate) struct Opened {
    pub(crate) runtime: Runtime,
    pub(crate) register: Register,
}

impl Drop for Opened {
    /// The last writer to leave folds the log into the file: a register is one file that can be copied.
    fn drop(&mut self) {
        self.runtime.block_on(self.register.clone().close());
    }
}

impl RegisterFlags {
    pub(crate) fn open(&self) -> anyhow::Result<Opened> {
        self.open_as(OpenMode::Read)
    }

    /// Files into a register, which is made where there is none; `one` says whether a file was imported.
    pub(crate) fn import(
        &self,
        files: &[PathBuf],
        mut one: impl FnMut(&Path, &Opened) -> anyhow::Result<bool>,
    ) -> anyhow::Result<Exit> {
        let opened = self.open_as(OpenMode::Create)?;
        let mut failed = 0;
        {
            // What is dropped half done is rolled back on the runtime.
            let _within = opened.runtime.enter();
            for path in files {
                failed += usize::from(!one(path, &opened)?);
            }
        }
        Ok(match failed {
            0 => Exit::AllRead,
            some if some == files.len() => Exit::AllFailed,
            _ => Exit::SomeFailed,
        })
    }

    /// Into a register that is there.
    pub(crate) fn open_to_write(&self) -> anyhow::Result<Opened> {
        self.open_as(OpenMode::Write)
    }

    fn open_as(&self, mode: OpenMode) -> anyhow::Result<Opened> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()?;
        let register = runtime
            .block_on(Register::open(&self.register, mode))
            .map_err(|error| store_failure(&error))?;
        Ok(Opened { runtime, register })
    }
}

/// `stripout.db` keeps its copies in `stripout.evidence/` beside it.
pub(crate) fn evidence_folder(register: &Path) -> PathBuf {
    register.with_extension("evidence")
}

pub(crate) fn store_failure(error: &stripout_register::RegisterError) -> Failure {
    match error.code() {
        Some(code) => Failure {
            exit: Exit::Store,
            code: code.as_str(),
            what: error.to_string(),
            because: String::new(),
            hint: error.hint().into(),
        },
        None => Failure::usage(error.to_string(), error.hint()),
    }
}
