//! The words by which numbers are told.

use stripout_catalogue::CountWords;

use super::super::phrase::Compiler;
use super::super::set::PhraseSet;
use super::super::token::Word;

#[derive(Debug)]
pub(crate) struct CountRules {
    pub(super) numbers: Vec<(Word, u32)>,
    pub(super) units: Vec<Word>,
    pub(super) multipliers: Vec<Word>,
    pub(super) quantity: Vec<Word>,
    pub(super) between: Vec<Word>,
    pub(super) measures: Vec<Word>,
    pub(super) naming: Vec<Word>,
    pub(super) dating: Vec<Word>,
    pub(super) all: PhraseSet,
    pub(super) bounds: PhraseSet,
    pub(super) amounts: Vec<Word>,
    pub(super) equals: Vec<Word>,
    pub(super) sums: Vec<Word>,
    pub(super) and: Word,
    pub(super) of: Word,
    pub(super) out: Word,
    pub(super) r#in: Word,
    pub(super) none: Word,
    pub(super) a: Word,
    pub(super) thousand: Word,
    pub(super) numbering: Vec<Word>,
    pub(super) exceptions: PhraseSet,
    pub(super) stays: Vec<Word>,
    pub(super) each: Word,
    pub(super) per: Word,
    pub(super) both: Word,
    pub(super) off: Word,
    pub(super) how: Word,
    pub(super) many: Word,
    pub(super) item_units: Vec<Word>,
    pub(super) such: Word,
    pub(super) which: Word,
    pub(super) in_total: PhraseSet,
    pub(super) definite: PhraseSet,
    pub(super) went: Vec<Word>,
    pub(super) no: Word,
    pub(super) not: Word,
    pub(super) packs: Vec<Word>,
    pub(super) singles: Vec<Word>,
    pub(super) holding: Vec<Word>,
    pub(super) places: Vec<Word>,
    pub(super) to: Word,
    pub(super) c: Word,
    pub(super) year: Word,
    pub(super) hedges: PhraseSet,
    pub(super) rates: PhraseSet,
    /// Openings of a sentence that gives a number: `there are`.
    pub(super) gives: PhraseSet,
    pub(super) the: Word,
    pub(super) idioms: PhraseSet,
    pub(super) idiom_values: Vec<u32>,
    pub(super) subjects: Vec<Word>,
    pub(super) or: Word,
    pub(super) so: Word,
    pub(super) it: Word,
}

impl CountRules {
    pub(crate) fn new(words: &CountWords, compiler: &mut Compiler) -> Self {
        let mut sorted = |list: &[String]| {
            let mut list: Vec<Word> = list.iter().map(|w| compiler.vocabulary.intern(w)).collect();
            list.sort_unstable();
            list
        };
        let (units, multipliers, quantity) = (
            sorted(&words.units),
            sorted(&words.multipliers),
            sorted(&words.quantity),
        );
        let (between, measures) = (sorted(&words.between), sorted(&words.measures));
        let (amounts, equals) = (sorted(&words.amounts), sorted(&words.equals));
        let sums = sorted(&words.sums);
        let subjects = sorted(&words.subjects);
        let (packs, singles) = (sorted(&words.packs), sorted(&words.singles));
        let went = sorted(&words.went);
        let (numbering, stays) = (sorted(&words.numbering), sorted(&words.stays));
        let item_units = sorted(&words.item_units);
        let (holding, places) = (sorted(&words.holding), sorted(&words.places));
        let (naming, dating) = (sorted(&words.naming), sorted(&words.dating));
        let mut numbers: Vec<(Word, u32)> = words
            .numbers
            .iter()
            .map(|(word, n)| (compiler.vocabulary.intern(word), *n))
            .collect();
        numbers.sort_unstable();
        let all = PhraseSet::new(compiler, &words.all);
        let bounds = PhraseSet::new(compiler, &words.bounds);
        let in_total = PhraseSet::new(compiler, &words.totals);
        let definite = PhraseSet::new(compiler, &words.definite);
        let hedges = PhraseSet::new(compiler, &words.hedges);
        let exceptions = PhraseSet::new(compiler, &words.exceptions);
        let rates = PhraseSet::new(compiler, &words.rates);
        let gives = PhraseSet::new(compiler, &words.gives);
        let idioms = words.idioms.keys().enumerate();
        let idioms = PhraseSet::numbered(compiler, idioms.map(|(entry, text)| (entry, text.as_str())));
        let idiom_values = words.idioms.values().copied().collect();
        Self {
            numbers,
            units,
            multipliers,
            quantity,
            between,
            measures,
            naming,
            dating,
            all,
            bounds,
            amounts,
            equals,
            sums,
            numbering,
            exceptions,
            stays,
            and: compiler.vocabulary.intern("and"),
            of: compiler.vocabulary.intern("of"),
            out: compiler.vocabulary.intern("out"),
            r#in: compiler.vocabulary.intern("in"),
            none: compiler.vocabulary.intern("none"),
            a: compiler.vocabulary.intern("a"),
            thousand: compiler.vocabulary.intern("thousand"),
            each: compiler.vocabulary.intern("each"),
            per: compiler.vocabulary.intern("per"),
            both: compiler.vocabulary.intern("both"),
            off: compiler.vocabulary.intern("off"),
            how: compiler.vocabulary.intern("how"),
            many: compiler.vocabulary.intern("many"),
            item_units,
            such: compiler.vocabulary.intern("such"),
            which: compiler.vocabulary.intern("which"),
            in_total,
            definite,
            went,
            no: compiler.vocabulary.intern("no"),
            not: compiler.vocabulary.intern("not"),
            packs,
            singles,
            holding,
            places,
            to: compiler.vocabulary.intern("to"),
            c: compiler.vocabulary.intern("c"),
            year: compiler.vocabulary.intern("year"),
            hedges,
            rates,
            gives,
            the: compiler.vocabulary.intern("the"),
            idioms,
            idiom_values,
            subjects,
            or: compiler.vocabulary.intern("or"),
            so: compiler.vocabulary.intern("so"),
            it: compiler.vocabulary.intern("it"),
        }
    }
}
