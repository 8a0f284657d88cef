//! Matching: from a need to a few right services, ranked and explained.
//!
//! request → [`understand`](understand::understand) → candidates → gates →
//! features → rank → explain. Everything is a pure function of a snapshot, the
//! settings and the request. The formulas are METHODS part A.

mod answer;
mod asked;
mod candidates;
mod cautions;
mod communities;
mod compose;
mod features;
mod gates;
mod meaning;
mod request;
mod route;
mod settings;
mod trace;
pub mod understand;

pub use answer::{Advice, Caution, Hop, Match, MatchAnswer, Relaxed};
pub use request::{CostCeiling, Feature, MatchRequest, Place, Travel, Urgency};
pub use settings::{DistanceScale, MatchingSettings, MeaningWeight, NeedSettings, Weights};
pub use trace::{Doubt, Stage, Stages, Trace, rank, trace};
pub use understand::NeedsError;

use crate::scoring::{self, Reason};
use crate::snapshot::{Counts, Sighting, Snapshot, TextIndexError};
use crate::text::meaning::MeaningError;

use asked::Asked;
use candidates::Candidate;

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

/// A candidate with its score and the reasons that add up to it.
#[derive(Debug, Clone)]
struct Scored {
    candidate: Candidate,
    score: f64,
    reasons: Vec<Reason>,
    /// 0: meets every requirement; else how many steps of loosening let it in.
    round: usize,
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
pub fn find_and_count(
    snapshot: &Snapshot,
    settings: &MatchingSettings,
    request: &MatchRequest,
) -> Result<(MatchAnswer, Vec<Sighting>), MatchError> {
    let understood = understand::understand(snapshot, &settings.need, request)?;
    let asked = Asked::of(snapshot, settings, request, &understood)?;
    let mut scored = score(&asked, candidates::find(&asked)?, gates::round);
    let relaxed = gates::loosen(&asked, &mut scored);
    let placed = compose::page(&asked, scored);
    let total = placed.len();
    let sightings = sightings(&asked, &placed);
    let matches = placed
        .into_iter()
        .enumerate()
        .skip(request.offset)
        .take(request.limit)
        .map(|(at, placed)| describe(&asked, at + 1, placed, &relaxed))
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
fn sightings(asked: &Asked<'_>, placed: &[compose::Placed]) -> Vec<Sighting> {
    let page = asked.request.offset..asked.request.offset.saturating_add(asked.request.limit);
    placed
        .iter()
        .enumerate()
        .filter(|(_, placed)| placed.scored.round == 0)
        .filter_map(|(at, placed)| {
            let candidate = &placed.scored.candidate;
            let (group, value) = candidate.serves(&asked.snapshot.lexicon)?;
            let shown = page.contains(&at);
            let first_page = page.start == 0;
            (shown || first_page).then(|| Sighting {
                group: group.to_owned(),
                service: asked.service(candidate).id,
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

/// All candidates that the gate lets through, each service once at its best,
/// scored; the best first, then by service.
fn score(
    asked: &Asked<'_>,
    candidates: Vec<Candidate>,
    gate: impl Fn(&Asked<'_>, &Candidate) -> Option<usize>,
) -> Vec<Scored> {
    let applicable: Vec<Feature> = Feature::ALL
        .into_iter()
        .filter(|feature| features::applies(*feature, asked))
        .collect();
    let weights: Vec<f64> = applicable
        .iter()
        .map(|feature| asked.weights.of(*feature))
        .collect();
    let shares = scoring::shares(&weights);
    let mut best: Vec<Scored> = Vec::new();
    for candidate in candidates {
        let Some(round) = gate(asked, &candidate) else {
            continue;
        };
        let values: Vec<f64> = applicable
            .iter()
            .map(|feature| features::value(*feature, asked, &candidate))
            .collect();
        let score = values
            .iter()
            .zip(&shares)
            .map(|(value, share)| value * share)
            .sum();
        let here = Scored {
            candidate,
            score,
            reasons: reasons(&applicable, &values, &shares),
            round,
        };
        match best.last_mut() {
            // Candidates come service by service, so its other places are next to it.
            Some(known) if known.candidate.service == here.candidate.service => {
                let better = here.round < known.round
                    || (here.round == known.round && here.score > known.score);
                if better {
                    *known = here;
                }
            }
            _ => best.push(here),
        }
    }
    best.sort_by(|a, b| {
        a.round
            .min(1)
            .cmp(&b.round.min(1))
            .then(b.score.total_cmp(&a.score))
            .then(a.candidate.service.cmp(&b.candidate.service))
    });
    best
}

/// Reasons without their sentences: those are worded for one page only.
fn reasons(applicable: &[Feature], values: &[f64], shares: &[f64]) -> Vec<Reason> {
    applicable
        .iter()
        .zip(values)
        .zip(shares)
        .map(|((feature, value), weight)| Reason {
            feature: feature.name(),
            value: *value,
            weight: *weight,
            sentence: String::new(),
        })
        .collect()
}

fn describe(
    asked: &Asked<'_>,
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
    let mut reasons = scored.reasons;
    for reason in &mut reasons {
        if let Some(feature) = Feature::named(reason.feature) {
            reason.sentence = features::sentence(feature, asked, candidate, reason.value);
        }
    }
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
