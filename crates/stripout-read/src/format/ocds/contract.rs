//! From a release to the contracts it tells of.

use encoding_rs::Encoding;
use jiff::civil::Date;
use stripout_model::{Contract, Cpv, Currency, DocumentLink, Identifier, Money, Party, Stage};

use super::release::{Award, Deal, Org, Owner, Period, Release, Value};
use crate::json::Scalar;

/// How much of a contract is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    Whole,
    /// The name of the buyer, the day and the value.
    Counted,
}

impl Release<'_> {
    /// One for each contract or award with an outcome; else one with the stage that the process has come to.
    pub(crate) fn contracts(&self, encoding: &'static Encoding, detail: Detail) -> Vec<Contract> {
        let view = View {
            release: self,
            encoding,
            detail,
        };
        let mut found = Vec::new();
        for (at, award) in self.awards.iter().enumerate().filter(|(_, award)| award.outcome) {
            let deals = || {
                self.contracts
                    .iter()
                    .enumerate()
                    .filter(|(_, deal)| deal.of(award) && deal.outcome)
            };
            let alone = deals().nth(1).is_none();
            let before = found.len();
            found.extend(deals().map(|(i, deal)| view.contract(Some((at, award, alone)), i, deal)));
            if found.len() == before {
                found.push(view.award(at, award));
            }
        }
        let orphans = self.contracts.iter().enumerate();
        let orphans =
            orphans.filter(|(_, deal)| deal.outcome && !self.awards.iter().any(|a| a.outcome && deal.of(a)));
        found.extend(orphans.map(|(i, deal)| view.contract(None, i, deal)));
        if found.is_empty() && self.has_sections() {
            found.push(view.earlier());
        }
        found
    }
}

impl Deal<'_> {
    fn of(&self, award: &Award<'_>) -> bool {
        self.award.is_some() && self.award.map(Scalar::raw) == award.id.map(Scalar::raw)
    }
}

/// Longest description, in bytes, that stands in for the title of a document.
const TITLE: usize = 200;

struct View<'r, 'a> {
    release: &'r Release<'a>,
    encoding: &'static Encoding,
    detail: Detail,
}

impl View<'_, '_> {
    fn award(&self, at: usize, award: &Award<'_>) -> Contract {
        let mut contract = self.base(Stage::Award, &[Owner::Award(at)]);
        contract.value = self.money(award.value);
        contract.signed = self.date(award.date);
        if self.detail == Detail::Counted {
            return contract;
        }
        contract.award = self.text(award.id);
        contract.title = self.text(award.title).or(contract.title);
        contract.suppliers = self.suppliers(award);
        contract.status = self.text(award.status);
        self.period(&mut contract, &[award.period]);
        contract
    }

