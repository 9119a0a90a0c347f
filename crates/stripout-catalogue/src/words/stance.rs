//! `data/words/stance.toml`: what decides whether a text says has, had, removed ..., and how many.
//!
//! Phrases are words separated by blanks, in lower case (a word with a capital only matches as written), and:
//! `{class}` any phrase of a class, `[x]` x or nothing, `..` up to three words between, `...` up to eight,
//! `@` the mention itself, `#` a number in digits or words, `$` the end of the sentence,
//! `^` a capitalised word that no phrase knows. Hyphens count as blanks.

use std::collections::BTreeMap;

use serde::Deserialize;
use stripout_model::{DocumentKind, Stance};

use super::StanceWeight;

/// What decides whether a text says has, had, removed ...
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StanceWords {
    /// Word classes by name; phrases of a class may not use other classes.
    pub classes: BTreeMap<String, Vec<String>>,
    pub sentence: SentenceWords,
    pub holder: HolderWords,
    pub answer: AnswerWords,
    pub count: CountWords,
    pub table: TableWords,
    /// In order: the first one that applies to a mention decides.
    pub cue: Vec<Cue>,
    /// What a question asks, in order; a question that fits none asks whether the maker's products are in use.
    pub question: Vec<QuestionCue>,
    /// Rows of `stance-weights.csv`: read where the cues leave doubt.
    #[serde(skip)]
    pub weights: Vec<StanceWeight>,
}

/// Where sentences and clauses end.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SentenceWords {
    /// Words whose full stop does not end a sentence.
    pub abbreviations: Vec<String>,
    /// Phrases that start a new clause.
    pub breakers: Vec<String>,
    /// Breakers that go on with the subject before them: `X was bought but has been removed`.
    pub joins: Vec<String>,
    /// Phrases that say nothing although a cue is in them: `in May`, `should be aware`.
    pub neutral: Vec<String>,
    /// Words that may stand between the makers of one list.
    pub list: Vec<String>,
    /// Finite verbs: a run of words without one is a heading, a label or a bare answer.
    pub verbs: Vec<String>,
    /// Words that open a clause which yields to the one after its comma: `whilst we hold no list, drawings show X`.
    pub concessive: Vec<String>,
    /// Words that stand for what the sentence before named, after a verb: `will remove this equipment`.
    pub stands_for: Vec<String>,
    /// Words with which a sentence takes up the one before: `they`, `these units`.
    pub takes_up: Vec<String>,
}

/// How the author of a text is told from other parties that it speaks of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HolderWords {
    /// Words that may stand between the start of a clause and its subject: `the`, `some`, `local`.
    pub before: Vec<String>,
    /// Words that may follow a subject; after others it is part of a longer name: `the police station`.
    pub after: Vec<String>,
    /// Phrases that name the author.
    pub authors: Vec<String>,
    /// Verbs of what a company does for its customers: `installed`.
    pub works: Vec<String>,
    /// Words of the author: where a clause has one, its subject is not somebody else.
    pub own: Vec<String>,
    /// Words that end the name of a company.
    pub companies: Vec<String>,
    /// Words that end the name of a public body.
    pub bodies: Vec<String>,
    /// Words that begin the name of a public body, before one of `joins`: `university`.
    pub of: Vec<String>,
    /// Words inside names of public bodies: `of`.
    pub joins: Vec<String>,
    /// Words that names of public bodies share: `county`.
    pub ranks: Vec<String>,
    /// Words that stand for the name before them: `NCP, which has`.
    pub relatives: Vec<String>,
    /// Phrases before the name of another party: `operated by`, `let to`.
    pub introduces: Vec<String>,
    /// Phrases of a subject that stands for the one of the sentence before: `they`, `several of them`.
    pub takes_up: Vec<String>,
    /// Phrases by which the author says that it has none: `the council itself has none`.
    pub denials: Vec<String>,
    /// The same, where nothing but the phrase tells that the words before were of somebody else.
    pub contrasts: Vec<String>,
}

