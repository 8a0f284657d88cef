//! `[matching.values]` and `[matching.distance_km]`: what each feature is worth where a
//! record is silent, and on which scale it falls (METHODS A5 to A7). Unknown is a value
//! of its own, between yes and no.

use serde::{Deserialize, Serialize};

use crate::matching::request::Travel;

/// `[matching.values]`, a section a feature.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ValueSettings {
    /// See [`DistanceValues`].
    pub distance: DistanceValues,
    /// See [`EligibilityValues`].
    pub eligibility: EligibilityValues,
    /// See [`AccessValues`].
    pub access: AccessValues,
    /// See [`LanguageValues`].
    pub language: LanguageValues,
    /// See [`TimeValues`].
    pub time: TimeValues,
    /// See [`CostValues`].
    pub cost: CostValues,
    /// See [`CapacityValues`].
    pub capacity: CapacityValues,
    /// See [`FreshnessValues`].
    pub freshness: FreshnessValues,
    /// See [`NetworkValues`].
    pub network: NetworkValues,
    /// See [`OutcomeValues`].
    pub outcomes: OutcomeValues,
}

/// `distance`: nearness to the closest place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DistanceValues {
    /// Where its place is not recorded or confidential.
    pub unknown: f64,
    /// Of a service by telephone or online, where that was not asked for.
    pub remote: f64,
}

impl Default for DistanceValues {
    fn default() -> Self {
        Self {
            unknown: 0.5,
            remote: 0.8,
        }
    }
}

/// `eligibility`: 1 where all that is stated is met.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EligibilityValues {
    /// Where nothing is stated.
    pub unstated: f64,
    /// Factor for each condition that a directory cannot check.
    pub unchecked: f64,
}

impl Default for EligibilityValues {
    fn default() -> Self {
        Self {
            unstated: 0.7,
            unchecked: 0.5,
        }
    }
}

/// `access`: the mean over what the person cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessValues {
    /// Of a feature that the record is silent about.
    pub unknown: f64,
}

impl Default for AccessValues {
    fn default() -> Self {
        Self { unknown: 0.5 }
    }
}

/// `language`: 1 where the person's language is listed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LanguageValues {
    /// Where interpreters are arranged.
    pub interpreters: f64,
    /// Where nothing is said of languages.
    pub unknown: f64,
    /// Where other languages than the person's are listed.
    pub others: f64,
    /// Where English alone is listed.
    pub english: f64,
}

impl Default for LanguageValues {
    fn default() -> Self {
        Self {
            interpreters: 0.7,
            unknown: 0.35,
            others: 0.2,
            english: 0.1,
        }
    }
}

/// `time`: 1 where it is open at the asked days and hours.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimeValues {
    /// Where nothing is said of hours.
    pub unknown: f64,
    /// Where it is open that day at other hours.
    pub other_hours: f64,
    /// Minutes that make a visit worth it.
    pub visit_minutes: u16,
}

impl Default for TimeValues {
    fn default() -> Self {
        Self {
            unknown: 0.5,
            other_hours: 0.4,
            visit_minutes: 30,
        }
    }
}

/// `cost`: 1 up to what the person can pay.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CostValues {
    /// Where nothing is said of the price.
    pub unknown: f64,
    /// Pounds above the ceiling at which nothing is left.
    pub pounds_to_nothing: f64,
}

impl Default for CostValues {
    fn default() -> Self {
        Self {
            unknown: 0.6,
            pounds_to_nothing: 5.0,
        }
    }
}

/// `capacity`: 0 where it is full, else exp(−weeks/scale).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CapacityValues {
    /// Where nothing is said of room.
    pub unknown: f64,
    /// The scale of waiting in weeks.
    pub wait_weeks: f64,
    /// The same where it is urgent.
    pub wait_weeks_urgent: f64,
}

impl Default for CapacityValues {
    fn default() -> Self {
        Self {
            unknown: 0.7,
            wait_weeks: 12.0,
            wait_weeks_urgent: 4.0,
        }
    }
}

/// `freshness`: halves with the days since someone vouched for the record.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FreshnessValues {
    /// Where nobody ever did.
    pub unknown: f64,
    /// Days after which it is worth half.
    pub half_life_days: f64,
}

impl Default for FreshnessValues {
    fn default() -> Self {
        Self {
            unknown: 0.3,
            half_life_days: 730.0,
        }
    }
}

/// `network`: how close its organization is to the one that refers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkValues {
    /// What the best route counts; nearness over all paths counts the rest.
    pub route: f64,
}

impl Default for NetworkValues {
    fn default() -> Self {
        Self { route: 0.7 }
    }
}

/// `outcomes`: how many referrals were taken up, drawn towards a prior.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutcomeValues {
    /// What a service without referrals is taken for.
    pub prior: f64,
    /// How many referrals the prior counts as.
    pub prior_referrals: f64,
    /// From so many on it is said how sure the share is.
    pub enough: u32,
}

impl Default for OutcomeValues {
    fn default() -> Self {
        Self {
            prior: 0.5,
            prior_referrals: 10.0,
            enough: 5,
        }
    }
}

/// `[matching.distance_km]`: σ of the distance feature in kilometres.
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
