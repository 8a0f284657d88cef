//! Answers about gaps: where need outruns supply, and for whom.

use causeway_engine::planning::{
    BesideMap, Fragile, GapArea, GapTotals, GapsAnswer, MethodSaid, NeedGap, NeedsOverview,
    Observed, PersonGap, Support,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    AreaGiven, DeprivationGiven, EquityGiven, NamedOrganization, NearestGiven, NeedGiven,
    RestsOnGiven, ServiceNamed, UnitGiven,
};
use crate::http::Links;

/// What is asked of gaps; scenarios and sites take the same beside their own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[schema(as = GapsRequest)]
#[into_params(parameter_in = Query, style = Form)]
pub struct GapsAsked {
    /// The need: one concept or taxonomy term, by id, name or synonym. Without it help of any kind is counted, and `needs` ranks the needs.
    #[param(nullable = false, example = "food bank")]
    #[schema(nullable = false, example = "food bank")]
    pub need: Option<String>,
    /// The unit of the areas: `lsoa` (the default), `ward`, `district`, `hex`, `other`.
    #[param(nullable = false, example = "lsoa")]
    #[schema(nullable = false, example = "lsoa")]
    pub by: Option<String>,
    /// Resolution of the H3 hexagons, 5 to 10; 8 unless given, some 0.7 km² each.
    #[param(nullable = false, minimum = 5, maximum = 10)]
    #[schema(nullable = false, minimum = 5, maximum = 10, example = 8)]
    pub hex_resolution: Option<u8>,
    /// The study area: code or name of an imported area, or a postcode for its ward; all areas unless given. What lies around it counts at its edge.
    #[param(nullable = false, example = "Tooting Broadway")]
    #[schema(nullable = false, example = "Tooting Broadway")]
    pub area: Option<String>,
    /// Ages counted: `65+`, `11-25`, `82`; those the need concerns unless given.
    #[param(nullable = false, example = "65+")]
    #[schema(nullable = false, example = "65+")]
    pub age: Option<String>,
    /// A language people need, BCP 47 code or English name.
    #[param(nullable = false, example = "Polish")]
    #[schema(nullable = false, example = "Polish")]
    pub language: Option<String>,
    /// What they cannot do without: `wheelchair`, `step-free`, `bsl` …
    #[schema(example = json!(["wheelchair"]))]
    #[param(required = false)]
    pub access: Vec<String>,
    /// Whether they can come only on weekdays after 18:00.
    #[param(nullable = false)]
    #[schema(nullable = false, example = false)]
    pub evening: Option<bool>,
    /// Whether they can come only on Saturday or Sunday.
    #[param(nullable = false)]
    #[schema(nullable = false, example = false)]
    pub weekend: Option<bool>,
    /// Whether they can pay nothing.
    #[param(nullable = false)]
    #[schema(nullable = false, example = false)]
    pub free: Option<bool>,
    /// Whether services count that do not say whether they meet the above; true unless given.
    #[param(nullable = false)]
    #[schema(nullable = false, example = true)]
    pub include_unknown: Option<bool>,
    /// The floating catchment: `2sfca`, `e2sfca` (the default), `m2sfca`, `3sfca`.
    #[param(nullable = false, example = "e2sfca")]
    #[schema(nullable = false, example = "e2sfca")]
    pub method: Option<String>,
    /// How distance counts: `slow` (zones; the default), `fast`, `gaussian`, `dai`, `flat`.
    #[param(nullable = false, example = "slow")]
    #[schema(nullable = false, example = "slow")]
    pub decay: Option<String>,
    /// How far people go at most, minutes; 30, or 60 for a specialist need, unless the operator set something else.
    #[param(nullable = false, exclusive_minimum = 0, maximum = 240)]
    #[schema(nullable = false, exclusive_minimum = 0, maximum = 240, example = 30.0)]
    pub reach_minutes: Option<f64>,
    /// Share of residents of these ages who have the need, 0 to 1; 1 unless the operator set something else.
    #[param(nullable = false, minimum = 0, maximum = 1)]
    #[schema(nullable = false, minimum = 0, maximum = 1, example = 1.0)]
    pub rate: Option<f64>,
    /// How much more the need of the most deprived counts than that of the least: 1 is double.
    #[param(nullable = false, minimum = 0, maximum = 10)]
    #[schema(nullable = false, minimum = 0, maximum = 10, example = 1.0)]
    pub deprivation_weight: Option<f64>,
    /// For the intervals, which draw lots.
    #[param(nullable = false, minimum = 0)]
    #[schema(nullable = false, minimum = 0, example = 0)]
    pub seed: Option<u64>,
}

