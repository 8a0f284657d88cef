//! Organizations.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use uuid::Uuid;

use super::{Attribute, Contact, Funding, OrganizationId, Phone, Url};

/// A group, charity, congregation, practice or public body.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Another name people use.
    pub alternate_name: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// An address to write to.
    pub email: Option<String>,
    /// Its web page.
    pub website: Option<String>,
    /// More web pages.
    pub additional_websites: Vec<Url>,
    /// Tax status, as the source words it.
    pub tax_status: Option<String>,
    /// Tax number.
    pub tax_id: Option<String>,
    /// The year it was founded or registered.
    pub year_incorporated: Option<i32>,
    /// Legal form, for example `charity`.
    pub legal_status: Option<String>,
    /// Address of its logo.
    pub logo: Option<String>,
    /// A persistent identifier.
    pub uri: Option<String>,
    /// The body it is part of.
    pub parent_organization_id: Option<OrganizationId>,
    /// Registered numbers.
    pub identifiers: Vec<OrganizationIdentifier>,
    /// Programmes it runs.
    pub programs: Vec<Program>,
    /// Who funds it.
    pub funding: Vec<Funding>,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// Numbers to call.
    pub phones: Vec<Phone>,
    /// Free properties and taxonomy terms.
    pub attributes: Vec<Attribute>,
}

/// A number under which an organization is registered somewhere.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationIdentifier {
    /// Its id.
    pub id: Uuid,
    /// The register, for example `GB-CHC`.
    pub scheme: Option<String>,
    /// The kind of number, in words.
    pub kind: String,
    /// The number.
    pub identifier: String,
}

/// A programme under which services run.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Program {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Another name.
    pub alternate_name: Option<String>,
    /// What it is.
    pub description: Option<String>,
}