/// How questions and answers are told.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AnswerWords {
    /// Labels before a question, alone or with a number: `q`, `question`.
    pub question_labels: Vec<String>,
    pub answer_labels: Vec<String>,
    /// Phrases that open a sentence which asks, even without a question mark.
    pub openers: Vec<String>,
    /// Phrases that open an item of a request, where an answer under its number or label follows: `the number of`.
    pub items: Vec<String>,
    /// Phrases that begin as a request does and state something; a longer opener wins.
    #[serde(default)]
    pub statements: Vec<String>,
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// What stands beside a name in a form and chooses it: `☑`.
    pub ticked: Vec<String>,
    /// What does not: `✗`.
    pub crossed: Vec<String>,
    /// What leaves it open until another is ticked: `[ ]`.
    pub boxes: Vec<String>,
    /// Phrases of an answer that names only other makers: `uses .. only`.
    pub others_only: Vec<String>,
    /// Questions for a number.
    pub how_many: Vec<String>,
    /// What asks for use: a yes to anything else says nothing of it.
    pub of_use: Vec<String>,
    /// Given in the place of a number, where what there is stays open.
    pub unknown: Vec<String>,
    /// Given in the place of a number that is kept back.
    pub withheld: Vec<String>,
    /// Questions about the sentence before them: `is that right`.
    pub checks: Vec<String>,
    /// Phrases with which a reply tells what was asked: `you asked how many`.
    pub you_asked: Vec<String>,
    /// Phrases that open the answer to it: `the answer is`.
    pub answer_is: Vec<String>,
    /// Words after which a letter and a number are no label: `by Q2`.
    pub no_label_after: Vec<String>,
    /// Phrases that say what was said or written before: `on # we told you`.
    pub told_before: Vec<String>,
    /// Phrases that take it back: `that was wrong`, `the correct figure is`.
    pub corrects: Vec<String>,
    /// Phrases that withdraw a whole letter: `please disregard our earlier reply`.
    pub withdraws: Vec<String>,
    /// Phrases for the maker that was named before: `of that make`.
    pub same_make: Vec<String>,
    /// Words in a question about removal that take it for granted that there is something to remove.
    pub presumes: Vec<String>,
}

/// How devices are counted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CountWords {
    /// Number words and their value.
    pub numbers: BTreeMap<String, u32>,
    /// Phrases of several words for a number: `half a dozen`.
    pub idioms: BTreeMap<String, u32>,
    /// Phrases that hedge the number behind them: `just over`.
    pub hedges: Vec<String>,
    /// Phrases before a maker that tell things by their number: `the #`.
    pub definite: Vec<String>,
    /// Phrases that open a sentence which gives the number asked for: `there are`.
    pub gives: Vec<String>,
    /// Phrases that open a sentence which sums up the others: `in total`.
    pub totals: Vec<String>,
    /// Phrases behind what is bought or removed in some time: `a year`.
    pub rates: Vec<String>,
    /// Words that stand for all that was counted before: `they`.
    pub subjects: Vec<String>,
    /// Things that are counted: `cameras`, `units`.
    pub units: Vec<String>,
    /// Names and codes of the units in which notices count devices one by one.
    pub item_units: Vec<String>,
    /// Those of them that are one: `room 2 camera` is no two.
    pub singles: Vec<String>,
    /// Verbs behind `all nineteen`, which say it of what was named before: `were`, `came`.
    pub went: Vec<String>,
    /// What several things come in: `pack` of `2 packs of 4`.
    pub packs: Vec<String>,
    /// Words after `each` that lead to what each of several has: `each with one X`.
    pub holding: Vec<String>,
    /// Words before `each` that lead to where they are: `two X at each of our depots`.
    pub places: Vec<String>,
    /// Marks of a quantity right after the number: `x`, `no`, `off`.
    pub multipliers: Vec<String>,
    /// Marks of a quantity before the number: `qty`.
    pub quantity: Vec<String>,
    /// Words that may stand between a number and the maker: `new`, `static`.
    pub between: Vec<String>,
    /// Words after a number that make it a property: `channel`, `tb`, `mm`.
    pub measures: Vec<String>,
    /// Words before a number that make it a name: `section`, `room`, `lot`.
    pub naming: Vec<String>,
    /// Words before a four-digit number that make it a year, and month names.
    pub dating: Vec<String>,
    /// Nouns for a number of things, and the words between them and the number that ends the sentence: `the total number of
    /// X cameras in the borough is 21`.
    pub amounts: Vec<String>,
    pub equals: Vec<String>,
    /// Words that open a line or row whose value is the sum of others.
    pub sums: Vec<String>,
    /// Words before the number of what was named: `X cameras, being 12`.
    pub numbering: Vec<String>,
    /// Phrases before the number of those that a denial leaves out: `none by X, save two`.
    pub exceptions: Vec<String>,
    /// Verbs behind the number of what is left: `but 15 remain`.
    pub stays: Vec<String>,
    /// Phrases before a number that is only a bound: `fewer than`.
    pub bounds: Vec<String>,
    /// Phrases that say that everything counted is of this maker: `all`, `all of which are`.
    pub all: Vec<String>,
}

