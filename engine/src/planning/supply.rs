//! Supply: which open services meet a need, where, and how many people each
//! can see in a week.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::geography::Coordinates;
use crate::matching::understand::NamedTerm;
use crate::model::{AccessFeature, Answer, LocationId, OrganizationId, ServiceId};
use crate::snapshot::{Cost, PlaceFacts, ServiceFacts, Snapshot, Week};
use crate::text::fold;
use crate::text::lexicon::{CommunitySort, ConceptNo};

use super::request::{GapsRequest, OutOfHours};

/// A service has a concept where the reading of its record is at least this sure. Our judgement.
const SURE_ENOUGH: f64 = 0.5;
/// An evening begins, minutes after midnight.
const EVENING: u16 = 18 * 60;

/// A service at one of its places, or one that is only imagined.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SupplyPoint {
    /// The service; none: imagined.
    pub(super) service: Option<ServiceId>,
    /// Its name.
    pub(super) name: String,
    /// Who gives it.
    pub(super) organization: Option<OrganizationId>,
    /// The place.
    pub(super) location: Option<LocationId>,
    /// Where it is.
    pub(super) point: Coordinates,
    /// People it can see in a week, here.
    pub(super) places: f64,
    /// Whether `places` is the usual number and not the service's own.
    pub(super) imputed: bool,
    /// Whether it says that it meets all that was asked.
    pub(super) stated: bool,
    /// Who pays for it, folded names first seen.
    pub(super) funders: Vec<String>,
    /// Whether only a professional can refer to it.
    pub(super) by_referral: bool,
    /// The last day on which someone vouched for or changed its record.
    pub(super) assured: Option<Date>,
}

/// A service that is no point of the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside {
    /// The service.
    pub(super) service: ServiceId,
    /// Its name.
    pub(super) name: String,
    /// Why it is beside the map.
    pub(super) why: BesideMap,
    /// People it can see in a week.
    pub(super) places: f64,
}

/// Why a service is reported beside the map and not spread over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BesideMap {
    /// By telephone or online.
    Remote,
    /// It visits, fetches or delivers.
    Visiting,
    /// Nothing says where it is.
    NoPlace,
    /// Its place must not be shown.
    Confidential,
}

/// The supply for a need.
#[derive(Debug, Clone, Default)]
pub(super) struct Supply {
    /// By service, then place.
    pub(super) points: Vec<SupplyPoint>,
    /// By service.
    pub(super) beside: Vec<Beside>,
    /// Places of services left out because they do not say whether they meet what was asked.
    pub(super) silent: Vec<Coordinates>,
    /// What a service is taken to offer that does not say: the median of those that do, else 1.
    pub(super) usual_places: f64,
    /// Services of the need that take nobody new at present; they are counted all the same.
    pub(super) full: usize,
    /// Open services of the directory that do not say what they do.
    pub(super) unread: usize,
}

/// What a scenario makes of a service.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changed {
    /// People it can see in a week, at all its places.
    pub places: Option<f64>,
    /// Hours added.
    pub times: Vec<OutOfHours>,
    /// Languages added, BCP 47 or English names.
    pub languages: Vec<String>,
    /// Access added.
    pub access: Vec<AccessFeature>,
}

/// Reads the supply for a request, with services changed as `changed` says.
pub(super) fn read(
    snapshot: &Snapshot,
    request: &GapsRequest,
    ages: Option<(u8, Option<u8>)>,
    changed: &dyn Fn(ServiceId) -> Option<Changed>,
) -> Supply {
    let numbers = meeting(snapshot, request);
    let open: Vec<(u32, &ServiceFacts)> = numbers
        .into_iter()
        .map(|number| (number, &snapshot.facts.services[number as usize]))
        .filter(|(_, facts)| facts.standing.is_open() && takes(facts, ages) != Answer::No)
        .collect();
    let mut supply = Supply {
        usual_places: usual_places(open.iter().map(|(_, facts)| *facts)),
        unread: unread(snapshot),
        ..Supply::default()
    };
    let language = request.language.as_deref().map(|name| code(snapshot, name));
    for (number, facts) in open {
        let change = changed(facts.id).unwrap_or_default();
        let asked = Asked {
            request,
            language: language.as_deref(),
            facts,
            change: &change,
            added: change
                .languages
                .iter()
                .map(|name| code(snapshot, name))
                .collect(),
        };
        add(&mut supply, snapshot, number, &asked);
    }
    supply
        .points
        .sort_by_key(|point| (point.service, point.location));
    supply
}

