//! Fact columns: what a match asks of every candidate, read once from the
//! records.
//!
//! A directory states few facts in fields of their own; the rest stands in
//! sentences. Both are read here, the field first. What neither says stays
//! unknown.

mod access;
mod audience;
mod capacity;
mod concepts;
mod cost;
mod languages;
mod read;
mod standing;
mod week;

use geo::Point;
use jiff::civil::Date;

use crate::model::{AccessFeature, Answer, LocationId, ServiceAtLocationId, ServiceId};

pub use audience::{Audience, OnlyFor};
pub use capacity::Capacity;
pub use concepts::ServiceConcept;
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
    /// Whether it collects, visits or delivers, so that reach does not matter.
    pub comes_to_you: bool,
    /// What became of earlier referrals.
    pub outcomes: Outcomes,
    /// Whether a crisis or the same day is what it is for.
    pub same_day: bool,
    /// What it does, the surest first.
    pub concepts: Vec<ServiceConcept>,
    /// Names of the areas it serves, folded; `national` for a whole country. Empty: not said.
    pub areas: Vec<String>,
    /// Its places in [`Facts::places`].
    pub places: std::ops::Range<u32>,
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

/// What became of referrals.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outcomes {
    /// Taken up.
    pub accepted: u32,
    /// Taken up or declined.
    pub decided: u32,
}

/// The facts of all services and their places.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// By id ascending; the place of each is its number.
    pub services: Vec<ServiceFacts>,
    /// By service.
    pub places: Vec<PlaceFacts>,
    /// For each concept the services that do it, by number.
    by_concept: Vec<Vec<(u32, f64)>>,
}

impl Facts {
    /// The services that do a concept, with how sure, by number.
    #[must_use]
    pub fn with_concept(&self, concept: crate::text::lexicon::ConceptNo) -> &[(u32, f64)] {
        self.by_concept
            .get(usize::from(concept.0))
            .map_or(&[], Vec::as_slice)
    }
    /// The services that carry a taxonomy term, by number.
    #[must_use]
    pub fn with_term(&self, _: crate::model::TaxonomyTermId) -> &[u32] {
        &[]
    }
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
}
