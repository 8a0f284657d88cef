//! Organizations and services as the directory shows them.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    AccessAnswer, AddressGiven, ContactGiven, Identifier, LocationSummary, MatchedService,
    NamedOrganization, OpeningGiven, PhoneGiven,
};
use crate::http::Links;

/// An organization in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OrganizationSummary {
    /// Its id.
    #[schema(example = "5b0e4a55-9c55-4a05-8e0a-1d1237d1c64f")]
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Balham Baptist Church")]
    pub name: String,
    /// What it is.
    #[schema(example = "A congregation with a hall and a lunch club.")]
    pub description: Option<String>,
    /// Its web page.
    #[schema(example = "https://example.org")]
    pub website: Option<String>,
    /// Legal form.
    #[schema(example = "charity")]
    pub legal_status: Option<String>,
    /// How many services it lists.
    #[schema(example = 3)]
    pub services: usize,
    /// How many partnerships it is part of that have not ended.
    #[schema(example = 7)]
    pub partnerships: usize,
    /// From `near` to its nearest place, metres as the crow flies. Null without `near`.
    #[schema(example = 840.0)]
    pub distance_m: Option<f64>,
}

/// A page of organizations.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OrganizationList {
    /// This page.
    pub organizations: Vec<OrganizationSummary>,
    /// How many there are over all pages.
    #[schema(example = 132)]
    pub total: usize,
    /// At most this many on a page.
    #[schema(example = 50)]
    pub limit: usize,
    /// So many stand before this page.
    #[schema(example = 0)]
    pub offset: usize,
    /// The other pages.
    pub links: Links,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

/// A partnership, seen from one of its organizations.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PartnershipOf {
    /// Its id.
    #[schema(example = "a0a1d123-7d1c-44f0-9b0e-4a559c55ca05")]
    pub id: Uuid,
    /// In which way: `delivers_with`, `refers_to`, `hosts`, `co_produces`, `member_of`, `supports`, `trains` or `funds`.
    #[schema(example = "refers_to")]
    pub kind: &'static str,
    /// Who acts.
    pub from: NamedOrganization,
    /// The other.
    pub to: NamedOrganization,
    /// Whether it holds from one to the other only.
    #[schema(example = true)]
    pub directed: bool,
    /// First day.
    #[schema(example = "2024-04-01")]
    pub since: Option<String>,
    /// Last day.
    #[schema(example = "2027-03-31")]
    pub until: Option<String>,
    /// Whether that day has passed.
    #[schema(example = false)]
    pub ended: bool,
    /// How firm, 0 to 1, as someone judged it.
    #[schema(example = 0.8)]
    pub strength: Option<f64>,
    /// Who says so.
    #[schema(example = "annual survey")]
    pub source: Option<String>,
    /// In words.
    #[schema(example = "Fortnightly referral meeting")]
    pub note: Option<String>,
}

/// An organization with its services and partnerships.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OrganizationAnswer {
    /// Its id.
    #[schema(example = "5b0e4a55-9c55-4a05-8e0a-1d1237d1c64f")]
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Balham Baptist Church")]
    pub name: String,
    /// Another name people use.
    #[schema(example = "BBC")]
    pub alternate_name: Option<String>,
    /// What it is.
    #[schema(example = "A congregation with a hall and a lunch club.")]
    pub description: Option<String>,
    /// An address to write to.
    #[schema(example = "hello@example.org")]
    pub email: Option<String>,
    /// Its web page.
    #[schema(example = "https://example.org")]
    pub website: Option<String>,
    /// Legal form.
    #[schema(example = "charity")]
    pub legal_status: Option<String>,
    /// The year it was founded or registered.
    #[schema(example = 1998)]
    pub year_incorporated: Option<i32>,
    /// The body it is part of.
    pub parent: Option<NamedOrganization>,
    /// Registered numbers.
    pub identifiers: Vec<Identifier>,
    /// Whom to ask.
    pub contacts: Vec<ContactGiven>,
    /// Numbers to call.
    pub phones: Vec<PhoneGiven>,
    /// Its services, by name.
    pub services: Vec<ServiceSummary>,
    /// Its partnerships, those that hold first, then by the other's name.
    pub partnerships: Vec<PartnershipOf>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

/// A service in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceSummary {
    /// Its id.
    #[schema(example = "7d1c64f0-5b0e-4a55-9c55-ca05e0a1d123")]
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Thursday lunch club")]
    pub name: String,
    /// What it is, for whom, how.
    #[schema(example = "A hot lunch and company for people over 60.")]
    pub description: Option<String>,
    /// `active`, `inactive`, `defunct` or `temporarily closed`.
    #[schema(example = "active")]
    pub status: &'static str,
    /// Its web page.
    #[schema(example = "https://example.org/lunch")]
    pub url: Option<String>,
    /// Who gives it.
    pub organization: Option<NamedOrganization>,
    /// Where; of several places the nearest to `near`, else the first.
    pub location: Option<LocationSummary>,
    /// From `near`, metres as the crow flies. Null without `near`, and for what has no place that may be told.
    #[schema(example = 840.0)]
    pub distance_m: Option<f64>,
}

/// A page of services.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceList {
    /// This page.
    pub services: Vec<ServiceSummary>,
    /// How many there are over all pages.
    #[schema(example = 312)]
    pub total: usize,
    /// At most this many on a page.
    #[schema(example = 50)]
    pub limit: usize,
    /// So many stand before this page.
    #[schema(example = 0)]
    pub offset: usize,
    /// The other pages.
    pub links: Links,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

/// A place where a service can be had.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceAt {
    /// The place.
    #[serde(flatten)]
    pub location: LocationSummary,
    /// Its address. Null where it is confidential.
    pub address: Option<AddressGiven>,
    /// How to get there. Null where it is confidential.
    #[schema(example = "Northern line to Balham, then five minutes on foot")]
    pub transportation: Option<String>,
    /// When the service is open there.
    pub opening: OpeningGiven,
    /// What is known about access there.
    pub accessibility: Vec<AccessAnswer>,
    /// Numbers to call there.
    pub phones: Vec<PhoneGiven>,
}

/// A service with its organization and places.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceAnswer {
    /// The service.
    #[serde(flatten)]
    pub service: MatchedService,
    /// Who gives it, with its partnerships.
    pub organization: Option<NamedOrganization>,
    /// Partnerships of that organization.
    pub partnerships: Vec<PartnershipOf>,
    /// Where it can be had.
    pub locations: Vec<ServiceAt>,
    /// Where the people live whom it serves. Empty: the source does not say.
    #[schema(example = json!(["Wandsworth"]))]
    pub service_areas: Vec<String>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

/// What a suggestion completes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// A kind of need, a concept of the lexicon.
    Need,
    /// A service.
    Service,
    /// An organization.
    Organization,
    /// A place.
    Place,
}

/// One completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// What to show, and to put in the box.
    #[schema(example = "Food bank")]
    pub text: String,
    /// The concept's id, the record's id, or the place's name as `near` takes it.
    #[schema(example = "food-bank")]
    pub id: String,
}

/// Completions of what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SuggestionList {
    /// The likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// How many fit.
    #[schema(example = 4)]
    pub total: usize,
    /// At most this many.
    #[schema(example = 10)]
    pub limit: usize,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}
