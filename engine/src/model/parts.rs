//! The parts that organizations, services and locations share.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use uuid::Uuid;

use super::TaxonomyTermId;

/// A property that HSDS has no field for, or a taxonomy term that describes a record.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribute {
    /// Its id.
    pub id: Uuid,
    /// The term, where the attribute is one.
    pub taxonomy_term_id: Option<TaxonomyTermId>,
    /// What the link between record and term means, for example `eligibility`.
    pub link_type: Option<String>,
    /// The name of a free property.
    pub label: Option<String>,
    /// Its value.
    pub value: Option<String>,
}

/// A post or a desk that can be asked. Names of persons are kept as the source gives them.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub name: Option<String>,
    /// The post.
    pub title: Option<String>,
    /// The part of the organization.
    pub department: Option<String>,
    /// An address to write to.
    pub email: Option<String>,
    /// Numbers to call.
    pub phones: Vec<Phone>,
}

/// A telephone number.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Phone {
    /// Its id.
    pub id: Uuid,
    /// As the source writes it.
    pub number: String,
    /// The extension, as digits.
    pub extension: Option<String>,
    /// `voice`, `fax`, `text`, `textphone` …
    pub kind: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Languages spoken there.
    pub languages: Vec<Language>,
}

/// A language in which a service, a place or a telephone can be used.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Language {
    /// Its id.
    pub id: Uuid,
    /// As the source writes it, for example `Bengali`.
    pub name: Option<String>,
    /// ISO 639 or BCP 47 code.
    pub code: Option<String>,
    /// For example `interpreter on request`.
    pub note: Option<String>,
}

/// Where money comes from.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Funding {
    /// Its id.
    pub id: Uuid,
    /// The funder, in words.
    pub source: Option<String>,
}

/// A further web address.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Url {
    /// Its id.
    pub id: Uuid,
    /// What it leads to.
    pub label: Option<String>,
    /// The address.
    pub url: String,
}
