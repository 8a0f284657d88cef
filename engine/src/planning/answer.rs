//! What is told about gaps.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{AreaKind, ServiceId};

use super::equity::Equity;
use super::fragile::Fragile;
use super::observed::Observed;
use super::rests_on::RestsOn;
use super::supply::BesideMap;

/// A need by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedName {
    /// Id of the concept or the taxonomy term; none for help of any kind.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
}

/// The name of a place and where it is written on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceLabel {
    /// The name.
    pub name: String,
    /// WGS84 degrees north.
    pub latitude: f64,
    /// WGS84 degrees east.
    pub longitude: f64,
}

/// The code and name of an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaName {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Deprivation of an area.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DeprivationOf {
    /// Rank, 1 the most deprived; of a group of areas the mean weighted by residents.
    pub rank: Option<u32>,
    /// Tenth, 1 the most deprived; as above.
    pub decile: Option<u8>,
}

/// A service by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceName {
    /// Its id; none where it is only imagined.
    pub id: Option<ServiceId>,
    /// Its name.
    pub name: String,
}

/// The nearest suitable service.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nearest {
    /// The service.
    pub service: ServiceName,
    /// The way there, minutes.
    pub minutes: f64,
    /// Straight line, metres.
    pub distance_m: f64,
}

/// What there is for one area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapArea {
    /// The area.
    pub area: AreaName,
    /// The ward it lies in, where it is small and that is known; of a hexagon
    /// that of most people.
    pub ward: Option<AreaName>,
    /// Its centre, WGS84 degrees.
    pub latitude: f64,
    /// Its centre.
    pub longitude: f64,
    /// Residents of all ages.
    pub population: f64,
    /// People with the need.
    pub demand: f64,
    /// Places a week for each of them; none where they are fewer than 20.
    pub access: Option<f64>,
    /// 1: the most unmet need.
    pub rank: usize,
    /// Unmet need: people short of an even share, more where deprived.
    pub unmet: f64,
    /// Deprivation.
    pub deprivation: DeprivationOf,
    /// The nearest suitable service in reach; of a group, from where most people live.
    pub nearest: Option<Nearest>,
    /// How many suitable services are within reach.
    pub choices: usize,
    /// Share of the places in reach whose number is assumed.
    pub imputed_share: f64,
    /// What the figures rest on.
    pub rests_on: RestsOn,
    /// Why the gap may be one of the data.
    pub caution: Option<String>,
    /// Codes of the small areas it is made of.
    #[serde(skip)]
    pub members: Vec<String>,
}

impl GapArea {
    /// The name with its ward's: `Wandsworth 037A (Furzedown)`.
    #[must_use]
    pub fn full_name(&self) -> String {
        match &self.ward {
            Some(ward) => format!("{} ({})", self.area.name, ward.name),
            None => self.area.name.clone(),
        }
    }
}

/// Figures of the whole study area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapTotals {
    /// Areas reported.
    pub areas: usize,
    /// Their residents.
    pub population: f64,
    /// People with the need.
    pub demand: f64,
    /// Unmet need.
    pub unmet: f64,
    /// The same as a share of what it would be if nobody had anything.
    pub unmet_share: f64,
    /// People with the need who have no suitable service within reach.
    pub people_without: f64,
    /// Services on the map.
    pub services: usize,
    /// Places a week on the map.
    pub places: f64,
    /// Places a week per resident if all were shared out evenly.
    pub even_share: f64,
    /// Services that take nobody new at present, counted all the same.
    pub full: usize,
    /// Services that are no point of the map, by why.
    pub beside: BTreeMap<BesideMap, BesideTotal>,
    /// Services with places but no residents within reach.
    pub catchment_without_residents: Vec<ServiceName>,
    /// What referrals show; none where there are none.
    pub observed: Option<Observed>,
    /// What the figures rest on.
    pub rests_on: RestsOn,
}

/// Services beside the map.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct BesideTotal {
    /// How many.
    pub services: usize,
    /// Places a week.
    pub places: f64,
}

/// How the figures were made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MethodSaid {
    /// The floating catchment, for example `e2sfca`.
    pub access: &'static str,
    /// `places`, or `counts` where most numbers of places are assumed.
    pub supply: &'static str,
    /// How distance counts.
    pub decay: super::accessibility::Decay,
    /// How far people go at most, minutes.
    pub reach_minutes: f64,
    /// Ages counted, years.
    pub ages: Option<(u8, Option<u8>)>,
    /// Share of residents taken to have the need.
    pub rate: f64,
    /// How much deprivation adds.
    pub deprivation_weight: f64,
    /// Places a week taken for a service that does not say.
    pub usual_places: f64,
    /// What else must be known, in sentences.
    pub notes: Vec<String>,
}

/// How uneven access is between units of another size.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitIndex {
    /// The unit.
    pub by: &'static str,
    /// How many there are.
    pub areas: usize,
    /// The Gini coefficient between them.
    pub gini: Option<f64>,
    /// The concentration index over them.
    pub concentration_index: Option<f64>,
}

/// The answer to a question about gaps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapsAnswer {
    /// The need.
    pub need: NeedName,
    /// The unit of the areas.
    pub by: &'static str,
    /// The day of the data.
    pub date: Date,
    /// What kind of small areas they are made of.
    #[serde(skip)]
    pub kind: AreaKind,
    /// Names of places for a map, the most populous first.
    #[serde(skip)]
    pub labels: Vec<PlaceLabel>,
    /// Where the services on the map are, longitude and latitude.
    #[serde(skip)]
    pub points: Vec<[f64; 2]>,
    /// By rank.
    pub areas: Vec<GapArea>,
    /// Of all.
    pub totals: GapTotals,
    /// How fairly access is spread.
    pub equity: Equity,
    /// The same by other units: a finding should survive the change (the
    /// modifiable areal unit problem, Openshaw 1984).
    pub units: Vec<UnitIndex>,
    /// On whom it hangs, the most first.
    pub fragile: Vec<Fragile>,
    /// How it was made.
    pub method: MethodSaid,
    /// Share of places on the map whose number is assumed.
    pub imputed_share: f64,
    /// The version of the data.
    pub snapshot: u64,
}
