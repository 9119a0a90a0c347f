//! Runs a program over bytes: fed through a pipe, read line by line, ended when its time is up.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::stop::{Ended, Stop};

/// One run of a program.
pub(super) struct Job<'j> {
    pub(super) program: &'j Path,
    pub(super) arguments: Vec<OsString>,
    /// Given on its standard input.
    pub(super) input: &'j [u8],
    pub(super) deadline: Instant,
    /// It is ended early where nobody wants to know any more.
    pub(super) stop: &'j Stop,
    /// Bytes of output that are taken.
    pub(super) most: u64,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// By itself, with success.
    Done,
    /// Whoever took the lines had enough.
    Enough,
    /// Nobody wants to know any more.
    Stopped,
    /// The clock, or the limit on its processor time.
    TooLong,
    /// It said more than is taken.
    TooMuch,
    Memory,
    /// Any other death, in words.
    Crashed(String),
    /// It could not be run at all, in words.
    NotStarted(String),
}

/// Bytes of its last words that are kept.
const LAST_WORDS: u64 = 4 << 10;
/// How often a program that has closed its output is looked at.
const PAUSE: Duration = Duration::from_millis(5);

/// Runs it, handing on its output line by line (each with its line feed, but for a last one without).
pub(super) fn run(job: &Job<'_>, each: &mut dyn FnMut(&[u8]) -> ControlFlow<()>) -> End {
    let started = Command::new(job.program)
        .args(&job.arguments)
        // Nothing of ours: no names, no paths, no keys.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => return End::NotStarted(error.to_string()),
    };
    let (Some(mut input), Some(output), Some(words)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return End::NotStarted("its input and output could not be taken".into());
    };
    thread::scope(|scope| {
        scope.spawn(move || {
            // A program that ends early does not read on: how it ended says more than the broken pipe.
            let _ = input.write_all(job.input);
        });
        let words = scope.spawn(move || last_words(words));
        let (send, receive) = sync_channel::<Vec<u8>>(4);
        let most = job.most;
        let lines = scope.spawn(move || {
            let mut output = BufReader::new(output.take(most));
            loop {
                let mut line = Vec::new();
                match output.read_until(b'\n', &mut line) {
                    Ok(0) | Err(_) => return output.get_ref().limit() == 0,
                    Ok(_) if send.send(line).is_err() => return false,
                    Ok(_) => {}
                }
            }
        });
        let mut end = None;
        while end.is_none() {
            match job.stop.receive(&receive, left(job.deadline)) {
                Ok(line) => {
                    if each(&line).is_break() {
                        end = Some(End::Enough);
                    }
                }
                Err(Ended::TooLong) => end = Some(End::TooLong),
                Err(Ended::Stopped) => end = Some(End::Stopped),
                Err(Ended::InTime) => break,
            }
        }
        drop(receive);
        let status = match &end {
            None => wait(&mut child, job.deadline),
            Some(_) => None,
        };
        let status = status.map_or_else(|| kill(&mut child).map(|()| None), |status| status.map(Some));
        let too_much = lines.join().unwrap_or(false);
        let words = words.join().unwrap_or_default();
        match (end, status) {
            (Some(end), _) => end,
            (None, _) if too_much => End::TooMuch,
            (None, Ok(None)) => End::TooLong,
            (None, Ok(Some(status))) => death(status, &words),
            (None, Err(error)) => End::Crashed(error.to_string()),
        }
    })
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// Its status, once it ends before the deadline.
fn wait(child: &mut Child, deadline: Instant) -> Option<io::Result<ExitStatus>> {
    loop {
        match child.try_wait() {
            Ok(None) if left(deadline).is_zero() => return None,
            Ok(None) => thread::sleep(PAUSE.min(left(deadline))),
            Ok(Some(status)) => return Some(Ok(status)),
            Err(error) => return Some(Err(error)),
        }
    }
}

fn kill(child: &mut Child) -> io::Result<()> {
    // One that has just ended by itself cannot be killed; it is waited for all the same.
    let _ = child.kill();
    child.wait().map(drop)
}

/// The beginning of what it complains of; the rest is read and dropped, so that it does not wait for us.
fn last_words(mut words: impl Read) -> String {
    let mut kept = Vec::new();
    let _ = words.by_ref().take(LAST_WORDS).read_to_end(&mut kept);
    let _ = io::copy(&mut words, &mut io::sink());
    String::from_utf8_lossy(&kept).into_owned()
}

fn death(status: ExitStatus, words: &str) -> End {
    if status.success() {
        return End::Done;
    }
    // What Rust's allocator, and those of C and C++, say when there is no more.
    let memory = [
        "memory allocation of",
        "out of memory",
        "Out of memory",
        "bad_alloc",
    ];
    if memory.iter().any(|said| words.contains(said)) {
        return End::Memory;
    }
    if words.contains("overflowed its stack") {
        return End::Crashed("its parts are nested too deep".into());
    }
    match signal(status) {
        Some(SIGXCPU) => End::TooLong,
        Some(SIGKILL) => End::Crashed("the system ended it, which happens when memory runs out".into()),
        Some(number) => End::Crashed(format!("it was ended by signal {number}")),
        None => {
            let word = words.lines().find(|line| !line.trim().is_empty()).map(shown);
            End::Crashed(word.unwrap_or_else(|| format!("it ended with {status}")))
        }
    }
}

/// One line of what it said, made short.
fn shown(line: &str) -> String {
    line.chars().filter(|c| !c.is_control()).take(120).collect()
}

const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
