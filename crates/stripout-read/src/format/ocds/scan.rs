//! Reads a release in one pass over its bytes.

use encoding_rs::UTF_8;
use stripout_model::{Currency, Money};

use super::release::{
    Award, Deal, INITIATION, Ident, Link, Org, Owner, Party, Period, Planning, Release, Roles, TAG, Tender,
    Value,
};
use crate::json::{Container, Cursor, Fault, Scalar, Str, Walk};

type Read = Result<(), Fault>;

/// The keys that are looked for.
const KEYS: &[&[u8]] = &[
    b"CPV",
    b"additionalClassifications",
    b"additionalIdentifiers",
    b"amount",
    b"amountGross",
    b"awardID",
    b"awards",
    b"budget",
    b"buyer",
    b"classification",
    b"contractPeriod",
    b"contracts",
    b"currency",
    b"date",
    b"dateSigned",
    b"description",
    b"documents",
    b"endDate",
    b"id",
    b"identifier",
    b"initiationType",
    b"items",
    b"legalName",
    b"lots",
    b"name",
    b"noticeType",
    b"ocid",
    b"parties",
    b"period",
    b"planning",
    b"procuringEntity",
    b"project",
    b"roles",
    b"scheme",
    b"startDate",
    b"status",
    b"suppliers",
    b"tag",
    b"tender",
    b"title",
    b"url",
    b"value",
];

/// The key as written; one written with escapes is found among those looked for.
#[inline]
fn name(key: Str<'_>) -> &[u8] {
    if key.escaped {
        KEYS.iter()
            .copied()
            .find(|known| key.is(known))
            .unwrap_or_default()
    } else {
        key.raw
    }
}

impl<'a> Release<'a> {
    /// Reads the value of one member of a release, or passes over it when the key is none of OCDS.
    #[inline]
    pub(crate) fn member(&mut self, cursor: &mut Cursor<'a>, key: Str<'a>) -> Read {
        match name(key) {
            b"ocid" => self.ocid = scalar(cursor)?,
            b"id" => self.id = scalar(cursor)?,
            b"date" => self.date = scalar(cursor)?,
            b"title" => self.title = scalar(cursor)?,
            b"tag" => {
                self.sections |= TAG;
                self.tags.clear();
                list(cursor, |cursor| {
                    self.tags.extend(scalar(cursor)?);
                    Ok(())
                })?;
            }
            b"buyer" => {
                self.sections |= 2;
                self.buyer = self.org(cursor)?;
            }
            b"tender" => {
                self.sections |= 4;
                self.tender(cursor)?;
            }
            b"planning" => {
                self.sections |= 8;
                self.planning(cursor)?;
            }
            b"parties" => {
                self.sections |= 16;
                self.parties.clear();
                list(cursor, |cursor| self.party(cursor))?;
            }
            b"awards" => {
                self.sections |= 32;
                self.awards.clear();
                self.forget(|owner| matches!(owner, Owner::Award(_)));
                list(cursor, |cursor| self.award(cursor))?;
            }
            b"contracts" => {
                self.sections |= 64;
                self.contracts.clear();
                self.forget(|owner| matches!(owner, Owner::Contract(_)));
                list(cursor, |cursor| self.contract(cursor))?;
            }
            b"initiationType" => {
                self.sections |= INITIATION;
                self.skip(cursor)?;
            }
            _ => self.skip(cursor)?,
        }
        Ok(())
    }

