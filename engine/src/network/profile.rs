//! What is known of an organization besides its partners, gathered once from
//! its services: what it does, for whom, where, and what it gives and seeks.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Distance, Haversine, Point};
use jiff::civil::Date;

use super::bipartite::TwoMode;
use super::offers::{self, OfferFacts};
use crate::geography::{AreaIndex, Coordinates};
use crate::model::{Direction, Organization};
use crate::snapshot::{ServiceFacts, Snapshot, venue};
use crate::text::fold;
use crate::text::lexicon::{CommunitySort, ConceptNo};

/// Below this confidence a concept is not counted as what an organization does.
const SURE: f64 = 0.5;

/// From here on a term or a service's name says so.
const TOLD: f64 = 0.75;

/// What is known of one organization.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// What its services do, ascending.
    pub concepts: Vec<ConceptNo>,
    /// Of these what a term or a name tells, ascending.
    pub told: Vec<ConceptNo>,
    /// Whom they are for: areas, age bands, languages and groups, each a word with its sort.
    pub people: BTreeSet<String>,
    /// Where they are; confidential places are not among them.
    pub points: Vec<Point>,
    /// Codes of the finest areas those points lie in, ascending.
    pub areas: Vec<String>,
    /// How many services it gives that have not closed.
    pub services: usize,
    /// The last day on which one of them was vouched for.
    pub assured: Option<Date>,
    /// What it gives, by id.
    pub offers: Vec<OfferFacts>,
    /// What it seeks, by id.
    pub asks: Vec<OfferFacts>,
    /// What kind of organization, by its legal form. `None`: not said.
    pub form: Option<Form>,
    /// Whether its name or description speaks of an origin or a faith.
    pub community: bool,
}

/// Kinds of organizations by legal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A congregation or place of worship.
    Faith,
    /// An association or club without a company or charity behind it.
    Association,
    /// A charity.
    Charity,
    /// A company, with or without community interest.
    Company,
    /// Council, health service or school.
    Public,
}

impl Form {
    /// Its name in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Faith => "faith group",
            Self::Association => "association",
            Self::Charity => "charity",
            Self::Company => "company",
            Self::Public => "public body",
        }
    }

    /// Whether such groups are mostly small and near to those they serve.
    #[must_use]
    pub fn is_grass_roots(self) -> bool {
        matches!(self, Self::Faith | Self::Association)
    }

    fn of(organization: &Organization) -> Option<Self> {
        let words = fold(organization.legal_status.as_deref()?);
        let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
        if says(&["worship", "church", "mosque", "faith", "religious"]) {
            Some(Self::Faith)
        } else if says(&[
            "nhs",
            "authority",
            "council",
            "school",
            "public",
            "government",
        ]) {
            Some(Self::Public)
        } else if says(&["unincorporated", "association", "club", "informal"]) {
            Some(Self::Association)
        } else if says(&["charit"]) {
            Some(Self::Charity)
        } else if says(&["company", "interest", "enterprise", "cooperative"]) {
            Some(Self::Company)
        } else {
            None
        }
    }
}

/// What is known of all organizations, by node of the partner graph.
#[derive(Debug, Default)]
pub struct Profiles {
    by_node: Vec<Profile>,
    /// Who gives services at which place.
    places: TwoMode,
    /// The areas that are known.
    areas: AreaIndex,
}

impl Profiles {
    /// Gathers the profiles of a snapshot. *Complexity:* O(records).
    #[must_use]
    pub fn of(snapshot: &Snapshot) -> Self {
        let areas = AreaIndex::new(snapshot.directory.areas.entries());
        let mut profiles = vec![Profile::default(); snapshot.graph.organizations().len()];
        let places = add_services(snapshot, &mut profiles);
        for facts in offers::facts(snapshot) {
            let Some(node) = snapshot.graph.node(facts.offer.organization_id) else {
                continue;
            };
            let profile = &mut profiles[node as usize];
            match facts.offer.direction {
                Direction::Offer => profile.offers.push(facts),
                Direction::Ask => profile.asks.push(facts),
            }
        }
        for (profile, id) in profiles.iter_mut().zip(snapshot.graph.organizations()) {
            let Some(organization) = snapshot.directory.organizations.find(*id) else {
                continue;
            };
            profile.form = Form::of(organization);
            let words = crate::text::Words::of(&organization.name);
            let read = snapshot.lexicon.read_communities(&words);
            profile.community = read.iter().any(|(number, _, _)| {
                let sort = snapshot.lexicon.communities()[usize::from(*number)].sort;
                sort != CommunitySort::Language
            });
        }
        for profile in &mut profiles {
            profile.tidy(&areas);
        }
        Self {
            by_node: profiles,
            places,
            areas,
        }
    }

