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

use crate::snapshot::{Bm25f, Memory};

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
    pub exposure: Memory,
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
            exposure: Memory::default(),
            least_need: 0.15,
            text_candidates: 500,
            enough: 5,
            farther: [1.5, 2.0],
        }
    }
}