    fn tender(&mut self, cursor: &mut Cursor<'a>) -> Read {
        self.forget(|owner| owner == Owner::Tender);
        let mut tender = Tender {
            lots: std::mem::take(&mut self.tender.lots),
            ..Tender::default()
        };
        tender.lots.clear();
        self.object(cursor, |release, cursor, key| {
            tender.given = true;
            match name(key) {
                b"title" => tender.title = scalar(cursor)?,
                b"status" => tender.status = scalar(cursor)?,
                b"value" => tender.value = release.value(cursor)?,
                b"contractPeriod" => tender.period = release.period(cursor)?,
                b"procuringEntity" => tender.procuring = release.org(cursor)?,
                b"lots" => {
                    tender.lots.clear();
                    list(cursor, |cursor| {
                        let period = release.lot(cursor)?;
                        tender.lots.push(period);
                        Ok(())
                    })?;
                }
                key => release.shared(cursor, key, Owner::Tender)?,
            }
            Ok(())
        })?;
        self.tender = tender;
        Ok(())
    }

    fn planning(&mut self, cursor: &mut Cursor<'a>) -> Read {
        self.forget(|owner| owner == Owner::Planning);
        let mut planning = Planning::default();
        self.object(cursor, |release, cursor, key| {
            planning.given = true;
            match name(key) {
                b"project" => planning.title = scalar(cursor)?,
                b"budget" => release.object(cursor, |release, cursor, key| {
                    match name(key) {
                        b"amount" => planning.value = release.value(cursor)?,
                        b"project" => planning.title = scalar(cursor)?,
                        _ => release.skip(cursor)?,
                    }
                    Ok(())
                })?,
                key => release.shared(cursor, key, Owner::Planning)?,
            }
            Ok(())
        })?;
        self.planning = planning;
        Ok(())
    }

