//! What cannot be judged: words that no vocabulary holds.

use stripout_model::MakerId;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JudgeError {
    #[error("`{value}` is no value of the vocabulary `{vocabulary}`")]
    NoSuchValue { vocabulary: &'static str, value: String },
    #[error("no maker `{maker}` in the catalogue")]
    NoSuchMaker { maker: MakerId },
    #[error("no instrument `{policy}` in the catalogue")]
    NoSuchPolicy { policy: String },
    #[error("the vocabulary `{vocabulary}` has more than the 64 values that can be judged by")]
    TooManyValues { vocabulary: &'static str },
}
