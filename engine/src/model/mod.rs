//! Records as plain data, under the names of the Human Services Data
//! Specification (HSDS 3) and, where HSDS has none, our own.
//!
//! Nothing here knows how a record is stored, indexed or sent, and this module
//! imports nothing else of ours. Text that a source did not give is `None`,
//! never an empty string; a fact that a source did not state is
//! [`Answer::Unknown`], never a guess.

mod answer;
mod area;
mod assurance;
mod change;
mod directory;
mod eligibility;
mod id;
mod location;
mod offer;
mod organization;
mod partnership;
mod parts;
mod postcodes;
mod record;
mod referral;
mod schedule;
mod service;
mod taxonomy;

pub use answer::Answer;
pub use area::{Area, AreaKind, Boundary, Deprivation, DeprivationDomain, Population, combined};
pub use assurance::Assurance;
pub use change::{Change, ChangeSet};
pub use directory::{Directory, Table};
pub use eligibility::{AccessFeature, AgeRange, Gender};
pub use id::{
    AreaId, AssuranceId, LocationId, OfferId, OrganizationId, PartnershipId, PostcodeDistrictId,
    ReferralId, ServiceAtLocationId, ServiceId, TaxonomyId, TaxonomyTermId, derive_id,
};
pub use location::{Accessibility, Address, AddressKind, Location, LocationKind};
pub use offer::{Direction, Offer, ResourceKind};
pub use organization::{Organization, OrganizationIdentifier, Program};
pub use partnership::{Partnership, PartnershipKind};
pub use parts::{Attribute, Contact, Funding, Language, Phone, Url};
pub use postcodes::{PostcodeDistrict, PostcodePoint};
pub use record::{Entry, Kind, Provenance, Record, RecordKey};
pub use referral::{Referral, ReferralStatus};
pub use schedule::{Frequency, Schedule};
pub use service::{
    CostOption, RequiredDocument, Service, ServiceArea, ServiceAtLocation, ServiceCapacity,
    ServiceStatus, Unit,
};
pub use taxonomy::{Taxonomy, TaxonomyTerm};

/// The time zone in which opening times are meant and days begin.
#[must_use]
pub fn london() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC)
}