/// What there is for one area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GapAreaGiven {
    /// The area.
    pub area: AreaGiven,
    /// The ward it lies in, where it is smaller than one and that is known.
    pub ward: Option<AreaGiven>,
    /// Its centre; of several areas that where most people with the need live. WGS84 degrees.
    #[schema(example = 51.4435)]
    pub latitude: f64,
    /// As above.
    #[schema(example = -0.1525)]
    pub longitude: f64,
    /// Residents of all ages.
    #[schema(example = 1783.0)]
    pub population: f64,
    /// People with the need.
    #[schema(example = 1783.0)]
    pub demand: f64,
    /// Places a week for each of them. Null where they are fewer than 20.
    #[schema(example = 0.012)]
    pub access: Option<f64>,
    /// 1: the most unmet need.
    #[schema(example = 1)]
    pub rank: usize,
    /// Unmet need: people short of an even share, more where deprived.
    #[schema(example = 812.4)]
    pub unmet: f64,
    /// Deprivation.
    pub deprivation: DeprivationGiven,
    /// The nearest suitable service. Null where none is within reach.
    pub nearest: Option<NearestGiven>,
    /// How many suitable services are within reach.
    #[schema(example = 3)]
    pub choices: usize,
    /// Share of the places within reach whose number is assumed.
    #[schema(example = 0.4)]
    pub imputed_share: f64,
    /// What the figures rest on.
    pub rests_on: RestsOnGiven,
    /// Why the gap may be one of the data.
    #[schema(
        example = "2 services within reach do not say whether they meet what was asked: this may be a gap in the data."
    )]
    pub caution: Option<String>,
}

impl From<GapArea> for GapAreaGiven {
    fn from(area: GapArea) -> Self {
        Self {
            area: area.area.into(),
            ward: area.ward.map(Into::into),
            latitude: area.latitude,
            longitude: area.longitude,
            population: area.population,
            demand: area.demand,
            access: area.access,
            rank: area.rank,
            unmet: area.unmet,
            deprivation: area.deprivation.into(),
            nearest: area.nearest.map(|nearest| NearestGiven {
                service: nearest.service.into(),
                minutes: nearest.minutes,
                distance_m: nearest.distance_m,
            }),
            choices: area.choices,
            imputed_share: area.imputed_share,
            rests_on: area.rests_on.into(),
            caution: area.caution,
        }
    }
}

/// Services that are no point of the map.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BesideGiven {
    /// `remote`, `visiting`, `no_place` or `confidential`.
    #[schema(example = "remote")]
    pub why: &'static str,
    /// How many.
    #[schema(example = 4)]
    pub services: usize,
    /// Places a week.
    #[schema(example = 60.0)]
    pub places: f64,
}

/// What referrals show of a need. Counts below 5 are null.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ObservedGiven {
    /// How many were made.
    #[schema(example = 40)]
    pub referrals: Option<u32>,
    /// How many of them were declined.
    #[schema(example = 12)]
    pub declined: Option<u32>,
    /// How many ended before the help was given.
    #[schema(example = 7)]
    pub not_completed: Option<u32>,
}

impl From<Observed> for ObservedGiven {
    fn from(of: Observed) -> Self {
        Self {
            referrals: of.referrals,
            declined: of.declined,
            not_completed: of.not_completed,
        }
    }
}

