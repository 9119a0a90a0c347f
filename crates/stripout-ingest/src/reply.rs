//! From what a reply decides and promises to its proof.

use stripout_identify::{CommitmentSignal, OutcomeSignal, Reply, SignalPlace};
use stripout_model::{BlobId, Commitment, Evidence, Outcome, Passage, Reserve};

use crate::proof::sentence_evidence;

/// Outcomes and commitments with their evidence, which gets its blob later, when the hash is known.
pub(crate) fn proven(
    reply: Reply,
    passages: &[Passage<'_>],
    reserve: Option<Reserve>,
) -> (Vec<Outcome>, Vec<Commitment>) {
    let prove = |place: &SignalPlace| -> Option<Evidence> {
        let passage = passages.get(place.passage)?;
        Some(sentence_evidence(
            BlobId::UNHASHED,
            passage,
            &place.sentence,
            &place.span,
        ))
    };
    let told = |why: String| match reserve {
        Some(reserve) => format!("{why}; {}", reserve.clause()),
        None => why,
    };
    let outcomes = reply.outcomes.into_iter().filter_map(|signal| {
        let evidence = prove(&signal.place)?;
        let OutcomeSignal {
            kind,
            reply,
            grounds,
            template,
            days,
            asked,
            why,
            place: _,
        } = signal;
        Some(Outcome {
            kind,
            reply,
            grounds,
            template,
            days,
            asked,
            why: told(why),
            evidence,
        })
    });
    let outcomes = outcomes.collect();
    let commitments = reply.commitments.into_iter().filter_map(|signal| {
        let evidence = prove(&signal.place)?;
        let CommitmentSignal {
            who,
            act,
            scope,
            by,
            authority,
            voice,
            days,
            why,
            place: _,
        } = signal;
        Some(Commitment {
            who,
            act,
            scope,
            by,
            authority,
            voice,
            days,
            why: told(why),
            evidence,
        })
    });
    (outcomes, commitments.collect())
}
