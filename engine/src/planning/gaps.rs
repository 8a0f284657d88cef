//! Gaps: where need outruns supply, for whom, and how sure that is.

use std::collections::{BTreeMap, BTreeSet};

use crate::geography::{Coordinates, distance_m};
use crate::model::ServiceId;
use crate::snapshot::{PlaceIndex, Snapshot};

use super::answer::{
    AreaName, BesideTotal, DeprivationOf, GapArea, GapTotals, GapsAnswer, MethodSaid, Nearest,
    NeedName, PlaceLabel, ServiceName, UnitIndex,
};
use super::demand::StudyArea;
use super::equity::{Equity, concentration_index, gini};
use super::fragile;
use super::groups::{Group, groups};
use super::observed::observed;
use super::request::{By, GapsRequest, PlanningError};
use super::rests_on::RestsOn;
use super::study::Study;
use super::supply::BesideMap;
use super::travel::km_within;

/// Rates of fewer people than this say nothing and are not shown.
pub(super) const FEWEST: f64 = 20.0;
/// Confidential services count only in totals of areas with this many residents.
const CONFIDENTIAL_FROM: f64 = 5_000.0;
/// Where more than this share of places is assumed, access counts services rather than places.
const MOSTLY: f64 = 0.5;

/// Where need outruns supply.
pub fn gaps(snapshot: &Snapshot, request: &GapsRequest) -> Result<GapsAnswer, PlanningError> {
    let study = Study::of(snapshot, request)?;
    let silent = PlaceIndex::of(
        study
            .supply
            .silent
            .iter()
            .enumerate()
            .map(|(at, point)| ((*point).into(), at as u32)),
    );
    let mut areas: Vec<GapArea> = groups(&study, request)?
        .into_iter()
        .map(|group| row(snapshot, request, &study, &silent, group))
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
    let totals = totals(snapshot, &study, request, &areas);
    let equity = study.equity(request.seed);
    let units = units(&study, request);
    let mut method = method(request, &study, imputed_share, &totals);
    method.notes.extend(unlike(&equity, &units));
    Ok(GapsAnswer {
        need: name_of(request),
        by: request.by.name(),
        date: snapshot.today,
        kind: study.demand.kind.clone(),
        labels: labels(&study),
        points: points
            .iter()
            .map(|point| [point.point.longitude(), point.point.latitude()])
            .collect(),
        equity,
        units,
        fragile: fragile::spots(snapshot, request, &study),
        method,
        areas,
        totals,
        imputed_share,
        snapshot: snapshot.version,
    })
}

/// Inequality by ward and by hexagon, where areas go by them.
fn units(study: &Study, request: &GapsRequest) -> Vec<UnitIndex> {
    let index = |by: By| {
        let asked = GapsRequest {
            by,
            ..request.clone()
        };
        let groups = groups(study, &asked).ok()?;
        let areas = study.areas();
        let people: Vec<f64> = groups
            .iter()
            .map(|group| group.sum(|at| areas[at].demand))
            .collect();
        let access: Vec<f64> = groups
            .iter()
            .zip(&people)
            .map(|(group, people)| {
                let served = group.sum(|at| areas[at].demand * study.access.scores[at]);
                if *people > 0.0 { served / people } else { 0.0 }
            })
            .collect();
        let order: Vec<f64> = groups
            .iter()
            .map(|group| f64::from(deprivation(study, group).rank.unwrap_or_default()))
            .collect();
        let ranked = study.inside().any(|at| areas[at].rank.is_some());
        Some(UnitIndex {
            by: by.name(),
            areas: groups.len(),
            gini: gini(&access, &people),
            concentration_index: concentration_index(&access, &people, &order).filter(|_| ranked),
        })
    };
    [By::Ward, By::Hex].into_iter().filter_map(index).collect()
}

/// Says where other units tell another story.
fn unlike(equity: &Equity, units: &[UnitIndex]) -> Option<String> {
    let small = equity.concentration_index;
    let sure = small
        .interval
        .is_some_and(|interval| interval.low > 0.0 || interval.high < 0.0);
    let turned: Vec<&str> = units
        .iter()
        .filter(|unit| match (small.value, unit.concentration_index) {
            (Some(one), Some(other)) => sure && one * other < 0.0,
            _ => false,
        })
        .map(|unit| unit.by)
        .collect();
    (!turned.is_empty()).then(|| {
        format!(
            "Counted by {} access follows deprivation the other way round: the finding hangs on how areas are drawn.",
            turned.join(" and ")
        )
    })
}

