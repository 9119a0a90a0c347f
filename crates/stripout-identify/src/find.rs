//! Candidates of one text, tested against what stands around them, without overlaps.

use std::collections::BTreeMap;
use std::ops::Range;

use stripout_catalogue::{NameOrigin, Specificity};
use stripout_model::Via;

use crate::candidate::{Candidate, Form, How, Support};
use crate::context::{Blockers, Context, Labelled, Strength};
use crate::crowd::Crowd;
use crate::exact;
use crate::fuzzy::Needs;
use crate::grammar::{Family, Number, Reading};
use crate::identifier::Identifier;
use crate::scan::Marks;
use crate::token::{Token, word_before};

/// From this many letters on a name is nobody else's.
const DISTINCTIVE: usize = 8;
/// A number that follows a label this closely is part of the product that the label names.
const ADJACENT: usize = 3;

/// Where a text stands and what its surroundings say.
pub(crate) struct Setting<'a> {
    /// The text is one statement: what one part says holds for all.
    pub(crate) whole: bool,
    /// Another field of the record speaks of cameras.
    pub(crate) elsewhere: bool,
    /// Header of the cell that holds a span of the normal text.
    pub(crate) header: &'a dyn Fn(&Range<usize>) -> &'a str,
    /// Whether products are named in the cell that holds a span of the normal text.
    pub(crate) screened: &'a dyn Fn(&Range<usize>) -> bool,
    /// The source of a span of the normal text.
    pub(crate) source: &'a dyn Fn(&Range<usize>) -> &'a str,
    /// Sentences, in which capitals tell names.
    pub(crate) prose: bool,
}

/// Every believable mention of a maker in a text in normal form, in order, makers outside the scope included; and how many
/// names of a text that is nothing but names were not looked at.
pub(crate) fn find<'a>(
    identifier: &'a Identifier,
    text: &'a str,
    marks: &'a Marks,
    setting: &'a Setting<'a>,
) -> (Vec<Candidate>, usize) {
    let finder = Finder {
        identifier,
        text,
        tokens: crate::token::tokens(text),
        setting,
    };
    let (mut exact, left_out) = finder.exact(marks);
    finder.numbers(marks, &mut exact);
    drop_inner_numbers(&mut exact);
    let labelled = finder.labels_with_numbers(&exact);
    let mut context = Context::new(text, marks, setting.whole, setting.elsewhere);
    context.makers = exact
        .iter()
        .filter(|c| finder.beyond_doubt(c))
        .map(|c| c.span.clone())
        .collect();
    context.makers.sort_by_key(|m| m.end);
    context.labelled = labelled;
    exact.retain_mut(|candidate| finder.believe(candidate, &context));
    // `LABEL C310` as a whole is a number of the label: the label is the mention.
    exact.retain(|c| c.via != Via::Model || !context.labelled.iter().any(|l| l.holds(&c.core)));
    let mut found = longest(exact);
    let fuzzy = finder.fuzzy(&found, &context);
    found.retain(|c| !fuzzy.iter().any(|whole| finder.is_piece(c, whole)));
    found.extend(fuzzy);
    (finder.drop_repeats(longest(found)), left_out)
}

struct Finder<'a> {
    identifier: &'a Identifier,
    text: &'a str,
    tokens: Vec<Token>,
    setting: &'a Setting<'a>,
}

