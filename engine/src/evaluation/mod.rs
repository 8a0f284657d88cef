//! How good rankings are: nDCG, recall, reciprocal rank and what stands blocked
//! among the first, from TREC files, with intervals, a test of differences, a
//! search for better weights, what a score promises, and a report of who is seen.
//!
//! The formulas and the order of ties are those of `trec_eval`: a run is ordered
//! by score descending, then by document id descending; its rank column is not
//! read. Every mean is over the judged queries: one that a run does not answer
//! counts 0. Nothing here knows how a ranking came about.

mod calibration;
mod chance;
mod exposure;
mod figures;
mod trec;
mod tune;

pub use calibration::{Calibration, Observation};
pub use chance::{Difference, Mean, bootstrap, paired_randomisation};
pub use exposure::{ALARM, Seen, SeenGroup, by_group};
pub use figures::{
    Figures, GOOD, average_precision, blocked, by_query, ndcg, precision, recall, reciprocal_rank,
};
pub use trec::{EvaluationError, Grades, Qrels, Run};
pub use tune::{Fold, Tuned, folds, tune};
