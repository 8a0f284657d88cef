//! Where to put sites so that they serve most, as pure problems over numbers:
//! gradual covering and the p-median. What the numbers stand for is said by
//! the callers.

mod combinations;
mod covering;
mod median;

pub use covering::{Covering, NextBest, Selection};
pub use median::{Median, Medians};
