//! Rows that belong to records: found by the ids they name, and put there.

use std::collections::HashMap;

use jiff::civil::Date;
use uuid::Uuid;

use super::{Table, words};
use crate::import::gather::{Gathering, add};
use crate::import::item::Item;
use crate::import::parts::{self, Part};
use crate::import::reader::Reader;
use crate::import::records;
use crate::model::{
    Accessibility, Address, AddressKind, Attribute, Contact, CostOption, Funding, Kind, Language,
    Location, LocationId, LocationKind, OrganizationId, OrganizationIdentifier, Phone, Program,
    Record, RequiredDocument, Schedule, ServiceArea, ServiceCapacity, TaxonomyTermId, Unit, Url,
    derive_id,
};

/// The fields by which a row names its owners, the most particular first.
const OWNERS: [(&str, Kind); 4] = [
    ("service_at_location_id", Kind::ServiceAtLocation),
    ("service_id", Kind::Service),
    ("location_id", Kind::Location),
    ("organization_id", Kind::Organization),
];

type Owner = (Kind, Uuid);

/// What rows seen earlier mean to later ones.
#[derive(Debug, Default)]
pub(super) struct Attaching {
    units: HashMap<Uuid, Unit>,
    contacts: HashMap<Uuid, Vec<Owner>>,
    phones: HashMap<Uuid, Vec<Owner>>,
}

impl Attaching {
    /// Attaches a row.
    pub(super) fn row(&mut self, table: Table, item: &Item<'_>, all: &mut Gathering<'_>) {
        match table {
            Table::Contacts => self.contact(item, all),
            Table::Phones => self.phone(item, all),
            Table::Languages => self.language(item, all),
            Table::Addresses => address(item, AddressKind::Physical, all),
            Table::PostalAddresses => address(item, AddressKind::Postal, all),
            Table::Schedules => schedule(item, all),
            Table::HolidaySchedules => holiday(item, all),
            Table::Accessibility => attach(item, all, accessibility_of),
            Table::Identifiers => attach(item, all, identifiers_of),
            Table::Programs => attach(item, all, programs_of),
            Table::CostOptions => attach(item, all, costs_of),
            Table::Funding => attach(item, all, funding_of),
            Table::RequiredDocuments => attach(item, all, documents_of),
            Table::ServiceAreas => attach(item, all, areas_of),
            Table::Urls => attach(item, all, urls_of),
            Table::Eligibility => eligibility(item, all),
            Table::ServiceTaxonomy | Table::Attributes => attribute(item, all),
            Table::PaymentsAccepted => payment(item, all),
            Table::Units => {
                if let Some((id, _)) = all.reader.own_id(item, Unit::KIND)
                    && let Some(unit) = Unit::of(item, id, 0, &mut all.reader)
                {
                    self.units.insert(id, unit);
                }
            }
            Table::Capacities => {
                let unit = all.reader.reference(item, Unit::KIND, &["unit_id"]);
                let unit = unit.and_then(|id| self.units.get(&id).cloned());
                attach_with(
                    item,
                    all,
                    capacities_of,
                    |capacity: &mut ServiceCapacity| {
                        capacity.unit = capacity.unit.take().or_else(|| unit.clone());
                    },
                );
            }
            Table::Organizations
            | Table::Services
            | Table::Locations
            | Table::ServicesAtLocations
            | Table::Taxonomies
            | Table::TaxonomyTerms
            | Table::About => {}
        }
    }

    /// A contact stays even when it says nothing: telephones may name it.
    fn contact(&mut self, item: &Item<'_>, all: &mut Gathering<'_>) {
        let Some(owners) = owners(item, all) else {
            return;
        };
        let own = all.reader.own_id(item, Contact::KIND).map(|(id, _)| id);
        let read = Contact::read(item, own.unwrap_or_default(), &mut all.reader);
        if let Some(id) = own {
            self.contacts.entry(id).or_default().extend(&owners);
        }
        put(&read, own, &owners, all, contacts_of);
    }