    fn lot(&mut self, cursor: &mut Cursor<'a>) -> Result<Period<'a>, Fault> {
        let mut period = Period::default();
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"contractPeriod" => period = release.period(cursor)?,
                key => release.shared(cursor, key, Owner::Tender)?,
            }
            Ok(())
        })?;
        Ok(period)
    }

    fn party(&mut self, cursor: &mut Cursor<'a>) -> Read {
        let mut party = Party::default();
        let first = self.identifiers.len();
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"id" => party.org.id = scalar(cursor)?,
                b"name" => party.org.name = scalar(cursor)?,
                b"roles" => {
                    party.roles = Roles::default();
                    list(cursor, |cursor| {
                        if let Some(Scalar::Text(role)) = scalar(cursor)? {
                            party.roles.buyer |= role.is(b"buyer");
                            party.roles.procuring |= role.is(b"procuringEntity");
                            party.roles.supplier |= role.is(b"supplier");
                        }
                        Ok(())
                    })?;
                }
                b"identifier" => {
                    let (ident, legal_name) = release.identifier(cursor)?;
                    party.legal_name = legal_name;
                    release.identifiers.push(ident);
                }
                b"additionalIdentifiers" => list(cursor, |cursor| {
                    let (ident, _) = release.identifier(cursor)?;
                    release.identifiers.push(ident);
                    Ok(())
                })?,
                _ => release.skip(cursor)?,
            }
            Ok(())
        })?;
        party.identifiers = first..self.identifiers.len();
        self.parties.push(party);
        Ok(())
    }

    fn identifier(&mut self, cursor: &mut Cursor<'a>) -> Result<(Ident<'a>, Option<Scalar<'a>>), Fault> {
        let (mut ident, mut legal_name) = (Ident::default(), None);
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"scheme" => ident.scheme = scalar(cursor)?,
                b"id" => ident.id = scalar(cursor)?,
                b"legalName" => legal_name = scalar(cursor)?,
                _ => release.skip(cursor)?,
            }
            Ok(())
        })?;
        Ok((ident, legal_name))
    }

    fn award(&mut self, cursor: &mut Cursor<'a>) -> Read {
        let mut award = Award::default();
        let owner = Owner::Award(self.awards.len());
        let first = self.suppliers.len();
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"id" => award.id = scalar(cursor)?,
                b"title" => award.title = scalar(cursor)?,
                b"status" => award.status = scalar(cursor)?,
                b"date" => award.date = scalar(cursor)?,
                b"value" => award.value = release.value(cursor)?,
                b"contractPeriod" => award.period = release.period(cursor)?,
                b"suppliers" => {
                    release.suppliers.truncate(first);
                    list(cursor, |cursor| {
                        let supplier = release.org(cursor)?;
                        release.suppliers.extend(supplier);
                        Ok(())
                    })?;
                }
                key => release.shared(cursor, key, owner)?,
            }
            Ok(())
        })?;
        award.suppliers = first..self.suppliers.len();
        award.outcome = !award.suppliers.is_empty()
            || award.status.is_some()
            || award.date.is_some()
            || award.value.given()
            || award.period.given();
        self.awards.push(award);
        Ok(())
    }

    fn contract(&mut self, cursor: &mut Cursor<'a>) -> Read {
        let mut deal = Deal::default();
        let owner = Owner::Contract(self.contracts.len());
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"id" => deal.id = scalar(cursor)?,
                b"awardID" => deal.award = scalar(cursor)?,
                b"title" => deal.title = scalar(cursor)?,
                b"status" => deal.status = scalar(cursor)?,
                b"dateSigned" => deal.signed = scalar(cursor)?,
                b"value" => deal.value = release.value(cursor)?,
                b"period" => deal.period = release.period(cursor)?,
                key => release.shared(cursor, key, owner)?,
            }
            Ok(())
        })?;
        deal.outcome =
            deal.status.is_some() || deal.signed.is_some() || deal.value.given() || deal.period.given();
        self.contracts.push(deal);
        Ok(())
    }

    /// Members that several sections have.
    fn shared(&mut self, cursor: &mut Cursor<'a>, key: &[u8], owner: Owner) -> Read {
        match key {
            b"classification" => self.classification(cursor, owner),
            b"additionalClassifications" => list(cursor, |cursor| self.classification(cursor, owner)),
            b"items" => list(cursor, |cursor| {
                self.object(cursor, |release, cursor, key| match name(key) {
                    b"classification" => release.classification(cursor, owner),
                    b"additionalClassifications" => {
                        list(cursor, |cursor| release.classification(cursor, owner))
                    }
                    _ => release.skip(cursor),
                })
            }),
            b"documents" => list(cursor, |cursor| self.document(cursor, owner)),
            _ => self.skip(cursor),
        }
    }

    fn classification(&mut self, cursor: &mut Cursor<'a>, owner: Owner) -> Read {
        let mut class = Ident::default();
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"scheme" => class.scheme = scalar(cursor)?,
                b"id" => class.id = scalar(cursor)?,
                _ => release.skip(cursor)?,
            }
            Ok(())
        })?;
        let of_cpv = match class.scheme {
            Some(Scalar::Text(scheme)) => scheme.raw.eq_ignore_ascii_case(b"CPV"),
            Some(_) => false,
            None => true,
        };
        if of_cpv && let Some(id) = class.id {
            self.cpv.push((owner, id));
        }
        Ok(())
    }

    fn document(&mut self, cursor: &mut Cursor<'a>, owner: Owner) -> Read {
        let mut link = Link::default();
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"url" => link.url = scalar(cursor)?,
                b"title" => link.title = scalar(cursor)?,
                b"description" => link.description = scalar(cursor)?,
                b"noticeType" => release.notices.extend(match scalar(cursor)? {
                    Some(Scalar::Text(notice)) => Some(notice),
                    _ => None,
                }),
                _ => release.skip(cursor)?,
            }
            Ok(())
        })?;
        self.documents.push((owner, link));
        Ok(())
    }

    fn org(&mut self, cursor: &mut Cursor<'a>) -> Result<Option<Org<'a>>, Fault> {
        let mut org = None;
        self.object(cursor, |release, cursor, key| {
            let org: &mut Org<'a> = org.get_or_insert_default();
            match name(key) {
                b"id" => org.id = scalar(cursor)?,
                b"name" => org.name = scalar(cursor)?,
                _ => release.skip(cursor)?,
            }
            Ok(())
        })?;
        Ok(org)
    }

    fn value(&mut self, cursor: &mut Cursor<'a>) -> Result<Value<'a>, Fault> {
        let mut value = Value::default();
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"amount" => value.amount = release.amount(cursor)?,
                b"amountGross" => value.gross = release.amount(cursor)?,
                b"currency" => value.currency = scalar(cursor)?,
                _ => release.skip(cursor)?,
            }
            Ok(())
        })?;
        Ok(value)
    }

    fn amount(&mut self, cursor: &mut Cursor<'a>) -> Result<Option<Scalar<'a>>, Fault> {
        let amount = scalar(cursor)?;
        let plain =
            |raw: &[u8]| raw.len() <= 16 && raw.iter().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-'));
        if let Some(amount) = amount
            && !plain(amount.raw())
            && Money::from_decimal(amount.text(UTF_8).trim(), Currency::GBP).is_err()
        {
            self.odd_amounts += 1;
        }
        Ok(amount)
    }

    fn period(&mut self, cursor: &mut Cursor<'a>) -> Result<Period<'a>, Fault> {
        let mut period = Period::default();
        self.object(cursor, |release, cursor, key| {
            match name(key) {
                b"startDate" => period.start = scalar(cursor)?,
                b"endDate" => period.end = scalar(cursor)?,
                _ => release.skip(cursor)?,
            }
            Ok(())
        })?;
        Ok(period)
    }

    /// Reads an object, or passes over what stands in its place.
    #[inline]
    fn object(
        &mut self,
        cursor: &mut Cursor<'a>,
        mut member: impl FnMut(&mut Self, &mut Cursor<'a>, Str<'a>) -> Read,
    ) -> Read {
        if cursor.peek() == Some(b'{') {
            cursor.object(|cursor, key| member(self, cursor, key))
        } else {
            self.skip(cursor)
        }
    }

    /// Passes over a value, but for the notice types in it.
    #[inline]
    fn skip(&mut self, cursor: &mut Cursor<'a>) -> Read {
        match cursor.peek() {
            Some(b'{' | b'[') => cursor.value(&mut Notices {
                found: &mut self.notices,
                next: false,
            }),
            _ => cursor.scalar().map(drop),
        }
    }

    /// Of a section given twice the last counts.
    fn forget(&mut self, which: impl Fn(Owner) -> bool) {
        self.documents.retain(|(owner, _)| !which(*owner));
        self.cpv.retain(|(owner, _)| !which(*owner));
    }
}

impl Value<'_> {
    pub(super) fn given(&self) -> bool {
        self.amount.is_some() || self.gross.is_some()
    }
}

