//! Gaps by person, not by place: for whom there is nothing within reach,
//! wherever they live.

use serde::Serialize;

use crate::model::AccessFeature;
use crate::snapshot::Snapshot;

use super::request::{GapsRequest, OutOfHours, PlanningError};
use super::study::Study;

/// What people may need together. Each list is tried with none of it, too.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Circumstances {
    /// Languages, BCP 47 or English names.
    pub languages: Vec<String>,
    /// What people cannot do without.
    pub access: Vec<AccessFeature>,
    /// When they need it.
    pub times: Vec<OutOfHours>,
}

/// People in the same circumstances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonGap {
    /// Their language, where it matters.
    pub language: Option<String>,
    /// What they cannot do without.
    pub access: Option<AccessFeature>,
    /// When they need it.
    pub time: Option<OutOfHours>,
    /// Services on the map that say they suit them.
    pub services: usize,
    /// Services on the map that do not say; they are not counted as suiting.
    pub unsaid: usize,
    /// Residents with the need in areas from which none that says so is within
    /// reach: where people in these circumstances live there, they have nothing.
    pub people_without: f64,
    /// As a share of all with the need.
    pub share_without: f64,
}

/// Tries all combinations of circumstances; those with the most people without
/// first, then those that ask for least.
///
/// *Complexity*: one study for each combination.
pub fn gaps_by_person(
    snapshot: &Snapshot,
    request: &GapsRequest,
    circumstances: &Circumstances,
) -> Result<Vec<PersonGap>, PlanningError> {
    let mut found = Vec::new();
    for language in with_none(&circumstances.languages) {
        for access in with_none(&circumstances.access) {
            for time in with_none(&circumstances.times) {
                let mut asked = request.clone();
                asked.include_unknown = true;
                asked.language = language.cloned().or(asked.language);
                asked.access.extend(access);
                asked.times.extend(time);
                let study = Study::of(snapshot, &asked)?;
                let gap = measure(&study);
                found.push(PersonGap {
                    language: asked.language,
                    access: access.copied(),
                    time: time.copied(),
                    ..gap
                });
            }
        }
    }
    let asks = |gap: &PersonGap| {
        usize::from(gap.language.is_some())
            + usize::from(gap.access.is_some())
            + usize::from(gap.time.is_some())
    };
    // The sort is stable, so equals stay in the order of the request.
    found.sort_by(|a, b| {
        b.people_without
            .total_cmp(&a.people_without)
            .then(asks(a).cmp(&asks(b)))
    });
    Ok(found)
}

fn with_none<T>(items: &[T]) -> impl Iterator<Item = Option<&T>> {
    std::iter::once(None).chain(items.iter().map(Some))
}

fn measure(study: &Study) -> PersonGap {
    let points = &study.supply.points;
    let count = |stated: bool| {
        let services: std::collections::BTreeSet<_> = points
            .iter()
            .filter(|point| point.stated == stated)
            .map(|point| point.service)
            .collect();
        services.len()
    };
    let (mut all, mut without) = (0.0, 0.0);
    for at in study.inside() {
        let demand = study.areas()[at].demand;
        all += demand;
        let mut reached = study.catchments.of_area(at);
        if !reached.any(|(point, _)| points[point as usize].stated) {
            without += demand;
        }
    }
    PersonGap {
        language: None,
        access: None,
        time: None,
        services: count(true),
        unsaid: count(false),
        people_without: without,
        share_without: if all > 0.0 { without / all } else { 0.0 },
    }
}
