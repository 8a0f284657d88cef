//! Organizations, services, locations and terms out of items, whether rows or
//! objects with all else nested in them.

use uuid::Uuid;

use super::gather::{Gathering, add};
use super::item::Item;
use super::parts::{self, Part};
use super::repair;
use crate::model::{
    Accessibility, Address, AddressKind, Attribute, Contact, CostOption, Funding, Kind, Location,
    LocationId, LocationKind, Organization, OrganizationId, OrganizationIdentifier, Program,
    Record, RequiredDocument, Schedule, Service, ServiceArea, ServiceAtLocation,
    ServiceAtLocationId, ServiceCapacity, ServiceId, Taxonomy, TaxonomyId, TaxonomyTerm,
    TaxonomyTermId, Url, derive_id,
};

/// How an item was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// It has a row or a list item of its own.
    Listed,
    /// It stands inside another.
    Nested,
}

fn keep(
    record: impl Into<Record>,
    foreign: Option<String>,
    item: &Item<'_>,
    met: Met,
    all: &mut Gathering<'_>,
) {
    match met {
        Met::Listed => all.list(record, foreign, item),
        Met::Nested => all.put(record, foreign, item),
    }
}

/// An item's id, or one derived from its name. None, with a rejection, where it has neither.
fn id_of(
    item: &Item<'_>,
    kind: &str,
    name: Option<&str>,
    all: &mut Gathering<'_>,
) -> Option<(Uuid, Option<String>)> {
    if let Some(known) = all.reader.own_id(item, kind) {
        return Some(known);
    }
    let Some(name) = name else {
        all.reader.reject(
            item,
            "id",
            format!("a {kind} without an id"),
            "give each row an id of its own",
        );
        return None;
    };
    all.reader.warn(
        "id-derived",
        item,
        "id",
        format!("no id; one is derived from the name '{name}'"),
    );
    Some((
        derive_id(all.reader.source, kind, &format!("name:{name}")),
        None,
    ))
}

/// Reads an organization with its services. None where it is no more than a
/// pointer or cannot be used; the id then still stands for what it points to.
pub(super) fn organization(
    item: &Item<'_>,
    met: Met,
    all: &mut Gathering<'_>,
) -> Option<OrganizationId> {
    let name = all.reader.text(item, &["name"]);
    let (id, foreign) = id_of(item, "organization", name.as_deref(), all)?;
    let Some(name) = name else {
        if met == Met::Listed {
            all.reader.reject(
                item,
                "name",
                "an organization without a name",
                "give it a name",
            );
            return None;
        }
        // Nothing but an id: the organization itself stands elsewhere.
        return Some(OrganizationId(id));
    };
    let attributes = attributes(item, id, all);
    let reader = &mut all.reader;
    let year = reader
        .text(item, &["year_incorporated"])
        .and_then(|year| year.parse().ok());
    let year = year.or_else(|| {
        reader
            .date(item, &["date_incorporated"])
            .map(|date| i32::from(date.year()))
    });
    let mut identifiers = OrganizationIdentifier::all(
        item,
        &["organization_identifiers", "identifiers"],
        id,
        reader,
    );
    for (field, scheme, kind) in [
        ("charity_number", "GB-CHC", "Charity number"),
        ("company_number", "GB-COH", "Company number"),
    ] {
        if let Some(number) = reader.text(item, &[field]) {
            identifiers.push(OrganizationIdentifier {
                id: derive_id(reader.source, field, &id.to_string()),
                scheme: Some(scheme.to_owned()),
                kind: kind.to_owned(),
                identifier: number,
            });
        }
    }
    let organization = Organization {
        id: OrganizationId(id),
        name,
        alternate_name: reader.text(item, &["alternate_name"]),
        description: reader.text(item, &["description"]),
        email: reader.email(item, &["email"]),
        website: reader.url(item, &["website", "url"]),
        additional_websites: Url::all(item, &["additional_websites"], id, reader),
        tax_status: reader.text(item, &["tax_status"]),
        tax_id: reader.text(item, &["tax_id"]),
        year_incorporated: year,
        legal_status: reader.text(item, &["legal_status"]),
        logo: reader.url(item, &["logo"]),
        uri: reader.text(item, &["uri"]),
        parent_organization_id: reader
            .reference(item, "organization", &["parent_organization_id"])
            .map(OrganizationId),
        identifiers,
        programs: Program::all(item, &["programs"], id, reader),
        funding: Funding::all(item, &["funding", "fundings"], id, reader),
        contacts: Contact::all(item, &["contacts"], id, reader),
        phones: parts::phones(item, id, reader),
        attributes,
    };
    keep(organization, foreign, item, met, all);
    for inner in item.list(&["services"]) {
        service(&inner, Some(OrganizationId(id)), Met::Nested, all);
    }
    for inner in item.list(&["locations"]) {
        if let Some(location_id) = location(&inner, Met::Nested, all)
            && let Some(Record::Location(location)) = all.find_mut(Kind::Location, location_id.0)
            && location.organization_id.is_none()
        {
            location.organization_id = Some(OrganizationId(id));
        }
    }
    Some(OrganizationId(id))
}

