//! Areas: where people live, how many, and how deprived.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::AreaId;

/// A small area, ward, district or any other piece of the map.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// Its official code, for example `E01004472`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What sort of area.
    pub kind: AreaKind,
    /// The code of the area it is part of, for example its ward.
    pub parent: Option<String>,
    /// That area's name.
    pub parent_name: Option<String>,
    /// WGS84 degrees north of its centre, population-weighted where the source has that.
    pub latitude: Option<f64>,
    /// WGS84 degrees east of its centre.
    pub longitude: Option<f64>,
    /// Its outline.
    pub boundary: Option<Boundary>,
    /// Residents.
    pub population: Population,
    /// How deprived.
    pub deprivation: Option<Deprivation>,
}

/// What sort of area. The year is part of it, since codes of two censuses must not mix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AreaKind {
    /// Lower-layer super output area of 2011.
    Lsoa11,
    /// Lower-layer super output area of 2021.
    Lsoa21,
    /// Ward.
    Ward,
    /// Local authority district or borough.
    District,
    /// Any other.
    #[default]
    Other,
}

/// Residents by age band, as the 2021 census publishes them for small areas.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Population {
    /// All ages. None: not said.
    pub total: Option<f64>,
    /// Bands, youngest first: years from, years to (inclusive; None: and over), residents.
    pub bands: Vec<(u8, Option<u8>, f64)>,
}

/// Deprivation, in the terms of the English Indices. Rank 1 is the most deprived.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Deprivation {
    /// The index, for example `IMD 2025`.
    pub index: Option<String>,
    /// Score, larger is more deprived.
    pub score: Option<f64>,
    /// Rank in the country, 1 the most deprived.
    pub rank: Option<u32>,
    /// Tenth, 1 the most deprived.
    pub decile: Option<u8>,
    /// The domains.
    pub domains: Vec<DeprivationDomain>,
}

/// One domain of deprivation.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeprivationDomain {
    /// For example `income`.
    pub name: String,
    /// Score, larger is more deprived.
    pub score: Option<f64>,
    /// Rank, 1 the most deprived.
    pub rank: Option<u32>,
    /// Tenth, 1 the most deprived.
    pub decile: Option<u8>,
}

/// An outline: polygons, each a list of rings (the outer first), each a list of
/// `[longitude, latitude]` in WGS84 degrees, closed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Boundary(pub Vec<Vec<Vec<[f64; 2]>>>);
