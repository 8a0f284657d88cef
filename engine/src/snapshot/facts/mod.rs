//! Fact columns: what a match asks of every candidate, read once from the
//! records.
//!
//! A directory states few facts in fields of their own; the rest stands in
//! sentences. Both are read here, the field first. What neither says stays
//! unknown.

mod access;
mod ages;
mod audience;
mod boroughs;
mod capacity;
mod concepts;
mod cost;
mod gender;
mod interpreters;
mod languages;
mod phrase;
mod prose;
mod reach;
mod read;
mod referral;
mod residence;
mod standing;
#[cfg(test)]
mod tests;
mod week;

use std::collections::BTreeMap;

use geo::Point;
use jiff::civil::Date;

use crate::model::{
    AccessFeature, Answer, LocationId, ServiceAtLocationId, ServiceId, TaxonomyTermId,
};
use crate::text::lexicon::ConceptNo;

pub use audience::{Audience, OnlyFor};
pub use capacity::Capacity;
pub use concepts::{ServiceConcept, TaggingSettings};
pub use cost::Cost;
pub use languages::Languages;
pub(crate) use read::area_name;
pub(super) use read::read;
pub use standing::Standing;
pub use week::Week;

/// What is known of a service, wherever it is given.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceFacts {
    /// Its id.
    pub id: ServiceId,
    /// Its name folded, without an article: what copies of it have in common.
    pub plain_name: String,
    /// Node of its organization in the partner graph.
    pub organization: Option<u32>,
    /// Whether it runs.
    pub standing: Standing,
    /// Whom it is for.
    pub audience: Audience,
    /// Languages.
    pub languages: Languages,
    /// What a session costs.
    pub cost: Cost,
    /// Whether it has room.
    pub capacity: Capacity,
    /// The last day on which someone vouched for or changed the record.
    pub assured: Option<Date>,
    /// Whether it can be had by telephone or online.
    pub remote: Answer,
    /// Whether it comes to the home.
    pub home_visit: Answer,
    /// Whether it fetches people, visits them or brings things: reach keeps nobody from it.
    pub comes_to_you: bool,
    /// Whether a crisis or the same day is what it is for.
    pub same_day: bool,
    /// What became of the referrals to it.
    pub outcomes: Outcomes,
    /// What it does, the surest first.
    pub concepts: Vec<ServiceConcept>,
    /// Names of the areas it serves, folded; `national` for a whole country. Empty: not said.
    pub areas: Vec<String>,
    /// Its places in [`Facts::places`].
    pub places: std::ops::Range<u32>,
}

/// What became of the referrals to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcomes {
    /// Referrals that were taken, whatever came of them later.
    pub accepted: u32,
    /// Referrals that were taken or declined.
    pub decided: u32,
}

/// What is known of a service at one of its places. A service without any
/// place has one entry without a point.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceFacts {
    /// The service's number.
    pub service: u32,
    /// The place.
    pub location: Option<LocationId>,
    /// The record that ties the two.
    pub service_at_location: Option<ServiceAtLocationId>,
    /// Where it is; for the engine only where `confidential`.
    pub point: Option<Point>,
    /// Whether address and point must not leave the engine.
    pub confidential: bool,
    /// By [`AccessFeature::ALL`].
    pub access: [Answer; AccessFeature::ALL.len()],
    /// When it is open.
    pub week: Week,
}

impl PlaceFacts {
    /// Whether the place offers what was asked.
    #[must_use]
    pub fn access(&self, feature: AccessFeature) -> Answer {
        self.access[feature as usize]
    }
}

/// The facts of all services and their places.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// By id ascending; the place of each is its number.
    pub services: Vec<ServiceFacts>,
    /// By service.
    pub places: Vec<PlaceFacts>,
    /// By concept: the services that have it, by number, with how sure that is.
    pub(super) by_concept: Vec<Vec<(u32, f64)>>,
    /// By taxonomy term: the services that carry it or a narrower one, by number.
    pub(super) by_term: BTreeMap<TaxonomyTermId, Vec<u32>>,
}

impl Facts {
    /// The number of a service.
    #[must_use]
    pub fn number(&self, id: ServiceId) -> Option<u32> {
        self.services
            .binary_search_by_key(&id, |facts| facts.id)
            .ok()
            .map(|at| at as u32)
    }

    /// The places of a service.
    #[must_use]
    pub fn places_of(&self, service: u32) -> &[PlaceFacts] {
        let range = &self.services[service as usize].places;
        &self.places[range.start as usize..range.end as usize]
    }

    /// The services that have a concept, by number, with how sure that is, 0 to .95.
    #[must_use]
    pub fn with_concept(&self, concept: ConceptNo) -> &[(u32, f64)] {
        self.by_concept
            .get(usize::from(concept.0))
            .map_or(&[], Vec::as_slice)
    }

    /// The services that carry a term or one of its descendants, by number.
    #[must_use]
    pub fn with_term(&self, term: TaxonomyTermId) -> &[u32] {
        self.by_term.get(&term).map_or(&[], Vec::as_slice)
    }
}
