//! What a decision would change, in a sentence.

use stripout_judge::Pending;

use crate::words;

/// Of an accept by somebody who has not said anything on it yet.
pub(crate) fn worth(one: &Pending, reviewers: usize) -> String {
    if one.rejects + one.unsure > 0 {
        return "Reviewers do not agree. It stays out of the public view until they do.".into();
    }
    if one.may_be_public {
        let wanted = reviewers.saturating_sub(one.accepts + 1);
        return match wanted {
            0 => "Accepted, it may be shown to everybody.".into(),
            more => format!(
                "Accepted, it may be shown to everybody once {} accept{} it too.",
                words::count(more as u64, "more reviewer", "more reviewers"),
                if more == 1 { "s" } else { "" }
            ),
        };
    }
    if one.body.is_none() {
        return "Which body it speaks of is not known: say which, and it may count.".into();
    }
    "It is not shown to everybody whatever is decided: it says nothing of equipment that is there, is recognised for review \
     only, or its maker may not be named in public."
        .into()
}
