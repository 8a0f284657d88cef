//! The blend: features that a request gives something to compare with, weighed
//! to one score whose parts are its reasons.

use crate::scoring::{self, Reason};

use super::asked::Asked;
use super::candidates::Candidate;
use super::features;
use super::request::Feature;

/// A candidate with its score.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) candidate: Candidate,
    pub(super) score: f64,
    /// Of the features of the blend, in its order.
    values: [f64; Feature::ALL.len()],
    /// 0: meets every requirement; else how many steps of loosening let it in.
    pub(super) round: usize,
}

/// The features that apply to a request, with their shares of the score.
#[derive(Debug)]
pub(super) struct Blend {
    features: Vec<Feature>,
    shares: Vec<f64>,
}

impl Blend {
    pub(super) fn of(asked: &Asked<'_>) -> Self {
        let features: Vec<Feature> = Feature::ALL
            .into_iter()
            .filter(|feature| features::applies(*feature, asked))
            .collect();
        let weights: Vec<f64> = features
            .iter()
            .map(|feature| asked.weights.of(*feature))
            .collect();
        Self {
            features,
            shares: scoring::shares(&weights),
        }
    }

    /// All candidates that the gate lets through, each service once at its best;
    /// the best first, then by service.
    pub(super) fn rank(
        &self,
        asked: &Asked<'_>,
        candidates: Vec<Candidate>,
        gate: impl Fn(&Asked<'_>, &Candidate) -> Option<usize>,
    ) -> Vec<Scored> {
        let mut best: Vec<Scored> = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let Some(round) = gate(asked, &candidate) else {
                continue;
            };
            let here = self.score(asked, candidate, round);
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
        best.sort_unstable_by(|a, b| {
            a.round
                .min(1)
                .cmp(&b.round.min(1))
                .then(b.score.total_cmp(&a.score))
                .then(a.candidate.service.cmp(&b.candidate.service))
        });
        best
    }

    fn score(&self, asked: &Asked<'_>, candidate: Candidate, round: usize) -> Scored {
        let mut values = [0.0; Feature::ALL.len()];
        let mut score = 0.0;
        for ((value, feature), share) in values.iter_mut().zip(&self.features).zip(&self.shares) {
            *value = features::value(*feature, asked, &candidate);
            score += *value * share;
        }
        Scored {
            candidate,
            score,
            values,
            round,
        }
    }

    /// What each feature adds to a score, in words.
    pub(super) fn reasons(&self, asked: &Asked<'_>, scored: &Scored) -> Vec<Reason> {
        self.features
            .iter()
            .zip(&scored.values)
            .zip(&self.shares)
            .map(|((feature, value), weight)| Reason {
                feature: feature.name(),
                value: *value,
                weight: *weight,
                sentence: features::sentence(*feature, asked, &scored.candidate, *value),
            })
            .collect()
    }

    /// What each feature costs one candidate against a better one: the difference of
    /// the two values times the weight, the dearest first.
    pub(super) fn costs(&self, better: &Scored, own: &Scored) -> Vec<(&'static str, f64)> {
        let mut costs: Vec<(&'static str, f64)> = self
            .features
            .iter()
            .zip(&self.shares)
            .zip(better.values.iter().zip(&own.values))
            .map(|((feature, share), (better, own))| (feature.name(), share * (better - own)))
            .filter(|(_, cost)| *cost > 0.0)
            .collect();
        costs.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        costs
    }
}