/// Adds a service, on the map or beside it.
fn add(supply: &mut Supply, snapshot: &Snapshot, number: u32, asked: &Asked<'_>) {
    let (request, facts) = (asked.request, asked.facts);
    let said = asked.change.places.or(facts.capacity.places_a_week);
    let places = said
        .filter(|places| places.is_finite() && *places >= 0.0)
        .unwrap_or(supply.usual_places);
    let name = snapshot
        .directory
        .services
        .find(facts.id)
        .map_or_else(String::new, |service| service.name.clone());
    let usable: Vec<(&PlaceFacts, Answer)> = snapshot
        .facts
        .places_of(number)
        .iter()
        .map(|place| (place, asked.met_at(place)))
        .filter(|(_, answer)| *answer != Answer::No)
        .collect();
    if usable.is_empty() {
        return;
    }
    if usable.iter().all(|(_, answer)| *answer == Answer::Unknown) && !request.include_unknown {
        let points = usable.iter().filter(|(place, _)| !place.confidential);
        supply
            .silent
            .extend(points.filter_map(|(place, _)| point(place)));
        return;
    }
    supply.full += usize::from(facts.capacity.takes_new == Answer::No);
    let mapped: Vec<(&PlaceFacts, Coordinates, Answer)> = usable
        .iter()
        .filter(|(place, answer)| {
            !place.confidential && (request.include_unknown || *answer == Answer::Yes)
        })
        .filter_map(|(place, answer)| Some((*place, point(place)?, *answer)))
        .collect();
    if facts.comes_to_you || mapped.is_empty() {
        let confidential = usable.iter().any(|(place, _)| place.confidential);
        supply.beside.push(Beside {
            service: facts.id,
            name,
            why: if confidential && mapped.is_empty() {
                BesideMap::Confidential
            } else if facts.comes_to_you || facts.home_visit == Answer::Yes {
                BesideMap::Visiting
            } else if facts.remote == Answer::Yes {
                BesideMap::Remote
            } else {
                BesideMap::NoPlace
            },
            places,
        });
        return;
    }
    let funders = funders(snapshot, facts);
    let organization = facts
        .organization
        .map(|node| snapshot.graph.organization(node));
    // A service at several places is not several services: they share its places.
    let each = places / mapped.len() as f64;
    supply.points.extend(
        mapped
            .into_iter()
            .map(|(place, point, answer)| SupplyPoint {
                service: Some(facts.id),
                name: name.clone(),
                organization,
                location: place.location,
                point,
                places: each,
                imputed: said.is_none(),
                stated: answer == Answer::Yes,
                funders: funders.clone(),
                by_referral: facts.audience.by_referral,
                assured: facts.assured,
            }),
    );
}

/// Open services of whose record neither terms nor words tell what they do.
fn unread(snapshot: &Snapshot) -> usize {
    let services = snapshot.facts.services.iter();
    services
        .filter(|facts| facts.standing.is_open() && facts.concepts.is_empty())
        .filter(|facts| {
            let record = snapshot.directory.services.find(facts.id);
            record.is_some_and(|service| {
                let terms = service.attributes.iter();
                terms.filter_map(|one| one.taxonomy_term_id).count() == 0
            })
        })
        .count()
}

/// What a service is taken to offer that does not say.
fn usual_places<'a>(services: impl Iterator<Item = &'a ServiceFacts>) -> f64 {
    let mut stated: Vec<f64> = services
        .filter_map(|facts| facts.capacity.places_a_week)
        .filter(|places| places.is_finite() && *places >= 0.0)
        .collect();
    stated.sort_by(f64::total_cmp);
    median(&stated).unwrap_or(1.0)
}

/// What is asked of one service, with what a scenario adds to it.
struct Asked<'a> {
    request: &'a GapsRequest,
    language: Option<&'a str>,
    facts: &'a ServiceFacts,
    change: &'a Changed,
    /// Codes of the languages added.
    added: Vec<String>,
}

impl Asked<'_> {
    /// Whether a place of the service meets all of it.
    fn met_at(&self, place: &PlaceFacts) -> Answer {
        let or_added = |stated: Answer, added: bool| if added { Answer::Yes } else { stated };
        let spoken = self.language.map_or(Answer::Yes, |asked| {
            let added = self.added.iter().any(|one| one == asked);
            or_added(speaks(self.facts, asked), added)
        });
        let times = self.request.times.iter().map(|time| {
            let added = self.change.times.contains(time);
            or_added(open_at(&place.week, *time), added)
        });
        let access = self.request.access.iter().map(|feature| {
            let added = self.change.access.contains(feature);
            or_added(place.access(*feature), added)
        });
        let paid = if self.request.free {
            free(self.facts)
        } else {
            Answer::Yes
        };
        times.chain(access).fold(spoken.and(paid), Answer::and)
    }
}

/// Numbers of the services that have the need's concepts or narrower ones, or
/// carry its terms or narrower ones; ascending.
fn meeting(snapshot: &Snapshot, request: &GapsRequest) -> BTreeSet<u32> {
    if request.need == NamedTerm::default() {
        return (0..snapshot.facts.services.len() as u32).collect();
    }
    let by_concept = wanted(snapshot, request)
        .into_iter()
        .flat_map(|concept| snapshot.facts.with_concept(concept))
        .filter(|(_, sureness)| *sureness >= SURE_ENOUGH)
        .map(|(service, _)| *service);
    let by_term = request
        .need
        .terms
        .iter()
        .flat_map(|term| snapshot.facts.with_term(*term))
        .copied();
    by_concept.chain(by_term).collect()
}