/// The names of wards with the middle of their people; those of districts
/// where there are too many wards to read.
fn labels(study: &Study) -> Vec<PlaceLabel> {
    const MOST: usize = 60;
    let named = |which: &dyn Fn(&StudyArea) -> Option<&(String, String)>| {
        let mut found: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
        for area in study.inside().map(|at| &study.areas()[at]) {
            if let Some((_, name)) = which(area) {
                let sums = found.entry(name.clone()).or_default();
                // One more, so that a place without residents is somewhere too.
                let weight = area.population + 1.0;
                sums.0 += weight;
                sums.1 += weight * area.centre.latitude();
                sums.2 += weight * area.centre.longitude();
            }
        }
        found
    };
    let wards = named(&|area| area.ward.as_ref());
    let named = if wards.is_empty() || wards.len() > MOST {
        named(&|area| area.district.as_ref())
    } else {
        wards
    };
    let mut labels: Vec<(f64, PlaceLabel)> = named
        .into_iter()
        .map(|(name, (weight, latitude, longitude))| {
            let label = PlaceLabel {
                name,
                latitude: latitude / weight,
                longitude: longitude / weight,
            };
            (weight, label)
        })
        .collect();
    labels.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    labels.into_iter().map(|(_, label)| label).collect()
}

/// The need of a request, by id and name.
pub(super) fn name_of(request: &GapsRequest) -> NeedName {
    NeedName {
        id: request.need_id.clone(),
        name: request.need_name.clone(),
    }
}

fn row(
    snapshot: &Snapshot,
    request: &GapsRequest,
    study: &Study,
    silent: &PlaceIndex,
    group: Group,
) -> GapArea {
    let areas = study.areas();
    let demand = group.sum(|at| areas[at].demand);
    let served = group.sum(|at| areas[at].demand * study.access.scores[at]);
    let main = group.main(study);
    let reached: BTreeSet<u32> = group
        .members
        .iter()
        .flat_map(|at| study.catchments.of_area(*at).map(|(point, _)| point))
        .collect();
    let points = || reached.iter().map(|at| &study.supply.points[*at as usize]);
    let rests_on = RestsOn::of(points(), snapshot.today);
    let unmet = group.sum(|at| study.unmet(request, at, study.access.scores[at]));
    GapArea {
        caution: caution(request, study, silent, areas[main].centre, unmet, &rests_on),
        latitude: areas[main].centre.latitude(),
        longitude: areas[main].centre.longitude(),
        population: group.sum(|at| areas[at].population),
        demand,
        access: (demand >= FEWEST).then(|| match group.members.as_slice() {
            [only] => study.access.scores[*only],
            _ => served / demand,
        }),
        rank: 0,
        unmet,
        deprivation: deprivation(study, &group),
        nearest: nearest(study, main),
        choices: rests_on.services,
        imputed_share: imputed(points().map(|point| (point.places, point.imputed))),
        rests_on,
        members: group
            .members
            .iter()
            .map(|at| areas[*at].code.clone())
            .collect(),
        ward: match request.by {
            By::Lsoa | By::Hex => areas[main].ward.clone(),
            _ => None,
        }
        .map(|(code, name)| AreaName { code, name }),
        area: group.area,
    }
}