/// Reads a service with its organization and places.
pub(super) fn service(
    item: &Item<'_>,
    within: Option<OrganizationId>,
    met: Met,
    all: &mut Gathering<'_>,
) -> Option<ServiceId> {
    let name = all.reader.text(item, &["name"]);
    let (id, foreign) = id_of(item, "service", name.as_deref(), all)?;
    let Some(name) = name else {
        if met == Met::Listed {
            all.reader
                .reject(item, "name", "a service without a name", "give it a name");
            return None;
        }
        return Some(ServiceId(id));
    };
    let nested = item
        .inside(&["organization"])
        .and_then(|inner| organization(&inner, Met::Nested, all));
    let mut attributes = attributes(item, id, all);
    own_words(item, id, &mut attributes, all);
    let program = item.inside(&["program"]);
    let reader = &mut all.reader;
    let program = program.and_then(|inner| Program::of(&inner, id, 0, reader));
    let organization_id = reader
        .reference(item, "organization", &["organization_id"])
        .map(OrganizationId)
        .or(nested)
        .or(within);
    let program_id = reader
        .reference(item, "program", &["program_id"])
        .or(program.as_ref().map(|program| program.id));
    let mut schedules = Schedule::all(
        item,
        &["schedules", "regular_schedules", "holiday_schedules"],
        id,
        reader,
    );
    schedules.retain(|schedule| !parts::says_no_time(schedule));
    let eligibility = item.list(&["eligibilitys", "eligibilities", "eligibility"]);
    let mut service = Service {
        id: ServiceId(id),
        organization_id,
        program_id,
        name,
        alternate_name: reader.text(item, &["alternate_name"]),
        description: reader.text(item, &["description"]),
        url: reader.url(item, &["url", "website"]),
        additional_urls: Url::all(item, &["additional_urls"], id, reader),
        email: reader.email(item, &["email"]),
        status: reader
            .value(item, &["status"], "status-dropped", repair::status)
            .unwrap_or_default(),
        interpretation_services: reader.text(item, &["interpretation_services"]),
        application_process: reader.text(item, &["application_process"]),
        fees_description: reader.text(item, &["fees_description", "fees"]),
        wait_time: reader.text(item, &["wait_time"]),
        accreditations: reader.text(item, &["accreditations"]),
        licenses: reader.text(item, &["licenses"]),
        eligibility_description: if eligibility.is_empty() {
            reader.text(
                item,
                &["eligibility_description", "eligibility", "audience"],
            )
        } else {
            reader.text(item, &["eligibility_description"])
        },
        minimum_age: reader.number(item, &["minimum_age"]),
        maximum_age: reader.number(item, &["maximum_age"]),
        assured_date: reader.date(item, &["assured_date"]),
        assurer_email: reader.email(item, &["assurer_email"]),
        alert: reader.text(item, &["alert"]),
        last_modified: reader.timestamp(item, &["last_modified"]),
        phones: parts::phones(item, id, reader),
        schedules,
        service_areas: ServiceArea::all(item, &["service_areas"], id, reader),
        languages: parts::languages(item, id, reader),
        funding: Funding::all(item, &["funding", "fundings"], id, reader),
        cost_options: CostOption::all(item, &["cost_options"], id, reader),
        required_documents: RequiredDocument::all(item, &["required_documents"], id, reader),
        contacts: Contact::all(item, &["contacts"], id, reader),
        capacities: ServiceCapacity::all(
            item,
            &["capacities", "service_capacities", "service_capacity"],
            id,
            reader,
        ),
        attributes,
    };
    for inner in &eligibility {
        self::eligibility(inner, &mut service, all);
    }
    keep(service, foreign, item, met, all);
    if let (Some(program), Some(owner)) = (program, organization_id)
        && let Some(Record::Organization(owner)) = all.find_mut(Kind::Organization, owner.0)
    {
        add(&mut owner.programs, program);
    }
    places(item, ServiceId(id), all);
    Some(ServiceId(id))
}