impl Period<'_> {
    pub(super) fn given(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }
}

/// Finds `noticeType` wherever it stands.
struct Notices<'t, 'a> {
    found: &'t mut Vec<Str<'a>>,
    next: bool,
}

impl<'a> Walk<'a> for Notices<'_, 'a> {
    #[inline]
    fn key(&mut self, key: Str<'a>) {
        self.next = key.is(b"noticeType");
    }

    #[inline]
    fn text(&mut self, text: Str<'a>) {
        if self.next {
            self.found.push(text);
            self.next = false;
        }
    }

    #[inline]
    fn enter(&mut self, container: Container) {
        // A list of types is as good as one.
        self.next &= container == Container::Array;
    }
}

/// A value that is no container; a container, like `null`, reads as nothing.
#[inline]
fn scalar<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Scalar<'a>>, Fault> {
    match cursor.peek() {
        Some(b'{' | b'[') => cursor.value(&mut crate::json::Ignore).map(|()| None),
        _ => cursor.scalar(),
    }
}

/// A list, or the one element that stands in its place.
#[inline]
fn list<'a>(cursor: &mut Cursor<'a>, mut element: impl FnMut(&mut Cursor<'a>) -> Read) -> Read {
    match cursor.peek() {
        Some(b'[') => cursor.array(element),
        Some(b'n') => cursor.scalar().map(drop),
        _ => element(cursor),
    }
}
