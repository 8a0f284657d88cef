//! What could fit at all: by words, by concepts, or by being near (METHODS A3).

use std::collections::BTreeMap;

use geo::{Distance, Haversine};

use crate::snapshot::QueryTerm;
use crate::text::lexicon::{ConceptNo, Lexicon};

use super::asked::Asked;
use super::meaning::Closeness;
use super::{MatchError, communities};

/// A service at one of its places, with how well it does what is needed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Its number.
    pub(super) service: u32,
    /// The place's number in `Facts::places`.
    pub(super) place: u32,
    /// As the crow flies, for the engine also where the place is confidential.
    pub(super) distance_m: Option<f64>,
    /// `need` for each need.
    pub(super) needs: Vec<NeedValue>,
    /// Whether only a neighbouring concept lets it in.
    pub(super) sibling: bool,
}

/// How well a service does one need.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct NeedValue {
    /// 1 − (1 − .95 c)(1 − .6 max(t, m)).
    pub(super) value: f64,
    /// By concepts.
    pub(super) concept: f64,
    /// By words.
    pub(super) text: f64,
    /// By meaning, 0 without a model; see [`Closeness`].
    pub(super) meaning: f64,
    /// The need's concept and the service's that met.
    pub(super) met: Option<(ConceptNo, ConceptNo)>,
}

impl Candidate {
    /// The best over all needs: a service should do one thing well.
    pub(super) fn need(&self) -> f64 {
        self.needs.iter().map(|need| need.value).fold(0.0, f64::max)
    }

    /// The group of the concept it serves best, and how well.
    pub(super) fn serves<'a>(&self, lexicon: &'a Lexicon) -> Option<(&'a str, f64)> {
        let (_, best) = self.best_need()?;
        let (wanted, _) = best.met?;
        Some((lexicon.concept(wanted).group.as_str(), best.value))
    }

    /// The need it does best.
    pub(super) fn best_need(&self) -> Option<(usize, &NeedValue)> {
        self.needs
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.value.total_cmp(&b.1.value).then(b.0.cmp(&a.0)))
    }
}

/// All candidates, by service, then by place.
pub(super) fn find(asked: &Asked<'_>) -> Result<Vec<Candidate>, MatchError> {
    let facts = &asked.snapshot.facts;
    if !asked.has_need() {
        // Nothing is asked for but a place, a language, a door wide enough: all are candidates.
        return Ok((0..facts.services.len() as u32)
            .flat_map(|service| places(asked, service, Vec::new(), false))
            .collect());
    }
    let mut by_service: BTreeMap<u32, Vec<NeedValue>> = BTreeMap::new();
    let mut siblings: BTreeMap<u32, Vec<NeedValue>> = BTreeMap::new();
    let count = asked.understood.needs.len();
    for (service, text) in texts(asked)? {
        let value = NeedValue {
            text,
            ..NeedValue::default()
        };
        by_service.insert(service, vec![value; count]);
    }
    for number in 0..count {
        concepts(asked, number, count, &mut by_service, &mut siblings);
    }
    let meaning = Closeness::of(asked)?;
    for service in meaning.closest(asked.settings.meaning.candidates) {
        let empty = || vec![NeedValue::default(); count];
        by_service.entry(service).or_insert_with(empty);
    }
    let mut candidates = Vec::new();
    for (service, mut needs) in by_service {
        for need in &mut needs {
            need.meaning = meaning.to(service);
        }
        finish(asked, service, &mut needs);
        unwant(asked, service, &mut needs);
        let least = asked.settings.least_need;
        let best = |needs: &[NeedValue]| needs.iter().map(|need| need.value).fold(0.0, f64::max);
        let mut sibling = false;
        if best(&needs) < least
            && let Some(beside) = siblings.get(&service)
        {
            for (need, beside) in needs.iter_mut().zip(beside) {
                if need.concept < beside.concept {
                    need.concept = beside.concept;
                    need.met = beside.met;
                }
            }
            finish(asked, service, &mut needs);
            unwant(asked, service, &mut needs);
            sibling = true;
        }
        if best(&needs) >= least {
            candidates.extend(places(asked, service, needs, sibling));
        }
    }
    Ok(candidates)
}

