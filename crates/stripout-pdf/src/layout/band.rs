//! Vec<Row> to bands: stretches of a page with the same white gutters from top to bottom.

use super::median;
use super::row::Row;

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
    /// A cell may run on to a blank before the next one where many gutters say that this is a table.
    const TIGHT: f64 = 0.18;
    const MANY: usize = 3;
    let size = median(rows.iter().map(|row| row.size).collect()).unwrap_or(10.0);
    let least = NARROW * size;
    let mut bands = Vec::new();
    let mut current: Vec<Row> = Vec::new();
    let mut free: Vec<Free> = Vec::new();
    for row in rows {
        let gaps = gaps(row, least);
        let far = current
            .last()
            .is_some_and(|last| row.base - last.base > FAR * last.size.max(row.size));
        let sure = free.iter().filter(|free| free.seen >= ENOUGH).count();
        let next = if sure >= MANY {
            narrowed(&free, &self::gaps(row, TIGHT * size), row, least, TIGHT * size)
        } else {
            narrowed(&free, &gaps, row, least, least)
        };
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

/// What stays white when the row is added: as wide as `least`, or `tight` where it is known as a gutter.
fn narrowed(free: &[Free], gaps: &[Free], row: &Row, least: f64, tight: f64) -> Vec<Free> {
    let mut next = Vec::new();
    for old in free {
        let known = old.seen >= ENOUGH;
        let parts = gaps.iter().map(|gap| Free {
            from: old.from.max(gap.from),
            to: old.to.min(gap.to),
            seen: old.seen,
        });
        let mut parts: Vec<Free> = parts
            .filter(|part| part.to - part.from >= if known { tight } else { least })
            .collect();
        if known {
            // A known gutter stays one: the blanks of a long cell that reaches into it make no more of it.
            parts.sort_by(|a, b| (b.to - b.from).total_cmp(&(a.to - a.from)));
            parts.truncate(1);
        }
        next.extend(parts.into_iter().map(|part| Free {
            seen: part.seen + usize::from(both_sides(row, &part)),
            ..part
        }));
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
        .rposition(|row| {
            gutters
                .iter()
                .any(|(from, to)| row.from() < *from && row.to() > *to)
        })
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
