//! The tables of HSDS under all the names that files give them.

use std::collections::BTreeSet;

use crate::import::input::NamedBytes;
use crate::model::Kind;

/// A table of HSDS, of whichever version. In this order they are read: what
/// is pointed at before what points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum Table {
    Taxonomies,
    TaxonomyTerms,
    Organizations,
    Identifiers,
    Programs,
    Locations,
    Services,
    ServicesAtLocations,
    Units,
    Contacts,
    Phones,
    Addresses,
    PostalAddresses,
    Schedules,
    HolidaySchedules,
    Languages,
    Accessibility,
    Eligibility,
    ServiceTaxonomy,
    Attributes,
    CostOptions,
    Funding,
    RequiredDocuments,
    ServiceAreas,
    Capacities,
    Urls,
    PaymentsAccepted,
    /// Notes about other tables: read by nobody.
    About,
}

/// Names without a plural `s` or `es`, and the table each means.
const NAMES: [(&str, Table); 44] = [
    ("organization", Table::Organizations),
    ("organisation", Table::Organizations),
    ("organization_identifier", Table::Identifiers),
    ("program", Table::Programs),
    ("service", Table::Services),
    ("location", Table::Locations),
    ("service_at_location", Table::ServicesAtLocations),
    ("services_at_location", Table::ServicesAtLocations),
    ("address", Table::Addresses),
    ("physical_address", Table::Addresses),
    ("postal_address", Table::PostalAddresses),
    ("mail_address", Table::PostalAddresses),
    ("phone", Table::Phones),
    ("contact", Table::Contacts),
    ("schedule", Table::Schedules),
    ("regular_schedule", Table::Schedules),
    ("holiday_schedule", Table::HolidaySchedules),
    ("language", Table::Languages),
    ("accessibility", Table::Accessibility),
    ("accessibility_for_disabilitie", Table::Accessibility),
    ("accessibility_for_disabilities", Table::Accessibility),
    ("accessibility_for_disability", Table::Accessibility),
    ("eligibility", Table::Eligibility),
    ("eligibilitie", Table::Eligibility),
    ("taxonomie", Table::Taxonomies),
    ("taxonomy", Table::Taxonomies),
    ("taxonomy_term", Table::TaxonomyTerms),
    ("service_taxonomy", Table::ServiceTaxonomy),
    ("services_taxonomy", Table::ServiceTaxonomy),
    ("service_taxonomie", Table::ServiceTaxonomy),
    ("attribute", Table::Attributes),
    ("service_attribute", Table::Attributes),
    ("other_attribute", Table::Attributes),
    ("link_taxonomy", Table::Attributes),
    ("cost_option", Table::CostOptions),
    ("funding", Table::Funding),
    ("required_document", Table::RequiredDocuments),
    ("service_area", Table::ServiceAreas),
    ("service_capacity", Table::Capacities),
    ("service_capacitie", Table::Capacities),
    ("unit", Table::Units),
    ("url", Table::Urls),
    ("payment_accepted", Table::PaymentsAccepted),
    ("payments_accepted", Table::PaymentsAccepted),
];

impl Table {
    /// The table that a file holds, by its name and columns.
    pub(in crate::import) fn of(file: &NamedBytes, columns: &BTreeSet<String>) -> Option<Self> {
        Self::named(&file.stem(), |column| columns.contains(column))
    }

    /// The table of that name, `hsds_` before it or not, singular or plural. Version 1
    /// calls the table of terms `taxonomy`, version 3 means the list of lists by it:
    /// the columns tell.
    pub(in crate::import) fn named(name: &str, has_column: impl Fn(&str) -> bool) -> Option<Self> {
        let name = name.strip_prefix("hsds_").unwrap_or(name);
        if matches!(
            name,
            "metadata" | "meta_table_descriptions" | "meta_table_description"
        ) {
            return Some(Self::About);
        }
        let table = NAMES
            .iter()
            .find(|(known, _)| {
                name == *known
                    || name.strip_suffix('s') == Some(*known)
                    || name.strip_suffix("es") == Some(*known)
            })
            .map(|(_, table)| *table)?;
        let of_version_1 = ["parent_id", "parent_name", "vocabulary", "taxonomy_id"];
        if table == Self::Taxonomies && of_version_1.iter().any(|column| has_column(column)) {
            return Some(Self::TaxonomyTerms);
        }
        let some_column = [
            "id",
            "name",
            "service_id",
            "location_id",
            "organization_id",
            "taxonomy_id",
            "link_id",
        ];
        some_column
            .iter()
            .any(|column| has_column(column))
            .then_some(table)
    }

    /// The kind of record each row is, where it is one and no part of one.
    pub(in crate::import) fn kind(self) -> Option<Kind> {
        match self {
            Self::Organizations => Some(Kind::Organization),
            Self::Services => Some(Kind::Service),
            Self::Locations => Some(Kind::Location),
            Self::ServicesAtLocations => Some(Kind::ServiceAtLocation),
            Self::Taxonomies => Some(Kind::Taxonomy),
            Self::TaxonomyTerms => Some(Kind::TaxonomyTerm),
            _ => None,
        }
    }

    /// The name in reports.
    pub(in crate::import) fn name(self) -> &'static str {
        match self {
            Self::Organizations => "organizations",
            Self::Identifiers => "organization_identifiers",
            Self::Programs => "programs",
            Self::Services => "services",
            Self::Locations => "locations",
            Self::ServicesAtLocations => "services_at_locations",
            Self::Addresses => "addresses",
            Self::PostalAddresses => "postal_addresses",
            Self::Phones => "phones",
            Self::Contacts => "contacts",
            Self::Schedules => "schedules",
            Self::HolidaySchedules => "holiday_schedules",
            Self::Languages => "languages",
            Self::Accessibility => "accessibility",
            Self::Eligibility => "eligibility",
            Self::Taxonomies => "taxonomies",
            Self::TaxonomyTerms => "taxonomy_terms",
            Self::ServiceTaxonomy => "service_taxonomy",
            Self::Attributes => "attributes",
            Self::CostOptions => "cost_options",
            Self::Funding => "funding",
            Self::RequiredDocuments => "required_documents",
            Self::ServiceAreas => "service_areas",
            Self::Capacities => "service_capacities",
            Self::Units => "units",
            Self::Urls => "urls",
            Self::PaymentsAccepted => "payments_accepted",
            Self::About => "metadata",
        }
    }
}
