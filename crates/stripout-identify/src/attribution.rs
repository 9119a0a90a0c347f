//! Whom a spelling or a model number leads to, and how well that is established.

use std::collections::HashMap;

use stripout_catalogue::{Brand, Catalogue, Certainty, MadeBy, Relation, Verification};
use stripout_model::{BrandId, MakerId};

use crate::normal::Normal;

/// Index into `Attributions`.
pub(crate) type OwnerIndex = usize;

/// A maker, or a label of it.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    /// The head of the group that makes it.
    pub(crate) maker: MakerId,
    pub(crate) maker_label: String,
    pub(crate) brand: Option<BrandId>,
    pub(crate) label: String,
    /// Makers outside the scope are recognised so that the text is understood, and not reported.
    pub(crate) reported: bool,
    /// `None` for the maker's own name.
    pub(crate) tie: Option<Tie>,
    /// Words of the registered name: before and after the short name, in the order they are written.
    pub(crate) legal: LegalName,
}

/// What ties a label to its maker.
#[derive(Debug, Clone)]
pub(crate) struct Tie {
    pub(crate) relation: Relation,
    pub(crate) certainty: Certainty,
    pub(crate) verification: Verification,
    pub(crate) wording: String,
    pub(crate) lines: String,
    pub(crate) from: Option<String>,
    pub(crate) until: Option<String>,
    /// Labels of other makers that sources name for the same label.
    pub(crate) others: Vec<String>,
}

/// The words of registered names around the short one.
#[derive(Debug, Clone, Default)]
pub(crate) struct LegalName {
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
    /// The whole name in its own script, where that is written without spaces.
    pub(crate) local: Option<String>,
}

/// All owners of spellings.
#[derive(Debug, Default)]
pub(crate) struct Attributions {
    pub(crate) owners: Vec<Owner>,
    makers: HashMap<MakerId, OwnerIndex>,
    brands: HashMap<BrandId, OwnerIndex>,
}

impl Attributions {
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let mut made = Self::default();
        for id in catalogue.makers.keys() {
            made.add_maker(catalogue, id);
        }
        for brand in catalogue.brands.values() {
            made.add_brand(catalogue, brand);
        }
        made
    }

    /// For a list of names that is not a catalogue: each its own maker.
    pub(crate) fn add_plain(&mut self, maker: MakerId, label: &str) -> OwnerIndex {
        self.owners.push(Owner {
            maker_label: label.to_owned(),
            label: label.to_owned(),
            brand: None,
            reported: true,
            tie: None,
            legal: LegalName::default(),
            maker: maker.clone(),
        });
        let index = self.owners.len() - 1;
        self.makers.insert(maker, index);
        index
    }

    pub(crate) fn maker(&self, id: &MakerId) -> Option<OwnerIndex> {
        self.makers.get(id).copied()
    }

    /// `None` where no maker is established for the label.
    pub(crate) fn brand(&self, id: &BrandId) -> Option<OwnerIndex> {
        self.brands.get(id).copied()
    }

    pub(crate) fn owner(&self, index: OwnerIndex) -> Option<&Owner> {
        self.owners.get(index)
    }

    /// The same number for all owners whose maker is the same.
    pub(crate) fn group(&self, index: OwnerIndex) -> usize {
        let maker = self.owner(index).map(|o| &o.maker);
        self.owners
            .iter()
            .position(|o| Some(&o.maker) == maker)
            .unwrap_or(index)
    }

    fn add_maker(&mut self, catalogue: &Catalogue, id: &MakerId) {
        let Some(maker) = catalogue.makers.get(id) else {
            return;
        };
        let head = group_head(catalogue, id);
        let legal = legal_name(&maker.label, &maker.legal_name, maker.legal_name_local.as_deref());
        self.owners.push(Owner {
            maker_label: label(catalogue, &head),
            label: maker.label.clone(),
            brand: None,
            reported: reported(catalogue, &head),
            tie: None,
            legal,
            maker: head,
        });
        self.makers.insert(id.clone(), self.owners.len() - 1);
    }

    fn add_brand(&mut self, catalogue: &Catalogue, brand: &Brand) {
        let Some(made_by) = brand.maker() else { return };
        let Some(maker) = &made_by.maker else { return };
        let head = group_head(catalogue, maker);
        let maker_label = label(catalogue, &head);
        let others = brand
            .made_by
            .iter()
            .filter_map(|m| m.maker.as_ref())
            .map(|m| group_head(catalogue, m));
        let mut others: Vec<String> = others
            .filter(|m| *m != head)
            .map(|m| label(catalogue, &m))
            .collect();
        others.dedup();
        self.owners.push(Owner {
            reported: reported(catalogue, &head),
            maker: head,
            maker_label,
            brand: Some(brand.id.clone()),
            label: brand.label.clone(),
            tie: Some(tie(made_by, others)),
            legal: LegalName::default(),
        });
        self.brands.insert(brand.id.clone(), self.owners.len() - 1);
    }
}

fn tie(made_by: &MadeBy, others: Vec<String>) -> Tie {
    Tie {
        relation: made_by.relation,
        certainty: made_by.certainty,
        verification: made_by.verification,
        wording: made_by.wording.clone(),
        lines: made_by.lines.clone(),
        from: made_by.from.clone(),
        until: made_by.until.clone(),
        others,
    }
}

/// Follows parents up; a maker that two entries name as each other's parent stays what it is.
fn group_head(catalogue: &Catalogue, id: &MakerId) -> MakerId {
    let mut head = id;
    for _ in 0..8 {
        match catalogue.makers.get(head).and_then(|m| m.parent.as_ref()) {
            Some(parent) if parent != id => head = parent,
            _ => break,
        }
    }
    head.clone()
}

fn label(catalogue: &Catalogue, id: &MakerId) -> String {
    catalogue
        .makers
        .get(id)
        .map_or_else(|| id.to_string(), |m| m.label.clone())
}

fn reported(catalogue: &Catalogue, id: &MakerId) -> bool {
    let outside = &catalogue.words.context.unreported_jurisdictions;
    catalogue
        .makers
        .get(id)
        .is_none_or(|m| !outside.contains(&m.jurisdiction))
}

/// Splits a registered name at the short one.
fn legal_name(short: &str, legal: &str, local: Option<&str>) -> LegalName {
    let mut parts = LegalName::default();
    let lower = legal.to_lowercase();
    if let Some((before, after)) = lower.split_once(&short.to_lowercase()) {
        parts.before.extend(words(before));
        parts.after.extend(words(after));
    }
    parts.local = local.map(|l| Normal::new(l).text);
    parts
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
}
