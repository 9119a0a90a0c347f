//! The first look at a record's bytes: could anything in them matter?
//!
//! Every second window of four bytes is looked up in a table of all windows that a name, a number or a camera word can
//! show, and so is the window that follows it. Where both are known the place is compared with the whole pattern, and
//! then the few words around are read by the same code that will judge them. Bytes beyond ASCII and escapes are decoded
//! where they stand.

mod class;
mod frequency;
mod pattern;
mod reader;

use std::collections::HashMap;
use std::ops::Range;

use class::{CLASSES, DECODE, FLAGGED};
use frequency::Frequency;
pub(crate) use pattern::Patterns;
use pattern::{Around, Run, SHORTEST};
use reader::{BEYOND, Reader};

use crate::identifier::Identifier;

/// Words in a table of four bits for each window of four classes.
const WORDS: usize = 1 << 16;
const WINDOW: usize = 4;
/// Bytes looked at between two branches.
const BLOCK: usize = 32;
/// The first bit: a pattern shows this window.
const FIRST: u64 = 1;
/// The second: a pattern shows it two bytes on.
const SECOND: u64 = 2;
/// The third: a short word shows it, with nothing to say of what follows.
const ALONE: u64 = 4;

/// The compiled patterns.
pub(crate) struct Sieve {
    table: Box<[u64; WORDS]>,
    by_window: HashMap<u32, Shown>,
    runs: Vec<Run>,
}

/// What a window may be part of.
#[derive(Debug, Default)]
struct Shown {
    /// Patterns, and at what place of theirs the window begins: -1 for one byte before.
    runs: Vec<(u32, i8)>,
    /// A misspelt name.
    token: bool,
}

impl std::fmt::Debug for Sieve {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sieve").field("patterns", &self.runs.len()).finish_non_exhaustive()
    }
}

