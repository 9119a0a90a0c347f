//! Takes a document apart on a thread of its own, which is left behind when its time is up. A library that loops or panics
//! over a hostile file costs that document and no other.

use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Instant;

use stripout_model::{Code, Problem, Severity};

use crate::Options;
use crate::caught::caught;
use crate::document::{Document, Each};
use crate::stop::Ended;

/// As [`Document::layers`], within the time that a document may take. Time in `each` is not the document's.
pub(super) fn layers(
    document: &'static dyn Document,
    whole: Vec<u8>,
    name: &str,
    options: &Options,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    if document.bounds_itself() {
        return document.layers(&whole, name, options, each);
    }
    let length = whole.len();
    let (send, receive) = sync_channel(1);
    let reader = {
        let (name, options) = (name.to_owned(), options.clone());
        thread::Builder::new().spawn(move || {
            let read = caught(|| {
                document.layers(&whole, &name, &options, &mut |given| match send.send(given) {
                    Ok(()) => ControlFlow::Continue(()),
                    // Nobody waits for more.
                    Err(_) => ControlFlow::Break(()),
                })
            });
            if read.is_none() {
                let _: Result<(), _> = send.send(Err(broke_down()));
            }
        })
    };
    if let Err(error) = reader {
        return each(Err(Problem {
            because: error.to_string(),
            ..broke_down()
        }));
    }
    let mut left = options.limits.document_time(length);
    loop {
        let asked = Instant::now();
        match options.stop.receive(&receive, left) {
            Ok(given) => {
                left = left.saturating_sub(asked.elapsed());
                each(given)?;
            }
            Err(Ended::TooLong) => return each(Err(options.limits.too_long(length))),
            Err(Ended::InTime) => return ControlFlow::Continue(()),
            Err(Ended::Stopped) => return ControlFlow::Break(()),
        }
    }
}

fn broke_down() -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: String::new(),
        what: "the reader broke down over the document".into(),
        because: "it is damaged in a way that its reader does not expect".into(),
        hint: "open it and save it anew, or save its text, and screen that".into(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::document::{Content, Layer, Signs};

    /// Gives one layer, then does as it is told.
    struct Stub(fn());

    impl Document for Stub {
        fn name(&self) -> &'static str {
            "stub"
        }

        fn endings(&self) -> &'static [&'static str] {
            &[]
        }

        fn claims(&self, _: Signs<'_>) -> bool {
            true
        }

        fn layers(&self, _: &[u8], _: &str, _: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
            each(Ok(Layer {
                name: None,
                content: Content::Text("12 cameras".into()),
                reserve: None,
            }))?;
            (self.0)();
            ControlFlow::Continue(())
        }
    }

    /// Layers given, and codes of the problems.
    fn given(document: &'static Stub, seconds: u64) -> (usize, Vec<Code>) {
        let mut options = Options::default();
        options.limits.document_seconds = seconds;
        let (mut read, mut codes) = (0, Vec::new());
        let flow = layers(document, Vec::new(), "a.stub", &options, &mut |given| {
            match given {
                Ok(_) => read += 1,
                Err(problem) => codes.push(problem.code),
            }
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue(), "nobody broke off");
        (read, codes)
    }

    #[test]
    fn a_document_that_ends_says_nothing() {
        assert_eq!(given(&Stub(|| ()), 60), (1, vec![]));
    }

    #[test]
    fn a_document_that_never_ends_is_left() {
        let forever = &Stub(|| thread::sleep(Duration::from_mins(10)));
        assert_eq!(given(forever, 1), (1, vec![Code::InputTimeout]));
    }

    #[test]
    fn a_panic_costs_the_document_only() {
        let panics = &Stub(|| assert!(thread::current().name().is_some(), "a library gave up"));
        assert_eq!(given(panics, 60), (1, vec![Code::InputNotUnderstood]));
    }

    #[test]
    fn a_run_that_is_stopped_leaves_its_document() {
        let forever: &'static Stub = &Stub(|| thread::sleep(Duration::from_mins(10)));
        let options = Options::default();
        let start = Instant::now();
        let flow = layers(forever, Vec::new(), "a.stub", &options, &mut |_| {
            options.stop.stop();
            ControlFlow::Continue(())
        });
        assert!(flow.is_break() && start.elapsed() < Duration::from_mins(1));
    }

    #[test]
    fn whoever_breaks_off_waits_for_nothing() {
        let forever: &'static Stub = &Stub(|| thread::sleep(Duration::from_mins(10)));
        let start = Instant::now();
        let flow = layers(forever, Vec::new(), "a.stub", &Options::default(), &mut |_| {
            ControlFlow::Break(())
        });
        assert!(flow.is_break() && start.elapsed() < Duration::from_mins(1));
    }
}