/// The need's concepts and all narrower ones.
pub(super) fn wanted(snapshot: &Snapshot, request: &GapsRequest) -> BTreeSet<ConceptNo> {
    let lexicon = &snapshot.lexicon;
    let mut wanted: BTreeSet<ConceptNo> = request.need.concepts.iter().copied().collect();
    loop {
        let before = wanted.len();
        for number in 0..lexicon.concepts().len() {
            let number = ConceptNo(number as u16);
            let broader = &lexicon.concept(number).broader;
            if broader.iter().any(|one| wanted.contains(one)) {
                wanted.insert(number);
            }
        }
        if wanted.len() == before {
            return wanted;
        }
    }
}

fn point(place: &PlaceFacts) -> Option<Coordinates> {
    let point = place.point?;
    Coordinates::new(point.y(), point.x()).ok()
}

/// Whether it takes some of the people meant.
fn takes(facts: &ServiceFacts, ages: Option<(u8, Option<u8>)>) -> Answer {
    let Some((from, to)) = ages else {
        return Answer::Yes;
    };
    let range = facts.audience.ages;
    let too_old = range
        .maximum
        .is_some_and(|oldest| oldest.floor() < f64::from(from));
    let too_young = match (range.minimum, to) {
        (Some(youngest), Some(to)) => youngest > f64::from(to),
        _ => false,
    };
    Answer::from(Some(!too_old && !too_young))
}

/// The code of a language by code or English name; its folded name where it is not known.
fn code(snapshot: &Snapshot, name: &str) -> String {
    let folded = fold(name);
    snapshot
        .lexicon
        .communities()
        .iter()
        .filter(|community| community.sort == CommunitySort::Language)
        .find(|community| fold(&community.name) == folded || fold(&community.id) == folded)
        .map_or(folded, |community| community.id.clone())
}

fn speaks(facts: &ServiceFacts, language: &str) -> Answer {
    let languages = &facts.languages;
    if languages.interpreters || languages.listed.iter().any(|one| one == language) {
        Answer::Yes
    } else if languages.listed.is_empty() {
        Answer::Unknown
    } else {
        Answer::No
    }
}

fn free(facts: &ServiceFacts) -> Answer {
    match facts.cost {
        Cost::Free => Answer::Yes,
        Cost::Unknown => Answer::Unknown,
        Cost::Pounds(price) => Answer::from(Some(price <= 0.0)),
    }
}

fn open_at(week: &Week, time: OutOfHours) -> Answer {
    if !week.is_said() {
        return Answer::Unknown;
    }
    let days = match time {
        OutOfHours::Evening => 0..5,
        OutOfHours::Weekend => 5..7,
    };
    let open = days.clone().any(|day| {
        let mut spans = week.spans.iter().flat_map(|spans| spans[day].iter());
        spans.any(|(_, to)| time == OutOfHours::Weekend || *to > EVENING)
    });
    if open {
        return Answer::Yes;
    }
    let without_hours = days.into_iter().any(|day| week.without_hours[day]);
    match (without_hours, time) {
        (true, OutOfHours::Weekend) => Answer::Yes,
        (true, OutOfHours::Evening) => Answer::Unknown,
        (false, _) => Answer::No,
    }
}

fn funders(snapshot: &Snapshot, facts: &ServiceFacts) -> Vec<String> {
    let service = snapshot.directory.services.find(facts.id);
    let mut names: Vec<String> = service
        .into_iter()
        .flat_map(|service| service.funding.iter())
        .filter_map(|funding| funding.source.clone())
        .filter(|name| !name.trim().is_empty())
        .collect();
    names.sort();
    names.dedup_by(|a, b| fold(a) == fold(b));
    names
}

/// The middle of sorted numbers.
fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(sorted[middle - 1].midpoint(sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_nobody_said_are_not_closed_hours() {
        let mut week = Week::default();
        assert_eq!(open_at(&week, OutOfHours::Evening), Answer::Unknown);
        let mut spans: [Vec<(u16, u16)>; 7] = Default::default();
        spans[1] = vec![(1_020, 1_140)];
        week.spans = Some(spans);
        assert_eq!(open_at(&week, OutOfHours::Evening), Answer::Yes);
        assert_eq!(open_at(&week, OutOfHours::Weekend), Answer::No);
        week.without_hours[6] = true;
        assert_eq!(open_at(&week, OutOfHours::Weekend), Answer::Yes);
    }

    #[test]
    fn the_usual_number_is_the_middle_one() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[4.0]), Some(4.0));
        assert_eq!(median(&[1.0, 2.0, 9.0, 10.0]), Some(5.5));
    }
}
