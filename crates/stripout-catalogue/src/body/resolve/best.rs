//! The body whose words fit a name best.

use jiff::civil::Date;
use stripout_model::Confidence;

use super::align::{Fit, fits};
use super::fold::key;
use super::{Found, SHOWN};
use crate::body::bodies::Bodies;

/// Least score of a fit that is accepted, and how far the next body must lie behind.
const ACCEPT: f32 = 0.75;
const MARGIN: f32 = 0.05;

impl Bodies {
    /// The body whose words fit best, if the next one lies well behind.
    pub(super) fn by_words(&self, folded: &[String], readings: &[Vec<String>], at: Option<Date>) -> Found {
        let own = [folded.to_vec()];
        let mut fitting: Vec<(usize, Fit)> = Vec::new();
        for reading in own.iter().chain(readings) {
            if key(reading, &self.words).is_some_and(|key| self.index.is_ambiguous(&key)) {
                continue;
            }
            for (body, fit) in fits(reading, &self.index, &self.words) {
                if !self.existed(body, at) {
                    continue;
                }
                match fitting.iter_mut().find(|(other, _)| *other == body) {
                    Some((_, best)) if best.score >= fit.score => {}
                    Some((_, best)) => *best = fit,
                    None => fitting.push((body, fit)),
                }
            }
        }
        fitting.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
        let Some((body, best)) = fitting.first().copied() else {
            return Found::Nothing;
        };
        let next = fitting.get(1).map_or(0.0, |(_, fit)| fit.score);
        let text = self
            .index
            .names
            .get(best.name)
            .map_or("", |name| name.text.as_str());
        let living = |body: usize| self.list.get(body).is_some_and(|body| body.until.is_none());
        let form = |word: &String| {
            let token = self.index.vocabulary.get(word);
            token
                .and_then(|token| self.index.token(*token))
                .is_some_and(|it| it.form)
        };
        // The name of a place is not that of a body that is no more, nor is what others are called now.
        let called_now = || !folded.iter().any(form) || fitting.iter().any(|(other, _)| living(*other));
        let ended = at.is_none() && !living(body) && called_now();
        let shared = self.shares_its_place(body, best.name, folded, at);
        if best.score >= ACCEPT && best.score - next >= MARGIN && !best.other && !ended && shared.is_none() {
            let slip = if best.slip { ", one of them misspelt" } else { "" };
            let why = format!("its words are those of {text}{slip}");
            return Found::One {
                body,
                sure: Confidence::Likely,
                why,
            };
        }
        let others = shared.iter().flat_map(|alone| &alone.others);
        let mut bodies: Vec<(usize, f32)> = fitting.iter().map(|(body, fit)| (*body, fit.score)).collect();
        bodies.truncate(SHOWN - 1);
        bodies.extend(others.map(|other| (*other, 0.0)));
        let why = if let Some(alone) = shared.filter(|_| best.score >= ACCEPT && !ended) {
            alone.why
        } else if ended {
            format!("{text} is no more, others are called like it, and no day is given")
        } else if best.other {
            format!("it is like {text}, and may be another's")
        } else if best.score >= ACCEPT {
            "it fits more than one body".into()
        } else {
            format!("it is like {text}, and not like enough")
        };
        Found::Several { bodies, why }
    }
}
