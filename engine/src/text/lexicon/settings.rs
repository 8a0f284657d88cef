//! What an operator may set about reading words.

use serde::{Deserialize, Serialize};

/// `[lexicon.reading]`: how sure what is read is, and how near concepts are to each
/// other (METHODS A2 and A4).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadingSettings {
    /// Strength of a phrase of one, two, and three or more words that count.
    pub by_words: [f64; 3],
    /// How much less a single word says for each doubling or so of the concepts that
    /// also hold it: 1 − `shared_word` · ln(1 + others) …
    pub shared_word: f64,
    /// … but at least this.
    pub least_word: f64,
    /// Of a phrase with a mended word.
    pub corrected: f64,
    /// Of a pair of word classes near each other, beside what its rule says.
    pub pair: f64,
    /// Of a phrase inside a longer one that means something else.
    pub inside_another: f64,
    /// How well a narrower kind of help serves a need.
    pub narrower: f64,
    /// How well a broader one does.
    pub broader: f64,
}

impl Default for ReadingSettings {
    fn default() -> Self {
        Self {
            by_words: [0.6, 0.7, 0.85],
            shared_word: 0.15,
            least_word: 0.12,
            corrected: 0.6,
            pair: 0.95,
            inside_another: 0.25,
            narrower: 0.9,
            broader: 0.6,
        }
    }
}
