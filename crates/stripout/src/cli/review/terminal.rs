//! The queue on a terminal, a key a decision. Every decision is in the register before the next sighting is shown.

use std::io::{self, Write};

use console::{Key, Term};
use jiff::Timestamp;
use stripout_judge::{Pending, Reviews};
use stripout_model::{Alert, Decision, Verdict};
use stripout_serve::{Said, Thing, body_named, left, maker_named, things};

use crate::cli::alert;
use crate::cli::register::{Opened, store_failure};
use crate::failure::Exit;
use crate::judged::Judging;
use crate::rows;
use crate::show::{count, number, safe};
use crate::summary::marked;

const KEYS: &str =
    "x accept · n reject · u unsure · d dispute · s skip · z undo · b body · m maker · h history · q quit";

pub(super) struct Session<'a> {
    opened: &'a Opened,
    judging: Judging,
    /// As they were when the session began.
    alerts: Vec<Alert>,
    who: String,
    term: Term,
    /// Left over by the reviewer in this session.
    skipped: Vec<String>,
    /// Decided in this session, oldest first; what was decided together stands together.
    decided: Vec<Vec<String>>,
}

enum Asked {
    Next,
    Same,
    Quit,
}

impl<'a> Session<'a> {
    pub(super) fn new(opened: &'a Opened, judging: Judging, alerts: Vec<Alert>, who: String) -> Self {
        Self {
            opened,
            judging,
            alerts,
            who,
            term: Term::stdout(),
            skipped: Vec::new(),
            decided: Vec::new(),
        }
    }

    pub(super) fn run(&mut self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        loop {
            let queue = self.left();
            let Some(one) = queue.first() else {
                writeln!(out, "Nothing is left to review.")?;
                break;
            };
            self.show(one, queue.len(), out)?;
            loop {
                out.flush()?;
                match self.ask(one, out)? {
                    Asked::Next => break,
                    Asked::Same => {}
                    Asked::Quit => return self.end(out),
                }
            }
        }
        self.end(out)
    }

    fn end(&self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let decided: usize = self.decided.iter().map(Vec::len).sum();
        let decided = count(decided as u64, "decision");
        writeln!(
            out,
            "{decided} by {}; {} left.",
            safe(&self.who),
            number(self.left().len() as u64)
        )?;
        Ok(Exit::AllRead)
    }

    fn left(&self) -> Vec<Thing> {
        let reviews = Reviews::of(&self.judging.decisions);
        let mut queue = left(
            things(self.judging.queue(), self.alerts.clone()),
            &reviews,
            &self.who,
        );
        queue.retain(|one| !self.skipped.iter().any(|skipped| skipped == one.id()));
        queue
    }

