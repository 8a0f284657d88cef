//! What matching and network share: the additive score and its reasons.
//!
//! score = Σ w′ · v over the applicable features, w′ = w / Σ w (METHODS 0).
//! One computation serves ranking and explanation, so the reasons add up to
//! the score that ranked.

mod beta;

pub use beta::{Beta, Interval};

use serde::Serialize;

/// The value of one feature for one candidate, worded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// The feature's name.
    pub feature: &'static str,
    /// 0 to 1.
    pub value: f64,
    /// Its share of the score, 0 to 1; those of a match sum to 1.
    pub weight: f64,
    /// What a receptionist understands.
    pub sentence: String,
}

/// The shares of weights: each over their sum; all 0 where that is 0.
///
/// ```
/// use causeway_engine::scoring::shares;
/// assert_eq!(shares(&[3.0, 1.0]), [0.75, 0.25]);
/// assert_eq!(shares(&[0.0]), [0.0]);
/// ```
#[must_use]
pub fn shares(weights: &[f64]) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0.0; weights.len()];
    }
    weights.iter().map(|weight| weight / sum).collect()
}

/// Σ weight · value.
#[must_use]
pub fn score(reasons: &[Reason]) -> f64 {
    reasons
        .iter()
        .map(|reason| reason.weight * reason.value)
        .sum()
}

/// exp(−½ (d/σ)²): 1 at the door, .61 at σ, .14 at 2σ. Both in the same unit.
#[must_use]
pub fn nearness(distance: f64, sigma: f64) -> f64 {
    (-0.5 * (distance / sigma).powi(2)).exp()
}

/// 2^(−days/half-life), by default of two years (METHODS A5).
#[must_use]
pub fn freshness(days: f64, half_life_days: f64) -> f64 {
    (-days.max(0.0) / half_life_days).exp2()
}

/// How much attention a place on a page gets: 1/log₂(1 + rank), rank 1 first, as
/// nDCG discounts it (Singh & Joachims 2018, doi:10.1145/3219819.3220088).
///
/// ```
/// use causeway_engine::scoring::exposure;
/// assert!((exposure(1) - 1.0).abs() < 1e-12 && (exposure(3) - 0.5).abs() < 1e-12);
/// ```
#[must_use]
pub fn exposure(rank: usize) -> f64 {
    1.0 / (1.0 + rank.max(1) as f64).log2()
}
