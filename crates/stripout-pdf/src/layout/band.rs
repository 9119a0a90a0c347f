//! Vec<Row> to bands: stretches of a page with the same white gutters from top to bottom.

use super::row::Row;
use super::median;

/// Neighbouring rows, and the gutters (from, to) that run through all of them with text on both sides.
#[derive(Debug)]
pub(super) struct Band {
    pub(super) rows: Vec<Row>,
    pub(super) gutters: Vec<(f64, f64)>,
}

/// A stretch along the rows that is white so far.
#[derive(Debug, Clone, Copy)]
struct Free {
    from: f64,
    to: f64,
    /// Vec<Row> with text on both sides of it.
    seen: usize,
}

/// Vec<Row> that must have text on both sides of a gutter before it is one.
const ENOUGH: usize = 2;

/// Cuts a page, from the top, wherever a row runs across a gutter of the rows before it.
pub(super) fn bands(rows: &[Row]) -> Vec<Band> {
    /// Narrower gutters are blanks, in heights of the font.
    const NARROW: f64 = 0.85;
    /// A larger step down, in heights of the font, is a new part of the page.
    const FAR: f64 = 4.0;
    let least = NARROW * median(rows.iter().map(|row| row.size).collect()).unwrap_or(10.0);
    let mut bands = Vec::new();
    let mut current: Vec<Row> = Vec::new();
    let mut free: Vec<Free> = Vec::new();
    for row in rows {
        let gaps = gaps(row, least);
        let far = current
            .last()
            .is_some_and(|last| row.base - last.base > FAR * last.size.max(row.size));
        let next = narrowed(&free, &gaps, row, least);
        let has = |free: &[Free]| free.iter().any(|free| free.seen >= ENOUGH);
        let kept = |old: &Free| next.iter().any(|new| new.from >= old.from && new.to <= old.to);
        let lost = free.iter().any(|old| old.seen >= ENOUGH && !kept(old));
        let own = gaps
            .iter()
            .any(|gap| gap.from.is_finite() && gap.to.is_finite() && !next.iter().any(|new| meets(new, gap)));
        if current.is_empty() || lost || (far && has(&free)) || (!has(&free) && own) {
            finish(&mut bands, std::mem::take(&mut current), &free);
            free = gaps
                .iter()
                .map(|gap| Free {
                    seen: usize::from(both_sides(row, gap)),
                    ..*gap
                })
                .collect();
        } else {
            free = next;
        }
        current.push(row.clone());
    }
    finish(&mut bands, current, &free);
    bands
}

fn meets(a: &Free, b: &Free) -> bool {
    a.from < b.to && b.from < a.to
}

/// The white of one row, margins too.
fn gaps(row: &Row, least: f64) -> Vec<Free> {
    let mut gaps = Vec::new();
    let mut at = f64::NEG_INFINITY;
    for piece in &row.pieces {
        if piece.from - at >= least {
            gaps.push(Free {
                from: at,
                to: piece.from,
                seen: 0,
            });
        }
        at = at.max(piece.to);
    }
    gaps.push(Free {
        from: at,
        to: f64::INFINITY,
        seen: 0,
    });
    gaps
}

fn both_sides(row: &Row, free: &Free) -> bool {
    row.from() < free.from && row.to() > free.to
}

/// What stays white when the row is added.
fn narrowed(free: &[Free], gaps: &[Free], row: &Row, least: f64) -> Vec<Free> {
    let mut next = Vec::new();
    for old in free {
        for gap in gaps {
            let new = Free {
                from: old.from.max(gap.from),
                to: old.to.min(gap.to),
                seen: old.seen,
            };
            if new.to - new.from >= least {
                next.push(Free {
                    seen: old.seen + usize::from(both_sides(row, &new)),
                    ..new
                });
            }
        }
    }
    next
}

fn finish(bands: &mut Vec<Band>, mut rows: Vec<Row>, free: &[Free]) {
    if rows.is_empty() {
        return;
    }
    let gutters: Vec<(f64, f64)> = free
        .iter()
        .filter(|free| free.seen >= ENOUGH)
        .map(|free| (free.from, free.to))
        .collect();
    if gutters.is_empty() {
        match bands.last_mut() {
            Some(last) if last.gutters.is_empty() => last.rows.append(&mut rows),
            _ => bands.push(Band { rows, gutters }),
        }
        return;
    }
    // Vec<Row> on one side only, after the last that is on both: they belong to what follows, unless they go on as closely.
    let last = rows
        .iter()
        .rposition(|row| gutters.iter().any(|(from, to)| row.from() < *from && row.to() > *to))
        .unwrap_or(0);
    let mut end = last + 1;
    while let (Some(row), Some(before)) = (rows.get(end), rows.get(end - 1)) {
        if row.base - before.base > 1.4 * before.size.max(row.size) {
            break;
        }
        end += 1;
    }
    let rest = rows.split_off(end);
    bands.push(Band { rows, gutters });
    if !rest.is_empty() {
        bands.push(Band {
            rows: rest,
            gutters: Vec::new(),
        });
    }
}
