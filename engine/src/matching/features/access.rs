//! `access`: the mean over what the person cannot do without, yes 1, unknown .5.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::matching::gates::access_to;
use crate::model::Answer;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let features = &asked.criteria.access;
    let unknown = asked.settings.values.access.unknown;
    let sum: f64 = features
        .iter()
        .map(|feature| match access_to(asked, candidate, *feature) {
            Answer::Yes => 1.0,
            Answer::Unknown => unknown,
            Answer::No => 0.0,
        })
        .sum();
    sum / features.len().max(1) as f64
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let of = |wanted: Answer| -> Vec<&str> {
        asked
            .criteria
            .access
            .iter()
            .filter(|feature| access_to(asked, candidate, **feature) == wanted)
            .map(|feature| feature.name())
            .collect()
    };
    let (has, silent) = (of(Answer::Yes), of(Answer::Unknown));
    match (has.is_empty(), silent.is_empty()) {
        (false, true) => format!("Has what is needed: {}.", has.join(", ")),
        (false, false) => format!(
            "Has {}; does not say about {}.",
            has.join(", "),
            silent.join(", ")
        ),
        _ => format!("Does not say about {}.", silent.join(", ")),
    }
}