/// Deprivation of a group: the area's own, or the mean weighted by residents.
fn deprivation(study: &Study, group: &Group) -> DeprivationOf {
    let members = || group.members.iter().map(|at| &study.areas()[*at]);
    if let [only] = group.members.as_slice() {
        let area = &study.areas()[*only];
        return DeprivationOf {
            rank: area.rank,
            decile: area.decile,
        };
    }
    let mean = |figure: &dyn Fn(&StudyArea) -> Option<f64>| {
        let (mut total, mut weight) = (0.0, 0.0);
        for area in members() {
            if let Some(value) = figure(area) {
                total += value * area.population;
                weight += area.population;
            }
        }
        (weight > 0.0).then(|| (total / weight).round())
    };
    DeprivationOf {
        rank: mean(&|area| area.rank.map(f64::from)).map(|rank| rank as u32),
        decile: mean(&|area| area.decile.map(f64::from)).map(|decile| decile as u8),
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
    centre: Coordinates,
    unmet: f64,
    rests_on: &RestsOn,
) -> Option<String> {
    let within_m = km_within(request.decay.reach()) * 1_000.0;
    let around = silent.within(centre.into(), within_m).len();
    // Without any supply nothing counts as unmet, and still there may be some.
    let short = unmet > 0.0 || rests_on.services == 0;
    if short && around > 0 {
        return Some(format!(
            "{} not say whether they meet what was asked: this may be a gap in the data.",
            services(around, "within reach", "does", "do")
        ));
    }
    let unsaid = rests_on.services - rests_on.stating_what_was_asked;
    if request.is_filtered() && unsaid > 0 {
        return Some(format!(
            "{unsaid} of {} not said to meet what was asked: the gap may be greater.",
            services(rests_on.services, "counted here", "is", "are")
        ));
    }
    let lost = study
        .supply
        .beside
        .iter()
        .filter(|one| one.why == BesideMap::NoPlace)
        .count();
    if rests_on.services == 0 && lost > 0 {
        return Some(format!(
            "{} no place: this may be a gap in the data.",
            services(lost, "for this need", "gives", "give")
        ));
    }
    let old = rests_on.services - rests_on.checked_within_a_year;
    (rests_on.services > 0 && old * 2 > rests_on.services).then(|| {
        format!(
            "{old} of {} not checked within a year: this may be out of date.",
            services(rests_on.services, "counted here", "was", "were")
        )
    })
}

/// `1 service nearby does`, `2 services nearby do`.
fn services(count: usize, which: &str, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 service {which} {one}")
    } else {
        format!("{count} services {which} {many}")
    }
}

fn imputed(points: impl Iterator<Item = (f64, bool)>) -> f64 {
    let (mut all, mut assumed) = (0.0, 0.0);
    for (places, imputed) in points {
        all += places;
        assumed += if imputed { places } else { 0.0 };
    }
    if all > 0.0 { assumed / all } else { 0.0 }
}

fn totals(
    snapshot: &Snapshot,
    study: &Study,
    request: &GapsRequest,
    areas: &[GapArea],
) -> GapTotals {
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
    let rests_on = RestsOn::of(points.iter(), snapshot.today);
    let named: BTreeSet<ServiceId> = points
        .iter()
        .filter_map(|point| point.service)
        .chain(study.supply.beside.iter().map(|one| one.service))
        .collect();
    let (unmet, utmost) = (study.total_unmet(request), study.utmost(request));
    GapTotals {
        areas: areas.len(),
        population,
        demand: areas.iter().map(|area| area.demand).sum(),
        unmet,
        unmet_share: if utmost > 0.0 { unmet / utmost } else { 0.0 },
        people_without: study.people_without(),
        services: rests_on.services,
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
        observed: observed(snapshot, request, &named),
        rests_on,
    }
}

fn method(
    request: &GapsRequest,
    study: &Study,
    imputed_share: f64,
    totals: &GapTotals,
) -> MethodSaid {
    let mut notes: Vec<String> = study.demand.notes().cloned().collect();
    if totals.services == 0 {
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
    match &request.demand {
        Some(table) => notes.push(format!("Demand is that of {}.", table.name)),
        None if request.need_id.is_some() && request.rate >= 1.0 => notes.push(
            "Everybody of the ages concerned is counted as having the need; no rate is set for it."
                .to_owned(),
        ),
        None => {}
    }
    if study.supply.unread > 0 && request.need_id.is_some() {
        notes.push(format!(
            "{} too little to tell what is done there, and may meet this need.",
            services(study.supply.unread, "of the directory", "says", "say")
        ));
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
        reach_minutes: request.decay.reach(),
        ages: study.demand.ages,
        rate: request.rate,
        deprivation_weight: request.deprivation_weight,
        usual_places: study.supply.usual_places,
        notes,
    }
}
