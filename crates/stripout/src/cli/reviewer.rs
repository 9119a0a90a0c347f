//! Whose word something is kept under.

use clap::Args;

use crate::failure::Failure;

#[derive(Debug, Clone, Args)]
pub(crate) struct ReviewerFlags {
    /// The name that what you say is kept under.
    #[arg(long = "as", value_name = "NAME", env = "USER")]
    who: Option<String>,
}

impl ReviewerFlags {
    pub(crate) fn name(&self) -> Option<&str> {
        self.who.as_deref().map(str::trim).filter(|who| !who.is_empty())
    }

    /// For what cannot be said without one.
    pub(crate) fn known(&self) -> Result<&str, Failure> {
        self.name()
            .ok_or_else(|| Failure::usage("who says so is not known", "give your name with --as NAME"))
    }
}
