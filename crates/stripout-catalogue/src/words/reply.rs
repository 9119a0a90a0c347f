//! `data/words/reply.toml`: what a reply decides, and what it promises. Phrases are those of `stance.toml`, whose classes
//! they may use as well.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::Verification;
use stripout_model::{Act, Authority, OutcomeKind};

/// What a reply decides, and what it promises.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ReplyWords {
    /// Word classes besides those of stance; no name stands in both.
    pub classes: BTreeMap<String, Vec<String>>,
    pub parts: PartWords,
    pub asked: AskedWords,
    pub answer: OutcomeWords,
    pub promise: PromiseWords,
    pub body: BodyWords,
    /// What decides a reply.
    pub outcome: Vec<OutcomeCue>,
    /// Stock wordings of refusals.
    pub template: Vec<Template>,
    pub law: Vec<Law>,
    /// What promises.
    pub commitment: Vec<PromiseCue>,
    pub authority: Vec<AuthorityCue>,
    /// Who held which office when: a letter that names them cannot be of another time.
    pub holder: Vec<Holder>,
}

/// Where the words of the request end and those of the reply begin.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PartWords {
    /// How lines begin that head the request, in lower case.
    pub request: Vec<String>,
    /// How lines begin that head the reply.
    pub reply: Vec<String>,
    /// What stands over an earlier message, to the end of the text.
    pub earlier: Vec<String>,
    /// Verbs between a speaker and the quotation.
    pub says: Vec<String>,
    /// How lines begin that name whom the document goes to.
    pub addressed: Vec<String>,
    /// How the line of a message begins that names who sends it.
    pub from: Vec<String>,
    /// How the line of a message begins that tells what it is about.
    pub subject: Vec<String>,
    /// How that goes on in a message that nobody wrote.
    pub automatic: Vec<String>,
}

/// How a reply names the request that it answers, and the day of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AskedWords {
    /// In lower case, without marks.
    pub request: Vec<String>,
    /// Words right before the day.
    pub joins: Vec<String>,
    /// Parts of words that, between the two, tell another letter.
    pub others: Vec<String>,
}

/// How outcomes are told apart from talk about them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OutcomeWords {
    /// Phrases of what may be, or of rights: no decision.
    pub supposed: Vec<String>,
    /// Words beside sums that tell what an answer would cost, and answer nothing.
    pub costs: Vec<String>,
    /// Phrases that tell what was asked for: a maker named in them is not answered about.
    pub recalls: Vec<String>,
    /// In words that answer: there are none.
    pub denials: Vec<String>,
    /// In the title of a review.
    pub titles: Vec<String>,
    /// Phrases of a document that is a review itself.
    pub reviews: Vec<String>,
    /// At the beginning of a sentence: what the person who asks says or thinks.
    pub puts: Vec<String>,
    /// A reply that mends an earlier one by itself, with no review.
    pub corrections: Vec<String>,
    /// Phrases that end the matter without an answer: what the body asked for has not come.
    pub closed: Vec<String>,
    /// Phrases that put the answer off.
    pub deferred: Vec<String>,
    /// Phrases that withhold all that was asked for.
    pub wholly: Vec<String>,
    /// Phrases that say that a ground does not apply.
    pub lifted: Vec<String>,
    /// In the sentence behind a ground: it was no ground of the body's.
    pub taken_back: Vec<String>,
    /// Before a sum: it was spent.
    pub spent: Vec<String>,
    /// Phrases of an answer of substance.
    pub given: Vec<String>,
    /// Beside a decision: something is given all the same.
    pub handed: Vec<String>,
    /// How an answer of a word begins.
    pub yes_or_no: Vec<String>,
    /// In the head of a page that shows replies.
    pub logs: Vec<String>,
}

