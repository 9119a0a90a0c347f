//! The self-tests of the entries, for whoever matches text: this owner must be found here, and must not be found there.

use stripout_model::{BrandId, MakerId, ModelId};

use crate::Catalogue;

/// One self-test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example<'a> {
    pub owner: OwnerId<'a>,
    pub text: &'a str,
    pub expect: Expect,
}

/// Which entry brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerId<'a> {
    Maker(&'a MakerId),
    Brand(&'a BrandId),
    Model(&'a ModelId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    Hit,
    Miss,
}

impl Catalogue {
    /// Every example and counter-example: makers, then labels, then models, each in order of ids.
    pub fn examples(&self) -> impl Iterator<Item = Example<'_>> {
        let makers = self
            .makers
            .iter()
            .flat_map(|(id, m)| both(OwnerId::Maker(id), &m.examples, &m.counter_examples));
        let brands = self
            .brands
            .iter()
            .flat_map(|(id, b)| both(OwnerId::Brand(id), &b.examples, &b.counter_examples));
        let models = self
            .models
            .iter()
            .flat_map(|(id, m)| both(OwnerId::Model(id), &m.examples, &m.counter_examples));
        makers.chain(brands).chain(models)
    }
}

fn both<'a>(
    owner: OwnerId<'a>,
    hits: &'a [String],
    misses: &'a [String],
) -> impl Iterator<Item = Example<'a>> {
    let example = move |expect| move |text: &'a String| Example { owner, text, expect };
    hits.iter()
        .map(example(Expect::Hit))
        .chain(misses.iter().map(example(Expect::Miss)))
}