/// What columns and rows of a table are, by the words at their head. Whole words, lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableWords {
    /// Words of a heading over places or bodies, and of their names.
    pub places: Vec<String>,
    /// Headings over the names of makers.
    pub makes: Vec<String>,
    /// Words of a heading over times, whose values are of different days.
    pub times: Vec<String>,
    /// Words of a heading over something that is no number of devices: `cost`, `model`.
    pub others: Vec<String>,
    /// Words that say nothing by themselves: `number of`, `any`.
    pub fillers: Vec<String>,
    /// Labels of a row or column that sums up the others.
    pub sums: Vec<String>,
    /// The same, where they are all of the label: `all`.
    pub wholes: Vec<String>,
    /// Given where there is nothing to say: `n/a`.
    pub blanks: Vec<String>,
    /// Headings over makers that nobody has yet: `brands offered`.
    pub offers: Vec<String>,
    /// Headings over what takes the place of the make of the row: `replacement make`.
    pub successors: Vec<String>,
    /// Words of a caption or heading that tell what was bought: `purchased`.
    pub purchases: Vec<String>,
    /// Phrases of a caption or heading that tell what was there at the end of each year: `in use`.
    pub holdings: Vec<String>,
    /// Headings over what is to be done with the device of the row: `proposed action`.
    pub plans: Vec<String>,
    /// Under such a heading: it is done.
    pub done: Vec<String>,
    /// Words that begin what leaves it in its place: `retain`.
    pub keeps: Vec<String>,
    /// Words of what takes it away: `decommission`.
    pub leaves: Vec<String>,
    pub state: Vec<StateWords>,
    /// Headings over the day on which it came to that.
    pub day: Vec<StateWords>,
}

/// Headings of one meaning: what is said of what is counted under them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StateWords {
    pub says: Stance,
    pub headings: Vec<String>,
}

/// Phrases of one meaning.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the data")]
pub struct Cue {
    pub id: String,
    pub says: Stance,
    pub scope: Scope,
    /// Only in these kinds of document; empty: in all.
    #[serde(default)]
    pub kinds: Vec<DocumentKind>,
    /// The sentence asks; an answer may follow.
    #[serde(default)]
    pub asks: bool,
    /// Phrases of a noun, not of a verb: they do not take the object of the verb before them (`removed our X`).
    #[serde(default)]
    pub modifies: bool,
    /// Gives way to words of its sentence that say otherwise, whatever they reach: `the X cameras` only presumes them.
    #[serde(default)]
    pub weak: bool,
    /// No claim, whatever words like these lean to: the weights do not doubt it.
    #[serde(default)]
    pub settled: bool,
    /// Decides only where nothing but a `has` or no cue at all is left, and no other cue has read its words: a word like
    /// `not` that is still over. It ranks after every other cue wherever it stands.
    #[serde(default)]
    pub last_resort: bool,
    /// What is said, is said of somebody else than the author.
    #[serde(default)]
    pub another: bool,
    /// The most words that may stand between cue and mention.
    #[serde(default)]
    pub reach: Option<u8>,
    /// Words beyond which the cue does not reach: `replaced X | with Y`.
    #[serde(default)]
    pub stop: Vec<String>,
    pub phrases: Vec<String>,
    /// `foi: The <Acme> cameras were removed.` The kind may be left out (`letter`).
    pub examples: Vec<String>,
    /// Must not be decided by this cue.
    #[serde(default)]
    pub counter_examples: Vec<String>,
}

/// Which mentions a cue speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All in its sentence.
    Sentence,
    /// All in its clause.
    Clause,
    /// All after it in its clause, whatever verbs stand between: `concern that X are used`.
    Onward,
    /// Those after it in its clause, up to the next verb: its objects.
    After,
    /// Those before it in its clause: its subjects.
    Before,
    /// Those after it in its clause, where the phrase is the subject of the clause and none of its `stop` words is in it.
    Subject,
    /// The one that the phrase contains as `@`, and the list it stands in.
    Here,
    /// All in the row of cells; for short cells that hold a status.
    Row,
}

/// What a question asks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionCue {
    /// What `yes` says.
    pub yes: Stance,
    /// What `no` says.
    pub no: Stance,
    pub phrases: Vec<String>,
    /// With the answer: `Have you removed the <Acme> cameras? Yes.`
    pub examples: Vec<String>,
}
