//! Areas: where people live, how many, and how deprived.

use std::collections::BTreeMap;

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

impl AreaKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Lsoa11,
        Self::Lsoa21,
        Self::Ward,
        Self::District,
        Self::Other,
    ];

    /// The name in files and answers.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Lsoa11 => "lsoa11",
            Self::Lsoa21 => "lsoa21",
            Self::Ward => "ward",
            Self::District => "district",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Area {
    /// Takes over what `other` says and this one does not: outline, position,
    /// residents, deprivation and parent each as a whole, so that no figure
    /// mixes two sources.
    ///
    /// One parent replaces another: a ward takes the place of a district, since
    /// the district is the ward's parent in turn.
    pub fn complete_from(&mut self, other: &Self) {
        if self.name.is_empty() {
            self.name.clone_from(&other.name);
        }
        let finer = is_ward(other.parent.as_deref()) && !is_ward(self.parent.as_deref());
        if other.parent.is_some() && (self.parent.is_none() || finer) {
            self.parent.clone_from(&other.parent);
            self.parent_name.clone_from(&other.parent_name);
        } else if self.parent == other.parent && self.parent_name.is_none() {
            self.parent_name.clone_from(&other.parent_name);
        }
        if self.latitude.is_none() || self.longitude.is_none() {
            (self.latitude, self.longitude) = (other.latitude, other.longitude);
        }
        if self.boundary.is_none() {
            self.boundary.clone_from(&other.boundary);
        }
        if self.population == Population::default() {
            self.population.clone_from(&other.population);
        }
        if self.deprivation.is_none() {
            self.deprivation.clone_from(&other.deprivation);
        }
    }
}

/// Whether a code is a ward's: the Government Statistical Service writes them
/// with these first three signs in England, Wales, Scotland and Northern Ireland.
fn is_ward(code: Option<&str>) -> bool {
    code.and_then(|code| code.get(..3))
        .is_some_and(|entity| matches!(entity, "E05" | "W05" | "S13" | "N08"))
}

/// One area for each kind and code, out of what several sources say about it.
///
/// Each source keeps its own record, so a boundary file, a deprivation table
/// and a census table give three records of the same place; readers want one.
/// What the earlier record states wins ([`Area::complete_from`]), and its id is
/// kept. Sorted by code, then kind: the same code names an area of 2011 and one
/// of 2021, and those stay apart.
///
/// *Complexity*: O(n log n).
///
/// ```
/// use causeway_engine::model::{Area, AreaKind, combined};
/// let area = |name: &str, latitude| Area {
///     code: "E01004472".into(),
///     name: name.into(),
///     kind: AreaKind::Lsoa21,
///     latitude,
///     longitude: latitude.map(|_| -0.15),
///     ..Area::default()
/// };
/// let areas = [area("Wandsworth 021A", None), area("", Some(51.45))];
/// let one = combined(areas.iter());
/// assert_eq!(one.len(), 1);
/// assert_eq!((one[0].name.as_str(), one[0].latitude), ("Wandsworth 021A", Some(51.45)));
/// ```
pub fn combined<'a>(areas: impl Iterator<Item = &'a Area>) -> Vec<Area> {
    let mut by_code: BTreeMap<(&str, &AreaKind), Area> = BTreeMap::new();
    for area in areas {
        by_code
            .entry((&area.code, &area.kind))
            .and_modify(|first| first.complete_from(area))
            .or_insert_with(|| area.clone());
    }
    by_code.into_values().collect()
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
    /// The domains, by name ascending.
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
