//! A request made ready: what all candidates share is worked out once.

use crate::geography::Postcode;
use crate::model::OrganizationId;
use crate::network::{Reach, closeness};
use crate::snapshot::{PlaceFacts, ServiceFacts, Snapshot, TextQuery};
use crate::text::lexicon::ConceptNo;

use super::candidates::Candidate;
use super::request::MatchRequest;
use super::settings::{MatchingSettings, Weights};
use super::understand::{Criteria, Understood};
use super::{MatchError, communities, route};

/// A request made ready.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) settings: &'a MatchingSettings,
    pub(super) request: &'a MatchRequest,
    pub(super) understood: &'a Understood,
    pub(super) criteria: &'a Criteria,
    pub(super) weights: Weights,
    /// Who refers.
    pub(super) referrer: Option<Referrer>,
    /// The words of the needs, with what they could score at most.
    pub(super) query: NeedQuery<'a>,
    /// Communities the request speaks of.
    pub(super) communities: Vec<ConceptNo>,
    /// The borough the person lives in, folded, where the map tells.
    pub(super) borough: Option<String>,
    /// The postcode district they live in, where a postcode was given.
    pub(super) district: Option<String>,
}

/// The organization that refers, and how close the others are to it.
#[derive(Debug)]
pub(super) struct Referrer {
    pub(super) node: u32,
    pub(super) reach: Reach,
    pub(super) routes: route::Routes,
}

/// The words of the needs.
#[derive(Debug)]
pub(super) struct NeedQuery<'a> {
    pub(super) query: TextQuery<'a>,
    /// Over the needs' own words alone.
    pub(super) own: f64,
}

/// Concepts whose names are looked for beside the need's own words.
const NAMED: usize = 3;

impl<'a> Asked<'a> {
    pub(super) fn of(
        snapshot: &'a Snapshot,
        settings: &'a MatchingSettings,
        request: &'a MatchRequest,
        understood: &'a Understood,
    ) -> Result<Self, MatchError> {
        let criteria = &understood.criteria;
        let referrer = criteria
            .from
            .map(|from| referrer(snapshot, from))
            .transpose()?;
        let borough = criteria
            .place
            .as_ref()
            .and_then(|place| snapshot.boroughs.at(place.point))
            .map(crate::snapshot::area_name);
        let district = criteria
            .place
            .as_ref()
            .and_then(|place| place.label.parse::<Postcode>().ok())
            .map(|postcode| postcode.district().to_lowercase());
        Ok(Self {
            snapshot,
            settings,
            request,
            understood,
            criteria,
            weights: request.weights.unwrap_or(settings.weights),
            referrer,
            query: query(snapshot, understood, settings),
            communities: communities::spoken_of(snapshot, understood, settings.need.spoken_of),
            borough,
            district,
        })
    }

    pub(super) fn service(&self, candidate: &Candidate) -> &ServiceFacts {
        &self.snapshot.facts.services[candidate.service as usize]
    }

    pub(super) fn place(&self, candidate: &Candidate) -> &PlaceFacts {
        &self.snapshot.facts.places[candidate.place as usize]
    }

    /// The community a candidate is aimed at and the request does not speak of.
    pub(super) fn other_community(&self, candidate: &Candidate) -> Option<ConceptNo> {
        self.other_community_of(self.service(candidate))
    }

    /// The same of a service.
    pub(super) fn other_community_of(&self, service: &ServiceFacts) -> Option<ConceptNo> {
        let aimed_at = self.settings.need.aimed_at;
        communities::other_community(self.snapshot, &self.communities, service, aimed_at)
    }

    /// Whether anything is needed at all; else everything near is listed.
    pub(super) fn has_need(&self) -> bool {
        !self.understood.needs.is_empty()
    }
}

fn referrer(snapshot: &Snapshot, from: OrganizationId) -> Result<Referrer, MatchError> {
    let node = snapshot.graph.node(from).ok_or(MatchError::From(from))?;
    let reach = closeness(&snapshot.graph, node);
    let routes = route::Routes::from(&snapshot.graph, node);
    Ok(Referrer {
        node,
        reach,
        routes,
    })
}

fn query<'a>(
    snapshot: &'a Snapshot,
    understood: &'a Understood,
    settings: &MatchingSettings,
) -> NeedQuery<'a> {
    let own: Vec<(&str, f64)> = understood
        .stems
        .iter()
        .map(|stem| (stem.as_str(), 1.0))
        .collect();
    let most = snapshot.text.query(&own, &settings.words).most();
    let mut terms = own;
    for need in &understood.needs {
        let wanted = need.concepts.iter().filter(|concept| !concept.unwanted);
        for concept in wanted.take(NAMED) {
            for stem in &snapshot.concept_stems[usize::from(concept.concept.0)] {
                terms.push((stem, settings.need.name_weight * concept.strength));
            }
        }
    }
    NeedQuery {
        query: snapshot.text.query(&terms, &settings.words),
        own: most,
    }
}