/// What makes a sentence no promise of the body's own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PromiseWords {
    /// Anywhere in the sentence: conditions, hearsay.
    pub conditions: Vec<String>,
    /// Before the words that promise: pleas, duties, thoughts.
    pub not: Vec<String>,
    /// With these a sentence takes up the plan of the one before, and its term: `this programme`.
    pub linked: Vec<String>,
    /// In the words that promise themselves: what should be done nobody has promised.
    pub unsure: Vec<String>,
    /// In them: told of an earlier day, which stands only where it was decided.
    pub reported: Vec<String>,
    /// Behind them in the sentence: what they name is under way, and no promise.
    pub begun: Vec<String>,
    /// Behind them in the sentence: `is not accepted`.
    pub dropped: Vec<String>,
    /// What somebody does whose decision is told: `The Minister has decided that`.
    pub decides: Vec<String>,
    /// Up to three words before the words that promise.
    pub denied: Vec<String>,
    /// Subjects that are somebody else.
    pub others: Vec<String>,
    /// Those who are no public body, in words of one class: `the supplier`.
    pub parties: Vec<String>,
    /// Behind the words that promise: somebody else does it.
    pub agents: Vec<String>,
    /// Says that the cameras are somebody else's.
    pub theirs: Vec<String>,
    /// Before the words that promise: somebody told the body so.
    pub tells: Vec<String>,
    /// The body itself: `we`.
    pub own: Vec<String>,
    /// Words of a verb behind what is removed: `take X down`.
    pub particles: Vec<String>,
    /// Words between two terms that are one: `by Easter, that is by 31 March`.
    pub restating: Vec<String>,
    /// Stands for what the sentence before named: `they`.
    pub stands_for: Vec<String>,
    /// How many of them: `all 12`.
    pub amounts: Vec<String>,
    /// Makers or a place of manufacture meant, without a maker's name: `made in China`.
    pub scoped: Vec<String>,
    /// Questions whose `yes` promises, by what they ask for.
    pub asked: Vec<AskedCue>,
    pub yes: Vec<String>,
    /// Questions that a term answers: `when`.
    pub when: Vec<String>,
}

/// What a public body is called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct BodyWords {
    /// Nouns, lower case: `council`.
    pub nouns: Vec<String>,
    /// Words in names of files and folders that tell what a file is, not whose.
    pub file: Vec<String>,
    /// Words that join the words of a name: `of`.
    pub joins: Vec<String>,
    /// Further ones in a line that is a name and nothing else: `Blackburn with Darwen Borough Council`.
    pub title_joins: Vec<String>,
    /// Capitalised words that are no part of a name, lower case: `foi`.
    pub not: Vec<String>,
    /// Names, lower case, that hold such a noun and are no body that buys cameras.
    pub never: Vec<String>,
    /// Words for whom a text named before, lower case: `she`.
    pub pronouns: Vec<String>,
    /// Words before the name of a place, lower case: `at`.
    pub at: Vec<String>,
    /// Words for what a body speaks through, lower case: `minutes`.
    pub organs: Vec<String>,
    /// Whole names of bodies without a noun of `nouns`, lower case: `home office`.
    pub heads: Vec<String>,
    /// How a line of the head begins that says that somebody else wrote what follows.
    pub received: Vec<String>,
    /// What names of companies end in.
    pub companies: Vec<String>,
    /// Domains of public bodies that private persons write from, too.
    pub academic: Vec<String>,
    /// Words of mailboxes of such a domain that are the body's.
    pub offices: Vec<String>,
    /// Internet domains of public bodies. Others are never kept: they may be a person's own.
    pub domains: Vec<String>,
    /// Domains at which anybody can have a mailbox: who writes from there writes for no body.
    pub free_mail: Vec<String>,
}

/// Phrases of one outcome.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OutcomeCue {
    pub says: OutcomeKind,
    pub phrases: Vec<String>,
    /// A sentence each; the cue must be found in it.
    pub examples: Vec<String>,
    #[serde(default)]
    pub counter_examples: Vec<String>,
}

/// A wording that many bodies use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Template {
    pub id: String,
    pub phrases: Vec<String>,
}

/// A law on access to information and which of its provisions refuse.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Law {
    pub id: String,
    /// In lower case.
    pub names: Vec<String>,
    /// Whether it has regulations instead of sections.
    #[serde(default)]
    pub regulations: bool,
    /// Numbers, without parts, on which information is refused.
    pub grounds: Vec<String>,
    /// Provisions under those numbers that refuse nothing: how to weigh, what to presume.
    #[serde(default)]
    pub procedural: Vec<String>,
    /// Provisions that free a body from saying whether it holds anything.
    #[serde(default)]
    pub neither: Vec<String>,
    /// Numbers, without parts, that give notice that nothing is held.
    #[serde(default)]
    pub not_held: Vec<String>,
    /// Numbers, without parts, on which a request is refused whole.
    #[serde(default)]
    pub entire: Vec<String>,
}

/// Phrases of one promise.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PromiseCue {
    pub act: Act,
    /// The subject is what is bought or removed, not who does it.
    #[serde(default)]
    pub passive: bool,
    pub phrases: Vec<String>,
    pub examples: Vec<String>,
    #[serde(default)]
    pub counter_examples: Vec<String>,
}

/// What a question asks to be promised.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AskedCue {
    pub act: Act,
    pub phrases: Vec<String>,
}

/// Titles of one level of authority, lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AuthorityCue {
    pub level: Authority,
    pub titles: Vec<String>,
}

/// Who held an office, from the first day to the last.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Holder {
    pub name: String,
    pub office: String,
    pub from: Date,
    pub until: Date,
    pub source: String,
    /// Whether the source was read.
    pub verification: Verification,
}
