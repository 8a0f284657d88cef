//! What could fit at all: by words, by concepts, or by being near (METHODS A3).

use std::sync::Arc;

use geo::{Distance, Haversine};

use crate::snapshot::QueryTerm;
use crate::text::lexicon::{ConceptNo, Lexicon};

use super::MatchError;
use super::asked::Asked;
use super::meaning::Closeness;

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
    pub(super) needs: Arc<[NeedValue]>,
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

/// How well services do each of the needs, for those of which anything is known.
#[derive(Debug)]
struct Gathered {
    needs: usize,
    /// By service, one more than its place among the rows; 0 where it has none.
    row: Vec<u32>,
    values: Vec<NeedValue>,
}

impl Gathered {
    fn of(services: usize, needs: usize) -> Self {
        Self {
            needs,
            row: vec![0; services],
            values: Vec::new(),
        }
    }

    /// A service's values, by need; made where there are none yet.
    fn values(&mut self, service: u32) -> &mut [NeedValue] {
        let row = &mut self.row[service as usize];
        if *row == 0 {
            self.values
                .resize(self.values.len() + self.needs, NeedValue::default());
            *row = (self.values.len() / self.needs) as u32;
        }
        let start = (*row as usize - 1) * self.needs;
        &mut self.values[start..start + self.needs]
    }

    /// A service's values, where there are any.
    fn known(&self, service: u32) -> Option<&[NeedValue]> {
        let row = (self.row[service as usize] as usize).checked_sub(1)?;
        Some(&self.values[row * self.needs..(row + 1) * self.needs])
    }

    /// The services that have values, in order.
    fn services(&self) -> Vec<u32> {
        (0..self.row.len() as u32)
            .filter(|service| self.row[*service as usize] > 0)
            .collect()
    }
}

/// All candidates, by service, then by place.
pub(super) fn find(asked: &Asked<'_>) -> Result<Vec<Candidate>, MatchError> {
    let services = asked.snapshot.facts.services.len();
    if !asked.has_need() {
        // Nothing is asked for but a place, a language, a door wide enough: all are candidates.
        let none: Arc<[NeedValue]> = Arc::new([]);
        return Ok((0..services as u32)
            .flat_map(|service| places(asked, service, none.clone(), false))
            .collect());
    }
    let count = asked.understood.needs.len();
    let mut known = Gathered::of(services, count);
    let mut siblings = Gathered::of(services, count);
    for (service, text) in texts(asked)? {
        for value in known.values(service) {
            value.text = text;
        }
    }
    for number in 0..count {
        concepts(asked, number, &mut known, &mut siblings);
    }
    let meaning = Closeness::of(asked)?;
    for service in meaning.closest(asked.settings.meaning.candidates) {
        known.values(service);
    }
    let mut candidates = Vec::new();
    for service in known.services() {
        let needs = known.values(service);
        for need in &mut *needs {
            need.meaning = meaning.to(service);
        }
        finish(asked, service, needs);
        let least = asked.settings.least_need;
        let best = |needs: &[NeedValue]| needs.iter().map(|need| need.value).fold(0.0, f64::max);
        let mut sibling = false;
        if best(needs) < least
            && let Some(beside) = siblings.known(service)
        {
            for (need, beside) in needs.iter_mut().zip(beside) {
                if need.concept < beside.concept {
                    need.concept = beside.concept;
                    need.met = beside.met;
                }
            }
            finish(asked, service, needs);
            sibling = true;
        }
        if best(needs) >= least {
            candidates.extend(places(asked, service, Arc::from(&*needs), sibling));
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
fn concepts(asked: &Asked<'_>, number: usize, known: &mut Gathered, siblings: &mut Gathered) {
    let (facts, lexicon) = (&asked.snapshot.facts, &asked.snapshot.lexicon);
    let need = &asked.understood.needs[number];
    for understood in need.concepts.iter().filter(|concept| !concept.unwanted) {
        let wanted = understood.concept;
        let own = [(wanted, 1.0)];
        let kin = own.iter().chain(lexicon.kin(wanted));
        for (concept, rel) in kin {
            for (service, confidence) in facts.with_concept(*concept) {
                let c = understood.strength * rel * confidence;
                let value = &mut known.values(*service)[number];
                if c > value.concept {
                    value.concept = c;
                    value.met = Some((wanted, *concept));
                }
            }
        }
        for concept in lexicon.siblings(wanted) {
            for (service, confidence) in facts.with_concept(*concept) {
                let c = understood.strength * asked.settings.need.sibling * confidence;
                known.values(*service);
                let value = &mut siblings.values(*service)[number];
                if c > value.concept {
                    value.concept = c;
                    value.met = Some((wanted, *concept));
                }
            }
        }
    }
    for term in &need.terms {
        for service in facts.with_term(*term) {
            let value = &mut known.values(*service)[number];
            value.concept = value.concept.max(0.9);
        }
    }
}

/// Puts the parts of each need together.
fn finish(asked: &Asked<'_>, service: u32, needs: &mut [NeedValue]) {
    let settings = &asked.settings.need;
    let facts = &asked.snapshot.facts.services[service as usize];
    let share = match asked.other_community_of(facts) {
        Some(_) => settings.other_community,
        None => 1.0,
    };
    for need in &mut *needs {
        let text = need.text.max(need.meaning);
        let missed = (1.0 - settings.concept * need.concept) * (1.0 - settings.text * text);
        need.value = share * (1.0 - missed);
    }
    unwant(asked, service, needs);
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
fn places<'a>(
    asked: &'a Asked<'_>,
    service: u32,
    needs: Arc<[NeedValue]>,
    sibling: bool,
) -> impl Iterator<Item = Candidate> + 'a {
    let facts = &asked.snapshot.facts;
    let from = asked.criteria.place.as_ref().map(|place| place.point);
    let range = facts.services[service as usize].places.clone();
    range.map(move |place| {
        let to = facts.places[place as usize].point;
        Candidate {
            service,
            place,
            distance_m: from.zip(to).map(|(from, to)| Haversine.distance(from, to)),
            needs: Arc::clone(&needs),
            sibling,
        }
    })
}
