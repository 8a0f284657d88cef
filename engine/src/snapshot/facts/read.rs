//! Reading the columns from the records, a service at a time on all cores.

use std::collections::{BTreeMap, HashMap};

use geo::Point;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::model::{
    AccessFeature, Answer, Attribute, Directory, Location, LocationKind, Schedule, Service,
    ServiceAtLocation, ServiceId, TaxonomyTermId,
};
use crate::snapshot::partner_graph::PartnerGraph;
use crate::snapshot::text_index::{ServiceText, TextField};
use crate::text::lexicon::Lexicon;
use crate::text::{Words, fold};

use super::access::AccessAnswers;
use super::concepts::TaggingSettings;
use super::prose::{Prose, Texts};
use super::{
    Audience, Capacity, Cost, Facts, Languages, Outcomes, PlaceFacts, ServiceFacts, Standing, Week,
    access, concepts, gender, reach,
};

/// A sentence is boilerplate once this share of all records hold it …
const BOILERPLATE_SHARE: f64 = 0.02;
/// … and at least so many.
const BOILERPLATE_LEAST: usize = 6;

/// Reads facts and words of all current services, both by service id.
pub(in crate::snapshot) fn read(
    directory: &Directory,
    graph: &PartnerGraph,
    lexicon: &Lexicon,
    tagging: &TaggingSettings,
    today: Date,
) -> (Facts, Vec<ServiceText>) {
    let services: Vec<&Service> = directory.services.iter().collect();
    let mut at: HashMap<ServiceId, Vec<&ServiceAtLocation>> = HashMap::new();
    for service_at_location in directory.services_at_locations.iter() {
        at.entry(service_at_location.service_id)
            .or_default()
            .push(service_at_location);
    }
    let mut assured = HashMap::new();
    for assurance in directory.assurances.iter() {
        let known = assured.entry(assurance.service_id).or_insert(assurance.on);
        *known = (*known).max(assurance.on);
    }
    let descriptions: Vec<Vec<Words>> = services
        .par_iter()
        .map(|service| sentences(service))
        .collect();
    let often = boilerplate(&descriptions);
    let outcomes = outcomes(directory);

    let rows: Vec<(ServiceFacts, Vec<PlaceFacts>, ServiceText)> = services
        .par_iter()
        .zip(descriptions)
        .enumerate()
        .map(|(number, (service, description))| {
            let places: Vec<(Option<&ServiceAtLocation>, Option<&Location>)> = at
                .get(&service.id)
                .map(|all| {
                    all.iter()
                        .map(|one| (Some(*one), directory.locations.find(one.location_id)))
                        .collect()
                })
                .unwrap_or_default();
            Row {
                directory,
                graph,
                lexicon,
                tagging,
                service,
                number: number as u32,
                places: &places,
                outcomes: outcomes.get(&service.id).copied().unwrap_or_default(),
                today,
            }
            .read(description, &often, assured.get(&service.id).copied())
        })
        .collect();

    let mut facts = Facts::default();
    let mut texts = Vec::with_capacity(rows.len());
    for (mut service, places, text) in rows {
        let start = facts.places.len() as u32;
        facts.places.extend(places);
        service.places = start..facts.places.len() as u32;
        facts.services.push(service);
        texts.push(text);
    }
    facts.by_concept = by_concept(&facts.services, lexicon);
    facts.by_term = by_term(directory, &services);
    (facts, texts)
}

/// What one service is read from.
struct Row<'a> {
    directory: &'a Directory,
    graph: &'a PartnerGraph,
    lexicon: &'a Lexicon,
    tagging: &'a TaggingSettings,
    service: &'a Service,
    number: u32,
    places: &'a [(Option<&'a ServiceAtLocation>, Option<&'a Location>)],
    outcomes: Outcomes,
    today: Date,
}