/// Reads the places nested in a service.
fn places(item: &Item<'_>, id: ServiceId, all: &mut Gathering<'_>) {
    for inner in item.list(&[
        "service_at_locations",
        "services_at_locations",
        "service_at_location",
    ]) {
        service_at_location(&inner, Some(id), None, Met::Nested, all);
    }
    // Some version 1 feeds leave the link out.
    for inner in item.list(&["locations", "location"]) {
        if let Some(location_id) = location(&inner, Met::Nested, all) {
            link(id, location_id, &inner, all);
        }
    }
}

/// Fields of version 1 for what version 3 calls attributes.
fn own_words(item: &Item<'_>, id: Uuid, attributes: &mut Vec<Attribute>, all: &mut Gathering<'_>) {
    for (nth, field) in [
        "deliverable_type",
        "attending_type",
        "attending_access",
        "keywords",
        "accepted_payments",
    ]
    .into_iter()
    .enumerate()
    {
        if let Some(value) = all.reader.text(item, &[field]) {
            attributes.push(Attribute {
                id: derive_id(
                    all.reader.source,
                    "attribute",
                    &format!("{id}/{field}/{nth}"),
                ),
                label: Some(field.to_owned()),
                value: Some(value),
                ..Attribute::default()
            });
        }
    }
}

/// Adds what an eligibility row says to a service.
pub(super) fn eligibility(item: &Item<'_>, service: &mut Service, all: &mut Gathering<'_>) {
    let reader = &mut all.reader;
    if let Some(words) = reader.text(item, &["eligibility", "description", "name"]) {
        match &mut service.eligibility_description {
            None => service.eligibility_description = Some(words),
            Some(known) if !known.contains(&words) => {
                known.push('\n');
                known.push_str(&words);
            }
            Some(_) => {}
        }
    }
    if let Some(age) = reader.number(item, &["minimum_age"]) {
        service.minimum_age = Some(service.minimum_age.map_or(age, |known| known.min(age)));
    }
    if let Some(age) = reader.number(item, &["maximum_age"]) {
        service.maximum_age = Some(service.maximum_age.map_or(age, |known| known.max(age)));
    }
}

/// Says that a service is had at a place, where nothing else does.
pub(super) fn link(
    service_id: ServiceId,
    location_id: LocationId,
    item: &Item<'_>,
    all: &mut Gathering<'_>,
) {
    let id = derive_id(
        all.reader.source,
        "service_at_location",
        &format!("{service_id}/{location_id}"),
    );
    let link = ServiceAtLocation {
        id: ServiceAtLocationId(id),
        service_id,
        location_id,
        ..ServiceAtLocation::default()
    };
    all.put(link, None, item);
}

