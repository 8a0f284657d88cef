//! `cost`: 1 up to what the person can pay, then less for each pound more.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::snapshot::Cost;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let values = &asked.settings.values.cost;
    let ceiling = asked
        .criteria
        .cost
        .map_or(f64::INFINITY, super::super::CostCeiling::pounds);
    match asked.service(candidate).cost {
        Cost::Unknown => values.unknown,
        Cost::Free => 1.0,
        Cost::Pounds(price) if price <= ceiling => 1.0,
        Cost::Pounds(price) => (1.0 - (price - ceiling) / values.pounds_to_nothing).max(0.0),
    }
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    match asked.service(candidate).cost {
        Cost::Unknown => "Does not say what it costs.".to_owned(),
        Cost::Free => "Free, or what one can give.".to_owned(),
        Cost::Pounds(price) => format!("Costs £{price:.2} or more."),
    }
}
