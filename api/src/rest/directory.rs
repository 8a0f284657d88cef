//! The filters that lists of organizations and services share.

use std::collections::{BTreeMap, BTreeSet};

use causeway_engine::geography::{Coordinates, distance_m};
use causeway_engine::model::{AccessFeature, Answer, LocationId, TaxonomyTermId};
use causeway_engine::snapshot::{Bm25f, PlaceFacts, Snapshot};
use causeway_engine::text::lexicon::ConceptNo;
use causeway_engine::text::{Words, fold};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::match_request;
use crate::http::{Fields, Page, Problem, nearest};

/// Items on a page unless asked otherwise, and at most.
const LIMIT: usize = 50;
const MOST: usize = 1_000;
/// From here on a concept that was read out of words counts as what a service does.
const SURE: f64 = 0.5;

/// Filters of a list of the directory.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query, style = Form)]
pub(super) struct DirectoryParameters {
    /// Words that name or description must hold, all of them.
    #[param(nullable = false, example = "lunch club")]
    pub q: Option<String>,
    /// A taxonomy term or a concept, by id or name; narrower ones count too.
    #[param(nullable = false, example = "Food bank")]
    pub term: Option<String>,
    /// A postcode, a place by name, or `latitude,longitude`: the nearest come first.
    #[param(nullable = false, example = "SW12 9QX")]
    pub near: Option<String>,
    /// At most so far from `near`, kilometres as the crow flies.
    #[param(nullable = false, exclusive_minimum = 0, example = 2)]
    pub within_km: Option<f64>,
    /// What a place must be known to offer: `wheelchair`, `step-free` …
    #[param(required = false, example = json!(["step-free"]))]
    pub access: Vec<String>,
    /// How many on a page, 1 to 1,000; 50 unless given.
    #[param(nullable = false, minimum = 1, maximum = 1000, example = 50)]
    pub limit: Option<u32>,
    /// How many to leave out first; 0 unless given.
    #[param(nullable = false, minimum = 0, example = 0)]
    pub offset: Option<u32>,
}

/// The filters, read.
#[derive(Debug)]
pub(super) struct Filters {
    pub(super) q: Option<String>,
    term: Option<Term>,
    near: Option<Coordinates>,
    within_km: Option<f64>,
    access: Vec<AccessFeature>,
    pub(super) page: Page,
}

/// What a term means.
#[derive(Debug, Default)]
struct Term {
    concepts: BTreeSet<ConceptNo>,
    terms: BTreeSet<TaxonomyTermId>,
}

/// A service that passes, with the place it is shown at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shown {
    pub(super) number: u32,
    pub(super) place: Option<LocationId>,
    pub(super) distance_m: Option<f64>,
}

impl Filters {
    /// Reads the filters of a query.
    pub(super) fn read(query: &str, snapshot: &Snapshot) -> Result<Self, Problem> {
        let mut fields = Fields::of_query(query)?;
        let q = fields.text("q");
        let term = fields
            .text("term")
            .and_then(|term| read_term(&mut fields, &term, snapshot));
        let asked_near = fields.text("near");
        let near = asked_near.as_deref().and_then(|near| {
            let found = snapshot.gazetteer.place(near);
            found
                .map_err(|error| fields.unusable("near", error.to_string()))
                .ok()
        });
        let within_km = match_request::within_km(&mut fields);
        if within_km.is_some() && asked_near.is_none() {
            fields.unusable("within_km", "needs near");
        }
        let access = match_request::access(&mut fields);
        let page = Page::read(&mut fields, LIMIT, MOST);
        fields.finish()?;
        Ok(Self {
            q,
            term,
            near: near.map(|found| found.point),
            within_km,
            access,
            page,
        })
    }

    /// Whether anything but `q` is asked.
    pub(super) fn asks_of_services(&self) -> bool {
        self.term.is_some() || self.near.is_some() || !self.access.is_empty()
    }

    /// Whether the nearest come first.
    pub(super) fn is_near(&self) -> bool {
        self.near.is_some()
    }

    /// Those of the services that pass all filters but `q`, in their order, or
    /// the nearest first where `near` is given.
    pub(super) fn pass(&self, snapshot: &Snapshot, services: &[u32]) -> Vec<Shown> {
        let by_term = self.term.as_ref().map(|term| having(snapshot, term));
        let mut shown: Vec<Shown> = services
            .iter()
            .filter(|number| {
                by_term
                    .as_ref()
                    .is_none_or(|having| having.contains(number))
            })
            .filter_map(|number| self.shown(snapshot, *number))
            .collect();
        if self.is_near() {
            // What has no place that may be told comes last; the order before decides ties.
            let far = |shown: &Shown| shown.distance_m.unwrap_or(f64::INFINITY);
            shown.sort_by(|a, b| far(a).total_cmp(&far(b)));
        }
        shown
    }

