//! `eligibility`: 1 where all stated limits are met, less where nothing is
//! stated and for each condition that a directory cannot check.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::matching::gates;
use crate::model::Answer;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let values = &asked.settings.values.eligibility;
    let audience = &asked.service(candidate).audience;
    if !audience.is_stated() {
        return values.unstated;
    }
    let unknown = [
        gates::age(asked, candidate),
        gates::gender(asked, candidate),
        gates::group(asked, candidate),
        gates::residence(asked, candidate),
    ];
    let unchecked = unknown
        .into_iter()
        .filter(|answer| *answer == Answer::Unknown)
        .count()
        + audience.conditions.len()
        + usize::from(audience.by_referral && asked.referrer.is_none());
    values.unchecked.powf(unchecked as f64)
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let audience = &asked.service(candidate).audience;
    if !audience.is_stated() {
        return "Does not say whom it is for.".to_owned();
    }
    let mut met = Vec::new();
    let mut open = Vec::new();
    let mut tell = |answer: Answer, what: String| match answer {
        Answer::Yes => met.push(what),
        _ => open.push(what),
    };
    let ages = match (audience.ages.minimum, audience.ages.maximum) {
        (Some(least), Some(most)) => Some(format!("ages {least:.0} to {most:.0}")),
        (Some(least), None) => Some(format!("ages {least:.0} and over")),
        (None, Some(most)) => Some(format!("ages up to {most:.0}")),
        (None, None) => None,
    };
    if let Some(ages) = ages {
        tell(gates::age(asked, candidate), ages);
    }
    if let Some(gender) = &audience.gender {
        let who = if *gender == crate::model::Gender::Female {
            "women"
        } else {
            "men"
        };
        tell(gates::gender(asked, candidate), who.to_owned());
    }
    if !audience.only_for.is_empty() {
        let groups: Vec<&str> = audience.only_for.iter().map(|group| group.name()).collect();
        tell(gates::group(asked, candidate), groups.join(" or "));
    }
    if !audience.residents_of.is_empty() {
        let where_from = names_of(&audience.residents_of);
        tell(
            gates::residence(asked, candidate),
            format!("residents of {where_from}"),
        );
    }
    for condition in &audience.conditions {
        tell(Answer::Unknown, condition.clone());
    }
    if audience.by_referral {
        let answer = if asked.referrer.is_some() {
            Answer::Yes
        } else {
            Answer::Unknown
        };
        tell(answer, "people whom a professional refers".to_owned());
    }
    match (met.is_empty(), open.is_empty()) {
        (false, true) => format!("Takes {}, which fits.", met.join(", ")),
        (true, _) => format!("Takes {}; check whether that fits.", open.join(", ")),
        (false, false) => {
            format!(
                "Takes {}, which fits; check: {}.",
                met.join(", "),
                open.join(", ")
            )
        }
    }
}

/// Folded names of places as people write them.
pub(in crate::matching) fn names_of(folded: &[String]) -> String {
    let name = |place: &String| -> String {
        let words = place
            .split(' ')
            .map(|word| match word.char_indices().nth(1) {
                Some((rest, _)) if !matches!(word, "and" | "of" | "upon" | "on") => {
                    word[..rest].to_uppercase() + &word[rest..]
                }
                _ => word.to_owned(),
            });
        words.collect::<Vec<_>>().join(" ")
    };
    folded.iter().map(name).collect::<Vec<_>>().join(" or ")
}
