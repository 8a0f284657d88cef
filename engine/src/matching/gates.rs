//! Hard requirements: a known *no* excludes, *unknown* stays and is flagged,
//! and where too little fits the least painful requirement is loosened.

use crate::model::{AccessFeature, Answer, Gender};
use crate::snapshot::{Cost, OnlyFor};

use super::CostCeiling;
use super::answer::Relaxed;
use super::asked::Asked;
use super::blend::Scored;
use super::candidates::Candidate;
use super::features;
use super::request::Feature;
use super::trace::Doubt;

/// Steps of loosening, in this order; age, sex, group, residence, access and
/// status are never loosened.
const WITHIN_HALF_AGAIN: usize = 1;
const WITHIN_DOUBLE: usize = 2;
const TIME: usize = 3;
const COST: usize = 4;
const LANGUAGE: usize = 5;
const SIBLINGS: usize = 6;

/// How many steps of loosening let a candidate in, 0 where it meets every
/// requirement; `None` where nothing may.
pub(super) fn round(asked: &Asked<'_>, candidate: &Candidate) -> Option<usize> {
    let service = asked.service(candidate);
    if !service.standing.is_open() {
        return None;
    }
    let answer = hard(asked, candidate)
        .into_iter()
        .fold(Answer::Yes, |all, (_, answer)| all.and(answer));
    let refused = answer == Answer::No
        || (answer == Answer::Unknown && !asked.criteria.include_unknown)
        || (within(asked, candidate) == Answer::Unknown && !asked.criteria.include_unknown);
    if refused {
        return None;
    }
    steps(asked, candidate)
        .into_iter()
        .max()
        .or(Some(0))
        .filter(|step| *step < usize::MAX)
}

/// Every hard requirement on the person but the distance, by name, and whether it is met.
fn hard(asked: &Asked<'_>, candidate: &Candidate) -> [(&'static str, Answer); 5] {
    [
        ("age", age(asked, candidate)),
        ("gender", gender(asked, candidate)),
        ("group", group(asked, candidate)),
        ("residence", residence(asked, candidate)),
        ("access", access(asked, candidate)),
    ]
}

/// What a candidate does not meet, or does not say whether it does: what bars it
/// first, then what only counts in the score.
pub(super) fn doubts(asked: &Asked<'_>, candidate: &Candidate) -> Vec<Doubt> {
    let open = Answer::from(Some(asked.service(candidate).standing.is_open()));
    let bars = [("status", open), ("within_km", within(asked, candidate))]
        .into_iter()
        .chain(hard(asked, candidate))
        .map(|(requirement, answer)| (requirement, answer, true));
    let counts = [Feature::Language, Feature::Time, Feature::Cost].map(|feature| {
        let answer = must(asked, candidate, feature);
        (
            feature.name(),
            answer,
            asked.criteria.must.contains(&feature),
        )
    });
    let room = asked.service(candidate).capacity.takes_new;
    bars.chain(counts)
        .chain([(Feature::Capacity.name(), room, false)])
        .filter(|(_, answer, _)| *answer != Answer::Yes)
        .map(|(requirement, answer, bars)| Doubt {
            requirement,
            answer,
            bars,
        })
        .collect()
}

/// The steps of loosening that a candidate needs; `usize::MAX` where none would do.
pub(super) fn steps(asked: &Asked<'_>, candidate: &Candidate) -> Vec<usize> {
    let mut steps = Vec::new();
    if within(asked, candidate) == Answer::No
        && let (Some(limit), Some(distance)) = (asked.criteria.within_km, candidate.distance_m)
    {
        let times = distance / 1_000.0 / limit;
        let [first, second] = asked.settings.farther;
        steps.push(if times <= first {
            WITHIN_HALF_AGAIN
        } else if times <= second {
            WITHIN_DOUBLE
        } else {
            usize::MAX
        });
    }
    let unmet = |feature: Feature| match must(asked, candidate, feature) {
        Answer::No => true,
        Answer::Unknown => !asked.criteria.include_unknown,
        Answer::Yes => false,
    };
    for feature in &asked.criteria.must {
        let step = match feature {
            Feature::Time => TIME,
            Feature::Cost => COST,
            Feature::Language => LANGUAGE,
            _ => usize::MAX,
        };
        if unmet(*feature) {
            steps.push(step);
        }
    }
    if candidate.sibling {
        steps.push(SIBLINGS);
    }
    steps
}