impl Row<'_> {
    fn read(
        &self,
        description: Vec<Words>,
        often: &std::collections::HashSet<String>,
        assured: Option<Date>,
    ) -> (ServiceFacts, Vec<PlaceFacts>, ServiceText) {
        let service = self.service;
        let organization = service
            .organization_id
            .and_then(|id| self.directory.organizations.find(id));
        let taxonomy = self.terms(&service.attributes);
        let names = [
            Some(service.name.as_str()),
            service.alternate_name.as_deref(),
        ];
        let name = Words::of(&names.into_iter().flatten().collect::<Vec<_>>().join(". "));
        let description: Vec<(Words, bool)> = description
            .into_iter()
            .map(|sentence| {
                let shared = often.contains(&key(&sentence));
                (sentence, shared)
            })
            .collect();
        let concepts = concepts::read(
            &concepts::Sentences {
                name: &name,
                description: &description,
                taxonomy: &taxonomy,
            },
            self.lexicon,
            self.tagging,
        );
        let locations: Vec<&Location> = self
            .places
            .iter()
            .filter_map(|(_, location)| *location)
            .collect();
        let modified = service
            .last_modified
            .map(|at| at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date());
        let texts = Texts::of(service);
        let prose = Prose::of(&texts);
        let access = access::of_service(&prose);
        let places = self.places(&access);
        let areas = self.areas();
        let remote_place = locations
            .iter()
            .any(|location| location.kind == LocationKind::Virtual);
        let mut audience = Audience::of(service, &prose, &areas);
        if audience.gender.is_none() {
            audience.gender = gender::by_concept(&concepts, self.lexicon);
        }
        let facts = ServiceFacts {
            id: service.id,
            plain_name: fold(&service.name).trim_start_matches("the ").to_owned(),
            organization: organization.and_then(|organization| self.graph.node(organization.id)),
            standing: Standing::of(service, &prose),
            audience,
            languages: Languages::of(service, &locations, &texts, &prose, self.lexicon),
            cost: Cost::of(service, &prose),
            capacity: Capacity::of(service, &prose),
            assured: [service.assured_date, modified, assured]
                .into_iter()
                .flatten()
                .max(),
            remote: if remote_place {
                Answer::Yes
            } else {
                access[AccessFeature::Remote as usize]
            },
            home_visit: access[AccessFeature::HomeVisit as usize],
            comes_to_you: reach::comes_to_you(&prose),
            same_day: reach::same_day(&prose),
            outcomes: self.outcomes,
            concepts,
            areas,
            places: 0..0,
        };
        let mut text = ServiceText::default();
        text.fields[TextField::Name as usize] = name;
        text.fields[TextField::Taxonomy as usize] = Words::of(&taxonomy.join(". "));
        text.fields[TextField::Description as usize] = Words {
            tokens: description
                .into_iter()
                .flat_map(|(words, _)| words.tokens)
                .collect(),
        };
        text.fields[TextField::Organization as usize] =
            Words::of(organization.map_or("", |organization| organization.name.as_str()));
        (facts, places, text)
    }

    fn terms(&self, attributes: &[Attribute]) -> Vec<&str> {
        attributes
            .iter()
            .filter_map(|attribute| {
                self.directory
                    .taxonomy_terms
                    .find(attribute.taxonomy_term_id?)
            })
            .map(|term| term.name.as_str())
            .collect()
    }

    fn areas(&self) -> Vec<String> {
        let own = self.service.service_areas.iter();
        let there = self
            .places
            .iter()
            .filter_map(|(at, _)| *at)
            .flat_map(|at| &at.service_areas);
        let mut areas: Vec<String> = own
            .chain(there)
            .filter_map(|area| area.name.as_deref().or(area.description.as_deref()))
            .map(area_name)
            .filter(|name| !name.is_empty())
            .collect();
        areas.sort();
        areas.dedup();
        areas
    }

    fn places(&self, access: &AccessAnswers) -> Vec<PlaceFacts> {
        let place = |at: Option<&ServiceAtLocation>, location: Option<&Location>| {
            let point = location
                .and_then(|location| Some(Point::new(location.longitude?, location.latitude?)));
            let own: &[Schedule] = at.map_or(&[], |at| &at.schedules);
            let schedules = if own.is_empty() {
                &self.service.schedules
            } else {
                own
            };
            PlaceFacts {
                service: self.number,
                location: location.map(|location| location.id),
                service_at_location: at.map(|at| at.id),
                point,
                confidential: location.is_some_and(|location| location.confidential),
                access: location.map_or(*access, |location| {
                    access::of_place(&Prose::of(&Texts::of_place(location)), location, access)
                }),
                week: Week::of(schedules, self.service.description.as_deref(), self.today),
            }
        };
        if self.places.is_empty() {
            return vec![place(None, None)];
        }
        self.places
            .iter()
            .map(|(at, location)| place(*at, *location))
            .collect()
    }
}

