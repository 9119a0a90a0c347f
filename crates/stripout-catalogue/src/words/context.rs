//! `data/words/context.toml`

use serde::Deserialize;

/// What must, or must not, stand near a name before it counts.
///
/// Words and phrases are lower case and matched as whole words; fields named as patterns hold regular expressions over
/// lower-case text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ContextWords {
    /// Makers of these jurisdictions are recognised and not reported.
    pub unreported_jurisdictions: Vec<String>,
    /// Words that speak of video surveillance by themselves.
    pub camera: Vec<String>,
    /// What follows a number in a channel count or resolution: `ch`, `mp`.
    pub camera_measures: Vec<String>,
    /// What numbers of cameras begin with, besides camera words: `ipc`.
    pub device_heads: Vec<String>,
    /// Words of security and network equipment: they carry a misspelt long name, never an ordinary word.
    pub equipment: Vec<String>,
    /// Column headers and field labels that ask for the maker.
    pub make_labels: Vec<String>,
    /// Words before a name that call it a make: `marked X`, `are by X`.
    pub make_verbs: Vec<String>,
    /// A name after one of these is a person.
    pub titles: Vec<String>,
    /// A weak name after one of these is a surname.
    pub forenames: Vec<String>,
    /// A weak name before one of these is a person who speaks.
    pub speech: Vec<String>,
    /// A name before one of these is a place.
    pub streets: Vec<String>,
    /// A weak name before one of these is another organisation.
    pub company_tails: Vec<String>,
    /// What the names of companies end in.
    pub company_forms: Vec<String>,
    /// A short name before one of these is a firm of another trade.
    pub other_trades: Vec<String>,
    /// A short name beside one of these is a person's given name.
    pub family_names: Vec<String>,
    /// Names of makers that people bear as well.
    pub given_names: Vec<String>,
    /// What people do and firms do not, one word or two.
    pub person_acts: Vec<String>,
    /// What makers call their products and parts: no family name after a maker.
    pub product_words: Vec<String>,
    /// Patterns: a weak name inside a match means something else.
    pub other_senses: Vec<String>,
    /// Words that are never taken for the misspelling of a name.
    pub false_friends: Vec<String>,
    /// Words that are taken for a misspelling beside camera words only.
    pub doubtful_friends: Vec<String>,
    /// Ordinary words that names end in: two words that only nearly make a name are left alone when the second is one.
    pub common_pieces: Vec<String>,
    /// Words of a registered name that belong to the mention.
    pub legal_words: Vec<String>,
    /// Legal forms.
    pub legal_forms: Vec<String>,
    /// Places in a registered name; they belong to the mention only together with another such word.
    pub legal_places: Vec<String>,
    pub lead: LeadWords,
}

/// When a record speaks of having or buying cameras without naming their maker.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LeadWords {
    /// Enough by themselves in a payment, a contract or an asset list.
    pub subjects: Vec<String>,
    /// Count beside one of `settings`.
    pub weak_subjects: Vec<String>,
    pub settings: Vec<String>,
    /// What is said of cameras when they are bought, kept or used.
    pub acts: Vec<String>,
    /// Patterns: they cancel the words they cover.
    pub not_cameras: Vec<String>,
    /// Labels of spending categories.
    pub categories: Vec<String>,
    /// First digits of CPV codes.
    pub cpv: Vec<String>,
    /// CPV codes that need a camera word as well.
    pub weak_cpv: Vec<String>,
}
