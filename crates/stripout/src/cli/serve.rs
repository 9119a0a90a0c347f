//! `stripout serve`: the web register.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use clap::Args;
use stripout_register::{OpenMode, Register};
use stripout_serve::{Audience, BaseUrl, Grounds, Names, ServeError, Server};

use super::Output;
use super::register::{RegisterFlags, evidence_folder, store_failure};
use crate::failure::{Exit, Failure};
use crate::judged::JudgeFlags;
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Show only what reviewers accepted, to everybody. Without it all is shown, and to this machine only.
    #[arg(long)]
    public: bool,
    /// Where readers reach it, for feeds and cards: `https://example.org/register`. Without it, the address it listens on.
    #[arg(long, value_name = "URL")]
    base_url: Option<BaseUrl>,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Serve {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = Arc::new(self.judge.catalogue.load()?);
        let bodies = Arc::new(self.judge.catalogue.bodies()?);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let register = runtime
            .block_on(Register::open(&self.register.register, OpenMode::Read))
            .map_err(|error| store_failure(&error))?;
        let grounds = Grounds {
            base: self.base_url.clone(),
            register,
            evidence: evidence_folder(&self.register.register),
            names: Names::of(&bodies, &catalogue),
            catalogue,
            bodies,
            reviewers: self.judge.reviewers.get(),
            audience: if self.public {
                Audience::Everybody
            } else {
                Audience::Private
            },
        };
        let server = runtime
            .block_on(Server::start(grounds, self.listen))
            .map_err(|error| not_served(&error))?;
        self.announce(&server, out)?;
        let end = async {
            // Where no signal can be had, the process is ended from outside.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        runtime.block_on(server.run(end));
        Ok(Exit::AllRead)
    }

    fn announce(&self, server: &Server, out: &mut dyn Write) -> anyhow::Result<()> {
        let address = format!("http://{}/", server.address());
        let register = self.register.register.to_string_lossy();
        if self.output.json {
            writeln!(
                out,
                "{}",
                serde_json::json!({"address": address, "register": register, "public": self.public})
            )?;
        } else if !self.output.quiet {
            writeln!(out, "{address}  {}", safe(&register))?;
            writeln!(
                out,
                "{}",
                if self.public {
                    "What reviewers accepted, for everybody. Nobody is asked who they are, nothing can be changed."
                } else {
                    "All of it, for this machine only. Nobody is asked who they are, nothing can be changed, nothing leaves the machine."
                }
            )?;
            writeln!(out, "Ctrl-C ends it.")?;
        }
        out.flush()?;
        Ok(())
    }
}

pub(super) fn not_served(error: &ServeError) -> Failure {
    match error {
        ServeError::Register(error) => store_failure(error),
        ServeError::Private { .. } => Failure {
            exit: Exit::Refused,
            code: "auth-required",
            what: error.to_string(),
            because: String::new(),
            hint: "listen on 127.0.0.1, or show only what was accepted with --public".into(),
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
