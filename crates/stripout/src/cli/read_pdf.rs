//! `stripout read-pdf`, hidden: the child process that takes a PDF apart. It bounds itself before it looks at a byte.
//!
//! Everywhere on Unix: memory, processor time, no file can grow, few may be open. On Linux (x86-64, ARM64, RISC-V) also a
//! filter on system calls: the reader can read and write what is open and use memory, and nothing else: no file, no
//! socket, no process. A program it runs (`--run`) may open files to read and threads, but no socket, and change nothing.
//! On other systems it is only a process of its own, which its parent ends when time is up.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;

use anyhow::Context;
use clap::Args;

use crate::failure::Exit;

/// Reads a PDF from standard input and writes one JSON line a page.
#[derive(Debug, Args)]
pub(crate) struct ReadPdf {
    /// Bytes of memory.
    #[arg(long, value_name = "BYTES")]
    memory: u64,
    /// Seconds of processor time.
    #[arg(long, value_name = "SECONDS")]
    seconds: u64,
    /// Page to begin with.
    #[arg(long, value_name = "PAGE", default_value_t = 1)]
    from: usize,
    /// Run this program instead, within the same bounds.
    #[arg(long, num_args = 1.., value_name = "PROGRAM", allow_hyphen_values = true)]
    run: Vec<OsString>,
}

impl ReadPdf {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        bounds::feel_them()?;
        bounds::limit(self.memory, self.seconds).context("memory and time cannot be bounded")?;
        if let Some((program, arguments)) = self.run.split_first() {
            bounds::no_changes().context("system calls cannot be filtered")?;
            return run(program, arguments);
        }
        bounds::nothing_new().context("system calls cannot be filtered")?;
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        let mut written = Ok(());
        // Breaking off is the choice of whoever reads our lines, not of the document.
        let (ControlFlow::Continue(()) | ControlFlow::Break(())) =
            stripout_pdf::read(bytes, self.from, &mut |line| {
                // Page by page: what follows may end this process.
                written = serde_json::to_writer(&mut *out, &line)
                    .map_err(io::Error::from)
                    .and_then(|()| writeln!(out))
                    .and_then(|()| out.flush());
                if written.is_ok() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
        written?;
        Ok(Exit::AllRead)
    }
}

/// Becomes `program`; comes back only when that fails.
#[cfg(unix)]
fn run(program: &OsString, arguments: &[OsString]) -> anyhow::Result<Exit> {
    use std::os::unix::process::CommandExt;
    let error = std::process::Command::new(program)
        .args(arguments)
        // More threads than one only wait for each other within these bounds.
        .env("OMP_THREAD_LIMIT", "1")
        .exec();
    Err(error).with_context(|| format!("`{}` cannot be run", program.display()))
}

#[cfg(not(unix))]
fn run(program: &OsString, arguments: &[OsString]) -> anyhow::Result<Exit> {
    let status = std::process::Command::new(program).args(arguments).status()?;
    anyhow::ensure!(status.success(), "`{}` failed", program.display());
    Ok(Exit::AllRead)
}

#[cfg(unix)]
mod bounds {
    use std::env;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use rustix::io::Errno;
    use rustix::process::{Resource, Rlimit, setrlimit};

    /// What keeps the allocator from taking a gigabyte of addresses at the start: within them no bound on memory is felt.
    const NO_RESERVE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "0");

    /// Starts this program again where its allocator has taken its addresses already.
    pub(super) fn feel_them() -> anyhow::Result<()> {
        let (name, value) = NO_RESERVE;
        if env::var_os(name).is_some_and(|it| it == value) {
            return Ok(());
        }
        let mut again = Command::new(env::current_exe()?);
        Err(again.args(env::args_os().skip(1)).env(name, value).exec().into())
    }

    /// Files open at one time: a program loads its libraries and fonts one by one.
    const FILES: u64 = 64;

    pub(super) fn limit(memory: u64, seconds: u64) -> Result<(), Errno> {
        for (resource, most) in [
            (Resource::As, memory),
            (Resource::Cpu, seconds),
            (Resource::Nofile, FILES),
            // No file grows, not even by a dump of this process.
            (Resource::Fsize, 0),
            (Resource::Core, 0),
        ] {
            setrlimit(
                resource,
                Rlimit {
                    current: Some(most),
                    maximum: Some(most),
                },
            )?;
        }
        Ok(())
    }

    #[cfg(target_os = "linux")]
    pub(super) use super::filter::{no_changes, nothing_new};

    #[cfg(not(target_os = "linux"))]
    pub(super) fn nothing_new() -> anyhow::Result<()> {
        Ok(())
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn no_changes() -> anyhow::Result<()> {
        Ok(())
    }
}

#[cfg(not(unix))]
mod bounds {
    pub(super) fn feel_them() -> anyhow::Result<()> {
        Ok(())
    }