    fn show(&self, thing: &Thing, left: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}  {} to review", safe(thing.id()), number(left as u64))?;
        match thing {
            Thing::Sighting(one) => self.sighting(one, out)?,
            Thing::Alert(alert) => alert::print(alert, out)?,
        }
        writeln!(out, "{KEYS}")
    }

    fn sighting(&self, one: &Pending, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "  {}", one.sentence)?;
        if let Some(said) = self.judging.sighting(&one.sighting) {
            writeln!(out, "  \"{}\"", marked(&said.what.evidence))?;
            writeln!(out, "  {} · {}", said.what.confidence, safe(&said.what.why))?;
            writeln!(
                out,
                "  {}, {}",
                safe(&said.source),
                safe(&said.what.evidence.locator.to_string())
            )?;
        }
        for said in one.copies.iter().filter_map(|id| self.judging.sighting(id)) {
            let place = safe(&said.what.evidence.locator.to_string());
            writeln!(out, "  the same payment: {}, {place}", safe(&said.source))?;
        }
        if !one.body_why.is_empty() {
            writeln!(out, "  body not known: {}", safe(&one.body_why))?;
        }
        if one.accepts + one.rejects + one.unsure > 0 {
            writeln!(
                out,
                "  others: {} accept, {} reject, {} unsure",
                one.accepts, one.rejects, one.unsure
            )?;
        }
        Ok(())
    }

    fn ask(&mut self, one: &Thing, out: &mut dyn Write) -> anyhow::Result<Asked> {
        match self.term.read_key()? {
            Key::Char('x') => self.decide(one, &Said::plain(Verdict::Accept, String::new()), out),
            Key::Char('u') => self.decide(one, &Said::plain(Verdict::Unsure, String::new()), out),
            Key::Char('n') => match self.line("Why not? ", out)? {
                Some(why) => self.decide(one, &Said::plain(Verdict::Reject, why), out),
                None => Ok(Asked::Same),
            },
            Key::Char('d') => match self.line("Who says what against it? ", out)? {
                Some(why) => self.decide(one, &Said::plain(Verdict::Dispute, why), out),
                None => Ok(Asked::Same),
            },
            Key::Char('b' | 'm') if matches!(one, Thing::Alert(_)) => {
                writeln!(out, "an alert is corrected in the sighting that it rests on")?;
                Ok(Asked::Same)
            }
            Key::Char('b') => self.correct(one, "Body (id or name): ", out),
            Key::Char('m') => self.correct(one, "Maker (id or name): ", out),
            Key::Char('s') => {
                self.skipped.push(one.id().to_string());
                writeln!(out, "skipped")?;
                Ok(Asked::Next)
            }
            Key::Char('z') => self.undo(out),
            Key::Char('h') => {
                let mut any = false;
                for decision in self.judging.decisions.iter().filter(|d| d.thing == one.id()) {
                    rows::decision(decision, out)?;
                    any = true;
                }
                if !any {
                    writeln!(out, "no decisions yet")?;
                }
                Ok(Asked::Same)
            }
            Key::Char('q') | Key::Escape | Key::CtrlC => Ok(Asked::Quit),
            _ => {
                writeln!(out, "{KEYS}")?;
                Ok(Asked::Same)
            }
        }
    }

    fn correct(&mut self, one: &Thing, prompt: &str, out: &mut dyn Write) -> anyhow::Result<Asked> {
        let Some(text) = self.line(prompt, out)? else {
            return Ok(Asked::Same);
        };
        let mut said = Said::plain(Verdict::Accept, String::new());
        let named = if prompt.starts_with("Body") {
            body_named(&self.judging, &text).map(|body| said.body = Some(body))
        } else {
            maker_named(&self.judging, &text).map(|maker| said.maker = Some(maker))
        };
        if let Err(why) = named {
            writeln!(out, "{}", safe(&why))?;
            return Ok(Asked::Same);
        }
        // A name may be read as another body than the one in mind.
        if let Some(body) = said.body.as_ref().and_then(|id| self.judging.bodies.get(id)) {
            writeln!(out, "taken as {} ({})", safe(&body.name), body.id)?;
        }
        if let Some(maker) = &said.maker {
            let known = self.judging.catalogue.makers.get(maker);
            let label = known.map_or(maker.as_str(), |known| known.label.as_str());
            writeln!(out, "taken as {} ({maker})", safe(label))?;
        }
        match self.line("Why? ", out)? {
            Some(why) => {
                said.why = why;
                self.decide(one, &said, out)
            }
            None => Ok(Asked::Same),
        }
    }

    /// The decision before, of this session, is taken back, and its sighting comes again.
    fn undo(&mut self, out: &mut dyn Write) -> anyhow::Result<Asked> {
        let Some(things) = self.decided.pop() else {
            writeln!(out, "nothing to undo in this session")?;
            return Ok(Asked::Same);
        };
        writeln!(out, "undone: {}", things.join(", "))?;
        self.append(things, &Said::plain(Verdict::Undo, String::new()))?;
        Ok(Asked::Next)
    }

    fn decide(&mut self, one: &Thing, said: &Said, out: &mut dyn Write) -> anyhow::Result<Asked> {
        if said.lacks_reason() {
            writeln!(out, "a reason is wanted")?;
            return Ok(Asked::Same);
        }
        writeln!(out, "{}", said.verdict)?;
        self.append(one.ids(), said)?;
        self.decided.push(one.ids());
        Ok(Asked::Next)
    }

    fn append(&mut self, things: Vec<String>, said: &Said) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let decision = |thing| said.clone().decision(thing, &self.who, now);
        let mut decisions: Vec<Decision> = things.into_iter().map(decision).collect();
        let appending = self.opened.register.decide(&decisions);
        let first = self
            .opened
            .runtime
            .block_on(appending)
            .map_err(|error| store_failure(&error))?;
        for (decision, id) in decisions.iter_mut().zip(first.unwrap_or_default()..) {
            decision.id = id;
        }
        self.judging.decisions.append(&mut decisions);
        Ok(())
    }

    /// A line typed by the reviewer; `None` when it is empty.
    fn line(&self, prompt: &str, out: &mut dyn Write) -> anyhow::Result<Option<String>> {
        write!(out, "{prompt}")?;
        out.flush()?;
        let line = self.term.read_line()?.trim().to_string();
        Ok((!line.is_empty()).then_some(line))
    }
}
