//! Which windows a pattern shows itself by, and how many places apart it is looked for.
//!
//! Wherever a pattern stands, one place in two (or in four) is looked at, so it needs a window for each remainder. Of those
//! that it has the one is taken that is met least often. Fewer places are less work, but leave short patterns no choice.

use super::frequency::Frequency;
use super::pattern::{Around, Run, around};
use super::shown::{BEFORE, SEEN, Shown};
use super::window::{Known, WINDOW, key};

/// How many places apart windows are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    Two,
    Four,
}

impl Apart {
    fn places(self) -> u8 {
        match self {
            Self::Two => 2,
            Self::Four => 4,
        }
    }
}

/// A closer look at a window that is known takes as long as asking of eight whether they are, and other texts hold about
/// three times as many as the sample, whose windows were avoided.
const LOOK: f64 = 24.0;

/// A pattern of fewer classes has no whole window for each of four remainders.
const SHORT: usize = 7;
/// So many times as many patterns as short ones: few are short.
const FEW: usize = 10;

/// The windows that were chosen, with what they show.
pub(super) struct Choice {
    pub(super) apart: Apart,
    pub(super) shown: Vec<([u8; WINDOW], Shown)>,
}

impl Choice {
    /// The one that takes the least time on text such as the sample.
    pub(super) fn best(runs: &[Run], tokens: &[Vec<u8>]) -> Self {
        let frequency = Frequency::default();
        let of = |apart| Windows::new(apart, &frequency, runs, tokens);
        // Where many patterns are short there is no need to try.
        let lengths = runs.iter().map(|run| run.classes.len());
        let lengths = lengths.chain(tokens.iter().map(Vec::len));
        let (short, long): (Vec<_>, Vec<_>) = lengths.partition(|length| *length < SHORT);
        let two = of(Apart::Two);
        let four = (FEW * short.len() < long.len()).then(|| of(Apart::Four));
        let made = match four {
            Some(four) if four.cost() < two.cost() => four,
            _ => two,
        };
        Self {
            apart: made.apart,
            shown: made.shown(runs, tokens),
        }
    }
}

struct Windows<'a> {
    apart: Apart,
    frequency: &'a Frequency,
    known: Known,
    /// Where in each pattern, runs first, its windows begin.
    places: Vec<Vec<isize>>,
}

impl<'a> Windows<'a> {
    fn new(apart: Apart, frequency: &'a Frequency, runs: &[Run], tokens: &[Vec<u8>]) -> Self {
        let mut made = Self {
            apart,
            frequency,
            known: Known::default(),
            places: Vec::new(),
        };
        for run in runs {
            made.choose(&run.classes, run.around);
        }
        for token in tokens {
            made.choose(token, Around::Token);
        }
        made
    }

    /// Chooses a window for each remainder.
    fn choose(&mut self, classes: &[u8], around: Around) {
        let apart = isize::from(self.apart.places());
        let mut places = Vec::new();
        for remainder in 0..apart {
            if let Some(at) = self.cheapest(classes, around, |at| at.rem_euclid(apart) == remainder) {
                windows(classes, around, at).for_each(|window| self.known.insert(key(window)));
                places.push(at);
            }
        }
        self.places.push(places);
    }

    /// The windows with what they show.
    fn shown(&self, runs: &[Run], tokens: &[Vec<u8>]) -> Vec<([u8; WINDOW], Shown)> {
        let mut all = Vec::new();
        let mut put = |classes: &[u8], around, at, shown: &[Shown]| {
            for window in windows(classes, around, at) {
                all.extend(shown.iter().map(|shown| (window, *shown)));
            }
        };
        let (of_runs, of_tokens) = self.places.split_at(runs.len().min(self.places.len()));
        for (number, (run, places)) in (0..).zip(runs.iter().zip(of_runs)) {
            for at in places {
                put(&run.classes, run.around, *at, &Shown::run(number, run, *at));
            }
        }
        for (token, places) in tokens.iter().zip(of_tokens) {
            for at in places {
                put(token, Around::Token, *at, &[Shown::token(token, *at)]);
            }
        }
        all
    }

    /// Where the window begins that is met least often, among those of enough classes of the pattern. What may stand beside
    /// the pattern is taken in only where it is too short.
    fn cheapest(&self, classes: &[u8], around: Around, fits: impl Fn(isize) -> bool) -> Option<isize> {
        let length = classes.len().cast_signed();
        let window = WINDOW.cast_signed();
        let inside = |at: isize| (at + window).min(length) - at.max(0);
        let all = || (1 - window..length).filter(|at| fits(*at));
        let most = all().map(inside).max()?;
        let costs = all()
            .filter(|at| inside(*at) >= most.min(window - 1))
            .map(|at| (at, self.cost_of(classes, around, at)));
        costs.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    }

    fn cost_of(&self, classes: &[u8], around: Around, at: isize) -> f64 {
        let cost = |window| {
            // A window that is looked for anyway costs little more.
            let weight = if self.known.has(key(window)) { 0.1 } else { 1.0 };
            weight * self.frequency.of(window)
        };
        let rare: f64 = windows(classes, around, at).map(cost).sum();
        // What else is seen of the pattern narrows it down.
        let first = at - BEFORE.cast_signed();
        let last = (first + SEEN.cast_signed()).min(classes.len().cast_signed());
        let open = (WINDOW + 2).cast_signed() - (last - first.max(0));
        rare * match open {
            ..=0 => 1.0,
            1 => 4.0,
            _ => 12.0,
        }
    }

    /// How long a place of the sample takes, counted in questions whether a window is known.
    fn cost(&self) -> f64 {
        let (met, all) = self.frequency.met(&self.known);
        (1.0 + LOOK * met / all) / f64::from(self.apart.places())
    }
}

/// Every window that may begin at a place counted from the first class of a pattern.
fn windows(classes: &[u8], kind: Around, at: isize) -> impl Iterator<Item = [u8; WINDOW]> {
    let [a, b, c, d] = [0, 1, 2, 3].map(|i| around(classes, kind, at + i));
    a.iter().flat_map(move |a| {
        b.iter().flat_map(move |b| {
            c.iter()
                .flat_map(move |c| d.iter().map(move |d| [*a, *b, *c, *d]))
        })
    })
}