    /// Where a service is shown: at the nearest, else the first of its places that pass.
    fn shown(&self, snapshot: &Snapshot, number: u32) -> Option<Shown> {
        let distance = |place: &PlaceFacts| {
            let point = place.point.filter(|_| !place.confidential)?;
            let there = Coordinates::new(point.y(), point.x()).ok()?;
            Some(distance_m(self.near?, there))
        };
        let mut best: Option<Shown> = None;
        for place in snapshot.facts.places_of(number) {
            let offers = |feature: &AccessFeature| place.access(*feature) == Answer::Yes;
            if !self.access.iter().all(offers) {
                continue;
            }
            let here = Shown {
                number,
                place: place.location,
                distance_m: distance(place),
            };
            if let Some(km) = self.within_km
                && here.distance_m.is_none_or(|metres| metres > km * 1_000.0)
            {
                continue;
            }
            let far = |shown: &Shown| shown.distance_m.unwrap_or(f64::INFINITY);
            if best.as_ref().is_none_or(|best| far(&here) < far(best)) {
                best = Some(here);
            }
        }
        best
    }
}

fn read_term(fields: &mut Fields, text: &str, snapshot: &Snapshot) -> Option<Term> {
    let lexicon = &snapshot.lexicon;
    let folded = fold(text);
    let mut found = Term::default();
    found.concepts.extend(lexicon.find(text));
    found.concepts.extend(lexicon.named(text));
    for (number, concept) in lexicon.concepts().iter().enumerate() {
        if fold(&concept.name) == folded
            && let Ok(number) = u16::try_from(number)
        {
            found.concepts.insert(ConceptNo(number));
        }
    }
    let narrower: Vec<ConceptNo> = lexicon
        .concepts()
        .iter()
        .enumerate()
        .filter(|(_, concept)| concept.broader.iter().any(|b| found.concepts.contains(b)))
        .filter_map(|(number, _)| u16::try_from(number).ok().map(ConceptNo))
        .collect();
    found.concepts.extend(narrower);

    let terms = || snapshot.directory.taxonomy_terms.iter();
    let id: Option<TaxonomyTermId> = text.parse().ok();
    found.terms.extend(
        terms()
            .filter(|term| {
                Some(term.id) == id
                    || fold(&term.name) == folded
                    || term.code.as_deref() == Some(text)
            })
            .map(|term| term.id),
    );
    let mut children: BTreeMap<TaxonomyTermId, Vec<TaxonomyTermId>> = BTreeMap::new();
    for term in terms() {
        if let Some(parent) = term.parent_id {
            children.entry(parent).or_default().push(term.id);
        }
    }
    let mut open: Vec<TaxonomyTermId> = found.terms.iter().copied().collect();
    while let Some(term) = open.pop() {
        for child in children.get(&term).into_iter().flatten() {
            if found.terms.insert(*child) {
                open.push(*child);
            }
        }
    }
    if found.concepts.is_empty() && found.terms.is_empty() {
        let names = lexicon
            .concepts()
            .iter()
            .map(|concept| concept.name.as_str())
            .chain(terms().map(|term| term.name.as_str()));
        let hint = nearest(text, names)
            .map(|name| format!("; did you mean '{name}'?"))
            .unwrap_or_default();
        fields.unusable(
            "term",
            format!("there is no term or concept '{text}'{hint}"),
        );
        return None;
    }
    Some(found)
}

/// The services that carry a term or do a concept.
fn having(snapshot: &Snapshot, term: &Term) -> BTreeSet<u32> {
    let by_concept = term
        .concepts
        .iter()
        .flat_map(|concept| snapshot.facts.with_concept(*concept))
        .filter(|(_, confidence)| *confidence >= SURE)
        .map(|(number, _)| *number);
    let mut found: BTreeSet<u32> = by_concept.collect();
    if term.terms.is_empty() {
        return found;
    }
    for service in snapshot.directory.services.iter() {
        let carries = service
            .attributes
            .iter()
            .filter_map(|attribute| attribute.taxonomy_term_id)
            .any(|id| term.terms.contains(&id));
        if carries {
            found.extend(snapshot.facts.number(service.id));
        }
    }
    found
}

/// The services whose words hold all of those asked for, the likeliest first,
/// then by id.
pub(super) fn worded(snapshot: &Snapshot, q: &str, bm25f: &Bm25f) -> Vec<u32> {
    let words = Words::of(q);
    let mut stems: Vec<&str> = words.content().map(|token| token.stem.as_str()).collect();
    stems.sort_unstable();
    stems.dedup();
    if stems.is_empty() {
        return Vec::new();
    }
    let queries: Vec<_> = stems
        .iter()
        .map(|stem| snapshot.text.query(&[(stem, 1.0)], bm25f))
        .collect();
    let mut found: Vec<(f64, u32)> = (0..snapshot.facts.services.len() as u32)
        .filter_map(|number| {
            let mut sum = 0.0;
            for query in &queries {
                let score = snapshot.text.score(query, number);
                if score <= 0.0 {
                    return None;
                }
                sum += score;
            }
            Some((sum, number))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, number)| number).collect()
}
