//! Assurances: 'I checked this today'.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{AssuranceId, OrganizationId, ServiceId};

/// Someone vouches that a service's record is right.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Assurance {
    /// Its id.
    pub id: AssuranceId,
    /// The service.
    pub service_id: ServiceId,
    /// The day of the check.
    pub on: Date,
    /// Who checked.
    pub by: Option<OrganizationId>,
    /// In words.
    pub note: Option<String>,
}
