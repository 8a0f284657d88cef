//! `outcomes`: how many earlier referrals were taken up, drawn towards a prior
//! while there are few (METHODS A7).

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::matching::settings::OutcomeValues;
use crate::scoring::{Beta, Interval};
use crate::snapshot::Outcomes;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    share(
        &asked.settings.values.outcomes,
        asked.service(candidate).outcomes,
    )
    .mean()
}

fn share(values: &OutcomeValues, outcomes: Outcomes) -> Beta {
    let Outcomes { accepted, decided } = outcomes;
    let declined = decided.saturating_sub(accepted);
    Beta {
        yes: values.prior * values.prior_referrals + f64::from(accepted),
        no: (1.0 - values.prior) * values.prior_referrals + f64::from(declined),
    }
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let values = &asked.settings.values.outcomes;
    let outcomes = asked.service(candidate).outcomes;
    let Outcomes { accepted, decided } = outcomes;
    if decided == 0 {
        return "No referrals yet.".to_owned();
    }
    let taken_up = format!("{accepted} of {decided} referrals were taken up");
    if decided < values.enough {
        return format!("{taken_up}.");
    }
    let Interval { low, high } = share(values, outcomes).interval(0.9);
    format!(
        "{taken_up}; of the next hundred probably between {:.0} and {:.0} would be.",
        100.0 * low,
        100.0 * high
    )
}