    fn phone(&mut self, item: &Item<'_>, all: &mut Gathering<'_>) {
        let own = all.reader.own_id(item, Phone::KIND).map(|(id, _)| id);
        let phone = Phone::read(item, own.unwrap_or_default(), &mut all.reader);
        if phone.number.is_empty() {
            all.reader
                .warn("phone-without-number", item, "number", "left out");
            return;
        }
        let source = all.reader.source;
        let mut attached = false;
        if let Some(contact_id) = all.reader.reference(item, Contact::KIND, &["contact_id"]) {
            for (kind, id) in self.contacts.get(&contact_id).into_iter().flatten() {
                let contact = all
                    .find_mut(*kind, *id)
                    .and_then(contacts_of)
                    .and_then(|contacts| {
                        contacts.iter_mut().find(|contact| contact.id == contact_id)
                    });
                if let Some(contact) = contact {
                    let mut phone = phone.clone();
                    phone.id = own.unwrap_or_else(|| {
                        derive_id(
                            source,
                            Phone::KIND,
                            &format!("{contact_id}/{}", contact.phones.len()),
                        )
                    });
                    add(&mut contact.phones, phone);
                    attached = true;
                }
            }
        }
        let names_others = OWNERS
            .iter()
            .any(|(field, _)| item.find(&[field]).is_some());
        if attached && !names_others {
            return;
        }
        let Some(owners) = owners(item, all) else {
            return;
        };
        if let Some(id) = own {
            self.phones.entry(id).or_default().extend(&owners);
        }
        put(&phone, own, &owners, all, phones_of);
        // Version 1 names one language of the telephone in the row itself.
        if let (Some(name), Some(id)) = (all.reader.text(item, &["language"]), own) {
            let language = Language {
                id: derive_id(all.reader.source, Language::KIND, &format!("{id}/{name}")),
                name: Some(name),
                ..Language::default()
            };
            for (kind, owner) in owners {
                let phone = all
                    .find_mut(kind, owner)
                    .and_then(phones_of)
                    .and_then(|phones| phones.iter_mut().find(|phone| phone.id == id));
                if let Some(phone) = phone {
                    add(&mut phone.languages, language.clone());
                }
            }
        }
    }

    fn language(&self, item: &Item<'_>, all: &mut Gathering<'_>) {
        let phone_id = all.reader.reference(item, Phone::KIND, &["phone_id"]);
        let owners = phone_id.and_then(|id| Some((id, self.phones.get(&id)?)));
        if let Some((phone_id, owners)) = owners {
            for (kind, id) in owners {
                let Some(language) = Language::of(item, phone_id, 0, &mut all.reader) else {
                    return;
                };
                let phone = all
                    .find_mut(*kind, *id)
                    .and_then(phones_of)
                    .and_then(|phones| phones.iter_mut().find(|phone| phone.id == phone_id));
                if let Some(phone) = phone {
                    add(&mut phone.languages, language);
                }
            }
            if !OWNERS
                .iter()
                .any(|(field, _)| item.find(&[field]).is_some())
            {
                return;
            }
        }
        attach(item, all, languages_of);
    }
}

