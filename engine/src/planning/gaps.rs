//! Gaps: where need outruns supply, for whom, and how sure that is.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::geography::{Coordinates, distance_m};
use crate::model::ServiceId;
use crate::snapshot::{PlaceIndex, Snapshot};

use super::demand::StudyArea;
use super::equity::Equity;
use super::fragile::{self, Fragile};
use super::hexagon::hexagon;
use super::request::{By, GapsRequest, PlanningError};
use super::study::Study;
use super::supply::BesideMap;
use super::travel::km_within;

/// Rates of fewer people than this say nothing and are not shown.
const FEWEST: f64 = 20.0;
/// Confidential services count only in totals of areas with this many residents.
const CONFIDENTIAL_FROM: f64 = 5_000.0;
/// Where more than this share of places is assumed, access counts services rather than places.
const MOSTLY: f64 = 0.5;

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
    /// Why the gap may be one of the data.
    pub caution: Option<String>,
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

/// The answer to a question about gaps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapsAnswer {
    /// The need.
    pub need: String,
    /// By rank.
    pub areas: Vec<GapArea>,
    /// Of all.
    pub totals: GapTotals,
    /// How fairly access is spread.
    pub equity: Equity,
    /// On whom it hangs, the most first.
    pub fragile: Vec<Fragile>,
    /// How it was made.
    pub method: MethodSaid,
    /// Share of places on the map whose number is assumed.
    pub imputed_share: f64,
    /// The version of the data.
    pub snapshot: u64,
}

/// Where need outruns supply.
pub fn gaps(snapshot: &Snapshot, request: &GapsRequest) -> Result<GapsAnswer, PlanningError> {
    let study = Study::of(snapshot, request)?;
    Ok(answer(snapshot, request, &study))
}

fn answer(snapshot: &Snapshot, request: &GapsRequest, study: &Study) -> GapsAnswer {
    let silent = PlaceIndex::of(
        study
            .supply
            .silent
            .iter()
            .enumerate()
            .map(|(at, point)| ((*point).into(), at as u32)),
    );
    let mut areas: Vec<GapArea> = groups(study, request.by)
        .into_iter()
        .map(|group| row(request, study, &silent, group))
        .collect();
    areas.sort_by(|a, b| {
        b.unmet
            .total_cmp(&a.unmet)
            .then_with(|| a.area.code.cmp(&b.area.code))
    });
    for (at, area) in areas.iter_mut().enumerate() {
        area.rank = at + 1;
    }
    let points = &study.supply.points;
    let imputed_share = imputed(points.iter().map(|point| (point.places, point.imputed)));
    let totals = totals(study, request, &areas);
    GapsAnswer {
        need: request.need_name.clone(),
        equity: study.equity(request.seed),
        fragile: fragile::spots(snapshot, request, study),
        method: method(request, study, imputed_share, totals.services == 0),
        areas,
        totals,
        imputed_share,
        snapshot: snapshot.version,
    }
}

/// Areas that are reported as one.
struct Group {
    area: AreaName,
    members: Vec<usize>,
}

fn groups(study: &Study, by: By) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for at in study.inside() {
        let area = &study.areas()[at];
        let (code, name) = unit(area, by);
        groups
            .entry(code.clone())
            .or_insert_with(|| Group {
                area: AreaName { code, name },
                members: Vec::new(),
            })
            .members
            .push(at);
    }
    groups.into_values().collect()
}

/// The unit an area belongs to; itself where it does not say.
fn unit(area: &StudyArea, by: By) -> (String, String) {
    let own = || (area.code.clone(), area.name.clone());
    match by {
        By::Lsoa => own(),
        By::Ward => area.parent.clone().unwrap_or_else(own),
        By::District => area
            .district
            .clone()
            .map_or_else(own, |name| (name.clone(), name)),
        By::Hex => {
            let code = hexagon(area.centre);
            (code.clone(), format!("Hexagon {code}"))
        }
    }
}

fn row(request: &GapsRequest, study: &Study, silent: &PlaceIndex, group: Group) -> GapArea {
    let members = || group.members.iter().map(|at| (*at, &study.areas()[*at]));
    let sum = |figure: &dyn Fn(usize, &StudyArea) -> f64| -> f64 {
        members()
            .map(|(at, area)| figure(at, area))
            .fold(0.0, |sum, one| sum + one)
    };
    let demand = sum(&|_, area| area.demand);
    let population = sum(&|_, area| area.population);
    let served = sum(&|at, area| area.demand * study.access.scores[at]);
    let weighted = |figure: &dyn Fn(&StudyArea) -> Option<f64>| {
        let (mut total, mut weight) = (0.0, 0.0);
        for (_, area) in members() {
            if let Some(value) = figure(area) {
                total += value * area.population;
                weight += area.population;
            }
        }
        (weight > 0.0).then(|| (total / weight).round())
    };
    // Codes ascend, so of equals the first stays.
    let main = members()
        .fold(None, |best: Option<(usize, &StudyArea)>, one| match best {
            Some(held) if held.1.demand >= one.1.demand => Some(held),
            _ => Some(one),
        })
        .map(|(at, _)| at);
    let reached: BTreeSet<u32> = members()
        .flat_map(|(at, _)| study.catchments.of_area(at).map(|(point, _)| point))
        .collect();
    let points = &study.supply.points;
    let choices: BTreeSet<(Option<ServiceId>, &str)> = reached
        .iter()
        .map(|at| &points[*at as usize])
        .map(|point| (point.service, point.name.as_str()))
        .collect();
    let (choices, imputed_share) = (
        choices.len(),
        imputed(
            reached
                .iter()
                .map(|at| (points[*at as usize].places, points[*at as usize].imputed)),
        ),
    );
    let single = group.members.len() == 1;
    let centre = main.map(|at| study.areas()[at].centre);
    let unmet = sum(&|at, _| study.unmet(request, at, study.access.scores[at]));
    let deprivation = if let (true, Some(at)) = (single, main) {
        let area = &study.areas()[at];
        DeprivationOf {
            rank: area.rank,
            decile: area.decile,
        }
    } else {
        DeprivationOf {
            rank: weighted(&|area| area.rank.map(f64::from)).map(|rank| rank as u32),
            decile: weighted(&|area| area.decile.map(f64::from)).map(|decile| decile as u8),
        }
    };
    GapArea {
        caution: caution(request, study, silent, centre, unmet, &reached),
        area: group.area,
        latitude: centre.map_or(0.0, Coordinates::latitude),
        longitude: centre.map_or(0.0, Coordinates::longitude),
        population,
        demand,
        access: (demand >= FEWEST).then(|| served / demand),
        rank: 0,
        unmet,
        deprivation,
        nearest: main.and_then(|at| nearest(study, at)),
        choices,
        imputed_share,
    }
}

