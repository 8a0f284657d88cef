//! `outcomes`: how many earlier referrals were taken up, drawn towards one half
//! while there are few (METHODS A7).

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::scoring::{Beta, Interval};
use crate::snapshot::Outcomes;

/// What a service without referrals is taken for.
const PRIOR_MEAN: f64 = 0.5;
/// How many referrals the prior counts as.
const PRIOR_WEIGHT: f64 = 10.0;
/// From so many referrals on it is said how sure the share is.
const ENOUGH: u32 = 5;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    share(asked.service(candidate).outcomes).mean()
}

fn share(outcomes: Outcomes) -> Beta {
    let Outcomes { accepted, decided } = outcomes;
    let declined = decided.saturating_sub(accepted);
    Beta {
        yes: PRIOR_MEAN * PRIOR_WEIGHT + f64::from(accepted),
        no: (1.0 - PRIOR_MEAN) * PRIOR_WEIGHT + f64::from(declined),
    }
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let outcomes = asked.service(candidate).outcomes;
    let Outcomes { accepted, decided } = outcomes;
    if decided == 0 {
        return "No referrals yet.".to_owned();
    }
    let taken_up = format!("{accepted} of {decided} referrals were taken up");
    if decided < ENOUGH {
        return format!("{taken_up}.");
    }
    let Interval { low, high } = share(outcomes).interval(0.9);
    format!(
        "{taken_up}; of the next hundred probably between {:.0} and {:.0} would be.",
        100.0 * low,
        100.0 * high
    )
}
