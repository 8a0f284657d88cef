//! Gaps by person, not by place: for whom there is nothing within reach,
//! wherever they live.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::AccessFeature;
use crate::snapshot::Snapshot;
use crate::text::lexicon::CommunitySort;

use super::answer::NeedName;
use super::demand::{self, Demand};
use super::gaps::name_of;
use super::request::{GapsRequest, OutOfHours, PlanningError};
use super::study::Study;

/// What people may need together. Each list is tried with none of it, too.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Circumstances {
    /// Languages, BCP 47 or English names.
    pub languages: Vec<String>,
    /// What people cannot do without.
    pub access: Vec<AccessFeature>,
    /// When they need it.
    pub times: Vec<OutOfHours>,
}

impl Circumstances {
    /// How many languages stand for all where none is asked for.
    const LANGUAGES: usize = 8;

    /// What to try where nothing else is asked: the languages that most
    /// services of the directory speak beside English, what people most often
    /// cannot do without, and evenings and weekends.
    #[must_use]
    pub fn usual(snapshot: &Snapshot) -> Self {
        let mut spoken: BTreeMap<&str, usize> = BTreeMap::new();
        for facts in &snapshot.facts.services {
            for code in &facts.languages.listed {
                *spoken.entry(code).or_default() += 1;
            }
        }
        spoken.remove("en");
        let mut spoken: Vec<(&str, usize)> = spoken.into_iter().collect();
        spoken.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        Self {
            languages: spoken
                .into_iter()
                .take(Self::LANGUAGES)
                .map(|(code, _)| code.to_owned())
                .collect(),
            access: vec![
                AccessFeature::Wheelchair,
                AccessFeature::StepFree,
                AccessFeature::HearingLoop,
                AccessFeature::Bsl,
            ],
            times: vec![OutOfHours::Evening, OutOfHours::Weekend],
        }
    }
}

/// People in the same circumstances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonGap {
    /// What they need.
    pub need: NeedName,
    /// Their language, where it matters.
    pub language: Option<String>,
    /// What they cannot do without.
    pub access: Option<AccessFeature>,
    /// When they need it.
    pub time: Option<OutOfHours>,
    /// Services on the map that say they suit them.
    pub services: usize,
    /// Services on the map that do not say; they are not counted as suiting.
    pub unsaid: usize,
    /// Residents with the need in areas from which none that says so is within
    /// reach: where people in these circumstances live there, they have nothing.
    pub people_without: f64,
    /// As a share of all with the need.
    pub share_without: f64,
}

/// Combinations with no service within reach.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeopleAnswer {
    /// The largest share of people without first.
    pub people: Vec<PersonGap>,
    /// How many combinations were tried.
    pub tried: usize,
    /// What must be known.
    pub notes: Vec<String>,
    /// The version of the data.
    pub snapshot: u64,
}

/// Tries every combination of needs and circumstances. Told are those that
/// leave somebody without anything within reach, and more people than any of
/// their parts alone does: where nobody speaks Polish, it says nothing more
/// that nobody speaks Polish in the evening.
///
/// *Complexity*: one study for each combination.
pub fn gaps_by_person(
    snapshot: &Snapshot,
    requests: &[GapsRequest],
    circumstances: &Circumstances,
) -> Result<PeopleAnswer, PlanningError> {
    let mut answer = PeopleAnswer {
        people: Vec::new(),
        tried: 0,
        notes: vec![
            "How many people are in these circumstances is not known; counted are all who have the need where nothing that says it suits is within reach."
                .to_owned(),
        ],
        snapshot: snapshot.version,
    };
    let Some(first) = requests.first() else {
        return Ok(answer);
    };
    let mut demand = demand::read(snapshot, first)?;
    for request in requests {
        demand.count(snapshot, request);
        let found = of_one_need(snapshot, request, circumstances, &demand);
        answer.tried += found.len();
        answer.people.extend(telling(&found));
    }
    // The sort is stable, so equals stay in the order of the request.
    answer.people.sort_by(|a, b| {
        b.share_without
            .total_cmp(&a.share_without)
            .then(asks(a).cmp(&asks(b)))
            .then(b.people_without.total_cmp(&a.people_without))
    });
    Ok(answer)
}

fn asks(gap: &PersonGap) -> usize {
    usize::from(gap.language.is_some())
        + usize::from(gap.access.is_some())
        + usize::from(gap.time.is_some())
}

fn of_one_need(
    snapshot: &Snapshot,
    request: &GapsRequest,
    circumstances: &Circumstances,
    demand: &Demand,
) -> Vec<PersonGap> {
    let mut combinations = Vec::new();
    for language in with_none(&circumstances.languages) {
        for access in with_none(&circumstances.access) {
            for time in with_none(&circumstances.times) {
                combinations.push((language, access, time));
            }
        }
    }
    combinations
        .into_par_iter()
        .map(|(language, access, time)| {
            let mut asked = request.clone();
            asked.include_unknown = true;
            asked.language = language.cloned().or(asked.language);
            asked.access.extend(access);
            asked.times.extend(time);
            let study = Study::over(snapshot, &asked, demand.clone());
            PersonGap {
                need: name_of(request),
                language: language.map(|code| language_name(snapshot, code)),
                access: access.copied(),
                time: time.copied(),
                ..measure(&study)
            }
        })
        .collect()
}

/// The English name of a language.
fn language_name(snapshot: &Snapshot, code: &str) -> String {
    let mut known = snapshot.lexicon.communities().iter();
    known
        .find(|one| one.sort == CommunitySort::Language && one.id == code)
        .map_or_else(|| code.to_owned(), |one| one.name.clone())
}

/// Leaves out who has something, and what a part of the combination tells already.
fn telling(found: &[PersonGap]) -> Vec<PersonGap> {
    let told = |gap: &PersonGap| {
        let parts = found.iter().filter(|part| {
            let within = |a: bool, b: bool| a || b;
            asks(part) < asks(gap)
                && within(part.language.is_none(), part.language == gap.language)
                && within(part.access.is_none(), part.access == gap.access)
                && within(part.time.is_none(), part.time == gap.time)
        });
        let most = parts.map(|part| part.people_without).fold(0.0, f64::max);
        gap.people_without > most
    };
    found.iter().filter(|gap| told(gap)).cloned().collect()
}

fn with_none<T>(items: &[T]) -> impl Iterator<Item = Option<&T>> {
    std::iter::once(None).chain(items.iter().map(Some))
}

fn measure(study: &Study) -> PersonGap {
    let points = &study.supply.points;
    let count = |stated: bool| {
        let services: std::collections::BTreeSet<_> = points
            .iter()
            .filter(|point| point.stated == stated)
            .map(|point| point.service)
            .collect();
        services.len()
    };
    let (mut all, mut without) = (0.0, 0.0);
    for at in study.inside() {
        let demand = study.areas()[at].demand;
        all += demand;
        let mut reached = study.catchments.of_area(at);
        if !reached.any(|(point, _)| points[point as usize].stated) {
            without += demand;
        }
    }
    PersonGap {
        need: NeedName {
            id: None,
            name: String::new(),
        },
        language: None,
        access: None,
        time: None,
        services: count(true),
        unsaid: count(false),
        people_without: without,
        share_without: if all > 0.0 { without / all } else { 0.0 },
    }
}