/// What became of the referrals, by service.
fn outcomes(directory: &Directory) -> HashMap<ServiceId, Outcomes> {
    let mut outcomes: HashMap<ServiceId, Outcomes> = HashMap::new();
    for referral in directory.referrals.iter() {
        let Some(taken) = referral.status.was_taken() else {
            continue;
        };
        let known = outcomes.entry(referral.service_id).or_default();
        known.accepted += u32::from(taken);
        known.decided += 1;
    }
    outcomes
}

fn by_concept(services: &[ServiceFacts], lexicon: &Lexicon) -> Vec<Vec<(u32, f64)>> {
    let mut by_concept = vec![Vec::new(); lexicon.concepts().len()];
    for (number, service) in services.iter().enumerate() {
        for has in &service.concepts {
            by_concept[usize::from(has.concept.0)].push((number as u32, has.confidence));
        }
    }
    by_concept
}

/// Services by the terms they carry and all wider ones.
fn by_term(directory: &Directory, services: &[&Service]) -> BTreeMap<TaxonomyTermId, Vec<u32>> {
    let mut by_term: BTreeMap<TaxonomyTermId, Vec<u32>> = BTreeMap::new();
    for (number, service) in services.iter().enumerate() {
        let number = number as u32;
        for carried in service
            .attributes
            .iter()
            .filter_map(|attribute| attribute.taxonomy_term_id)
        {
            let mut term = Some(carried);
            while let Some(id) = term {
                let carrying = by_term.entry(id).or_default();
                // What was seen has its wider terms seen too; a circle ends here.
                if carrying.last() == Some(&number) {
                    break;
                }
                carrying.push(number);
                term = directory
                    .taxonomy_terms
                    .find(id)
                    .and_then(|term| term.parent_id);
            }
        }
    }
    by_term
}

/// A description as sentences.
fn sentences(service: &Service) -> Vec<Words> {
    let mut sentences: Vec<Words> = Vec::new();
    let words = Words::of(service.description.as_deref().unwrap_or_default());
    let mut clause = None;
    for token in words.tokens {
        if clause != Some(token.clause) {
            clause = Some(token.clause);
            sentences.push(Words::default());
        }
        if let Some(sentence) = sentences.last_mut() {
            sentence.tokens.push(token);
        }
    }
    sentences
}

fn key(sentence: &Words) -> String {
    let stems: Vec<&str> = sentence
        .content()
        .map(|token| token.stem.as_str())
        .collect();
    stems.join(" ")
}

/// The sentences that so many records share that they say nothing about any.
fn boilerplate(descriptions: &[Vec<Words>]) -> std::collections::HashSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for description in descriptions {
        let mut keys: Vec<String> = description.iter().map(key).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let least =
        ((descriptions.len() as f64 * BOILERPLATE_SHARE).ceil() as usize).max(BOILERPLATE_LEAST);
    counts
        .into_iter()
        .filter(|(_, count)| *count >= least)
        .map(|(key, _)| key)
        .collect()
}

/// A service area's name as places are compared: folded, without the words for
/// its rank; `national` for a country.
pub(crate) fn area_name(name: &str) -> String {
    const RANKS: [&str; 9] = [
        "london", "royal", "borough", "of", "city", "council", "county", "district", "the",
    ];
    const NATIONS: [&str; 9] = [
        "national",
        "nationwide",
        "uk",
        "united kingdom",
        "england",
        "great britain",
        "gb",
        "england and wales",
        "worldwide",
    ];
    let folded = fold(name);
    if NATIONS.contains(&folded.as_str()) {
        return "national".to_owned();
    }
    let kept: Vec<&str> = folded
        .split(' ')
        .filter(|word| !RANKS.contains(word))
        .collect();
    if kept.is_empty() {
        folded
    } else {
        kept.join(" ")
    }
}
