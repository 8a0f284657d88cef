//! A study: areas, supply and who is within reach of what, measured once.

use rayon::prelude::*;

use crate::geography::Coordinates;
use crate::model::ServiceId;
use crate::snapshot::Snapshot;

use super::accessibility::{Access, Catchments, Method, access};
use super::demand::{self, Demand, StudyArea};
use super::equity::{Distribution, Equity};
use super::request::{GapsRequest, PlanningError};
use super::supply::{self, Changed, Supply, SupplyPoint};
use super::travel::straight_lines;

/// Areas and supply, with access scores.
#[derive(Debug, Clone)]
pub(super) struct Study {
    pub(super) demand: Demand,
    pub(super) supply: Supply,
    pub(super) catchments: Catchments,
    pub(super) access: Access,
    /// Places a week per resident if all were shared out evenly: what unmet
    /// need is measured against.
    pub(super) even_share: f64,
}

impl Study {
    /// Reads and measures what a request asks for.
    pub(super) fn of(snapshot: &Snapshot, request: &GapsRequest) -> Result<Self, PlanningError> {
        for (name, value) in [
            ("rate", request.rate),
            ("deprivation_weight", request.deprivation_weight),
            ("reach_minutes", request.decay.reach()),
        ] {
            if !value.is_finite() || value < 0.0 {
                return Err(PlanningError::Number { name, value });
            }
        }
        let demand = demand::read(snapshot, request)?;
        Ok(Self::over(snapshot, request, demand))
    }

    /// The same over areas whose people were counted already.
    pub(super) fn over(snapshot: &Snapshot, request: &GapsRequest, demand: Demand) -> Self {
        let mut supply = supply::read(snapshot, request, demand.ages, &|_| None);
        demand.keep_near(request, &mut supply);
        Self::measured(snapshot, request, demand, supply, None)
    }

    /// The same areas with services changed, and points edited by `edit`; the
    /// even share is held at that of `self`.
    pub(super) fn with(
        &self,
        snapshot: &Snapshot,
        request: &GapsRequest,
        changed: &dyn Fn(ServiceId) -> Option<Changed>,
        edit: impl FnOnce(&mut Vec<SupplyPoint>),
    ) -> Self {
        let mut supply = supply::read(snapshot, request, self.demand.ages, changed);
        self.demand.keep_near(request, &mut supply);
        edit(&mut supply.points);
        let held = Some(self.even_share);
        Self::measured(snapshot, request, self.demand.clone(), supply, held)
    }

    fn measured(
        snapshot: &Snapshot,
        request: &GapsRequest,
        demand: Demand,
        supply: Supply,
        held: Option<f64>,
    ) -> Self {
        let catchments = catchments(snapshot, request, &demand, &supply.points);
        let people: Vec<f64> = demand.areas.iter().map(|area| area.demand).collect();
        let places: Vec<f64> = supply.points.iter().map(|point| point.places).collect();
        let access = access(
            request.method,
            &request.decay,
            &catchments,
            &people,
            &places,
        );
        let mut study = Self {
            demand,
            supply,
            catchments,
            access,
            even_share: 0.0,
        };
        study.even_share = held.unwrap_or_else(|| study.own_even_share());
        study
    }

    /// Σ places ÷ Σ people, over services with people within reach.
    pub(super) fn own_even_share(&self) -> f64 {
        let total: f64 = self.areas().iter().map(|area| area.demand).sum();
        let used: f64 = self
            .supply
            .points
            .iter()
            .zip(&self.access.ratios)
            .filter(|(_, ratio)| **ratio > 0.0)
            .map(|(point, _)| point.places)
            .fold(0.0, |sum, places| sum + places);
        if total > 0.0 { used / total } else { 0.0 }
    }

    pub(super) fn areas(&self) -> &[StudyArea] {
        &self.demand.areas
    }

