//! Doubts: what is unknown, stale, full or conditional. They do not alter the
//! score; a person decides what they are worth.

use crate::model::{Answer, Gender};

use super::answer::Caution;
use super::asked::Asked;
use super::candidates::Candidate;
use super::{features, gates};

/// All doubts about a match.
pub(super) fn of(asked: &Asked<'_>, candidate: &Candidate, loosened: &[&str]) -> Vec<Caution> {
    let mut cautions = Vec::new();
    about_the_service(asked, candidate, &mut cautions);
    about_the_person(asked, candidate, loosened, &mut cautions);
    cautions
}

/// Whether it takes anybody at all, and how sure its record is.
fn about_the_service(asked: &Asked<'_>, candidate: &Candidate, cautions: &mut Vec<Caution>) {
    let settings = &asked.settings.cautions;
    let service = asked.service(candidate);
    let mut add = |kind, sentence: String| cautions.push(Caution { kind, sentence });

    if service.capacity.takes_new == Answer::No {
        add("full", "Takes nobody new at the moment.".to_owned());
    }
    if let Some(weeks) = service
        .capacity
        .wait_weeks
        .filter(|weeks| *weeks >= settings.long_wait_weeks)
    {
        add("wait", format!("The wait is about {weeks:.0} weeks."));
    }
    match features::age_days(asked, candidate) {
        None => add(
            "unchecked",
            "Nobody has said when this was last checked.".to_owned(),
        ),
        Some(days) if days > settings.doubt_days => {
            add(
                "stale",
                "Not checked for three years: probably out of date.".to_owned(),
            );
        }
        Some(days) if days > settings.check_days => {
            add(
                "stale",
                "Not checked for a year: check before sending anyone.".to_owned(),
            );
        }
        Some(_) => {}
    }
    if service.audience.by_referral && asked.referrer.is_none() {
        add(
            "referral_only",
            "Only a professional can refer; say who refers to see the way in.".to_owned(),
        );
    }
    if let Some(community) = asked.other_community(candidate) {
        let name = &asked.snapshot.lexicon.concept(community).name;
        add(
            "community",
            format!("Aimed at a community ({name}); ask whether it suits."),
        );
    }
}

/// What is unknown of whether it suits this person.
fn about_the_person(
    asked: &Asked<'_>,
    candidate: &Candidate,
    loosened: &[&str],
    cautions: &mut Vec<Caution>,
) {
    let service = asked.service(candidate);
    let mut add = |kind, sentence: String| cautions.push(Caution { kind, sentence });
    let unknown = |answer: Answer| answer == Answer::Unknown;
    if unknown(gates::age(asked, candidate)) {
        add(
            "age",
            "It has an age limit, and the age is not known or only partly fits.".to_owned(),
        );
    }
    if unknown(gates::gender(asked, candidate)) {
        let who = match service.audience.gender {
            Some(Gender::Male) => "men",
            _ => "women",
        };
        add(
            "gender",
            format!("It is for {who} only; ask whether the person is welcome."),
        );
    }
    if unknown(gates::group(asked, candidate)) {
        let groups: Vec<&str> = service
            .audience
            .only_for
            .iter()
            .map(|group| group.name())
            .collect();
        add(
            "group",
            format!(
                "It is only for {}; ask whether that fits.",
                groups.join(" or ")
            ),
        );
    }
    if unknown(gates::residence(asked, candidate)) {
        let places = features::names_of(&service.audience.residents_of);
        add(
            "residence",
            format!("It is for residents of {places}; check the address."),
        );
    }
    for feature in &asked.criteria.access {
        if unknown(gates::access_to(asked, candidate, *feature)) {
            add(
                "access",
                format!("Does not say about {}; ask before sending.", feature.name()),
            );
        }
    }
    if unknown(gates::within(asked, candidate)) {
        add("distance", "How far it is cannot be told.".to_owned());
    }
    for condition in &service.audience.conditions {
        add("condition", format!("Condition: {condition}."));
    }
    for requirement in loosened {
        add(
            "relaxed",
            format!("Does not meet the asked '{requirement}'; shown because little else fits."),
        );
    }
}
