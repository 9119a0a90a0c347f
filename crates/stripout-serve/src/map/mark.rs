//! Marks that are told apart by their shape: what is there is round, what is said to be none is square, what is not said
//! stands on its corner.

use stripout_model::Status;

use super::Point;

/// Half of a mark.
const HALF: f64 = 8.0;

/// Its outline around a place, as SVG wants it.
pub(crate) fn shape(status: Status, at: Point) -> String {
    let Point { x, y } = at;
    let round = format!(
        "M{:.0} {y:.0}a{HALF} {HALF} 0 1 0 {:.0} 0a{HALF} {HALF} 0 1 0 -{:.0} 0z",
        x - HALF,
        2.0 * HALF,
        2.0 * HALF
    );
    match status {
        Status::InUse | Status::Bought | Status::RemovalPlanned => round,
        Status::Removed | Status::Formerly => {
            let (near, far) = (HALF * 0.7, HALF * 1.4);
            format!(
                "{round}M{:.1} {:.1}l{far:.1} {far:.1}m0 -{far:.1}l-{far:.1} {far:.1}",
                x - near,
                y - near
            )
        }
        Status::Denied => format!(
            "M{:.0} {:.0}h{:.0}v{:.0}h-{:.0}z",
            x - HALF + 1.0,
            y - HALF + 1.0,
            2.0 * HALF - 2.0,
            2.0 * HALF - 2.0,
            2.0 * HALF - 2.0
        ),
        Status::Refused => {
            let half = HALF + 2.0;
            format!(
                "M{x:.0} {:.0}l{half} {half}l-{half} {half}l-{half} -{half}z",
                y - half
            )
        }
        Status::NoEvidence => format!(
            "M{x:.0} {:.0}l{:.0} {:.0}h-{:.0}z",
            y - HALF,
            HALF,
            HALF * 1.75,
            HALF * 2.0
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_and_refused_and_there_are_three_shapes() {
        let at = Point { x: 100.0, y: 200.0 };
        let of = |status| shape(status, at);
        assert_eq!(of(Status::InUse), of(Status::Bought));
        let apart = [
            Status::InUse,
            Status::Removed,
            Status::Denied,
            Status::Refused,
            Status::NoEvidence,
        ];
        for (number, one) in apart.iter().enumerate() {
            for other in apart.iter().skip(number + 1) {
                assert_ne!(of(*one), of(*other), "{one:?} {other:?}");
            }
        }
    }
}
