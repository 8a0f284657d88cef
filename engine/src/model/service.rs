//! Services, and services at locations.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use uuid::Uuid;

use super::{
    Attribute, Contact, Funding, Language, LocationId, OrganizationId, Phone, Schedule,
    ServiceAtLocationId, ServiceId, Url,
};

/// Help that an organization gives.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Who gives it. None where the source does not say.
    pub organization_id: Option<OrganizationId>,
    /// The programme it runs under, one of its organization's.
    pub program_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Another name.
    pub alternate_name: Option<String>,
    /// What it is, for whom, how.
    pub description: Option<String>,
    /// Its web page.
    pub url: Option<String>,
    /// More web pages.
    pub additional_urls: Vec<Url>,
    /// An address to write to.
    pub email: Option<String>,
    /// Whether it runs.
    pub status: ServiceStatus,
    /// Interpreting on offer, in words.
    pub interpretation_services: Option<String>,
    /// How to get in: self-referral, a form, a call.
    pub application_process: Option<String>,
    /// Fees, in words.
    pub fees_description: Option<String>,
    /// Waiting time, in words.
    pub wait_time: Option<String>,
    /// Accreditations, in words.
    pub accreditations: Option<String>,
    /// Licences, in words.
    pub licenses: Option<String>,
    /// Who may come, in words.
    pub eligibility_description: Option<String>,
    /// Youngest age, years.
    pub minimum_age: Option<f64>,
    /// Oldest age, years.
    pub maximum_age: Option<f64>,
    /// The day on which someone vouched for the record.
    pub assured_date: Option<Date>,
    /// Who vouched.
    pub assurer_email: Option<String>,
    /// Something a visitor must know now.
    pub alert: Option<String>,
    /// When the source last changed the record.
    pub last_modified: Option<Timestamp>,
    /// Numbers to call.
    pub phones: Vec<Phone>,
    /// When it is open, where that is the same at each place.
    pub schedules: Vec<Schedule>,
    /// Where the people live whom it serves.
    pub service_areas: Vec<ServiceArea>,
    /// Languages it can be had in.
    pub languages: Vec<Language>,
    /// Who funds it.
    pub funding: Vec<Funding>,
    /// What it costs.
    pub cost_options: Vec<CostOption>,
    /// Papers to bring.
    pub required_documents: Vec<RequiredDocument>,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// Places free.
    pub capacities: Vec<ServiceCapacity>,
    /// Free properties and taxonomy terms.
    pub attributes: Vec<Attribute>,
}

/// Whether a service runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceStatus {
    /// It runs.
    #[default]
    Active,
    /// It does not run.
    Inactive,
    /// It is gone.
    Defunct,
    /// It pauses.
    TemporarilyClosed,
}

impl ServiceStatus {
    /// The word HSDS uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Defunct => "defunct",
            Self::TemporarilyClosed => "temporarily closed",
        }
    }
}

/// Where a service can be had, and what is different there.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceAtLocation {
    /// Its id.
    pub id: ServiceAtLocationId,
    /// The service.
    pub service_id: ServiceId,
    /// The place.
    pub location_id: LocationId,
    /// What is different here, in words.
    pub description: Option<String>,
    /// Where the people live who are served from here.
    pub service_areas: Vec<ServiceArea>,
    /// Whom to ask here.
    pub contacts: Vec<Contact>,
    /// Numbers to call here.
    pub phones: Vec<Phone>,
    /// When it is open here. Not empty: takes the place of the service's own.
    pub schedules: Vec<Schedule>,
    /// Free properties and taxonomy terms.
    pub attributes: Vec<Attribute>,
}

/// Where the people live whom a service serves.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceArea {
    /// Its id.
    pub id: Uuid,
    /// For example `Wandsworth` or `England`.
    pub name: Option<String>,
    /// In words.
    pub description: Option<String>,
    /// The shape or code, as the source writes it.
    pub extent: Option<String>,
    /// What `extent` holds, for example `geojson`.
    pub extent_type: Option<String>,
    /// A persistent identifier of the area.
    pub uri: Option<String>,
}

/// What a service costs.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CostOption {
    /// Its id.
    pub id: Uuid,
    /// First day of the price.
    pub valid_from: Option<Date>,
    /// Last day of the price.
    pub valid_to: Option<Date>,
    /// For whom or for what, for example `concession`.
    pub option: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// The sum, in units of the currency.
    pub amount: Option<f64>,
    /// In words, for example `per session`.
    pub amount_description: Option<String>,
}

/// A paper to bring.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RequiredDocument {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub document: Option<String>,
    /// Where to get it.
    pub uri: Option<String>,
}

/// How many a service can take.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceCapacity {
    /// Its id.
    pub id: Uuid,
    /// What is counted.
    pub unit: Option<Unit>,
    /// Free now.
    pub available: Option<f64>,
    /// At most.
    pub maximum: Option<f64>,
    /// In words.
    pub description: Option<String>,
    /// When this was true.
    pub updated: Option<Timestamp>,
}

/// What a capacity counts: beds, places, appointments.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Unit {
    /// Its id.
    pub id: Uuid,
    /// For example `places a week`.
    pub name: String,
    /// The list of units it is from.
    pub scheme: Option<String>,
    /// Its code in that list.
    pub identifier: Option<String>,
    /// A persistent identifier.
    pub uri: Option<String>,
}
