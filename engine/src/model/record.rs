//! The closed set of records, and where each came from.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use uuid::Uuid;

use super::{
    Area, Assurance, Location, Offer, Organization, Partnership, PostcodeDistrict, Referral,
    Service, ServiceAtLocation, Taxonomy, TaxonomyTerm,
};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal;)*) => {
        /// The kinds of record a directory holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// All kinds, in the order of their keys.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The name in keys, files and reports.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }
        }

        /// A record of any kind.
        #[expect(
            clippy::large_enum_variant,
            reason = "records are held in an `Entry` behind a pointer, and most are services"
        )]
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Record { $($(#[$doc])* $kind($kind),)* }

        impl Record {
            /// Its kind.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)* }
            }

            /// Its id, of whichever type.
            #[must_use]
            pub fn id(&self) -> Uuid {
                match self { $(Self::$kind(record) => record.id.0,)* }
            }
        }

        $(impl From<$kind> for Record {
            fn from(record: $kind) -> Self {
                Self::$kind(record)
            }
        })*
    };
}

kinds! {
    /// An organization.
    Organization = "organization";
    /// A service.
    Service = "service";
    /// A location.
    Location = "location";
    /// A service at a location.
    ServiceAtLocation = "service_at_location";
    /// A taxonomy.
    Taxonomy = "taxonomy";
    /// A taxonomy term.
    TaxonomyTerm = "taxonomy_term";
    /// A partnership.
    Partnership = "partnership";
    /// An offer or an ask.
    Offer = "offer";
    /// A referral.
    Referral = "referral";
    /// An assurance.
    Assurance = "assurance";
    /// An area.
    Area = "area";
    /// The postcodes of one district.
    PostcodeDistrict = "postcode_district";
}

impl Record {
    /// What the store keeps it under.
    #[must_use]
    pub fn key(&self) -> RecordKey {
        RecordKey {
            kind: self.kind(),
            id: self.id(),
        }
    }
}

/// What a record is kept under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
}

impl std::fmt::Display for RecordKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind.name(), self.id)
    }
}

/// Where a record came from.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// The source's name: a path, an address, or what the operator called it.
    pub source: String,
    /// The source's own id for it.
    pub foreign_id: Option<String>,
    /// When it was read and found new or changed.
    pub read_at: Timestamp,
    /// Since when the source no longer lists it. None: it does.
    pub defunct_since: Option<Timestamp>,
}

/// A record with where it came from. `T` is [`Record`] in the store and the
/// record's own type in a [`super::Directory`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry<T> {
    /// The record.
    pub record: T,
    /// Where it came from.
    pub provenance: Provenance,
}

impl<T> Entry<T> {
    /// Whether its source still lists it.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.provenance.defunct_since.is_none()
    }
}