impl Sieve {
    pub(crate) fn new(patterns: Patterns) -> Self {
        let (runs, tokens) = patterns.finish();
        let table = vec![0; WORDS].into_boxed_slice().try_into().expect("a table of this size");
        let mut sieve = Self { table, by_window: HashMap::new(), runs: Vec::new() };
        let frequency = Frequency::new();
        for (index, run) in runs.iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let (forms, before) = run.in_full();
            let after = (before == 0).then(|| run.around.after());
            for form in forms {
                let best = sieve.cheapest(&frequency, &form);
                for at in [best, best + 1] {
                    let Ok(place) = i8::try_from(at).map(|at| at - before) else { continue };
                    let shown = sieve.show(&form, at, after);
                    if !shown.runs.contains(&(index, place)) {
                        shown.runs.push((index, place));
                    }
                }
            }
        }
        for token in &tokens {
            let best = sieve.cheapest(&frequency, token);
            for at in [best, best + 1] {
                sieve.show(token, at, Some(Around::Token.after())).token = true;
            }
        }
        sieve.runs = runs;
        sieve
    }

    /// Where in a run the two neighbouring windows begin that are met least often: one of them is at an even place.
    fn cheapest(&self, frequency: &Frequency, run: &[u8]) -> usize {
        let cost = |at: usize| -> f64 {
            let windows = run.get(at..at + SHORTEST).unwrap_or_default().windows(WINDOW);
            // A window that is looked for anyway costs little more.
            let weight = |w: &[u8]| if self.bits(key(w)) & (FIRST | ALONE) == 0 { 1.0 } else { 0.1 };
            let rare: f64 = windows.map(|w| weight(w) * frequency.of(w)).sum();
            // What follows narrows it down only as far as the run goes.
            let open = (at + SHORTEST + 2).saturating_sub(run.len());
            rare * [1.0, 4.0, 12.0][open.min(2)]
        };
        let costs = (0..=run.len().saturating_sub(SHORTEST)).map(|at| (at, cost(at)));
        costs.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
    }

    /// Puts in a window of a run and every window that may stand two bytes on.
    fn show(&mut self, run: &[u8], at: usize, after: Option<&[u8]>) -> &mut Shown {
        let first = key(run.get(at..at + WINDOW).unwrap_or_default());
        let Some(after) = after else {
            self.set(first, ALONE);
            return self.by_window.entry(first).or_default();
        };
        self.set(first, FIRST);
        match run.get(at + 2..(at + 2 + WINDOW).min(run.len())).unwrap_or_default() {
            known @ [_, _, _, _] => self.set(key(known), SECOND),
            known @ [_, _, _] => {
                for last in after {
                    self.set(key(known) << 5 | u32::from(*last), SECOND);
                }
            }
            known => {
                for next in after {
                    for last in 0..u32::from(CLASSES) {
                        self.set(key(known) << 10 | u32::from(*next) << 5 | last, SECOND);
                    }
                }
            }
        }
        self.by_window.entry(first).or_default()
    }

    fn set(&mut self, key: u32, bit: u64) {
        let (word, shift) = place(key);
        self.table[word] |= bit << shift;
    }

    fn bits(&self, key: u32) -> u64 {
        let (word, shift) = place(key);
        self.table[word] >> shift
    }

    /// Whether anything in these bytes could matter to the identifier.
    pub(crate) fn passes(&self, identifier: &Identifier, raw: &[u8]) -> bool {
        let mut reader = Reader::new(identifier, raw);
        let mut state = State::default();
        let mut blocks = raw.chunks_exact(BLOCK);
        let mut at = 0;
        for block in blocks.by_ref() {
            let before = state;
            if self.block(block, &mut state) && self.look(&mut reader, at..at + BLOCK, before) {
                return true;
            }
            at += BLOCK;
        }
        // Separators stand beyond the end.
        let mut tail = [b' '; BLOCK + WINDOW];
        for (to, from) in tail.iter_mut().zip(blocks.remainder()) {
            *to = *from;
        }
        let before = state;
        self.block(&tail, &mut state) && self.look(&mut reader, at..at + tail.len(), before)
    }

    /// Whether two windows in a row that end in the block are known, or something in it may have to be decoded.
    #[inline]
    fn block(&self, block: &[u8], state: &mut State) -> bool {
        let State { mut window, mut known } = *state;
        let mut flags = 0;
        let mut any = 0;
        for two in block.chunks_exact(2) {
            let &[a, b] = two else { continue };
            let (a, b) = (FLAGGED[usize::from(a)], FLAGGED[usize::from(b)]);
            flags |= a | b;
            window = next(window, a, b);
            let bits = self.bits(window);
            any |= known & (bits >> 1) | bits >> 2;
            known = bits;
        }
        *state = State { window, known };
        any & FIRST != 0 || flags & DECODE != 0
    }

    /// Looks closely at the windows that end in a block.
    #[cold]
    #[inline(never)]
    fn look(&self, reader: &mut Reader<'_>, block: Range<usize>, before: State) -> bool {
        let State { mut window, mut known } = before;
        for at in block.step_by(2) {
            let (a, b) = (FLAGGED[usize::from(reader.byte(at))], FLAGGED[usize::from(reader.byte(at + 1))]);
            let first = window;
            window = next(window, a, b);
            let bits = self.bits(window);
            if known & (bits >> 1) & FIRST != 0 && self.reads(reader, first, at) {
                return true;
            }
            if bits & ALONE != 0 && self.reads(reader, window, at + 2) {
                return true;
            }
            known = bits;
            if (a | b) & DECODE != 0 && [at, at + 1].into_iter().any(|i| reader.decodes(i) && reader.matters(i, 1)) {
                return true;
            }
        }
        false
    }

    /// Whether something that shows a window, which ends before `at`, is there and matters.
    fn reads(&self, reader: &mut Reader<'_>, window: u32, at: usize) -> bool {
        let Some(shown) = self.by_window.get(&window) else { return false };
        if shown.token && reader.misspells(at.saturating_sub(3)) {
            return true;
        }
        shown.runs.iter().any(|&(run, place)| {
            let run = usize::try_from(run).ok().and_then(|i| self.runs.get(i));
            let start = (at + BEYOND).checked_add_signed(-isize::from(place)).and_then(|s| s.checked_sub(WINDOW));
            let (Some(run), Some(start)) = (run, start) else { return false };
            reader.shows(start, run) && reader.matters(start.saturating_sub(BEYOND), run.classes.len())
        })
    }
}

