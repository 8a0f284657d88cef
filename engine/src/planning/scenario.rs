//! Scenarios: what changes if services open, close, move or change. Nothing
//! is saved.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::geography::Coordinates;
use crate::model::{LocationId, OrganizationId, ServiceId};
use crate::snapshot::Snapshot;

use super::answer::{AreaName, NeedName};
use super::equity::Equity;
use super::gaps::{FEWEST, name_of};
use super::groups::{Group, groups};
use super::request::{GapsRequest, PlanningError};
use super::study::Study;
use super::supply::{Changed, SupplyPoint};

/// An area is a gap where it falls short of the even share by more than this. Our judgement.
pub(super) const GAP: f64 = 0.5;
/// Access that moves by less than this share of the even share has not moved.
const NOTICED: f64 = 1e-9;

/// A service that opens.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// What it is called.
    pub name: Option<String>,
    /// Who gives it.
    pub organization: Option<OrganizationId>,
    /// Where.
    pub point: Coordinates,
    /// People it can see in a week. None: what is usual for the need.
    pub places: Option<f64>,
}

/// A service that moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Moving {
    /// The service.
    pub service: ServiceId,
    /// From which of its places. None: all.
    pub from: Option<LocationId>,
    /// Where to.
    pub to: Coordinates,
}

/// What if.
#[derive(Debug, Clone, Default)]
pub struct ScenarioRequest {
    /// The need and the people.
    pub gaps: GapsRequest,
    /// Services that open.
    pub open: Vec<Opening>,
    /// Services that close.
    pub close: Vec<ServiceId>,
    /// Services that move.
    pub moves: Vec<Moving>,
    /// Services that see more people, open longer, speak more languages.
    pub change: BTreeMap<ServiceId, Changed>,
}

/// Figures of an area.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AreaState {
    /// Places a week for each person with the need; none where they are fewer than 20.
    pub access: Option<f64>,
    /// Unmet need.
    pub unmet: f64,
    /// 1: the most unmet need.
    pub rank: usize,
}

/// An area before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaChange {
    /// The area.
    pub area: AreaName,
    /// People with the need.
    pub demand: f64,
    /// Before.
    pub before: AreaState,
    /// After.
    pub after: AreaState,
}

/// Equity before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EquityChange {
    /// Before.
    pub before: Equity,
    /// After.
    pub after: Equity,
}

/// What a scenario changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioAnswer {
    /// The need.
    pub need: NeedName,
    /// The unit of the areas.
    pub by: &'static str,
    /// By code.
    pub areas: Vec<AreaChange>,
    /// People with the need whose access rises.
    pub people_gaining: f64,
    /// People with the need whose access falls.
    pub people_losing: f64,
    /// Unmet need before.
    pub unmet_before: f64,
    /// Unmet need after.
    pub unmet_after: f64,
    /// People with the need who have nothing within reach, before.
    pub people_without_before: f64,
    /// The same after.
    pub people_without_after: f64,
    /// How fairly access is spread.
    pub equity: EquityChange,
    /// Areas that were more than half short of an even share and are no longer.
    pub gaps_closed: Vec<AreaName>,
    /// Areas that now are.
    pub gaps_opened: Vec<AreaName>,
    /// What was assumed.
    pub notes: Vec<String>,
    /// The version of the data.
    pub snapshot: u64,
}

/// Measures a scenario against what is. The even share of places is held at
/// its value before, or an opening would raise the shortfall elsewhere.
pub fn scenario(
    snapshot: &Snapshot,
    request: &ScenarioRequest,
) -> Result<ScenarioAnswer, PlanningError> {
    let mut before = Study::of(snapshot, &request.gaps)?;
    check(snapshot, request)?;
    let usual = before.supply.usual_places;
    let closing: BTreeSet<ServiceId> = request.close.iter().copied().collect();
    let after = before.with(
        snapshot,
        &request.gaps,
        &|service| request.change.get(&service).cloned(),
        |points| {
            points.retain(|point| point.service.is_none_or(|id| !closing.contains(&id)));
            for point in points.iter_mut() {
                let moved = request.moves.iter().find(|moving| {
                    Some(moving.service) == point.service
                        && (moving.from.is_none() || moving.from == point.location)
                });
                if let Some(moving) = moved {
                    point.point = moving.to;
                    point.location = None;
                }
            }
            points.extend(
                request
                    .open
                    .iter()
                    .enumerate()
                    .map(|(at, one)| opened(at, one, usual)),
            );
        },
    );
    if before.even_share <= 0.0 {
        // Where there was nothing, what is new is the only measure there is.
        before.even_share = after.own_even_share();
    }
    let after = Study {
        even_share: before.even_share,
        ..after
    };
    compare(snapshot, request, &before, &after)
}

/// A point for a service that opens.
pub(super) fn opened(at: usize, opening: &Opening, usual: f64) -> SupplyPoint {
    SupplyPoint {
        service: None,
        name: opening
            .name
            .clone()
            .unwrap_or_else(|| format!("New service {}", at + 1)),
        organization: opening.organization,
        location: None,
        point: opening.point,
        places: opening.places.unwrap_or(usual),
        imputed: opening.places.is_none(),
        stated: true,
        funders: Vec::new(),
        by_referral: false,
        assured: None,
    }
}

