//! Records in the shapes of HSDS 3.1, the international standard that the UK
//! profile is a view of.
//!
//! What HSDS lacks stands beside it: `confidential` on a location. Organizations
//! inside services are summaries; `organizations.json` has them whole.

#![expect(clippy::struct_field_names, reason = "HSDS names the fields")]

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_with::skip_serializing_none;
use uuid::Uuid;

use super::ExportError;
use super::hsds_parts::{
    Accessibility, Address, Contact, CostOption, Funding, Language, OrganizationIdentifier, Phone,
    Program, RequiredDocument, Schedule, ServiceArea, ServiceCapacity, Taxonomy, Url, listed,
};
use crate::model::{self, Directory, LocationId, LocationKind, ServiceId};

/// A taxonomy term.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TaxonomyTerm {
    id: Uuid,
    code: Option<String>,
    name: String,
    description: Option<String>,
    parent_id: Option<Uuid>,
    taxonomy: Option<String>,
    taxonomy_id: Option<Uuid>,
    taxonomy_detail: Option<Taxonomy>,
    language: Option<String>,
    term_uri: Option<String>,
}

/// A free property or a term of a record.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribute {
    id: Uuid,
    link_id: Uuid,
    link_entity: &'static str,
    link_type: Option<String>,
    label: Option<String>,
    value: Option<String>,
    taxonomy_term_id: Option<Uuid>,
    taxonomy_term: Option<TaxonomyTerm>,
}

/// An organization.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Organization {
    id: Uuid,
    name: String,
    alternate_name: Option<String>,
    description: Option<String>,
    email: Option<String>,
    website: Option<String>,
    additional_websites: Option<Vec<Url>>,
    tax_status: Option<String>,
    tax_id: Option<String>,
    year_incorporated: Option<i32>,
    legal_status: Option<String>,
    logo: Option<String>,
    uri: Option<String>,
    parent_organization_id: Option<Uuid>,
    organization_identifiers: Option<Vec<OrganizationIdentifier>>,
    programs: Option<Vec<Program>>,
    funding: Option<Vec<Funding>>,
    contacts: Option<Vec<Contact>>,
    phones: Option<Vec<Phone>>,
    attributes: Option<Vec<Attribute>>,
}

/// An organization in another record.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrganizationSummary {
    id: Uuid,
    name: String,
    description: Option<String>,
    email: Option<String>,
    website: Option<String>,
}

/// A location. A confidential one says nothing of where it is.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Location {
    id: Uuid,
    location_type: &'static str,
    url: Option<String>,
    organization_id: Option<Uuid>,
    name: Option<String>,
    alternate_name: Option<String>,
    description: Option<String>,
    transportation: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    external_identifier: Option<String>,
    external_identifier_type: Option<String>,
    confidential: Option<bool>,
    languages: Option<Vec<Language>>,
    addresses: Option<Vec<Address>>,
    contacts: Option<Vec<Contact>>,
    accessibility: Option<Vec<Accessibility>>,
    phones: Option<Vec<Phone>>,
    schedules: Option<Vec<Schedule>>,
    attributes: Option<Vec<Attribute>>,
}

/// A service at a location.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServiceAtLocation {
    id: Uuid,
    service_id: Uuid,
    location_id: Uuid,
    description: Option<String>,
    service_areas: Option<Vec<ServiceArea>>,
    contacts: Option<Vec<Contact>>,
    phones: Option<Vec<Phone>>,
    schedules: Option<Vec<Schedule>>,
    location: Option<Location>,
    attributes: Option<Vec<Attribute>>,
}

/// A service with all that belongs to it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Service {
    id: Uuid,
    organization_id: Option<Uuid>,
    program_id: Option<Uuid>,
    name: String,
    alternate_name: Option<String>,
    description: Option<String>,
    url: Option<String>,
    additional_urls: Option<Vec<Url>>,
    email: Option<String>,
    status: &'static str,
    interpretation_services: Option<String>,
    application_process: Option<String>,
    fees_description: Option<String>,
    wait_time: Option<String>,
    accreditations: Option<String>,
    licenses: Option<String>,
    eligibility_description: Option<String>,
    minimum_age: Option<f64>,
    maximum_age: Option<f64>,
    assured_date: Option<String>,
    assurer_email: Option<String>,
    alert: Option<String>,
    last_modified: Option<String>,
    phones: Option<Vec<Phone>>,
    schedules: Option<Vec<Schedule>>,
    service_areas: Option<Vec<ServiceArea>>,
    service_at_locations: Option<Vec<ServiceAtLocation>>,
    languages: Option<Vec<Language>>,
    organization: Option<OrganizationSummary>,
    funding: Option<Vec<Funding>>,
    cost_options: Option<Vec<CostOption>>,
    program: Option<Program>,
    required_documents: Option<Vec<RequiredDocument>>,
    contacts: Option<Vec<Contact>>,
    capacities: Option<Vec<ServiceCapacity>>,
    attributes: Option<Vec<Attribute>>,
}