    /// A contract with the award it rests on; `alone` when no other rests on that award.
    fn contract(&self, award: Option<(usize, &Award<'_>, bool)>, at: usize, deal: &Deal<'_>) -> Contract {
        let mut owners = vec![Owner::Contract(at)];
        owners.extend(award.map(|(at, ..)| Owner::Award(at)));
        let mut contract = self.base(Stage::Contract, &owners);
        contract.value = self.money(deal.value);
        if let Some((_, award, true)) = award {
            contract.value = contract.value.or_else(|| self.money(award.value));
        }
        contract.signed = self.date(deal.signed).or_else(|| self.date(award?.1.date));
        if self.detail == Detail::Counted {
            return contract;
        }
        contract.title = self
            .text(deal.title)
            .or_else(|| self.text(award?.1.title))
            .or(contract.title);
        contract.status = self.text(deal.status);
        contract.suppliers =
            award.map_or_else(|| self.sole_suppliers(), |(_, award, _)| self.suppliers(award));
        // The award's id joins the award notice and the contract notice, unless several contracts would share it.
        contract.award = match award {
            Some((_, award, true)) => self.text(award.id),
            Some(_) => self.text(deal.id),
            None => self.text(deal.award).or_else(|| self.text(deal.id)),
        };
        self.period(
            &mut contract,
            &[
                deal.period,
                award.map(|(_, award, _)| award.period).unwrap_or_default(),
            ],
        );
        contract
    }

    /// A release that tells of no outcome.
    fn earlier(&self) -> Contract {
        let release = self.release;
        let planned =
            |tag: &Scalar<'_>| tag.raw().starts_with(b"planning") || tag.raw().starts_with(b"planned");
        let planning = !release.tender.given
            || (!release.tags.is_empty() && release.tags.iter().all(planned))
            || release
                .tender
                .status
                .is_some_and(|s| matches!(s.raw(), b"planning" | b"planned"));
        let mut contract = self.base(if planning { Stage::Planning } else { Stage::Tender }, &[]);
        contract.value = self
            .money(release.tender.value)
            .or_else(|| self.money(release.planning.value));
        if self.detail == Detail::Counted {
            return contract;
        }
        contract.status = self.text(release.tender.status);
        self.period(&mut contract, &[]);
        contract
    }

    /// What all contracts of a release share.
    fn base(&self, stage: Stage, owners: &[Owner]) -> Contract {
        let release = self.release;
        if self.detail == Detail::Counted {
            return Contract {
                released: self.text(release.date),
                buyer: self.buyer(),
                ..Contract::default()
            };
        }
        let ours = |owner: &Owner| matches!(owner, Owner::Tender | Owner::Planning) || owners.contains(owner);
        let mut contract = Contract {
            ocid: self
                .text(release.ocid)
                .filter(|ocid| usable_ocid(ocid))
                .unwrap_or_default(),
            release: self.text(release.id),
            released: self.text(release.date),
            stage,
            title: [release.tender.title, release.title, release.planning.title]
                .into_iter()
                .find_map(|title| self.text(title)),
            buyer: self.buyer(),
            tags: release
                .tags
                .iter()
                .filter_map(|tag| self.text(Some(*tag)))
                .collect(),
            ..Contract::default()
        };
        for notice in &release.notices {
            let notice = notice.text(self.encoding);
            if !contract.notices.iter().any(|known| *known == notice) {
                contract.notices.push(notice.into_owned());
            }
        }
        for (_, code) in release.cpv.iter().filter(|(owner, _)| ours(owner)) {
            if let Some(code) = cpv(&code.text(self.encoding))
                && !contract.cpv.contains(&code)
            {
                contract.cpv.push(code);
            }
        }
        for (_, link) in release.documents.iter().filter(|(owner, _)| ours(owner)) {
            if let Some(url) = self.text(link.url) {
                let short = link.description.filter(|text| text.raw().len() <= TITLE);
                let title = self.text(link.title.or(short));
                contract.documents.push(DocumentLink { url, title });
            }
        }
        contract
    }

    /// Fills in the first start and end given; the tender's, or those of its only lot, where no other is.
    fn period(&self, contract: &mut Contract, own: &[Period<'_>]) {
        let tender = &self.release.tender;
        let lot = if let [only] = tender.lots.as_slice() {
            *only
        } else {
            Period::default()
        };
        let periods = || own.iter().copied().chain([tender.period, lot]);
        contract.start = periods().find_map(|p| self.date(p.start));
        contract.end = periods().find_map(|p| self.date(p.end));
    }

    fn buyer(&self) -> Option<Party> {
        let release = self.release;
        let with = |role: fn(&super::release::Party<'_>) -> bool| {
            release.parties.iter().find(|p| role(p)).map(|p| p.org)
        };
        let named = |org: &Org<'_>| self.says(org.name) || self.says(org.id);
        release
            .buyer
            .filter(named)
            .or_else(|| with(|p| p.roles.buyer))
            .or(release.tender.procuring.filter(named))
            .or_else(|| with(|p| p.roles.procuring))
            .and_then(|org| self.party(org))
    }

    fn suppliers(&self, award: &Award<'_>) -> Vec<Party> {
        let given = self
            .release
            .suppliers
            .get(award.suppliers.clone())
            .unwrap_or_default();
        let named: Vec<Party> = given.iter().filter_map(|org| self.party(*org)).collect();
        if named.is_empty() && self.release.awards.len() == 1 {
            self.sole_suppliers()
        } else {
            named
        }
    }

    /// The parties that are suppliers, for a release where they can only be of this one award.
    fn sole_suppliers(&self) -> Vec<Party> {
        let suppliers = self.release.parties.iter().filter(|party| party.roles.supplier);
        suppliers.filter_map(|party| self.party(party.org)).collect()
    }

    /// An organisation with what `parties` knows of it; `None` when nobody says its name.
    fn party(&self, org: Org<'_>) -> Option<Party> {
        let id = org.id.map(Scalar::raw);
        let party = self
            .release
            .parties
            .iter()
            .find(|p| id.is_some() && p.org.id.map(Scalar::raw) == id);
        let name = [
            org.name,
            party.and_then(|p| p.org.name),
            party.and_then(|p| p.legal_name),
        ]
        .into_iter()
        .find_map(|name| self.text(name))?;
        if self.detail == Detail::Counted {
            return Some(Party {
                name,
                identifiers: Vec::new(),
            });
        }
        let stated = party
            .and_then(|p| self.release.identifiers.get(p.identifiers.clone()))
            .unwrap_or_default();
        let mut identifiers = Vec::new();
        let stated = stated
            .iter()
            .filter_map(|i| Some((self.text(i.scheme).unwrap_or_default(), self.text(i.id)?)));
        let in_id = self.text(org.id).and_then(|id| scheme_in_id(&id));
        for (scheme, id) in stated.chain(in_id) {
            let identifier = identifier(&scheme, &id);
            if !identifiers.contains(&identifier) {
                identifiers.push(identifier);
            }
        }
        Some(Party { name, identifiers })
    }

    /// Net before gross.
    fn money(&self, value: Value<'_>) -> Option<Money> {
        let currency: Currency = value.currency?.text(self.encoding).parse().ok()?;
        [value.amount, value.gross]
            .into_iter()
            .flatten()
            .find_map(|amount| match amount {
                Scalar::Bool(_) => None,
                amount => Money::from_decimal(amount.text(self.encoding).trim(), currency).ok(),
            })
    }

    fn date(&self, date: Option<Scalar<'_>>) -> Option<Date> {
        date?.text(self.encoding).trim().get(..10)?.parse().ok()
    }

    fn says(&self, scalar: Option<Scalar<'_>>) -> bool {
        scalar.is_some_and(|scalar| !scalar.text(self.encoding).trim().is_empty())
    }

    /// A text that says something.
    fn text(&self, scalar: Option<Scalar<'_>>) -> Option<String> {
        let text = scalar?.text(self.encoding);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            None
        } else {
            Some(trimmed.into())
        }
    }
}

/// An ocid with something after its prefix: publishers hand out the bare prefix when theirs is missing.
fn usable_ocid(ocid: &str) -> bool {
    match ocid.strip_prefix("ocds-") {
        Some(rest) => rest
            .split_once('-')
            .is_some_and(|(_, process)| !process.is_empty()),
        None => true,
    }
}

/// The eight digits of a CPV code, whether it came as `32323500-8`, `32323500` or as a number without its first zero.
fn cpv(text: &str) -> Option<Cpv> {
    let text = text.trim();
    let (code, check) = text.split_once('-').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let plausible = (7..=8).contains(&code.len()) && digits(code) && digits(check) && check.len() <= 1;
    plausible.then(|| Cpv(format!("{code:0>8}")))
}

/// `GB-COH` and `04215917` of `GB-COH-04215917`.
fn scheme_in_id(id: &str) -> Option<(String, String)> {
    let mut parts = id.splitn(3, '-');
    let (country, register, number) = (parts.next()?, parts.next()?, parts.next()?);
    let capitals = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_uppercase());
    (country.len() == 2 && capitals(country) && capitals(register) && !number.is_empty())
        .then(|| (format!("{country}-{register}"), number.into()))
}