/// Figures of the whole study area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GapTotalsGiven {
    /// Areas.
    #[schema(example = 186)]
    pub areas: usize,
    /// Their residents.
    #[schema(example = 327_496.0)]
    pub population: f64,
    /// People with the need.
    #[schema(example = 327_496.0)]
    pub demand: f64,
    /// Unmet need.
    #[schema(example = 61_204.0)]
    pub unmet: f64,
    /// The same as a share of what it would be if nobody had anything.
    #[schema(example = 0.31)]
    pub unmet_share: f64,
    /// People with the need who have no suitable service within reach.
    #[schema(example = 9_310.0)]
    pub people_without: f64,
    /// Services on the map.
    #[schema(example = 14)]
    pub services: usize,
    /// Places a week on the map.
    #[schema(example = 510.0)]
    pub places: f64,
    /// Places a week per resident if all were shared out evenly.
    #[schema(example = 0.0016)]
    pub even_share: f64,
    /// Services that take nobody new at present, counted all the same.
    #[schema(example = 2)]
    pub full: usize,
    /// Services that are no point of the map.
    pub beside_the_map: Vec<BesideGiven>,
    /// Services with places but no residents within reach.
    pub catchment_without_residents: Vec<ServiceNamed>,
    /// What referrals show. Null where there are none.
    pub observed: Option<ObservedGiven>,
    /// What the figures rest on.
    pub rests_on: RestsOnGiven,
}

/// The name of why services are beside the map.
fn why(beside: BesideMap) -> &'static str {
    match beside {
        BesideMap::Remote => "remote",
        BesideMap::Visiting => "visiting",
        BesideMap::NoPlace => "no_place",
        BesideMap::Confidential => "confidential",
    }
}

impl From<GapTotals> for GapTotalsGiven {
    fn from(of: GapTotals) -> Self {
        Self {
            areas: of.areas,
            population: of.population,
            demand: of.demand,
            unmet: of.unmet,
            unmet_share: of.unmet_share,
            people_without: of.people_without,
            services: of.services,
            places: of.places,
            even_share: of.even_share,
            full: of.full,
            beside_the_map: of
                .beside
                .into_iter()
                .map(|(beside, total)| BesideGiven {
                    why: why(beside),
                    services: total.services,
                    places: total.places,
                })
                .collect(),
            catchment_without_residents: of
                .catchment_without_residents
                .into_iter()
                .map(Into::into)
                .collect(),
            observed: of.observed.map(Into::into),
            rests_on: of.rests_on.into(),
        }
    }
}

/// One that supply hangs on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FragileGiven {
    /// `organization`, `venue`, `funder`, or `broker`: the only partner who can send people there.
    #[schema(example = "organization")]
    pub kind: &'static str,
    /// Its id. Null for a funder, who is known by name alone.
    pub id: Option<Uuid>,
    /// Its name.
    #[schema(example = "Mill Road Pantry")]
    pub name: String,
    /// Services that would go, by name.
    pub services: Vec<String>,
    /// Unmet need that would appear.
    #[schema(example = 5120.0)]
    pub unmet_added: f64,
    /// As a share of all unmet need there would then be.
    #[schema(example = 0.08)]
    pub share: f64,
    /// Areas that would be left without any service within reach, by code.
    pub areas_left: Vec<AreaGiven>,
    /// People with the need in them.
    #[schema(example = 11_250.0)]
    pub people_left: f64,
}

impl From<Fragile> for FragileGiven {
    fn from(of: Fragile) -> Self {
        Self {
            kind: match of.kind {
                Support::Organization => "organization",
                Support::Venue => "venue",
                Support::Funder => "funder",
                Support::Broker => "broker",
            },
            id: of.id,
            name: of.name,
            services: of.services,
            unmet_added: of.unmet_added,
            share: of.share,
            areas_left: of.areas_left.into_iter().map(Into::into).collect(),
            people_left: of.people_left,
        }
    }
}

