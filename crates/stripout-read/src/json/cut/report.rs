//! What is said about a stream that is not as it should be.

use stripout_model::{Code, Problem, Severity};

use super::{After, Cut, DAMAGE, State};

impl Cut<'_> {
    pub(super) fn missing_comma(&mut self) {
        if !self.newline_before() {
            self.wrong("two elements without a comma between them");
        } else if !self.commas_missing {
            self.commas_missing = true;
            let place = self.place("");
            self.problems.push(Problem {
                code: Code::InputTypeMismatch,
                severity: Severity::Warning,
                place,
                what: "elements or members that stand on lines of their own without commas".into(),
                because: "read as if the commas were there".into(),
                hint: "nothing to do if the records are right".into(),
            });
        }
    }

    /// `line 3, /releases/12 (byte 456)`
    pub(super) fn place(&self, pointer: &str) -> String {
        crate::json::fault::place(self.window.line(self.at), pointer, self.at)
    }

    pub(super) fn wrong(&mut self, what: &str) {
        let place = self.place("");
        self.problems.push(Problem {
            code: Code::InputNotUnderstood,
            severity: Severity::Unit,
            place: place.clone(),
            what: what.into(),
            because: "the JSON is not well formed here".into(),
            hint: "ask the publisher to repair the file; what could be read around it was read".into(),
        });
        self.damage += 1;
        if self.damage > DAMAGE {
            self.state = State::Done;
            self.problems.push(Problem {
                code: Code::InputNotUnderstood,
                severity: Severity::Input,
                place,
                what: "this is no JSON".into(),
                because: format!("{DAMAGE} damaged places in a row without one record between them"),
                hint: "look at the file with a text viewer".into(),
            });
        }
    }

    pub(super) fn too_large(&mut self, pointer: &str) {
        let place = self.place(pointer);
        self.problems.push(Problem {
            code: Code::InputTooLarge,
            severity: Severity::Unit,
            place,
            what: "a record is too large".into(),
            because: format!(
                "it is longer than the limit record-bytes = {}",
                self.limits.record_bytes
            ),
            hint: "raise the limit, or split the record".into(),
        });
    }

    /// The stream is over; `open` is the place of what was left open.
    pub(super) fn end_of_stream(&mut self, open: Option<String>) {
        let element_whole = matches!(
            self.state,
            State::List {
                after: After::Element,
                ..
            }
        );
        self.state = State::Done;
        if let Some(mut problem) = self.window.take_broken() {
            let here = open.unwrap_or_else(|| self.place(""));
            problem.place = if problem.place.is_empty() {
                here
            } else {
                format!("{}, {here}", problem.place)
            };
            self.problems.push(problem);
        } else if let Some(place) = open {
            // A `[` above JSON Lines that nobody closed loses nothing.
            let stray = self.commas_missing && element_whole;
            self.problems.push(Problem {
                code: Code::InputTruncated,
                severity: if stray { Severity::Warning } else { Severity::Input },
                place,
                what: "the JSON ends too early".into(),
                because: "a bracket, brace or quote is still open at the end".into(),
                hint: "fetch the file again; what came before was read".into(),
            });
        }
    }
}
