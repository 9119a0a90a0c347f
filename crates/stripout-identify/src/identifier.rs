//! The one public thing: built once from a catalogue, shared by reference, asked for each record.

use std::collections::HashSet;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use jiff::civil::Date;
use stripout_catalogue::{Catalogue, ContextWords, LeadWords, NameOrigin, Words};
use stripout_model::{
    Confidence, DocumentKind, Letterhead, Mention, NAMES, Passage, Role, Shape, Stance, Via,
};

use crate::affiliation;
use crate::attribution::{Attributions, Owner};
use crate::candidate::{Candidate, How};
use crate::confidence::{Grounds, confidence};
use crate::context::Blockers;
use crate::crowd::Crowd;
use crate::exact;
use crate::find::{Setting, find};
use crate::fuzzy::{Fuzzy, Needs};
use crate::grammar::{Grammars, Reading};
use crate::headed::{self, InTable};
use crate::lead::Leads;
use crate::legal::LegalWords;
use crate::normal::{Normal, is_invisible, looks_latin};
use crate::reply::Reply;
use crate::rules::{Later, Rules};
use crate::scan::{Marks, Scanner};
use crate::sieve::{Patterns, Sieve};
use crate::spelling::{self, Spelling};
use crate::stance::{Judged, MentionSpan};
use crate::unit::{Cell, Unit, groups, has_words, names_products, unit};
use crate::why::{Told, sentence};
use crate::{AffiliationSignal, Found};

/// A line this short is one statement, whoever wrote it.
const ONE_LINE: usize = 200;

/// Recognises makers in records. Built once, shared by `&`.
#[derive(Debug)]
pub struct Identifier {
    pub(crate) attributions: Attributions,
    pub(crate) spellings: Vec<Spelling>,
    pub(crate) grammars: Grammars,
    pub(crate) fuzzy: Fuzzy,
    pub(crate) blockers: Blockers,
    pub(crate) legal: LegalWords,
    pub(crate) camera_words: HashSet<String>,
    scanner: Scanner,
    leads: Leads,
    rules: Arc<Later>,
    sieve: Sieve,
    /// Names of one text that are judged.
    pub(crate) names: usize,
}

impl Identifier {
    pub fn new(catalogue: &Catalogue) -> Self {
        let attributions = Attributions::new(catalogue);
        let spellings = spelling::of_catalogue(catalogue, &attributions);
        let grammars = Grammars::new(catalogue, &attributions);
        let words = Arc::clone(&catalogue.words);
        let rules = Later::new(move || Arc::clone(&words));
        Self::of_parts(attributions, spellings, grammars, &catalogue.words.context, rules)
    }

    /// For bids, schedules and bills of quantities: a line that names cameras and nobody who made them is one of their items.
    #[must_use]
    pub fn of_items(self) -> Self {
        Self {
            leads: self.leads.of_items(),
            ..self
        }
    }

    /// With another bound on the names of one text.
    #[must_use]
    pub fn at_most(self, names: usize) -> Self {
        Self { names, ..self }
    }

    /// A user's own list in place of the catalogue: each a name that counts anywhere; its id is its slug. Camera words
    /// and cues of stance are the embedded ones.
    pub fn from_names(names: &[String]) -> Self {
        let mut attributions = Attributions::default();
        let spellings = names.iter().filter_map(|name| {
            let owner = attributions.add_plain(spelling::slug(name)?, name);
            spelling::of_list(owner, name)
        });
        let spellings = spellings.collect();
        // The list alone is looked for: no leads, and nothing that only camera words beside it would make believable.
        let bare = |context: ContextWords| ContextWords {
            lead: LeadWords::default(),
            camera: Vec::default(),
            equipment: Vec::default(),
            ..context
        };
        let rules = Later::new(move || {
            let words = Words::embedded().unwrap_or_default();
            Arc::new(Words {
                context: bare(words.context),
                ..words
            })
        });
        let context = bare(ContextWords::embedded().unwrap_or_default());
        Self::of_parts(attributions, spellings, Grammars::default(), &context, rules)
    }

