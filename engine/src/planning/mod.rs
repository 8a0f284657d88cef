//! Planning: who is left out, how fairly help is spread, what would change it,
//! and where the next service belongs. The formulas are METHODS part C.

pub mod accessibility;
mod bootstrap;
pub mod equity;
pub mod sites;

pub use bootstrap::Interval;
