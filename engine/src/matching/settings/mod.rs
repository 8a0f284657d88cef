//! What an operator may set about matching: a section a file. Defaults are those of
//! METHODS, tried on 20 invented vignettes: differences below .08 nDCG@10 there may
//! be chance.

mod need;
mod page;
mod values;
mod weights;

pub use need::{MeaningWeight, NeedSettings};
pub use page::{CautionSettings, PageSettings};
pub use values::{
    AccessValues, CapacityValues, CostValues, DistanceScale, DistanceValues, EligibilityValues,
    FreshnessValues, LanguageValues, NetworkValues, OutcomeValues, TimeValues, ValueSettings,
};
pub use weights::Weights;

use serde::{Deserialize, Serialize};

use crate::snapshot::{Bm25f, ExposureMemory};

/// `[matching]` of the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MatchingSettings {
    /// What each feature counts.
    pub weights: Weights,
    /// σ of the distance feature in kilometres, by travel.
    pub distance_km: DistanceScale,
    /// What each feature is worth where a record is silent, and on which scale.
    pub values: ValueSettings,
    /// How well a service does what is needed.
    pub need: NeedSettings,
    /// How words score.
    pub words: Bm25f,
    /// How much closeness in meaning may count, where there is a model for it.
    pub meaning: MeaningWeight,
    /// How a page is put together.
    pub page: PageSettings,
    /// What a referrer is warned of.
    pub cautions: CautionSettings,
    /// How long it is remembered who was shown.
    pub exposure: ExposureMemory,
    /// A candidate whose `need` is below this is not shown.
    pub least_need: f64,
    /// Candidates taken from the text index.
    pub text_candidates: usize,
    /// With fewer strict matches than this, requirements are loosened.
    pub enough: usize,
    /// Times the asked distance, at the first and at the second step of loosening it.
    pub farther: [f64; 2],
}

impl Default for MatchingSettings {
    fn default() -> Self {
        Self {
            weights: Weights::default(),
            distance_km: DistanceScale::default(),
            values: ValueSettings::default(),
            need: NeedSettings::default(),
            words: Bm25f::default(),
            meaning: MeaningWeight::default(),
            page: PageSettings::default(),
            cautions: CautionSettings::default(),
            exposure: ExposureMemory::default(),
            least_need: 0.15,
            text_candidates: 500,
            enough: 5,
            farther: [1.5, 2.0],
        }
    }
}

/// A number that would leave scores without meaning.
#[derive(Debug, thiserror::Error)]
#[error("{name} must be a number above 0, not {value}")]
pub struct MatchingSettingsError {
    /// Which, with its section.
    name: &'static str,
    value: f64,
}

impl MatchingSettings {
    /// Whether the numbers that others are divided by can be: by 0 every score would be
    /// lost.
    pub fn check(&self) -> Result<(), MatchingSettingsError> {
        let (values, km) = (&self.values, &self.distance_km);
        let scales = [
            ("distance_km.walk", km.walk),
            ("distance_km.limited", km.limited),
            ("distance_km.bus", km.bus),
            ("distance_km.car", km.car),
            (
                "values.cost.pounds_to_nothing",
                values.cost.pounds_to_nothing,
            ),
            ("values.capacity.wait_weeks", values.capacity.wait_weeks),
            (
                "values.capacity.wait_weeks_urgent",
                values.capacity.wait_weeks_urgent,
            ),
            (
                "values.freshness.half_life_days",
                values.freshness.half_life_days,
            ),
            (
                "values.outcomes.prior_referrals",
                values.outcomes.prior_referrals,
            ),
            ("words.k1", self.words.k1),
            ("page.same_place_m", self.page.same_place_m),
            ("exposure.half_life_days", self.exposure.half_life_days),
        ];
        match scales
            .into_iter()
            .find(|(_, value)| !(value.is_finite() && *value > 0.0))
        {
            Some((name, value)) => Err(MatchingSettingsError { name, value }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_are_divided_by_is_above_nothing() {
        let mut settings = MatchingSettings::default();
        assert!(settings.check().is_ok());
        for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            settings.values.freshness.half_life_days = wrong;
            let told = settings.check().unwrap_err().to_string();
            assert!(
                told.starts_with("values.freshness.half_life_days"),
                "{told}"
            );
        }
    }
}
