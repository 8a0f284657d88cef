//! Which needs have the largest gaps, for those who do not know yet what to ask.

use rayon::prelude::*;
use serde::Serialize;

use crate::matching::understand::NamedTerm;
use crate::snapshot::Snapshot;
use crate::text::lexicon::ConceptNo;

use super::answer::NeedName;
use super::demand;
use super::gaps::name_of;
use super::next_sites::Host;
use super::request::{GapsRequest, PlanningError};
use super::settings::PlanningSettings;
use super::study::Study;

/// The gap of one need.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeedGap {
    /// The need.
    pub need: NeedName,
    /// 1: the largest share unmet.
    pub rank: usize,
    /// People with the need.
    pub demand: f64,
    /// Services on the map.
    pub services: usize,
    /// Places a week on the map.
    pub places: f64,
    /// Unmet need.
    pub unmet: f64,
    /// The same as a share of what it would be if nobody had anything.
    pub unmet_share: f64,
    /// People with the need who have nothing within reach.
    pub people_without: f64,
    /// Services beside the map: by telephone, at home, at a place not told.
    pub beside_the_map: usize,
    /// The organization all of its places hang on, where it is one.
    pub hangs_on: Option<Host>,
}

/// All needs that some service meets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeedsOverview {
    /// The largest share unmet first.
    pub needs: Vec<NeedGap>,
    /// Needs that nothing in the directory meets: no supply, or nobody told.
    pub without_supply: Vec<NeedName>,
}

/// Ranks needs by the share that is unmet. Everything else is as the request
/// asks, which names no need itself.
///
/// *Complexity*: one study for each concept of the lexicon that some service has.
pub fn needs(
    snapshot: &Snapshot,
    settings: &PlanningSettings,
    request: &GapsRequest,
) -> Result<NeedsOverview, PlanningError> {
    let areas = demand::read(snapshot, request)?;
    let lexicon = &snapshot.lexicon;
    let mut found: Vec<NeedGap> = (0..lexicon.concepts().len())
        .into_par_iter()
        .map(|number| {
            let concept = ConceptNo(number as u16);
            let need = NamedTerm {
                concepts: vec![concept],
                terms: Vec::new(),
            };
            let usual = settings.request_about(snapshot, need, &lexicon.concept(concept).name);
            let asked = GapsRequest {
                need: usual.need,
                need_id: usual.need_id,
                need_name: usual.need_name,
                decay: usual.decay,
                rate: usual.rate,
                demand: usual.demand,
                ..request.clone()
            };
            let mut demand = areas.clone();
            demand.count(snapshot, &asked);
            measure(snapshot, &asked, &Study::over(snapshot, &asked, demand))
        })
        .collect();
    found.sort_by(|a, b| {
        b.unmet_share
            .total_cmp(&a.unmet_share)
            .then(b.people_without.total_cmp(&a.people_without))
            .then_with(|| a.need.id.cmp(&b.need.id))
    });
    let (mut needs, mut without_supply): (Vec<NeedGap>, Vec<NeedGap>) = found
        .into_iter()
        .partition(|one| one.services > 0 || one.beside_the_map > 0);
    for (at, need) in needs.iter_mut().enumerate() {
        need.rank = at + 1;
    }
    without_supply.sort_by(|a, b| a.need.name.cmp(&b.need.name));
    Ok(NeedsOverview {
        needs,
        without_supply: without_supply.into_iter().map(|one| one.need).collect(),
    })
}

fn measure(snapshot: &Snapshot, request: &GapsRequest, study: &Study) -> NeedGap {
    let points = &study.supply.points;
    let services: std::collections::BTreeSet<_> =
        points.iter().map(|point| point.service).collect();
    let mut givers = points.iter().map(|point| point.organization);
    let first = givers.next().flatten();
    let only = first.filter(|first| givers.all(|other| other == Some(*first)));
    let (unmet, utmost) = (study.total_unmet(request), study.utmost(request));
    NeedGap {
        need: name_of(request),
        rank: 0,
        demand: study
            .inside()
            .map(|at| study.areas()[at].demand)
            .fold(0.0, |sum, one| sum + one),
        services: services.len(),
        places: points
            .iter()
            .map(|point| point.places)
            .fold(0.0, |sum, one| sum + one),
        unmet,
        unmet_share: if utmost > 0.0 { unmet / utmost } else { 0.0 },
        people_without: study.people_without(),
        beside_the_map: study.supply.beside.len(),
        hangs_on: only
            .and_then(|id| snapshot.directory.organizations.find(id))
            .map(|record| Host {
                id: record.id,
                name: record.name.clone(),
            }),
    }
}
