//! Where a site may be: rooms on offer, places where services are given, the
//! middles of areas.

use std::collections::BTreeSet;

use crate::geography::Coordinates;
use crate::model::{Direction, LocationKind, OrganizationId, ResourceKind};
use crate::snapshot::{PlaceIndex, Snapshot};

use super::next_sites::SitesRequest;
use super::request::PlanningError;
use super::study::Study;
use super::travel::km_within;

/// Where a site may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Candidates {
    /// Rooms that groups offer each other.
    Offers,
    /// Places where services are given already.
    Venues,
    /// The centres of areas.
    Areas,
}

impl Candidates {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Offers, Self::Venues, Self::Areas];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Offers => "offers",
            Self::Venues => "venues",
            Self::Areas => "areas",
        }
    }

    /// The candidates of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// A place where a site may be.
pub(super) struct Candidate {
    pub(super) kind: Candidates,
    pub(super) name: String,
    pub(super) point: Coordinates,
    pub(super) host: Option<OrganizationId>,
}

/// The places to choose from, in the order that the request likes them.
pub(super) fn candidates(
    snapshot: &Snapshot,
    request: &SitesRequest,
    study: &Study,
) -> Result<Vec<Candidate>, PlanningError> {
    let partners: Option<BTreeSet<OrganizationId>> = match request.host_partner_of {
        None => None,
        Some(id) => {
            let graph = &snapshot.graph;
            let node = graph.node(id).ok_or(PlanningError::Organization(id))?;
            let neighbours = graph.structure().neighbours(node).iter();
            Some(neighbours.map(|one| graph.organization(*one)).collect())
        }
    };
    let mut found = Vec::new();
    for kind in &request.candidates {
        match kind {
            Candidates::Offers => offers(snapshot, &mut found),
            Candidates::Venues => venues(snapshot, &mut found),
            Candidates::Areas => found.extend(study.inside().map(|at| {
                let area = &study.areas()[at];
                Candidate {
                    kind: Candidates::Areas,
                    name: area.name.clone(),
                    point: area.centre,
                    host: None,
                }
            })),
        }
    }
    found.retain(|candidate| {
        partners
            .as_ref()
            .is_none_or(|partners| candidate.host.is_some_and(|host| partners.contains(&host)))
    });
    // Sites that nobody of the study area can reach are none.
    let centres = PlaceIndex::of(
        study
            .inside()
            .map(|at| (study.areas()[at].centre.into(), at as u32)),
    );
    let within_m = km_within(request.gaps.decay.reach()) * 1_000.0;
    found.retain(|candidate| {
        let nearest = centres.nearest(candidate.point.into(), 1);
        nearest.iter().any(|(_, distance)| *distance <= within_m)
    });
    Ok(found)
}

fn offers(snapshot: &Snapshot, found: &mut Vec<Candidate>) {
    let today = snapshot.today;
    for offer in snapshot.directory.offers.iter() {
        let holds = offer.direction == Direction::Offer
            && offer.kind == ResourceKind::Space
            && offer.valid_to.is_none_or(|last| last >= today);
        let location = offer
            .location_id
            .and_then(|id| snapshot.directory.locations.find(id));
        if !holds || location.is_some_and(|location| location.confidential) {
            continue;
        }
        let point = Coordinates::of(offer.latitude, offer.longitude)
            .or_else(|| location.and_then(|one| Coordinates::of(one.latitude, one.longitude)))
            .or_else(|| {
                let place = snapshot.gazetteer.place(offer.postcode.as_deref()?);
                place.ok().map(|place| place.point)
            });
        if let Some(point) = point {
            found.push(Candidate {
                kind: Candidates::Offers,
                name: offer.title.clone(),
                point,
                host: Some(offer.organization_id),
            });
        }
    }
}

fn venues(snapshot: &Snapshot, found: &mut Vec<Candidate>) {
    for location in snapshot.directory.locations.iter() {
        if location.confidential || location.kind != LocationKind::Physical {
            continue;
        }
        let Some(point) = Coordinates::of(location.latitude, location.longitude) else {
            continue;
        };
        let address = location.addresses.first();
        let name = location
            .name
            .clone()
            .or_else(|| address.and_then(|address| address.address_1.clone()));
        found.push(Candidate {
            kind: Candidates::Venues,
            name: name.unwrap_or_else(|| format!("Venue at {point}")),
            point,
            host: location.organization_id,
        });
    }
}