/// The nearest service in reach of an area.
pub(super) fn nearest(study: &Study, area: usize) -> Option<Nearest> {
    let (at, minutes) = study.catchments.of_area(area).next()?;
    let point = &study.supply.points[at as usize];
    Some(Nearest {
        service: ServiceName {
            id: point.service,
            name: point.name.clone(),
        },
        minutes,
        distance_m: distance_m(study.areas()[area].centre, point.point),
    })
}

/// Says where a gap could be one of the data.
fn caution(
    request: &GapsRequest,
    study: &Study,
    silent: &PlaceIndex,
    centre: Option<Coordinates>,
    unmet: f64,
    reached: &BTreeSet<u32>,
) -> Option<String> {
    let within_m = km_within(request.decay.reach()) * 1_000.0;
    let around = centre.map_or(0, |centre| silent.within(centre.into(), within_m).len());
    if unmet > 0.0 && around > 0 {
        return Some(format!(
            "{around} services within reach do not say whether they meet what was asked: this may be a gap in the data."
        ));
    }
    let unsaid = reached
        .iter()
        .filter(|at| !study.supply.points[**at as usize].stated)
        .count();
    (request.is_filtered() && unsaid > 0).then(|| {
        format!(
            "{unsaid} of the {} services counted here do not say whether they meet what was asked: the gap may be greater.",
            reached.len()
        )
    })
}

fn imputed(points: impl Iterator<Item = (f64, bool)>) -> f64 {
    let (mut all, mut assumed) = (0.0, 0.0);
    for (places, imputed) in points {
        all += places;
        assumed += if imputed { places } else { 0.0 };
    }
    if all > 0.0 { assumed / all } else { 0.0 }
}

fn totals(study: &Study, request: &GapsRequest, areas: &[GapArea]) -> GapTotals {
    let population: f64 = areas.iter().map(|area| area.population).sum();
    let mut beside: BTreeMap<BesideMap, BesideTotal> = BTreeMap::new();
    for one in &study.supply.beside {
        if one.why == BesideMap::Confidential && population < CONFIDENTIAL_FROM {
            continue;
        }
        let total = beside.entry(one.why).or_default();
        total.services += 1;
        total.places += one.places;
    }
    let points = &study.supply.points;
    let services: BTreeSet<Option<ServiceId>> = points.iter().map(|point| point.service).collect();
    let without = study
        .inside()
        .filter(|at| study.catchments.of_area(*at).next().is_none())
        .map(|at| study.areas()[at].demand)
        .fold(0.0, |sum, people| sum + people);
    GapTotals {
        areas: areas.len(),
        population,
        demand: areas.iter().map(|area| area.demand).sum(),
        unmet: study.total_unmet(request),
        people_without: without,
        services: services.len(),
        places: points
            .iter()
            .map(|point| point.places)
            .fold(0.0, |sum, one| sum + one),
        even_share: study.even_share,
        full: study.supply.full,
        beside,
        catchment_without_residents: study
            .access
            .unused
            .iter()
            .map(|at| ServiceName {
                id: points[*at as usize].service,
                name: points[*at as usize].name.clone(),
            })
            .collect(),
    }
}

fn method(request: &GapsRequest, study: &Study, imputed_share: f64, nothing: bool) -> MethodSaid {
    let mut notes = study.demand.notes.clone();
    if nothing {
        notes.push("No supply: nothing in the directory meets this need on the map.".to_owned());
    } else if study.even_share <= 0.0 {
        notes.push("No supply: what there is lies beyond everybody's reach.".to_owned());
    }
    if imputed_share > 0.0 {
        notes.push(format!(
            "{:.0}% of places a week are assumed, {} for each service that does not say.",
            100.0 * imputed_share,
            study.supply.usual_places
        ));
    }
    if request.demand.is_some() {
        notes.push("Demand is taken from the imported table.".to_owned());
    }
    notes.push(request.travel.as_ref().map_or_else(
        || "Minutes are estimated from straight lines.".to_owned(),
        |table| format!("Minutes are those of {}.", table.name),
    ));
    if study.areas().iter().all(|area| area.inside) {
        notes.push(
            "No areas around the study area are known, so people who come from there are not counted."
                .to_owned(),
        );
    }
    MethodSaid {
        access: request.method.name(),
        supply: if imputed_share > MOSTLY {
            "counts"
        } else {
            "places"
        },
        decay: request.decay.clone(),
        ages: study.demand.ages,
        rate: request.rate,
        deprivation_weight: request.deprivation_weight,
        usual_places: study.supply.usual_places,
        notes,
    }
}