    fn of_parts(
        attributions: Attributions,
        spellings: Vec<Spelling>,
        grammars: Grammars,
        context: &ContextWords,
        rules: Arc<Later>,
    ) -> Self {
        let prefixes: Vec<Vec<String>> = grammars.families.iter().map(|f| f.prefixes.clone()).collect();
        let reported = |owner| attributions.owner(owner).is_some_and(|o| o.reported);
        let lead = &context.lead;
        let words = [
            &context.camera,
            &context.equipment,
            &lead.subjects,
            &lead.weak_subjects,
            &lead.categories,
        ];
        let mut patterns = Patterns::default();
        spellings
            .iter()
            .filter(|s| reported(s.owner))
            .for_each(|s| patterns.spelling(s));
        let families = grammars.families.iter().filter(|f| reported(f.owner));
        families
            .flat_map(|f| &f.prefixes)
            .for_each(|p| patterns.prefix(p));
        words.into_iter().flatten().for_each(|w| patterns.word(w));
        lead.cpv
            .iter()
            .chain(&lead.weak_cpv)
            .for_each(|code| patterns.code(code));
        thread::scope(|scope| {
            // Half of the time that a start takes is the sieve's.
            let sieve = scope.spawn(|| Sieve::new(patterns));
            let scanner = Scanner::new(&spellings, &prefixes, context);
            let fuzzy = Fuzzy::new(&spellings, context);
            Self {
                scanner,
                fuzzy,
                blockers: Blockers::new(context),
                legal: LegalWords::new(context),
                camera_words: context.camera.iter().cloned().collect(),
                leads: Leads::new(&context.lead),
                rules,
                attributions,
                spellings,
                grammars,
                names: NAMES,
                sieve: sieve.join().unwrap_or_else(|panic| resume_unwind(panic)),
            }
        })
    }

    /// Could anything in these bytes matter? One pass, no decoding; may say yes too often, never no wrongly.
    pub fn sieve(&self, raw: &[u8]) -> bool {
        self.first(raw).is_some()
    }

    /// Where in these bytes the first thing stands that could matter: a byte of it, or one close by on the same line.
    pub fn first(&self, raw: &[u8]) -> Option<usize> {
        self.sieve.first(self, raw)
    }

    pub(crate) fn rules(&self) -> &Rules {
        self.rules.rules()
    }

    /// Whether a token is a misspelt name that needs no camera word beside it.
    pub(crate) fn misspells(&self, token: &str) -> bool {
        self.fuzzy.misspells(token)
    }

    /// Whether a few words hold anything that could matter: what the sieve asks of places that look suspicious.
    pub(crate) fn matters(&self, text: &str) -> bool {
        let normal = Normal::new(text);
        let marks = self.scanner.scan(&normal.text);
        let reported = |owner| self.attributions.owner(owner).is_some_and(|o| o.reported);
        !marks.cameras.is_empty()
            || !marks.equipment.is_empty()
            || self.leads.mentions_any(&normal.text)
            || marks.anchors.iter().any(|(index, anchor)| {
                let spelling = self.spellings.get(*index).filter(|s| reported(s.owner));
                spelling.is_some_and(|s| exact::match_at(&normal.text, s, anchor).is_some())
            })
            || marks.prefixes.iter().any(|(index, at)| {
                let family = self.grammars.families.get(*index).filter(|f| reported(f.owner));
                family.is_some_and(|f| f.number_at(&normal.text, *at).is_some())
            })
            || self
                .fuzzy
                .find(&normal.text, &crate::token::tokens(&normal.text), |_| false)
                .iter()
                .any(|m| m.needs == Needs::Nothing)
    }

    /// Whether a quantity in a unit, as notices give them, is a number of devices. Without a unit, one is as often one lot.
    pub fn counts_devices(&self, quantity: u32, unit: Option<&str>) -> bool {
        match unit {
            Some(unit) => quantity > 0 && self.rules().item_units.contains(&unit.to_lowercase()),
            None => quantity > 1,
        }
    }

