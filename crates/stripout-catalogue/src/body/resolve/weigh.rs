//! How much each word of a name tells, and which class of bodies it means.

use super::fold::fold;
use super::index::{Index, Token};
use super::words::NameWords;
use crate::body::alias::AliasKind;
use crate::body::public_body::PublicBody;

/// Weight of a word of form, of a body's own name at least and at most.
const FORM: f32 = 0.25;
const COMMON: f32 = 0.5;

impl Index {
    pub(super) fn weigh(&mut self, words: &NameWords) {
        for (bit, class) in words.class.iter().enumerate() {
            if class.implied {
                self.implied |= 1 << bit;
            }
            if class.areal {
                self.areal |= 1 << bit;
            }
            if class.crowded {
                self.crowded |= 1 << bit;
            }
            for word in &class.words {
                let token = self.intern(word);
                if let Some(facts) = self.tokens.get_mut(token.0 as usize) {
                    facts.classes |= 1 << bit;
                }
            }
        }
        for (bit, group) in words.ranks.groups.iter().enumerate() {
            for word in group {
                let token = self.intern(word);
                if let Some(facts) = self.tokens.get_mut(token.0 as usize) {
                    facts.rank |= 1 << bit;
                }
            }
        }
        let forms: Vec<Token> = words.forms.words.iter().map(|word| self.intern(word)).collect();
        for token in forms {
            if let Some(facts) = self.tokens.get_mut(token.0 as usize) {
                facts.form = true;
            }
        }
        let directions: Vec<Token> = words.directions.iter().map(|word| self.intern(word)).collect();
        let count = number(self.names.len().max(2));
        for facts in &mut self.tokens {
            facts.form |= facts.classes != 0;
            let rare = (count / number(1 + facts.names.len())).ln() / count.ln();
            facts.weight = if facts.form {
                FORM
            } else {
                COMMON + (1.0 - COMMON) * rare.clamp(0.0, 1.0)
            };
        }
        for token in directions {
            if let Some(facts) = self.tokens.get_mut(token.0 as usize) {
                facts.weight = 1.0;
            }
        }
        for name in &mut self.names {
            for facts in name
                .tokens
                .iter()
                .filter_map(|token| self.tokens.get(token.0 as usize))
            {
                if facts.form {
                    name.form += facts.weight;
                } else {
                    name.core += facts.weight;
                }
                name.ranks |= facts.rank;
                name.classes |= facts.classes;
            }
        }
        for facts in &mut self.tokens {
            let names = &self.names;
            let mut of = facts.names.iter().filter_map(|name| names.get(*name));
            facts.place = !facts.form && of.any(|name| name.ranks != 0);
        }
    }

    pub(super) fn classify(&mut self, list: &[PublicBody], words: &NameWords) {
        self.nations = words
            .nation
            .values()
            .flat_map(|nation| fold(nation, words))
            .collect();
        let exacting: Vec<Token> = words.exacting.iter().map(|word| self.intern(word)).collect();
        for name in &self.names {
            let own = exacting.iter().filter(|token| name.tokens.contains(token));
            self.exact.extend(own.map(|token| (name.body, *token)));
        }
        self.classes = vec![0; list.len()];
        for (classes, body) in self.classes.iter_mut().zip(list) {
            for (bit, class) in words.class.iter().enumerate() {
                if class.kinds.contains(&body.kind) {
                    *classes |= 1 << bit;
                }
            }
        }
        self.kinds.clone_from(&self.classes);
        // A building or a nickname says nothing of the kind of body.
        let telling = [None, Some(AliasKind::Former), Some(AliasKind::Short)];
        for name in self.names.iter().filter(|name| telling.contains(&name.kind)) {
            let own = name
                .tokens
                .iter()
                .filter_map(|token| self.tokens.get(token.0 as usize))
                .fold(0, |classes, facts| classes | facts.classes);
            if let Some(classes) = self.classes.get_mut(name.body) {
                *classes |= own;
            }
        }
    }
}

/// Counts of names: the tables are far from the largest.
fn number(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
