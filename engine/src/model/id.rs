//! Identifiers: UUIDs, a type of its own for each kind of record, so that a
//! location cannot be passed where a service is meant.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Under which ids are derived from a source and its own ('foreign') id.
const NAMESPACE: Uuid = Uuid::from_u128(0x7d1c_64f0_5b0e_4a55_9c55_ca05_e0a1_d123);

/// The id of a record whose source gives none that is a UUID: version 5 over
/// the source's name, the kind of record and the source's own id, so that the
/// same record gets the same id each time it is read.
///
/// ```
/// use causeway_engine::model::derive_id;
/// assert_eq!(derive_id("miami", "service", "12"), derive_id("miami", "service", "12"));
/// assert_ne!(derive_id("miami", "service", "12"), derive_id("miami", "location", "12"));
/// ```
#[must_use]
pub fn derive_id(source: &str, kind: &str, foreign_id: &str) -> Uuid {
    // The unit separator cannot be part of a name, so no two triples run together.
    Uuid::new_v5(
        &NAMESPACE,
        format!("{source}\u{1f}{kind}\u{1f}{foreign_id}").as_bytes(),
    )
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

ids! {
    /// Of an organization.
    OrganizationId;
    /// Of a service.
    ServiceId;
    /// Of a location.
    LocationId;
    /// Of a service at a location.
    ServiceAtLocationId;
    /// Of a taxonomy.
    TaxonomyId;
    /// Of a taxonomy term.
    TaxonomyTermId;
    /// Of a partnership.
    PartnershipId;
    /// Of an offer or an ask.
    OfferId;
    /// Of a referral.
    ReferralId;
    /// Of an assurance.
    AssuranceId;
    /// Of an area.
    AreaId;
    /// Of the postcodes of one district.
    PostcodeDistrictId;
}
