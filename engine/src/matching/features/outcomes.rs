//! `outcomes`: how many earlier referrals were taken up, drawn towards one half
//! while there are few (METHODS A7).

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::snapshot::Outcomes;

/// What a service without referrals is taken for.
const PRIOR_MEAN: f64 = 0.5;
/// How many referrals the prior counts as.
const PRIOR_WEIGHT: f64 = 10.0;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let Outcomes { accepted, decided } = asked.service(candidate).outcomes;
    (PRIOR_MEAN * PRIOR_WEIGHT + f64::from(accepted)) / (PRIOR_WEIGHT + f64::from(decided))
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let Outcomes { accepted, decided } = asked.service(candidate).outcomes;
    if decided == 0 {
        return "No referrals yet.".to_owned();
    }
    format!("{accepted} of {decided} referrals were taken up.")
}
