//! Matching: from a need to a few right services, ranked and explained.
//!
//! request → [`understand`](understand::understand) → candidates → gates →
//! features → rank → explain. Everything is a pure function of a snapshot, the
//! settings and the request. The formulas are METHODS part A.

mod answer;
mod asked;
mod blend;
mod candidates;
mod cautions;
mod communities;
mod compose;
mod features;
mod gates;
mod meaning;
mod request;
mod route;
pub mod settings;
mod trace;
pub mod understand;

pub use answer::{Advice, Caution, Hop, Match, MatchAnswer, Relaxed};
pub use request::{CostCeiling, Feature, MatchRequest, Place, Travel, Urgency};
pub use settings::{DistanceScale, MatchingSettings, MeaningWeight, NeedSettings, Weights};
pub use trace::{Doubt, Stage, Stages, Trace, rank, trace};
pub use understand::NeedsError;

use crate::scoring;
use crate::snapshot::{Counts, Sighting, Snapshot, TextIndexError};
use crate::text::meaning::MeaningError;

use asked::Asked;
use blend::Blend;

/// Why a match could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum MatchError {
    /// A term is not known.
    #[error(transparent)]
    Term(#[from] NeedsError),
    /// The referring organization is not in the directory.
    #[error("there is no organization {0}; `from` takes the id of one in this directory")]
    From(crate::model::OrganizationId),
    /// The text index failed.
    #[error(transparent)]
    Text(#[from] TextIndexError),
    /// The model of meaning failed.
    #[error(transparent)]
    Meaning(#[from] MeaningError),
}

/// Ranks the services of a snapshot for a request.
///
/// ```no_run
/// # fn example(snapshot: &causeway_engine::snapshot::Snapshot) -> Result<(), causeway_engine::matching::MatchError> {
/// use causeway_engine::matching::{MatchRequest, MatchingSettings, find};
/// let request = MatchRequest { need: Some("no food in the house".to_owned()), ..Default::default() };
/// for found in find(snapshot, &MatchingSettings::default(), &request)?.matches {
///     assert!((found.score - found.reasons.iter().map(|r| r.weight * r.value).sum::<f64>()).abs() < 1e-9);
/// }
/// # Ok(())
/// # }
/// ```
pub fn find(
    snapshot: &Snapshot,
    settings: &MatchingSettings,
    request: &MatchRequest,
) -> Result<MatchAnswer, MatchError> {
    find_and_count(snapshot, settings, request).map(|(answer, _)| answer)
}

/// As [`find`], with what the page adds to the count of who was shown and who
/// deserved it. Merit is counted with the first page only: those that follow are of
/// the same need.
pub fn find_and_count<'a>(
    snapshot: &'a Snapshot,
    settings: &MatchingSettings,
    request: &MatchRequest,
) -> Result<(MatchAnswer, Vec<Sighting<'a>>), MatchError> {
    let understood = understand::understand(snapshot, &settings.need, request)?;
    let asked = Asked::of(snapshot, settings, request, &understood)?;
    let blend = Blend::of(&asked);
    let mut scored = blend.rank(&asked, candidates::find(&asked)?, gates::round);
    let relaxed = gates::loosen(&asked, &mut scored);
    let placed = compose::page(&asked, scored);
    let total = placed.len();
    let sightings = sightings(snapshot, request, &placed);
    let matches = placed
        .into_iter()
        .enumerate()
        .skip(request.offset)
        .take(request.limit)
        .map(|(at, placed)| describe(&asked, &blend, at + 1, placed, &relaxed))
        .collect();
    let danger = understood.danger;
    let answer = MatchAnswer {
        matches,
        total,
        relaxed: relaxed.into_iter().map(|(_, relaxed)| relaxed).collect(),
        advice: danger.map(understand::Danger::advice).unwrap_or_default(),
        discreet: danger.is_some_and(understand::Danger::needs_discretion),
        snapshot: snapshot.version,
        understood,
    };
    Ok((answer, sightings))
}

/// What a page shows, and who would have deserved to be on it.
fn sightings<'a>(
    snapshot: &'a Snapshot,
    request: &MatchRequest,
    placed: &[compose::Placed],
) -> Vec<Sighting<'a>> {
    let page = request.offset..request.offset.saturating_add(request.limit);
    placed
        .iter()
        .enumerate()
        .filter(|(_, placed)| placed.scored.round == 0)
        .filter_map(|(at, placed)| {
            let candidate = &placed.scored.candidate;
            let (group, value) = candidate.serves(&snapshot.lexicon)?;
            let shown = page.contains(&at);
            let first_page = page.start == 0;
            (shown || first_page).then(|| Sighting {
                group,
                service: snapshot.facts.services[candidate.service as usize].id,
                counts: Counts {
                    exposure: if shown {
                        scoring::exposure(at + 1)
                    } else {
                        0.0
                    },
                    merit: if first_page { value } else { 0.0 },
                },
            })
        })
        .collect()
}

fn describe(
    asked: &Asked<'_>,
    blend: &Blend,
    rank: usize,
    placed: compose::Placed,
    relaxed: &[(usize, Relaxed)],
) -> Match {
    let compose::Placed {
        scored,
        why,
        copies,
    } = placed;
    let candidate = &scored.candidate;
    let service = asked.service(candidate);
    let place = asked.place(candidate);
    let reasons = blend.reasons(asked, &scored);
    let loosened: Vec<&'static str> = if scored.round == 0 {
        Vec::new()
    } else {
        let steps = gates::steps(asked, candidate);
        relaxed
            .iter()
            .filter(|(step, _)| steps.contains(step))
            .map(|(_, r)| r.requirement)
            .collect()
    };
    Match {
        rank,
        score: scoring::score(&reasons),
        service: service.id,
        organization: service
            .organization
            .map(|node| asked.snapshot.graph.organization(node)),
        location: place.location,
        service_at_location: place.service_at_location,
        distance_m: candidate.distance_m.filter(|_| !place.confidential),
        minutes: features::minutes(candidate, place),
        cautions: cautions::of(asked, candidate, &loosened),
        route: route::hops(asked, candidate),
        reasons,
        relaxed: loosened,
        placed: why,
        copies: copies
            .into_iter()
            .map(|copy| asked.snapshot.facts.services[copy as usize].id)
            .collect(),
    }
}
