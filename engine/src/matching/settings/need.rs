//! `[matching.need]` and `[matching.meaning]`: how well a service does what is needed.

use serde::{Deserialize, Serialize};

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

/// `[matching.meaning]`: with a model, the text part of `need` is the larger of
/// what words give and m = weight · (cos − low) / (high − low), held between 0 and
/// `weight`. Without a model none of it has an effect. What cosines mean differs by
/// model; the defaults are those of all-MiniLM-L6-v2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MeaningWeight {
    /// The most m may be, 0 to 1; 0 leaves the model unasked.
    pub weight: f64,
    /// The cosine up to which a service is not close at all.
    pub low: f64,
    /// The cosine from which on it is as close as can be.
    pub high: f64,
    /// Of the services that are close, this many become candidates by that alone.
    pub candidates: usize,
}

impl Default for MeaningWeight {
    fn default() -> Self {
        Self {
            weight: 0.5,
            low: 0.25,
            high: 0.65,
            candidates: 50,
        }
    }
}
