//! Fragile spots: how much unmet need appears if one organization, venue,
//! funder or referrer is gone.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use crate::snapshot::Snapshot;

use super::accessibility::{Catchments, Method, access};
use super::answer::AreaName;
use super::request::GapsRequest;
use super::study::Study;
use super::supply::SupplyPoint;

/// How many are listed.
const LISTED: usize = 20;

/// What supply may hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// Who gives it.
    Organization,
    /// Where it is given.
    Venue,
    /// Who pays.
    Funder,
    /// The only partner who can send people to services that take none without.
    Broker,
}

/// One that supply hangs on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fragile {
    /// In which way.
    pub kind: Support,
    /// Its id, where it is a record.
    pub id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Services that would go, by name.
    pub services: Vec<String>,
    /// Unmet need that would appear.
    pub unmet_added: f64,
    /// As a share of all unmet need there would then be.
    pub share: f64,
    /// Areas that would be left without any service within reach, by code.
    pub areas_left: Vec<AreaName>,
    /// People with the need in them.
    pub people_left: f64,
}

/// Those on whom most hangs, the most first.
///
/// *Complexity*: O(pairs) for each kind of support; for three steps O(pairs)
/// for each one, since people would turn to other services.
pub(super) fn spots(snapshot: &Snapshot, request: &GapsRequest, study: &Study) -> Vec<Fragile> {
    let mut groups: BTreeMap<(Support, Option<Uuid>, String), Vec<u32>> = BTreeMap::new();
    for (at, point) in study.supply.points.iter().enumerate() {
        for key in supports(snapshot, point) {
            groups.entry(key).or_default().push(at as u32);
        }
    }
    let by_service = study.catchments.by_service();
    let before = study.total_unmet(request);
    let mut spots: Vec<Fragile> = groups
        .into_iter()
        .map(|((kind, id, name), points)| {
            let loss = loss(request, study, &by_service, &points);
            let mut services: Vec<String> = points
                .iter()
                .map(|at| study.supply.points[*at as usize].name.clone())
                .collect();
            services.sort();
            services.dedup();
            let after = before + loss.unmet;
            Fragile {
                kind,
                id,
                name,
                services,
                unmet_added: loss.unmet,
                share: if after > 0.0 { loss.unmet / after } else { 0.0 },
                areas_left: loss.areas,
                people_left: loss.people,
            }
        })
        .filter(|spot| spot.unmet_added > 0.0)
        .collect();
    spots.sort_by(|a, b| {
        b.unmet_added
            .total_cmp(&a.unmet_added)
            .then_with(|| (a.kind, a.id, &a.name).cmp(&(b.kind, b.id, &b.name)))
    });
    spots.truncate(LISTED);
    spots
}

fn supports(snapshot: &Snapshot, point: &SupplyPoint) -> Vec<(Support, Option<Uuid>, String)> {
    let directory = &snapshot.directory;
    let organization = |id: crate::model::OrganizationId| {
        let record = directory.organizations.find(id);
        (
            Some(id.0),
            record.map_or_else(|| id.to_string(), |one| one.name.clone()),
        )
    };
    let mut found = Vec::new();
    if let Some(id) = point.organization {
        let (id, name) = organization(id);
        found.push((Support::Organization, id, name));
    }
    if let Some(location) = point.location.and_then(|id| directory.locations.find(id)) {
        let address = location.addresses.first();
        let name = location
            .name
            .clone()
            .or_else(|| address.and_then(|address| address.address_1.clone()))
            .unwrap_or_else(|| location.id.to_string());
        found.push((Support::Venue, Some(location.id.0), name));
    }
    found.extend(
        point
            .funders
            .iter()
            .map(|funder| (Support::Funder, None, funder.clone())),
    );
    if let Some(node) = point
        .organization
        .filter(|_| point.by_referral)
        .and_then(|id| snapshot.graph.node(id))
        && let [only] = snapshot.graph.structure().neighbours(node)
    {
        let (id, name) = organization(snapshot.graph.organization(*only));
        found.push((Support::Broker, id, name));
    }
    found
}

/// What goes with some supply points.
struct Loss {
    unmet: f64,
    areas: Vec<AreaName>,
    people: f64,
}

fn loss(
    request: &GapsRequest,
    study: &Study,
    by_service: &[Vec<(u32, f64)>],
    points: &[u32],
) -> Loss {
    let mut fall: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for point in points {
        for (area, minutes) in &by_service[*point as usize] {
            let entry = fall.entry(*area as usize).or_default();
            entry.0 += study.part(request, *point, *minutes);
            entry.1 += 1;
        }
    }
    let anew = (request.method == Method::ThreeStep).then(|| without(request, study, points));
    let mut loss = Loss {
        unmet: 0.0,
        areas: Vec::new(),
        people: 0.0,
    };
    for (at, (fall, gone)) in fall {
        let area = &study.areas()[at];
        if !area.inside {
            continue;
        }
        let before = study.access.scores[at];
        let after = anew
            .as_ref()
            .map_or((before - fall).max(0.0), |scores| scores[at]);
        loss.unmet += study.unmet(request, at, after) - study.unmet(request, at, before);
        if study.catchments.of_area(at).count() == gone {
            loss.areas.push(AreaName {
                code: area.code.clone(),
                name: area.name.clone(),
            });
            loss.people += area.demand;
        }
    }
    loss
}

fn without(request: &GapsRequest, study: &Study, points: &[u32]) -> Vec<f64> {
    let rows = (0..study.areas().len())
        .map(|area| {
            study
                .catchments
                .of_area(area)
                .filter(|(point, _)| !points.contains(point))
                .collect()
        })
        .collect();
    let people: Vec<f64> = study.areas().iter().map(|area| area.demand).collect();
    let places: Vec<f64> = study.supply.points.iter().map(|one| one.places).collect();
    let catchments = Catchments::from_rows(places.len(), rows);
    access(
        request.method,
        &request.decay,
        &catchments,
        &people,
        &places,
    )
    .scores
}