/// How the figures were made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MethodGiven {
    /// The floating catchment.
    #[schema(example = "e2sfca")]
    pub access: &'static str,
    /// `places`, or `counts` where most numbers of places are assumed.
    #[schema(example = "places")]
    pub supply: &'static str,
    /// Weight of a journey of so many minutes: points of the curve.
    #[schema(example = json!([[0.0, 1.0], [10.0, 1.0], [20.0, 0.68], [30.0, 0.22]]))]
    pub decay: Vec<(f64, f64)>,
    /// How far people go at most, minutes.
    #[schema(example = 30.0)]
    pub reach_minutes: f64,
    /// Youngest counted, years. Null: all ages.
    #[schema(example = 65)]
    pub age_from: Option<u8>,
    /// Oldest counted, years. Null: no limit.
    pub age_to: Option<u8>,
    /// Share of residents of these ages taken to have the need.
    #[schema(example = 1.0)]
    pub rate: f64,
    /// How much more the need of the most deprived counts than that of the least.
    #[schema(example = 1.0)]
    pub deprivation_weight: f64,
    /// Places a week taken for a service that does not say: the middle of those that do, else 1.
    #[schema(example = 25.0)]
    pub usual_places: f64,
    /// What else must be known, in sentences.
    pub notes: Vec<String>,
}

impl From<MethodSaid> for MethodGiven {
    fn from(of: MethodSaid) -> Self {
        let steps = 6_u8;
        Self {
            access: of.access,
            supply: of.supply,
            decay: (0..=steps)
                .map(|step| of.reach_minutes * f64::from(step) / f64::from(steps))
                .map(|minutes| (minutes, of.decay.weight(minutes)))
                .collect(),
            reach_minutes: of.reach_minutes,
            age_from: of.ages.map(|(from, _)| from),
            age_to: of.ages.and_then(|(_, to)| to),
            rate: of.rate,
            deprivation_weight: of.deprivation_weight,
            usual_places: of.usual_places,
            notes: of.notes,
        }
    }
}

/// The gap of one need.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NeedGapGiven {
    /// The need.
    pub need: NeedGiven,
    /// 1: the largest share unmet.
    #[schema(example = 1)]
    pub rank: usize,
    /// People with the need.
    #[schema(example = 32_000.0)]
    pub demand: f64,
    /// Services on the map.
    #[schema(example = 3)]
    pub services: usize,
    /// Services beside the map: by telephone, at home, at a place not told.
    #[schema(example = 1)]
    pub beside_the_map: usize,
    /// The organization all of its places on the map hang on, where it is one.
    pub hangs_on: Option<NamedOrganization>,
    /// Places a week on the map.
    #[schema(example = 60.0)]
    pub places: f64,
    /// Unmet need.
    #[schema(example = 21_000.0)]
    pub unmet: f64,
    /// The same as a share of what it would be if nobody had anything.
    #[schema(example = 0.66)]
    pub unmet_share: f64,
    /// People with the need who have nothing within reach.
    #[schema(example = 18_500.0)]
    pub people_without: f64,
}

impl From<NeedGap> for NeedGapGiven {
    fn from(of: NeedGap) -> Self {
        Self {
            need: of.need.into(),
            rank: of.rank,
            demand: of.demand,
            services: of.services,
            beside_the_map: of.beside_the_map,
            hangs_on: of.hangs_on.map(|host| NamedOrganization {
                id: host.id.0,
                name: host.name,
            }),
            places: of.places,
            unmet: of.unmet,
            unmet_share: of.unmet_share,
            people_without: of.people_without,
        }
    }
}