/// BM25F of the services that hold words of the needs, 0 to 1. Words are one
/// question however many needs they tell of: a sentence that names no need would
/// otherwise find services of its own.
fn texts(asked: &Asked<'_>) -> Result<Vec<(u32, f64)>, MatchError> {
    let need = &asked.query;
    let own: Vec<QueryTerm<'_>> = need.query.terms().collect();
    let text = &asked.snapshot.text;
    let found = text.candidates(&own, asked.settings.text_candidates)?;
    let scored: Vec<(u32, f64)> = found
        .into_iter()
        .map(|service| (service, text.score(&need.query, service)))
        .collect();
    let top = scored.iter().map(|(_, score)| *score).fold(0.0, f64::max);
    let most = top.max(asked.settings.need.poor_best * need.own);
    if most <= 0.0 {
        return Ok(Vec::new());
    }
    Ok(scored
        .into_iter()
        .map(|(service, score)| (service, (score / most).min(1.0)))
        .collect())
}

/// c = max γ(u) · rel(u, k) · κ(k) of the services that do what a need asks for.
fn concepts(
    asked: &Asked<'_>,
    number: usize,
    count: usize,
    by_service: &mut BTreeMap<u32, Vec<NeedValue>>,
    siblings: &mut BTreeMap<u32, Vec<NeedValue>>,
) {
    let (facts, lexicon) = (&asked.snapshot.facts, &asked.snapshot.lexicon);
    let need = &asked.understood.needs[number];
    let empty = || vec![NeedValue::default(); count];
    for understood in need.concepts.iter().filter(|concept| !concept.unwanted) {
        let wanted = understood.concept;
        let own = [(wanted, 1.0)];
        let kin = own.iter().chain(lexicon.kin(wanted));
        for (concept, rel) in kin {
            for (service, confidence) in facts.with_concept(*concept) {
                let c = understood.strength * rel * confidence;
                let value = &mut by_service.entry(*service).or_insert_with(empty)[number];
                if c > value.concept {
                    value.concept = c;
                    value.met = Some((wanted, *concept));
                }
            }
        }
        for concept in lexicon.siblings(wanted) {
            for (service, confidence) in facts.with_concept(*concept) {
                let c = understood.strength * asked.settings.need.sibling * confidence;
                by_service.entry(*service).or_insert_with(empty);
                let value = &mut siblings.entry(*service).or_insert_with(empty)[number];
                if c > value.concept {
                    value.concept = c;
                    value.met = Some((wanted, *concept));
                }
            }
        }
    }
    for term in &need.terms {
        for service in facts.with_term(*term) {
            let value = &mut by_service.entry(*service).or_insert_with(empty)[number];
            value.concept = value.concept.max(0.9);
        }
    }
}

fn finish(asked: &Asked<'_>, service: u32, needs: &mut [NeedValue]) {
    let settings = &asked.settings.need;
    let facts = &asked.snapshot.facts.services[service as usize];
    let aimed_elsewhere =
        communities::other_community(asked.snapshot, &asked.communities, facts).is_some();
    for need in needs {
        let text = need.text.max(need.meaning);
        need.value = 1.0 - (1.0 - settings.concept * need.concept) * (1.0 - settings.text * text);
        if aimed_elsewhere {
            need.value *= settings.other_community;
        }
    }
}

/// A service that does only what is not wanted does not do what is needed.
fn unwant(asked: &Asked<'_>, service: u32, needs: &mut [NeedValue]) {
    let does = &asked.snapshot.facts.services[service as usize].concepts;
    let Some(main) = does.first() else { return };
    for (need, value) in asked.understood.needs.iter().zip(needs) {
        let unwanted = need.concepts.iter().any(|concept| {
            concept.unwanted
                && asked.snapshot.lexicon.rel(concept.concept, main.concept)
                    >= asked.settings.need.close_kin
        });
        let wanted = value
            .met
            .is_some_and(|(_, met)| met != main.concept && value.concept >= 0.3);
        if unwanted && !wanted {
            *value = NeedValue::default();
        }
    }
}

/// A service at each of its places.
fn places(
    asked: &Asked<'_>,
    service: u32,
    needs: Vec<NeedValue>,
    sibling: bool,
) -> impl Iterator<Item = Candidate> {
    let range = asked.snapshot.facts.services[service as usize]
        .places
        .clone();
    let from = asked.criteria.place.as_ref().map(|place| place.point);
    let points: Vec<(u32, Option<f64>)> = range
        .map(|place| {
            let to = asked.snapshot.facts.places[place as usize].point;
            (
                place,
                from.zip(to).map(|(from, to)| Haversine.distance(from, to)),
            )
        })
        .collect();
    points
        .into_iter()
        .map(move |(place, distance_m)| Candidate {
            service,
            place,
            distance_m,
            needs: needs.clone(),
            sibling,
        })
}