impl Finder<'_> {
    /// What is found again and again is left out before it takes room. Several spellings meet in one name, so that more are looked
    /// at than are judged.
    fn exact(&self, marks: &Marks) -> (Vec<Candidate>, usize) {
        const MORE: usize = 4;
        let mut crowd = Crowd::of(self.identifier.names * MORE);
        let mut found = Vec::new();
        // Where names stand, and whether any spelling of each was taken.
        let mut places: Vec<(usize, bool)> = Vec::new();
        for (index, anchor) in &marks.anchors {
            let Some(spelling) = self.identifier.spellings.get(*index) else {
                continue;
            };
            let Some((core, form)) = exact::match_at(self.text, spelling, anchor) else {
                continue;
            };
            let taken = crowd.takes(spelling.owner);
            match places.last_mut().filter(|(start, _)| *start == core.start) {
                Some((_, any)) => *any |= taken,
                None => places.push((core.start, taken)),
            }
            if !taken {
                continue;
            }
            let owner = self.identifier.attributions.owner(spelling.owner);
            let via = match spelling.origin {
                NameOrigin::Misspelling => Via::Typo,
                NameOrigin::Script => Via::Script,
                NameOrigin::Registered if owner.is_some_and(|o| o.brand.is_some()) => Via::Brand,
                NameOrigin::Registered => Via::Name,
            };
            found.push(self.candidate(
                spelling.owner,
                core,
                How::Exact {
                    spelling: *index,
                    form,
                },
                via,
            ));
        }
        let left_out = places.iter().filter(|(_, taken)| !taken).count();
        (found, left_out)
    }

    /// A candidate whose span takes in the registered name around it.
    fn candidate(&self, owner: usize, core: Range<usize>, how: How, via: Via) -> Candidate {
        let legal = self
            .identifier
            .attributions
            .owner(owner)
            .filter(|_| via != Via::Model)
            .map(|o| &o.legal);
        let span = legal.map_or(core.clone(), |legal| {
            self.identifier
                .legal
                .stretch(self.text, &self.tokens, core.clone(), legal)
        });
        Candidate {
            owner,
            span,
            core,
            how,
            support: Support::default(),
            via,
        }
    }

    /// Model numbers: where several families take one, the longest, then the most specific counts.
    fn numbers(&self, marks: &Marks, found: &mut Vec<Candidate>) {
        let mut read: Vec<(usize, &Family, Number)> = Vec::new();
        if !marks.cameras.is_empty() || !marks.prefixes.is_empty() || !found.is_empty() {
            for (index, family) in self.identifier.grammars.unprefixed() {
                let begins = |at: &usize| {
                    self.text
                        .as_bytes()
                        .get(*at)
                        .is_some_and(|b| family.may_begin_with(*b))
                };
                let starts = self.tokens.iter().map(|t| t.start).filter(begins);
                let numbers = starts.filter_map(|at| family.number_at(self.text, at));
                read.extend(numbers.map(|number| (index, family, number)));
            }
        }
        for (index, at) in &marks.prefixes {
            let Some(family) = self.identifier.grammars.families.get(*index) else {
                continue;
            };
            if !self.number_may_start(*at, found) {
                continue;
            }
            if let Some(number) = family.number_at(self.text, *at) {
                read.push((*index, family, number));
            }
        }
        read.sort_by_key(|(index, family, number)| {
            let strict = number.reading == Reading::Strict;
            (
                number.span.start,
                std::cmp::Reverse((strict, number.span.end, family.specificity)),
                *index,
            )
        });
        read.dedup_by(|a, b| a.0 == b.0 && a.2 == b.2);
        let mut rest = read.as_slice();
        while let Some(((index, family, number), others)) = rest.split_first() {
            let same = others
                .iter()
                .take_while(|(_, _, other)| other.span.start == number.span.start)
                .count();
            let rival = others
                .get(..same)
                .unwrap_or_default()
                .iter()
                .find(|(_, other, with)| {
                    let maker = |f: &Family| self.identifier.attributions.owner(f.owner).map(|o| &o.maker);
                    let declared = other.ambiguous_with.contains(&family.id)
                        || family.ambiguous_with.contains(&other.id);
                    maker(other) != maker(family)
                        && with.reading == number.reading
                        && with.span.end == number.span.end
                        && (declared || other.specificity == family.specificity)
                });
            let how = How::Model {
                family: *index,
                reading: number.reading,
                rival: rival.map(|(i, _, _)| *i),
            };
            found.push(self.candidate(family.owner, number.span.clone(), how, Via::Model));
            rest = others.get(same..).unwrap_or_default();
        }
    }

    /// At the start of a word, after a count (`12xDS...`), or glued to a name.
    fn number_may_start(&self, at: usize, names: &[Candidate]) -> bool {
        if !word_before(self.text, at) || names.iter().any(|c| c.via != Via::Model && c.core.end == at) {
            return true;
        }
        let head = self.text.get(..at).unwrap_or_default();
        let count = head.strip_suffix('x').unwrap_or_default();
        let number = count.trim_end_matches(|c: char| c.is_ascii_digit());
        number.len() < count.len() && !number.ends_with(|c: char| c.is_alphanumeric())
    }

    fn beyond_doubt(&self, candidate: &Candidate) -> bool {
        match &candidate.how {
            How::Exact { spelling, form } => {
                let spelling = self.identifier.spellings.get(*spelling);
                spelling.is_some_and(|s| s.is_strong() && (*form == Form::Whole || s.length() >= DISTINCTIVE))
                    && !self.blocked(candidate, Strength::Short)
            }
            How::Model { family, reading, .. } => {
                let family = self.identifier.grammars.families.get(*family);
                *reading == Reading::Strict && family.is_some_and(|f| f.specificity == Specificity::High)
            }
            How::Fuzzy { .. } => false,
        }
    }

    fn blocked(&self, candidate: &Candidate, strength: Strength) -> bool {
        let blockers = &self.identifier.blockers;
        blockers.block(self.text, &self.tokens, &candidate.core, strength)
            || (candidate.span != candidate.core
                && strength == Strength::Short
                && blockers.block(self.text, &self.tokens, &candidate.span, strength))
    }

    /// Notes what supports the candidate and says whether that is enough.
    fn believe(&self, candidate: &mut Candidate, context: &Context<'_>) -> bool {
        if !(self.setting.screened)(&candidate.core) {
            return false;
        }
        // A maker in the bracket is the one that is meant.
        let spelt_out = Blockers::spelt_out(self.text, &candidate.core)
            .is_some_and(|words| !context.makers.iter().any(|m| words.contains(&m.start)));
        if spelt_out && candidate.via != Via::Model {
            return false;
        }
        candidate.support = self.support(&candidate.core, context);
        match candidate.how.clone() {
            How::Exact { spelling, form } => self.believe_exact(candidate, spelling, form),
            How::Model { family, .. } => self.believe_number(candidate, family),
            How::Fuzzy { .. } => true,
        }
    }

    fn believe_exact(&self, candidate: &Candidate, spelling: usize, form: Form) -> bool {
        let Some(spelling) = self.identifier.spellings.get(spelling) else {
            return false;
        };
        let support = &candidate.support;
        // Written out in full it is nobody else.
        let in_full = candidate.span.len() > candidate.core.len();
        if !spelling.is_strong() {
            let enough = support.is_camera() || (in_full && spelling.unspaced);
            return enough && !self.blocked(candidate, Strength::Weak);
        }
        if spelling.length() >= DISTINCTIVE || in_full {
            return support.is_any() || !self.blocked(candidate, Strength::Distinctive);
        }
        if form == Form::Glued && !support.is_any() && !self.speaks_of_cameras(&candidate.core) {
            return false;
        }
        !self.blocked(candidate, Strength::Short) && !self.is_given_name(candidate)
    }

    /// In running prose a name before another capitalised word that nothing knows is somebody: `Xxxxx Yyyy won the final`.
    /// A camera word, another maker or a product's name beside it says otherwise. Where people do not bear the name, their
    /// age or what they do must say it.
    fn is_given_name(&self, candidate: &Candidate) -> bool {
        if !self.setting.prose || candidate.support.is_any() || !self.is_name(&candidate.core) {
            return false;
        }
        let after = self.tokens.partition_point(|t| t.start < candidate.span.end);
        let Some([next, rest @ ..]) = self.tokens.get(after..) else {
            return false;
        };
        let text = |span: &Range<usize>| self.text.get(span.clone()).unwrap_or_default();
        let blockers = &self.identifier.blockers;
        let family = text(&(candidate.span.end..next.start)) == " " && self.is_name(next);
        if !family || blockers.names_product(text(next)) {
            return false;
        }
        let Some(first) = rest.first() else {
            return blockers.is_given(text(&candidate.core));
        };
        let gap = text(&(next.end..first.start));
        let age = gap == ", " && text(first).len() == 2 && text(first).bytes().all(|b| b.is_ascii_digit());
        let acts: Vec<&str> = rest.iter().take(2).map(text).collect();
        if age || gap == " " && blockers.is_personal(&acts) {
            return true;
        }
        // Headlines capitalise everything.
        let headline = gap == " " && (self.setting.source)(first).starts_with(char::is_uppercase);
        !headline && blockers.is_given(text(&candidate.core))
    }

    /// One capital, then small letters.
    fn is_name(&self, span: &Range<usize>) -> bool {
        let mut letters = (self.setting.source)(span).chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && letters.all(char::is_lowercase)
    }

    fn is_weak(&self, candidate: &Candidate) -> bool {
        let How::Exact { spelling, .. } = &candidate.how else {
            return false;
        };
        self.identifier
            .spellings
            .get(*spelling)
            .is_some_and(|s| !s.is_strong())
    }

    /// Whether a weak name is only one piece of the long name written around it: `HIK VISON`.
    fn is_piece(&self, candidate: &Candidate, whole: &Candidate) -> bool {
        let maker = |c: &Candidate| self.identifier.attributions.owner(c.owner).map(|o| &o.maker);
        self.is_weak(candidate)
            && maker(candidate) == maker(whole)
            && whole.core.start <= candidate.core.start
            && candidate.core.end <= whole.core.end
    }

    /// Weak names with a number of their own products behind them, each of which speaks for the other.
    fn labels_with_numbers(&self, found: &[Candidate]) -> Vec<Labelled> {
        let maker = |c: &Candidate| self.identifier.attributions.owner(c.owner).map(|o| &o.maker);
        let strict = |c: &&Candidate| {
            matches!(
                c.how,
                How::Model {
                    reading: Reading::Strict,
                    rival: None,
                    ..
                }
            )
        };
        let numbers: Vec<&Candidate> = found.iter().filter(strict).collect();
        let labels = found.iter().filter(|c| self.is_weak(c));
        labels
            .filter_map(|label| {
                let number = numbers.iter().find(|number| {
                    let whole = number.core.start == label.core.start && number.core.end > label.core.end;
                    let gap = number.core.start.checked_sub(label.core.end);
                    maker(number) == maker(label) && (whole || gap.is_some_and(|gap| gap <= ADJACENT))
                })?;
                Some(Labelled {
                    label: label.core.clone(),
                    number: number.core.clone(),
                })
            })
            .collect()
    }

    /// Whether the token around a span holds a number or a camera word: `kitNAME8ch`.
    fn speaks_of_cameras(&self, core: &Range<usize>) -> bool {
        let after = self.tokens.partition_point(|t| t.end <= core.start);
        self.tokens
            .get(after)
            .and_then(|t| self.text.get(t.clone()))
            .is_some_and(|word| word.bytes().any(|b| b.is_ascii_digit()))
    }

    fn believe_number(&self, candidate: &Candidate, family: usize) -> bool {
        let Some(family) = self.identifier.grammars.families.get(family) else {
            return false;
        };
        match family.specificity {
            // The sieve cannot look for it by itself.
            _ if family.prefixes.is_empty() => candidate.support.is_word(),
            Specificity::High => true,
            Specificity::Medium => candidate.support.is_any() || self.names_a_device(&candidate.core),
            Specificity::Low => candidate.support.is_camera(),
        }
    }

    /// Whether the number itself begins with what it is: `NVR4216`.
    fn names_a_device(&self, core: &Range<usize>) -> bool {
        let number = self.text.get(core.clone()).unwrap_or_default();
        let letters: String = number.chars().take_while(char::is_ascii_alphabetic).collect();
        letters.len() >= 3
            && (self.identifier.camera_words.contains(&letters)
                || self.identifier.blockers.heads_number(&letters))
    }

    fn support(&self, core: &Range<usize>, context: &Context<'_>) -> Support {
        let blockers = &self.identifier.blockers;
        Support {
            camera: context.camera(core),
            measure: context.measure(core),
            equipment: context.equipment(core),
            maker: context.maker(core).or_else(|| context.label(core)),
            number: context.number(core),
            asked: blockers.asks_for_make(self.text, core, (self.setting.header)(core))
                || blockers.tells_make(self.text, core) && context.is_about(core),
            elsewhere: context.elsewhere,
        }
    }

    fn fuzzy(&self, taken: &[Candidate], context: &Context<'_>) -> Vec<Candidate> {
        // A listed misspelling may be one piece of a name that is split.
        let holds = |c: &Candidate, token: &Token| c.span.start < token.end && token.start < c.span.end;
        // Candidates are in order and apart: the first that ends behind the token's start is the only one to ask.
        let is_taken = |token: &Token| {
            let after = taken.partition_point(|c| c.span.end <= token.start);
            taken
                .get(after)
                .is_some_and(|c| c.via != Via::Typo && !self.is_weak(c) && holds(c, token))
        };
        let misspellings = self.identifier.fuzzy.find(self.text, &self.tokens, is_taken);
        let mut found = Vec::new();
        for found_one in misspellings {
            let Some(spelling) = self.identifier.spellings.get(found_one.spelling) else {
                continue;
            };
            let (distance, damage) = (found_one.distance, found_one.damage);
            let how = How::Fuzzy {
                spelling: found_one.spelling,
                distance,
                damage,
            };
            let mut candidate = self.candidate(spelling.owner, found_one.span, how, Via::Typo);
            let strength = if spelling.length() >= DISTINCTIVE {
                Strength::Distinctive
            } else {
                Strength::Short
            };
            if !(self.setting.screened)(&candidate.core) || self.blocked(&candidate, strength) {
                continue;
            }
            candidate.support = self.support(&candidate.core, context);
            let enough = match found_one.needs {
                Needs::Nothing => true,
                Needs::Equipment => candidate.support.is_any(),
                Needs::EquipmentWord => candidate.support.is_word() || candidate.support.equipment.is_some(),
                Needs::Camera => candidate.support.is_word(),
            };
            if enough {
                found.push(candidate);
            }
        }
        found
    }

    /// A label's own number right after the label names the same product once more.
    fn drop_repeats(&self, found: Vec<Candidate>) -> Vec<Candidate> {
        let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
        for candidate in found {
            let maker = |c: &Candidate| {
                self.identifier
                    .attributions
                    .owner(c.owner)
                    .map(|o| o.maker.clone())
            };
            let repeats = candidate.via == Via::Model
                && kept.last().is_some_and(|last| {
                    last.via == Via::Brand
                        && maker(last) == maker(&candidate)
                        && candidate.span.start.saturating_sub(last.span.end) <= ADJACENT
                });
            if !repeats {
                kept.push(candidate);
            }
        }
        kept
    }
}

