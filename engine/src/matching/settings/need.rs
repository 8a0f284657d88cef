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
    /// A service is aimed at a community that its words name at least so surely …
    pub aimed_at: f64,
    /// … and a request speaks of one that was read at least so surely.
    pub spoken_of: f64,
    /// A person is taken to be of a group whose need was read at least so surely.
    pub of_group: f64,
    /// A child is spoken of where a need for parents was read at least so surely.
    pub child_spoken_of: f64,
    /// A service this close to what is refused is refused with it: no counselling, no therapy.
    pub close_kin: f64,
    /// How sure a concept is that was asked for by name.
    pub asked: f64,
    /// Concepts read less surely than this are noise.
    pub least: f64,
    /// More needs than this in one text are more than one conversation.
    pub most_needs: usize,
    /// What is left of a concept whose usual audience the person is not, once its twin is found.
    pub not_the_audience: f64,
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
            single_words: 1.0,
            sharpen: 0.0,
            own_need: 0.6,
            sibling: 0.35,
            other_community: 0.8,
            aimed_at: 0.5,
            spoken_of: 0.2,
            of_group: 0.4,
            child_spoken_of: 0.3,
            close_kin: 0.5,
            asked: 0.98,
            least: 0.05,
            most_needs: 5,
            not_the_audience: 0.4,
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