/// Cells that list several things with commas, as Ohana writes them.
pub(super) fn listed_words(item: &Item<'_>, kind: Kind, id: Uuid, all: &mut Gathering<'_>) {
    let derive =
        |kind: &str, word: &str| derive_id(all.reader.source, kind, &format!("{id}/{word}"));
    let languages: Vec<Language> = words(item, "languages")
        .into_iter()
        .map(|word| Language {
            id: derive("language", &word),
            name: Some(word),
            ..Language::default()
        })
        .collect();
    let funding: Vec<Funding> = words(item, "funding_sources")
        .into_iter()
        .map(|word| Funding {
            id: derive("funding", &word),
            source: Some(word),
        })
        .collect();
    let documents: Vec<RequiredDocument> = words(item, "required_documents")
        .into_iter()
        .map(|word| RequiredDocument {
            id: derive("required_document", &word),
            document: Some(word),
            uri: None,
        })
        .collect();
    let areas: Vec<ServiceArea> = words(item, "service_areas")
        .into_iter()
        .map(|word| ServiceArea {
            id: derive("service_area", &word),
            name: Some(word),
            ..ServiceArea::default()
        })
        .collect();
    let accessibility: Vec<Accessibility> = words(item, "accessibility")
        .into_iter()
        .map(|word| Accessibility {
            id: derive("accessibility", &word),
            description: Some(word.replace('_', " ")),
            ..Accessibility::default()
        })
        .collect();
    let terms: Vec<Attribute> = words(item, "taxonomy_ids")
        .into_iter()
        .map(|word| Attribute {
            id: derive("attribute", &word),
            taxonomy_term_id: Some(TaxonomyTermId(all.reader.named("taxonomy_term", &word))),
            ..Attribute::default()
        })
        .collect();
    let Some(record) = all.find_mut(kind, id) else {
        return;
    };
    extend(languages_of(record), languages);
    extend(funding_of(record), funding);
    extend(documents_of(record), documents);
    extend(areas_of(record), areas);
    extend(accessibility_of(record), accessibility);
    if let Record::Service(service) = record {
        for term in terms {
            if !service.attributes.iter().any(|known| known.id == term.id) {
                service.attributes.push(term);
            }
        }
    }
}

fn extend<T: Part>(list: Option<&mut Vec<T>>, parts: Vec<T>) {
    if let Some(list) = list {
        for part in parts {
            add(list, part);
        }
    }
}

/// The records a row names. None, with a rejection, where it names none that is there.
fn owners(item: &Item<'_>, all: &mut Gathering<'_>) -> Option<Vec<Owner>> {
    let mut found = Vec::new();
    let mut missing = Vec::new();
    let mut named = false;
    for (field, kind) in OWNERS {
        let Some((_, written)) = item.find(&[field]) else {
            continue;
        };
        named = true;
        let id = all.reader.named(kind.name(), &written);
        if all.find(kind, id).is_some() {
            found.push((kind, id));
        } else {
            missing.push((field, written));
        }
    }
    if found.is_empty() {
        let fields = OWNERS.map(|(field, _)| field);
        let known: Vec<&str> = fields.into_iter().filter(|field| item.has(field)).collect();
        let (field, reason) = match missing.first() {
            Some((field, written)) => (*field, format!("'{written}' is not in this source")),
            None => (
                known.first().copied().unwrap_or("service_id"),
                "the row does not say what it belongs to".to_owned(),
            ),
        };
        let remedy = if named {
            "add the record it names, or correct the id".to_owned()
        } else {
            format!(
                "fill in {}",
                if known.is_empty() {
                    fields.join(" or ")
                } else {
                    known.join(" or ")
                }
            )
        };
        all.reader.reject(item, field, reason, remedy);
        return None;
    }
    for (field, written) in missing {
        all.reader.warn(
            "reference-unknown",
            item,
            field,
            format!("'{written}' is not in this source"),
        );
    }
    Some(found)
}

fn put<T: Part + Clone>(
    part: &T,
    own: Option<Uuid>,
    owners: &[Owner],
    all: &mut Gathering<'_>,
    list: fn(&mut Record) -> Option<&mut Vec<T>>,
) -> bool {
    let source = all.reader.source;
    let mut attached = false;
    for (kind, id) in owners {
        if let Some(parts) = all.find_mut(*kind, *id).and_then(list) {
            let mut part = part.clone();
            let nth = parts.len();
            part.set_id(own.unwrap_or_else(|| derive_id(source, T::KIND, &format!("{id}/{nth}"))));
            add(parts, part);
            attached = true;
        }
    }
    attached
}

fn attach<T: Part + Clone>(
    item: &Item<'_>,
    all: &mut Gathering<'_>,
    list: fn(&mut Record) -> Option<&mut Vec<T>>,
) {
    attach_with(item, all, list, |_| {});
}

