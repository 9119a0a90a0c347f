//! The sentence that says why: what was compared with what, and what decided.

use std::fmt::Write;

use stripout_catalogue::{Certainty, Verification};

use crate::attribution::{Owner, Tie};
use crate::candidate::{Candidate, Form, How};
use crate::fuzzy::Damage;
use crate::grammar::{Family, Reading};
use crate::spelling::Spelling;

/// What the words in question are, as parts of the sentence.
pub(crate) struct Told<'a> {
    pub(crate) candidate: &'a Candidate,
    pub(crate) owner: &'a Owner,
    /// As in the source.
    pub(crate) surface: &'a str,
    /// Words of the source that support it, by what they are.
    pub(crate) camera: Option<&'a str>,
    pub(crate) equipment: Option<&'a str>,
    pub(crate) maker: Option<&'a str>,
    pub(crate) number: Option<&'a str>,
    pub(crate) spelling: Option<&'a Spelling>,
    pub(crate) family: Option<&'a Family>,
    pub(crate) rival: Option<&'a Family>,
    pub(crate) tampered: bool,
}

/// One sentence, without the part on stance.
pub(crate) fn sentence(told: &Told<'_>) -> String {
    let mut parts = vec![recognised(told)];
    if let Some(tie) = &told.owner.tie {
        parts.push(established(told.owner, tie));
    }
    if let Some(support) = supported(told) {
        parts.push(support);
    }
    if told.tampered {
        parts.push("it holds invisible or look-alike characters".into());
    }
    parts.join("; ")
}

fn recognised(told: &Told<'_>) -> String {
    let surface = visible(told.surface);
    let maker = &told.owner.maker_label;
    let registered = told.spelling.map_or("", |s| s.text.as_str());
    match &told.candidate.how {
        How::Exact { .. }
            if told
                .spelling
                .is_some_and(|s| s.origin == stripout_catalogue::NameOrigin::Misspelling) =>
        {
            format!("\"{surface}\" is a listed misspelling of {}", told.owner.label)
        }
        How::Exact {
            form: Form::Glued, ..
        } => format!("\"{surface}\" holds the registered spelling \"{registered}\" inside a longer word"),
        How::Exact { .. } if told.owner.tie.is_some() => {
            format!("\"{surface}\" is the label \"{}\"", told.owner.label)
        }
        How::Exact { .. } => format!("\"{surface}\" is a registered spelling of the maker {maker}"),
        How::Fuzzy { distance, damage, .. } => {
            let what = match damage {
                Damage::Split | Damage::SplitAtWord => "written in pieces",
                Damage::SpacedOut => "written letter by letter",
                Damage::Misspelt => "misspelt",
                Damage::MisRead => "with characters that scanners confuse",
                Damage::CutOff => "cut off",
            };
            let after = if matches!(damage, Damage::Split | Damage::SplitAtWord | Damage::SpacedOut) {
                " after joining"
            } else {
                ""
            };
            format!(
                "\"{surface}\" is \"{}\" {what} (edit distance {distance}{after})",
                registered.to_lowercase()
            )
        }
        How::Model { reading, .. } => {
            let family = told.family.map_or("", |f| f.description.as_str());
            let loose = match reading {
                Reading::Strict => "",
                Reading::Loose => ", read with missing hyphens or letters for digits",
            };
            let rival = told.rival.map_or(String::new(), |r| {
                format!(", but also of the family \"{}\"", r.description)
            });
            format!("\"{surface}\" is a model number of {maker} ({family}){loose}{rival}")
        }
    }
}

fn established(owner: &Owner, tie: &Tie) -> String {
    let lines = if tie.lines.is_empty() {
        String::new()
    } else {
        format!(" [{}]", tie.lines)
    };
    let dates = match (&tie.from, &tie.until) {
        (Some(from), Some(until)) => format!(" from {from} to {until}"),
        (Some(from), None) => format!(" since {from}"),
        (None, Some(until)) => format!(" until {until}"),
        (None, None) => String::new(),
    };
    let others = if tie.others.is_empty() {
        String::new()
    } else {
        format!("; sources also name {}", tie.others.join(", "))
    };
    format!(
        "{} {} {}{lines}{dates} ({}, {}){others}",
        owner.label,
        tie.wording,
        owner.maker_label,
        verified(tie.verification),
        sureness(tie.certainty)
    )
}

pub(crate) fn verified(verification: Verification) -> &'static str {
    match verification {
        Verification::Constructed => "constructed",
        Verification::Recalled => "recalled, no source read",
        Verification::Partly => "a restatement was read",
        Verification::Registry => "read in a registry",
        Verification::Seen => "source read",
    }
}

fn sureness(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Uncertain => "uncertain",
        Certainty::Low => "weakly supported",
        Certainty::Medium => "supported",
        Certainty::High => "well supported",
    }
}

fn supported(told: &Told<'_>) -> Option<String> {
    let needed = match &told.candidate.how {
        How::Exact { .. } => told.spelling.is_some_and(|s| !s.is_strong()),
        How::Fuzzy { .. } => true,
        How::Model { .. } => told
            .family
            .is_some_and(|f| f.specificity != stripout_catalogue::Specificity::High),
    };
    if !needed {
        return None;
    }
    let support = &told.candidate.support;
    if support.asked {
        Some("it stands where the make is asked for".into())
    } else if let Some(number) = told.number {
        Some(format!(
            "with a number of its products, \"{}\"",
            visible(number.trim())
        ))
    } else if let Some(word) = told.camera {
        Some(format!("beside the camera word \"{}\"", visible(word)))
    } else if let Some(word) = told.maker {
        Some(format!("beside \"{}\"", visible(word)))
    } else if support.elsewhere {
        Some("the record speaks of cameras elsewhere".into())
    } else {
        told.equipment
            .map(|word| format!("beside the equipment word \"{}\"", visible(word)))
    }
}

/// Invisible characters as code points, line breaks as spaces.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if crate::normal::is_invisible(c) || (c.is_control() && !c.is_whitespace()) {
            // Writing to a string cannot fail.
            let _ = write!(shown, "<U+{:04X}>", u32::from(c));
        } else {
            shown.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    shown
}