    /// What is known of a node.
    #[must_use]
    pub fn at(&self, node: u32) -> &Profile {
        &self.by_node[node as usize]
    }

    /// All, by node.
    #[must_use]
    pub fn all(&self) -> &[Profile] {
        &self.by_node
    }

    /// Who gives services at which place.
    #[must_use]
    pub fn places(&self) -> &TwoMode {
        &self.places
    }

    /// The areas that are known.
    #[must_use]
    pub fn areas(&self) -> &AreaIndex {
        &self.areas
    }

    /// Metres between the nearest public places of two organizations; `None`
    /// where one of them has none.
    #[must_use]
    pub fn distance_m(&self, a: u32, b: u32) -> Option<f64> {
        let theirs = &self.at(b).points;
        self.at(a)
            .points
            .iter()
            .flat_map(|from| theirs.iter().map(|to| Haversine.distance(*from, *to)))
            .min_by(f64::total_cmp)
    }

    /// The share of sorts of people that two organizations serve both, of those either serves.
    #[must_use]
    pub fn shared_people(&self, a: u32, b: u32) -> f64 {
        let (ours, theirs) = (&self.at(a).people, &self.at(b).people);
        let both = ours.intersection(theirs).count();
        let either = ours.len() + theirs.len() - both;
        if either == 0 {
            0.0
        } else {
            both as f64 / either as f64
        }
    }
}

/// Adds what services say of those who give them; who gives them where.
fn add_services(snapshot: &Snapshot, profiles: &mut [Profile]) -> TwoMode {
    let mut place_numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut parts = Vec::new();
    for (number, service) in snapshot.facts.services.iter().enumerate() {
        let Some(node) = service.organization.filter(|_| service.standing.is_open()) else {
            continue;
        };
        let profile = &mut profiles[node as usize];
        profile.services += 1;
        let sure = service
            .concepts
            .iter()
            .filter(|concept| concept.confidence >= SURE);
        profile.concepts.extend(sure.map(|concept| concept.concept));
        let told = service
            .concepts
            .iter()
            .filter(|concept| concept.confidence >= TOLD);
        profile.told.extend(told.map(|concept| concept.concept));
        profile.assured = profile.assured.max(service.assured);
        add_people(profile, service);
        for place in snapshot.facts.places_of(number as u32) {
            if place.confidential {
                continue;
            }
            profile.points.extend(place.point);
            let location = |id| snapshot.directory.locations.find(id);
            if let Some(venue) = place.location.and_then(location).and_then(venue) {
                let next = place_numbers.len() as u32;
                parts.push((node, *place_numbers.entry(venue).or_insert(next)));
            }
        }
    }
    TwoMode::of(profiles.len(), place_numbers.len(), parts)
}

/// Adds whom a service is for.
fn add_people(profile: &mut Profile, service: &ServiceFacts) {
    let audience = &service.audience;
    if audience.ages.minimum.is_some() || audience.ages.maximum.is_some() {
        for (band, from, to) in [
            ("children", 0.0, 15.0),
            ("young people", 16.0, 24.0),
            ("adults", 25.0, 64.0),
            ("older people", 65.0, 120.0),
        ] {
            if audience.ages.minimum.is_none_or(|youngest| youngest <= to)
                && audience.ages.maximum.is_none_or(|oldest| oldest >= from)
            {
                profile.people.insert(format!("age {band}"));
            }
        }
    }
    profile.people.extend(
        audience
            .only_for
            .iter()
            .map(|group| format!("group {}", group.name())),
    );
    profile
        .people
        .extend(service.areas.iter().map(|area| format!("area {area}")));
    let languages = service
        .languages
        .listed
        .iter()
        .filter(|language| *language != "en");
    profile
        .people
        .extend(languages.map(|language| format!("language {language}")));
}

impl Profile {
    /// Sorts what was gathered, and finds the areas of its points.
    fn tidy(&mut self, areas: &AreaIndex) {
        for concepts in [&mut self.concepts, &mut self.told] {
            concepts.sort_unstable();
            concepts.dedup();
        }
        self.points.dedup();
        let finest = |point: &Point| {
            let here = Coordinates::new(point.y(), point.x()).ok()?;
            areas.containing(here).first().map(|area| area.code.clone())
        };
        self.areas = self.points.iter().filter_map(finest).collect();
        self.areas.sort_unstable();
        self.areas.dedup();
    }
}
