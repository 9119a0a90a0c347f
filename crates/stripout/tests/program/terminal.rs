//! A review on a terminal, typed key by key.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{root, stripout};

/// A program on a pseudo-terminal, made by `script` of util-linux.
struct Terminal {
    child: Child,
    keys: ChildStdin,
    shown: Receiver<Vec<u8>>,
    seen: String,
}

impl Terminal {
    fn start(home: &Path, arguments: &str) -> Self {
        let command = format!("{} {arguments}", env!("CARGO_BIN_EXE_stripout"));
        let mut child = Command::new("script")
            .args(["-q", "-e", "-f", "-c", &command, "/dev/null"])
            .current_dir(home)
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`script` of util-linux");
        let keys = child.stdin.take().unwrap();
        let mut out = child.stdout.take().unwrap();
        let (send, shown) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = out.read(&mut bytes) {
                if send.send(bytes[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keys,
            shown,
            seen: String::new(),
        }
    }

    /// Waits until this is shown, and forgets what came before it.
    fn wait(&mut self, words: &str) {
        let until = Instant::now() + Duration::from_mins(1);
        loop {
            if let Some(at) = self.seen.find(words) {
                self.seen.drain(..at + words.len());
                return;
            }
            let left = until.saturating_duration_since(Instant::now());
            let bytes = self.shown.recv_timeout(left);
            let bytes = bytes.unwrap_or_else(|_| panic!("`{words}` was not shown after: {}", self.seen));
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    fn keys(&mut self, keys: &str) {
        // The program turns line editing off only when it waits for the key.
        thread::sleep(Duration::from_millis(300));
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }
}

#[test]
fn keys_decide_and_undo() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let evidence = root().join("examples/evidence");
    stripout(home, &["screen", evidence.to_str().unwrap(), "--quiet"]).ok();
    let mut terminal = Terminal::start(home, "review --as Ada");
    terminal.wait("Harrogate Borough Council");
    terminal.wait("q quit");
    terminal.keys("x");
    terminal.wait("accept");
    terminal.wait("q quit");
    terminal.keys("n");
    terminal.wait("Why not?");
    terminal.keys("another firm\n");
    terminal.wait("reject");
    terminal.wait("q quit");
    terminal.keys("u");
    terminal.wait("unsure");
    terminal.wait("q quit");
    terminal.keys("z");
    terminal.wait("undone");
    terminal.wait("q quit");
    terminal.keys("s");
    terminal.wait("skipped");
    terminal.wait("q quit");
    terminal.keys("h");
    terminal.wait("no decisions yet");
    terminal.keys("q");
    terminal.wait("2 decisions by Ada");
    assert!(terminal.child.wait().unwrap().success());
    let log: Vec<String> = stripout(home, &["list", "decisions", "--json", "--order", "place"])
        .ok()
        .lines()
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                row["verdict"].as_str().unwrap(),
                row["why"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(log, ["accept ", "reject another firm", "unsure ", "undo "]);
    let public = stripout(home, &["list", "findings", "--public", "--json"])
        .ok()
        .lines();
    assert_eq!(public.len(), 1);
    assert_eq!(public[0]["body"], "harrogate-borough-council");
}