/// Where the scan stands.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// The last window.
    window: u32,
    /// What the table says of it.
    known: u64,
}

/// The window two bytes on.
fn next(window: u32, a: u32, b: u32) -> u32 {
    (window << 10 | (a << 5 | b) & PAIR) & ALL
}

/// The bits of two classes, and of four.
const PAIR: u32 = (1 << 10) - 1;
const ALL: u32 = (1 << 20) - 1;

/// Four classes as twenty bits.
fn key(window: &[u8]) -> u32 {
    window.iter().fold(0, |key, &class| key << 5 | u32::from(class))
}

/// Word and shift of a window's bits in the table.
fn place(key: u32) -> (usize, u32) {
    // Twenty bits fit a `usize` everywhere.
    let word = (key & ALL) as usize >> 4;
    (word, (key & 15) * 4)
}

#[cfg(test)]
mod profile {
    use super::*;
    use stripout_catalogue::Catalogue;
    #[test]
    fn zz_profile() {
        let cat = Catalogue::embedded().unwrap();
        let t=std::time::Instant::now();
        let id = Identifier::new(&cat);
        eprintln!("identifier {:?}", t.elapsed());
        let s = &id.sieve;
        let mut raw = Vec::new();
        for f in ["contracts-finder","public-contracts-scotland","sell2wales"] {
            raw.extend(std::fs::read(format!("/work/shared/data/procurement/ocds/{f}.jsonl")).unwrap());
        }
        let name=|cs:&[u8]| cs.iter().map(|&c| match c {0=>'_',27=>'9',28=>'^',29=>'\\',30=>'&',c=>(b'a'+c-1) as char}).collect::<String>();
        let mut counts: HashMap<u32,usize> = HashMap::new();
        let mut shown: HashMap<usize,usize> = HashMap::new();
        let r = Reader::new(&id,&raw);
        let (mut w, mut known, mut hits, mut cand, mut tok, mut alones) = (0u32,0u64,0,0,0,0); let mut alonec: HashMap<u32,usize> = HashMap::new();
        for at in (0..raw.len()-1).step_by(2) {
            let (a,b)=(FLAGGED[raw[at] as usize],FLAGGED[raw[at+1] as usize]); let first=w; w=next(w,a,b);
            let bits=s.bits(w); let fire=known&(bits>>1)&1!=0; let alone=bits&ALONE!=0; known=bits; if alone {alones+=1; *alonec.entry(w).or_insert(0usize)+=1;}
            if !fire {continue}
            hits+=1; *counts.entry(first).or_default()+=1;
            let sh=s.by_window.get(&first).unwrap();
            tok+=usize::from(sh.token);
            for &(run,off) in &sh.runs { cand+=1;
                let st=((at+BEYOND-4) as isize - isize::from(off)) as usize;
                if r.shows(st,&s.runs[run as usize]) { *shown.entry(run as usize).or_default()+=1; } }
        }
        eprintln!("runs {} windows {} bytes {} blocks {} hits {hits} tokens {tok} candidates {cand} shown {}", s.runs.len(), s.by_window.len(), raw.len(), raw.len()/BLOCK, shown.values().sum::<usize>());
        let mut v:Vec<_>=counts.into_iter().collect(); v.sort_by_key(|x|std::cmp::Reverse(x.1));
        for (w,n) in v.iter().take(25) {
            let cs=[(w>>15&31) as u8,(w>>10&31) as u8,(w>>5&31) as u8,(w&31) as u8];
            let sh=&s.by_window[w];
            eprintln!("tok {} {n} {} runs {} {:?}", name(&cs), sh.token, sh.runs.len(), sh.runs.iter().take(4).map(|r| name(&s.runs[r.0 as usize].classes)).collect::<Vec<_>>());
        }
        eprintln!("tok alones {alones}"); let mut v:Vec<_>=alonec.into_iter().collect(); v.sort_by_key(|x|std::cmp::Reverse(x.1));
        for (w,n) in v.iter().take(25) {
            let cs=[(w>>15&31) as u8,(w>>10&31) as u8,(w>>5&31) as u8,(w&31) as u8];
            let sh=&s.by_window[w];
            eprintln!("tok alone {} {n} runs {} {:?}", name(&cs), sh.runs.len(), sh.runs.iter().take(3).map(|r| (name(&s.runs[r.0 as usize].classes), s.runs[r.0 as usize].literal.as_ref().map(|l| String::from_utf8_lossy(l).into_owned()))).collect::<Vec<_>>());
        }
        let mut v:Vec<_>=shown.into_iter().collect(); v.sort_by_key(|x|std::cmp::Reverse(x.1));
        for (r,n) in v.iter().take(25) { eprintln!("shown {} {n}", name(&s.runs[*r].classes)); }
        { let r=Reader::new(&id,&raw);
          let t=std::time::Instant::now(); let mut n=0; let mut c=0;
          for at in (0..raw.len()).step_by(210) { c+=1; n+=usize::from(r.misspells(at)); }
          eprintln!("sieve misspells {:?} per {c}: {n}", t.elapsed()/c);
          let t=std::time::Instant::now(); let mut n=0; let mut c=0;
          for l in raw.chunks(200).step_by(30) { c+=1; n+=usize::from(id.matters(&String::from_utf8_lossy(l))); }
          eprintln!("sieve matters {:?} per {c}: {n}", t.elapsed()/c);
          let t=std::time::Instant::now(); let mut c=0; let mut n=0;
          for l in raw.chunks(200).step_by(30) { c+=1; let x=String::from_utf8_lossy(l).into_owned(); let p=[stripout_model::Passage{text:x.into(),role:stripout_model::Role::Text,name:"".into(),locator:stripout_model::Locator{member:None,place:stripout_model::Place::Text{line:1,column:1},bytes:0..0,decoding:stripout_model::Decoding{encoding:"".into(),escape:stripout_model::Escape::Plain}}}]; n+=id.record(stripout_model::DocumentKind::Web, stripout_model::Shape::Prose,&p,None).mentions.len(); }
          eprintln!("sieve record {:?} per {c}: {n}", t.elapsed()/c);
          let mut ns=(0u128,0u128,0u128,0u128,0u128); 
          for l in raw.chunks(200).step_by(30) { let l=String::from_utf8_lossy(l); let t=std::time::Instant::now(); let nm=crate::normal::Normal::new(&l); ns.0+=t.elapsed().as_nanos(); let t=std::time::Instant::now(); let m=id.scanner.scan(&nm.text); ns.1+=t.elapsed().as_nanos(); let t=std::time::Instant::now(); let tk=crate::token::tokens(&nm.text); ns.2+=t.elapsed().as_nanos(); let t=std::time::Instant::now(); std::hint::black_box(id.fuzzy.find(&nm.text,&tk,|_| false)); ns.3+=t.elapsed().as_nanos();  let t=std::time::Instant::now(); std::hint::black_box(id.leads.mentions_any(&nm.text)); ns.4+=t.elapsed().as_nanos(); std::hint::black_box(m); }
          eprintln!("sieve normal {} scan {} tokens {} fuzzy {} leads {}", ns.0/190,ns.1/190,ns.2/190,ns.3/190,ns.4/190);
        }
        for _ in 0..400 {
        let t=std::time::Instant::now();
        let mut pass=0; for l in raw.split(|b|*b==b'\n') { pass+=usize::from(id.sieve(l)); }
        let e=t.elapsed();
        let t=std::time::Instant::now(); let n=std::hint::black_box(raw.iter().map(|b| u64::from(*b)).sum::<u64>());
        eprintln!("sieve {e:?} {:.0} MB/s pass {pass}; sum {:?} {n}", raw.len() as f64/1e6/e.as_secs_f64(), t.elapsed());
        }
        let t=std::time::Instant::now();
        let mut st=State::default(); let mut f=0; for b in raw.chunks_exact(BLOCK) { f+=usize::from(s.block(b,&mut st)); }
        let e=t.elapsed();
        eprintln!("blocks only {e:?} {:.0} MB/s fired {f}", raw.len() as f64/1e6/e.as_secs_f64());
    }
}