/// What looks like one maker's number inside another's longer one is part of that, believed or not.
fn drop_inner_numbers(found: &mut Vec<Candidate>) {
    let whole = |c: &&Candidate| {
        c.via == Via::Model
            && matches!(
                c.how,
                How::Model {
                    reading: Reading::Strict,
                    ..
                }
            )
    };
    let numbers: Vec<Range<usize>> = found.iter().filter(whole).map(|c| c.core.clone()).collect();
    found.retain(|c| {
        let inside = |n: &Range<usize>| n.start < c.core.start && c.core.end <= n.end;
        c.via != Via::Model || !numbers.iter().any(inside)
    });
}

/// Of overlapping candidates the nearest to its spelling, then the longest, then the one recognised most directly.
/// In order of place.
fn longest(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|c| {
        let (distance, directness) = match &c.how {
            How::Exact { .. } => (0, 0),
            How::Model { .. } => (0, 1),
            How::Fuzzy { distance, .. } => (*distance, 2),
        };
        (
            distance,
            std::cmp::Reverse(c.span.len()),
            directness,
            c.span.start,
            c.owner,
        )
    });
    let mut kept: BTreeMap<usize, Candidate> = BTreeMap::new();
    for candidate in candidates {
        // Those kept are apart, so only the last that starts before this one's end can overlap it.
        let before = kept.range(..candidate.span.end).next_back();
        if before.is_none_or(|(_, k)| k.span.end <= candidate.span.start) {
            kept.insert(candidate.span.start, candidate);
        }
    }
    kept.into_values().collect()
}
