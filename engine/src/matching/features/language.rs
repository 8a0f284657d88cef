//! `language`: whether the person can be understood.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let values = &asked.settings.values.language;
    let languages = &asked.service(candidate).languages;
    let wanted = &asked.criteria.languages;
    if languages.listed.iter().any(|code| wanted.contains(code)) {
        1.0
    } else if languages.interpreters {
        values.interpreters
    } else if languages.listed.is_empty() {
        values.unknown
    } else if languages.listed.iter().all(|code| code == "en") {
        values.english
    } else {
        values.others
    }
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let languages = &asked.service(candidate).languages;
    let lexicon = &asked.snapshot.lexicon;
    let name = |code: &String| {
        lexicon
            .communities()
            .iter()
            .find(|community| community.id == *code)
            .map_or_else(|| code.clone(), |community| community.name.clone())
    };
    let wanted: Vec<String> = asked.criteria.languages.iter().map(name).collect();
    let shared: Vec<String> = languages
        .listed
        .iter()
        .filter(|code| asked.criteria.languages.contains(code))
        .map(name)
        .collect();
    if !shared.is_empty() {
        format!("Can be had in {}.", shared.join(" and "))
    } else if languages.interpreters {
        format!(
            "Says that it arranges interpreters; {} is not listed.",
            wanted.join(" or ")
        )
    } else if languages.listed.is_empty() {
        "Does not say which languages are spoken.".to_owned()
    } else {
        let listed: Vec<String> = languages.listed.iter().map(name).collect();
        format!(
            "Lists {}, not {}; lists are rarely complete.",
            listed.join(", "),
            wanted.join(" or ")
        )
    }
}
