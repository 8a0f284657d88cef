//! `freshness`: halves with the time since someone vouched for the record.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::scoring::freshness;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let values = &asked.settings.values.freshness;
    age_days(asked, candidate).map_or(values.unknown, |days| {
        freshness(days, values.half_life_days)
    })
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    match asked.service(candidate).assured {
        None => "Nobody has said when this was last checked.".to_owned(),
        Some(date) => format!("Last checked or changed on {}.", date.strftime("%-d %B %Y")),
    }
}

/// Days since the record was last vouched for or changed.
pub(in crate::matching) fn age_days(asked: &Asked<'_>, candidate: &Candidate) -> Option<f64> {
    let assured = asked.service(candidate).assured?;
    Some(f64::from((asked.snapshot.today - assured).get_days()).max(0.0))
}
