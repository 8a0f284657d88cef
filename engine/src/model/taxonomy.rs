//! Taxonomies and their terms.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{TaxonomyId, TaxonomyTermId};

/// A list of terms.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Taxonomy {
    /// Its id.
    pub id: TaxonomyId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Where it is published.
    pub uri: Option<String>,
    /// Its version.
    pub version: Option<String>,
}

/// A term of a taxonomy.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxonomyTerm {
    /// Its id.
    pub id: TaxonomyTermId,
    /// Its code in the taxonomy.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
    /// The wider term.
    pub parent_id: Option<TaxonomyTermId>,
    /// The taxonomy, by name.
    pub taxonomy: Option<String>,
    /// The taxonomy, by id.
    pub taxonomy_id: Option<TaxonomyId>,
    /// The language of the name.
    pub language: Option<String>,
    /// A persistent identifier.
    pub term_uri: Option<String>,
}