    /// How a reply decides and what it promises. `mentions` are those that [`Self::record`] found in it; `date` is the
    /// record's own, where its source states one.
    pub fn reply(
        &self,
        kind: DocumentKind,
        shape: Shape,
        passages: &[Passage<'_>],
        date: Option<Date>,
        mentions: &[Mention],
    ) -> Reply {
        self.rules().reply.read(kind, shape, passages, date, mentions)
    }

    /// Whose document running text is, and of which day.
    pub fn letterhead(
        &self,
        kind: DocumentKind,
        shape: Shape,
        passages: &[Passage<'_>],
        date: Option<Date>,
    ) -> Letterhead {
        self.rules().reply.letterhead(kind, shape, passages, date)
    }

    /// What the record says.
    pub fn record(
        &self,
        kind: DocumentKind,
        shape: Shape,
        passages: &[Passage<'_>],
        date: Option<Date>,
    ) -> Found {
        let mut found = Found::default();
        let mut maker_stated = false;
        let count = groups(shape, passages);
        let look = |group: usize| Looked::new(self, group, unit(shape, passages, group));
        // Of one text alone it has been asked before.
        let worth = |group: &usize| {
            let text = || passages.get(*group).map_or("", |passage| &passage.text);
            count == 1 || self.sieve(text().as_bytes())
        };
        let looked: Vec<Looked<'_>> = (0..count).filter(worth).map(look).collect();
        let worth: Vec<usize> = looked.iter().map(|text| text.group).collect();
        // Fields of one notice are about the same thing: camera words in one make names believable in another that the
        // sieve finds dull, where words may stand: an id, a code or a link that it finds dull holds no misspelt name.
        let about_cameras =
            shape == Shape::Fields && looked.iter().any(|text| !text.marks.cameras.is_empty());
        let may_name = |group: usize| passages.get(group).is_some_and(|passage| has_words(passage.role));
        let mut looked = looked.into_iter().peekable();
        for group in 0..count {
            let text = match looked.next_if(|text| text.group == group) {
                Some(text) => text,
                None if about_cameras && may_name(group) => look(group),
                None => continue,
            };
            let judged = Text {
                identifier: self,
                kind,
                shape,
                date,
                unit: &text.unit,
                normal: &text.normal,
                marks: &text.marks,
            };
            maker_stated |= judged.judge(about_cameras, &mut found);
        }
        if !maker_stated {
            let dull = |passage: usize| shape == Shape::Fields && worth.binary_search(&passage).is_err();
            found.lead = self.leads.lead(kind, shape, passages, dull);
        }
        found
    }
}

/// A text of a record in which something may be.
struct Looked<'a> {
    group: usize,
    unit: Unit<'a>,
    normal: Normal,
    marks: Marks,
}

impl<'a> Looked<'a> {
    fn new(identifier: &Identifier, group: usize, unit: Unit<'a>) -> Self {
        let normal = Normal::new(&unit.text);
        let marks = identifier.scanner.scan(&normal.text);
        Self {
            group,
            unit,
            normal,
            marks,
        }
    }
}

/// One text of a record and all that is known about it.
struct Text<'a> {
    identifier: &'a Identifier,
    kind: DocumentKind,
    shape: Shape,
    date: Option<Date>,
    unit: &'a Unit<'a>,
    normal: &'a Normal,
    marks: &'a Marks,
}

impl Text<'_> {
    /// Adds what the text says; true when it names any maker, in scope or not.
    fn judge(&self, about_cameras: bool, found: &mut Found) -> bool {
        let whole = self.shape == Shape::Row || self.listed_line();
        let setting = Setting {
            whole,
            elsewhere: about_cameras && self.marks.cameras.is_empty(),
            header: &|span| self.cell(span).map_or("", |cell| cell.name),
            screened: &|span| self.cell(span).is_some_and(|cell| names_products(cell.role)),
            source: &|span| self.source(span),
            prose: !whole && matches!(self.kind, DocumentKind::Letter | DocumentKind::Web),
        };
        let (mut candidates, left_out) = find(self.identifier, &self.normal.text, self.marks, &setting);
        found.left_out += left_out + self.leave_out(&mut candidates);
        self.affiliations(found);
        if candidates.is_empty() {
            return false;
        }
        let spans: Vec<MentionSpan> = candidates.iter().map(|c| self.mention_span(c)).collect();
        let text = self.unit.text.as_ref();
        let rules = self.identifier.rules();
        let author = (self.shape == Shape::Prose)
            .then(|| rules.reply.writer(self.kind, text))
            .flatten();
        let judged = self.judged(author.as_deref(), &spans);
        let prose = matches!(self.kind, DocumentKind::Foi | DocumentKind::Letter);
        let message = prose.then(|| rules.reply.message(text)).flatten();
        let installations = &rules.installations;
        let row = installations.row(self.unit);
        for ((candidate, span), judged) in candidates.iter().zip(spans).zip(judged) {
            let Some(mut judged) = judged else { continue };
            let Some(owner) = self
                .identifier
                .attributions
                .owner(candidate.owner)
                .filter(|o| o.reported)
            else {
                continue;
            };
            let Some(cell) = self.unit.cell(&span.span) else {
                continue;
            };
            let (mut confidence, sentence) = self.weigh(candidate, owner, cell);
            if judged.guessed {
                confidence = confidence.min(Confidence::Review);
            }
            if message
                .as_ref()
                .is_some_and(|it| it.states_nothing(span.span.start))
            {
                judged.stance = Stance::Mentions;
                judged.count = None;
                judged.cue = 0..0;
                judged.why = "stands in the subject of a message or in an automatic reply".into();
            }
            let cue = self
                .unit
                .text
                .get(judged.cue.clone())
                .unwrap_or_default()
                .to_owned();
            let model = match &candidate.how {
                How::Model { family, .. } => self
                    .identifier
                    .grammars
                    .families
                    .get(*family)
                    .map(|f| f.id.clone()),
                How::Exact { .. } | How::Fuzzy { .. } => None,
            };
            found.mentions.push(Mention {
                maker: owner.maker.clone(),
                brand: owner.brand.clone(),
                model,
                passage: cell.passage,
                span: span.span.start - cell.span.start..span.span.end - cell.span.start,
                via: self.via(candidate, &span.span),
                distance: distance(candidate),
                confidence,
                stance: judged.stance,
                count: judged.count,
                cue,
                why: format!("{sentence}; {}", judged.why),
                installation: installations.around(self.unit, &row, cell, &span.span),
            });
        }
        true
    }

