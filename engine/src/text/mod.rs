//! Words: folding and stemming, the lexicon of needs, spelling, string
//! similarity and, with a model, closeness in meaning.
//!
//! What is here knows nothing of services or requests. It is used on both
//! sides of a match, so that a need and a record are read by the same rules.

mod fold;
pub mod lexicon;
pub mod meaning;
pub mod spelling;

pub use fold::{Token, Words, fold, is_function_word, stem};
