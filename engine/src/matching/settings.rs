//! What an operator may set about matching. Defaults are those of METHODS,
//! tried on 20 invented vignettes: differences below .08 nDCG@10 there may be chance.

use serde::{Deserialize, Serialize};

use super::request::{Feature, Travel};

/// `[matching]` of the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MatchingSettings {
    /// What each feature counts.
    pub weights: Weights,
    /// σ of the distance feature in kilometres, by travel.
    pub distance_km: DistanceScale,
    /// How well a service does what is needed.
    pub need: NeedSettings,
    /// A candidate whose `need` is below this is not shown.
    pub least_need: f64,
    /// Candidates taken from the text index.
    pub text_candidates: usize,
    /// With fewer strict matches than this, requirements are loosened.
    pub enough: usize,
}

impl Default for MatchingSettings {
    fn default() -> Self {
        Self {
            weights: Weights::default(),
            distance_km: DistanceScale::default(),
            need: NeedSettings::default(),
            least_need: 0.15,
            text_candidates: 500,
            enough: 5,
        }
    }
}

/// `[matching.need]`: need = 1 − (1 − concept·c)(1 − text·t) (METHODS A4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NeedSettings {
    /// What concepts that meet count at most.
    pub concept: f64,
    /// What words that meet count at most.
    pub text: f64,
    /// What single words of the need say counts so much beside phrases.
    pub single_words: f64,
    /// How steeply concepts that were barely read give way to those read plainly.
    pub sharpen: f64,
    /// A clause is a need of its own from this strength of its surest concept on; a
    /// weaker one tells more of the strongest.
    pub own_need: f64,
    /// How well a service of a sibling concept serves, once a request was loosened.
    pub sibling: f64,
    /// What is left of `need` at a service aimed at a community that the request does not
    /// speak of.
    pub other_community: f64,
    /// A service this close to what is refused is refused with it: no counselling, no therapy.
    pub close_kin: f64,
    /// A best hit that scores less than this share of what it could is not a full one.
    pub poor_best: f64,
    /// What a word of a concept's name counts against one of the need's own.
    pub name_weight: f64,
}

impl Default for NeedSettings {
    fn default() -> Self {
        Self {
            concept: 0.95,
            text: 0.6,
            single_words: 0.8,
            sharpen: 0.0,
            own_need: 0.6,
            sibling: 0.35,
            other_community: 0.8,
            close_kin: 0.5,
            poor_best: 0.35,
            name_weight: 0.5,
        }
    }
}

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
            cost: 0.03,
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

/// σ of the distance feature in kilometres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DistanceScale {
    /// On foot or by wheelchair.
    pub walk: f64,
    /// Who cannot get far.
    pub limited: f64,
    /// By bus.
    pub bus: f64,
    /// By car.
    pub car: f64,
}

impl Default for DistanceScale {
    fn default() -> Self {
        Self {
            walk: 1.5,
            limited: 2.0,
            bus: 4.0,
            car: 8.0,
        }
    }
}

impl DistanceScale {
    /// σ for a way of getting about.
    #[must_use]
    pub fn of(&self, travel: Travel) -> f64 {
        match travel {
            Travel::Walk | Travel::Wheel => self.walk,
            Travel::Limited => self.limited,
            Travel::Bus => self.bus,
            Travel::Car => self.car,
        }
    }
}
