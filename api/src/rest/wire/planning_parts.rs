//! The parts that answers of planning share.

use causeway_engine::planning::equity::{Equity, Estimate};
use causeway_engine::planning::{
    AreaName, DeprivationOf, Interval, NeedName, RestsOn, ServiceName, UnitIndex,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A need by id and name.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NeedGiven {
    /// Id of the concept or the taxonomy term. Null for help of any kind.
    #[schema(example = "food-bank")]
    pub id: Option<String>,
    /// Its name.
    #[schema(example = "Food bank")]
    pub name: String,
}

impl From<NeedName> for NeedGiven {
    fn from(need: NeedName) -> Self {
        Self {
            id: need.id,
            name: need.name,
        }
    }
}

/// An area by code and name.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaGiven {
    /// Its code.
    #[schema(example = "E01004472")]
    pub code: String,
    /// Its name.
    #[schema(example = "Wandsworth 021A")]
    pub name: String,
}

impl From<AreaName> for AreaGiven {
    fn from(area: AreaName) -> Self {
        Self {
            code: area.code,
            name: area.name,
        }
    }
}

/// Deprivation of an area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DeprivationGiven {
    /// Rank in the country, 1 the most deprived; of several areas the mean weighted by residents.
    #[schema(example = 12045)]
    pub rank: Option<u32>,
    /// Tenth in the country, 1 the most deprived; as above.
    #[schema(example = 4)]
    pub decile: Option<u8>,
}

impl From<DeprivationOf> for DeprivationGiven {
    fn from(of: DeprivationOf) -> Self {
        Self {
            rank: of.rank,
            decile: of.decile,
        }
    }
}

/// A service by id and name.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceNamed {
    /// Its id. Null where it is only imagined.
    pub id: Option<Uuid>,
    /// Its name.
    #[schema(example = "Thursday food bank")]
    pub name: String,
}

impl From<ServiceName> for ServiceNamed {
    fn from(service: ServiceName) -> Self {
        Self {
            id: service.id.map(|id| id.0),
            name: service.name,
        }
    }
}

/// The nearest suitable service.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NearestGiven {
    /// The service.
    pub service: ServiceNamed,
    /// The way there, minutes.
    #[schema(example = 12.5)]
    pub minutes: f64,
    /// Straight line, metres.
    #[schema(example = 769.0)]
    pub distance_m: f64,
}

/// What a figure rests on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RestsOnGiven {
    /// Services counted.
    #[schema(example = 6)]
    pub services: usize,
    /// Those that say how many people they can see; `method.usual_places` stands in for the rest.
    #[schema(example = 2)]
    pub stating_places: usize,
    /// Those that say that they meet all that was asked.
    #[schema(example = 5)]
    pub stating_what_was_asked: usize,
    /// Those that somebody vouched for or changed within a year.
    #[schema(example = 3)]
    pub checked_within_a_year: usize,
    /// Those of which nothing says when anybody looked last.
    #[schema(example = 0)]
    pub never_checked: usize,
    /// The day before which half of the others were looked at last.
    #[schema(example = "2025-11-02", value_type = Option<String>, format = Date)]
    pub half_checked_before: Option<String>,
    /// The earliest of those days.
    #[schema(example = "2023-02-14", value_type = Option<String>, format = Date)]
    pub oldest_check: Option<String>,
    /// The latest.
    #[schema(example = "2026-10-30", value_type = Option<String>, format = Date)]
    pub newest_check: Option<String>,
}

impl From<RestsOn> for RestsOnGiven {
    fn from(of: RestsOn) -> Self {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        Self {
            services: of.services,
            stating_places: of.stating_places,
            stating_what_was_asked: of.stating_what_was_asked,
            checked_within_a_year: of.checked_within_a_year,
            never_checked: of.never_checked,
            half_checked_before: day(of.half_checked_before),
            oldest_check: day(of.oldest_check),
            newest_check: day(of.newest_check),
        }
    }
}

/// The middle 95 of 100 draws.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Interval)]
pub struct IntervalGiven {
    /// The lower end.
    #[schema(example = 0.29)]
    pub low: f64,
    /// The upper end.
    #[schema(example = 0.4)]
    pub high: f64,
}

/// An index with how far it would move with other areas.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EstimateGiven {
    /// The index. Null where there is nothing to compare.
    #[schema(example = 0.34)]
    pub value: Option<f64>,
    /// The middle 95 of 100 of 1,000 bootstrap draws of areas.
    pub interval: Option<IntervalGiven>,
}

impl From<Estimate> for EstimateGiven {
    fn from(of: Estimate) -> Self {
        Self {
            value: of.value,
            interval: of
                .interval
                .map(|Interval { low, high }| IntervalGiven { low, high }),
        }
    }
}

/// How fairly access is spread.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EquityGiven {
    /// Inequality between areas, 0 (the same everywhere) to 1.
    pub gini: EstimateGiven,
    /// Above 0: access favours the less deprived; below: the more deprived.
    pub concentration_index: EstimateGiven,
    /// How much more access the least deprived have than the most deprived, places a week per resident.
    pub slope_index: EstimateGiven,
    /// Mean access of the most deprived tenth of people over that of the least deprived.
    pub tenths_ratio: EstimateGiven,
    /// What they mean, in plain words.
    pub sentences: Vec<String>,
}

impl From<Equity> for EquityGiven {
    fn from(of: Equity) -> Self {
        Self {
            gini: of.gini.into(),
            concentration_index: of.concentration_index.into(),
            slope_index: of.slope_index.into(),
            tenths_ratio: of.tenths_ratio.into(),
            sentences: of.sentences,
        }
    }
}

/// How uneven access is between units of another size.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UnitGiven {
    /// The unit.
    #[schema(example = "ward")]
    pub by: &'static str,
    /// How many there are.
    #[schema(example = 22)]
    pub areas: usize,
    /// The Gini coefficient between them.
    #[schema(example = 0.22)]
    pub gini: Option<f64>,
    /// The concentration index over them.
    #[schema(example = -0.08)]
    pub concentration_index: Option<f64>,
}

impl From<UnitIndex> for UnitGiven {
    fn from(of: UnitIndex) -> Self {
        Self {
            by: of.by,
            areas: of.areas,
            gini: of.gini,
            concentration_index: of.concentration_index,
        }
    }
}