    /// Leaves out the names beyond what one text has judged; tells how many. A row of a table is no page: a sheet of thousands of
    /// rows of nothing but names must end as well.
    fn leave_out(&self, candidates: &mut Vec<Candidate>) -> usize {
        const ROW: usize = 10;
        // Each name in a row is looked at beside all of its cells.
        const PAIRS: usize = 50_000;
        let mut crowd = Crowd::of(match self.shape {
            Shape::Row => (self.identifier.names / ROW).min(PAIRS / self.unit.cells.len().max(1)),
            Shape::Fields | Shape::Prose => self.identifier.names,
        });
        candidates.retain(|candidate| crowd.takes(candidate.owner));
        crowd.left_out
    }

    /// What is said of each name, nothing where a cell under it is blank; `author` is who writes, where that is known.
    fn judged(&self, author: Option<&str>, spans: &[MentionSpan]) -> Vec<Option<Judged>> {
        let stance = &self.identifier.rules().stance;
        let judged = stance.judge_by(author, self.kind, &self.unit.text, spans);
        let in_table = match self.shape {
            Shape::Row => headed::in_table(stance, self.kind, self.unit, spans),
            Shape::Fields | Shape::Prose => Vec::new(),
        };
        let mut in_table = in_table.into_iter();
        let whole = judged.into_iter().map(|text| match in_table.next() {
            Some(InTable::Said(judged)) => Some(judged),
            Some(InTable::Nothing) => None,
            Some(InTable::AsText) | None => Some(text),
        });
        whole.collect()
    }

    /// A line of a payment file or asset list that came as one text.
    fn listed_line(&self) -> bool {
        matches!(self.kind, DocumentKind::Spend | DocumentKind::Asset)
            && self.unit.text.len() <= ONE_LINE
            && !self.unit.text.contains('\n')
    }