fn attach_with<T: Part + Clone>(
    item: &Item<'_>,
    all: &mut Gathering<'_>,
    list: fn(&mut Record) -> Option<&mut Vec<T>>,
    finish: impl Fn(&mut T),
) {
    let Some(owners) = owners(item, all) else {
        return;
    };
    let own = all.reader.own_id(item, T::KIND).map(|(id, _)| id);
    let mut part = T::read(item, own.unwrap_or_default(), &mut all.reader);
    finish(&mut part);
    if part == T::default() {
        all.reader
            .warn("empty-row", item, T::KIND, "says nothing, left out");
        return;
    }
    if !put(&part, own, &owners, all, list) {
        all.reader.reject(
            item,
            T::KIND,
            "belongs to a record that cannot hold it",
            "name the service or location it is about",
        );
    }
}

/// An address belongs to a location. One of an organization alone becomes a
/// place to write to.
fn address(item: &Item<'_>, kind: AddressKind, all: &mut Gathering<'_>) {
    if item.find(&["location_id"]).is_none()
        && let Some(organization_id) =
            all.reader
                .reference(item, "organization", &["organization_id"])
        && all.find(Kind::Organization, organization_id).is_some()
    {
        let id = derive_id(
            all.reader.source,
            "postal_location",
            &organization_id.to_string(),
        );
        let location = Location {
            id: LocationId(id),
            kind: LocationKind::Postal,
            organization_id: Some(OrganizationId(organization_id)),
            ..Location::default()
        };
        let own = all.reader.own_id(item, Address::KIND).map(|(id, _)| id);
        let mut address = Address::read(item, id, &mut all.reader);
        address.kind = kind;
        all.reader.warn(
            "address-of-organization",
            item,
            "location_id",
            "kept as a place to write to",
        );
        all.put(location, None, item);
        put(&address, own, &[(Kind::Location, id)], all, addresses_of);
        return;
    }
    attach_with(item, all, addresses_of, |address: &mut Address| {
        let empty = Address {
            id: address.id,
            ..Address::default()
        } == *address;
        if !empty && kind == AddressKind::Postal {
            address.kind = kind;
        }
    });
}

fn schedule(item: &Item<'_>, all: &mut Gathering<'_>) {
    let Some(owners) = owners(item, all) else {
        return;
    };
    let own = all.reader.own_id(item, Schedule::KIND).map(|(id, _)| id);
    let schedule = Schedule::read(item, own.unwrap_or_default(), &mut all.reader);
    if parts::says_no_time(&schedule) {
        all.reader.warn(
            "schedule-without-times",
            item,
            "opens_at",
            "says neither open nor closed, left out",
        );
        return;
    }
    put(&schedule, own, &owners, all, schedules_of);
}

/// A day or season that differs. Closed ones carry no weekday and no time, so
/// that nothing reads them as open.
fn holiday(item: &Item<'_>, all: &mut Gathering<'_>) {
    let Some(owners) = owners(item, all) else {
        return;
    };
    let own = all
        .reader
        .own_id(item, "holiday_schedule")
        .map(|(id, _)| id);
    let mut schedule = Schedule::read(item, own.unwrap_or_default(), &mut all.reader);
    let closed = Reader::yes(item, &["closed"]);
    let day = |date: Option<Date>| date.map(|date| date.strftime("%-d %B").to_string());
    let word = if closed { "Closed" } else { "Other hours" };
    // Ohana writes the year 1 for every year.
    let yearly = schedule.valid_from.is_some_and(|date| date.year() <= 1);
    if yearly {
        let (from, to) = (day(schedule.valid_from), day(schedule.valid_to));
        let from = from.unwrap_or_default();
        schedule.description = Some(match to.filter(|to| *to != from) {
            Some(to) => format!("{word} every year from {from} to {to}"),
            None => format!("{word} every year on {from}"),
        });
        (schedule.valid_from, schedule.valid_to) = (None, None);
    } else if schedule.description.is_none() {
        schedule.description = Some(word.to_owned());
    }
    if closed {
        (schedule.opens_at, schedule.closes_at) = (None, None);
    }
    put(&schedule, own, &owners, all, schedules_of);
}

fn eligibility(item: &Item<'_>, all: &mut Gathering<'_>) {
    let Some(owners) = owners(item, all) else {
        return;
    };
    for (kind, id) in owners {
        if let Some(Record::Service(service)) = all.find(kind, id) {
            let mut service = service.clone();
            records::eligibility(item, &mut service, all);
            if let Some(record) = all.find_mut(kind, id) {
                *record = Record::Service(service);
            }
        }
    }
}