    /// Numbers of the areas that are reported, by code.
    pub(super) fn inside(&self) -> impl Iterator<Item = usize> + '_ {
        self.areas()
            .iter()
            .enumerate()
            .filter(|(_, area)| area.inside)
            .map(|(at, _)| at)
    }

    /// How far access falls short of the even share, 0 to 1.
    pub(super) fn shortfall(&self, score: f64) -> f64 {
        if self.even_share > 0.0 {
            (1.0 - score / self.even_share).max(0.0)
        } else {
            0.0
        }
    }

    /// Unmet need of an area that scores `score`: people × shortfall, more
    /// where it is deprived.
    pub(super) fn unmet(&self, request: &GapsRequest, area: usize, score: f64) -> f64 {
        let area = &self.areas()[area];
        area.demand * self.shortfall(score) * (1.0 + request.deprivation_weight * area.deprivation)
    }

    /// What unmet need would be if nobody had anything: what it is a share of.
    pub(super) fn utmost(&self, request: &GapsRequest) -> f64 {
        self.inside()
            .map(|at| {
                let area = &self.areas()[at];
                area.demand * (1.0 + request.deprivation_weight * area.deprivation)
            })
            .sum()
    }

    /// People with the need inside who have nothing within reach.
    pub(super) fn people_without(&self) -> f64 {
        self.inside()
            .filter(|at| self.catchments.of_area(*at).next().is_none())
            .map(|at| self.areas()[at].demand)
            .fold(0.0, |sum, people| sum + people)
    }

    /// Unmet need of all areas inside.
    pub(super) fn total_unmet(&self, request: &GapsRequest) -> f64 {
        self.inside()
            .map(|area| self.unmet(request, area, self.access.scores[area]))
            .sum()
    }

    /// Equity over the areas inside whose deprivation is known; over all where
    /// that of none is.
    pub(super) fn equity(&self, seed: u64) -> Equity {
        let known = self.inside().any(|area| self.areas()[area].rank.is_some());
        let areas: Vec<usize> = self
            .inside()
            .filter(|area| !known || self.areas()[*area].rank.is_some())
            .collect();
        let access: Vec<f64> = areas.iter().map(|area| self.access.scores[*area]).collect();
        let people: Vec<f64> = areas
            .iter()
            .map(|area| self.areas()[*area].demand)
            .collect();
        let order: Vec<f64> = areas
            .iter()
            .map(|area| self.areas()[*area].rank.map_or(0.0, f64::from))
            .collect();
        Distribution {
            access: &access,
            people: &people,
            deprivation_order: &order,
        }
        .equity(seed)
    }

    /// What a supply point adds to the access of an area `minutes` away, for
    /// methods whose ratios do not depend on other services.
    pub(super) fn part(&self, request: &GapsRequest, point: u32, minutes: f64) -> f64 {
        let f = match request.method {
            Method::TwoStep => f64::from(u8::from(minutes <= request.decay.reach())),
            Method::Modified => request.decay.weight(minutes).powi(2),
            Method::Enhanced | Method::ThreeStep => request.decay.weight(minutes),
        };
        self.access.ratios[point as usize] * f
    }
}

/// Who is within reach of what.
fn catchments(
    snapshot: &Snapshot,
    request: &GapsRequest,
    demand: &Demand,
    points: &[SupplyPoint],
) -> Catchments {
    let reach = request.decay.reach();
    let areas = &demand.areas;
    let rows: Vec<Vec<(u32, f64)>> = if let Some(table) = &request.travel {
        let destinations: Vec<Vec<String>> = points
            .iter()
            .map(|point| {
                [
                    point.location.map(|id| id.to_string()),
                    point.service.map(|id| id.to_string()),
                ]
                .into_iter()
                .flatten()
                .chain(demand.codes_around(snapshot, point.point))
                .collect()
            })
            .collect();
        areas
            .par_iter()
            .map(|area| {
                destinations
                    .iter()
                    .enumerate()
                    .filter_map(|(at, names)| Some((at as u32, table.minutes(&area.code, names)?)))
                    .filter(|(_, minutes)| *minutes <= reach)
                    .collect()
            })
            .collect()
    } else {
        let centres: Vec<Coordinates> = areas.iter().map(|area| area.centre).collect();
        let places: Vec<Coordinates> = points.iter().map(|point| point.point).collect();
        return straight_lines(&centres, &places, reach);
    };
    Catchments::from_rows(points.len(), rows)
}
