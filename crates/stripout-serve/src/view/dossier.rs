//! What the catalogue says of makers, labels and instruments, of it what this audience may be told: nothing that is only
//! recalled stands on a public page, and no claim without its reply.

use serde::Serialize;
use stripout_catalogue::{
    Brand, Claim, MadeBy, Maker, Policy, Provision, Reply, Restriction, StateShare, Verification,
};
use stripout_model::{BrandId, MakerId};

use super::View;

/// Who published what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Cited {
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) date: Option<String>,
}

/// All that may be told of a maker.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Dossier<'v> {
    pub(crate) maker: &'v Maker,
    pub(crate) parent: Option<&'v Maker>,
    pub(crate) shares: Vec<&'v StateShare>,
    pub(crate) restrictions: Vec<&'v Restriction>,
    pub(crate) labels: Vec<(&'v Brand, &'v MadeBy)>,
    /// Without replies that may not be told.
    pub(crate) claims: Vec<Claim>,
}

impl View {
    /// How a fact was checked decides who may be told of it.
    pub(crate) fn may_state(&self, verification: Verification) -> bool {
        self.is_private() || verification.is_first_hand()
    }

    pub(crate) fn may_tell(&self, relation: &MadeBy) -> bool {
        self.is_private() || relation.publish
    }

    /// What nobody opened is no ground for words in somebody's mouth.
    fn may_repeat(&self, reply: &Reply) -> bool {
        let recalled = Verification::Recalled.as_str();
        self.is_private() || reply.sources.iter().any(|source| source != recalled)
    }

    /// Words of the catalogue without the parts that are marked as only recalled.
    fn read_parts(&self, words: &str) -> String {
        let read = |part: &&str| self.is_private() || !part.trim_end().ends_with("(recalled)");
        words.split(';').filter(read).collect::<Vec<_>>().join(";")
    }

    /// An instrument that nobody opened is told to nobody outside; neither is a clause that nobody read.
    fn may_tell_of(&self, policy: &Policy) -> bool {
        let read = |it: Verification| it != Verification::Recalled;
        self.is_private() || policy.sources.iter().any(|source| read(source.verification))
    }

    pub(crate) fn may_tell_clause(&self, provision: &Provision) -> bool {
        self.is_private() || provision.verification != Verification::Recalled
    }

    /// Instruments that may be told of, by id.
    pub(crate) fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.catalogue()
            .policies
            .values()
            .filter(|it| self.may_tell_of(it))
    }

    pub(crate) fn policy(&self, id: &str) -> Option<&Policy> {
        self.catalogue()
            .policies
            .get(id)
            .filter(|it| self.may_tell_of(it))
    }

    /// Makers that may be named, by label.
    pub(crate) fn makers(&self) -> Vec<&Maker> {
        let makers = self.catalogue().makers.values();
        let mut makers: Vec<&Maker> = makers
            .filter(|maker| self.may_state(maker.verification))
            .collect();
        makers.sort_by_key(|maker| (maker.label.to_lowercase(), &maker.id));
        makers
    }

    pub(crate) fn maker(&self, id: &MakerId) -> Option<&Maker> {
        let maker = self.catalogue().makers.get(id);
        maker.filter(|maker| self.may_state(maker.verification))
    }

    /// Labels of which something may be told, by name.
    pub(crate) fn labels(&self) -> Vec<&Brand> {
        let brands = self.catalogue().brands.values();
        let told = |brand: &&Brand| brand.made_by.iter().any(|it| self.may_tell(it));
        let mut brands: Vec<&Brand> = brands.filter(told).collect();
        brands.sort_by_key(|brand| (brand.label.to_lowercase(), &brand.id));
        brands
    }

    /// A label of which something may be told.
    pub(crate) fn label(&self, id: &BrandId) -> Option<&Brand> {
        let brand = self.catalogue().brands.get(id);
        brand.filter(|brand| brand.made_by.iter().any(|it| self.may_tell(it)))
    }

    pub(crate) fn dossier(&self, id: &MakerId) -> Option<Dossier<'_>> {
        let maker = self.maker(id)?;
        let catalogue = self.catalogue();
        let named = |(of, it): &(Option<&Maker>, &Restriction)| {
            of.is_some_and(|of| of.id == *id) || it.also.contains(id)
        };
        let mut restrictions: Vec<&Restriction> = catalogue
            .restrictions()
            .filter(named)
            .map(|(_, it)| it)
            .filter(|it| self.may_state(it.verification))
            .collect();
        restrictions.sort_by_key(|it| (it.effective.as_ref().or(it.adopted.as_ref()), &it.id));
        let labels = self.labels().into_iter().flat_map(|brand| {
            let of = brand
                .made_by
                .iter()
                .filter(|it| it.maker.as_ref() == Some(id) && self.may_tell(it));
            of.map(move |it| (brand, it))
        });
        let claims = catalogue.claims.values();
        Some(Dossier {
            parent: maker.parent.as_ref().and_then(|id| self.maker(id)),
            shares: maker
                .state_shares
                .iter()
                .filter(|it| self.may_state(it.verification))
                .collect(),
            labels: labels.collect(),
            claims: claims
                .filter(|it| it.makers.contains(id) && self.may_state(it.verification))
                .map(|it| Claim {
                    claimed_by: self.read_parts(&it.claimed_by),
                    reply: it
                        .reply
                        .clone()
                        .filter(|reply| self.may_repeat(reply))
                        .map(|reply| Reply {
                            text: self.read_parts(&reply.text),
                            ..reply
                        }),
                    ..it.clone()
                })
                .collect(),
            restrictions,
            maker,
        })
    }

    /// Sources by their ids.
    pub(crate) fn cited<'a>(&self, ids: impl IntoIterator<Item = &'a String>) -> Vec<Cited> {
        let citations = &self.catalogue().citations;
        let known = ids.into_iter().filter_map(|id| citations.get(id));
        known
            .map(|it| Cited {
                title: it.title.clone(),
                url: it.url.clone().filter(|url| url.starts_with("https://")),
                date: it.date.clone(),
            })
            .collect()
    }
}