/// A term or property of any record: `link_entity` says of which kind, in
/// version 1 `link_type`; where they do not, the id tells.
fn attribute(item: &Item<'_>, all: &mut Gathering<'_>) {
    let owner = match item.find(&["link_id"]) {
        Some((_, written)) => {
            let entity = item
                .find(&["link_entity", "link_type"])
                .map(|(_, entity)| entity.into_owned());
            let kinds = [
                Kind::Service,
                Kind::Organization,
                Kind::Location,
                Kind::ServiceAtLocation,
            ];
            let named = |kind: Kind| (kind, all.reader.named(kind.name(), &written));
            let told = kinds
                .into_iter()
                .filter(|kind| entity.as_deref() == Some(kind.name()));
            let owner = told
                .chain(kinds)
                .map(named)
                .find(|(kind, id)| all.find(*kind, *id).is_some());
            if owner.is_none() {
                all.reader.reject(
                    item,
                    "link_id",
                    format!("'{written}' is not in this source"),
                    "add the record it names, or correct the id",
                );
            }
            owner
        }
        None => owners(item, all).and_then(|owners| owners.first().copied()),
    };
    let Some((kind, id)) = owner else {
        return;
    };
    let nth = all
        .find_mut(kind, id)
        .and_then(attributes_of)
        .map_or(0, |known| known.len());
    let Some(attribute) = records::attribute(item, id, nth, all) else {
        return;
    };
    if let Some(known) = all.find_mut(kind, id).and_then(attributes_of)
        && !known.iter().any(|known| known.id == attribute.id)
    {
        known.push(attribute);
    }
}

fn payment(item: &Item<'_>, all: &mut Gathering<'_>) {
    let Some(owners) = owners(item, all) else {
        return;
    };
    let Some(payment) = all.reader.text(item, &["payment"]) else {
        return;
    };
    for (kind, id) in owners {
        let attribute = Attribute {
            id: derive_id(
                all.reader.source,
                "payment_accepted",
                &format!("{id}/{payment}"),
            ),
            label: Some("accepted_payments".to_owned()),
            value: Some(payment.clone()),
            ..Attribute::default()
        };
        if let Some(attributes) = all.find_mut(kind, id).and_then(attributes_of)
            && !attributes.contains(&attribute)
        {
            attributes.push(attribute);
        }
    }
}

/// For each kind of part, the list of it that a record has.
macro_rules! lists {
    ($($function:ident: $part:ident = $field:ident of $($record:ident)|+;)*) => {$(
        fn $function(record: &mut Record) -> Option<&mut Vec<$part>> {
            match record {
                $(Record::$record(record) => Some(&mut record.$field),)+
                _ => None,
            }
        }
    )*};
}

lists! {
    contacts_of: Contact = contacts of Organization | Service | Location | ServiceAtLocation;
    phones_of: Phone = phones of Organization | Service | Location | ServiceAtLocation;
    schedules_of: Schedule = schedules of Service | Location | ServiceAtLocation;
    languages_of: Language = languages of Service | Location;
    addresses_of: Address = addresses of Location;
    accessibility_of: Accessibility = accessibility of Location;
    identifiers_of: OrganizationIdentifier = identifiers of Organization;
    programs_of: Program = programs of Organization;
    funding_of: Funding = funding of Organization | Service;
    costs_of: CostOption = cost_options of Service;
    documents_of: RequiredDocument = required_documents of Service;
    areas_of: ServiceArea = service_areas of Service | ServiceAtLocation;
    capacities_of: ServiceCapacity = capacities of Service;
    attributes_of: Attribute = attributes of Organization | Service | Location | ServiceAtLocation;
}

fn urls_of(record: &mut Record) -> Option<&mut Vec<Url>> {
    match record {
        Record::Organization(organization) => Some(&mut organization.additional_websites),
        Record::Service(service) => Some(&mut service.additional_urls),
        _ => None,
    }
}