/// A taxonomy term with its taxonomy.
#[must_use]
pub fn taxonomy_term(directory: &Directory, term: &model::TaxonomyTerm) -> TaxonomyTerm {
    TaxonomyTerm {
        id: term.id.0,
        code: term.code.clone(),
        name: term.name.clone(),
        description: term.description.clone(),
        parent_id: term.parent_id.map(Into::into),
        taxonomy: term.taxonomy.clone(),
        taxonomy_id: term.taxonomy_id.map(Into::into),
        taxonomy_detail: term
            .taxonomy_id
            .and_then(|id| directory.taxonomies.find(id))
            .map(Taxonomy::from),
        language: term.language.clone(),
        term_uri: term.term_uri.clone(),
    }
}

fn attributes(
    directory: &Directory,
    link_id: Uuid,
    link_entity: &'static str,
    attributes: &[model::Attribute],
) -> Option<Vec<Attribute>> {
    let shape = |attribute: &model::Attribute| Attribute {
        id: attribute.id,
        link_id,
        link_entity,
        link_type: attribute.link_type.clone(),
        label: attribute.label.clone(),
        value: attribute.value.clone(),
        taxonomy_term_id: attribute.taxonomy_term_id.map(Into::into),
        taxonomy_term: attribute
            .taxonomy_term_id
            .and_then(|id| directory.taxonomy_terms.find(id))
            .map(|term| taxonomy_term(directory, term)),
    };
    (!attributes.is_empty()).then(|| attributes.iter().map(shape).collect())
}

/// An organization, whole.
#[must_use]
pub fn organization(directory: &Directory, organization: &model::Organization) -> Organization {
    Organization {
        id: organization.id.0,
        name: organization.name.clone(),
        alternate_name: organization.alternate_name.clone(),
        description: organization.description.clone(),
        email: organization.email.clone(),
        website: organization.website.clone(),
        additional_websites: listed(&organization.additional_websites),
        tax_status: organization.tax_status.clone(),
        tax_id: organization.tax_id.clone(),
        year_incorporated: organization.year_incorporated,
        legal_status: organization.legal_status.clone(),
        logo: organization.logo.clone(),
        uri: organization.uri.clone(),
        parent_organization_id: organization.parent_organization_id.map(Into::into),
        organization_identifiers: listed(&organization.identifiers),
        programs: listed(&organization.programs),
        funding: listed(&organization.funding),
        contacts: listed(&organization.contacts),
        phones: listed(&organization.phones),
        attributes: attributes(
            directory,
            organization.id.0,
            "organization",
            &organization.attributes,
        ),
    }
}

/// A location. Of a confidential one, neither addresses nor coordinates, outside
/// identifier (a UPRN is a place) nor directions are there.
#[must_use]
pub fn location(directory: &Directory, location: &model::Location) -> Location {
    let open = !location.confidential;
    Location {
        id: location.id.0,
        location_type: match location.kind {
            LocationKind::Physical => "physical",
            LocationKind::Postal => "postal",
            LocationKind::Virtual => "virtual",
        },
        url: location.url.clone(),
        organization_id: location.organization_id.map(Into::into),
        name: location.name.clone(),
        alternate_name: location.alternate_name.clone(),
        description: location.description.clone(),
        transportation: location.transportation.clone().filter(|_| open),
        latitude: location.latitude.filter(|_| open),
        longitude: location.longitude.filter(|_| open),
        external_identifier: location.external_identifier.clone().filter(|_| open),
        external_identifier_type: location.external_identifier_type.clone().filter(|_| open),
        confidential: location.confidential.then_some(true),
        languages: listed(&location.languages),
        addresses: listed(&location.addresses).filter(|_| open),
        contacts: listed(&location.contacts),
        accessibility: listed(&location.accessibility),
        phones: listed(&location.phones),
        schedules: listed(&location.schedules),
        attributes: attributes(directory, location.id.0, "location", &location.attributes),
    }
}

/// A service at a location, with the location.
#[must_use]
pub fn service_at_location(
    directory: &Directory,
    link: &model::ServiceAtLocation,
) -> ServiceAtLocation {
    ServiceAtLocation {
        id: link.id.0,
        service_id: link.service_id.0,
        location_id: link.location_id.0,
        description: link.description.clone(),
        service_areas: listed(&link.service_areas),
        contacts: listed(&link.contacts),
        phones: listed(&link.phones),
        schedules: listed(&link.schedules),
        location: directory
            .locations
            .find(link.location_id)
            .map(|found| location(directory, found)),
        attributes: attributes(
            directory,
            link.id.0,
            "service_at_location",
            &link.attributes,
        ),
    }
}