/// Reads a service at a location with the service and the location in it.
pub(super) fn service_at_location(
    item: &Item<'_>,
    service_id: Option<ServiceId>,
    location_id: Option<LocationId>,
    met: Met,
    all: &mut Gathering<'_>,
) -> Option<ServiceAtLocationId> {
    let service_id = service_id
        .or_else(|| {
            item.inside(&["service"])
                .and_then(|inner| service(&inner, None, Met::Nested, all))
        })
        .or_else(|| {
            all.reader
                .reference(item, "service", &["service_id"])
                .map(ServiceId)
        });
    let location_id = location_id
        .or_else(|| {
            item.inside(&["location"])
                .and_then(|inner| location(&inner, Met::Nested, all))
        })
        .or_else(|| {
            all.reader
                .reference(item, "location", &["location_id"])
                .map(LocationId)
        });
    let (Some(service_id), Some(location_id)) = (service_id, location_id) else {
        let field = if service_id.is_none() {
            "service_id"
        } else {
            "location_id"
        };
        all.reader.reject(
            item,
            field,
            format!("a service at a location without {field}"),
            format!("fill in {field}"),
        );
        return None;
    };
    let (id, foreign) = all
        .reader
        .own_id(item, "service_at_location")
        .unwrap_or_else(|| {
            let pair = format!("{service_id}/{location_id}");
            (
                derive_id(all.reader.source, "service_at_location", &pair),
                None,
            )
        });
    let attributes = attributes(item, id, all);
    let reader = &mut all.reader;
    let mut schedules = Schedule::all(
        item,
        &[
            "schedules",
            "regular_schedules",
            "regular_schedule",
            "holiday_schedules",
        ],
        id,
        reader,
    );
    schedules.retain(|schedule| !parts::says_no_time(schedule));
    let record = ServiceAtLocation {
        id: ServiceAtLocationId(id),
        service_id,
        location_id,
        description: reader.text(item, &["description"]),
        service_areas: ServiceArea::all(item, &["service_areas"], id, reader),
        contacts: Contact::all(item, &["contacts"], id, reader),
        phones: parts::phones(item, id, reader),
        schedules,
        attributes,
    };
    keep(record, foreign, item, met, all);
    Some(ServiceAtLocationId(id))
}

/// Reads a location.
pub(super) fn location(item: &Item<'_>, met: Met, all: &mut Gathering<'_>) -> Option<LocationId> {
    let name = all.reader.text(item, &["name"]);
    let (id, foreign) = id_of(item, "location", name.as_deref(), all)?;
    let attributes = attributes(item, id, all);
    let (latitude, longitude) = point(item, all);
    let reader = &mut all.reader;
    let kind = match item
        .find(&["location_type"])
        .map(|(_, kind)| kind.trim().to_lowercase())
        .as_deref()
    {
        Some("virtual") => LocationKind::Virtual,
        Some("postal") => LocationKind::Postal,
        None if super::reader::Reader::yes(item, &["virtual"]) => LocationKind::Virtual,
        _ => LocationKind::Physical,
    };
    let mut addresses = Address::all(item, &["addresses", "physical_addresses"], id, reader);
    for mut address in Address::all(item, &["postal_addresses"], id, reader) {
        address.kind = AddressKind::Postal;
        add(&mut addresses, address);
    }
    let mut schedules = Schedule::all(
        item,
        &["schedules", "regular_schedules", "holiday_schedules"],
        id,
        reader,
    );
    schedules.retain(|schedule| !parts::says_no_time(schedule));
    let location = Location {
        id: LocationId(id),
        kind,
        url: reader.url(item, &["url", "website"]),
        organization_id: reader
            .reference(item, "organization", &["organization_id"])
            .map(OrganizationId),
        name,
        alternate_name: reader.text(item, &["alternate_name"]),
        description: reader.text(item, &["description", "short_desc"]),
        transportation: reader.text(item, &["transportation"]),
        latitude,
        longitude,
        external_identifier: reader.text(item, &["external_identifier"]),
        external_identifier_type: reader.text(item, &["external_identifier_type"]),
        confidential: super::reader::Reader::yes(item, &["confidential", "mask_exact_address"]),
        languages: parts::languages(item, id, reader),
        addresses,
        contacts: Contact::all(item, &["contacts"], id, reader),
        accessibility: Accessibility::all(
            item,
            &[
                "accessibility",
                "accessibilities",
                "accessibility_for_disabilities",
            ],
            id,
            reader,
        ),
        phones: parts::phones(item, id, reader),
        schedules,
        attributes,
    };
    keep(location, foreign, item, met, all);
    Some(LocationId(id))
}

