//! `stripout serve`: the web register.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};
use std::thread;

use clap::Args;
use jiff::Timestamp;
use stripout_identify::Identifier;
use stripout_ingest::{Counting, IntoRegister, Keep, Rows, ScreenOptions, screen_as};
use stripout_serve::{Access, AccountError, Accounts, Audience, BaseUrl, Screener, ServeError, Server};

use super::register::{evidence_folder, store_failure};
use super::reviewer::ReviewerFlags;
use super::screen::{TOLERATED, catalogue_version, reader_version};
use super::site::SiteFlags;
use super::{Output, reading};
use crate::failure::{Exit, Failure};
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Show only what reviewers accepted, to everybody. Without it all is shown, and to this machine only.
    #[arg(long)]
    public: bool,
    /// Let people sign in to work on it; everybody else is shown what reviewers accepted. The first start prints a link, good
    /// for one use, for an owner to begin with. Accounts are kept in a file of their own beside the register.
    #[arg(long, conflicts_with = "public")]
    accounts: bool,
    /// Print such a link for one more owner, where one has lost their passphrase or their app.
    #[arg(long, requires = "accounts")]
    owner_link: bool,
    #[command(flatten)]
    reviewer: ReviewerFlags,
    #[command(flatten)]
    site: SiteFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Serve {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        // It ends with the process: taken down under a view that is being made, it would panic.
        let runtime = ManuallyDrop::new(runtime);
        let audience = if self.public || self.accounts {
            Audience::Everybody
        } else {
            Audience::Private
        };
        let grounds = self.site.grounds(&runtime, audience, self.accounts)?;
        let (access, token) = runtime
            .block_on(self.access())
            .map_err(|error| not_served(&ServeError::from(error)))?;
        let server = runtime
            .block_on(Server::start(grounds, access, self.listen))
            .map_err(|error| not_served(&error))?;
        self.announce(&server, token.as_deref(), out)?;
        let end = async {
            // Where no signal can be had, the process is ended from outside.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        runtime.block_on(server.run(end));
        Ok(Exit::AllRead)
    }

    /// Who may do what, and the token of a link for a new owner, where one is wanted.
    async fn access(&self) -> Result<(Access, Option<String>), AccountError> {
        if self.public {
            return Ok((Access::reading(), None));
        }
        if !self.accounts {
            let alone = Access::alone(self.reviewer.name().map(str::to_owned));
            return Ok((alone.adding(self.screener()), None));
        }
        let accounts = Accounts::beside(&self.site.register.register).await?;
        let mut token = None;
        if self.owner_link || !accounts.has_owner().await? {
            token = Some(accounts.first_owner().await?);
        }
        let encrypted = self.site.base_url.as_ref().is_some_and(BaseUrl::is_encrypted);
        let secure = encrypted || !self.listen.ip().is_loopback();
        Ok((Access::accounts(accounts, secure).adding(self.screener()), token))
    }

    /// Reads files as `stripout screen` does. All are copied: what was sent is nowhere else.
    fn screener(&self) -> Screener {
        let register = self.site.register.register.clone();
        let folder = evidence_folder(&register);
        let flags = self.site.judge.catalogue.clone();
        let identifier: OnceLock<Identifier> = OnceLock::new();
        Arc::new(move |inputs, progress| {
            let reading = reading().map_err(|failure| std::io::Error::other(failure.what))?;
            let identifier = if let Some(made) = identifier.get() {
                made
            } else {
                let catalogue = flags.load().map_err(std::io::Error::other)?;
                identifier.get_or_init(|| Identifier::new(&catalogue).at_most(reading.limits.names))
            };
            let options = ScreenOptions {
                reading,
                rows: Rows::Matching,
                counting: Counting::All,
                threads: thread::available_parallelism().map_or(1, NonZeroUsize::get),
                tolerate: TOLERATED,
                fail_fast: false,
                now: Timestamp::now(),
                reader: reader_version(),
                catalogue: catalogue_version(flags.overlay()),
            };
            let mut into = IntoRegister::open(&register, &folder, Keep::All)?;
            screen_as(inputs, identifier, &options, &mut into, progress)
        })
    }

    fn announce(&self, server: &Server, token: Option<&str>, out: &mut dyn Write) -> anyhow::Result<()> {
        let address = format!("http://{}/", server.address());
        let register = self.site.register.register.to_string_lossy();
        let link = token.map(|token| {
            let base = self
                .site
                .base_url
                .as_ref()
                .map_or_else(|| address.clone(), |base| format!("{base}/"));
            format!("{base}join?token={token}")
        });
        if self.output.json {
            writeln!(
                out,
                "{}",
                serde_json::json!({
                    "address": address, "register": register, "public": self.public || self.accounts,
                    "accounts": self.accounts, "owner_link": link,
                })
            )?;
        } else if !self.output.quiet {
            writeln!(out, "{address}  {}", safe(&register))?;
            writeln!(
                out,
                "{}",
                if self.accounts {
                    "What reviewers accepted, for everybody; all of it for people who sign in."
                } else if self.public {
                    "What reviewers accepted, for everybody. Nobody is asked who they are, nothing can be changed."
                } else {
                    "All of it, for this machine only. You are asked for nothing and may change everything; nothing leaves the machine."
                }
            )?;
            if let Some(link) = &link {
                writeln!(
                    out,
                    "For an owner to begin with, once and within 48 hours: {link}"
                )?;
            }
            writeln!(out, "Ctrl-C ends it.")?;
        } else if let Some(link) = &link {
            // Quiet or not, nobody could begin without it.
            writeln!(out, "{link}")?;
        }
        out.flush()?;
        Ok(())
    }
}

pub(super) fn not_served(error: &ServeError) -> Failure {
    match error {
        ServeError::Register(error) => store_failure(error),
        ServeError::Account(AccountError::NotAccounts { .. }) => {
            Failure::usage(error.to_string(), "move that file away, or give another --register")
        }
        ServeError::Account(_) => Failure {
            exit: Exit::Store,
            code: "store-read-only",
            what: error.to_string(),
            because: String::new(),
            hint: "check the folder of the register: accounts are kept beside it".into(),
        },
        ServeError::Private { .. } => Failure {
            exit: Exit::Refused,
            code: "auth-required",
            what: error.to_string(),
            because: String::new(),
            hint: "listen on 127.0.0.1, show only what was accepted with --public, or have people sign in with --accounts"
                .into(),
        },
        ServeError::Listen { source, .. } => Failure {
            because: source.to_string(),
            ..Failure::usage(
                error.to_string(),
                "choose another port with --listen, or end what listens there",
            )
        },
        _ => Failure::usage(error.to_string(), "run `stripout catalogue check`"),
    }
}