fn check(snapshot: &Snapshot, request: &ScenarioRequest) -> Result<(), PlanningError> {
    let named = request
        .close
        .iter()
        .chain(request.moves.iter().map(|moving| &moving.service))
        .chain(request.change.keys());
    for service in named {
        if snapshot.facts.number(*service).is_none() {
            return Err(PlanningError::Service(*service));
        }
    }
    let places = request
        .open
        .iter()
        .filter_map(|opening| opening.places)
        .chain(request.change.values().filter_map(|change| change.places));
    for value in places {
        if !value.is_finite() || value < 0.0 {
            return Err(PlanningError::Number {
                name: "places",
                value,
            });
        }
    }
    Ok(())
}

fn compare(
    snapshot: &Snapshot,
    request: &ScenarioRequest,
    before: &Study,
    after: &Study,
) -> Result<ScenarioAnswer, PlanningError> {
    let groups = groups(before, &request.gaps)?;
    let (then, now) = (
        states(before, request, &groups),
        states(after, request, &groups),
    );
    let mut answer = ScenarioAnswer {
        need: name_of(&request.gaps),
        by: request.gaps.by.name(),
        areas: Vec::new(),
        people_gaining: 0.0,
        people_losing: 0.0,
        unmet_before: before.total_unmet(&request.gaps),
        unmet_after: after.total_unmet(&request.gaps),
        people_without_before: before.people_without(),
        people_without_after: after.people_without(),
        equity: EquityChange {
            before: before.equity(request.gaps.seed),
            after: after.equity(request.gaps.seed),
        },
        gaps_closed: Vec::new(),
        gaps_opened: Vec::new(),
        notes: notes(request, before),
        snapshot: snapshot.version,
    };
    let noticed = NOTICED * before.even_share.max(f64::MIN_POSITIVE);
    for at in before.inside() {
        let (then, now) = (before.access.scores[at], after.access.scores[at]);
        if now > then + noticed {
            answer.people_gaining += before.areas()[at].demand;
        } else if now < then - noticed {
            answer.people_losing += before.areas()[at].demand;
        }
    }
    for ((group, (then, access_then)), (now, access_now)) in groups.into_iter().zip(then).zip(now) {
        let gap = |access: f64| before.shortfall(access) > GAP;
        match (gap(access_then), gap(access_now)) {
            (true, false) => answer.gaps_closed.push(group.area.clone()),
            (false, true) => answer.gaps_opened.push(group.area.clone()),
            _ => {}
        }
        answer.areas.push(AreaChange {
            demand: group.sum(|at| before.areas()[at].demand),
            area: group.area,
            before: then,
            after: now,
        });
    }
    Ok(answer)
}

/// What holds in each group, with its access even where too few people live
/// there to show it.
fn states(study: &Study, request: &ScenarioRequest, groups: &[Group]) -> Vec<(AreaState, f64)> {
    let mut states: Vec<(AreaState, f64)> = groups
        .iter()
        .map(|group| {
            let demand = group.sum(|at| study.areas()[at].demand);
            let served = group.sum(|at| study.areas()[at].demand * study.access.scores[at]);
            let access = if let [only] = group.members.as_slice() {
                study.access.scores[*only]
            } else if demand > 0.0 {
                served / demand
            } else {
                0.0
            };
            let state = AreaState {
                access: (demand >= FEWEST).then_some(access),
                unmet: group.sum(|at| study.unmet(&request.gaps, at, study.access.scores[at])),
                rank: 0,
            };
            (state, access)
        })
        .collect();
    let mut order: Vec<usize> = (0..states.len()).collect();
    // Groups come by code, which settles ties.
    order.sort_by(|a, b| {
        let unmet = |at: usize| states[at].0.unmet;
        unmet(*b).total_cmp(&unmet(*a)).then(a.cmp(b))
    });
    for (rank, at) in order.into_iter().enumerate() {
        states[at].0.rank = rank + 1;
    }
    states
}

fn notes(request: &ScenarioRequest, before: &Study) -> Vec<String> {
    let mut notes: Vec<String> = before.demand.notes().cloned().collect();
    let assumed = request
        .open
        .iter()
        .filter(|opening| opening.places.is_none())
        .count();
    if assumed > 0 {
        notes.push(format!(
            "{assumed} new services are taken to see {} people a week, as is usual for this need.",
            before.supply.usual_places
        ));
    }
    let on_map: BTreeSet<Option<ServiceId>> = before
        .supply
        .points
        .iter()
        .map(|point| point.service)
        .collect();
    let beside = request
        .close
        .iter()
        .chain(request.moves.iter().map(|moving| &moving.service))
        .filter(|id| !on_map.contains(&Some(**id)))
        .count();
    if beside > 0 {
        notes.push(format!(
            "{beside} of the services named are not on the map for this need; what happens to them changes no figure."
        ));
    }
    notes
}