/// Latitude and longitude, both or neither. 0, 0 is where unknown places go.
fn point(item: &Item<'_>, all: &mut Gathering<'_>) -> (Option<f64>, Option<f64>) {
    let nested = item.inside(&["geo", "point"]);
    let item = nested.as_ref().unwrap_or(item);
    let latitude = item.find(&["latitude", "lat"]);
    let longitude = item.find(&["longitude", "lon", "lng", "long"]);
    if latitude.is_none() && longitude.is_none() {
        return (None, None);
    }
    let read = |found: &Option<(&str, std::borrow::Cow<'_, str>)>, limit| {
        found
            .as_ref()
            .and_then(|(_, raw)| repair::coordinate(raw, limit))
    };
    let found = (read(&latitude, 90.0), read(&longitude, 180.0));
    match found {
        (Some(north), Some(east)) if north != 0.0 || east != 0.0 => {
            if let Some((name, _)) = latitude.filter(|(name, _)| item.is_text(name)) {
                all.reader
                    .warn("number-as-text", item, name, "coordinates are texts");
            }
            (Some(north), Some(east))
        }
        _ => {
            let words = |found: Option<(&str, std::borrow::Cow<'_, str>)>| {
                found.map_or_else(|| "nothing".to_owned(), |(_, raw)| raw.into_owned())
            };
            let message = format!(
                "{}, {} is no place on earth, left out",
                words(latitude),
                words(longitude)
            );
            all.reader
                .warn("coordinate-dropped", item, "latitude", message);
            (None, None)
        }
    }
}

/// Reads a taxonomy.
pub(super) fn taxonomy(item: &Item<'_>, met: Met, all: &mut Gathering<'_>) -> Option<TaxonomyId> {
    let name = all.reader.text(item, &["name"]);
    let (id, foreign) = id_of(item, "taxonomy", name.as_deref(), all)?;
    let Some(name) = name else {
        if met == Met::Listed {
            all.reader
                .reject(item, "name", "a taxonomy without a name", "give it a name");
        }
        return Some(TaxonomyId(id));
    };
    let reader = &mut all.reader;
    let taxonomy = Taxonomy {
        id: TaxonomyId(id),
        name,
        description: reader.text(item, &["description"]),
        uri: reader.text(item, &["uri"]),
        version: reader.text(item, &["version"]),
    };
    keep(taxonomy, foreign, item, met, all);
    for inner in item.list(&["taxonomy_terms", "terms"]) {
        term(&inner, Met::Nested, all);
    }
    Some(TaxonomyId(id))
}

/// Reads a taxonomy term.
pub(super) fn term(item: &Item<'_>, met: Met, all: &mut Gathering<'_>) -> Option<TaxonomyTermId> {
    let name = all.reader.text(item, &["name", "term"]);
    let own = all.reader.own_id(item, "taxonomy_term").or_else(|| {
        // Ohana's table calls its own id so.
        let (_, written) = item.find(&["taxonomy_id"]).filter(|_| !item.has("id"))?;
        Some((
            all.reader.named("taxonomy_term", &written),
            Some(written.trim().to_owned()),
        ))
    });
    let (id, foreign) = match own {
        Some(own) => own,
        None => id_of(item, "taxonomy_term", name.as_deref(), all)?,
    };
    let Some(name) = name else {
        if met == Met::Listed {
            all.reader.reject(
                item,
                "name",
                "a taxonomy term without a name",
                "give it a name",
            );
            return None;
        }
        return Some(TaxonomyTermId(id));
    };
    let detail = item
        .inside(&["taxonomy_detail"])
        .and_then(|inner| taxonomy(&inner, Met::Nested, all));
    let taxonomy_id = detail.or_else(|| {
        let reference = item.find(&["taxonomy_id"]).filter(|_| item.has("id"));
        reference.map(|(_, written)| TaxonomyId(all.reader.named("taxonomy", &written)))
    });
    let reader = &mut all.reader;
    let taxonomy_name = reader.text(item, &["taxonomy", "vocabulary"]).or_else(|| {
        item.inside(&["taxonomy_detail"])
            .and_then(|inner| reader.text(&inner, &["name"]))
    });
    let term = TaxonomyTerm {
        id: TaxonomyTermId(id),
        // An id such as `PN-8100.4500-240` is the code.
        code: reader.text(item, &["code"]).or_else(|| foreign.clone()),
        name,
        description: reader.text(item, &["description"]),
        parent_id: reader
            .reference(item, "taxonomy_term", &["parent_id"])
            .map(TaxonomyTermId),
        taxonomy: taxonomy_name,
        taxonomy_id,
        language: reader.text(item, &["language"]),
        term_uri: reader.text(item, &["term_uri"]),
    };
    keep(term, foreign, item, met, all);
    Some(TaxonomyTermId(id))
}

