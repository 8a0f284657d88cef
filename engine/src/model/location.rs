//! Locations.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use uuid::Uuid;

use super::{Attribute, Contact, Language, LocationId, OrganizationId, Phone, Schedule};

/// A place where services are given, or a virtual one.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Location {
    /// Its id.
    pub id: LocationId,
    /// Physical, postal or virtual.
    pub kind: LocationKind,
    /// Address of the virtual place.
    pub url: Option<String>,
    /// Whose place it is.
    pub organization_id: Option<OrganizationId>,
    /// Its name.
    pub name: Option<String>,
    /// Another name.
    pub alternate_name: Option<String>,
    /// How to find it, what it is.
    pub description: Option<String>,
    /// How to get there.
    pub transportation: Option<String>,
    /// WGS84 degrees north. Given together with `longitude` or not at all.
    pub latitude: Option<f64>,
    /// WGS84 degrees east.
    pub longitude: Option<f64>,
    /// A code in an outside list, for example a UPRN.
    pub external_identifier: Option<String>,
    /// Which list.
    pub external_identifier_type: Option<String>,
    /// Whether address and coordinates must not leave the engine (a refuge, say).
    pub confidential: bool,
    /// Languages spoken there.
    pub languages: Vec<Language>,
    /// Addresses.
    pub addresses: Vec<Address>,
    /// Whom to ask there.
    pub contacts: Vec<Contact>,
    /// What is said about access for disabled people.
    pub accessibility: Vec<Accessibility>,
    /// Numbers to call there.
    pub phones: Vec<Phone>,
    /// When the place is open.
    pub schedules: Vec<Schedule>,
    /// Free properties and taxonomy terms.
    pub attributes: Vec<Attribute>,
}

/// The kind of a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LocationKind {
    /// A place to go to.
    #[default]
    Physical,
    /// A place to write to.
    Postal,
    /// Online or by telephone.
    Virtual,
}

/// A postal address.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Its id.
    pub id: Uuid,
    /// For whose attention.
    pub attention: Option<String>,
    /// First line.
    pub address_1: Option<String>,
    /// Second line.
    pub address_2: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// County or state.
    pub state_province: Option<String>,
    /// Postcode, as the source writes it.
    pub postal_code: Option<String>,
    /// ISO 3166 code.
    pub country: Option<String>,
    /// What the address is for.
    pub kind: AddressKind,
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AddressKind {
    /// Going there.
    #[default]
    Physical,
    /// Writing there.
    Postal,
    /// A web address.
    Virtual,
}

/// What a source says about access, in its own words. Read into answers by
/// the fact columns of a snapshot.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Accessibility {
    /// Its id.
    pub id: Uuid,
    /// For example `Step-free access`.
    pub description: Option<String>,
    /// More of it.
    pub details: Option<String>,
    /// A page about it.
    pub url: Option<String>,
}
