//! Areas that are reported as one: each for itself, or by ward, district,
//! hexagon or whatever boundaries were imported.

use std::collections::BTreeMap;

use super::answer::AreaName;
use super::demand::StudyArea;
use super::hexagon::hexagon;
use super::request::{By, GapsRequest, PlanningError};
use super::study::Study;

/// Areas that are reported as one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) area: AreaName,
    /// Numbers of its areas, by code.
    pub(super) members: Vec<usize>,
}

impl Group {
    /// The sum of a figure over its areas.
    pub(super) fn sum(&self, figure: impl Fn(usize) -> f64) -> f64 {
        self.members
            .iter()
            .map(|at| figure(*at))
            // The sum of nothing is -0, and no figure should print a sign.
            .fold(0.0, |sum, one| sum + one)
    }

    /// The area where most people with the need live; of equals the first by code.
    pub(super) fn main(&self, study: &Study) -> usize {
        let demand = |at: &usize| study.areas()[*at].demand;
        let mut main = self.members[0];
        for at in &self.members {
            if demand(at) > demand(&main) {
                main = *at;
            }
        }
        main
    }
}

/// The areas inside, as they are reported: by code.
pub(super) fn groups(study: &Study, request: &GapsRequest) -> Result<Vec<Group>, PlanningError> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut alone = 0;
    for at in study.inside() {
        let area = &study.areas()[at];
        let (code, name) = unit(area, request).unwrap_or_else(|| {
            alone += 1;
            (area.code.clone(), area.name.clone())
        });
        groups
            .entry(code.clone())
            .or_insert_with(|| Group {
                area: AreaName { code, name },
                members: Vec::new(),
            })
            .members
            .push(at);
    }
    // Where no area at all goes by the unit, the answer would be by another.
    if alone == study.inside().count() && alone > 0 {
        return Err(PlanningError::Unit(request.by.name()));
    }
    Ok(groups.into_values().collect())
}

/// The unit an area belongs to, where that is known.
fn unit(area: &StudyArea, request: &GapsRequest) -> Option<(String, String)> {
    match request.by {
        By::Lsoa => Some((area.code.clone(), area.name.clone())),
        By::Ward => area.ward.clone(),
        By::District => area.district.clone(),
        By::Other => area.other.clone(),
        By::Hex => hexagon(area.centre, request.hex_resolution),
    }
}