/// Where need outruns supply.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GapsGiven {
    /// The need.
    pub need: NeedGiven,
    /// The unit of the areas.
    #[schema(example = "lsoa")]
    pub by: &'static str,
    /// Areas, the most unmet need first; all of them unless `limit` is given.
    pub areas: Vec<GapAreaGiven>,
    /// How many areas there are.
    #[schema(example = 186)]
    pub total: usize,
    /// How many a page holds.
    #[schema(example = 186)]
    pub limit: usize,
    /// How many were left out first.
    #[schema(example = 0)]
    pub offset: usize,
    /// Other pages. Absent on the command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub links: Option<Links>,
    /// Figures of the whole study area.
    pub totals: GapTotalsGiven,
    /// How fairly access is spread.
    pub equity: EquityGiven,
    /// The same by other units: a finding should survive the change.
    pub units: Vec<UnitGiven>,
    /// On whom supply hangs, the most first.
    pub fragile: Vec<FragileGiven>,
    /// How the figures were made.
    pub method: MethodGiven,
    /// Share of places on the map whose number is assumed.
    #[schema(example = 0.35)]
    pub imputed_share: f64,
    /// Needs ranked by the share that is unmet; only where no need was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub needs: Option<Vec<NeedGapGiven>>,
    /// Needs that nothing in the directory meets; only where no need was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub needs_without_supply: Option<Vec<NeedGiven>>,
    /// The day of the data.
    #[schema(example = "2026-11-24", format = Date)]
    pub date: String,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl GapsGiven {
    /// An answer of the engine with all its areas and without links.
    #[must_use]
    pub fn of(answer: GapsAnswer, overview: Option<NeedsOverview>) -> Self {
        let (needs, without) = overview.map_or((None, None), |overview| {
            (Some(overview.needs), Some(overview.without_supply))
        });
        let total = answer.areas.len();
        Self {
            need: answer.need.into(),
            by: answer.by,
            areas: answer.areas.into_iter().map(Into::into).collect(),
            total,
            limit: total,
            offset: 0,
            links: None,
            totals: answer.totals.into(),
            equity: answer.equity.into(),
            units: answer.units.into_iter().map(Into::into).collect(),
            fragile: answer.fragile.into_iter().map(Into::into).collect(),
            method: answer.method.into(),
            imputed_share: answer.imputed_share,
            needs: needs.map(|needs| needs.into_iter().map(Into::into).collect()),
            needs_without_supply: without.map(|needs| needs.into_iter().map(Into::into).collect()),
            date: answer.date.to_string(),
            snapshot: answer.snapshot,
        }
    }
}

/// People in the same circumstances.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PersonGapGiven {
    /// What they need.
    pub need: NeedGiven,
    /// Their language. Null: it does not matter.
    #[schema(example = "Polish")]
    pub language: Option<String>,
    /// What they cannot do without. Null: nothing.
    #[schema(example = "wheelchair")]
    pub access: Option<&'static str>,
    /// `evening` or `weekend`. Null: any time.
    #[schema(example = "evening")]
    pub time: Option<&'static str>,
    /// Services on the map that say they suit them.
    #[schema(example = 0)]
    pub services: usize,
    /// Services on the map that do not say; they are not counted as suiting.
    #[schema(example = 9)]
    pub unsaid: usize,
    /// Residents with the need where none that says so is within reach.
    #[schema(example = 327_496.0)]
    pub people_without: f64,
    /// As a share of all with the need.
    #[schema(example = 1.0)]
    pub share_without: f64,
}

impl From<PersonGap> for PersonGapGiven {
    fn from(of: PersonGap) -> Self {
        Self {
            need: of.need.into(),
            language: of.language,
            access: of.access.map(causeway_engine::model::AccessFeature::name),
            time: of.time.map(causeway_engine::planning::OutOfHours::name),
            services: of.services,
            unsaid: of.unsaid,
            people_without: of.people_without,
            share_without: of.share_without,
        }
    }
}

/// For whom there is nothing within reach, wherever they live.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PeopleGiven {
    /// Combinations, the largest share of people without first.
    pub people: Vec<PersonGapGiven>,
    /// How many combinations leave somebody without.
    #[schema(example = 120)]
    pub total: usize,
    /// How many a page holds.
    #[schema(example = 50)]
    pub limit: usize,
    /// How many were left out first.
    #[schema(example = 0)]
    pub offset: usize,
    /// Other pages.
    pub links: Links,
    /// How many combinations were tried.
    #[schema(example = 135)]
    pub tried: usize,
    /// What must be known.
    pub notes: Vec<String>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}