/// Lets in only as many loosened candidates as are needed; says what was loosened.
pub(super) fn loosen(asked: &Asked<'_>, scored: &mut Vec<Scored>) -> Vec<(usize, Relaxed)> {
    let enough = asked.settings.enough;
    let count = |round: usize| scored.iter().filter(|scored| scored.round <= round).count();
    let last = (0..=SIBLINGS)
        .find(|round| count(*round) >= enough)
        .unwrap_or(SIBLINGS);
    scored.retain(|scored| scored.round <= last);
    let mut used: Vec<usize> = scored
        .iter()
        .filter(|scored| scored.round > 0)
        .flat_map(|scored| steps(asked, &scored.candidate))
        .collect();
    used.sort_unstable();
    used.dedup();
    used.into_iter()
        .map(|step| (step, relaxed(asked, step)))
        .collect()
}

fn relaxed(asked: &Asked<'_>, step: usize) -> Relaxed {
    let criteria = asked.criteria;
    let limit = criteria.within_km.unwrap_or_default();
    let [first, second] = asked.settings.farther;
    let (requirement, from, to) = match step {
        WITHIN_HALF_AGAIN => (
            "within_km",
            format!("{limit} km"),
            format!("{} km", limit * first),
        ),
        WITHIN_DOUBLE => (
            "within_km",
            format!("{limit} km"),
            format!("{} km", limit * second),
        ),
        TIME => (
            "time",
            "only at the asked days and hours".to_owned(),
            "any time".to_owned(),
        ),
        COST => ("cost", ceiling(criteria.cost), "any price".to_owned()),
        LANGUAGE => (
            "language",
            criteria.languages.join(" or "),
            "any language".to_owned(),
        ),
        _ => (
            "need",
            "what was asked for".to_owned(),
            "neighbouring kinds of help".to_owned(),
        ),
    };
    Relaxed {
        requirement,
        from,
        to,
    }
}

fn ceiling(cost: Option<CostCeiling>) -> String {
    match cost {
        None => "any price".to_owned(),
        Some(CostCeiling::Free) => "free".to_owned(),
        Some(CostCeiling::Pounds(pounds)) => format!("up to £{pounds:.2}"),
    }
}

/// Whether a feature that must be met is.
fn must(asked: &Asked<'_>, candidate: &Candidate, feature: Feature) -> Answer {
    let service = asked.service(candidate);
    let criteria = asked.criteria;
    match feature {
        Feature::Language if !criteria.languages.is_empty() => {
            if service.languages.interpreters
                || service
                    .languages
                    .listed
                    .iter()
                    .any(|code| criteria.languages.contains(code))
            {
                Answer::Yes
            } else if service.languages.listed.is_empty() {
                Answer::Unknown
            } else {
                Answer::No
            }
        }
        Feature::Cost => match (criteria.cost, service.cost) {
            (None, _) | (_, Cost::Free) => Answer::Yes,
            (Some(_), Cost::Unknown) => Answer::Unknown,
            (Some(ceiling), Cost::Pounds(price)) => Answer::from(Some(price <= ceiling.pounds())),
        },
        Feature::Time if criteria.asks_for_time() => {
            if asked.place(candidate).week.spans.is_none() {
                Answer::Unknown
            } else {
                let value = features::value(Feature::Time, asked, candidate);
                Answer::from(Some(value >= 1.0))
            }
        }
        Feature::Distance => within(asked, candidate),
        Feature::Eligibility => age(asked, candidate)
            .and(gender(asked, candidate))
            .and(group(asked, candidate))
            .and(residence(asked, candidate)),
        Feature::Access => access(asked, candidate),
        Feature::Capacity => service.capacity.takes_new,
        Feature::Network => match &asked.referrer {
            None => Answer::Yes,
            Some(referrer) => Answer::from(Some(
                service
                    .organization
                    .is_some_and(|node| referrer.routes.trust(node) > 0.0),
            )),
        },
        _ => Answer::Yes,
    }
}

/// Whether the place is within the asked distance. A service that comes to the
/// person, or needs no journey, is; a confidential place does not say.
pub(super) fn within(asked: &Asked<'_>, candidate: &Candidate) -> Answer {
    let Some(limit) = asked.criteria.within_km else {
        return Answer::Yes;
    };
    if asked.criteria.place.is_none() {
        return Answer::Yes;
    }
    let service = asked.service(candidate);
    if service.remote == Answer::Yes || service.home_visit == Answer::Yes || service.comes_to_you {
        return Answer::Yes;
    }
    if asked.place(candidate).confidential {
        return Answer::Unknown;
    }
    match candidate.distance_m {
        Some(distance) => Answer::from(Some(distance <= limit * 1_000.0)),
        None => Answer::Unknown,
    }
}