/// Company numbers are brought to their eight characters; what cannot be one loses the scheme that it does not fit.
fn identifier(scheme: &str, id: &str) -> Identifier {
    if !scheme.eq_ignore_ascii_case(COMPANIES) {
        return Identifier {
            scheme: scheme.into(),
            id: id.into(),
        };
    }
    match company_number(id) {
        Some(number) => Identifier {
            scheme: COMPANIES.into(),
            id: number,
        },
        None => Identifier {
            scheme: String::new(),
            id: id.into(),
        },
    }
}

/// The register of UK companies, by its org-id.guide code.
const COMPANIES: &str = "GB-COH";

fn company_number(id: &str) -> Option<String> {
    let id: String = id
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_uppercase();
    let split = id.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (prefix, digits) = id.split_at_checked(split)?;
    let room = 8usize.checked_sub(prefix.len())?;
    let fits = matches!(prefix.len(), 0 | 2)
        && (1..=room).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.bytes().any(|b| b != b'0');
    fits.then(|| format!("{prefix}{digits:0>room$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn company_numbers_get_their_zeros() {
        for (given, scheme, id) in [
            ("158718", "GB-COH", "00158718"),
            ("7689604", "GB-COH", "07689604"),
            ("04215917", "GB-COH", "04215917"),
            ("sc 12345", "GB-COH", "SC012345"),
            ("NI043067", "GB-COH", "NI043067"),
            ("458577871", "", "458577871"),
            ("none", "", "none"),
            ("0", "", "0"),
        ] {
            assert_eq!(
                identifier("GB-COH", given),
                Identifier {
                    scheme: scheme.into(),
                    id: id.into()
                }
            );
        }
    }

    #[test]
    fn cpv_codes_lose_their_check_digit() {
        for (given, want) in [
            ("32323500-8", Some("32323500")),
            ("32323500", Some("32323500")),
            ("3000000", Some("03000000")),
            ("323235", None),
            ("IA01-6", None),
        ] {
            assert_eq!(cpv(given), want.map(|code| Cpv(code.into())), "{given}");
        }
    }
}
