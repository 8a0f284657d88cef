//! The features of the score: one file each, with a value and a sentence.

mod access;
mod capacity;
mod cost;
mod distance;
mod eligibility;
mod fair_share;
mod freshness;
mod language;
mod need;
mod network;
mod outcomes;
mod time;

pub(super) use distance::minutes;
pub(super) use eligibility::names_of;
pub(super) use freshness::age_days;

use super::asked::Asked;
use super::candidates::Candidate;
use super::request::Feature;

/// Whether the request gives a feature something to compare with. It depends on
/// the request alone, so that the scores of all services compare.
pub(super) fn applies(feature: Feature, asked: &Asked<'_>) -> bool {
    let criteria = asked.criteria;
    match feature {
        Feature::Need | Feature::Outcomes => asked.has_need(),
        Feature::Distance => criteria.place.is_some(),
        Feature::Eligibility => {
            criteria.age.is_some() || criteria.gender.is_some() || asked.borough.is_some()
        }
        Feature::Access => !criteria.access.is_empty(),
        Feature::Language => !criteria.languages.is_empty(),
        Feature::Time => criteria.asks_for_time(),
        Feature::Cost => criteria.cost.is_some(),
        Feature::Network => asked.referrer.is_some(),
        Feature::Capacity | Feature::Freshness | Feature::FairShare => true,
    }
}

/// The value of a feature for a candidate, 0 to 1.
pub(super) fn value(feature: Feature, asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let value = match feature {
        Feature::Need => candidate.need(),
        Feature::Distance => distance::value(asked, candidate),
        Feature::Eligibility => eligibility::value(asked, candidate),
        Feature::Access => access::value(asked, candidate),
        Feature::Language => language::value(asked, candidate),
        Feature::Time => time::value(asked, candidate),
        Feature::Cost => cost::value(asked, candidate),
        Feature::Capacity => capacity::value(asked, candidate),
        Feature::Freshness => freshness::value(asked, candidate),
        Feature::Network => network::value(asked, candidate),
        Feature::Outcomes => outcomes::value(asked, candidate),
        Feature::FairShare => fair_share::value(asked, candidate),
    };
    value.clamp(0.0, 1.0)
}

/// What a feature's value means, for people.
pub(super) fn sentence(
    feature: Feature,
    asked: &Asked<'_>,
    candidate: &Candidate,
    value: f64,
) -> String {
    match feature {
        Feature::Need => need::sentence(asked, candidate),
        Feature::Distance => distance::sentence(asked, candidate),
        Feature::Eligibility => eligibility::sentence(asked, candidate),
        Feature::Access => access::sentence(asked, candidate),
        Feature::Language => language::sentence(asked, candidate),
        Feature::Time => time::sentence(asked, candidate, value),
        Feature::Cost => cost::sentence(asked, candidate),
        Feature::Capacity => capacity::sentence(asked, candidate),
        Feature::Freshness => freshness::sentence(asked, candidate),
        Feature::Network => network::sentence(asked, candidate),
        Feature::Outcomes => outcomes::sentence(asked, candidate),
        Feature::FairShare => fair_share::sentence(asked, candidate),
    }
}