    pub(super) fn limit(_: u64, _: u64) -> anyhow::Result<()> {
        Ok(())
    }

    pub(super) fn nothing_new() -> anyhow::Result<()> {
        Ok(())
    }

    pub(super) fn no_changes() -> anyhow::Result<()> {
        Ok(())
    }
}

/// Filters on system calls.
#[cfg(target_os = "linux")]
mod filter {
    use std::collections::BTreeMap;

    use libc::c_long;
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule,
    };

    /// All that reading needs: what is open, memory, time, and an orderly end.
    const NEEDED: &[c_long] = &[
        libc::SYS_brk,
        libc::SYS_clock_gettime,
        libc::SYS_close,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_futex,
        libc::SYS_getpid,
        libc::SYS_getrandom,
        libc::SYS_gettid,
        libc::SYS_madvise,
        libc::SYS_mmap,
        libc::SYS_mprotect,
        libc::SYS_mremap,
        libc::SYS_munmap,
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_restart_syscall,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sched_yield,
        libc::SYS_sigaltstack,
        libc::SYS_tgkill,
        libc::SYS_write,
        libc::SYS_writev,
    ];

    /// Ways out: to the network, to other processes, to the names of files.
    const WAYS_OUT: &[c_long] = &[
        libc::SYS_accept,
        libc::SYS_accept4,
        libc::SYS_bind,
        libc::SYS_connect,
        libc::SYS_fchmod,
        libc::SYS_fchmodat,
        libc::SYS_fchown,
        libc::SYS_fchownat,
        libc::SYS_ftruncate,
        libc::SYS_io_uring_setup,
        libc::SYS_kill,
        libc::SYS_linkat,
        libc::SYS_listen,
        libc::SYS_mkdirat,
        libc::SYS_mknodat,
        libc::SYS_mount,
        libc::SYS_openat2,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_ptrace,
        libc::SYS_renameat2,
        libc::SYS_sendmsg,
        libc::SYS_sendto,
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_symlinkat,
        libc::SYS_truncate,
        libc::SYS_unlinkat,
    ];

    /// The same under their older names, which newer kinds of machine no longer have.
    #[cfg(target_arch = "x86_64")]
    const OLDER_WAYS_OUT: &[c_long] = &[
        libc::SYS_chmod,
        libc::SYS_chown,
        libc::SYS_creat,
        libc::SYS_link,
        libc::SYS_mkdir,
        libc::SYS_mknod,
        libc::SYS_rename,
        libc::SYS_renameat,
        libc::SYS_rmdir,
        libc::SYS_symlink,
        libc::SYS_unlink,
    ];
    #[cfg(not(target_arch = "x86_64"))]
    const OLDER_WAYS_OUT: &[c_long] = &[];

    /// Nothing but what is needed.
    pub(in super::super) fn nothing_new() -> anyhow::Result<()> {
        let rules = NEEDED.iter().map(|call| (*call, Vec::new())).collect();
        apply(rules, refuse(), SeccompAction::Allow)
    }

    /// Everything but the ways out; files only to read.
    pub(in super::super) fn no_changes() -> anyhow::Result<()> {
        let mut rules: BTreeMap<c_long, Vec<SeccompRule>> = BTreeMap::new();
        for call in WAYS_OUT.iter().chain(OLDER_WAYS_OUT) {
            rules.insert(*call, Vec::new());
        }
        rules.insert(libc::SYS_openat, writing(2)?);
        #[cfg(target_arch = "x86_64")]
        rules.insert(libc::SYS_open, writing(1)?);
        apply(rules, SeccompAction::Allow, refuse())
    }

    /// Opening for more than to read, as the flags in this argument say.
    fn writing(argument: u8) -> anyhow::Result<Vec<SeccompRule>> {
        [libc::O_WRONLY, libc::O_RDWR, libc::O_CREAT, libc::O_TRUNC]
            .into_iter()
            .map(|flag| {
                let flag = u64::try_from(flag)?;
                let condition = SeccompCondition::new(
                    argument,
                    SeccompCmpArgLen::Dword,
                    SeccompCmpOp::MaskedEq(flag),
                    flag,
                )?;
                Ok(SeccompRule::new(vec![condition])?)
            })
            .collect()
    }

    /// The caller is told that it may not, and can still say what it has.
    fn refuse() -> SeccompAction {
        SeccompAction::Errno(libc::EPERM.unsigned_abs())
    }

    fn apply(
        rules: BTreeMap<c_long, Vec<SeccompRule>>,
        others: SeccompAction,
        these: SeccompAction,
    ) -> anyhow::Result<()> {
        let machine = std::env::consts::ARCH.try_into()?;
        let filter: BpfProgram = SeccompFilter::new(rules, others, these, machine)?.try_into()?;
        seccompiler::apply_filter(&filter)?;
        Ok(())
    }
}
