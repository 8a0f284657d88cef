//! `[matching.weights]`: what each feature counts.

use serde::{Deserialize, Serialize};

use crate::matching::request::Feature;

/// What each feature counts; only their proportions matter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// See [`Feature::Need`].
    pub need: f64,
    /// See [`Feature::Distance`].
    pub distance: f64,
    /// See [`Feature::Eligibility`].
    pub eligibility: f64,
    /// See [`Feature::Access`].
    pub access: f64,
    /// See [`Feature::Language`].
    pub language: f64,
    /// See [`Feature::Time`].
    pub time: f64,
    /// See [`Feature::Cost`].
    pub cost: f64,
    /// See [`Feature::Capacity`].
    pub capacity: f64,
    /// See [`Feature::Freshness`].
    pub freshness: f64,
    /// See [`Feature::Network`].
    pub network: f64,
    /// See [`Feature::Outcomes`].
    pub outcomes: f64,
    /// See [`Feature::FairShare`].
    pub fair_share: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            need: 0.50,
            distance: 0.16,
            eligibility: 0.06,
            access: 0.06,
            language: 0.06,
            time: 0.03,
            cost: 0.06,
            capacity: 0.03,
            freshness: 0.03,
            network: 0.02,
            outcomes: 0.01,
            fair_share: 0.01,
        }
    }
}

impl Weights {
    /// The weight of a feature; never negative.
    #[must_use]
    pub fn of(&self, feature: Feature) -> f64 {
        let weight = match feature {
            Feature::Need => self.need,
            Feature::Distance => self.distance,
            Feature::Eligibility => self.eligibility,
            Feature::Access => self.access,
            Feature::Language => self.language,
            Feature::Time => self.time,
            Feature::Cost => self.cost,
            Feature::Capacity => self.capacity,
            Feature::Freshness => self.freshness,
            Feature::Network => self.network,
            Feature::Outcomes => self.outcomes,
            Feature::FairShare => self.fair_share,
        };
        if weight.is_finite() {
            weight.max(0.0)
        } else {
            0.0
        }
    }

    /// The same weights with one feature's replaced.
    #[must_use]
    pub fn with(mut self, feature: Feature, weight: f64) -> Self {
        let slot = match feature {
            Feature::Need => &mut self.need,
            Feature::Distance => &mut self.distance,
            Feature::Eligibility => &mut self.eligibility,
            Feature::Access => &mut self.access,
            Feature::Language => &mut self.language,
            Feature::Time => &mut self.time,
            Feature::Cost => &mut self.cost,
            Feature::Capacity => &mut self.capacity,
            Feature::Freshness => &mut self.freshness,
            Feature::Network => &mut self.network,
            Feature::Outcomes => &mut self.outcomes,
            Feature::FairShare => &mut self.fair_share,
        };
        *slot = weight;
        self
    }
}
