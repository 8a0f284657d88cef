//! The edge of a study: which areas it is about, and which lie around it and
//! count because people cross its edge.

use std::collections::BTreeSet;

use crate::geography::Precision;
use crate::snapshot::{PlaceIndex, Snapshot};
use crate::text::fold;

use super::demand::StudyArea;
use super::request::{GapsRequest, PlanningError};
use super::travel::km_within;

/// Supply and demand at least this far outside the study area count too,
/// metres: people cross its edge.
const RING_M: f64 = 5_000.0;

/// How far around the study area supply and demand count: as far as people
/// inside go, and as far again as others come from to the same services.
pub(super) fn ring_m(request: &GapsRequest) -> f64 {
    RING_M.max(2_000.0 * km_within(request.decay.reach()))
}

/// Marks the areas a request is about: by code, name or a postcode in them.
pub(super) fn mark_inside(
    areas: &mut [StudyArea],
    snapshot: &Snapshot,
    request: &GapsRequest,
) -> Result<(), PlanningError> {
    let index = snapshot.areas();
    let Some(asked) = request.area.as_deref().map(str::trim) else {
        for area in areas {
            area.inside = true;
        }
        return Ok(());
    };
    let folded = fold(asked);
    let mut codes: BTreeSet<String> = index
        .find(asked)
        .into_iter()
        .chain(index.named(asked))
        .flat_map(|area| {
            let below = index.within(&area.code).into_iter();
            below
                .map(|area| area.code.clone())
                .chain([area.code.clone()])
        })
        .collect();
    codes.extend(index.within(asked).iter().map(|area| area.code.clone()));
    let is = |named: &Option<(String, String)>| {
        named
            .as_ref()
            .is_some_and(|(code, name)| code == asked || fold(name) == folded)
    };
    for area in areas.iter_mut() {
        area.inside = codes.contains(&area.code)
            || [&area.ward, &area.district, &area.other]
                .into_iter()
                .any(is);
    }
    if !areas.iter().any(|area| area.inside) {
        mark_around(areas, snapshot, asked);
    }
    if areas.iter().any(|area| area.inside) {
        return Ok(());
    }
    let names = areas.iter().flat_map(|area| {
        let wider = [&area.ward, &area.district, &area.other];
        wider
            .into_iter()
            .flatten()
            .map(|(_, name)| name)
            .chain([&area.name])
    });
    let nearest = names
        .map(|name| (strsim::jaro_winkler(&fold(name), &folded), name))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, name)| name.clone());
    Err(PlanningError::Area {
        area: asked.to_owned(),
        nearest,
    })
}

/// Marks the ward of a postcode or a point; where wards are not known its
/// small area.
fn mark_around(areas: &mut [StudyArea], snapshot: &Snapshot, asked: &str) {
    let Ok(place) = snapshot.gazetteer.place(asked) else {
        return;
    };
    if !matches!(
        place.precision,
        Precision::Postcode | Precision::Sector | Precision::Coordinates
    ) {
        return;
    }
    let around: BTreeSet<String> = snapshot
        .areas()
        .containing(place.point)
        .into_iter()
        .map(|area| area.code.clone())
        .collect();
    let ward = areas
        .iter()
        .find(|area| around.contains(&area.code))
        .map(|area| area.ward.clone());
    for area in areas {
        area.inside = match &ward {
            Some(Some(ward)) => area.ward.as_ref() == Some(ward),
            _ => around.contains(&area.code),
        };
    }
}

/// Leaves out areas too far from the study area to matter.
pub(super) fn keep_ring(areas: &mut Vec<StudyArea>, ring_m: f64) {
    let inside = inside(areas);
    areas.retain(|area| {
        let nearest = || inside.nearest(area.centre.into(), 1);
        area.inside || nearest().iter().any(|(_, distance)| *distance <= ring_m)
    });
    areas.sort_by(|a, b| a.code.cmp(&b.code));
}

/// Where the areas inside are.
pub(super) fn inside(areas: &[StudyArea]) -> PlaceIndex {
    PlaceIndex::of(
        areas
            .iter()
            .enumerate()
            .filter(|(_, area)| area.inside)
            .map(|(at, area)| (area.centre.into(), at as u32)),
    )
}