/// Whether a service that visits does so where the person lives, as far as is known.
pub(super) fn serves_home(asked: &Asked<'_>, candidate: &Candidate) -> bool {
    let areas = &asked.service(candidate).areas;
    let lives_in = |borough: &String| areas.contains(borough);
    areas.is_empty()
        || areas.iter().any(|area| area == "national")
        || asked.borough.as_ref().is_none_or(lives_in)
}

/// Whether the person's age is among those taken.
pub(super) fn age(asked: &Asked<'_>, candidate: &Candidate) -> Answer {
    let ages = asked.service(candidate).audience.ages;
    if ages.minimum.is_none() && ages.maximum.is_none() {
        return Answer::Yes;
    }
    match asked.criteria.age {
        None => Answer::Unknown,
        Some((from, to)) => match (ages.contains(from), ages.contains(to)) {
            (true, true) => Answer::Yes,
            (false, false)
                if !(ages.minimum.is_some_and(|least| from < least)
                    && ages.maximum.is_some_and(|most| to > most)) =>
            {
                let for_a_child = ages.maximum.is_some_and(|most| most < GROWN_UP)
                    && from >= GROWN_UP
                    && brings_a_child(asked, candidate);
                if for_a_child {
                    Answer::Unknown
                } else {
                    Answer::No
                }
            }
            _ => Answer::Unknown,
        },
    }
}

/// From this age on a person may come with or for a child.
const GROWN_UP: f64 = 16.0;

/// Whether a child is spoken of, and a service is for parents as much as for
/// their children: then its ages are the child's, and a mother of 22 is not too
/// old for it.
fn brings_a_child(asked: &Asked<'_>, candidate: &Candidate) -> bool {
    let lexicon = &asked.snapshot.lexicon;
    let for_parents = |concept| {
        let concept = lexicon.concept(concept);
        concept.group == "family" || concept.audience.group.as_deref() == Some("parents")
    };
    let main = asked.service(candidate).concepts.first();
    main.is_some_and(|told| for_parents(told.concept))
        && asked
            .understood
            .needs
            .iter()
            .flat_map(|need| &need.concepts)
            .any(|read| {
                read.strength >= asked.settings.need.child_spoken_of && for_parents(read.concept)
            })
}

/// Whether the person's gender is the one taken. Nobody is excluded for an own word.
pub(super) fn gender(asked: &Asked<'_>, candidate: &Candidate) -> Answer {
    match (
        &asked.service(candidate).audience.gender,
        &asked.criteria.gender,
    ) {
        (None, _) => Answer::Yes,
        (Some(_), None | Some(Gender::Own(_))) => Answer::Unknown,
        (Some(only), Some(gender)) => Answer::from(Some(only == gender)),
    }
}

/// Whether the person is of a group that the service is only for, as far as the words tell.
pub(super) fn group(asked: &Asked<'_>, candidate: &Candidate) -> Answer {
    let only_for = &asked.service(candidate).audience.only_for;
    if only_for.is_empty() {
        return Answer::Yes;
    }
    let (lexicon, least) = (&asked.snapshot.lexicon, asked.settings.need.of_group);
    let belongs = |group: &OnlyFor| asked.understood.speaks_of(*group, lexicon, least);
    if only_for.iter().any(belongs) {
        Answer::Yes
    } else {
        Answer::Unknown
    }
}

/// Whether the person lives where the service's people live.
pub(super) fn residence(asked: &Asked<'_>, candidate: &Candidate) -> Answer {
    let audience = &asked.service(candidate).audience;
    audience.takes_residents(asked.borough.as_deref(), asked.district.as_deref())
}

/// Whether the place has what the person cannot do without.
pub(super) fn access(asked: &Asked<'_>, candidate: &Candidate) -> Answer {
    asked
        .criteria
        .access
        .iter()
        .map(|feature| access_to(asked, candidate, *feature))
        .fold(Answer::Yes, Answer::and)
}

/// Whether the place has one thing the person cannot do without. Whom a service
/// visits or telephones, no step keeps out.
pub(super) fn access_to(
    asked: &Asked<'_>,
    candidate: &Candidate,
    feature: AccessFeature,
) -> Answer {
    let service = asked.service(candidate);
    let place = asked.place(candidate);
    match feature {
        AccessFeature::HomeVisit => service.home_visit.or(place.access(feature)),
        AccessFeature::Remote => service.remote.or(place.access(feature)),
        AccessFeature::Wheelchair | AccessFeature::StepFree
            if service.remote == Answer::Yes || service.home_visit == Answer::Yes =>
        {
            place.access(feature).or(Answer::Yes)
        }
        _ => place.access(feature),
    }
}