/// Reads the attributes of an item, with the terms in them, and the terms that
/// version 1 links to it.
fn attributes(item: &Item<'_>, owner: Uuid, all: &mut Gathering<'_>) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    let lists = [
        "attributes",
        "service_taxonomys",
        "service_taxonomies",
        "service_taxonomy",
        "link_taxonomies",
        "linked_taxonomies",
    ];
    for (nth, inner) in item.list(&lists).iter().enumerate() {
        if let Some(attribute) = attribute(inner, owner, nth, all)
            && !attributes.iter().any(|known| known.id == attribute.id)
        {
            attributes.push(attribute);
        }
    }
    attributes
}

/// Reads one attribute. None, with a warning, where it says nothing.
pub(super) fn attribute(
    item: &Item<'_>,
    owner: Uuid,
    nth: usize,
    all: &mut Gathering<'_>,
) -> Option<Attribute> {
    let nested = item
        .inside(&["taxonomy_term", "taxonomy"])
        .and_then(|inner| term(&inner, Met::Nested, all));
    let reader = &mut all.reader;
    let term_id = nested.or_else(|| {
        reader
            .reference(item, "taxonomy_term", &["taxonomy_term_id", "taxonomy_id"])
            .map(TaxonomyTermId)
    });
    let attribute = Attribute {
        id: reader.part_id(item, "attribute", owner, nth),
        taxonomy_term_id: term_id,
        link_type: reader.text(item, &["link_type"]),
        label: reader.text(item, &["label"]),
        value: reader.text(item, &["value", "taxonomy_detail"]),
    };
    if attribute.taxonomy_term_id.is_none()
        && attribute.label.is_none()
        && attribute.value.is_none()
    {
        reader.warn(
            "empty-row",
            item,
            "attribute",
            "neither a term nor a property, left out",
        );
        return None;
    }
    Some(attribute)
}

/// A last look at each record once all is read: which places are confidential,
/// and which contacts say nothing.
pub(super) fn settle(all: &mut Gathering<'_>) {
    let mut warnings = Vec::new();
    for (record, place) in all.records_mut() {
        let contacts = match record {
            Record::Organization(organization) => &mut organization.contacts,
            Record::Service(service) => &mut service.contacts,
            Record::ServiceAtLocation(link) => &mut link.contacts,
            Record::Location(location) => {
                if !location.confidential && says_confidential(location) {
                    location.confidential = true;
                    warnings.push(super::Warning {
                        kind: "confidential-location",
                        place: place.clone(),
                        field: "description".to_owned(),
                        message: "its address and point will be kept back".to_owned(),
                    });
                }
                &mut location.contacts
            }
            _ => continue,
        };
        contacts.retain(|contact| {
            let says = Contact {
                id: Uuid::nil(),
                ..contact.clone()
            } != Contact::default();
            if !says {
                warnings.push(super::Warning {
                    kind: "empty-row",
                    place: place.clone(),
                    field: "contact".to_owned(),
                    message: "a contact that says nothing, left out".to_owned(),
                });
            }
            says
        });
    }
    all.reader.warnings.extend(warnings);
}

fn says_confidential(location: &Location) -> bool {
    let told = location.attributes.iter().any(|attribute| {
        let label = attribute
            .label
            .as_deref()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        let value = attribute
            .value
            .as_deref()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        matches!(label.as_str(), "confidential" | "mask_exact_address")
            && matches!(value.as_str(), "true" | "yes" | "1")
    });
    let lines = location
        .addresses
        .iter()
        .flat_map(|address| [&address.address_1, &address.address_2]);
    told || [
        &location.name,
        &location.description,
        &location.alternate_name,
    ]
    .into_iter()
    .chain(lines)
    .flatten()
    .any(|text| {
        let text = text.to_lowercase();
        [
            "confidential address",
            "confidential location",
            "address confidential",
            "address is confidential",
            "location is confidential",
            "undisclosed location",
            "undisclosed address",
        ]
        .iter()
        .any(|words| text.contains(words))
    })
}