    fn cell(&self, span: &Range<usize>) -> Option<&Cell<'_>> {
        self.unit.cell(&self.normal.source_span(span.clone()))
    }

    fn source(&self, span: &Range<usize>) -> &str {
        let span = self.normal.source_span(span.clone());
        self.unit.text.get(span).unwrap_or_default()
    }

    fn mention_span(&self, candidate: &Candidate) -> MentionSpan {
        let maker = self.identifier.attributions.group(candidate.owner);
        MentionSpan {
            maker,
            span: self.normal.source_span(candidate.span.clone()),
            is_model: candidate.via == Via::Model,
        }
    }

    fn affiliations(&self, found: &mut Found) {
        let mut last: Option<AffiliationSignal> = None;
        for cell in self.unit.cells.iter().filter(|c| c.role == Role::Supplier) {
            let payee = |span: &Range<usize>| self.cell(span).is_some_and(|c| c.passage == cell.passage);
            let setting = Setting {
                whole: true,
                elsewhere: false,
                header: &|_| "",
                screened: &payee,
                source: &|span| self.source(span),
                prose: false,
            };
            let (candidates, _) = find(self.identifier, &self.normal.text, self.marks, &setting);
            for candidate in candidates {
                let How::Exact { spelling, .. } = &candidate.how else {
                    continue;
                };
                let registered = self.identifier.spellings.get(*spelling);
                if !registered.is_some_and(|s| s.is_strong() && s.origin == NameOrigin::Registered) {
                    continue;
                }
                let Some(owner) = self.identifier.attributions.owner(candidate.owner) else {
                    continue;
                };
                let span = self.normal.source_span(candidate.span.clone());
                let surface = self.unit.text.get(span.clone()).unwrap_or_default();
                let span = span.start - cell.span.start..span.end - cell.span.start;
                let Some(signal) = affiliation::signal(owner, surface, cell.passage, span, self.date) else {
                    continue;
                };
                if last
                    .as_ref()
                    .is_none_or(|l| l.maker != signal.maker || l.passage != signal.passage)
                {
                    found.affiliations.push(signal.clone());
                }
                last = Some(signal);
            }
        }
    }

    fn weigh(&self, candidate: &Candidate, owner: &Owner, cell: &Cell<'_>) -> (Confidence, String) {
        let identifier = self.identifier;
        let surface = self.source(&candidate.span);
        let (spelling, family, rival) = match &candidate.how {
            How::Exact { spelling, .. } | How::Fuzzy { spelling, .. } => {
                (identifier.spellings.get(*spelling), None, None)
            }
            How::Model { family, rival, .. } => {
                let families = &identifier.grammars.families;
                (None, families.get(*family), rival.and_then(|r| families.get(r)))
            }
        };
        let tampered = is_tampered(surface);
        let support = &candidate.support;
        let grounds = Grounds {
            how: &candidate.how,
            support,
            tie: owner.tie.as_ref(),
            rule: spelling.map(|s| s.rule),
            misspelt: spelling.is_some_and(|s| s.origin == NameOrigin::Misspelling),
            family: family.map(|f| (f.specificity, f.verified)),
            tampered,
            odd_place: matches!(cell.role, Role::Url | Role::Reference) && candidate.via != Via::Model,
        };
        let words = |span: &Option<Range<usize>>| span.as_ref().map(|span| self.source(span));
        let told = Told {
            candidate,
            owner,
            surface,
            camera: words(&support.camera).or_else(|| words(&support.measure)),
            equipment: words(&support.equipment),
            maker: words(&support.maker),
            number: words(&support.number),
            spelling,
            family,
            rival,
            tampered,
        };
        (confidence(&grounds), sentence(&told))
    }

    /// An exact spelling that the source writes in another way than registered is a typo; in full width, a script.
    fn via(&self, candidate: &Candidate, source: &Range<usize>) -> Via {
        let surface = self.unit.text.get(source.clone()).unwrap_or_default();
        if matches!(candidate.via, Via::Name | Via::Brand) && !surface.is_ascii() {
            let full_width = surface.chars().any(|c| matches!(c, '\u{ff01}'..='\u{ff5e}'));
            return if full_width { Via::Script } else { Via::Typo };
        }
        if matches!(candidate.via, Via::Name | Via::Brand) && surface.contains("-\n") {
            return Via::Typo;
        }
        candidate.via
    }
}

/// Edits between what stands there and what is registered; a number read loosely counts as one.
fn distance(candidate: &Candidate) -> u8 {
    match &candidate.how {
        How::Fuzzy { distance, .. } => *distance,
        How::Exact { .. }
        | How::Model {
            reading: Reading::Strict,
            ..
        } => 0,
        How::Model {
            reading: Reading::Loose,
            ..
        } => 1,
    }
}

/// Characters that cannot be seen, or Latin words with letters that only look Latin.
fn is_tampered(surface: &str) -> bool {
    // A soft hyphen is where a publisher's software let a word break.
    let hidden = surface.chars().any(|c| is_invisible(c) && c != '\u{ad}');
    let mixed =
        surface.chars().any(|c| c.is_ascii_alphabetic()) && surface.chars().any(|c| looks_latin(c).is_some());
    hidden || mixed
}