/// A service with its organization, its programme and, as given, its places.
#[must_use]
pub fn service(
    directory: &Directory,
    service: &model::Service,
    links: &[&model::ServiceAtLocation],
) -> Service {
    let organization = service
        .organization_id
        .and_then(|id| directory.organizations.find(id));
    Service {
        id: service.id.0,
        organization_id: service.organization_id.map(Into::into),
        program_id: service.program_id,
        name: service.name.clone(),
        alternate_name: service.alternate_name.clone(),
        description: service.description.clone(),
        url: service.url.clone(),
        additional_urls: listed(&service.additional_urls),
        email: service.email.clone(),
        status: service.status.name(),
        interpretation_services: service.interpretation_services.clone(),
        application_process: service.application_process.clone(),
        fees_description: service.fees_description.clone(),
        wait_time: service.wait_time.clone(),
        accreditations: service.accreditations.clone(),
        licenses: service.licenses.clone(),
        eligibility_description: service.eligibility_description.clone(),
        minimum_age: service.minimum_age,
        maximum_age: service.maximum_age,
        assured_date: service.assured_date.map(|day| day.to_string()),
        assurer_email: service.assurer_email.clone(),
        alert: service.alert.clone(),
        last_modified: service.last_modified.map(|moment| moment.to_string()),
        phones: listed(&service.phones),
        schedules: listed(&service.schedules),
        service_areas: listed(&service.service_areas),
        service_at_locations: (!links.is_empty()).then(|| {
            links
                .iter()
                .map(|link| service_at_location(directory, link))
                .collect()
        }),
        languages: listed(&service.languages),
        organization: organization.map(|organization| OrganizationSummary {
            id: organization.id.0,
            name: organization.name.clone(),
            description: organization.description.clone(),
            email: organization.email.clone(),
            website: organization.website.clone(),
        }),
        funding: listed(&service.funding),
        cost_options: listed(&service.cost_options),
        program: organization
            .and_then(|organization| {
                let programs = &organization.programs;
                programs
                    .iter()
                    .find(|program| Some(program.id) == service.program_id)
            })
            .map(Program::from),
        required_documents: listed(&service.required_documents),
        contacts: listed(&service.contacts),
        capacities: listed(&service.capacities),
        attributes: attributes(directory, service.id.0, "service", &service.attributes),
    }
}

pub(super) fn organizations_json(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    let all = directory.organizations.iter();
    json(
        "organizations.json",
        all.map(|record| organization(directory, record)),
    )
}

pub(super) fn services_json(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    let mut links: BTreeMap<ServiceId, Vec<&model::ServiceAtLocation>> = BTreeMap::new();
    for link in directory.services_at_locations.iter() {
        links.entry(link.service_id).or_default().push(link);
    }
    let services = directory.services.iter().map(|record| {
        let links = links.get(&record.id).map_or(&[][..], Vec::as_slice);
        service(directory, record, links)
    });
    json("services.json", services)
}

/// The locations that stand in no service.
pub(super) fn locations_json(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    let with_service: BTreeSet<LocationId> = directory
        .services_at_locations
        .iter()
        .filter(|link| directory.services.find(link.service_id).is_some())
        .map(|link| link.location_id)
        .collect();
    let alone = directory
        .locations
        .iter()
        .filter(|record| !with_service.contains(&record.id));
    json(
        "locations.json",
        alone.map(|record| location(directory, record)),
    )
}

pub(super) fn taxonomies_json(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    json(
        "taxonomies.json",
        directory.taxonomies.iter().map(Taxonomy::from),
    )
}

pub(super) fn taxonomy_terms_json(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    let all = directory.taxonomy_terms.iter();
    json(
        "taxonomy_terms.json",
        all.map(|record| taxonomy_term(directory, record)),
    )
}

/// A list, an item a line, so that two exports can be compared by line.
fn json(
    file: &'static str,
    items: impl Iterator<Item = impl Serialize>,
) -> Result<Option<Vec<u8>>, ExportError> {
    let mut bytes = Vec::new();
    for item in items {
        bytes.extend_from_slice(if bytes.is_empty() { b"[\n" } else { b",\n" });
        serde_json::to_writer(&mut bytes, &item)
            .map_err(|source| ExportError::Json { file, source })?;
    }
    if bytes.is_empty() {
        return Ok(None);
    }
    bytes.extend_from_slice(b"\n]\n");
    Ok(Some(bytes))
}
